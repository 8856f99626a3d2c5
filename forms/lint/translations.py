"""Translations: every text that a person meets in chat has one, and it reads the same names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from forms.expressions import ExpressionError, sentence
from forms.kinds.options import OptionsQuestion
from forms.lint.desk import Desk, Finding, Path_

LOCALES = ("en",)

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
#: Texts that only prints and staff see, that name a place in the Chinese notice, or that are typed, not read.
_UNSEEN = frozenset(
    {
        *(
            "clause",
            "notice",
            "filename",
            "annex",
            "remark",
            "address",
            *("aliases", "also", "yes_also", "no_also"),
            "common",
            "none",
            *("words", "save"),
            "month_style",
            "received_by",
        ),
        *("suggest", "when", "condition", "doubt", "derived", "prints", "macros", "sheets", "translations"),
    }
)


def missing(desk: Desk) -> Iterator[Finding]:
    """A text without a translation, or one whose translation reads other names."""
    for locale in LOCALES:
        catalogue = desk.programme.translations.get(locale, {})
        seen: set[str] = set()
        for path, text in texts(desk.programme):
            if text in seen:
                continue
            seen.add(text)
            remedy = f"translate it in locale/{locale}.po"
            if text not in catalogue:
                yield desk.finding(path, f"no {locale} translation of “{_short(text)}”", remedy)
            elif problem := differing(text, catalogue[text]):
                yield desk.finding(path, f"the {locale} translation of “{_short(text)}” {problem}", remedy)


def texts(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Every Chinese text of a programme that a person meets in chat, with its path."""
    if isinstance(value, BaseModel):
        shown = _UNSEEN | ({"value"} if getattr(value, "label", "") else frozenset())
        for name in type(value).model_fields:
            if name not in shown:
                yield from texts(getattr(value, name), (*path, name))
        if isinstance(value, OptionsQuestion) and value.codes:
            yield from (((*path, "codes"), option.shown) for option in value.offered)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from texts(item, (*path, index))
    elif isinstance(value, str) and _CHINESE.search(value):
        yield path, value


def differing(text: str, translation: str) -> str:
    """How the translation of a sentence reads other names than the sentence, or ""."""
    try:
        names, wanted = sentence(translation).names, sentence(text).names
    except ExpressionError as error:
        return f"cannot be read: {error}"
    if names != wanted:
        return "reads other names: " + ", ".join(sorted(names ^ wanted))
    return ""


def _short(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 40 else line[:39] + "…"
