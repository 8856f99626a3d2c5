"""A staff desk in a real browser: cards on a phone, a table at a desk, the keyboard, and paper."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from dialogs.desk.press import button, pressed
from dialogs.turn import Group, Line, Say, Screen, Summary, Table
from tests.bot.screens.tables import HEADS, TITLE, board, comparison
from tests.bot.webchat.browsing import PHONE, Visits, needs_browser, usable
from tests.bot.webchat.desks import Answers, Desk
from tests.bot.webchat.test_accessible import DESK, DEVICES, clean
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

Sits = Callable[..., Awaitable[tuple[Visitor, Desk]]]
SCREENS = pytest.mark.parametrize(
    "screen", [board(), board(0), comparison()], ids=["ten rows", "no rows", "a comparison"]
)
CASE = Screen(
    (Say("陆建华，南宁轨道"),),
    (button("accepting", "受理", style="primary"), button("board", "回到看板")),
    revision=8,
    title="南宁市总工会",
    who="a" * 16,
)


@pytest_asyncio.fixture(loop_scope="session")
async def sits(browser: Browser, visits: Visits) -> Sits:
    """Open the page as somebody at a desk; gives them and their desk."""

    async def sit(screen: Screen, answers: Answers | None = None, **device: Any) -> tuple[Visitor, Desk]:
        desk = Desk(screen, answers)
        context = await desk.opens(await browser.new_context(**(device or DESK)))
        return await visits(context), desk

    return sit


def case_or_board(said: dict[str, Any]) -> Screen:
    """A row opens the case, all else the board."""
    press = pressed(str(said.get("choice", "")))
    return CASE if press and press.verb == "open" else board(revision=9)


def row(someone: Visitor, number: int) -> Locator:
    return someone.page.locator(".table tbody tr").nth(number - 1)


def opens(someone: Visitor, number: int) -> Locator:
    return row(someone, number).locator(".row-open")


def presses(desk: Desk) -> list[tuple[str, str]]:
    """What was pressed: verb and what it was about."""
    found = (pressed(str(said["choice"])) for said in desk.said if "choice" in said)
    return [(press.verb, press.about) for press in found if press]


@SCREENS
@DEVICES
async def test_everybody_can_use_it(sits: Sits, screen: Screen, device: dict[str, Any]) -> None:
    someone, _ = await sits(screen, **device)
    await usable(someone.page)
    await clean(someone.page, "a desk")


async def test_on_a_phone_each_row_is_a_card_within_the_width(sits: Sits) -> None:
    someone, _ = await sits(board(), **PHONE)
    page = someone.page
    assert await page.evaluate("() => document.documentElement.scrollWidth") == 390
    first, second = await row(someone, 1).bounding_box(), await row(someone, 2).bounding_box()
    assert first and second
    assert first["width"] > 340 and first["y"] + first["height"] < second["y"]
    words = (await row(someone, 1).inner_text()).split("\n")
    assert words[:3] == ["陆建华", "过了截止", "南宁轨道交通集团有限责任公司"]
    assert "编号：NN26-0001" in words and "要看什么：2条待核实、差1样纸质" in words
    assert "在谁手里" not in await row(someone, 2).inner_text()  # nobody's yet
    await expect(page.locator(".table-keys")).to_be_hidden()
    weight = await opens(someone, 1).evaluate("each => getComputedStyle(each).fontWeight")
    assert int(weight) >= 600


async def test_anywhere_on_a_card_opens_it(sits: Sits) -> None:
    someone, desk = await sits(board(), case_or_board, **PHONE)
    await row(someone, 3).locator("td").nth(3).tap()
    await someone.settled()
    assert presses(desk) == [("open", "s2")]
    await expect(someone.live).to_contain_text("陆建华，南宁轨道")
    await expect(someone.page.locator(".table")).to_have_count(0)  # what is not current cannot be pressed


@pytest.mark.parametrize(
    ("screen", "most"), [(board(), 1200), (comparison(), 1020), (board(0), 748)], ids=str
)
async def test_the_conversation_is_as_wide_as_what_stands_in_it(
    sits: Sits, screen: Screen, most: int
) -> None:
    someone, _ = await sits(screen)
    box = await someone.page.locator("#talk").bounding_box()
    assert box and round(box["width"]) == most


@pytest.mark.parametrize("width", [900, 1024, 1150, 1280])
async def test_the_widest_rows_fit_the_narrowest_desk(sits: Sits, width: int) -> None:
    screen = board()
    (table,) = (part for part in screen.parts if isinstance(part, Table))
    dates = {4: "2027年12月31日", 5: "2026年10月30日", 3: "4821-7730-0012"}
    rows = tuple(
        replace(row, cells=tuple(dates.get(at, cell) for at, cell in enumerate(row.cells)), mark="overdue")
        for row in table.rows
    )
    someone, _ = await sits(
        replace(screen, parts=(Say(TITLE), replace(table, rows=rows))),
        viewport={"width": width, "height": 800},
    )
    inner = await someone.page.locator(".table table").evaluate("each => each.getBoundingClientRect().right")
    assert inner <= width
    assert await someone.page.locator("#scroll").evaluate("each => each.scrollWidth <= each.clientWidth")
    unit = await row(someone, 2).locator("td").nth(1).bounding_box()
    assert unit and unit["width"] > 80  # long names are not squeezed to a character a line


async def test_at_a_desk_heads_stay_above_the_rows_that_go_by(sits: Sits) -> None:
    long = board()
    (table,) = (part for part in long.parts if isinstance(part, Table))
    someone, _ = await sits(replace(long, parts=(Say(TITLE), replace(table, rows=table.rows * 5))))
    page = someone.page
    head, scroll = page.locator("th").first, page.locator("#scroll")
    await scroll.evaluate("each => each.scrollTo({ top: 900, behavior: 'instant' })")
    above, frame = await head.bounding_box(), await scroll.bounding_box()
    assert above and frame and abs(above["y"] - frame["y"]) < 2
    assert await page.locator("th").all_inner_texts() == list(HEADS)
    assert {await each.get_attribute("scope") for each in await page.locator("th").all()} == {"col"}


async def test_marks_are_words_and_colours(sits: Sits) -> None:
    someone, _ = await sits(board())
    marks = someone.page.locator(".row-mark")
    assert await marks.all_inner_texts() == ["过了截止", "新到", "新到"]
    colours = await marks.evaluate_all("all => all.map((each) => getComputedStyle(each).color)")
    assert colours[0] != colours[1] == colours[2]


async def test_the_keyboard_walks_the_rows_and_opens_one(sits: Sits) -> None:
    someone, desk = await sits(board(), case_or_board)
    keys = someone.page.keyboard
    await expect(opens(someone, 1)).to_be_focused()
    for key, number in (("j", 2), ("ArrowDown", 3), ("k", 2), ("ArrowUp", 1), ("k", 1), ("ArrowDown", 2)):
        await keys.press(key)
        await expect(opens(someone, number)).to_be_focused()
    style = "each => getComputedStyle(each).outlineStyle"
    assert await row(someone, 2).evaluate(style) == "solid"
    assert await row(someone, 3).evaluate(style) == "none"
    for _ in range(20):
        await keys.press("j")
    await expect(opens(someone, 10)).to_be_focused()
    await expect(opens(someone, 10)).to_be_in_viewport()
    await keys.press("Enter")
    await someone.settled()
    assert presses(desk) == [("open", "s9")]
    await someone.presses("回到看板")
    await expect(opens(someone, 10)).to_be_focused()  # where it was left off


async def test_no_row_that_has_the_focus_is_under_the_head(sits: Sits) -> None:
    someone, _ = await sits(board())
    await someone.page.set_viewport_size({"width": 1280, "height": 500})
    seen = """each => {
        const { left, top, bottom } = each.getBoundingClientRect();
        return [top + 4, bottom - 4].every((y) => each.contains(document.elementFromPoint(left + 6, y)));
    }"""
    for key in ("j", "k"):
        for _ in range(9):
            await someone.page.keyboard.press(key)
            focused = someone.page.locator(".table tr", has=someone.page.locator(".row-open:focus"))
            assert await focused.evaluate(seen), await focused.inner_text()


async def test_a_slash_searches_and_escape_comes_back(sits: Sits) -> None:
    someone, desk = await sits(board(), case_or_board)
    page, field = someone.page, someone.page.locator("#text")
    await page.keyboard.press("j")
    await page.keyboard.press("/")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("")
    await page.keyboard.type("jk/n")  # in the field they are letters
    await expect(field).to_have_value("jk/n")
    await page.keyboard.press("Enter")
    await someone.settled()
    assert [said["text"] for said in desk.said] == ["jk/n"]
    await page.keyboard.press("ArrowDown")
    await expect(opens(someone, 1)).to_be_focused()
    await page.keyboard.press("/")
    await page.keyboard.press("Escape")
    await expect(opens(someone, 1)).to_be_focused()


async def test_n_turns_the_page_where_there_is_another(sits: Sits) -> None:
    someone, desk = await sits(board(), lambda said: board(3, revision=8))
    await someone.page.keyboard.press("n")
    await someone.settled()
    assert presses(desk) == [("page", "s20")]
    await expect(someone.page.locator(".table tbody tr")).to_have_count(3)
    await someone.page.keyboard.press("n")  # no page more: whoever types means the field
    await expect(someone.page.locator("#text")).to_have_value("n")
    assert len(presses(desk)) == 1


async def test_escape_goes_to_the_way_back_and_presses_nothing(sits: Sits) -> None:
    someone, desk = await sits(comparison())
    page = someone.page
    await page.locator("#scroll").focus()
    await page.keyboard.press("Escape")
    await expect(someone.choice("回到这一件")).to_be_focused()
    assert desk.said == []


async def test_tab_comes_to_rows_and_to_buttons(sits: Sits) -> None:
    someone, _ = await sits(board())
    page = someone.page
    reached = []
    for _ in range(25):
        reached.append(
            await page.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.innerText")
        )
        await page.keyboard.press("Tab")
    assert reached[0] == "打开陆建华（NN26-0001）"
    assert {"打开蒙大勇（NN26-0010）", "打印", "下一页", "更多"} <= set(reached)


async def test_buttons_under_a_table_stand_side_by_side_at_a_desk(sits: Sits) -> None:
    base = board(3)
    strong = tuple(button("tray", f"选项{at}", f"o{at}", "option") for at in range(3))
    someone, _ = await sits(replace(base, buttons=(*strong, *base.buttons)))
    tops = "all => new Set(all.map((each) => each.getBoundingClientRect().top)).size"
    assert await someone.page.locator("#choices .options .choice").evaluate_all(tops) == 1
    assert await someone.page.locator("#choices .ways .choice").evaluate_all(tops) == 1


async def test_whoever_stands_on_a_row_stands_there_still_when_the_board_changes(sits: Sits) -> None:
    someone, desk = await sits(board())
    await someone.page.keyboard.press("j")
    await expect(opens(someone, 2)).to_be_focused()
    changed = board(5, revision=12)
    desk.changes(changed)
    await expect(someone.page.locator(".table tbody tr")).to_have_count(5)
    await expect(opens(someone, 2)).to_be_focused()


async def test_what_is_marked_to_be_copied_opens_nothing(sits: Sits) -> None:
    someone, desk = await sits(board(), case_or_board)
    mouse = someone.page.mouse
    box = await row(someone, 2).locator("td .cell-words").nth(1).bounding_box()
    assert box
    await mouse.move(box["x"] + 4, box["y"] + 8)
    await mouse.down()
    await mouse.move(box["x"] + 120, box["y"] + 8, steps=5)
    await mouse.up()
    assert "广西建工" in await someone.page.evaluate("() => String(getSelection())")
    assert desk.said == []
    await mouse.click(box["x"] + 4, box["y"] + 8)
    await someone.settled()
    assert presses(desk) == [("open", "s1")]


async def test_on_paper_the_table_stands_alone_with_its_head_on_every_page(sits: Sits) -> None:
    screen = board()
    (table,) = (part for part in screen.parts if isinstance(part, Table))
    someone, _ = await sits(
        replace(screen, parts=(Say(TITLE), replace(table, rows=table.rows * 6))),
        **{**DESK, "color_scheme": "dark"},
    )
    printed = pypdfium2.PdfDocument(await someone.page.pdf(prefer_css_page_size=True))
    pages = [each.get_textpage().get_text_bounded() for each in printed]
    assert len(pages) > 1
    for page in pages:
        assert all(head in page for head in HEADS)
        assert not [word for word in ("下一页", "想说什么", "打印", "换一行", "更多") if word in page]
    assert TITLE in pages[0]
    assert sum(page.count("NN26-0007") for page in pages) == 6
    width, height = printed[0].get_size()
    assert width > height
    picture = printed[0].render(scale=0.5).to_pil().convert("RGB")
    assert picture.getpixel((2, 2)) == (255, 255, 255)
    colours = [colour for _, colour in picture.getcolors(1 << 20) or ()]
    assert all(max(colour) - min(colour) < 24 for colour in colours)  # black, white and what is between


async def test_of_somebody_who_left_no_row_is_remembered(sits: Sits) -> None:
    other = replace(board(revision=20), who="b" * 16)
    someone, desk = await sits(board(), case_or_board)
    await row(someone, 5).click()
    await someone.settled()
    desk.changes(other)
    await expect(someone.page.locator(".table tbody tr")).to_have_count(10)
    await expect(someone.page.locator(".left-off")).to_have_count(0)


async def test_what_waited_for_somebody_is_not_said_again_right_below(sits: Sits) -> None:
    def told(screen: Screen, *news: str) -> Screen:
        parts = tuple(Say(each, "note") for each in news)
        return replace(screen.telling(parts), waited=len(parts))

    def answers(said: dict[str, Any]) -> Screen:
        return told(case_or_board(said), "新到一件：陆建华。", "新到一件：韦立辉。")

    someone, _desk = await sits(told(board(), "新到一件：陆建华。"), answers)
    await opens(someone, 1).click()
    await someone.settled()
    await expect(someone.live).to_contain_text("新到一件：韦立辉。")
    await expect(someone.live).not_to_contain_text("新到一件：陆建华。")


async def test_all_answers_open_again_where_one_of_them_was_looked_at(sits: Sits) -> None:
    def group(title: str, label: str, name: str) -> Group:
        return Group(title, (Line(label, "焊工", button("remark", f"看：{label}", name)),), folded=True)

    def page(*parts: Say | Summary, label: str, revision: int) -> Screen:
        return replace(CASE, parts=parts, buttons=(button("answers", label),), revision=revision)

    groups = Summary((group("基本情况", "工种", "trade"), group("荣誉", "称号", "honours")))
    everything = page(Say("一节一节点开看。"), groups, label="回到这一件", revision=7)
    one = page(Say("称号：焊工"), label="看别的项", revision=8)

    def answers(said: dict[str, Any]) -> Screen:
        press = pressed(str(said.get("choice", "")))
        return one if press and press.verb == "remark" else everything

    someone, _desk = await sits(everything, answers)
    await someone.page.locator("summary", has_text="荣誉").click()
    await someone.page.locator(".line-row", has_text="称号").click()
    await someone.settled()
    await someone.presses("看别的项")
    await expect(someone.live.locator(".line-row", has_text="称号")).to_be_visible()
    await expect(someone.live.locator(".line-row", has_text="工种")).to_be_hidden()
