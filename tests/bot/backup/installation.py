"""An installation as `jiangjian run` has one, that can be lost and put back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.household import Someone, library, picture, stream

MASTER = "5f" * 32
NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


@dataclass
class Installation:
    """Its settings, and while it is `open` its conversation."""

    settings: Settings
    crew: Workers
    conversation: Conversation = field(init=False)
    database: Database = field(init=False)

    @contextmanager
    def open(self) -> Iterator[Installation]:
        with wiring.database(self.settings) as kept:
            self.database = kept
            self.conversation = wiring.conversation(
                self.settings, library(), kept, self.crew, clock=lambda: NOW
            )
            yield self

    async def someone(self, address: str) -> Someone:
        """Who comes to its door, with what they see there."""
        comes = Someone(self, address)  # type: ignore[arg-type]  # of a house it needs the conversation alone
        comes._ids = iter(range(datetime.now(UTC).microsecond * 1000, 10**12))  # type: ignore[assignment]  # as a new page does
        await comes.take()
        return comes

    async def sends(self, comes: Someone, name: str = "证书.jpg") -> str:
        """Send a file where one is asked for; gives its id."""
        sent = await self.conversation.receive("web", comes.address, name, stream(picture()))
        await comes.take(file=sent)
        return sent.file


@dataclass
class Places:
    """Where installations are made: on SQLite in a directory, on PostgreSQL in two new databases."""

    top: Path
    crew: Workers
    postgresql: Callable[..., str] | None

    def new(self, name: str, **more: object) -> Installation:
        """An installation with nothing in it."""
        elsewhere = (
            {} if self.postgresql is None else {"database": self.postgresql(), "keys": self.postgresql()}
        )
        values = {"data": self.top / name, "master_key": SecretStr(MASTER), **elsewhere, **more}
        return Installation(Settings(**values), self.crew)

    def lose(self, installation: Installation) -> None:
        """The disk is gone."""
        shutil.rmtree(installation.settings.data)
