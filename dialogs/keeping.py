"""How an interview is kept between turns: strict when written, tolerant when read.

What is written is read back at once, so that nothing is kept that could not be opened again. What is read may come
from an earlier or a later version, or from a fault of ours: whatever is unknown or has another shape is set aside in
`Interview.unread` and comes back by itself once it can be read. A page is only looked at, so an unknown one is
dropped; an answer never is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NewType

from pydantic import ValidationError

from dialogs.interview import Interview
from dialogs.register import PAGES
from dialogs.words import LOCALES

#: What names one of a few things: a value that is none of them is as good as none.
_NAMES: Mapping[str, Mapping[str, object]] = {"page": PAGES, "locale": LOCALES}
#: A state that is no JSON object at all.
_TEXT = "text"


class Unkeepable(ValueError):  # noqa: N818 - names what is wrong with the interview
    """An interview that could not be read again as it is. That is a fault of ours, never of what a person sent."""


#: An interview as JSON that was read back.
Written = NewType("Written", str)


def written(interview: Interview) -> Written:
    """The interview as JSON. Raises `Unkeepable` where it would not be read again as the same."""
    text = interview.model_dump_json()
    if read(text).model_dump_json() != text:
        raise Unkeepable(f"page {interview.page!r}, revision {interview.revision}")
    return Written(text)


def read(text: str) -> Interview:
    """The interview that a text holds, whatever wrote it. Never raises."""
    try:
        interview = Interview.model_validate_json(text)
    except ValidationError:
        return _mended(text)
    return interview if _known(dict(interview)) and not interview.unread else _mended(text)


def _known(fields: Mapping[str, Any]) -> bool:
    return all(fields.get(name, "") in ("", *known) for name, known in _NAMES.items())


def _mended(text: str) -> Interview:
    kept = raw(text)
    if not isinstance(kept, dict):
        return Interview(unread={_TEXT: text})
    aside = kept.pop("unread", {})
    aside = aside if isinstance(aside, dict) else {"unread": aside}
    fields = {**aside, **kept}
    # What was set aside once may be known by now; beside something newer it stays where it is.
    aside = {name: value for name, value in aside.items() if name in kept}
    for name, known in _NAMES.items():
        if fields.get(name, "") not in ("", *known):
            del fields[name]
    for name in fields.keys() - Interview.model_fields.keys():
        aside[name] = fields.pop(name)
    while True:
        try:
            return Interview.model_validate({**fields, "unread": aside})
        except ValidationError as error:
            for each in error.errors(include_url=False, include_input=False):
                name = str(each["loc"][0])
                if name in fields:
                    aside[name] = fields.pop(name)


def raw(text: str) -> Any:
    """What a text holds, for a copy of it: as JSON where it is some, else the text itself."""
    try:
        kept = json.loads(text)
        # Half a character, as an escape can spell it, cannot be written again.
        return json.loads(json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return text
