"""Screens become messages that Telegram takes: escaped, short enough, with buttons that fit."""

from __future__ import annotations

from dataclasses import replace

from bot.telegram.keyboards import Row, document_key, keyboard, listed, paged, view_of
from bot.telegram.rendering import brief, messages, news, notice, record
from dialogs.turn import Action, Asks, Button, Card, Code, Group, Line, Progress, Say, Screen, Summary
from forms.kinds.options import code_lists

NATIONS = [
    f"{char}族"
    for char in "汉蒙回藏维苗彝壮布朝满侗瑶白土哈傣黎傈佤畲高拉水东纳景柯土达仫羌布撒毛仡锡阿普塔怒乌俄鄂德保裕京塔独鄂赫门珞基克"
]


def option(label: str, on: bool | None = None) -> Button:
    return Button(Action("pick", f"q:{label}"), label, "option", on)


def way(label: str) -> Button:
    return Button(Action(label), label)


def question(*options: Button, **more: object) -> Screen:
    return Screen(
        parts=(Say("您是哪个民族？", "ask"),),
        buttons=(*options, way("上一步"), way("怎么填"), way("菜单")),
        asks=Asks("nation", many_options=len(options) > 11),
        progress=Progress("基本情况", 2, 14, 5, 40),
        revision=7,
        **more,  # type: ignore[arg-type]
    )


def labels(rows: tuple[Row, ...]) -> list[list[str]]:
    return [[key.label for key in row] for row in rows]


def test_a_question_is_one_message() -> None:
    (bubble,) = messages(question(option("壮族"), option("汉族")))
    assert bubble.html == "<i>基本情况 2/14 · 5/40</i>\n\n<b>您是哪个民族？</b>"
    assert labels(bubble.rows) == [["壮族", "汉族"], ["上一步", "怎么填", "菜单"]]
    assert bubble.rows[0][0].data == Action("pick", "q:壮族").token(7)


def test_what_people_say_is_no_markup() -> None:
    screen = Screen(parts=(Say("<b>&'\"</b>", "ask"), Say("1 < 2 & 3", "problem")), echo="✓ 姓名：<i>")
    (bubble,) = messages(screen)
    assert bubble.html == "✓ 姓名：&lt;i&gt;\n\n<b>&lt;b&gt;&amp;'\"&lt;/b&gt;</b>\n\n⚠️ 1 &lt; 2 &amp; 3"
    assert bubble.plain == "✓ 姓名：<i>\n\n<b>&'\"</b>\n\n⚠️ 1 < 2 & 3"
    assert record(screen).html == "✓ 姓名：&lt;i&gt;"


def test_the_record_stands_in_the_text_unless_a_message_became_it() -> None:
    screen = question(echo="✓ 姓名：陆建华")
    assert messages(screen)[0].html.startswith("✓ 姓名：陆建华\n\n")
    assert "陆建华" not in messages(screen, echo=False)[0].html


def test_long_texts_go_in_several_messages_and_the_last_has_the_buttons() -> None:
    paragraph = "我从事焊工工作十一年。" * 30
    screen = Screen(
        parts=(Say("\n".join([paragraph] * 30)), Say("对吗？", "ask")),
        buttons=(way("对的"),),
        echo="𠮷" * 9000,
    )
    bubbles = messages(screen)
    assert len(bubbles) > 3
    for bubble in bubbles:
        assert 0 < len(bubble.plain.encode("utf-16-le")) // 2 <= 4096
    assert [bool(bubble.rows) for bubble in bubbles] == [False] * (len(bubbles) - 1) + [True]
    assert "".join(b.plain for b in bubbles).count("焊工") == 900
    assert all(b.plain.endswith("。") for b in bubbles[:-1] if "焊工" in b.plain)


def test_a_long_single_piece_keeps_its_dress_in_every_message() -> None:
    bubbles = messages(Screen(parts=(Say("长" * 9000, "ask"),)))
    assert len(bubbles) == 3
    assert all(b.html.startswith("<b>") and b.html.endswith("</b>") for b in bubbles)


def test_an_empty_screen_is_still_a_message() -> None:
    assert messages(Screen(parts=()))[0].html == "…"


