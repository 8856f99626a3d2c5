"""What can be asked of others: whether Telegram knows the token, where it delivers, and how that went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.doctor.seen import Seen, fault, ok, warning
from bot.house.settings import Settings

_PATIENCE = aiohttp.ClientTimeout(total=15)
#: For so long an error that Telegram met at our webhook is of interest.
_LATELY = timedelta(hours=1)


async def asked(given: Settings) -> list[Seen]:
    """What Telegram says of the bot, and our public address of itself."""
    findings: list[Seen] = []
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        if given.bot_token.get_secret_value():
            findings += await _telegram(given, session)
        if given.public_url:
            findings.append(await _public(given, session))
    return findings


async def _telegram(given: Settings, session: aiohttp.ClientSession) -> list[Seen]:
    try:
        me = await _call(given, session, "getMe")
        hook = await _call(given, session, "getWebhookInfo")
    except _Refused as error:
        return [fault("bot", f"Telegram refuses the token ({error})", "take the present one from @BotFather")]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError) as error:
        do = "does this machine reach TELEGRAM_API? a firewall, a proxy, its name?"
        return [fault("bot", f"{given.telegram_api} gives no answer ({type(error).__name__})", do)]
    return [ok("bot", f"@{me.get('username', '?')}"), *_webhook(given, hook)]


def _webhook(given: Settings, hook: dict[str, Any]) -> Iterator[Seen]:
    there, ours = str(hook.get("url", "")), given.webhook_url
    if there != ours:
        where = "to another address" if there else "nowhere: it waits to be asked"
        yield warning(
            "webhook", f"Telegram delivers {where}", "a start sets it; does another process have this token?"
        )
        return
    if not ours:
        yield ok("webhook", "none: updates are asked for")
        return
    failed = datetime.fromtimestamp(int(hook.get("last_error_date", 0)), UTC)
    waiting = int(hook.get("pending_update_count", 0))
    if datetime.now(UTC) - failed < _LATELY:
        do = "is the address reached from outside, with a certificate that Telegram knows?"
        yield fault(
            "webhook",
            f"Telegram could not deliver lately; {waiting} wait ({hook.get('last_error_message', '')})",
            do,
        )
    else:
        yield ok("webhook", f"{ours}; {waiting} wait")


async def _public(given: Settings, session: aiohttp.ClientSession) -> Seen:
    url = f"{given.public_url}/readyz"
    try:
        async with session.get(url, allow_redirects=False) as answer:
            body = await answer.json()
            if answer.status == 200 and body == {"ready": True}:
                return ok("public address", given.public_url)
            return fault(
                "public address",
                f"{url}: {answer.status} {body.get('code', '')}",
                "the log says why: house.not_ready",
            )
    except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError) as error:
        do = "does the service run, and does the reverse proxy lead to it?"
        return fault("public address", f"{url}: {type(error).__name__}", do)


class _Refused(Exception):  # noqa: N818 - what Telegram says
    pass


async def _call(given: Settings, session: aiohttp.ClientSession, method: str) -> dict[str, Any]:
    url = f"{given.telegram_api}/bot{given.bot_token.get_secret_value()}/{method}"
    async with session.post(url) as answer:
        body = await answer.json()
        if answer.status in (401, 404):
            raise _Refused(str(answer.status))
        result = body["result"]
        return result if isinstance(result, dict) else {}
