"""What is told of a person's own data is what the questions of their programme ask for, and nothing else."""

from __future__ import annotations

import pytest

from dialogs import gathered
from dialogs.interview import Interview
from dialogs.reception import privacy, rights
from dialogs.scene import Scene
from forms.programme import Form, Programme
from tests.built_in import built_in
from tests.dialogs.talking import NOON

_OFFERED = built_in().offered


def programme(name: str) -> Programme:
    found = built_in().named(name)
    assert found
    return found


def told(*programmes: Programme, role: str = "nominee", locale: str = "zh") -> str:
    """All that the page on privacy says where these are on offer, or the one of them is chosen."""
    interview, scene = Interview(role=role, locale=locale), Scene(now=NOON, offered=programmes)
    chosen = programmes[0] if len(programmes) == 1 else None
    parts = (privacy(interview, scene, chosen), *rights(interview, scene, chosen))
    return "\n".join(each.text for each in parts)


@pytest.mark.parametrize("each", _OFFERED, ids=lambda each: each.id)
@pytest.mark.parametrize("role", ["nominee", "expert", "unit", "worker"])
def test_an_id_number_is_spoken_of_where_it_is_asked_for(each: Programme, role: str) -> None:
    if not each.has_form(role):
        return
    said = told(each, role=role)
    form = each.leading if role == "worker" else each.form(role)
    asks = any(question.kind == "id-number" for question in form.questions.values())
    assert ("身份证号用来认准是您本人" in said) == asks
    assert ("这里不用填身份证号" in said) == (not asks)
    if role != "worker":  # whose employer has written everything
        assert ("请您提供" in said and "身份证号" in said.partition("，只用于")[0]) == asks


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("guilin", "“桂林工匠”推荐申请表、“桂林工匠”推荐人选名册上要写"),
        ("liuzhou-2025", "2025年度“柳州工匠”认定申请表上要写"),
        ("daguo-jiangsu-2026", "大国工匠人才推荐表上要写"),
    ],
)
def test_it_is_told_on_which_papers_the_number_stands(name: str, where: str) -> None:
    assert where in told(programme(name))


def test_the_form_named_does_print_the_number() -> None:
    for each in _OFFERED:
        for form in each.forms:
            if form.identified_by:
                texts = (*each.prints.values(), *each.macros.values())
                assert any(form.identified_by in text for text in texts), (each.id, form.id)


def test_before_one_is_chosen_those_that_ask_no_number_are_named() -> None:
    said = told(programme("guilin"), programme("nanyue-2020"))
    assert f"申报材料上要写（{programme('nanyue-2020').title}不用）" in said
    assert "不用）" not in told(programme("guilin"), programme("liuzhou-2025"))
    assert "这里不用填身份证号" in told(programme("nanyue-2020"), programme("nanyue-2020"))


def test_what_takes_a_consent_of_its_own_is_named_by_the_programme() -> None:
    assert "要身份证照片的，会另外单独问您，不同意就交纸质的。" in told(programme("liuzhou-2025"))
    for name in ("guilin", "nanning-2026", "nanyue-2020", "daguo-jiangsu-2026"):
        assert "单独问您" not in told(programme(name)), name


def test_what_may_be_left_out_says_so() -> None:
    liuzhou = programme("liuzhou-2025")
    question = liuzhou.leading.questions["id_copy"]
    left = question.model_copy(update={"optional": True})
    section = next(each for each in liuzhou.leading.sections if question.id in each.names)
    changed = section.model_copy(update={"questions": (left,)})
    form = Form(id="application", title="申请表", sections=(changed,))
    said = told(liuzhou.model_copy(update={"forms": (form,)}))
    assert "想要身份证照片的，也另外单独问您，不同意就不收，不影响申报。" in said
    assert "交纸质的" not in said


def test_a_video_and_past_posts_are_told_where_they_are_asked_for() -> None:
    words = {
        each.id: [str(word) for word in gathered.asked(Interview(), (each,))]
        for each in _OFFERED
    }  # fmt: skip
    assert "拍的视频" in words["nanyue-2020"]
    assert "拍的视频" not in words["guilin"]
    assert all(len(each) == len(set(each)) for each in words.values())
    assert {"名字", "身份证号", "电话"} <= set(words["liuzhou-2025"])


def test_while_nothing_is_on_offer_all_that_may_be_asked_is_told() -> None:
    everything = {str(each) for each in gathered.asked(Interview(), ())}
    assert everything == {"名字", "身份证号", "电话", "照片", "证书", "经历", "拍的视频"}


def test_in_english_too() -> None:
    said = told(programme("nanyue-2020"), locale="en")
    assert "No ID number is asked for here" in said
    assert "ID number, " not in said.partition("only to fill in")[0]
