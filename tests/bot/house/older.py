"""A database as version 0006 wrote it: people in the middle of all that one can be in the middle of.

Where they are comes from walks through the engine over the programmes of the house; how it lay in the rows is written
out here, so that it stays as it was whatever the code of today does.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from bot.house.conversation import CAPS
from bot.house.spelling import digest_of, lasting_code
from bot.workshop.player import Player
from dialogs.engine import step
from dialogs.interview import Earlier, Interview, Outcome
from dialogs.scene import Scene
from dialogs.turn import Screen, Turn
from forms.across import keys
from forms.answers import scope
from forms.attachment import Attachment
from forms.casefile import read_case
from forms.inspection import inspect
from forms.library import BUILT_IN, Library
from forms.loader import Source, load
from forms.printing.faces import Faces
from forms.programme import Programme
from storage.database import open_engine
from storage.migrations import migrate
from storage.tables import new_id
from tests.bot.household import KEY

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
BEGAN = NOW - timedelta(days=40)
LIBRARY = Library.open([])
#: Of every so many case files one is walked.
_EVERY = 4
#: So many points of a walk are kept: the beginning, the end, and what lies between them.
_POINTS = 5


def _older() -> tuple[Source, Programme]:
    """A programme as it was before its text was corrected, from the time when no macros were kept with it."""
    known = LIBRARY.source(_programme("liuzhou-2025").digest)
    files = {name: body for name, body in known.files.items() if not name.startswith("_shared/print/")}
    source = Source({**files, "programme.yaml": files["programme.yaml"] + "\n# as it was\n"})
    return source, load(source)


def _programme(name: str) -> Programme:
    found = LIBRARY.named(name)
    assert found
    return found


SOURCE, OLDER = _older()


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
    """An interview in format 1: what is the party's and the person's stands in it."""
    state = _with_own_files(state)
    own = state.model_dump(mode="json")
    del own["format"]
    role = more.get("role", "nominee")
    first = {"party": role, "locale": state.locale, "consented_at": state.consented_at}
    written = json.dumps({**first, **own}, ensure_ascii=False, separators=(",", ":"))
    return Row(written, state.model_copy(update={"role": role}), **more)


def _with_own_files(state: Interview) -> Interview:
    """The interview with files that nobody else has: several were cut out of one walk."""
    said = state.model_dump_json()
    for held in files_of(state):
        own = held.model_copy(update={"file": new_id()})
        _RECEIVED[own.file] = own
        said = said.replace(held.file, own.file)
    beside = {"role": state.role, "locale": state.locale, "consented_at": state.consented_at}
    return Interview.model_validate_json(said).model_copy(update=beside)


def programme_of(state: Interview) -> Programme | None:
    """The definition that an interview is pinned to."""
    return OLDER if state.digest == OLDER.digest else LIBRARY.get(state.digest)


def scene(now: datetime = NOW, **more: Any) -> Scene:
    """What surrounds somebody alone in the world."""
    return Scene(now, LIBRARY.offered, faces=_faces(), common=LIBRARY.common, **more)


@cache
def _faces() -> Faces:
    return Faces.load()


# Walks


class _Walk:
    """What a Player speaks to: the engine alone, which notes every interview that it comes by."""

    def __init__(self, now: datetime) -> None:
        self.states = [Interview()]
        self._now = now

    def say(self, turn: Turn) -> Screen:
        now = self.states[-1]
        outcome = _stepped(now, turn, self._now)
        self.states.append(outcome.interview)
        return outcome.screen

    async def take(self, channel: str, address: str, turn: Turn) -> Screen:
        """As `Conversation.take`."""
        return self.say(turn)

    async def receive(
        self, channel: str, address: str, name: str, chunks: AsyncIterator[bytes], size: int
    ) -> Attachment:
        """As `Conversation.receive`."""
        content = b"".join([chunk async for chunk in chunks])
        taken = _inspected(name, content).model_copy(update={"file": new_id()})
        _RECEIVED[taken.file] = taken
        return taken


_RECEIVED: dict[str, Attachment] = {}


@cache
def _inspected(name: str, content: bytes) -> Attachment:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "sent"
        path.write_bytes(content)
        return inspect(path, "", name, CAPS)


_numbers = count(1)


class _Nobody(dict[str, int]):
    """No other case has anything in common with this one."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> int:
        return 0


