"""What staff decided where a rule leaves it to them: one settlement for each rule of a case (`forms.settling`)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select, update

from forms.settling import Settlement
from storage.desk_tables import office, seat, settled
from storage.unit import Unit


def settle(unit: Unit, case: str, found: Settlement) -> None:
    """Keep a settlement in place of an earlier one of the same rule. Conflict where another is made at this moment.

    It needs the seat and the moment (ValueError).
    """
    if not found.seat or found.at is None:
        raise ValueError("a settlement needs to say who made it and when")
    values = {
        "outcome": found.outcome,
        "reason": unit.sealed.seal(case, "settled.reason", f"{case}|{found.rule}", found.reason),
        "ground": unit.sealed.seal(case, "settled.ground", f"{case}|{found.rule}", found.ground),
        "seat": found.seat,
        "at": found.at,
    }
    here = (settled.c.case == case, settled.c.rule == found.rule)
    if not unit.connection.execute(update(settled).where(*here).values(values)).rowcount:
        unit.connection.execute(insert(settled), {"case": case, "rule": found.rule, **values})


def unsettle(unit: Unit, case: str, rule: str) -> bool:
    """Take a settlement back; whether there was one."""
    gone = unit.connection.execute(delete(settled).where(settled.c.case == case, settled.c.rule == rule))
    return gone.rowcount > 0


def lapse(unit: Unit, case: str, grounds: Mapping[str, str]) -> tuple[str, ...]:
    """Drop what was settled on another ground than today's; gives the rules, in order.

    `grounds` are those of `forms.settling.grounds`; a rule that it does not name is of a party not looked at, and stays.
    """
    rows = unit.connection.execute(
        select(settled.c.rule, settled.c.ground)
        .where(settled.c.case == case)
        .order_by(settled.c.rule)
        .with_for_update()
    )
    settled_grounds = {
        rule: unit.sealed.glance("settled.ground", f"{case}|{rule}", ground) for rule, ground in rows
    }
    gone = tuple(rule for rule, ground in settled_grounds.items() if grounds.get(rule, ground) != ground)
    if gone:
        unit.connection.execute(delete(settled).where(settled.c.case == case, settled.c.rule.in_(gone)))
    return gone


def of_case(unit: Unit, case: str) -> tuple[Settlement, ...]:
    """What is settled in a case, also where its ground is another by now: that is told when it is judged."""
    rows = unit.connection.execute(
        select(
            settled.c.rule,
            settled.c.outcome,
            settled.c.reason,
            settled.c.ground,
            func.coalesce(office.c.name, ""),
            func.coalesce(settled.c.seat, ""),
            settled.c.at,
        )
        .outerjoin(seat, seat.c.id == settled.c.seat)
        .outerjoin(office, office.c.id == seat.c.office)
        .where(settled.c.case == case)
        .order_by(settled.c.rule)
    )
    return tuple(
        Settlement(
            row.rule,
            row.outcome,
            unit.sealed.glance("settled.reason", f"{case}|{row.rule}", row.reason),
            unit.sealed.glance("settled.ground", f"{case}|{row.rule}", row.ground),
            *tuple(row)[4:],
        )
        for row in rows
    )
