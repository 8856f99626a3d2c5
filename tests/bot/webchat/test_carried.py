"""Pasting and dropping: text stays text, a file goes where one is asked for and never takes the page's place."""

from __future__ import annotations

from base64 import b64encode

from playwright.async_api import Page, expect

from forms.programme import Programme
from tests.bot.webchat.browsing import FILES, Visits, needs_browser
from tests.bot.webchat.house import House

pytestmark = needs_browser

DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
PICTURE = b64encode((FILES / "photo-white.jpg").read_bytes()).decode()

#: A clipboard or a drag as another program fills it; gives whether the browser was left to do what it does.
CARRY = """async ({ where, event, words, html, picture, name }) => {
    const carried = new DataTransfer();
    if (words) carried.setData("text/plain", words);
    if (html) carried.setData("text/html", html);
    if (picture) {
        const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
        carried.items.add(new File([bytes], name ?? "image.jpg", { type: "image/jpeg" }));
    }
    const properties = { bubbles: true, cancelable: true, clipboardData: carried, dataTransfer: carried };
    const made = event === "paste" ? new ClipboardEvent(event, properties) : new DragEvent(event, properties);
    return document.querySelector(where).dispatchEvent(made);
}"""


async def pastes(page: Page, **carried: str) -> bool:
    await page.locator("#text").focus()
    left: bool = await page.evaluate(CARRY, {"where": "#text", "event": "paste", **carried})
    return left


async def drops(page: Page, where: str, **carried: str) -> list[bool]:
    return [await page.evaluate(CARRY, {"where": where, "event": e, **carried}) for e in ("dragover", "drop")]


async def test_text_wins_over_the_picture_beside_it(arrives: Visits) -> None:
    someone = await arrives("certificates")
    page = someone.page
    cells = "2009年\t先进个人\n2015年\t五一劳动奖章"
    assert await pastes(page, words=cells, html="<table></table>", picture=PICTURE)
    await expect(page.locator(".upload")).to_have_count(0)

    # Text that is there as HTML only is text too.
    assert not await pastes(page, html="<style>p {}</style><p>先进个人</p>", picture=PICTURE)
    await expect(page.locator("#text")).to_have_value("先进个人")
    await expect(page.locator(".upload")).to_have_count(0)
    await page.fill("#text", "")

    # Without text the picture is meant, and a file manager's name of it is no text.
    assert not await pastes(page, html='<img src="a.jpg">', picture=PICTURE)
    await expect(someone.live).to_contain_text("收到 1 份")
    assert not await pastes(page, words="image.jpg", picture=PICTURE)
    await expect(someone.live).to_contain_text("收到 2 份")


async def test_tabs_of_a_spreadsheet_arrive(arrives: Visits, house: House) -> None:
    someone = await arrives("honours", **DESK)
    page = someone.page
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=house.url)
    await page.locator("#text").focus()
    cells = "2009-10\t焊工第一名\t南宁市总工会"
    await page.evaluate(
        """async (cells) => {
            const canvas = new OffscreenCanvas(8, 8);
            canvas.getContext("2d").fillRect(0, 0, 8, 8);
            await navigator.clipboard.write([new ClipboardItem({
                "text/plain": new Blob([cells], { type: "text/plain" }),
                "image/png": await canvas.convertToBlob(),
            })]);
        }""",
        cells,
    )
    await page.keyboard.press("Control+V")
    await expect(page.locator("#text")).to_have_value(cells)
    await expect(page.locator(".upload")).to_have_count(0)


async def test_a_picture_where_none_is_asked_for_is_told(visits: Visits, programme: Programme) -> None:
    someone = await visits()
    await someone.begins(programme.title)
    assert not await pastes(someone.page, picture=PICTURE)
    await expect(someone.page.locator("#line")).to_have_text("这一步不用发文件。")


async def test_a_file_dropped_anywhere_never_takes_the_pages_place(
    visits: Visits, arrives: Visits, programme: Programme
) -> None:
    someone = await visits(**DESK)
    page = someone.page
    await someone.begins(programme.title)
    for where in ("body", ".bar", "#text", "#log"):
        assert await drops(page, where, picture=PICTURE) == [False, False]
    await expect(page.locator("#line")).to_have_text("这一步不用发文件。")
    await page.click("#menu")
    assert await drops(page, "dialog", picture=PICTURE) == [False, False]
    await expect(page.locator("dialog .sheet-line")).to_have_text("这一步不用发文件。")

    # A drag of text goes where it likes.
    await page.keyboard.press("Escape")
    assert await drops(page, "#text", words="焊工") == [True, True]

    asked = await arrives("certificates", **DESK)
    assert await drops(asked.page, ".bar", picture=PICTURE) == [False, False]
    await expect(asked.live).to_contain_text("收到 1 份")
    await asked.page.click("#menu")
    assert await drops(asked.page, "dialog", picture=PICTURE) == [False, False]
    await expect(asked.live).to_contain_text("收到 2 份")


async def test_several_facts_in_one_message_wait_for_a_yes_over_a_reload(arrives: Visits) -> None:
    someone = await arrives("name")
    await someone.says("我叫陆建国，籍贯：广西武鸣，手机13800000000")
    await expect(someone.live).to_contain_text("我记下了这些，对吗？")
    await expect(someone.live).to_contain_text("138****0000")
    await someone.page.reload()
    await someone.settled()
    await expect(someone.live).to_contain_text("姓名：陆建国")
    await someone.presses("对的")
    assert await someone.question() == "id_number"
