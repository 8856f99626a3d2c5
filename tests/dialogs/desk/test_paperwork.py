"""Paper in hand: ticked one by one, with what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.desk import deeds
from forms.in_hand import InHand
from tests.dialogs.desk.desks import NOW, STAY, at, dossier, press, scene, screen, types, words


def test_every_paper_that_is_due_is_told_with_its_clause() -> None:
    assert "申请表 3份 原件（七）：还没收到" in words(screen("papers"))
    assert "纸质还差2样" in words(screen("papers"))


def test_a_paper_is_ticked_with_one_press() -> None:
    change = press(screen("papers"), "收到：申请表", at("papers"), scene("papers"))
    assert change.deeds == (deeds.Ticked(STAY.id, "form"),)


def test_what_lacks_is_pressed_or_typed() -> None:
    change = press(screen("papers"), "收到但有缺：申请表", at("papers"), scene("papers"))
    desk = change.desk
    assert (desk.page, desk.about) == ("lacking", "form")
    pressed = press(screen("lacking", desk=desk), "缺公章", desk, scene("lacking"))
    assert pressed.deeds == (deeds.Ticked(STAY.id, "form", "缺公章"),)
    assert types("第2页没盖骑缝章", desk, scene("lacking")).deeds == (
        deeds.Ticked(STAY.id, "form", "第2页没盖骑缝章"),
    )


def test_paper_with_a_lack_is_not_complete_and_originals_go_back() -> None:
    whole = dossier()
    got = InHand("form", 3, "缺公章", "c" * 32, NOW)
    form, proofs = whole.papers
    case = replace(
        whole,
        papers=(replace(form, got=got, by="韦经办"), replace(proofs, got=InHand("proofs", 3, "", "", NOW))),
    )
    shown = screen("papers", dossier=case)
    assert "还差缺公章" in words(shown)
    assert "补齐了：申请表" in "".join(each.label for each in shown.buttons)
    mended = replace(case, papers=(replace(form, got=replace(got, lacks=""), by="韦经办"), case.papers[1]))
    shown = screen("papers", dossier=mended)
    assert "纸质都齐了" in words(shown)
    change = press(shown, "原件退回本人了：申请表", at("papers"), scene("papers", dossier=mended))
    assert change.deeds == (deeds.GivenBack(STAY.id, "form"),)
