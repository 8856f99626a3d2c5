"""A database as version 0006 wrote it.

How people lay in the rows is written out here, so that it stays as it was whatever the code of today does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, text

from bot.house.spelling import digest_of, lasting_code
from dialogs.engine import step
from dialogs.interview import Earlier, Interview
from dialogs.keeping import beside
from dialogs.turn import Turn
from forms.across import keys
from forms.answers import scope
from forms.casefile import read_case
from forms.library import BUILT_IN
from storage import invitations
from storage.database import open_engine
from storage.migrations import migrate
from storage.tables import new_id
from storage.unit import Unit
from tests.bot.house.walks import (
    LIBRARY,
    NOBODY,
    NOW,
    OLDER,
    SOURCE,
    cut,
    files_of,
    fitting,
    named,
    programme_of,
    scene,
    with_own_files,
)
from tests.bot.household import KEY

BEGAN = NOW - timedelta(days=40)


@dataclass
class Row:
    """One interview as it lay there. `state` is None where the text is not what it says it is."""

    text: str
    state: Interview
    role: str = "nominee"
    case: str | None = None
    current: bool = True
    interview: str = field(default_factory=new_id)
    person: str = field(default_factory=new_id)
    party: str = field(default_factory=new_id)
    begun: datetime = BEGAN
    channel: str = "web"

    @property
    def address(self) -> str:
        """The door that leads to the person."""
        return sha256(self.person.encode()).hexdigest() if self.channel == "web" else self.person

    @property
    def code(self) -> str:
        """The person's recovery code."""
        return lasting_code(KEY, f"recovery\x00{self.person}\x001")


def row(state: Interview, **more: Any) -> Row:
    """An interview in format 1: what is the party's, the person's and the case's stands in it."""
    state = with_own_files(state)
    own = state.model_dump(mode="json")
    del own["format"]
    role = more.get("role", "nominee")
    first = {"party": role, **{name: value for name, value in beside(state).items() if name != "role"}}
    written = json.dumps({**first, **own}, ensure_ascii=False, separators=(",", ":"))
    return Row(written, state.model_copy(update={"role": role}), **more)


@dataclass
class Household:
    """All that lay in the database. `letters` are what the experts of a case have said, by case."""

    rows: list[Row] = field(default_factory=list)
    keys: dict[str, Mapping[str, str]] = field(default_factory=dict)
    letters: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def of(self, case: str | None) -> tuple[dict[str, Any], ...]:
        """The letters of a case."""
        return tuple(self.letters.get(case or "", ()))


def people() -> Household:
    """Everybody."""
    found = Household()
    for number, state in enumerate([*cut(), *fitting()]):
        locale = "en" if number % 5 == 3 else "zh"
        told = state.model_copy(update={"locale": locale})
        if number % 7 == 2 and state.programme == OLDER.id:
            told = told.model_copy(update={"digest": OLDER.digest})
        begun = BEGAN + timedelta(minutes=number)
        channel = "telegram" if number % 4 == 1 else "web"
        found.rows.append(row(told, case=new_id() if state.programme else None, begun=begun, channel=channel))
    _let_count(found)
    _experts(found)
    _several(found)
    return found


def _let_count(found: Household) -> None:
    """What is handed in counts for others, in the keys of then."""
    for each in found.rows:
        programme = programme_of(each.state)
        if programme and each.case and each.state.finished_at and not each.state.practice:
            known = keys(programme, scope(programme, each.state.answers, NOW))
            if known:
                found.keys[each.case] = known


