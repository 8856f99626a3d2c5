"""A case in the stages after handing in, as far as a test wants it: written where it is kept, past every desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import delete, update

from forms.programme import Programme
from forms.stages import Stage
from storage import desk_tables, standings, stays
from storage import stages as running
from storage.standings import Entry
from storage.unit import Unit
from tests.bot.house.desk.cases import WEIGHED

_LONG_AGO = timedelta(days=40)
Walked = Callable[[Unit, str, str, datetime], None]


def _anew(unit: Unit, stay: str) -> str:
    """The case is accepted and nothing was begun; gives its case."""
    row = stays.one(unit, stay)
    assert row
    for table in (desk_tables.standing, desk_tables.progress):
        unit.connection.execute(delete(table))
    unit.connection.execute(
        update(desk_tables.stay).where(desk_tables.stay.c.id == stay).values(state="accepted", holder=None)
    )
    return row.case


def _stage(programme: Programme, name: str) -> Stage:
    return next(each for each in programme.stages if each.id == name)


def ready(unit: Unit, stay: str, office: str, now: datetime) -> None:
    """It is accepted, and the first stage may begin."""
    _anew(unit, stay)


def screened(
    unit: Unit, stay: str, office: str, now: datetime, *, on: bool = True, over: bool = False
) -> None:
    """The first stage is on: the case goes on, or nothing is recorded yet; or it is over."""
    case = _anew(unit, stay)
    own = running.begin(unit, office, WEIGHED, _stage(WEIGHED, "screening"), now - _LONG_AGO)
    if on:
        own = standings.record(unit, WEIGHED, own, (Entry(case, "on", 1),), None, now - _LONG_AGO)
    if over:
        standings.close(unit, WEIGHED, own, None, now - _LONG_AGO, rest_out=True)


def listed(
    unit: Unit, stay: str, office: str, now: datetime, *, objected: bool = False, on: bool = True
) -> None:
    """The list is up, with the case on it or not yet; somebody has objected."""
    screened(unit, stay, office, now, over=True)
    row = stays.one(unit, stay)
    assert row
    begun = now - _LONG_AGO
    own = running.begin(
        unit, office, WEIGHED, _stage(WEIGHED, "notice"), begun, starts=WEIGHED.window.today(begun)
    )
    if on:
        own = standings.record(unit, WEIGHED, own, (Entry(row.case, "on", 1),), None, begun)
    if objected:
        standings.object_to(unit, WEIGHED, own, row.case, "有人反映", None, begun)


def naming(unit: Unit, stay: str, office: str, now: datetime) -> None:
    """The list was up for its days, and the title may be given."""
    listed(unit, stay, office, now)
    own = running.stage_on(unit, office, WEIGHED.id)
    assert own
    standings.close(unit, WEIGHED, own, None, now)
    running.begin(unit, office, WEIGHED, _stage(WEIGHED, "naming"), now)


FRESH: Walked = partial(screened, on=False)
OVER: Walked = partial(screened, over=True)
OBJECTED: Walked = partial(listed, objected=True)
WAITS: Walked = partial(listed, on=False)
