"""What a receiving union writes itself, as its desk shows and asks it, without a house."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.desk import deeds
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskScene, PartBrief, SeatBrief, StatementBrief
from dialogs.desk.desk_state import Desk
from dialogs.desk.desk_turn import show, take
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Meant, Screen, Turn
from dialogs.view import View
from tests.dialogs.desk.desks import AUDITOR, CLERK, NOW, STAY, at, dossier, press, scene, types, words
from tests.forms.programmes.cases import programme

DAGUO, NANYUE = programme("daguo-jiangsu-2026"), programme("nanyue-2020")
REASON = "扎根一线十八年，攻克磨削难题"


def stated(answers: dict[str, Any] | None = None, of: Any = DAGUO, **other: Any) -> StatementBrief:
    """What stands, beside a nominee who was given a reason to hand on."""
    names = {
        "reason": "本人贴的理由",
        "contact_name": "周敏",
        "route": "city_union",
        "recommender": "佛山市总",
    }
    view = View(of, Interview(role="office", answers=answers or {}), Scene(NOW, (of,), {"nominee": (names,)}))
    return StatementBrief(view, version=4, **{"own": True, "round": 1, **other})


def there(
    page: str = "statement", seat: SeatBrief = CLERK, of: Any = DAGUO, state: str = "here", **other: Any
) -> DeskScene:
    own = View(of, Interview(programme=of.id, digest=of.digest), Scene(NOW, (of,)))
    case = dossier(statement=stated(of=of, **other), programme=of, parts=(PartBrief("nominee 1", "", own),))
    return scene(page, seat, dossier=replace(case, stay=replace(STAY, state=state)))


def desk(page: str = "statement", about: str = "", **other: Any) -> Desk:
    return at(page, about=about, stated=4, **other)


def shown(page: str, about: str = "", seat: SeatBrief = CLERK, **other: Any) -> Screen:
    return show(desk(page, about), there(page, seat, **other))


def says(text: str, about: str, whole: bool = False, **other: Any) -> DeskChange:
    return take(
        desk("stating", about),
        Turn("", "1", text=text, whole=whole, answers=Meant(about) if whole else None),
        there("stating", **other),
    )


def labels(screen: Screen) -> list[str]:
    return [each.label for each in screen.all_buttons()]


def test_what_lacks_stands_at_the_case_and_is_its_first_way_on() -> None:
    screen = show(at("case"), there("case"))
    assert "推荐单位填写的内容还差：推荐理由（150字以内，推荐单位填写）" in words(screen)
    first = next(each for each in screen.buttons if each.style == "primary")
    assert first.label == "去写推荐理由"


def test_once_it_is_written_the_case_only_leads_to_it() -> None:
    screen = show(at("case"), there("case", answers={"office_reason": REASON}))
    assert "还差：推荐理由" not in words(screen)
    assert "看推荐单位填写的内容" in labels(screen)


def test_what_the_nominee_has_is_shown_beside_what_stands() -> None:
    screen = shown("statement", answers={"office_reason": REASON})
    assert f"推荐理由（150字以内，推荐单位填写）：{REASON}" in words(screen)
    assert "本人填的推荐理由（150字以内，推荐单位填写）：本人贴的理由" in words(screen)


def test_the_question_has_its_limit_its_field_and_its_live_count() -> None:
    screen = shown("stating", "office_reason")
    assert "不超过 150 字" in words(screen)
    assert screen.asks
    assert screen.asks.writing
    assert (screen.asks.writing.least, screen.asks.writing.most) == (0, 150)


@pytest.mark.parametrize("whole", [True, False])
def test_an_answer_is_written_at_the_version_that_was_shown(whole: bool) -> None:
    change = says(REASON, "office_reason", whole)
    assert change.deeds == (deeds.Stated(STAY.id, 4, {"office_reason": REASON}),)
    assert (change.desk.page, change.desk.about) == ("stating", "office_contact")


def test_too_long_a_text_is_written_and_asked_again() -> None:
    change = says("长" * 151, "office_reason")
    assert change.deeds == (deeds.Stated(STAY.id, 4, {"office_reason": "长" * 151}),)
    assert (change.desk.page, change.desk.about) == ("stating", "office_reason")
    screen = shown("stating", "office_reason", answers={"office_reason": "长" * 151})
    assert "超" in words(screen)
    assert stated({"office_reason": "长" * 151}).lacking


def test_what_fits_is_taken_over_at_once_for_all_or_for_one() -> None:
    one = press(
        shown("stating", "office_reason"),
        "用本人填的这个",
        desk("stating", "office_reason"),
        there("stating"),
    )
    assert one.deeds == (deeds.Stated(STAY.id, 4, {"office_reason": "本人贴的理由"}),)
    every = press(shown("statement"), "用本人填好的", desk(), there())
    assert every.deeds == (
        deeds.Stated(STAY.id, 4, {"office_reason": "本人贴的理由", "office_contact": "周敏"}),
    )


def test_what_does_not_fit_is_shown_and_not_taken_over() -> None:
    long = stated().view.scene.parts["nominee"][0] | {"reason": "长" * 151}
    brief = stated()
    view = View(DAGUO, brief.view.interview, Scene(NOW, (DAGUO,), {"nominee": (long,)}))
    case = replace(dossier(statement=replace(brief, view=view)), programme=DAGUO)
    screen = show(desk("stating", "office_reason"), scene("stating", dossier=case))
    assert "长" * 151 in words(screen)
    assert "用本人填的这个" not in labels(screen)


def test_what_may_be_left_out_is_passed_by_and_cleared() -> None:
    change = press(
        shown("stating", "office_contact", answers={"office_reason": REASON}),
        "跳过",
        desk("stating", "office_contact"),
        there("stating", answers={"office_reason": REASON}),
    )
    assert (change.desk.page, change.deeds) == ("statement", ())
    answers = {"office_reason": REASON, "office_contact": "王芳"}
    cleared = press(
        shown("stating", "office_contact", answers=answers),
        "清空，不写了",
        desk("stating", "office_contact"),
        there("stating", answers=answers),
    )
    assert cleared.deeds == (deeds.Stated(STAY.id, 4, {"office_reason": REASON}),)


@pytest.mark.parametrize("typed", ["定下来了", "定了", "是的", "就推荐这位"])
def test_a_yes_is_typed_as_people_type_it(typed: str) -> None:
    change = says(typed, "office_quota", of=NANYUE, answers={"office_name": "佛山市总工会"})
    assert change.deeds == (deeds.Stated(STAY.id, 4, {"office_name": "佛山市总工会", "office_quota": True}),)


def test_what_goes_round_an_answer_is_asked_back() -> None:
    change = says("应该是佛山市总工会吧", "office_name", of=NANYUE)
    if change.desk.sent:  # a kind that reads within sentences
        screen = show(change.desk, there("stating", of=NANYUE))
        sure = press(screen, "对的", change.desk, there("stating", of=NANYUE))
        assert sure.deeds == (deeds.Stated(STAY.id, 4, {"office_name": change.desk.sent}),)
    else:
        assert change.deeds


@pytest.mark.parametrize(
    ("seat", "state", "own"), [(AUDITOR, "here", True), (CLERK, "passed", True), (CLERK, "here", False)]
)
def test_whoever_may_not_write_reads_and_is_asked_nothing(seat: SeatBrief, state: str, own: bool) -> None:
    answers = {"office_reason": REASON}
    screen = shown("stating", "office_reason", seat, state=state, own=own, answers=answers)
    assert REASON in words(screen)
    assert screen.asks is None
    assert labels(screen) == ["回到这一件"]
    wrote = take(
        desk("stating", "office_reason"),
        Turn("", "1", text="别的"),
        there("stating", seat, state=state, own=own, answers=answers),
    )
    assert wrote.deeds == (deeds.PutDown(STAY.id),)  # it was searched for


def test_passing_on_without_it_is_a_press_of_its_own() -> None:
    screen = shown("passing")
    assert "先写推荐理由，再上报南宁市总工会" in words(screen)
    assert [each.label for each in screen.buttons if each.style == "primary"] == ["去写推荐理由"]
    asked = press(screen, "不写，照样上报", desk("passing"), there("passing"))
    assert asked.deeds == ()
    again = show(asked.desk, there("passing"))
    assert "您这里和南宁市总工会都不能再写了" in words(again)
    assert [each.label for each in again.buttons] == ["去写推荐理由", "确定不写，上报", "回到这一件"]
    change = press(again, "确定不写，上报", asked.desk, there("passing"))
    assert change.deeds == (deeds.PassedUp(STAY.id, STAY.version, without=True),)
    written = shown("passing", answers={"office_reason": REASON})
    assert "上报" in labels(written)
    assert "不写，照样上报" not in labels(written)


@pytest.mark.parametrize("typed", ["上报", "确定上报", "好的"])
def test_a_word_typed_there_passes_nothing_on(typed: str) -> None:
    assert types(typed, desk("passing"), there("passing")).deeds == (deeds.PutDown(STAY.id),)


def test_accepting_tells_it_and_lets_it_be() -> None:
    screen = shown("accepting")
    assert "推荐单位填写的内容还差" in words(screen)
    assert "还是受理" in labels(screen)


def test_a_change_is_taken_back_where_it_was_made() -> None:
    change = press(
        shown("statement", answers={"office_reason": REASON}, undoable=True),
        "撤销刚才的修改",
        desk(),
        there(answers={"office_reason": REASON}, undoable=True),
    )
    assert change.deeds == (deeds.Stated(STAY.id, 4, None),)


def test_an_old_screen_writes_nothing() -> None:
    screen = shown("statement")
    token = next(token for token, each in screen.tokens().items() if "用本人填好的" in each.label)
    change = take(desk(revision=8), Turn("", "1", choice=token), there())
    assert change.deeds == ()


def test_a_programme_without_one_has_no_way_to_it() -> None:
    screen = show(at("case"), scene("case"))
    assert not [each for each in labels(screen) if "推荐单位" in each]
