"""Who lost the code too goes to the union: it issues a code that opens one party of one case on a new person.

Never their other cases, never anything else. Every door that leads to the party is told at once; the code works a day
later, so that whoever is there can object, and it is in the history who issued it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.house.archive import Archive
from bot.house.failure import Failure
from bot.house.holdings import holding, name_in, named
from bot.house.post import tell
from bot.house.spelling import digest_of, long_code
from dialogs.events import UnionCodeIssued, UnionCodeVoided
from forms.hours import clock
from forms.message import say
from storage import codes, interviews, notices, people, unions
from storage.unions import Found, Issued
from storage.unit import Unit

#: From when a code works, and until when.
_WAITS = timedelta(hours=24)
_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Slip:
    """A code just issued, from when and until when it works, and how many doors were told."""

    code: str
    opens: datetime
    expires: datetime
    told: int


def issue(  # noqa: PLR0913, PLR0917  # one code
    unit: Unit, archive: Archive, case: str, wanted: str, by: str, now: datetime
) -> Slip:
    """A code for one party of a case, in a unit. Any earlier one is void. Raises `Failure` where the party is not clear."""
    code, opens, expires = long_code(), now + _WAITS, now + _LASTS
    party = _chosen(unions.parties(unit, case), case, wanted)
    for earlier in unions.standing(unit, party.party, now):
        codes.void(unit, earlier, now)
        notices.withdraw(unit, earlier)
    digest = digest_of(code)
    unions.issue(unit, digest, party.party, by, now, opens, expires)
    interviews.record(unit, party.interview, (UnionCodeIssued(by=by),), now)
    programme = archive.pinned(unit, party.state.digest)
    notice = say(
        "{when}，有人到工会说丢了恢复码，工会为“{what}”发了一个新的，{opens}以后能用：用了以后这份申报就转到新设备上。"
        "不是您本人要的，请马上作废。",
        when=clock(now),
        what=named((holding(programme, party.state),), party.state.locale),
        opens=clock(opens),
    )
    doors = people.doors(unit, party.person)
    for door in doors:
        tell(unit, (door.channel, door.address), notice, now, digest)
    return Slip(code, opens, expires, len(doors))


class LostAndFound:
    """What the command line does for the union; the desk issues codes by the same `issue`."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._clock = clock

    async def find(self, name: str) -> tuple[tuple[Found, str], ...]:
        """The parties of cases with this name, each with how it is named: programme, masked name, answers."""

        def look(unit: Unit) -> tuple[tuple[Found, str], ...]:
            applications = []
            for each in unions.called(unit, name):
                programme = self._archive.pinned(unit, each.state.digest)
                if name in name_in(programme, each.state):
                    applications.append((each, str(holding(programme, each.state).message("zh"))))
            return tuple(applications)

        return await self._archive.read(look)

    async def issue(self, case: str, wanted: str, by: str) -> Slip:
        """A code for one party of a case. Any earlier one is void. Raises `Failure` where the party is not clear."""
        now = self._clock()
        return await self._archive.run(lambda unit: issue(unit, self._archive, case, wanted, by, now))

    async def issued(self) -> tuple[tuple[Issued, str], ...]:
        """Every code that was issued, with its state in one word."""
        now = self._clock()
        return tuple((each, _state(each, now)) for each in await self._archive.read(unions.issued))

    async def void(self, beginning: str, by: str) -> None:
        """Make a code void; it is named by the beginning of its number in the list. Raises `Failure`."""
        now = self._clock()

        def work(unit: Unit) -> None:
            matching = [each for each in unions.issued(unit) if each.digest.startswith(beginning)]
            if len(matching) != 1 or len(beginning) < 4:
                raise Failure(
                    f"there is no one code whose number begins with “{beginning}”; see: recover list"
                )
            if not codes.void(unit, matching[0].digest, now):
                raise Failure("this code is used, void or expired already")
            notices.withdraw(unit, matching[0].digest)
            party = next(p for p in unions.parties(unit, matching[0].case) if p.role == matching[0].role)
            interviews.record(unit, party.interview, (UnionCodeVoided(by=by),), now)

        await self._archive.run(work)


def _chosen(parties: tuple[Found, ...], case: str, wanted: str) -> Found:
    """The party that is meant: by its role, or by role and number where there are several (expert-2)."""
    if not parties:
        raise Failure(f"there is no case {case} in which anybody has a part")
    role, _, number = wanted.partition("-")
    fitting = [party for party in parties if party.role == role]
    if number:
        fitting = fitting[int(number) - 1 : int(number)] if number.isdecimal() and int(number) else []
    if len(fitting) != 1:
        roles = ", ".join(dict.fromkeys(party.role for party in parties))
        raise Failure(
            f"case {case} has {len(fitting)} of “{wanted}” (it has: {roles}); several: expert-1, expert-2"
        )
    return fitting[0]


def _state(issued: Issued, now: datetime) -> str:
    if issued.void:
        return "void"
    if issued.used:
        return "used"
    if issued.expires <= now:
        return "expired"
    return "waiting" if issued.opens > now else "open"