def _experts(found: Household) -> None:
    """Two experts in each of some cases, the second of them still at it: whoever began first stands first."""
    for path in sorted(BUILT_IN.glob("*/cases/experts*.yaml")):
        case = read_case(str(path), path.read_text("utf-8"))
        name = path.parent.parent.name
        asked = named(name).form("expert").questions
        lead = next(each for each in found.rows if each.state.programme == name and not _led(found, each))
        for place, answers in enumerate(case.parties.get("expert", ())):
            plain = {key: value for key, value in answers.items() if not asked[key].accepts_files}
            whole = place % 2 == 0
            said = plain if whole else dict(list(plain.items())[: len(plain) // 2])
            state = Interview(
                consented_at=lead.state.consented_at,
                programme=name,
                digest=lead.state.digest,
                answers=said,
                finished_at=NOW.isoformat(timespec="seconds") if whole else "",
                revision=len(said),
            )
            begun = NOW - timedelta(days=1, minutes=-place)
            found.rows.append(row(state, role="expert", case=lead.case, begun=begun))
            if whole:
                found.letters.setdefault(lead.case or "", []).append(said)


def _led(found: Household, lead: Row) -> bool:
    return any(each.case == lead.case and each.role == "expert" for each in found.rows) or lead.case is None


def _several(found: Household) -> None:
    """Some have a further application, begun before the one they are in, and are asked whether to take it over."""
    for each in [each for each in found.rows if each.role == "nominee" and each.case][::9]:
        first = replace(each, interview=new_id(), party=new_id(), case=new_id(), current=False)
        found.rows.append(replace(first, begun=BEGAN - timedelta(days=1)))
        if each.state.finished_at:
            found.rows.append(_again(each))


def _again(first: Row) -> Row:
    """Somebody who has handed in begins another application, and has not said yet what to take over."""
    programme = programme_of(first.state)
    assert programme
    consented = Interview(consented_at=first.state.consented_at, locale=first.state.locale)
    around = scene(earlier=(Earlier(first.interview, programme, first.state),), counts=NOBODY)
    screen = step(None, consented, Turn("", "1"), around).screen
    wanted = next(
        b for b in screen.all_buttons() if b.action.verb == "programme" and b.action.about != programme.id
    )
    token = wanted.action.token(screen.revision)
    state = step(None, consented, Turn("", "2", choice=token), around).interview
    first.current = False
    return row(state, person=first.person, case=new_id(), begun=NOW, channel=first.channel)


def write(url: str, found: Household) -> None:
    """Make the database as it was at 0006 and put all of that into it."""
    engine = open_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            migrate(connection, "0006")
            _write(connection, found)
    finally:
        engine.dispose()


def _write(connection: Connection, found: Household) -> None:
    used = {each.state.digest for each in found.rows if each.state.digest}
    for digest in used:
        source = SOURCE if digest == OLDER.digest else LIBRARY.source(digest)
        _insert(connection, "snapshot", digest=digest, programme=source.id, source=source.to_json())
    for each in found.rows:
        begun = _moment(each.begun)
        if each.current:
            _insert(connection, "person", id=each.person, current=each.interview, created=begun)
            where = {"channel": each.channel, "address": each.address}
            _insert(connection, "door", **where, person=each.person, created=begun, seen=_moment(NOW))
            _insert(
                connection,
                "code",
                digest=digest_of(each.code),
                kind="lasting",
                person=each.person,
                generation=1,
                created=begun,
            )
    first = {each.state.model_dump_json(): each.interview for each in reversed(found.rows)}.values()
    for each in found.rows:
        state, begun = each.state, _moment(each.begun)
        if each.case:
            if each.role == "nominee":
                finished = _moment(datetime.fromisoformat(state.finished_at)) if state.finished_at else None
                _insert(
                    connection,
                    "case",
                    id=each.case,
                    programme=state.programme,
                    digest=state.digest,
                    practice=state.practice,
                    created=begun,
                    finished=finished,
                )
            _insert(connection, "party", id=each.party, case=each.case, person=each.person, role=each.role)
        _insert(
            connection,
            "interview",
            id=each.interview,
            person=each.person,
            party=each.party if each.case else None,
            state=each.text,
            version=state.revision + 1,
            created=begun,
        )
        for held in files_of(state) if each.interview in first else ():
            _insert(
                connection,
                "file",
                id=held.file,
                person=each.person,
                interview=each.interview,
                name=held.name,
                size=held.size,
                facts=held.model_dump_json(),
                created=begun,
                digest="",
            )
    for case, known in found.keys.items():
        for rule, key in known.items():
            _insert(connection, "case_key", case=case, rule=rule, key=key)


def spoil(url: str, statement: str, **values: Any) -> None:
    """Let a row be otherwise than it should."""
    engine = open_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            connection.execute(text(statement), values)
    finally:
        engine.dispose()


def _insert(connection: Connection, table: str, **values: Any) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(f":{name}" for name in values)
    connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({places})'), values)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def letters(unit: Unit, case: str) -> tuple[dict[str, Any], ...]:
    """What the experts of a case have confirmed, in order."""
    rows = invitations.of_case(unit, case)
    return tuple(
        row.state.answers
        for row in rows
        if row.role == "expert" and row.standing == "confirmed" and row.state
    )
