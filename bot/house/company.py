"""What one party of a case may know of the others, read from their own rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.house.devices import day
from dialogs.company import Ended, Invited, PartyBrief, PartyState
from dialogs.interview import Amendment, Asked, Interview
from dialogs.invited import facts_of, ground_of
from dialogs.roles import role_of
from forms.answers import NOBODY, scope, walk
from forms.parties import LEADING, OFFICE, Parts
from forms.programme import Programme
from forms.rules import judge
from storage import invitations
from storage.interviews import Speaker
from storage.invitations import Row
from storage.tables import GONE, STANDING
from storage.unit import Unit

#: A party is reminded once in so long.
AGAIN = timedelta(days=1)

#: A link that ends at midnight works to the end of the day before.
_MOMENT = timedelta(seconds=1)

_ENDED: Mapping[str, PartyState] = {"declined": "declined", "withdrawn": "withdrawn", "revoked": "revoked"}


@dataclass(frozen=True)
class Company:
    """As `dialogs.scene.Scene` has it."""

    parts: Parts = field(default_factory=lambda: NOBODY)
    parties: tuple[PartyBrief, ...] = ()
    invited: Invited | None = None
    identities: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()


ALONE = Company()


def company(unit: Unit, programme: Programme | None, speaker: Speaker, now: datetime) -> Company:
    """The others of the speaker's case, as far as the speaker may know of them."""
    if speaker.case is None or programme is None or not _shared(programme):
        return ALONE
    if speaker.alone and role_of(speaker.state.role).leads:
        return ALONE
    rows = invitations.of_case(unit, speaker.case, speaker)
    own = next((row for row in rows if row.party == speaker.party), None)
    if own is None or (len(rows) < 2 and (role_of(own.role).leads or own.standing in STANDING)):
        return ALONE
    others = tuple(row for row in rows if row.party != speaker.party)
    leading = invitations.leads(rows)
    names = _names(programme, leading, now) if leading and leading.state else {}
    leads = role_of(own.role).leads and own.standing in STANDING
    began = not leads and not own.issuer
    seen = others if leads else tuple(row for row in others if began and row.issuer == own.party)
    return Company(
        done(programme, others, names) if leads else _seen(programme, own.role, names),
        tuple(brief(programme, row, speaker.state, names, now) for row in seen),
        None if leads else _invited(programme, own, rows, names),
        tuple(number for row in others if (number := _identity(programme, row))),
        tuple(each for row in others if row.state for each in row.state.amendments) if leads else (),
    )


def _shared(programme: Programme) -> bool:
    return any(form.party not in {LEADING, OFFICE} for form in programme.forms)


def _names(programme: Programme, leading: Row, now: datetime) -> Mapping[str, Any]:
    return scope(programme, leading.state.answers, now) if leading.state else {}


def _seen(programme: Programme, party: str, names: Mapping[str, Any]) -> Parts:
    """The nominee's answers that a party's conversation stands on, and no other."""
    participant = programme.participant(party)
    if participant and participant.sees_all:
        return {LEADING: (names,)}
    reads = participant.reads if participant else frozenset()
    return {LEADING: ({name: value for name, value in names.items() if name in reads},)}


def done(programme: Programme, rows: tuple[Row, ...], names: Mapping[str, Any]) -> Parts:
    """What the parties have said whose part is done and still rests on what the nominee has answered."""
    said: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for row in rows:
        if row.state and row.standing == "confirmed" and rests(programme, row, names):
            said[row.role] = (*said.get(row.role, ()), row.state.answers)
    return said


def enough(programme: Programme, rows: tuple[Row, ...], role: str, now: datetime) -> bool:
    """Whether as many parties of a kind are done and count as a case needs, out of all of a case."""
    participant = programme.participant(role)
    if participant is None:
        return False
    leading = invitations.leads(rows)
    names = _names(programme, leading, now) if leading else {}
    counting = (
        row
        for row in rows
        if row.role == role and row.standing == "confirmed" and fits(programme, row, names, now)
    )
    return sum(1 for _ in counting) >= programme.needed(participant)


