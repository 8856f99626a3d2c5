"""The board's rows: what they want, what sets them apart, and what of them tells who it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.desk.desk_scene import Board, StayBrief
from dialogs.turn import Screen, Table
from tests.dialogs.desk.desks import STAY, screen

SEEN = replace(STAY, opened=True)
LATE = replace(SEEN, due="2026-06-14")


def table(shown: Screen) -> Table:
    (found,) = (part for part in shown.parts if isinstance(part, Table))
    return found


def board(*stays: StayBrief) -> Table:
    return table(screen("board", board=Board({}, stays, "")))


@pytest.mark.parametrize(
    ("stay", "mark", "wants"),
    [
        (STAY, "new", "差2样纸质"),
        (SEEN, "", "差2样纸质"),
        (replace(STAY, lacking=0), "new", "齐全"),
        (LATE, "overdue", "差2样纸质"),
        (replace(LATE, opened=False), "overdue", "新到、差2样纸质"),
        (replace(SEEN, due="2026-06-15", doubts=2, round=3), "", "改后第3次交、2条待核实、差2样纸质"),
        (replace(LATE, state="returned", opened=False), "", "已退回"),
        (replace(LATE, state="accepted"), "", "已受理"),
    ],
)
def test_a_row_says_what_it_wants_and_its_mark_is_not_said_twice(
    stay: StayBrief, mark: str, wants: str
) -> None:
    (row,) = board(stay).rows
    assert (row.mark, row.cells[-1]) == (mark, wants)


def test_what_tells_who_it_is_is_marked() -> None:
    told = board(STAY)
    (row,) = told.rows
    assert {told.heads[at] for at in told.private} == {"姓名", "单位"}
    rest = [cell for at, cell in enumerate(row.cells) if at not in told.private]
    assert not any(STAY.name in text or STAY.unit in text for text in (*rest, row.public))
    assert STAY.number in row.public


def test_a_line_names_who_of_where_for_what_and_what_it_wants() -> None:
    told = board(STAY)
    assert [told.heads[at] for at in told.brief] == ["姓名", "单位", "项目", "编号", "要看什么"]


@pytest.mark.parametrize(
    ("due", "told"), [("2026-06-30", "6月30日"), ("2027-01-05", "2027年1月5日"), ("", "—")]
)
def test_a_day_of_this_year_goes_without_it(due: str, told: str) -> None:
    shown = board(replace(STAY, due=due))
    (row,) = shown.rows
    assert row.cells[shown.heads.index("截止")] == told
