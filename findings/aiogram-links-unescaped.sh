#!/usr/bin/env bash
# aiogram 3.31.0: `Message.md_text` and `Message.html_text`, the message as markup, leave the address of a link as it is. Bot
# API, formatting options: in MarkdownV2 “inside the (...) part of the inline link”, every ) and \ must be escaped, and a bare
# ) may stand nowhere else; in HTML every & that begins no entity must be written as one.
#
# Valid input: messages as Telegram delivers them, with a text_link to a page whose name ends in brackets, as encyclopaedias
# name them, and to one with two parameters. Seen: read by those rules, the first link ends a character early, at another
# page, and leaves a bare bracket behind; in the second, & stands as it is, while in the text beside it both are escaped.
# Fails when that changes. Here what people write is never sent on as markup: `bot/telegram/rendering.py` makes its own HTML
# from plain text.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install aiogram==3.31.0
"$here/venv/bin/python" - <<'PY'
import re

from aiogram.types import Message

BRACKETED, TWO = "https://example.org/wiki/工匠_(称号)", "https://example.org/list?year=2026&place=1"


def delivered(address: str) -> Message:
    link = {"type": "text_link", "offset": 4, "length": 2, "url": address}
    chat = {"id": 1, "type": "private"}
    return Message.model_validate({"message_id": 1, "date": 0, "chat": chat, "text": "A&B(称号)", "entities": [link]})


def by_markdown(text: str) -> tuple[str, str]:
    """The address of the one link, to the first bracket that is not escaped, and what comes behind it."""
    found = re.search(r"\[(?:\\.|[^\]\\])*\]\(((?:\\.|[^)\\])*)\)", text)
    return re.sub(r"\\(.)", r"\1", found[1]), text[found.end() :]


marked, html = delivered(BRACKETED).md_text, delivered(TWO).html_text
address, rest = by_markdown(marked)
print(f"{marked}\n  is a link to {address}, and behind it stands {rest}\n{html}")
assert r"B\([" in marked and "A&amp;B(" in html, "the text is not escaped any more"
assert (address, rest) == (BRACKETED.removesuffix(")"), r")\)"), "the address is escaped now"
assert f'href="{TWO}"' in html, "the address is escaped now"
PY
echo "as described: aiogram 3.31.0 leaves the addresses of links unescaped"