_NOBODY = _Nobody({"": 0})


def _stepped(state: Interview, turn: Turn, now: datetime = NOW) -> Outcome:
    return step(programme_of(state), state, turn, scene(now, counts=_NOBODY))


def _says(state: Interview, *texts: str) -> Interview:
    for words in texts:
        state = _stepped(state, Turn("", str(next(_numbers)), text=words)).interview
    return state


def _offers(state: Interview, verb: str) -> bool:
    """Only where the question was just come to: looking at every state again takes its time."""
    if not (state.focus or state.drafts or state.pending) and "photo" in state.answers:
        screen = _stepped(state, Turn("", str(next(_numbers)))).screen
        return any(b.action.verb == verb for b in screen.all_buttons())
    return False


def _presses(state: Interview, verb: str, about: str = "") -> Interview:
    screen = _stepped(state, Turn("", str(next(_numbers)))).screen
    button = next(b for b in screen.all_buttons() if b.action.verb == verb and about in ("", b.action.about))
    token = button.action.token(screen.revision)
    return _stepped(state, Turn("", str(next(_numbers)), choice=token)).interview


@cache
def walks() -> tuple[tuple[Interview, ...], ...]:
    """Whole conversations over every programme, as the interviews that they came by."""
    return tuple(_walked(path) for path in sorted(BUILT_IN.glob("*/cases/*.yaml"))[::_EVERY])


def _walked(path: Path) -> tuple[Interview, ...]:
    case = read_case(str(path), path.read_text("utf-8")).model_copy(update={"experts": (), "peers": {}})
    walk = _Walk(case.now)
    programme = _programme(path.parent.parent.name)
    player = Player(walk, None, programme, case, path.parent)  # type: ignore[arg-type]
    asyncio.run(player.play())
    return tuple(walk.states)


#: What people type to look at something else than the next question.
_PAGES = (
    "菜单",
    "检查答案",
    "条件对照",
    "材料清单",
    "前面填的",
    "/privacy",
    "/mydata",
    "/delete",
    "我的申报",
    "重新开始",
)


def cut() -> Iterator[Interview]:
    """Interviews as they stood when people went away."""
    for number, walk in enumerate(walks()):
        kept = [state for state in walk if state.consented_at]
        apart = max(1, (len(kept) - 1) // (_POINTS - 1))
        points = [*kept[number % apart : -1 : apart], kept[-1]]
        yield from points
        # What lasts for a moment only: half a row, a reading that waits for a yes, a remark that waits for a word.
        for name in ("drafts", "pending", "remarked", "faced", "appealed", "later", "due"):
            yield from [state for state in kept if getattr(state, name)][number % 3 : number % 3 + 1]
        files = [state for state in kept if _offers(state, "later")]
        if files:
            yield _presses(files[number % len(files)], "later")
        middle = kept[len(kept) // 2]
        if middle.programme:
            yield _says(middle, _PAGES[number % len(_PAGES)])
            yield _presses(_says(kept[-1], "检查答案"), "edit")


def fitting() -> Iterator[Interview]:
    """In the pre-check, before there is a programme."""
    state = _presses(Interview(), "consent")
    yield state
    state = _presses(state, "fit")
    yield state
    for words in ("广西南宁", "焊工", "2010年7月"):
        state = _says(state, words)
        yield state


# Rows


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
        asked = _programme(name).form("expert").questions
        lead = next(each for each in found.rows if each.state.programme == name and not _led(found, each))
        for place, answers in enumerate(case.experts):
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
    around = scene(earlier=(Earlier(first.interview, programme, first.state),), counts=_NOBODY)
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


def files_of(state: Interview) -> list[Attachment]:
    """Every file that an interview names."""
    said = state.model_dump_json()
    return [held for name, held in _RECEIVED.items() if name in said]


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
