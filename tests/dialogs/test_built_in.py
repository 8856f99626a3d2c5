"""What the engine makes of the programmes that come with the house, where the data alone does not show it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.carrying import weighs
from dialogs.interview import Interview
from dialogs.review import finished
from dialogs.scene import Scene
from dialogs.turn import Say
from dialogs.view import View
from forms.casefile import read_case
from forms.library import BUILT_IN
from tests.built_in import built_in

LIBRARY = built_in()
NOON = datetime(2026, 3, 5, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def view(programme: str, case: str, locale: str = "zh", **changed: Any) -> View:
    """A case file's nominee; an answer changed to None is taken out."""
    path = BUILT_IN / programme / "cases" / f"{case}.yaml"
    answers = {**read_case(str(path), path.read_text("utf-8")).answers, **changed}
    given = {name: value for name, value in answers.items() if value is not None}
    chosen = LIBRARY.named(programme)
    assert chosen is not None
    state = Interview(programme=programme, digest=chosen.digest, answers=given, locale=locale)
    return View(chosen, state, Scene(NOON, LIBRARY.offered, common=LIBRARY.common))


def text(screen: Any) -> str:
    return "\n".join(part.text for part in screen.parts if isinstance(part, Say))


@pytest.mark.parametrize(
    ("programme", "case"), [("liuzhou-2025", "world-sixth"), ("guilin", "excellence-below")]
)
def test_a_place_short_of_its_line_offers_to_change_conditions_contest_and_place(
    programme: str, case: str
) -> None:
    short = view(programme, case)
    verdict = next(each for each in short.verdicts if each.rule.id == "excellence_threshold")
    offered = [question.id for question in short.questions_of(verdict)]
    assert offered[:3] == ["conditions", "contest_kind", "contest_place"]


@pytest.mark.parametrize("programme", ["liuzhou-2025", "guilin"])
def test_what_decides_a_rule_through_a_derived_text_is_weighed(programme: str) -> None:
    chosen = LIBRARY.named(programme)
    assert chosen is not None
    questions = chosen.form("nominee").questions
    assert all(weighs(chosen, questions[name]) for name in ("conditions", "skill_titles", "contest_place"))
    assert not weighs(chosen, questions["native_place"])


@pytest.mark.parametrize(
    ("programme", "case", "changed", "there"),
    [
        ("liuzhou-2025", "unit-county", {}, "交到：柳州市柳南区总工会。纸质材料和电子版都交给它"),
        ("liuzhou-2025", "unit-city", {}, "交到：市认定工作领导小组办公室（柳州市总工会），电子版发到"),
        ("liuzhou-2025", "self", {}, "交到：市认定工作领导小组办公室（柳州市总工会），电子版发到"),
        ("guilin", "self", {}, "交到：桂林市七星区总工会"),
        ("guilin", "self", {"office_name": None}, "交到：您工作所在地的县（市、区）总工会"),
    ],
)
def test_the_last_screen_says_where_this_very_case_goes(
    programme: str, case: str, changed: dict[str, Any], there: str
) -> None:
    assert there in text(finished(view(programme, case, **changed)))


def test_where_a_case_goes_is_said_in_the_persons_language() -> None:
    assert "柳州市柳南区总工会. It takes both" in text(finished(view("liuzhou-2025", "unit-county", "en")))
