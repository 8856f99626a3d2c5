from typing import Any

import pytest
from pydantic import ValidationError

from forms.kinds.options import code_lists

from .speaking import answer, checked, draft, keys, prompts, question, refusal

NATURES: list[Any] = ["国有企业", "民营企业", {"value": "其他", "own_text": True}]
TRADES: list[Any] = [
    {"value": "welder", "label": "焊工", "aliases": ["电焊工"], "explain": "手工焊、气保焊都算"},
    {"value": "fitter", "label": "装配钳工"},
    {"value": "toolmaker", "label": "工具钳工"},
]


@pytest.mark.parametrize("said", ["!welder", "焊工", "电焊工", "1", "１", "“焊工”"])
def test_an_option_is_pressed_or_typed(said: str) -> None:
    assert answer(question("choice", options=TRADES), said) == "welder"


def test_what_is_nearly_an_option_is_asked_back() -> None:
    assert checked(question("choice", options=TRADES), "焊工班长") == ("welder", "您说的是“焊工”，对吗？")


@pytest.mark.parametrize(
    "said", ["钳工", "装配钳工和工具钳工", "有时装配钳工，有时工具钳工", "装配钳工或者工具钳工"]
)
def test_what_may_be_two_options_is_asked_back_with_both(said: str) -> None:
    asked = question("choice", options=TRADES)
    held = draft(asked, said)
    assert keys(asked, held) == ["fitter", "toolmaker", "more"]
    assert prompts(asked, held) == "您说的是哪一个？"
    assert answer(asked, said, "!fitter") == "fitter"
    assert answer(asked, said, "1") == "fitter"
    assert answer(asked, said, "!more", "焊工") == "welder"


def test_anything_else_is_refused_with_the_options() -> None:
    assert "可以选：焊工、装配钳工、工具钳工" in refusal(question("choice", options=TRADES), "车工")


def test_explanations_are_told_with_the_question() -> None:
    assert prompts(question("choice", options=TRADES)) == "焊工：手工焊、气保焊都算"


def test_own_words_are_asked_for_and_are_the_answer() -> None:
    asked = question("choice", options=NATURES)
    assert draft(asked, "!其他") == {"own": "其他"}
    assert prompts(asked, {"own": "其他"}) == "“其他”请写出具体内容。"
    assert answer(asked, "其他", "农垦 集团") == "农垦 集团"
    assert answer(asked, "其他：农垦集团") == "农垦集团"


def test_who_changes_their_mind_may_still_choose() -> None:
    assert answer(question("choice", options=NATURES), "!其他", "国有企业") == "国有企业"
    assert answer(question("choice", options=NATURES), "!其他", "!民营企业") == "民营企业"


def test_unknown_words_count_as_own_words_after_a_yes() -> None:
    value, words = checked(question("choice", options=NATURES), "农垦集团")
    assert value == "农垦集团"
    assert words == "没有这一项，按“其他：农垦集团”记，对吗？"


def test_own_words_are_shown_as_they_are() -> None:
    asked = question("choice", options=TRADES)
    assert asked.show("welder") == "焊工"
    assert question("choice", options=NATURES).show("农垦集团") == "农垦集团"


@pytest.mark.parametrize("said", ["壮", "壮族", "8"])
def test_a_people_is_found_by_its_short_name(said: str) -> None:
    assert answer(question("choice", codes="ethnic"), said) == "壮族"


def test_an_old_spelling_is_understood() -> None:
    assert answer(question("choice", codes="ethnic"), "仡老族") == "仡佬族"


def test_common_options_come_first_and_the_others_behind_more() -> None:
    asked = question("choice", codes="ethnic", common=["汉族", "壮族"])
    assert keys(asked) == ["汉族", "壮族", "more"]
    assert len(keys(asked, draft(asked, "!more"))) == len(code_lists()["ethnic"])
    assert answer(asked, "2") == "壮族"
    assert answer(asked, "瑶") == "瑶族"


