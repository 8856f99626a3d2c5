"""Reply markup, checked as Telegram checks it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.bot.telegram.refusal import bad

_MOST_BUTTONS = 100
_MOST_BYTES = 10_000  # of the data of all buttons together
_LONGEST_DATA = 64
_LONGEST_COPY = 256
_IN_TURN = (
    "url",
    "callback_data",
    "web_app",
    "copy_text",
    "switch_inline_query_current_chat",
    "switch_inline_query",
)

Markup = dict[str, Any]


def checked(markup: Any, private: bool) -> Markup | None:
    """The markup as it is kept, None for an empty one. Raises the Refusal that Telegram gives."""
    if markup in (None, "", {}):
        return None
    if not isinstance(markup, dict):
        raise bad("Object expected as reply markup")
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"], private)
    for row in markup.get("keyboard", ()):
        for button in row:
            text = button if isinstance(button, str) else button.get("text", "")
            if not text:
                raise bad("Keyboard button text must be non-empty")
    return markup


def _inline(rows: Any, private: bool) -> Markup | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[_button(button, private) for button in row] for row in rows if row]
    buttons = [button for row in kept for button in row]
    size = sum(len(str(value).encode()) for button in buttons for value in button.values())
    if len(buttons) > _MOST_BUTTONS or size > _MOST_BYTES:
        raise bad("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any, private: bool) -> dict[str, Any]:
    parsing = "Can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(parsing + "InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise bad(parsing + 'Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise bad(parsing + 'Field "text" must be of type String')
    kind = next((name for name in _IN_TURN if button.get(name) not in (None, "")), None)
    if kind is None:
        raise bad(parsing + "Text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad("Inline keyboard button text must be non-empty")
    value = button[kind]
    if kind == "callback_data" and len(str(value).encode()) > _LONGEST_DATA:
        raise bad("BUTTON_DATA_INVALID")
    if kind == "url":
        _address(str(value), "Inline keyboard button ", https=False)
    if kind == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= _LONGEST_COPY:
        raise bad("BUTTON_COPY_TEXT_INVALID")
    if kind == "web_app":
        if not private:
            raise bad("BUTTON_TYPE_INVALID")
        _address(str(value.get("url", "")), "Inline keyboard button Web App ", https=True)
    return {"text": button["text"], kind: value}


def _address(url: str, where: str, *, https: bool) -> None:
    """Telegram opens no http://localhost: a host without a dot is no address to it."""
    if url.startswith("tg://") and not https:
        return
    parts = urlsplit(url if "://" in url else f"http://{url}")
    said = ""
    if https and parts.scheme != "https":
        said = "Only HTTPS links are allowed"
    elif parts.scheme not in ("http", "https"):
        said = "Unsupported URL protocol"
    elif "." not in (parts.hostname or "") and ":" not in (parts.hostname or ""):
        said = "Wrong HTTP URL"
    if said:
        raise bad(f"{where}URL '{url}' is invalid: {said}")
