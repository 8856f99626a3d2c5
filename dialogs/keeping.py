"""How an interview is kept between turns: strict when written, tolerant when read.

What is written is read back at once, so that nothing is kept that could not be opened again. What is read may come
from an earlier or a later version, or from a fault of ours: whatever is unknown or has another shape is set aside in
`Interview.unread` and comes back by itself once it can be read. A page is only looked at, so an unknown one is
dropped; an answer never is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, NewType

from pydantic import ValidationError

from dialogs.interview import BESIDE, Interview
from dialogs.register import PAGES
from dialogs.words import LOCALES

#: How a text in today's format begins.
_CURRENT = '{"format":3,'
#: An id stands behind a quotation mark, in a text within a text, too; looked for without it takes five times as long.
_ID = re.compile('"([0-9a-f]{32})')
#: A state that is no JSON object at all.
_TEXT = "text"


class Unkeepable(ValueError):  # noqa: N818 - names what is wrong with the interview
    """An interview that could not be read again as it is. That is a fault of ours, never of what a person sent."""


#: An interview as JSON that was read back.
Written = NewType("Written", str)


def written(interview: Interview) -> Written:
    """The interview as JSON, less what stands beside it. Raises `Unkeepable` where it would not be read again as the same."""
    text = interview.model_dump_json()
    if read(text).model_dump_json() != text:
        raise Unkeepable(f"page {interview.page!r}, revision {interview.revision}")
    return Written(text)


def read(text: str, beside: Mapping[str, object] = MappingProxyType({})) -> Interview:
    """The interview that a text holds, whatever wrote it, with what stands `beside` it, by field. Never raises."""
    fields = {"locale": "zh", **beside}
    if fields["locale"] not in LOCALES:
        fields["locale"] = "zh"
    return _opened(text).model_copy(update=fields)


def beside(interview: Interview) -> dict[str, Any]:
    """What stands beside what is kept of an interview, by field."""
    return {name: getattr(interview, name) for name in BESIDE}


def attached(text: str) -> frozenset[str]:
    """Everything in a kept interview that may be the id of a file."""
    return frozenset(_ID.findall(text))


def _opened(text: str) -> Interview:
    if text.startswith(_CURRENT):
        with suppress(ValidationError):
            interview = Interview.model_validate_json(text)
            if interview.page in ("", *PAGES) and not interview.unread:
                return interview
    return _mended(text)


def _mended(text: str) -> Interview:
    kept = raw(text)
    if not isinstance(kept, dict):
        return Interview(unread={_TEXT: text})
    kept = _raised(kept)
    aside = kept.pop("unread", {})
    aside = aside if isinstance(aside, dict) else {"unread": aside}
    fields = {**aside, **kept}
    order = tuple(fields)
    # What was set aside once may be known by now; beside something newer it stays where it is.
    aside = {name: value for name, value in aside.items() if name in kept}
    if fields.get("page", "") not in ("", *PAGES):
        del fields["page"]
    for name in fields.keys() - Interview.model_fields.keys():
        aside[name] = fields.pop(name)
    while True:
        try:
            # In the order in which it was kept: what is written is read back, and is the same to the character.
            unread = {name: aside[name] for name in order if name in aside}
            return Interview.model_validate({**fields, "unread": unread})
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                name = str(each["loc"][0])
                if name in fields:
                    aside[name] = fields.pop(name)


def _raised(kept: dict[str, Any]) -> dict[str, Any]:
    """What was kept in an older format, step by step in today's."""
    version = kept.pop("format", 1)
    while isinstance(version, int) and version in _RAISES:
        kept = _RAISES[version](kept)
        version += 1
    return kept


def _without(*beside: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """From a format that still held what stands beside it; what has an odd shape is set aside as it is."""

    def apart(kept: dict[str, Any]) -> dict[str, Any]:
        return {
            name: value
            for name, value in kept.items()
            if name not in beside or not isinstance(value, (str, bool))
        }

    return apart


#: From each format to the next: 1 held what is the party's and the person's, 2 what is the case's.
_RAISES: Mapping[object, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: _without("party", "locale", "consented_at"),
    2: _without("programme", "digest", "practice"),
}


def raw(text: str) -> Any:
    """What a text holds, for a copy of it: as JSON where it is some, else the text itself."""
    try:
        kept = json.loads(text)
        # Half a character, as an escape can spell it, cannot be written again.
        return json.loads(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return text
