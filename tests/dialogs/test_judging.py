"""How doubts are told: once, where they are mended, and never as all right."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.carrying import carries, marks
from dialogs.interview import Earlier, Interview
from dialogs.profile import adopt
from dialogs.review import finished, line, summary
from dialogs.scene import Scene
from dialogs.turn import Action, Say
from dialogs.verdicts import news, overview, verdict_text
from dialogs.view import View
from forms.kinds.base import Given, Problem
from forms.programme import Programme
from tests.dialogs.test_built_in import LIBRARY, NOON, text
from tests.forms.programmes.cases import played

PHOTO = {"file": "f1", "name": "照片.jpg", "mime": "image/jpeg", "size": 90_000, "width": 620, "height": 868}


def view(programme: str, name: str, **changed: Any) -> View:
    """A case file's nominee at the time of the case, its files inspected."""
    case = played(programme, name, **changed)
    state = Interview(programme=programme, digest=case.programme.digest, answers=dict(case.answers))
    return View(case.programme, state, Scene(case.case.now, LIBRARY.offered, common=LIBRARY.common))


def named(programme: str) -> Programme:
    found = LIBRARY.named(programme)
    assert found is not None
    return found


def shown(of: View, rule: str) -> str:
    return verdict_text(of, next(each for each in of.verdicts if each.rule.id == rule))


@pytest.mark.parametrize(
    ("programme", "case", "colour", "outcome", "says"),
    [
        ("nanning-2026", "unit", "white", "met", "照片底色可以用"),
        (
            "nanning-2026",
            "unit",
            "grey",
            "verify",
            "照片要白底，这张看起来是灰色，待工作人员核实（七（三））",
        ),
        ("nanning-2026", "unit", "mixed", "verify", "看不准是什么底色"),
        ("nanning-2026", "unit", "red", "not_met", "照片不是白底，材料要换"),
        ("guilin", "self", "red", "met", "照片底色可以用"),
        ("guilin", "self", "grey", "verify", "照片要红底，这张看起来是灰色"),
        ("guilin", "self", "white", "not_met", "照片不是红底，材料要换"),
    ],
)
def test_a_photo_has_one_verdict(programme: str, case: str, colour: str, outcome: str, says: str) -> None:
    of = view(programme, case, photo={**PHOTO, "background": colour})
    assert {v.rule.id: v.outcome for v in of.verdicts}["photo_background"] == outcome
    assert says in shown(of, "photo_background")


def test_what_is_remarked_on_a_photo_is_not_said_a_second_time_by_its_verdict() -> None:
    grey = {**PHOTO, "background": "grey"}
    before, after = view("nanning-2026", "unit", photo=None), view("nanning-2026", "unit", photo=grey)
    asked = after.form.questions["photo"]
    assert any("照片要白底" in said.text for said in news(before, after))
    remarked = View(after.programme, after.interview.model_copy(update={"remarked": "photo"}), after.scene)
    assert not any("照片要白底" in said.text for said in news(before, remarked))
    # Among the answers the verdict says it, below them, and the line does not.
    assert line(after, asked).remark == ""
    assert text(summary(after)).count("灰色") == 1


def test_a_consent_still_to_be_asked_for_bars_nothing_and_stays_on_the_list() -> None:
    of = view("nanning-2026", "self", unit_consent=False)
    assert not of.barred
    assert of.facing is None
    assert of.conclusion == "material_missing"
    assert shown(of, "unit_consent") == "单位还没有同意您自己申报，报送前要办好（四（四）1）"
    assert "不符合" not in text(overview(of))
    assert "单位还没有同意您自己申报" in text(finished(of))


def test_a_consent_belongs_to_one_application() -> None:
    nanning = named("nanning-2026")
    asked = nanning.leading.questions["unit_consent"]
    assert not carries(nanning, asked, asked, True, view("nanning-2026", "self").circumstances, here=True)


def test_the_last_screen_does_not_say_print_and_seal_while_an_answer_must_be_mended() -> None:
    said = text(finished(view("nanning-2026", "unit", narrative="焊" * 2100)))
    assert "有1处答案要先改好，才能报送" in said
    assert "可以打印盖章" not in said


def adopted(old: str, case: str, new: str) -> tuple[dict[str, Any], str]:
    """What is carried from a case of one programme into another, and what is said of it."""
    before = view(old, case)
    earlier = Earlier("old", before.programme, before.interview)
    scene = Scene(NOON, LIBRARY.offered, earlier=(earlier,), common=LIBRARY.common)
    fresh = named(new)
    state = Interview(programme=new, digest=fresh.digest, answers={"route": "self"}, offering=True)
    change = adopt(View(fresh, state, scene), Action("adopt", "old"), "是")
    return dict(change.interview.answers), "\n".join(
        said.text for said in change.said if isinstance(said, Say)
    )


def test_what_depends_on_the_place_is_asked_again_and_named() -> None:
    answers, said = adopted("nanning-2026", "unit", "guilin")
    assert not {"office_name", "cultivated", "area_start", "area_pause"} & answers.keys()
    assert {"name", "employer", "work_start"} <= answers.keys()
    assert "这几项各地不一样，要重新填：是否“桂林工匠”培育对象、受理的总工会" in said


def test_the_same_place_asks_for_its_own_offices_once() -> None:
    answers, _ = adopted("nanning-2026", "unit", "nanning-2026")
    assert answers["office_name"]
    assert "cultivated" in answers


def test_a_title_of_the_place_is_weighed_by_a_mark_of_preference_alone() -> None:
    nanning, guilin = named("nanning-2026"), named("guilin")
    old, new = nanning.leading.questions["cultivated"], guilin.leading.questions["cultivated"]
    assert marks(guilin, new)
    assert not carries(guilin, old, new, True, view("guilin", "self").circumstances)


def test_what_only_holds_answers_against_each_other_asks_for_nothing_again() -> None:
    answers, _ = adopted("nanning-2026", "unit", "guilin")
    assert {"resume", "work_start", "employer", "id_number"} <= answers.keys()


def test_answers_that_agree_are_not_spoken_of() -> None:
    of = view("nanning-2026", "unit")
    assert {"young_at_work", "career_start"} <= {each.rule.id for each in of.verdicts}
    assert "对得上" not in text(overview(of))
    odd = view("nanning-2026", "unit", work_start="1990-07")
    assert "1981年9月出生，1990年7月参加工作，那时才8岁，不到16岁，待工作人员核实（附件2）" in text(
        overview(odd)
    )
    assert odd.conclusion == "review"


def test_a_break_longer_than_the_time_itself_is_refused_with_its_arithmetic() -> None:
    of = view("guilin", "self", trade_start="2016-06")
    asked = of.form.questions["trade_pause"]
    reading = of.read(asked, Given(text="12年"))
    assert isinstance(reading, Problem)
    assert "144个月太长了：2016年6月到2026年6月" in of.words(reading.message)
    assert "一共只有" in of.words(reading.message)
