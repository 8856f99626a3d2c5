"""What a bot says about itself: commands, menu button, descriptions, webhook."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.bot.telegram.arguments import Arguments
from tests.bot.telegram.refusal import bad

if TYPE_CHECKING:
    from tests.bot.telegram.double import Telegram

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_PORTS = (None, 443, 80, 88, 8443)


class Profile:
    """Commands by scope and language, menu buttons by chat (0: everywhere)."""

    def __init__(self) -> None:
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.buttons: dict[int, dict[str, Any]] = {0: {"type": "default"}}
        self.texts: dict[tuple[str, str], str] = {}

    def commands_for(self, chat: int = 0, language: str = "") -> list[dict[str, str]]:
        """What the menu of a private chat shows: the narrowest scope and the own language first."""
        for scope in (
            json.dumps({"type": "chat", "chat_id": chat}),
            _scope("all_private_chats"),
            _scope("default"),
        ):
            for spoken in (language, ""):
                if (scope, spoken) in self.commands:
                    return self.commands[scope, spoken]
        return []

    def button_for(self, chat: int) -> dict[str, Any]:
        return self.buttons.get(chat, self.buttons[0])


def _scope(kind: str) -> str:
    return json.dumps({"type": kind})


def _where(arguments: Arguments) -> tuple[str, str]:
    scope = arguments.structure("scope") or {"type": "default"}
    if not isinstance(scope, dict) or "type" not in scope:
        raise bad("BotCommandScope must be an Object")
    if "chat_id" in scope:
        scope["chat_id"] = int(scope["chat_id"])
    language = arguments.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("BOT_COMMAND_LANG_CODE_INVALID" if len(language) < 5 else "LANG_CODE_INVALID")
    return json.dumps(scope), language


def set_commands(telegram: Telegram, arguments: Arguments) -> bool:
    where = _where(arguments)
    commands = arguments.structure("commands") or []
    if not isinstance(commands, list):
        raise bad("Expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad("too many commands specified")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).lstrip("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.profile.commands[where] = commands
    return True


def get_commands(telegram: Telegram, arguments: Arguments) -> list[dict[str, str]]:
    return telegram.profile.commands.get(_where(arguments), [])


def delete_commands(telegram: Telegram, arguments: Arguments) -> bool:
    telegram.profile.commands.pop(_where(arguments), None)
    return True


def set_menu_button(telegram: Telegram, arguments: Arguments) -> bool:
    chat = telegram.reached(arguments).id if arguments.has("chat_id") else 0
    button = arguments.structure("menu_button") or {"type": "default"}
    if button.get("type") not in ("commands", "default", "web_app"):
        raise bad("Can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app":
        url = button.get("web_app", {}).get("url", "")
        if not button.get("text"):
            raise bad("Can't parse menu button: Can't find field \"text\"")
        if not url.startswith("https://"):
            raise bad(f"menu button Web App URL '{url}' is invalid: Only HTTPS links are allowed")
    telegram.profile.buttons[chat] = button
    return True


def get_menu_button(telegram: Telegram, arguments: Arguments) -> dict[str, Any]:
    return telegram.profile.button_for(arguments.integer("chat_id"))


def _describe(what: str, longest: int) -> Any:
    def describe(telegram: Telegram, arguments: Arguments) -> bool:
        text = arguments.text(what)
        if len(text) > longest:
            raise bad(f"bot {what.replace('_', ' ')} is too long")
        telegram.profile.texts[what, arguments.text("language_code")] = text
        return True

    return describe


def _described(what: str) -> Any:
    def described(telegram: Telegram, arguments: Arguments) -> dict[str, str]:
        texts, language = telegram.profile.texts, arguments.text("language_code")
        return {what: texts.get((what, language), "")}

    return described


def set_webhook(telegram: Telegram, arguments: Arguments) -> bool:
    url, secret = arguments.text("url"), arguments.text("secret_token")
    if url:
        parts = urlsplit(url)
        if not parts.hostname:
            raise bad("invalid webhook URL specified")
        if parts.scheme != "https" and not telegram.local:
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in _PORTS and not telegram.local:
            raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    allowed = arguments.structure("allowed_updates")
    if allowed is not None:
        telegram.updates.allowed = set(allowed) or None
    connections = min(max(arguments.integer("max_connections", 40), 1), 100)
    telegram.updates.set_webhook(url, secret, connections, arguments.flag("drop_pending_updates"))
    return True


def delete_webhook(telegram: Telegram, arguments: Arguments) -> bool:
    telegram.updates.set_webhook("", "", 40, arguments.flag("drop_pending_updates"))
    return True


def webhook_info(telegram: Telegram, arguments: Arguments) -> dict[str, Any]:
    updates = telegram.updates
    return {
        "url": updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
        "allowed_updates": sorted(updates.allowed or ()),
    }


def _yes(telegram: Telegram, arguments: Arguments) -> bool:
    return True


def get_chat(telegram: Telegram, arguments: Arguments) -> dict[str, Any]:
    return telegram.reached(arguments).json


def leave(telegram: Telegram, arguments: Arguments) -> bool:
    telegram.reached(arguments).member = False
    return True


METHODS: dict[str, Any] = {
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setchatmenubutton": set_menu_button,
    "getchatmenubutton": get_menu_button,
    "setmyname": _describe("name", 64),
    "setmydescription": _describe("description", 512),
    "setmyshortdescription": _describe("short_description", 120),
    "getmydescription": _described("description"),
    "getmyshortdescription": _described("short_description"),
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "getchat": get_chat,
    "leavechat": leave,
    "logout": _yes,
    "close": _yes,
}
