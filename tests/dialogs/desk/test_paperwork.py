"""Paper in hand: ticked one by one, with what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.desk import deeds
from dialogs.turn import Screen, Table
from forms.in_hand import InHand
from tests.dialogs.desk.desks import AUDITOR, NOW, STAY, at, dossier, press, scene, screen, types, words


def table(shown: Screen) -> Table:
    return next(part for part in shown.parts if isinstance(part, Table))


def test_every_paper_that_is_due_is_told_with_its_clause() -> None:
    row, _ = table(screen("papers")).rows
    assert row.cells == ("申请表", "还没收到", "3", "原件（七）")
    assert "纸质还差2样" in words(screen("papers"))


def test_all_that_has_come_is_ticked_with_one_press() -> None:
    change = press(screen("papers"), "都收到了（2样）", at("papers"), scene("papers"))
    assert change.deeds == (deeds.Ticked(STAY.id, "form"), deeds.Ticked(STAY.id, "proofs"))


def test_one_paper_is_ticked_by_its_row() -> None:
    desk = press(screen("papers"), "申请表", at("papers"), scene("papers")).desk
    assert (desk.page, desk.about) == ("paper", "form")
    change = press(screen("paper", desk=desk), "收到了", desk, scene("paper"))
    assert change.deeds == (deeds.Ticked(STAY.id, "form"),)


def test_a_paper_may_come_a_copy_at_a_time() -> None:
    here = at("paper", about="form")
    change = press(screen("paper", desk=here), "只收到2份", here, scene("paper"))
    assert change.deeds == (deeds.Ticked(STAY.id, "form", "", 2),)
    form, proofs = dossier().papers
    got = InHand("form", 2, "缺签名", "c" * 32, NOW)
    case = replace(dossier(), papers=(replace(form, got=got, by="韦经办"), proofs))
    assert table(screen("papers", dossier=case)).rows[0].cells[1].endswith("，还差1份，但缺签名")
    shown = screen("paper", desk=here, dossier=case)
    assert "只收到2份" not in [each.label for each in shown.buttons]
    fewer = press(shown, "只收到1份", here, scene("paper", dossier=case))
    assert fewer.deeds == (deeds.Ticked(STAY.id, "form", "缺签名", 1),)
    whole = press(shown, "补齐了", here, scene("paper", dossier=case))
    assert whole.deeds == (deeds.Ticked(STAY.id, "form"),)


def test_whoever_only_reads_sees_the_paper_and_ticks_none() -> None:
    shown = screen("papers", AUDITOR)
    assert [row.opens for row in table(shown).rows] == [None, None]
    assert [each.label for each in shown.buttons] == ["回到这一件"]


def test_a_paper_that_is_no_longer_due_is_told() -> None:
    assert "不用交这样材料" in words(screen("paper", desk=at("paper", about="gone")))


def test_what_lacks_is_pressed_or_typed() -> None:
    here = at("paper", about="form")
    desk = press(screen("paper", desk=here), "收到了，但有缺", here, scene("paper")).desk
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
    assert table(shown).rows[0].cells[1].endswith("收到，韦经办，但缺公章")
    assert "都收到了" not in "".join(each.label for each in shown.buttons)
    here = at("paper", about="form")
    assert "补齐了" in [each.label for each in screen("paper", desk=here, dossier=case).buttons]
    mended = replace(case, papers=(replace(form, got=replace(got, lacks=""), by="韦经办"), case.papers[1]))
    shown = screen("papers", dossier=mended)
    assert "纸质都齐了" in words(shown)
    shown = screen("paper", desk=here, dossier=mended)
    change = press(shown, "原件退回本人了", here, scene("paper", dossier=mended))
    assert change.deeds == (deeds.GivenBack(STAY.id, "form"),)