def fits(programme: Programme, row: Row, names: Mapping[str, Any], now: datetime) -> bool:
    """Whether no rule of its own keeps what a party has said from counting."""
    if row.state is None or not programme.has_form(row.role):
        return False
    own = walk(programme, row.state.answers, now, _seen(programme, row.role, names), row.role).scope
    verdicts = judge(programme, own, row.state.appealed, row.role)
    return all(verdict.outcome != "not_met" for verdict in verdicts)


def rests(programme: Programme, row: Row, names: Mapping[str, Any]) -> bool:
    """Whether what a party confirmed rests on what the nominee has answered by now."""
    participant = programme.participant(row.role)
    if participant is None or row.state is None:
        return True
    if row.state.ground:
        return row.state.ground == ground_of(programme, participant, names)
    facts = facts_of(programme, participant, names)
    return not facts or all(name in row.state.answers for name in participant.rechecks)


def brief(
    programme: Programme, row: Row, asker: Interview, names: Mapping[str, Any], now: datetime
) -> PartyBrief:
    """A party as whoever asked it in sees it."""
    asked, participant = _asked(asker, row), programme.participant(row.role)
    return PartyBrief(
        row.role,
        row.number,
        _standing(programme, row, names, now),
        asked.name or _name(programme, row),
        asked.relation,
        row.reason,  # type: ignore[arg-type]  # written from the same few words
        day(row.expires - _MOMENT) if row.expires else "",
        row.reachable,
        row.reminded is not None and now - row.reminded < AGAIN,
        _said(row, participant.objection) if participant else "",
    )


def _asked(asker: Interview, row: Row) -> Asked:
    key = (row.role, row.number)
    return next((each for each in asker.asked if (each.party, each.number) == key), Asked(party=row.role))


def _name(programme: Programme, row: Row) -> str:
    """The name that a party gave, where nobody has asked it in by one."""
    if row.state is None or not programme.has_form(row.role):
        return ""
    return str(row.state.answers.get(programme.form(row.role).named_by, ""))


def _said(row: Row, question: str) -> str:
    """What a party whose part is done has answered to a question; "" where nothing."""
    if row.state is None or row.standing != "confirmed":
        return ""
    return str(row.state.answers.get(question, ""))


def _standing(programme: Programme, row: Row, names: Mapping[str, Any], now: datetime) -> PartyState:
    if row.standing in _ENDED:
        return _ENDED[row.standing]
    if row.standing == "invited":
        if row.expires is None or row.expires <= now:
            return "expired"
        return "opened" if row.opened else "invited"
    if row.standing == "confirmed":
        if not fits(programme, row, names, now):
            return "unfit"
        return "done" if rests(programme, row, names) else "changed"
    return "started" if row.state and row.state.answers else "agreed"


def invited_as(programme: Programme, own: Row, rows: tuple[Row, ...], now: datetime) -> Invited:
    """How a party came in, by all parties of its case."""
    leading = invitations.leads(rows)
    return _invited(programme, own, rows, _names(programme, leading, now) if leading else {})


def _invited(programme: Programme, own: Row, rows: tuple[Row, ...], names: Mapping[str, Any]) -> Invited:
    asker = next((row for row in rows if row.party == own.issuer and row.state), None)
    asked = _asked(asker.state, own) if asker and asker.state else Asked(party=own.role)
    by = _name(programme, asker) if asker else ""
    return Invited(own.role, own.number, by, str(names.get("name", "")), asked.relation, _end(own))


def _end(row: Row) -> Ended:
    """How a party has ended, as whoever has it reads it; "" where it has not."""
    if row.standing in {"withdrawn", "declined"}:
        return "withdrawn"
    if row.standing == "revoked":
        return "gone" if row.reason == GONE else "revoked"
    return ""


def _identity(programme: Programme, row: Row) -> str:
    """The number of a party's identity paper, where it has given one."""
    if row.state is None or row.standing in _ENDED:
        return ""
    participant = programme.participant(row.role)
    if participant:
        return str(row.state.answers.get(participant.identity, "")) if participant.identity else ""
    return str(row.state.answers.get(programme.leading.identified_by, "")) if role_of(row.role).leads else ""
