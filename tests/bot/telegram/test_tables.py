"""A staff desk in Telegram: rows as short lines with a button each, and no names unless the installation wants them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.house.settings import Settings
from bot.telegram.keyboards import Row as KeyRow
from bot.telegram.keyboards import keyboard, view_of
from bot.telegram.rendering import messages
from bot.telegram.reticence import Reticence
from dialogs.desk.press import button
from dialogs.turn import Action, Button, Card, Group, Line, Row, Say, Screen, Summary, Table
from tests.bot.screens.tables import HEADS, PROGRAMME, board, comparison

HOME = "https://jiangjian.example.org"
NAMES, QUIET = Reticence(names=True), Reticence(home=HOME)


def opening(screen: Screen, view: str = "") -> list[str]:
    """What stands on the buttons that open a row."""
    return [row[0].label for row in keyboard(screen, view) if row[0].data.split("~")[1:2] == ["open"]]


def told(screen: Screen) -> str:
    """All that is said, and all that stands on buttons."""
    bubbles = messages(screen)
    return "\n".join([*(each.plain for each in bubbles), *(k.label for r in bubbles[-1].rows for k in r)])


def people(screen: Screen) -> set[str]:
    """Names and units on the board."""
    (table,) = (part for part in screen.parts if isinstance(part, Table))
    return {cell for row in table.rows for cell in row.cells[:2]} - {"—"}


def test_rows_are_short_numbered_lines_with_a_button_each() -> None:
    (bubble,) = messages(NAMES.shown(board()))
    lines = [line for line in bubble.plain.splitlines() if line[:1].isdigit()]
    assert (
        lines[0]
        == f"1. 陆建华［过了截止］ · 南宁轨道交通集团有限责任公司 · {PROGRAMME} · NN26-0001 · 2条待核实、差1样纸质"
    )
    assert lines[3] == f"4. 莫振邦 · {PROGRAMME} · NN26-0004 · 改后第2次交、1条待核实"
    assert [line.split(".")[0] for line in lines] == [str(number) for number in range(1, 11)]
    assert opening(board())[3] == "4. 打开莫振邦（NN26-0004）" and len(opening(board())) == 10
    assert all(len(key.data.encode()) <= 64 for row in bubble.rows for key in row)


def test_no_name_and_no_unit_leaves_the_house_by_default() -> None:
    screen = QUIET.shown(board())
    said = told(screen)
    assert not [each for each in people(board()) if each in said]
    assert f"4. {PROGRAMME} · NN26-0004 · 改后第2次交、1条待核实" in said
    assert f"1. {PROGRAMME}［过了截止］ · NN26-0001" in said
    assert opening(screen)[3] == "4. 打开NN26-0004"
    assert HOME in said
    # Pressed, it opens the same.
    assert set(screen.tokens()) == set(board().tokens())


def test_the_heads_that_are_left_out_are_those_of_a_person() -> None:
    (table,) = (part for part in QUIET.shown(board()).parts if isinstance(part, Table))
    assert table.heads == HEADS[2:]


def test_a_case_is_its_number_its_programme_and_how_it_stands() -> None:
    line = Line("姓名", "陆建华", button("remark", "看：姓名", "nominee.1.q.name"))
    case = Screen(
        (Say("陆建华，南宁轨道"), Summary((Group("基本情况", (line,)),))),
        (button("accepting", "受理陆建华", style="primary"), button("board", "回到看板")),
        cards=(Card("form", "申报表", "陆建华.pdf"),),
        echo="✓ 打开陆建华",
        public=(Say("编号 NN26-0001\n在办，2条待核实"),),
        revision=3,
        once=1,
    )
    screen = QUIET.shown(case)
    assert "陆建华" not in told(screen) and "南宁轨道" not in told(screen)
    assert "编号 NN26-0001" in told(screen) and HOME in told(screen)
    assert [each.label for each in screen.buttons] == ["回到看板"] and not screen.cards
    assert NAMES.shown(case) is case


def test_what_is_no_desk_is_as_it_was() -> None:
    own = Screen(
        (Say("陆建华，您好"),), (Button(Action("menu"), "菜单"),), cards=(Card("form", "表", "a.pdf"),)
    )
    assert QUIET.shown(own) is own
    assert not QUIET.withholds(own) and QUIET.withholds(board()) and not NAMES.withholds(board())


def test_an_empty_board_says_so() -> None:
    (bubble,) = messages(QUIET.shown(board(0)))
    assert "眼下没有要办的。有人递交，会列在这里。" in bubble.plain


def test_more_rows_than_a_page_holds_open_from_its_pages() -> None:
    rows = tuple(Row((f"第{at}人",), button("open", f"打开{at}", f"s{at}")) for at in range(23))
    screen = Screen((Table(("姓名",), rows),), (), revision=7)
    seen: list[str] = []
    data = "v:r0:7"
    for _ in range(3):
        view = view_of(data)
        assert view
        keys: tuple[KeyRow, ...] = keyboard(screen, view[0])
        page = opening(screen, view[0])
        assert len(page) <= 10
        seen += page
        data = keys[len(page)][2].data
    assert seen == [f"{at + 1}. 打开{at}" for at in range(23)] and data == "v:r0:7"


def test_long_texts_stand_under_their_heads_and_within_what_telegram_takes() -> None:
    screen = comparison()
    (table,) = (part for part in screen.parts if isinstance(part, Table))
    (bubble,) = messages(screen)
    assert "\n\n2. 工作单位\n上一次：南宁轨道\n这一次：南宁轨道交通集团有限责任公司\n" in bubble.plain
    assert "1. 主要事迹（简述）\n上一次：2008年7月" in bubble.plain
    longer = replace(screen, parts=(Table(table.heads, table.rows * 12),))
    bubbles = messages(longer)
    assert len(bubbles) > 1
    assert all(len(each.plain.encode("utf-16-le")) // 2 <= 4096 for each in bubbles)


@pytest.mark.parametrize(("value", "names"), [(None, False), ("0", False), ("1", True), ("true", True)])
def test_names_are_switched_on_by_the_installation(
    monkeypatch: pytest.MonkeyPatch, value: str | None, names: bool
) -> None:
    monkeypatch.delenv("JIANGJIAN_TELEGRAM_NAMES", raising=False)
    if value is not None:
        monkeypatch.setenv("JIANGJIAN_TELEGRAM_NAMES", value)
    assert Settings().telegram_names is names