def test_many_options_come_in_pages_and_each_is_reached() -> None:
    screen = question(*map(option, dict.fromkeys(NATIONS)))
    assert paged(screen)
    assert "可以直接打字" in messages(screen)[0].plain
    first = keyboard(screen)
    *_, turning, ways = first
    assert [key.label for key in turning] == ["‹", "1/3", "›"]
    assert [key.label for key in ways] == ["上一步", "怎么填", "菜单"]
    seen = []
    data = "v:p0:7"
    for _ in range(3):
        view = view_of(data)
        assert view
        rows = keyboard(screen, view[0])
        seen += [key.label for row in rows[:-2] for key in row]
        data = rows[-2][2].data
    assert seen == list(dict.fromkeys(NATIONS))
    assert data == "v:p0:7"  # round again
    assert keyboard(screen, "p99") == keyboard(screen, "p2")


def test_ticks_are_shown_and_stand_apart_from_the_end() -> None:
    screen = question(option("工艺专长", on=True), option("技术革新", on=False), option("选好了"))
    rows = labels(keyboard(screen))
    assert rows[0] == ["☑ 工艺专长", "☐ 技术革新"]


def test_options_too_long_for_a_button_are_numbered_in_the_text() -> None:
    long = "具有工艺专长，掌握高超技能，能够解决生产过程中的关键技术难题"
    screen = question(option(long, on=False), option("其他", on=True))
    assert listed(screen) == (f"1. {long}", "2. 其他")
    assert f"1. {long}\n2. 其他" in messages(screen)[0].plain
    rows = labels(keyboard(screen))
    assert rows[0] == ["☐ 1. 具有工艺专长，掌握高超技能…"]
    assert rows[1] == ["☑ 2. 其他"]


def test_a_single_long_button_needs_no_number() -> None:
    screen = Screen(parts=(Say("请选"),), buttons=(option("2026年“南宁工匠”选树活动 · 申报中，还有15天"),))
    assert listed(screen) == ("2026年“南宁工匠”选树活动 · 申报中，还有15天",)
    assert labels(keyboard(screen)) == [["2026年“南宁工匠”选树活动 · 申报中…"]]


def summary(lines: int, cards: int = 0) -> Screen:
    groups = tuple(
        Group(
            f"第{number}节",
            tuple(
                Line(f"项目{number}-{line}", "值", Button(Action("edit", f"q{number}{line}"), "改"))
                for line in range(lines)
            ),
        )
        for number in range(2)
    )
    return Screen(
        parts=(Say("请检查"), Summary(groups)),
        buttons=(Button(Action("finish"), "没问题", "primary"), way("菜单")),
        cards=tuple(Card(f"paper{number}", f"材料{number}", "x.pdf") for number in range(cards)),
        revision=255,
    )


def test_a_summary_offers_its_sections_and_each_its_lines() -> None:
    screen = summary(5)
    rows = keyboard(screen)
    assert labels(rows) == [["改：第0节", "改：第1节"], ["没问题"], ["菜单"]]
    assert view_of(rows[0][1].data) == ("s1", 255)
    inner = keyboard(screen, "s1")
    assert labels(inner)[-1] == ["‹ 返回"]
    assert view_of(inner[-1][0].data) == ("", 255)
    keys = [key for row in inner[:-1] for key in row]
    assert [key.label for key in keys] == [f"项目1-{line}" for line in range(5)]
    assert keys[2].data == Action("edit", "q12").token(255)


def test_a_short_summary_offers_its_lines_at_once() -> None:
    assert keyboard(summary(2))[0][0].data == Action("edit", "q00").token(255)


def test_a_summary_in_html() -> None:
    assert "<b>【第0节】</b>\n项目0-0：值\n项目0-1：值\n\n<b>【第1节】</b>" in messages(summary(2))[0].html


def test_documents_are_buttons_and_many_wait_behind_one() -> None:
    few = keyboard(summary(5, cards=2))
    assert ("看：材料1", "d:paper1") in [(key.label, key.data) for row in few for key in row]
    many = summary(5, cards=6)
    assert ["看材料（6份）"] in labels(keyboard(many))
    assert labels(keyboard(many, "c")) == [
        ["全部发给我（6份）"],
        *([f"看：材料{n}"] for n in range(6)),
        ["‹ 返回"],
    ]


def test_data_never_exceeds_64_bytes() -> None:
    screen = Screen(
        parts=(),
        buttons=(option("长" * 500),),
        cards=(Card("d" * 200, "材料", "x.pdf"),),
        revision=2**40,
    )
    for view in ("", "c", "p3"):
        for row in keyboard(screen, view):
            for key in row:
                assert len(key.data.encode()) <= 64
                assert key.label
    assert len(document_key("d" * 200)) == 24
    assert document_key("application") == "application"


