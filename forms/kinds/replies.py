"""What a message comes to where an answer was asked back: a yes, a no, or the answer said anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from forms.assent import hear
from forms.kinds.base import Answer, Check, Reading, Value


@dataclass(frozen=True)
class Reply:
    """What a message comes to where something was asked back.

    Said `anew`, `text` is the new answer; without `sure` it is asked back before it counts, and `afresh` tells that
    nothing of the old one holds any more.
    """

    kind: Literal["yes", "no", "anew", "unclear"]
    text: str = ""
    sure: bool = True
    afresh: bool = False


def reply(text: str, value: Value, read: Callable[[str], Reading], own: bool = False) -> Reply:
    """What a message comes to where `value` was asked back.

    `read` says what the question would make of a text; `own` tells that the text is one of the question's own words
    for an answer (an option “可以”), which is no yes before that was asked.
    """
    reading = read(text)
    same = isinstance(reading, Answer | Check) and reading.value == value
    if same and (own or isinstance(reading, Check)):
        return Reply("yes")
    heard = hear(text)
    if not heard.rest:
        if own and isinstance(reading, Answer):
            return Reply("anew", text, sure=False)
        return Reply("unclear" if heard.yes is None else "yes" if heard.yes else "no")
    if same:
        return Reply("yes")
    again = read(heard.rest)
    if isinstance(again, Answer | Check) and again.value == value:
        return Reply("no" if heard.yes is False else "yes")
    return Reply("anew", heard.rest, heard.apart and not heard.yes, afresh=heard.yes is False)
