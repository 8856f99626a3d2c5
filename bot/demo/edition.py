"""The programmes of a demo: one of them with its window moved to today, so that its way can be walked at any time of year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from forms.library import Library
from forms.loader import Source, load

#: The programme that is played.
PROGRAMME = "nanning-2026"
#: So many days are left to hand in, and so many have gone by.
LEFT, GONE = timedelta(days=3), timedelta(days=12)

_TITLE = re.compile(r"^(title: .+)$", re.MULTILINE)
_ISSUED = re.compile(r"^issued: .+$", re.MULTILINE)
#: When its stages are, as the notice says, the time for handing in first.
_STAGES = re.compile(r"(?<=[ {])when: \d{4}年[^,}\n]+")
_WINDOW = re.compile(r"^(window: \{opens: )[\d-]+(, closes: )[\d-]+", re.MULTILINE)


def moved(source: Source, today: date) -> Source:
    """The text of a programme whose window is open on `today`, and whose title says that it is a demo's.

    Raises `LookupError` where its window is not written as a line “window: {opens: …, closes: …”.
    """
    text = source.files["programme.yaml"]
    opens, closes = today - GONE, today + LEFT
    for pattern, by in (
        (_TITLE, r"\1（演示）"),
        (_ISSUED, f"issued: {opens}"),
        (_WINDOW, rf"\g<1>{opens}\g<2>{closes}"),
    ):
        text, times = pattern.subn(by, text)
        if times != 1:
            raise LookupError(f"{source.id}: “{pattern.pattern}” is there {times} times")
    until = f"when: {_day(opens)}—{_day(closes)}"
    text = _STAGES.sub("when: 截止以后", _STAGES.sub(until, text, count=1))
    return Source(MappingProxyType({**source.files, "programme.yaml": text}))


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def catalogue(library: Library, today: date) -> Library:
    """What a demo offers: its one programme, moved. The library it is taken from stays as it is.

    Raises `LookupError` where the programme is not on offer.
    """
    programme = library.named(PROGRAMME)
    if programme is None:
        raise LookupError(f"there is no programme “{PROGRAMME}” to play")
    source = moved(library.source(programme.digest), today)
    edition = load(source)
    return replace(
        library,
        offered=(edition,),
        errors=(),
        sources=MappingProxyType({edition.digest: source}),
        directories=MappingProxyType({PROGRAMME: library.directories[PROGRAMME]}),
    )
