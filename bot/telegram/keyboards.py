"""Buttons under a message: laid out for a phone, long lists in pages.

A button's data is the Screen's own token. What only turns a page says so itself: “v:<view>:<revision>”, where a
view is "" (the whole), “p2” (the third page of the options), “r1” (the second page of the rows), “s1” (the lines of
the second section) or “c” (the documents). Nothing in it is trusted: a token means something on the current Screen
only, a view changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Literal, NamedTuple
from unicodedata import east_asian_width

from bot.telegram.reticence import told_of
from dialogs.turn import Action, Button, Card, Group, Screen, Summary, Table
from dialogs.words import Words
from forms.message import Message, say
from forms.packet import PACKET

#: Columns of a monospaced row that a phone shows of one button across the whole width.
_WIDEST = 36
#: A button of at most so many columns leaves room for two others, or for one other, beside it.
_THIRD, _HALF = 10, 16
#: Rows of options that fit on a phone's screen together with the question, and rows of one page of a longer list.
_MOST_ROWS = 8
_PAGE_ROWS = 7
#: So many documents or lines are offered at once; more of them open on demand.
_FEW = 4
#: So many lines of a list that has no sections, such as the tasks, are at hand each by itself.
_LIST = 14
_LONGEST_DATA = 64
#: Where a label is cut rather than within a word.
_PAUSES = (" · ", "，", "。", "；", "、", "（")
_TICKS = {True: "☑ ", False: "☐ ", None: ""}
#: So many rows of a table are opened from one page.
_MOST_OPENED = 10
_VIEW = re.compile(r"v:([prs]\d{1,3}|c|):([0-9a-f]{1,12})")
DOCUMENT = "d:"
#: In the place of a document's id: all of them.
ALL = "*"


class Key(NamedTuple):
    """One button: what it says and what it sends back, at most 64 bytes; or what it copies, 1 to 256 characters, or opens."""

    label: str
    data: str
    does: Literal["press", "copy", "app", "link"] = "press"


Row = tuple[Key, ...]
Rows = tuple[Row, ...]


def view_of(data: str) -> tuple[str, int] | None:
    """The view that a button opens and the revision it belongs to; None for any other button."""
    match = _VIEW.fullmatch(data)
    return (match[1], int(match[2], 16)) if match else None


def document_key(document: str) -> str:
    """What a button says of a document: its id, or a digest where the id is too long."""
    if len(DOCUMENT + document) <= _LONGEST_DATA:
        return document
    return blake2b(document.encode(), digest_size=12).hexdigest()


def keyboard(screen: Screen, view: str = "", app: str = "") -> Rows:
    """The buttons of a Screen in one view; a view that it does not have gives the whole.

    `app` is the address of the web chat that Telegram opens inside itself, "" where there is none.
    """
    sections = [group for part in screen.parts if isinstance(part, Summary) for group in part.groups]
    number = int(view[1:] or 0) if view[:1] in ("p", "r", "s") else 0
    if view[:1] == "s" and number < len(sections):
        edits = [line.edit for line in sections[number].lines]
        labels = [line.label for line in sections[number].lines]
        lines = [Key(label, _token(screen, edit)) for label, edit in zip(labels, edits, strict=True)]
        return (*_grid(lines), (_turn(screen, "", _back(screen)),))
    if view == "c" and screen.cards:
        return (*_documents(screen), (_turn(screen, "", _back(screen)),))
    keys = _keys(screen)
    return (
        *_copying(screen),
        *_edits(screen),
        *_opened(screen, number if view[:1] == "r" else 0),
        *_options(screen, keys, number if view[:1] == "p" else 0),
        *_opening(screen),
        *inside(screen, app),
        *_ways(screen, keys),
    )


def _copying(screen: Screen) -> Rows:
    if screen.code is None:
        return ()
    return (copying(Words(screen.locale)(say("复制恢复码")), screen.code.text),)


def inside(screen: Screen, app: str) -> Rows:
    """The way to the web chat where a chat is narrow: for large files, and for all answers at a glance."""
    review = any(isinstance(part, Summary) for part in screen.parts)
    files = screen.asks is not None and screen.asks.files
    desk = told_of(screen)
    if not app or not (review or files or desk):
        return ()
    label = (
        say("打开网页来看") if desk else say("打开网页来检查") if review else say("打开网页来传（大文件）")
    )
    return ((Key(Words(screen.locale)(label), app, "app"),),)


def copying(label: str, code: str) -> Row:
    """A button that copies a code, so that nobody has to mark it with a finger."""
    return (Key(label, code, "copy"),)


def listed(screen: Screen) -> tuple[str, ...]:
    """Labels too long for a button, numbered as the buttons are; empty where all of them fit."""
    buttons = _numbered(screen)
    if len(buttons) == 1:
        return (buttons[0].label,)
    return tuple(f"{number}. {button.label}" for number, button in enumerate(buttons, 1))


def paged(screen: Screen) -> bool:
    """Whether the options come in pages."""
    return len(_option_rows(screen, _keys(screen))[0]) > _MOST_ROWS


def _numbered(screen: Screen) -> list[Button]:
    """All options where one of them is too long, then other long ones."""
    options, _ = _options_of(screen)
    others = [button for button in screen.buttons if button not in options and _long(button)]
    return (options if any(map(_long, options)) else []) + others


def _long(button: Button) -> bool:
    return _width(button.label) > _WIDEST


def _keys(screen: Screen) -> dict[Action, Key]:
    """The Screen's own buttons by what they mean, with their ticks and, where they are listed, their numbers."""
    numbered = _numbered(screen)
    several = len(numbered) > 1
    numbers = {button.action: number for number, button in enumerate(numbered, 1) if several}
    keys = {}
    for button in screen.buttons:
        number = numbers.get(button.action)
        label = f"{number}. {button.label}" if number else button.label
        keys[button.action] = Key(_TICKS[button.on] + _cut(label), _token(screen, button))
    return keys


