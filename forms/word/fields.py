"""Fields of a Word document (w:fldChar): their results are text, their codes are not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from forms.symbols import spelled
from forms.word.ordinals import circled
from forms.word.package import child, switched

#: 带圈字符: a sign and a ring, one drawn over the other.
_RINGED = re.compile(
    r"^\s*eq\s+\\o(?:\\a[cdlr])?\s*\(\s*([^,，;；]*?)\s*[,，;；]\s*([^,，;；]*?)\s*\)\s*$", re.IGNORECASE
)
_RINGS = "○◯〇□△◇"
_FORMULA = re.compile(r"^\s*eq\b", re.IGNORECASE)
_SYMBOL = re.compile(r"^\s*symbol\s+(\d+|0x[0-9a-f]+)\b(?:.*?\\f\s*\"?([^\"\\]+)\"?)?", re.IGNORECASE)


@dataclass
class _Field:
    code: str = ""
    result: bool = False
    box: etree._Element | None = None


class Fields:
    """The fields that are open at a place of one story, from the outermost in.

    Where they are not `balanced`, where a code ends is not known, and nothing but the codes themselves is left out.
    """

    def __init__(self, balanced: bool = True) -> None:
        self._balanced = balanced
        self._open: list[_Field] = []

    @property
    def shown(self) -> bool:
        """Whether text here is seen: it is in no field, or in the results of all."""
        return not self._balanced or all(field.result for field in self._open)

    def code(self, text: str) -> None:
        """A piece of the innermost field's code."""
        if self._open and not self._open[-1].result:
            self._open[-1].code += text

    def mark(self, kind: str, form: etree._Element | None) -> str | None:
        """A field's begin, separate or end. What it shows where it has no result; None if that cannot be said."""
        if kind == "begin":
            self._open.append(_Field(box=child(form, "w:checkBox")))
        elif kind == "separate" and self._open:
            self._open[-1].result = True
        elif kind == "end" and self._open:
            field = self._open.pop()
            if not self.shown:
                self.code(_drawn(field) or "")
                return ""
            return _drawn(field) if not field.result or field.box is not None else ""
        return ""


def _drawn(field: _Field) -> str | None:
    if field.box is not None:
        ticked = child(field.box, "w:checked")
        on = switched(ticked if ticked is not None else child(field.box, "w:default"))
        return "√" if on else "□"
    ringed = _RINGED.match(field.code)
    if ringed:
        return _ringed(ringed[1], ringed[2])
    symbol = _SYMBOL.match(field.code)
    if symbol:
        return spelled((symbol[2] or "").strip(), int(symbol[1], 0))
    return None if _FORMULA.match(field.code) else ""


def _ringed(one: str, other: str) -> str | None:
    """The sign in the ring: a figure as ①, any other by itself; None for what is no ring."""
    plain = [each.removeprefix("\\s\\up").strip() for each in (one, other)]
    signs = [each for each in plain if each not in _RINGS]
    if len(signs) != 1:
        return None
    return circled(int(signs[0])) if signs[0].isdecimal() and signs[0].isascii() else signs[0]
