"""Someone who answers on Telegram as a case file says, while the same words go through the Conversation itself.

Every Screen of the Conversation must be seen on Telegram: what it says, and the buttons that are pressed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from bot.house.conversation import Conversation
from bot.house.pieces import pieces
from bot.workshop.player import Player
from dialogs.turn import Say, Screen
from forms.attachment import Attachment
from forms.casefile import CaseFile
from forms.kinds.base import Value
from forms.programme import Programme
from storage.database import Database
from tests.bot.telegram.html import units
from tests.bot.telegram.phone import Phone, in_messages

_MOST_IN_ONE = 4096
_CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}")


class TelegramPlayer(Player):
    """Plays one case on a phone. `kept` is the database of the reference, `bots` that of the bot."""

    def __init__(  # both sides and the case
        self,
        phone: Phone,
        reference: Conversation,
        kept: Database,
        bots: Database,
        programme: Programme,
        case: CaseFile,
        folder: Path,
    ) -> None:
        both = cast("Database", _Both(self, kept, bots, phone))
        super().__init__(reference, both, programme, case, folder)
        self.address = f"nominee-{phone.id}"
        self.phone = phone
        self.turns = 0
        self._path: Path | None = None
        self._for_photo = False

    async def _send(self, shown: str = "", **what: Any) -> None:
        text = what.get("text")
        if text is not None and units(text) > _MOST_IN_ONE:
            for piece in in_messages(text):
                await self._send(text=piece)
            return
        before = self.screen
        await super()._send(shown, **what)
        await self._acts(before, **what)
        self.turns += 1
        self._compares(what.get("file"))

    async def _upload(self, name: str, value: Value) -> None:
        """One file after the other, as the case names them."""
        self._for_photo = self._programme.form("nominee").questions[name].kind == "photo"
        for relative in value if isinstance(value, list | tuple) else [value]:
            self._path = (self._folder / str(relative)).resolve()
            found = await self._conversation.receive(
                self.channel, self.address, self._path.name, pieces(self._path)
            )
            await self._send(file=found)
        if self._button("pick", f"{name}:done"):
            await self._press("pick", f"{name}:done")

    async def _acts(
        self,
        before: Screen,
        text: str | None = None,
        choice: str | None = None,
        file: Attachment | None = None,
    ) -> None:
        if choice is not None:
            await self.phone.presses_and_goes_on(before.tokens()[choice].label)
            return
        if file is not None:
            self._sends(file)
        else:
            self.phone.says(text or "/start")
        await self.phone.sees_screen()

    def _sends(self, file: Attachment) -> None:
        assert self._path
        if file.media == "video":
            seconds, width, height = file.seconds or 0, file.width or 0, file.height or 0
            self.phone.sends_video(self._path, round(seconds), width, height)
        elif self._for_photo:
            self.phone.sends_photo(self._path)
        else:
            self.phone.sends_file(self._path)

    def _compares(self, file: Attachment | None) -> None:
        """What the Conversation says is what is seen; a photo comes without its name, and each has its own code."""
        seen = _bare(self.phone.said)
        for part in self.screen.parts:
            if not isinstance(part, Say):
                continue
            wanted = _bare(part.text)
            if file and _bare(file.name) in wanted:
                continue
            if wanted not in seen:
                self.differences.append(
                    f"Telegram does not show “{part.text[:80]}”:\n{self.phone.said[:400]}"
                )


class _Both:
    """Work on the reference's database is done on the bot's as well, for the person that the bot knows."""

    def __init__(self, player: Player, kept: Database, bots: Database, phone: Phone) -> None:
        self._player, self._kept, self._bots, self._phone = player, kept, bots, phone

    async def run(self, work: Callable[[Any], Any]) -> Any:
        done = await self._kept.run(work)
        player, here = self._player, (self._player.channel, self._player.address)
        player.channel, player.address = "telegram", str(self._phone.id)
        try:
            await self._bots.run(work)
        finally:
            player.channel, player.address = here
        return done


def bare_answers(value: Any) -> Any:
    """Answers without what every store makes up by itself: names of files."""
    if isinstance(value, dict):
        return {
            key: bare_answers(each)
            for key, each in value.items()
            if key not in ("file", "name") or "mime" not in value
        }
    return [bare_answers(each) for each in value] if isinstance(value, list | tuple) else value


def _bare(text: str) -> str:
    """The text without blanks; one recovery code is as good as another, they are drawn by chance."""
    return _CODE.sub("<code>", "".join(text.split()))
