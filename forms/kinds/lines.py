"""Rows of `records` as people type them: a whole row in one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from forms.dates import Unreadable, leading, means_present, read
from forms.kinds.base import Answer, Check, Circumstances, Given, Question
from forms.kinds.moments import MomentQuestion
from forms.kinds.name import NameQuestion
from forms.kinds.place import PlaceQuestion
from forms.kinds.prose import ProseQuestion
from forms.kinds.rows import Row
from forms.kinds.text import TextQuestion
from forms.understanding import meaning

_BULLET = re.compile(r"^\s*(?:[（(]?\d{1,2}(?:[、)）]|\.(?!\d)|\.(?=(?:19|20)\d\d[年./-]))|[-•·*▪◆●])\s*")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}
_WORDY = (TextQuestion, NameQuestion, PlaceQuestion, ProseQuestion)  # these take nearly any word
_LONGEST_LINE = 1000
_NO_MORE = frozenset(["跳过", "略过", "没有了", "没了", "写完了", "完了", "skip"])


def read_line(fields: Sequence[Question], line: str, about: Circumstances) -> Row:
    """What a line says about the fields: dates at its head or apart, then what fits, then the words in order."""
    row: Row = {}
    dates, rest = leading(_BULLET.sub("", line[:_LONGEST_LINE]))
    moments = [field for field in fields if isinstance(field, MomentQuestion)]
    for moment, text in zip(moments, dates, strict=False):
        _reads(row, moment, text, about)
    if len(dates) > len(moments):
        return {}
    wordy = [field for field in fields if isinstance(field, _WORDY)]
    parts = _split(rest, str.isspace)
    needed = sum(field.id not in row and not field.optional for field in fields)
    if len(parts) < needed:
        parts = _split(rest, lambda char: char.isspace() or char in "，,；;|、/")
    for field in fields:
        if field.id not in row and not isinstance(field, _WORDY):
            found = next((part for part in parts if _reads(row, field, part, about)), None)
            if found is not None:
                parts.remove(found)
    for index, field in enumerate(wordy, 1):
        if not parts:
            break
        last = index == len(wordy)
        _reads(row, field, " ".join(parts) if last else parts[0], about)
        parts = parts[1:]
    return {field.id: row[field.id] for field in fields if field.id in row}


def _reads(row: Row, field: Question, text: str, about: Circumstances) -> bool:
    if isinstance(field, MomentQuestion) and not _dated(text, about):
        return False  # a year within other words (2019年先进工作者) is no answer of its own
    reading = field.parse(Given(text=text), None, about)
    # The row is told back, so a guess at a year or a bare province needs no question of its own.
    guessable = isinstance(field, MomentQuestion | PlaceQuestion)
    if isinstance(reading, Answer) or (guessable and isinstance(reading, Check)):
        row[field.id] = reading.value
        return True
    return False


def _dated(text: str, about: Circumstances) -> bool:
    try:
        return means_present(text) or bool(read(text, about.today))
    except Unreadable:
        return False


def word(given: Given) -> str:
    """What was typed, to be held against a list of words."""
    return (given.text or "").strip("。.！! ").casefold()


def no_more(text: str) -> bool:
    """Whether it says that there are no more rows; typed within a row it passes over a field."""
    return word(Given(text=text)) in _NO_MORE or meaning(text) == "none"


def _split(text: str, between: Any) -> list[str]:
    """The parts of a text, brackets and quotes kept whole."""
    parts, part, closing = [], "", ""
    for char in text:
        if closing:
            closing = "" if char == closing else closing
        elif char in _BRACKETS and _BRACKETS[char] in text:
            closing = _BRACKETS[char]
        elif between(char):
            parts.append(part)
            part = ""
            continue
        part += char
    return [kept for kept in (part.strip("，,；;、：: ") for part in [*parts, part]) if kept]