def _token(screen: Screen, button: Button) -> str:
    return button.action.token(screen.revision)


def _options_of(screen: Screen) -> tuple[list[Button], list[Button]]:
    """The options, and what ends the choice among options that are ticked: it is within reach on every page."""
    options = [button for button in screen.buttons if button.style == "option"]
    ticked = [button for button in options if button.on is not None]
    return (ticked, [button for button in options if button.on is None]) if ticked else (options, [])


def _option_rows(screen: Screen, keys: Mapping[Action, Key]) -> tuple[Rows, Rows]:
    options, ends = _options_of(screen)
    rows = tuple(_flow(keys[button.action] for button in options))
    return rows, tuple((keys[end.action],) for end in ends)


def _options(screen: Screen, keys: Mapping[Action, Key], page: int) -> Rows:
    rows, ends = _option_rows(screen, keys)
    if len(rows) <= _MOST_ROWS:
        return (*rows, *ends)
    return (*_page(screen, rows, page, _PAGE_ROWS, "p"), *ends)


def _page(screen: Screen, rows: Rows, page: int, most: int, view: str) -> Rows:
    """Of more rows than one page has, those of a page, and the way to the others."""
    pages = [rows[start : start + most] for start in range(0, len(rows), most)]
    page = min(page, len(pages) - 1)
    before, after = (page - 1) % len(pages), (page + 1) % len(pages)
    turning = (
        _turn(screen, f"{view}{before}", "‹"),
        _turn(screen, f"{view}{page}", f"{page + 1}/{len(pages)}"),
        _turn(screen, f"{view}{after}", "›"),
    )
    return (*pages[page], turning)


def _opened(screen: Screen, page: int) -> Rows:
    """The ways to open a table's rows, one below the other, each with the number that its row has in the text."""
    tables = [part for part in screen.parts if isinstance(part, Table)]
    rows: Rows = tuple(
        (Key(_cut(f"{number}. {row.opens.label}"), _token(screen, row.opens)),)
        for table in tables
        for number, row in enumerate(table.rows, 1)
        if row.opens
    )
    return rows if len(rows) <= _MOST_OPENED else _page(screen, rows, page, _MOST_OPENED, "r")


def _ways(screen: Screen, keys: Mapping[Action, Key]) -> Rows:
    """The other buttons: what the Screen wants most in a row of its own, the rest side by side."""
    others = [button for button in screen.buttons if button.style != "option"]
    first = tuple((keys[button.action],) for button in others if button.style == "primary")
    return (*first, *_flow(keys[button.action] for button in others if button.style != "primary"))


