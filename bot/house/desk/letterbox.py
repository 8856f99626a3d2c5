"""Words of a party for the office that has its case: kept as letters, told to the office's people, read again."""

from __future__ import annotations

from bot.house.afterwards import Posted
from bot.house.desk.telling import Telling
from bot.house.devices import minute
from bot.house.doing import Doing
from dialogs import events as happened
from dialogs.at_office import Said
from dialogs.correspondence import LONGEST, MOST_WAITING, SHOWN
from dialogs.turn import Say
from dialogs.words import Words
from forms.message import Own, say
from storage import handing, invitations, letters, seats, stays
from storage.unit import Unit

_NOBODY = say("没有发出去：现在没有工会在办您这一份。请看下面。")


class Letterbox:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling

    def wrote(self, doing: Doing, event: happened.Wrote) -> None:
        """A letter to the office that answers for the case. Its people are told of the first that waits, and no more."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        doing.again = True
        row = stays.latest(unit, speaker.case) if speaker.case else None
        office = letters.addressee(unit, speaker.case) if speaker.case else ""
        if row is None or not office:
            doing.said = (Say(Words(doing.outcome.interview.locale)(_NOBODY), "problem"),)
            return
        wait = sum(letters.waits(each) for each in letters.of_case(unit, row.case, speaker.person))
        if wait >= MOST_WAITING or len(event.text) > LONGEST:
            return  # two doors at once: the page says so
        letters.write(unit, row.case, speaker.person, event.text, now)
        if wait:
            return
        sealed = handing.of_round(unit, row.case, row.round)
        name = Own(sealed.face.get("name", "—") if sealed else "—")
        number, said = Own(row.number), Own(event.text)
        message = say("{name}那一件（编号{number}）有人留言：{said}", name=name, number=number, said=said)
        plain = say("编号{number}有人留言，请到网页工作台上看、回。", number=number)
        self._telling.office(unit, office, message, plain, now, row.case)
        doing.after.append(Posted())


def seen(unit: Unit, case: str, person: str) -> tuple[Said, ...]:
    """What somebody wrote about a case and what came back, as they may read it: offices by name, never who sits there."""
    said = letters.of_case(unit, case, person)[-SHOWN:]
    rows = {each.seat: seats.find(unit, each.seat) for each in said if each.seat}
    names = {name: seat.office_name if seat else "—" for name, seat in rows.items()}
    return tuple(
        Said(names.get(each.seat, ""), minute(each.at), each.text, letters.waits(each)) for each in said
    )


def correspondence(unit: Unit, case: str) -> tuple[int, str]:
    """The last letter of a case, 0 where there is none, and the party that has waited the longest, "" where none does."""
    said = letters.of_case(unit, case)
    first = next((each.person for each in said if letters.waits(each)), None)
    rows = invitations.of_case(unit, case) if first else ()
    waits = next((each.key for each in rows if each.person == first), "")
    return max((each.id for each in said), default=0), waits
