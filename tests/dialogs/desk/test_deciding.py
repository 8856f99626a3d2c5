"""Decisions: what is still open is said before, a refusal names its clause, what is settled has a reason."""

from __future__ import annotations

from dataclasses import replace

from dialogs.desk import deeds
from dialogs.desk.desk_scene import RemarkBrief
from dialogs.view import View
from tests.dialogs.desk.desks import CLERK, NOW, STAY, at, dossier, press, scene, screen, types, words

OPEN = RemarkBrief("r" * 32, "nominee 1", "trade", "wrong", "写全称", "韦经办", 1, NOW, None)


def test_what_is_still_open_is_told_before_a_case_is_accepted() -> None:
    shown = screen("accepting", dossier=dossier(remarks=(OPEN,)))
    assert "退回去的还有1条没有改" in words(shown)
    assert "纸质还差：申请表、证书复印件" in words(shown)
    assert "还是受理" in shown.buttons[0].label


def test_passing_on_names_the_office_above() -> None:
    shown = screen("passing")
    assert "上报南宁市总工会" in words(shown)
    change = press(shown, "上报", at("passing"), scene("passing"))
    assert change.deeds == (deeds.PassedUp(STAY.id, STAY.version),)


def test_an_office_with_none_above_does_not_pass_on() -> None:
    top = replace(CLERK, above="")
    assert not any(each.action.verb == "passing" for each in screen("case", top).buttons)


def test_a_refusal_names_a_clause_of_the_notice_and_a_reason() -> None:
    change = press(screen("refusing"), "满10年", at("refusing"), scene("refusing"))
    assert change.desk.about
    again = types("档案里只有八年", change.desk, scene("refusing"))
    assert not again.deeds, "it is read once more first"
    shown = screen("refusing", desk=again.desk)
    assert "档案里只有八年" in words(shown)
    (deed,) = press(shown, "确定不予受理", again.desk, scene("refusing")).deeds
    assert deed == deeds.Refused(STAY.id, STAY.version, change.desk.about, "档案里只有八年")


def test_what_is_typed_before_a_clause_is_chosen_refuses_nothing() -> None:
    change = types("不行", at("refusing"), scene("refusing"))
    assert not change.deeds
    assert (change.desk.page, "先点" in change.said[0].text) == ("refusing", True)


def test_a_reason_that_is_too_long_settles_nothing() -> None:
    change = types("长" * 301, at("settling", about="years", sort="met"), scene("settling"))
    assert not change.deeds
    assert "301个字" in change.said[0].text


def test_settling_wants_a_reason_in_words() -> None:
    change = types("看过劳动合同", at("settling", about="years", sort="not_met"), scene("settling"))
    assert change.deeds == (deeds.Settled(STAY.id, "years", "not_met", "看过劳动合同"),)
    early = types("看过劳动合同", at("settling"), scene("settling"))
    assert not any(isinstance(each, deeds.Settled) for each in early.deeds)


def test_a_condition_that_still_waits_for_answers_is_told_before_a_case_is_accepted() -> None:
    case = dossier()
    (part,) = case.parts
    fewer = {name: value for name, value in part.view.interview.answers.items() if name != "union_member"}
    view = View(
        part.view.programme, part.view.interview.model_copy(update={"answers": fewer}), part.view.scene
    )
    shown = screen("accepting", dossier=replace(case, parts=(replace(part, view=view),)))
    assert "条还定不了，缺答案：" in words(shown)
    assert "工会会员" in words(shown)
