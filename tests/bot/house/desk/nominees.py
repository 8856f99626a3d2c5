"""People with an application to a real programme that the city union has accepted: what they are shown of what follows."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from dialogs.keeping import written
from forms.answers import scope
from forms.in_hand import InHand
from forms.kinds.base import Value
from forms.packet import due_papers
from storage import handing, interviews, papers_in, seats, stays
from storage.desk_tables import stay
from storage.handing import Sealed
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau
from tests.bot.household import House, Someone
from tests.built_in import built_in
from tests.forms.programmes.cases import played, programme

#: A case file of each programme, for what somebody answers.
CASE = {
    "nanning-2026": "self",
    "guilin": "self",
    "liuzhou-2025": "self",
    "nanyue-2020": "city-union",
    "daguo-jiangsu-2026": "maximum",
}


async def nominees(house: House, bureau: Bureau, name: str, *people: str) -> tuple[Someone, ...]:
    """Each has handed in an application, with all paper; the city union, where somebody has a seat, has accepted it."""
    return tuple([await _nominee(house, bureau, name, who, at) for at, who in enumerate(people)])


async def _nominee(house: House, bureau: Bureau, name: str, who: str, place: int) -> Someone:
    known = programme(name)
    someone = Someone(house, address=who)
    await someone.take()
    await someone.presses("同意，开始")
    at = house.now + timedelta(minutes=place)
    answers: dict[str, Value] = dict(played(name, CASE[name]).answers)
    answers[known.leading.named_by] = who

    def accept(unit: Unit) -> None:
        speaker, seat = interviews.speaker(unit, "web", who), seats.of_office(unit, bureau.city)[0].id
        assert speaker and speaker.case and speaker.party
        update_ = {"answers": answers, "finished_at": at.isoformat(), "page": "", "revision": 9}
        state = speaker.state.model_copy(update=update_)
        interviews.save(unit, speaker, written(state))
        face = {"name": who, "unit": "南宁机械厂"}
        handing.seal(unit, speaker.case, (Sealed(speaker.party, "nominee", 1, state),), face, at)
        handing.number_of(unit, speaker.case)
        identifier = stays.arrive(unit, speaker.case, bureau.city, name, 1, at, "", 0, 0)
        for paper in due_papers(known, scope(known, answers, at)):
            papers_in.tick(unit, speaker.case, InHand(paper.id, paper.copies, "", seat, at))
        row = update(stay).where(stay.c.id == identifier)
        unit.connection.execute(row.values(state="accepted", opened=at, version=2))

    token = next(
        (token for token, button in someone.screen.tokens().items() if known.title in button.label), ""
    )
    assert token, [button.label for button in someone.screen.all_buttons()]
    await someone.take(choice=token)
    await house.database.run(accept)
    return someone


async def opened(house: House) -> Bureau:
    """The house with the programmes that are built in, and its offices."""
    house.open(built_in())
    return await Bureau(house).opens()
