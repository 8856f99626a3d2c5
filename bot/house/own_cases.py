"""What offices keep of a person's own cases, for their copy: staff by their office alone, others' parts not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, select

from bot.house.archive import Archive
from dialogs.roles import role_of
from forms.settling import named
from storage import (
    erasures,
    handing,
    invitations,
    offices,
    outcomes,
    papers_in,
    remarks,
    settlements,
    statements,
    stays,
)
from storage.desk_tables import correction, office, remark, seat
from storage.invitations import Row
from storage.stays import Stay
from storage.unit import Unit

_Told = dict[str, Any]


def own_cases(unit: Unit, archive: Archive, person: str, now: datetime) -> tuple[_Told, ...]:
    """Each case of a person that an office ever had, as plain values; moments are ISO. To be called within `read`."""
    cases = []
    for row in invitations.of_person(unit, person):
        case = invitations.case_of(unit, row.party)
        lay = stays.of_case(unit, case)
        if lay:
            cases.append(_told(unit, archive, row, case, lay) | _selected(unit, archive, row, case, now))
    return tuple(cases)


def _told(unit: Unit, archive: Archive, row: Row, case: str, lay: tuple[Stay, ...]) -> _Told:
    leads = role_of(row.role).leads
    seats = {**_offices(unit, remark.c.id, remark.c.seat, remark.c.case, case)}
    seats |= _offices(unit, correction.c.id, correction.c.seat, correction.c.case, case)
    return {
        "case": case,
        "number": lay[0].number,
        "programme": lay[0].programme,
        "as": row.key,
        "offices": [_where(unit, each, leads=leads) for each in lay],
        "handed_in": list(_rounds(unit, case, row.party, max(each.round for each in lay))),
        "sent_back": [
            {
                "question": each.question,
                "sort": each.sort,
                "text": each.text,
                "by": seats.get(each.id, ""),
                "at": _iso(each.sent),
                "answered_in_round": each.answered,
            }
            for each in remarks.of_case(unit, case)
            if each.party == row.party and each.sent
        ],
        "corrected": [
            {
                "question": each.question,
                "was": each.was,
                "now": each.now,
                "by": seats.get(each.id, ""),
                "at": _iso(each.at),
                "undone": _iso(each.undone),
            }
            for each in remarks.corrections(unit, case)
            if each.party == row.party
        ],
        "settled": list(_settled(unit, archive, row, case)),
        "paper_in": [
            {
                "paper": each.paper,
                "copies": each.copies,
                "lacks": each.lacks,
                "at": _iso(each.at),
                "given_back": _iso(each.given_back),
            }
            for each in papers_in.of_case(unit, case).values()
            if leads
        ],
        "stated": list(_stated(unit, case, lay)) if leads else [],
        "deletion": [
            {"asked": _iso(each.asked), "answered": _iso(each.answered), "reason": each.reason}
            for each in erasures.of_case(unit, case)
            if each.person == row.person
        ],
    }


def _selected(unit: Unit, archive: Archive, row: Row, case: str, now: datetime) -> _Told:
    """How far it has come in a selection, as whoever it is about may know it; nothing to others."""
    last = stays.latest(unit, case) if role_of(row.role).leads else None
    programme = archive.library.named(last.programme) if last else None
    result = outcomes.so_far(unit, programme, last, now) if last and programme else None
    return {"selection": {"stage": result.stage, "came": result.came, "now": result.now}} if result else {}


def _where(unit: Unit, row: Stay, *, leads: bool) -> _Told:
    """An office that had it, how it stands there, and why to whoever it is about."""
    kept = offices.find(unit, row.office)
    why = {"clause": row.clause, "reason": row.reason} if leads else {}
    times = {"arrived": _iso(row.arrived), "since": _iso(row.since)}
    return {"office": kept.office.name if kept else "", "state": row.state, **times, **why}


def _rounds(unit: Unit, case: str, party: str, last: int) -> Iterator[_Told]:
    """What a party handed in, round by round; what cannot be read any more is named all the same."""
    for number in range(1, last + 1):
        try:
            sealed = handing.of_round(unit, case, number)
        except (ValueError, LookupError, TypeError):
            sealed = None
        if sealed is None:
            if at := handing.at(unit, case, number):
                yield {"round": number, "at": _iso(at), "answers": None}
            continue
        own = next((each for each in sealed.parts if each.party == party), None)
        if own:
            yield {"round": number, "at": _iso(sealed.at), "answers": dict(own.state.answers)}


def _settled(unit: Unit, archive: Archive, row: Row, case: str) -> Iterator[_Told]:
    """What was settled on a party's own part."""
    programme = archive.pinned(unit, invitations.digest_of_case(unit, case))
    own = (
        {named(rule, row.number) for rule in programme.rules if rule.party == row.role}
        if programme
        else set()
    )
    for each in settlements.of_case(unit, case):
        if each.rule in own:
            at = _iso(each.at)
            yield {
                "rule": each.rule,
                "outcome": each.outcome,
                "reason": each.reason,
                "by": each.office,
                "at": at,
            }


def _stated(unit: Unit, case: str, lay: tuple[Stay, ...]) -> Iterator[_Told]:
    """What a union wrote itself, once it has accepted the case or passed it on: before that it is still being written."""
    if not any(each.state in {"accepted", "passed"} for each in lay):
        return
    statement = statements.of_round(unit, case, max(each.round for each in lay))
    if statement and statement.answers:
        yield {"answers": dict(statement.answers), "by": statement.office_name, "at": _iso(statement.at)}


def _offices(
    unit: Unit, identifier: Column[Any], by: Column[Any], of: Column[Any], case: str
) -> Mapping[str, str]:
    """The offices of those who wrote, by what they wrote."""
    rows = unit.connection.execute(
        select(identifier, office.c.name)
        .join(seat, seat.c.id == by)
        .join(office, office.c.id == seat.c.office)
        .where(of == case)
    )
    return {row[0]: row[1] for row in rows}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
