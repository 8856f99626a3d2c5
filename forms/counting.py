"""How long a text is (字数), counted as Word counts it."""

from __future__ import annotations

import re

# One each: ideographs of all planes, kana, full-width forms, and the marks that Word sets in the East Asian
# font: quotes, dashes, ellipsis, ℃, Roman numerals, circled numbers, arrows, mathematical signs, shapes.
WIDE = (
    "°±·×÷"
    "\u2010-\u2027\u2030-\u205e"
    "\u2100-\u27bf"
    "\u2e80-\ua4cf\uac00-\ud7af"
    "\uf900-\ufaff\ufe10-\ufe4f"
    "\uff01-\uffee"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_WIDE_RUN = re.compile(f"[{WIDE}]+")


def count(text: str) -> int:
    """Characters as Word's 字数: each wide character is 1, each unbroken run of other characters is 1."""
    narrow = _WIDE_RUN.split(text)
    return len(text) - sum(map(len, narrow)) + len(" ".join(narrow).split())
