"""Finished cases as others of their programme know them: by keys that `bot.house.across` makes of `forms.across`.

Nothing is locked: two cases that finish at the same moment are both kept, and each then counts the other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, func, insert, select, update

from storage.tables import case_key
from storage.unit import Unit


def keep_keys(unit: Unit, case: str, keys: Mapping[str, str]) -> None:
    """The keys of a case by rule, in place of those it had; none take it out of the count."""
    unit.connection.execute(delete(case_key).where(case_key.c.case == case))
    if keys:
        rows = [{"case": case, "rule": rule, "key": key, "plain": False} for rule, key in keys.items()]
        unit.connection.execute(insert(case_key), rows)


def count_keys(unit: Unit, keys: Collection[str], apart_from: str | None) -> dict[str, int]:
    """How many finished cases there are with each of these keys, one's own case left out."""
    rows = unit.connection.execute(
        select(case_key.c.key, func.count())
        .where(case_key.c.key.in_(sorted(keys)), case_key.c.case != (apart_from or ""))
        .group_by(case_key.c.key)
    )
    return {**dict.fromkeys(keys, 0), **{key: int(number) for key, number in rows}}


def plain_keys(unit: Unit) -> tuple[tuple[str, str, str], ...]:
    """Keys that were kept before there was a secret in them: case, rule, key."""
    rows = unit.connection.execute(
        select(case_key.c.case, case_key.c.rule, case_key.c.key).where(case_key.c.plain)
    )
    return tuple((case, rule, key) for case, rule, key in rows)


def seal_key(unit: Unit, case: str, rule: str, key: str) -> None:
    """A key in place of a plain one."""
    here = (case_key.c.case == case, case_key.c.rule == rule)
    unit.connection.execute(update(case_key).where(*here).values(key=key, plain=False))