def test_only_our_own_views_are_views() -> None:
    assert view_of("v:s3:ff") == ("s3", 255)
    assert view_of("v::0") == ("", 0)
    for data in ("", "v:", "v:p-1:0", "v:p1", "v:x:0", "7.abc", "v:p1:zz", "v:p9999:1", "v:p1:0\n"):
        assert view_of(data) is None


def test_unknown_views_give_the_whole_keyboard() -> None:
    screen = summary(5)
    assert keyboard(screen, "s9") == keyboard(screen, "c") == keyboard(screen)


def test_what_an_overtaken_screen_leaves_to_be_told() -> None:
    screen = Screen(
        parts=(Say("没看懂", "problem"), Say("满10年，符合（四）", "met"), Say("下一题？", "ask")),
        echo="✓ 工种：焊工",
    )
    assert news(screen) == ("✓ 工种：焊工", "⚠️ 没看懂", "✅ 满10年，符合（四）")
    assert notice(screen) == "没看懂"
    (bubble,) = messages(question(), news=news(screen))
    assert bubble.plain.startswith("✓ 工种：焊工\n\n⚠️ 没看懂\n\n✅ 满10年，符合（四）\n\n基本情况")


def test_what_was_said_this_once_is_left_to_be_told_whatever_its_tone() -> None:
    there = question().telling((Say("有人用恢复码接上了您的申报。", "note"), Say("照实填就行。", "help")))
    again = Screen(parts=(Say("现在填的是：壮族", "note"), Say("您是哪个民族？", "ask")))
    assert news(there) == ("有人用恢复码接上了您的申报。", "ℹ️ 照实填就行。")
    assert news(again) == (), "what the Screen shows again is not told twice"


def test_a_pop_up_is_enough_where_it_says_all_that_is_said_this_once() -> None:
    stale = Say("那一步已经过去了。", "note")
    assert brief(question())
    assert brief(question().telling((stale,)))
    assert not brief(question().telling((Say("有人接上了您的申报。", "note"), stale)))
    assert not brief(question().telling((Say("长" * 201, "note"),)))


def test_a_placeholder_is_an_example_in_the_text() -> None:
    screen = Screen(parts=(Say("姓名？", "ask"),), asks=Asks("name", placeholder="例如：张三"))
    assert messages(screen)[0].html.endswith("<i>例如：张三</i>")
    assert "例" not in messages(Screen(parts=(), asks=Asks("essay", placeholder="例" * 300)))[0].html


def test_a_recovery_code_stands_below_the_words_that_announce_it() -> None:
    parts = (Say("请抄好："), Say("同意吗？", "ask"))
    code = Code("ABCD", "匠荐恢复码", "不要给别人看。", below="请抄好：")
    (bubble,) = messages(Screen(parts, code=code))
    assert bubble.html == "请抄好：\n\n<code>ABCD</code>\n\n<b>同意吗？</b>"
    (bubble,) = messages(Screen(parts, code=replace(code, below="")))
    assert bubble.html == "请抄好：\n\n<b>同意吗？</b>\n\n<code>ABCD</code>"


def test_short_options_stand_in_three_columns_and_a_long_one_alone() -> None:
    screen = question(
        *map(option, ("汉族", "壮族", "维吾尔族", "外国血统中国籍人士", "瑶族", "乌孜别克族", "京族"))
    )
    assert labels(keyboard(screen))[:-1] == [
        ["汉族", "壮族", "维吾尔族"],
        ["外国血统中国籍人士"],
        ["瑶族", "乌孜别克族", "京族"],
    ]


def test_all_peoples_of_china_come_in_three_pages() -> None:
    peoples = code_lists()["ethnic"]
    screen = question(*(option(each.shown) for each in peoples))
    *rows, turning, _ = keyboard(screen, "p1")
    assert [key.label for key in turning] == ["‹", "2/3", "›"]
    assert max(map(len, rows)) == 3


def test_the_web_chat_opens_inside_telegram_where_files_are_asked_for_and_at_the_review() -> None:
    app = "https://jiangjian.example/launch"
    video = Screen(parts=(Say("请发视频", "ask"),), asks=Asks("video", files=True))
    assert [(key.data, key.does) for row in keyboard(video, app=app) for key in row] == [(app, "app")]
    assert any(key.does == "app" for row in keyboard(summary(5), app=app) for key in row)
    assert not any(key.does == "app" for row in keyboard(question(), app=app) for key in row)
    assert not any(key.does == "app" for row in keyboard(summary(5)) for key in row)
