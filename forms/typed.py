"""The door: every text that a person typed passes here once, before anything reads it.

What databases, XML and fonts choke on, or what makes text look other than it is, does not get further.
"""

from __future__ import annotations

import re
import unicodedata

from forms.message import Message, say
from forms.radicals import unified

#: The longest text taken in one message, in characters. The longest narrative of any notice is 3,000.
LONGEST = 20_000
#: What is told of a longer one: `count` and `most` are in characters.
TOO_LONG = say("这一条太长了（{count} 字），一次最多收 {most} 字。请分成几条发。")

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    r"\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff"  # soft hyphen, zero width, direction marks
    r"\u202a-\u202e\u2066-\u206f\ufff9-\ufffc"  # direction overrides and isolates, annotations, objects
    r"\u115f\u1160\u3164\uffa0"  # fillers
    r"\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"  # noncharacters, tags
)

#: Says how an emoji or a mark looks; no ideograph has a glyph of its own for it (StandardizedVariants.txt of Unicode).
_LOOKS = re.compile(r"[\ufe0e\ufe0f]")


#: What any of these find, in one look: most texts have nothing of it.
_ODD = re.compile(
    f"[{''.join(each.pattern.strip('[]') for each in (_SURROGATE, _UNSEEN, _LOOKS))}\r\v\f\u0085\u2028\u2029]"
)


class Unacceptable(ValueError):  # noqa: N818 - named for what is told to the person
    """A text that cannot be taken at all; `message` says why and what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class TooLong(Unacceptable):
    """More text than one message may carry."""


def normalise(text: str) -> str:
    """The text in NFC, with plain line ends, without unseen characters and outer blanks; it may be empty.

    Radicals become the ideographs that they were meant for (`forms.radicals`).

    Raises `Unacceptable` for lone surrogates (half a character) and `TooLong` beyond `LONGEST` characters.
    Rare ideographs and their variation selectors stay as they are.
    """
    if len(text) > LONGEST:
        raise TooLong(say(TOO_LONG.text, count=len(text), most=LONGEST))
    seen = _seen(text) if _ODD.search(text) else text
    return unicodedata.normalize("NFC", unified(seen)).strip()


def _seen(text: str) -> str:
    if _SURROGATE.search(text):
        raise Unacceptable(say("有字符在传送中损坏了，请重新打一遍再发。"))
    return _LOOKS.sub("", _UNSEEN.sub("", _LINE_END.sub("\n", text)))
