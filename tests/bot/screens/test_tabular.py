"""Rows in plain text: aligned where a line has room, otherwise one below the other."""

from __future__ import annotations

import pytest

from bot.screens.plain import told
from bot.screens.tabular import short_lines, table_lines, width
from dialogs.turn import Row, Screen, Table
from dialogs.words import Words
from tests.bot.screens.tables import HEADS, board, comparison

ZH = Words("zh")


def table_of(screen: Screen) -> Table:
    (table,) = (part for part in screen.parts if isinstance(part, Table))
    return table


def test_rows_that_fit_stand_under_their_heads() -> None:
    rows = (
        Row(("6月1日 09:05", "韦丽", "打开")),
        Row(("6月12日 16:40", "买买提·吐尔逊", "受理"), mark="new"),
    )
    lines = list(table_lines(Table(("什么时候", "谁", "做了什么"), rows), ZH))
    assert lines == [
        "什么时候               谁             做了什么",
        "6月1日 09:05           韦丽           打开",
        "6月12日 16:40［新到］  买买提·吐尔逊  受理",
    ]
    assert (
        len(
            {
                width(line[: line.index(last)])
                for line, last in zip(lines, ("做了", "打开", "受理"), strict=True)
            }
        )
        == 1
    )


def test_a_board_that_is_too_wide_says_what_is_brief_and_the_rest_below() -> None:
    lines = list(told(board()))
    assert lines[1:3] == [
        "1. 陆建华［过了截止］ · 南宁轨道交通集团有限责任公司 · 2026年“南宁工匠” · NN26-0001 · 2条待核实、差1样纸质",
        "   截止：6月12日，到件：6月1日，在谁手里：韦丽",
    ]
    assert "—" not in "".join(lines)
    every = "\n".join(lines)
    assert all(cell in every for row in table_of(board()).rows for cell in row.cells if cell != "—")


def test_long_texts_stand_each_under_its_head_and_keep_their_lines() -> None:
    lines = list(table_lines(table_of(comparison()), ZH))
    assert lines[4:8] == [
        "2. 工作单位",
        "   上一次：南宁轨道",
        "   这一次：南宁轨道交通集团有限责任公司",
        "   当时的意见：单位要写全称，和公章一样。",
    ]
    assert "   上一次：2015年 南宁市技术能手\n     2018年 广西五一劳动奖章" in lines


@pytest.mark.parametrize("lines", [table_lines, short_lines], ids=lambda each: each.__name__)
def test_a_table_without_rows_says_nothing_of_any(lines: object) -> None:
    said = list(lines(Table(HEADS, ()), ZH))  # type: ignore[operator]  # one of two functions of one kind
    assert not any(line[:1].isdigit() for line in said)
