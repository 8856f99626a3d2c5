"""A bot without a library: calls methods by their names and reads what is answered."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout, FormData

from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone


class Caller:
    """Speaks to the double as any HTTP client can."""

    def __init__(self, telegram: Telegram, token: str = "") -> None:
        self._telegram = telegram
        self._token = token or telegram.token

    async def __aenter__(self) -> Self:
        self.session = ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.session.close()

    async def call(self, method: str, *, seconds: float = 10, **values: Any) -> dict[str, Any]:
        """The whole answer."""
        url = f"{self._telegram.url}/bot{self._token}/{method}"
        async with self.session.post(url, json=values, timeout=ClientTimeout(seconds)) as response:
            told: dict[str, Any] = await response.json()
            assert response.status == told.get("error_code", 200)
            return told

    async def done(self, method: str, **values: Any) -> Any:
        """The result of what must go well."""
        told = await self.call(method, **values)
        assert told["ok"], told
        return told["result"]

    async def refused(self, method: str, **values: Any) -> str:
        """Code and description of what must be refused."""
        told = await self.call(method, **values)
        assert not told["ok"], told
        return f"{told['error_code']} {told['description']}"

    async def uploads(self, method: str, *files: tuple[str, str, bytes], **values: Any) -> dict[str, Any]:
        """Send files, each by field, name and bytes."""
        form = FormData({key: str(value) for key, value in values.items()}, quote_fields=False)
        for name, filename, content in files:
            form.add_field(name, content, filename=filename)
        async with self.session.post(
            f"{self._telegram.url}/bot{self._token}/{method}", data=form
        ) as response:
            told: dict[str, Any] = await response.json()
            return told

    async def says(self, phone: Phone, text: str = "好", *buttons: str, **more: Any) -> dict[str, Any]:
        """A message with a button for each of `buttons`, which sends its own words back."""
        if buttons:
            rows = [[{"text": label, "callback_data": label}] for label in buttons]
            more["reply_markup"] = {"inline_keyboard": rows}
        message: dict[str, Any] = await self.done("sendMessage", chat_id=phone.id, text=text, **more)
        return message