def _edits(screen: Screen) -> Rows:
    """The ways to edit a summary's lines: each line, or each section where there are many lines in several."""
    groups = [group for part in screen.parts if isinstance(part, Summary) for group in part.groups]
    lines = [line for group in groups for line in group.lines]
    if len(lines) <= (_FEW if len(groups) > 1 else _LIST):
        below = {button.action for button in screen.buttons}
        edits = [line.edit for line in lines if line.edit.action not in below]
        return _grid([Key(_cut(edit.label), _token(screen, edit)) for edit in edits])
    words = Words(screen.locale)
    sections = [
        _turn(screen, f"s{number}", _of_section(group, words))
        for number, group in enumerate(groups)
        if group.folded or not any(each.folded for each in groups)
    ]
    # Beside sections that open, those that are open have their lines at hand.
    at_hand = [line for group in groups if not group.folded and sections for line in group.lines]
    folds = any(group.folded for group in groups)
    return (
        *_grid([Key(_cut(line.edit.label), _token(screen, line.edit)) for line in at_hand if folds]),
        *_grid(sections),
    )


def _of_section(group: Group, words: Words) -> str:
    """What a section's button says: what those of its lines do, said of all of them."""
    edits = (
        line.edit.label.removesuffix(line.label)
        for line in group.lines
        if line.edit.label.endswith(line.label)
    )
    does = next(edits, "")
    return does + group.title if does else words(say("改：{label}", label=group.title))


def _opening(screen: Screen) -> Rows:
    has_summary = any(isinstance(part, Summary) for part in screen.parts)
    if has_summary and len(screen.cards) > _FEW:
        label = Words(screen.locale)(say("看材料（{count}份）", count=len(screen.cards)))
        return ((_turn(screen, "c", label),),)
    return _documents(screen)


def _documents(screen: Screen) -> Rows:
    words = Words(screen.locale)
    rows = []
    several = printed(screen)
    if len(several) > 1:
        rows.append((Key(words(say("全部发给我（{count}份）", count=len(several))), DOCUMENT + ALL),))
    for card in screen.cards:
        label = say("下载：{title}") if card.format == "zip" else say("看：{title}")
        shown = words(Message(label.text, {"title": card.title}))
        rows.append((Key(_cut(shown), DOCUMENT + document_key(card.document)),))
    return tuple(rows)


def printed(screen: Screen) -> tuple[Card, ...]:
    """The documents that are sent where all are asked for: each by itself, and not once more in one."""
    return tuple(card for card in screen.cards if card.format != "zip" and card.document != PACKET)


def _back(screen: Screen) -> str:
    back = Words(screen.locale)(say("返回"))
    return f"‹ {back}"


def _turn(screen: Screen, view: str, label: str) -> Key:
    return Key(_cut(label), f"v:{view}:{screen.revision:x}")


def _grid(keys: Sequence[Key]) -> Rows:
    """Rows of equally many: as many as the widest allows."""
    widest = max((_width(key.label) for key in keys), default=0)
    columns = 3 if widest <= _THIRD else 2 if widest <= _HALF else 1
    return tuple(tuple(keys[start : start + columns]) for start in range(0, len(keys), columns))


def _flow(keys: Iterable[Key]) -> Iterator[Row]:
    """Rows filled one after the other, each with what has room in it."""
    row: list[Key] = []
    for key in keys:
        widest = max(_width(each.label) for each in (*row, key))
        room = 3 if widest <= _THIRD else 2 if widest <= _HALF else 1
        if row and len(row) >= room:
            yield tuple(row)
            row = []
        row.append(key)
    if row:
        yield tuple(row)


@lru_cache(4096)
def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _cut(label: str) -> str:
    """A label no longer than a phone shows, ended where a reader pauses; the whole one stands in the text."""
    if _width(label) <= _WIDEST + 4:
        return label
    kept, width = "", 0
    for char in label:
        width += _width(char)
        if width > _WIDEST:
            break
        kept += char
    pause = max(kept.rfind(mark) for mark in _PAUSES)
    return f"{kept[:pause] if pause > len(kept) // 2 else kept}…"