def test_forms_have_their_own_words_for_codes() -> None:
    assert answer(question("choice", codes="political"), "中国共产党党员") == "中共党员"
    assert answer(question("choice", codes="skill"), "高级技师（一级）") == "高级技师"
    assert answer(question("choice", codes="education"), "本科") == "大学本科"


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_no_name_in_a_code_list_means_two_things(name: str) -> None:
    asked = question("choice", codes=name)
    seen: dict[str, str] = {}
    for option in code_lists()[name]:
        for word in {option.value, option.shown, *option.aliases}:
            assert seen.setdefault(word, option.value) == option.value
        if not option.own_text:
            assert answer(asked, option.shown) == option.value


@pytest.mark.parametrize(
    "keys_",
    [
        {},
        {"options": ["甲"], "codes": "ethnic"},
        {"codes": "nowhere"},
        {"options": ["甲", "甲"]},
        {"options": ["甲"], "common": ["乙"]},
        {"options": ["甲", "乙"], "also": {"丙": ["丁"]}},
        {"options": ["甲", "乙"], "also": {"甲": ["子"], "乙": ["子"]}},
        {"options": [{"value": "甲", "when": "1 +"}, "乙"]},
        {"options": [{"value": "甲", "own_text": True}, {"value": "乙", "own_text": True}]},
    ],
)
def test_a_choice_that_cannot_be_asked_is_refused_when_it_is_read(keys_: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question("choice", **keys_)


def test_what_was_chosen_is_on_offer_while_an_option_or_own_words_stand_for_it() -> None:
    trades = question("choice", options=TRADES)
    assert trades.offers("welder")
    assert not trades.offers("turner")
    assert question("choice", options=NATURES).offers("合作社")


def test_an_option_is_on_offer_where_it_applies_or_that_cannot_be_told_yet() -> None:
    asked = question("choice", options=["甲", {"value": "乙", "when": "route == 'self'"}])
    assert keys(asked.where({"route": "self"})) == ["甲", "乙"]
    assert keys(asked.where({})) == ["甲", "乙"]
    elsewhere = asked.where({"route": "unit"})
    assert keys(elsewhere) == ["甲"]
    assert refusal(elsewhere, "乙")
    assert elsewhere.show("乙") == "乙"
    assert asked.where({"route": "unit"}) is elsewhere


def test_more_words_for_an_option_count_as_its_own() -> None:
    asked = question("choice", options=TRADES, also={"welder": ["烧焊"], "fitter": ["装机器"]})
    assert answer(asked, "烧焊") == "welder"
    assert answer(asked, "我是装机器的") == "fitter"


def test_the_common_ones_stand_first_in_the_order_in_which_they_are_named() -> None:
    asked = question("choice", codes="ethnic", common=["壮族", "汉族", "瑶族"])
    few = [str(key.label) for key in asked.keys(None)]
    assert few[:3] == ["壮族", "汉族", "瑶族"]
    whole = [key.value for key in asked.keys({"all": True})]
    assert whole[:3] == few[:3]
    assert len(whole) == len(set(whole)) == len(asked.offered)


def test_who_says_to_be_of_a_people_is_asked_back() -> None:
    asked = question(
        "choice", options=["汉族", "壮族", {"value": "其他", "own_text": True, "aliases": ["别的民族"]}]
    )
    asked_short = question(
        "choice", options=[{"value": "壮族", "aliases": ["壮"]}, {"value": "其他", "own_text": True}]
    )
    assert checked(asked_short, "壮的")[0] == "壮族"
    assert checked(asked, "穿青人")[0] == "穿青人"


@pytest.mark.parametrize("said", ["第二个", "第2个", "选2", "2", "第二种", "第二项"])
def test_an_option_is_named_by_where_it_stands(said: str) -> None:
    assert answer(question("choice", options=["个人", "单位", "专家"]), said) == "单位"


def test_a_numeral_alone_is_no_place() -> None:
    assert refusal(question("choice", options=["个人", "单位", "专家"]), "二")


@pytest.mark.parametrize(
    ("said", "value"),
    [("銲工", "welder"), ("電焊工", "welder"), ("裝配鉗工", "fitter"), ("我是電焊工", "welder")],
)
def test_an_option_may_be_typed_in_traditional_characters(said: str, value: str) -> None:
    assert answer(question("choice", options=TRADES), said) == value


@pytest.mark.parametrize("said", ["2级", "２级", "二级", "二級"])
def test_a_level_may_be_typed_in_figures(said: str) -> None:
    assert answer(question("choice", codes="skill"), said) == "技师"
