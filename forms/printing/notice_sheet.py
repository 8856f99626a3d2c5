"""The list that is put up for a public notice (公示), as a print of the house: no notice gives a form for it.

On it stand names, units and trades, from when to when it is up, and whom to tell of objections; never a number of an
identity card, whatever somebody wrote into a name or a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forms.kinds.id_number import written_in
from forms.library import BUILT_IN
from forms.loader import SHARED
from forms.printing.compose import Composed, Mark, environment
from forms.printing.faces import Faces
from forms.printing.printed import Faced, Paragraph
from forms.programme import Programme
from forms.stages import Days, Stage

_HERE = Path(__file__).parent
_MACROS = BUILT_IN / SHARED / "print"
#: A notice that names the number of its document behind its title.
_NUMBERED = re.compile(r"(?P<title>.+?)(?P<number>（[^（）]*号）)?")
#: Digits of any writing, however far apart, that are as many as an ID number has.
_DIGITS = re.compile(r"[（(]?\d(?:[^\w，。、；]{0,3}[\dXxＸｘ×ХхOo]){14,}[)）]?")


@dataclass(frozen=True)
class Listed:
    """One name on the list. `days` are its own, where it came onto the list later than the others."""

    name: str
    employer: str
    trade: str = ""
    days: Days | None = None


@dataclass(frozen=True)
class Contact:
    """Who takes objections: `phone` as it is called from anywhere, with its area code; a blank to write on without it."""

    name: str
    phone: str = ""
    address: str = ""


def notice_sheet(  # noqa: PLR0913  # what stands on it
    programme: Programme,
    stage: Stage,
    rows: Sequence[Listed],
    days: Days,
    contact: Contact,
    *,
    reserves: Sequence[Listed] = (),
    faces: Faces | None = None,
    mark: Mark = "",
) -> Composed:
    """The list of a programme, in the order of `rows`, ready to be drawn.

    `reserves` stand by themselves below it, where the stage shows them. Raises ValueError for a list without a name.
    """
    if not rows:
        raise ValueError("a list without a name")
    shown = tuple(reserves) if stage.shows_reserves else ()
    title = f"{programme.title}人选公示"
    names: dict[str, Any] = {
        "title": title,
        "opening": _paragraphs(_opening(programme, stage, len(rows), len(shown), days), faces),
        "rows": [_row(each, faces) for each in rows],
        "reserves": [_row(each, faces) for each in shown],
        "closing": _paragraphs([*_later((*rows, *shown), stage), _objections(contact)], faces),
        "phone": contact.phone,
        "address": Faced(contact.address, faces),
        "signed": Faced(contact.name, faces),
        "up": days.starts,
        "mark": mark,
    }
    texts = {path.name: path.read_text("utf-8") for path in sorted(_MACROS.glob("*.html"))}
    texts["notice_list.html"] = (_HERE / "notice_list.html").read_text("utf-8")
    html = environment(tuple(texts.items())).get_template("notice_list.html").render(names)
    styles = ((_MACROS / "page.css").read_text("utf-8"), (_HERE / "notice_list.css").read_text("utf-8"))
    return Composed(html, styles, {}, f"{title}.pdf")


def _public(text: str) -> str:
    """A text as anybody may read it: without the ID numbers in it."""
    return (_DIGITS.sub("", text) if written_in(text) else text).strip()


def _row(listed: Listed, faces: Faces | None) -> dict[str, Faced]:
    texts = {"name": listed.name, "employer": listed.employer, "trade": listed.trade}
    return {name: Faced(_public(text), faces) for name, text in texts.items()}


def _opening(programme: Programme, stage: Stage, count: int, reserves: int, days: Days) -> list[str]:
    also = f"，另有{reserves}名后备人选" if reserves else ""
    return [
        f"根据{_cited(programme.notice)}，现将下列{count}名人选{also}予以公示。",
        f"公示时间：{_from_to(days, stage)}。",
    ]


def _cited(notice: str) -> str:
    """The notice by its title, whose own title marks are the inner ones, and its number behind."""
    numbered = _NUMBERED.fullmatch(notice)
    title, number = (numbered["title"], numbered["number"] or "") if numbered else (notice, "")
    return f"《{title.replace('《', '〈').replace('》', '〉')}》{number}"


def _from_to(days: Days, stage: Stage) -> str:
    unit = "个工作日" if stage.working else "天"
    unsure = "，放假安排公布后以公布的为准" if not days.settled else ""
    return f"{_day(days.starts)}至{_day(days.ends)}（{days.number}{unit}{unsure}）"


def _later(rows: Sequence[Listed], stage: Stage) -> list[str]:
    return [
        f"{_public(each.name)}为递补人选，公示时间：{_from_to(each.days, stage)}。"
        for each in rows
        if each.days
    ]


def _objections(contact: Contact) -> str:
    return f"公示期间，如对人选有异议，请向{contact.name}反映，说明具体情况，并留下姓名和联系方式，便于核实。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _paragraphs(texts: Sequence[str], faces: Faces | None) -> list[Paragraph]:
    return [Paragraph(text, faces) for text in texts]
