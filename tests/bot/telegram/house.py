"""What the tests of whole conversations share: a bot that is started once for all tests of a module.

A module takes the fixtures by importing them and says `pytestmark = together`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import pytest_asyncio

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from bot.workshop.player import answered_by_files
from bot.workshop.rehearsal import pdf_text
from dialogs.keeping import written
from forms.casefile import CaseFile, read_case
from forms.library import BUILT_IN, Library
from forms.printing.workers import Workers
from forms.programme import Programme
from storage import interviews
from storage.database import Database
from storage.unit import Unit
from tests.bot.telegram.chats import Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.player import TelegramPlayer, bare_answers
from tests.bot.telegram.service import Service
from tests.built_in import built_in
from tests.storage.rings import kept_at

#: All tests of a module run in one event loop, beside the one bot.
together = pytest.mark.asyncio(loop_scope="module")

PROGRAMME = "nanning-2026"
CASES = BUILT_IN / PROGRAMME / "cases"
SAMPLES = BUILT_IN / "_shared" / "files"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def polling(telegram: Telegram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """A bot that asks for updates."""
    async with Service(telegram, tmp_path_factory.mktemp("bot")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def webhook(telegram: Telegram, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """A bot that updates are delivered to."""
    async with Service(telegram, tmp_path_factory.mktemp("bot"), webhook=True) as running:
        yield running


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


@pytest.fixture
def forgiven(telegram: Telegram) -> list[str]:
    """Refusals that a test expects, by a part of their words."""
    return telegram.forgiven


class Blemishes:
    """What went wrong beside what a test looks at."""

    def __init__(self, telegram: Telegram, service: Service) -> None:
        self._telegram, self._service = telegram, service
        self._calls, self._faults = len(telegram.calls), len(service.faults)
        telegram.forgiven.clear()

    def none(self) -> None:
        """Telegram refused nothing that was not expected, and the bot told of no defect."""
        refused = [f"{call.method}: {call.said}" for call in self._telegram.refusals_since(self._calls)]
        assert refused == [], refused
        assert self._service.faults[self._faults :] == []


def case_of(path: Path) -> CaseFile:
    return read_case(path.name, path.read_text("utf-8"))


def reference(
    directory: Path, library: Library, kept: Database, crew: Workers, case: CaseFile
) -> Conversation:
    """The Conversation without a door, which does not print."""
    settings = Settings(data=directory)
    conversation = wiring.conversation(settings, library, kept, crew, lambda: case.now)
    conversation.documents = SimpleNamespace(prepare=lambda *_: None)  # type: ignore[assignment]
    return conversation


async def whole_application(
    service: Service, library: Library, crew: Workers, directory: Path, name: str = "unit"
) -> TelegramPlayer:
    """A case from the greeting to the packet; what is kept is what the case says."""
    path = CASES / f"{name}.yaml"
    case, programme = case_of(path), library.named(PROGRAMME)
    assert programme
    service.at(case.now.isoformat())
    bots = kept_at(service.database)
    try:
        with wiring.database(Settings(data=directory / "reference")) as kept:
            conversation = reference(directory, library, kept, crew, case)
            phone = Phone(service.telegram)
            player = TelegramPlayer(phone, conversation, kept, bots, programme, case, path.parent)
            await player.play()
            told = (await player.view()).interview
    finally:
        bots.close()
    assert not player.differences, player.differences
    found = await service.interview(phone)
    assert bare_answers(found.answers) == bare_answers(told.answers)
    assert found.finished_at == told.finished_at
    return player


async def arrives(
    service: Service, library: Library, phone: Phone, question: str, name: str = "unit"
) -> Message:
    """Begin, and let everything before a question be answered as a case does.

    Files are put off, what the case leaves out is passed over.
    """
    case = case_of(CASES / f"{name}.yaml")
    route = next(route.title for route in _programme(library).routes if route.id == case.answers["route"])
    await phone.begins(route=route)
    await fills(service, library, ("telegram", str(phone.id)), question, name)
    return await phone.tells("/start")


async def fills(
    service: Service, library: Library, door: tuple[str, str], question: str, name: str = "unit"
) -> None:
    """Let everything before a question be answered, by whoever speaks at a door, as a case does."""
    case = case_of(CASES / f"{name}.yaml")
    questions = _programme(library).form("nominee").questions
    names = [name for name in ("route", *questions) if name in case.answers]
    before = {name: case.answers[name] for name in names[: names.index(question)]}
    files = tuple(name for name in before if answered_by_files(questions[name]))
    answers = {name: value for name, value in before.items() if name not in files}
    asked = list(questions)
    skipped = tuple(name for name in asked[: asked.index(question)] if name not in before)

    def write(unit: Unit) -> None:
        seat = interviews.speaker(unit, *door)
        assert seat
        revision = seat.state.revision + 1
        state = seat.state.model_copy(
            update={
                "answers": answers,
                "later": files,
                "skipped": skipped,
                "declined": tuple(questions),
                "revision": revision,
            }
        )
        interviews.save(unit, seat, written(state))

    kept = kept_at(service.database)
    await kept.run(write)
    kept.close()


def _programme(library: Library) -> Programme:
    programme = library.named(PROGRAMME)
    assert programme
    return programme


async def opens_document(phone: Phone, title: str) -> tuple[Message, str]:
    """Press for a document of the packet; gives the message it came in and its text."""
    if not any(title in label for message in phone.chat.standing for label in message.buttons):
        phone.press_like("看材料")
        await phone.sees_screen()
    phone.press_like(title)
    message = await phone.until(
        lambda: next((message for message in phone.news if message.media == "document"), None), title, 60
    )
    await phone.until(lambda: bool(phone.screen and phone.screen.id > message.id), "the screen below it")
    content = phone.telegram.files.find(message.json["document"]["file_id"]).content
    assert content.startswith(b"%PDF")
    return message, pdf_text(content)
