"""One question at a desk: what is typed is read as the applicant's chat reads it, for what an office writes and for a slip."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from dialogs.desk import deeds
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_pages import PAGES
from dialogs.desk.desk_scene import DeskScene
from dialogs.desk.desk_state import Desk
from dialogs.desk.desk_turn import show, take
from dialogs.desk.naming import name_of
from dialogs.turn import Meant, Turn
from forms.programme import Programme
from tests.dialogs.desk.desks import CLERK, at, scene, types, words
from tests.dialogs.desk.test_slips import ALLOWED, begins, lying
from tests.dialogs.desk.test_stating import DAGUO, NANYUE, REASON, desk, there
from tests.dialogs.test_asides import TABLE, _answers
from tests.forms.programmes.cases import programme

REASONED = {"office_reason": REASON}
REACHED = {**REASONED, "office_contact": "王芳"}
NAMED = {"office_name": "佛山市总工会"}
#: Questions that an office is asked, each with what stands already.
STATED: Mapping[str, tuple[Programme, str, dict[str, Any]]] = {
    "reason": (DAGUO, "office_reason", {}),
    "reason again": (DAGUO, "office_reason", REASONED),
    "contact": (DAGUO, "office_contact", REASONED),
    "contact again": (DAGUO, "office_contact", REACHED),
    "office": (NANYUE, "office_name", {}),
    "office again": (NANYUE, "office_name", NAMED),
    "quota": (NANYUE, "office_quota", NAMED),
}
SLIPS = ("name", "employer", "trade", "category", "brief", "work_start", "union_member", "channel")
PLACES = (*STATED, *SLIPS, *(f"{name} (none)" for name in SLIPS[1:5]), "id_number", "phone")
#: What comes of each class of phrases at any question …
CAME = {
    **dict.fromkeys(("yes", "no", "none", "whatever", "about", "round", "mend", "renamed", "wait"), "told"),
    **dict.fromkeys(("unknown", "what", "how", "lacking", "writing", "human", "absent", "asking"), "help"),
    **dict.fromkeys(("greeting", "thanks"), "note"),
    **dict.fromkeys(("later", "stop"), "left"),
}
#: … but where a question takes it for an answer, or may be passed over.
BUT: Mapping[tuple[str, str], str | set[str]] = {
    ("contact", "none"): "left",
    ("contact again", "none"): "cleared",
    ("quota", "yes"): {"answered", "told"},
    ("quota", "no"): "answered",
    ("quota", "none"): "answered",
    **{(f"category{none}", "none"): "answered" for none in ("", " (none)")},
    ("union_member", "yes"): "answered",
    ("union_member", "no"): "answered",
    ("union_member", "none"): "asked",
}


def opened(place: str) -> tuple[Desk, DeskScene]:
    """A desk with a question open, and its scene."""
    if place in STATED:
        of, question, answers = STATED[place]
        here = there("stating", of=of, answers=answers)
        before = desk()
        token = f"{before.revision:x}.~stating~{question}"
        return take(before, Turn("", "1", choice=token), here).desk, here
    question, _, none = place.partition(" ")
    here = lying(programme("nanning-2026"), {} if none else _answers())
    return begins(here, question), here


def given(change: DeskChange) -> list[deeds.Deed]:
    return [deed for deed in change.deeds if not isinstance(deed, deeds.PutDown)]


def came(change: DeskChange, before: Desk) -> str:
    """What came of what was said."""
    if made := given(change):
        (deed,) = made
        shrunk = isinstance(deed, deeds.Stated) and deed.answers == REASONED
        return "cleared" if shrunk else "answered"
    if (change.desk.page, change.desk.about) != (before.page, before.about):
        return "left" if change.desk.page in {"statement", "answers"} else change.desk.page
    if change.desk.sent:
        return "asked"
    assert change.desk.draft == before.draft
    tones = {part.tone for part in change.said}
    return "told" if "problem" in tones else "help" if "help" in tones else "note" if tones else ""


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_answer_is_none_at_any_question_of_a_desk(place: str) -> None:
    before, here = opened(place)
    wrong = {}
    for what, phrases in TABLE["classes"].items():
        right = BUT.get((place, what), CAME[what])
        for phrase in phrases:
            was = came(types(str(phrase), before, here), before)
            if was not in (right if isinstance(right, set) else {right}):
                wrong[phrase] = was
    assert wrong == {}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "text",
    [
        "取消",
        "算了",
        "不写",
        "不写了",
        "放弃",
        "稍后",
        "不改了吧",
        "别改",
        "保持原样",
        "就这样",
        "继续",
        "先这样",
        "等领导定了再写",
        "问一下领导再填",
        "我再想想",
        "还没想好",
        "下次再写",
    ],
)
def test_leaving_it_leaves_it_as_it_stands(place: str, text: str) -> None:
    before, here = opened(place)
    assert came(types(text, before, here), before) == "left"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", ["返回", "上一步", "返回吧"])
def test_the_way_back_is_no_answer(place: str, text: str) -> None:
    before, here = opened(place)
    assert came(types(text, before, here), before) == "left"


@pytest.mark.parametrize("place", sorted(set(PLACES) - {"quota", "union_member"}))
@pytest.mark.parametrize(
    "text", ["写完了", "写好了", "填完了", "完了", "结束", "没错", "错了", "清空", "删除", "提交", "菜单"]
)
def test_a_word_for_something_else_is_told_what_is_asked(place: str, text: str) -> None:
    before, here = opened(place)
    assert came(types(text, before, here), before) == "told"


@pytest.mark.parametrize("place", [each for each in PLACES if each != "contact again"])
@pytest.mark.parametrize("text", ["没有联系人", "没有电话", "没有理由", "没有电话。"])
def test_that_something_is_lacking_is_never_an_answer_by_itself(place: str, text: str) -> None:
    before, here = opened(place)
    assert came(types(text, before, here), before) in {"told", "asked", "left"}


def test_there_is_none_of_just_what_is_asked_for() -> None:
    before, here = opened("contact")
    assert came(types("没有联系人", before, here), before) == "left"
    before, here = opened("contact again")
    assert came(types("没有联系人", before, here), before) == "cleared"


def test_what_may_be_passed_over_is_by_its_words() -> None:
    before, here = opened("contact again")
    for text in ("跳过", "下一项", "下一步"):
        change = types(text, before, here)
        assert (change.desk.about, change.deeds) == ("office_phone", ())


@pytest.mark.parametrize("place", ["reason", "brief", "brief (none)"])
@pytest.mark.parametrize(
    "text", ["好的", "取消", "谢谢", "不知道", "我不会写，能不能帮我写？", "写完了", "没有联系人"]
)
def test_what_reads_like_no_answer_is_asked_back_from_its_field_too(place: str, text: str) -> None:
    before, here = opened(place)
    turn = Turn("", "1", text=text, whole=True, answers=Meant(before.about))
    asked = take(before, turn, here)
    assert not given(asked) and asked.desk.sent == text
    assert bool(given(types("对的", asked.desk, here))) is (place == "reason")  # a slip so short cannot stand


def test_a_short_text_where_a_long_one_may_stand_is_asked_back() -> None:
    before, here = opened("reason")
    asked = types("老师傅", before, here)
    assert "您说的是“老师傅”，对吗？" in words(show(asked.desk, here))
    (deed,) = given(types("对", asked.desk, here))
    assert isinstance(deed, deeds.Stated) and deed.answers == {"office_reason": "老师傅"}
    (other,) = given(types(REASON, asked.desk, here))
    assert isinstance(other, deeds.Stated) and other.answers == REASONED


@pytest.mark.parametrize("text", ["取消", "算了", "不写了", "返回"])
def test_what_is_asked_back_is_no_answer_once_it_is_left(text: str) -> None:
    before, here = opened("office")
    asked = types("应该是佛山市总工会吧", before, here)
    assert asked.desk.sent
    left = types(text, asked.desk, here)
    assert (left.desk.page, left.desk.sent, given(left)) == ("statement", "", [])


@pytest.mark.parametrize("text", ["不对", "不是的", "错了", "重写", "不对，我重写"])
def test_a_no_to_what_is_asked_back_asks_anew(text: str) -> None:
    before, here = opened("office")
    asked = types("应该是佛山市总工会吧", before, here)
    again = types(text, asked.desk, here)
    assert (again.desk.page, again.desk.about, again.desk.sent, given(again)) == (
        *("stating", "office_name", ""),
        [],
    )


@pytest.mark.parametrize(
    "text", ["改成佛山市禅城区总工会", "不是佛山市总工会，是佛山市禅城区总工会", "佛山市禅城区总工会"]
)
def test_what_shall_stand_instead_is_heard_in_its_sentence(text: str) -> None:
    before, here = opened("office again")
    change = types(text, before, here)
    change = types("对", change.desk, here) if change.desk.sent else change
    (deed,) = given(change)
    assert isinstance(deed, deeds.Stated) and deed.answers == {"office_name": "佛山市禅城区总工会"}


@pytest.mark.parametrize("text", ["13977116688", "电话是13977116688", "我的手机13977116688"])
def test_what_is_private_is_left_lying_on_no_desk(text: str) -> None:
    here = lying(programme("nanning-2026"), {"phone": "13800138000"})
    before = begins(here, "phone")
    change = types(text, before, here)
    (deed,) = given(change)
    assert isinstance(deed, deeds.Corrected) and "13977116688" in str(deed.value)
    assert "13977116688" not in change.desk.model_dump_json()
    said = " ".join((change.echo, *(part.text for part in change.said), words(show(change.desk, here))))
    assert "13977116688" not in said


def test_a_private_answer_is_shown_masked_and_its_field_keeps_nothing() -> None:
    _, here = opened("phone")
    before = begins(lying(programme("nanning-2026"), {"phone": "13977116688"}), "phone")
    screen = show(before, lying(programme("nanning-2026"), {"phone": "13977116688"}))
    assert "13977116688" not in repr(screen)
    assert screen.asks and screen.asks.private
    asked, here = opened("id_number")
    screen = show(asked, here)
    assert screen.asks and screen.asks.private and screen.asks.keyboard == "text"


def test_what_a_question_may_show_is_shown_at_a_desk() -> None:
    before, here = opened("employer")
    asks = show(before, here).asks
    assert (
        asks and asks.question == name_of("nominee 1", "employer") and asks.placeholder.startswith("例如：")
    )
    before, here = opened("brief (none)")
    asks = show(before, here).asks
    assert asks and asks.writing and (asks.writing.least, asks.writing.most) == (720, 880)
    assert asks.multiline and asks.writing.outline
    before, here = opened("category")
    screen = show(before, here)
    assert screen.asks and not screen.asks.writing
    assert [each.style for each in screen.buttons].count("option") > 3
    before, here = opened("reason again")
    asks = show(before, here).asks
    assert asks and asks.writing and (asks.writing.text, asks.writing.most) == (REASON, 150)


def test_what_was_asked_back_still_knows_its_question() -> None:
    before, here = opened("office")
    asked = types("应该是佛山市总工会吧", before, here)
    asks = show(asked.desk, here).asks
    assert asks and asks.question == "office_name"
    assert [each.label for each in show(asked.desk, here).buttons] == ["对的", "不对，我重写", "先写到这里"]


@pytest.mark.parametrize("page", [name for name, each in PAGES.items() if each.asks is None])
def test_only_a_page_that_asks_takes_a_text_that_was_written_whole(page: str) -> None:
    before, here = at(page), scene(page)
    for answers in (None, Meant("office_reason")):
        change = take(before, Turn("", "1", text=REASON, whole=True, answers=answers), here)
        assert (change.desk, change.deeds) == (before, ())
        assert "那一步已经过去了" in change.said[0].text


def test_a_text_for_another_question_is_none_for_this() -> None:
    before, here = opened("reason")
    turn = Turn("", "1", text=REASON, whole=True, answers=Meant("office_contact"))
    assert take(before, turn, here).deeds == ()


def test_whoever_may_not_mend_is_asked_nothing() -> None:
    about = name_of("nominee 1", "trade")
    change = types("电工", at("correcting", about=about), scene("correcting", CLERK))
    assert not given(change)
    assert given(types("电工", at("correcting", about=about), scene("correcting", ALLOWED)))


def test_a_button_of_a_question_that_is_not_open_does_nothing() -> None:
    for verb in ("answer~yes", "answer~.0", "surely~", "anew~", "explain~"):
        change = take(at("case"), Turn("", "1", choice=f"7.~{verb}"), scene("case"))
        assert (change.desk.page, change.deeds) == ("case", ())


def test_every_page_leads_back_to_one() -> None:
    assert all(page.before in PAGES for page in PAGES.values())
    assert {name for name, page in PAGES.items() if page.asks} == {"correcting", "stating"}
