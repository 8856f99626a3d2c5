"""A conversation with what it stands on, and people at its doors."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from PIL import Image
from sqlalchemy import func, select

from bot.house.conversation import CAPS, QUOTA, Conversation
from dialogs.turn import Screen, Turn
from forms.inspection import Caps
from forms.library import Library
from forms.loader import Source, load, read
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from storage import tables
from storage.database import Database
from storage.files import FileStore
from storage.uploads import Quota

KEY = b"only for tests, 32 bytes or more."
SMALL = Path(__file__).parents[1] / "dialogs" / "small"
SOURCE = read(SMALL, SMALL.parent / "_none")


def library(source: Source = SOURCE) -> Library:
    programme = load(source)
    return Library((programme,), (), {programme.digest: source}, {})


@dataclass
class House:
    """A conversation with what it stands on; it is `now`, or whatever the `clock` says."""

    database: Database
    files: Path
    workers: Workers
    now: datetime = datetime(2026, 6, 15, 4, tzinfo=UTC)
    key: bytes = KEY
    clock: Callable[[], datetime] | None = None
    store: FileStore = field(init=False)
    conversation: Conversation = field(init=False)

    def __post_init__(self) -> None:
        self.store = FileStore(self.files, keyring=self.database.keyring)
        self.open(library())

    def open(self, on_offer: Library, quota: Quota = QUOTA, caps: Caps = CAPS) -> None:
        """Start, or start again as after a deployment."""
        self.conversation = Conversation(
            self.database,
            on_offer,
            self.store,
            self.workers,
            Faces.load(),
            key=self.key,
            clock=self.clock or (lambda: self.now),
            quota=quota,
            caps=caps,
        )

    async def rows(self, table: str) -> int:
        query = select(func.count()).select_from(tables.metadata.tables[table])
        return int(await self.database.run(lambda unit: unit.connection.execute(query).scalar_one()))

    def stored(self) -> list[Path]:
        return [path for path in self.files.rglob("*") if path.is_file()]


@dataclass
class Someone:
    """A person at a door of the house."""

    house: House
    address: str = "anna"
    channel: str = "web"
    screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        self._ids = count(1)

    async def take(self, **what: object) -> Screen:
        origin = {name: str(what.pop(name)) for name in ("network", "device") if name in what}
        turn = replace(Turn(self.address, str(next(self._ids))), **what)  # type: ignore[arg-type]
        self.screen = await self.house.conversation.take(self.channel, self.address, turn, **origin)
        return self.screen

    async def says(self, *texts: str) -> Screen:
        for text in texts:
            await self.take(text=text)
        return self.screen

    def token(self, label: str) -> str:
        return next(token for token, button in self.screen.tokens().items() if label in button.label)

    async def presses(self, *labels: str) -> Screen:
        for label in labels:
            await self.take(choice=self.token(label))
        return self.screen

    async def begins(self) -> Screen:
        await self.take()
        await self.presses("同意，开始", "小城工匠")
        return self.screen

    async def fills(self) -> Screen:
        """Everything but the certificates."""
        await self.begins()
        await self.says("个人申报", "焊工", "2015年7月")
        await self.presses("是", "技艺", "选好了")
        await self.says("陆建华", "450122198409129963")
        await self.presses("对的", "跳过")
        return await self.says("我热爱焊接")

    async def comes_with(self, code: str) -> Screen:
        """Give a code and press that it is one's own."""
        await self.says(code)
        return await self.presses("接过来")

    @property
    def asked(self) -> str:
        return self.screen.asks.question if self.screen.asks else ""


def picture(size: tuple[int, int] = (600, 840)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG")
    return out.getvalue()


async def stream(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 4096):
        yield content[start : start + 4096]
