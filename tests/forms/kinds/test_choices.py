from typing import Any

from forms.kinds.base import Unfinished

from .speaking import answer, draft, keys, prompts, question, refusal, talk

SIX: list[Any] = ["工艺专长", "掌握高超技能", "体现领军作用", {"value": "其他", "own_text": True}]


def test_ticks_gather_until_done_and_stand_in_the_order_of_the_options() -> None:
    asked = question("choices", options=SIX)
    assert answer(asked, "!体现领军作用", "!工艺专长", "!done") == {"工艺专长": "", "体现领军作用": ""}


def test_a_second_press_takes_the_tick_away() -> None:
    asked = question("choices", options=SIX)
    held = draft(asked, "!工艺专长")
    assert [key.on for key in asked.keys(held)] == [True, False, False, False, None]
    assert draft(asked, "!工艺专长", "!工艺专长") == {"ticks": {}}


def test_several_typed_at_once() -> None:
    asked = question("choices", options=SIX)
    for said in ("工艺专长、体现领军作用", "1，3", "1 3", "工艺专长\n领军作用"):
        assert draft(asked, said) == {"ticks": {"工艺专长": "", "体现领军作用": ""}}


def test_one_that_is_unknown_spoils_nothing() -> None:
    asked = question("choices", options=SIX)
    held = draft(asked, "1")
    assert "没有这一项" in refusal(asked, "唱歌", draft=held)


def test_own_words_are_asked_for_after_the_tick() -> None:
    asked = question("choices", options=SIX)
    held = draft(asked, "!其他")
    assert held == {"ticks": {"其他": ""}, "own": "其他"}
    assert prompts(asked, held) == "“其他”请写出具体内容。"
    assert answer(asked, "!其他", "会修表", "选好了") == {"其他": "会修表"}


def test_own_words_that_were_passed_over_are_asked_for_again_at_the_end() -> None:
    asked = question("choices", options=SIX)
    assert draft(asked, "!其他", "!工艺专长", "!done")["own"] == "其他"


def test_fewer_than_needed_is_refused() -> None:
    asked = question("choices", options=SIX, min_chosen=2)
    assert "done" not in keys(asked, draft(asked, "!工艺专长"))
    assert refusal(asked, "!工艺专长", "!done") == "至少选 2 项，现在选了 1 项。"


def test_none_is_an_answer_where_the_question_is_optional() -> None:
    asked = question("choices", options=SIX, optional=True)
    assert keys(asked)[-1] == "done"
    assert answer(asked, "!done") == {}


def test_a_standing_answer_is_edited_from_its_ticks() -> None:
    asked = question("choices", options=SIX)
    reading = talk(asked, "!掌握高超技能", draft=asked.reopen({"工艺专长": ""}))
    assert reading.draft == {"ticks": {"工艺专长": "", "掌握高超技能": ""}}  # type: ignore[union-attr]


def test_own_words_are_shown_and_printed_in_brackets() -> None:
    asked = question("choices", options=SIX)
    assert str(asked.show({"工艺专长": "", "其他": "会修表"})) == "工艺专长、其他（会修表）"
    assert asked.printed({"工艺专长": "", "其他": "会修表"}) == "工艺专长、其他（会修表）"


def test_saying_that_there_is_none_is_the_button_that_says_so() -> None:
    asked = question("choices", options=SIX, min_chosen=0)
    for said in ("都没有", "没有", "无。", "都不符合"):
        assert answer(asked, said) == {}
    assert "没有这一项" in refusal(asked, "没有", draft=draft(asked, "1"))
    assert "没有这一项" in refusal(question("choices", options=SIX), "没有")


def test_none_that_is_an_option_is_that_option() -> None:
    asked = question("choices", options=["学士", "无"], min_chosen=0)
    assert draft(asked, "无") == {"ticks": {"无": ""}}


def test_ticks_are_on_offer_while_every_one_of_them_is() -> None:
    asked = question("choices", options=SIX)
    assert asked.offers({})
    assert asked.offers({"工艺专长": "", "其他": "会唱歌"})
    assert not asked.offers({"工艺专长": "", "会唱歌": ""})


def test_the_explanations_stay_while_options_are_ticked() -> None:
    asked = question("choices", options=[{"value": "工艺专长", "explain": "有一手绝活"}, "其他"])
    first, *_ = asked.prompt(None)
    again, told, *_ = asked.prompt({"ticks": {"其他": ""}})
    assert again == first
    assert str(told).startswith("已选")


def test_own_words_are_mended_by_typing_them() -> None:
    asked = question("choices", options=SIX)
    held = draft(asked, "!其他", "会修表")
    assert draft(asked, "其他：会修钟", before=held) == {"ticks": {"其他": "会修钟"}}
    assert draft(asked, "改成会修钟", before=held) == {"ticks": {"其他": "会修钟"}}
    again = draft(asked, "其他", before=held)
    assert prompts(asked, again) == "“其他”现在写的是“会修表”，请发新的。"
    assert draft(asked, "会修钟", before=again) == {"ticks": {"其他": "会修钟"}}


def test_a_sentence_ticks_what_it_names_and_says_what_it_does_not_know() -> None:
    asked = question("choices", options=SIX, min_chosen=0)
    reading = talk(asked, "我有工艺专长，还会唱歌")
    assert reading.draft == {"ticks": {"工艺专长": ""}}  # type: ignore[union-attr]  # it is unfinished
    assert "还会唱歌" in str(reading.said[0])  # type: ignore[union-attr]  # and says so
    assert draft(asked, "不是工艺专长") == {"ticks": {}}
    assert draft(asked, "没有工艺专长", before={"ticks": {"工艺专长": ""}}) == {"ticks": {}}
    assert draft(asked, "都有") == {"ticks": {"工艺专长": "", "掌握高超技能": "", "体现领军作用": ""}}


def test_options_are_named_by_where_they_stand() -> None:
    asked = question("choices", options=SIX)
    for said in ("1和3", "第一个和第三个", "第一项、第三项", "选1，选3", "第一条第三条"):
        assert draft(asked, said) == {"ticks": {"工艺专长": "", "体现领军作用": ""}}
    assert draft(asked, "前两个") == {"ticks": {"工艺专长": "", "掌握高超技能": ""}}
    assert draft(asked, "前三个")["ticks"].keys() == {"工艺专长", "掌握高超技能", "体现领军作用"}
    assert "没有这一项" in refusal(asked, "第七个")


def test_what_a_blank_sets_apart_and_no_option_means_is_told() -> None:
    asked = question("choices", options=SIX)
    reading = talk(asked, "手艺 体现领军作用")
    assert isinstance(reading, Unfinished) and reading.draft == {"ticks": {"体现领军作用": ""}}
    assert [str(message) for message in reading.said] == ["“手艺”不在这几项里，没有记。"]
    assert not talk(asked, "体现 领军作用").said
