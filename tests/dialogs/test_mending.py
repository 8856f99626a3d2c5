"""What no question can read any more is set aside; nobody is kept out by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dialogs.mending import gone_over
from forms.loader import Source, load, read
from tests.dialogs.talking import Person

ODD = [None, 7, "text", [], {}, ["?"], {"parts": 3}, {"ticks": None}, {"rows": "?"}, {"scans": [1]}]


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("question", ["trade_start", "conditions", "id_number", "story", "proofs", "name"])
def test_an_answer_of_another_shape_keeps_nobody_out(begun: Person, question: str, odd: Any) -> None:
    begun.says("个人申报", "焊工")
    answers = {**begun.interview.answers, question: odd}
    begun.interview = begun.interview.model_copy(update={"answers": answers})
    assert begun.look().buttons
    begun.says("检查答案")
    begun.says("2015年7月")
    kept = begun.interview
    assert kept.answers["trade"] == "焊工"
    assert odd in (kept.answers.get(question), kept.unread.get(f"answers.{question}"), None) or question in (
        "trade_start",
    )


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("question", ["conditions", "story", "proofs"])
def test_a_draft_of_another_shape_keeps_nobody_out(begun: Person, question: str, odd: Any) -> None:
    begun.says("个人申报", "焊工", "2015年7月", "是")
    begun.interview = begun.interview.model_copy(update={"drafts": {question: odd}, "focus": question})
    assert begun.look().buttons
    begun.says("菜单", "继续")
    assert begun.look().buttons
    assert begun.interview.answers["trade"] == "焊工"


def test_a_value_that_only_the_rules_cannot_read_keeps_nobody_out(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月", "是")
    for odd in ("never", 2003, "至今", [], {"x": 1}):
        answers = {**begun.interview.answers, "trade_start": odd}
        begun.interview = begun.interview.model_copy(update={"answers": answers})
        assert begun.look().buttons
        for words in ("检查答案", "条件对照", "材料清单", "/delete", "/mydata", "菜单", "前面填的"):
            assert begun.says(words).parts, words
        assert begun.interview.answers["trade"] == "焊工"
        begun.says("返回")


def test_a_part_that_the_programme_has_not_is_the_nominees(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    begun.interview = begun.interview.model_copy(update={"role": "alien"})
    assert begun.look().asks
    begun.says("2015年7月")
    assert begun.interview.answers["trade_start"] == "2015-07"


def test_it_is_noted_that_something_was_set_aside(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    begun.interview = begun.interview.model_copy(
        update={"answers": {**begun.interview.answers, "trade_start": {"month": 7}}}
    )
    begun.says("2015年7月")
    assert begun.events[-2].kind == "set_aside"
    assert begun.interview.unread == {"answers.trade_start": {"month": 7}}
    assert begun.interview.answers["trade_start"] == "2015-07"


def test_over_to_another_definition_goes_what_it_can_read_and_offers(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月", "是")
    begun.presses("技艺", "选好了")
    files = read(Path(__file__).parent / "small", Path(__file__).parent / "_none").files
    form = "forms/application.yaml"
    text = files[form].replace("options: [技艺, 创新]", "options: [传承, 创新]")
    text = text.replace("{kind: text, id: trade,", "{kind: date, id: trade,")
    programme = load(Source({**files, form: text}))
    over = gone_over(programme, begun.interview, begun.scene)
    assert over.digest == programme.digest
    assert over.unread == {"answers.conditions": {"技艺": ""}, "answers.trade": "焊工"}
    assert over.answers == {"route": "self", "trade_start": "2015-07", "union_member": True}
    assert gone_over(programme, over, begun.scene) == over, "what fits stays as it is"
