"""The letters of experts: their own words, their sheets, and who may see what stands in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.forms.programmes.cases import Played, played, text_of

PROGRAMMES = ("nanning-2026", "guilin", "liuzhou-2025")


def with_letters(case: Played, *letters: str) -> Played:
    rows: list[dict[str, Any]] = [
        {**row, "expert_letter": letter} for row, letter in zip(case.experts, letters, strict=True)
    ]
    return replace(case, experts=rows)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_letters_that_were_copied_go_to_the_staff(name: str) -> None:
    case = played(name, "experts")
    assert case.verdicts["letters_alike"] == "met"
    letter = str(case.experts[0]["expert_letter"])
    copied = with_letters(case, letter, letter.replace("我", "本人"))
    assert copied.verdicts["letters_alike"] == "verify"
    assert copied.verdicts["experts"] == "met"
    assert copied.conclusion == "review"


@pytest.mark.parametrize("name", PROGRAMMES)
def test_nobody_is_told_of_letters_that_are_not_in_or_not_wanted(name: str) -> None:
    assert "letters_alike" not in played(name, "self").verdicts
    assert "letters_alike" not in played(name, "experts-awaited").verdicts


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_nominees_list_of_papers_names_the_experts_without_their_phones(name: str) -> None:
    case = played(name, "experts")
    office, own = (text_of(case.printed("cover", reader=reader)) for reader in ("office", "nominee"))
    for expert in case.experts:
        assert str(expert["expert_name"]) in own
        assert str(expert["expert_phone"]) in office
        assert str(expert["expert_phone"]) not in own
        assert str(expert["expert_id_number"]) not in own


@pytest.mark.parametrize("name", PROGRAMMES)
def test_letters_and_what_goes_with_them_are_not_for_the_nominee(name: str) -> None:
    documents = {each.id: each.readers for each in played(name, "experts").programme.documents}
    assert documents["letter"] == ("expert", "office")
    assert documents.get("expert_certificates", ("expert", "office")) == ("expert", "office")
    assert all("nominee" in readers for document, readers in documents.items() if "expert" not in readers)


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_third_expert_prints_the_sheet_with_their_half_alone(name: str) -> None:
    case = played(name, "experts")
    third = replace(case, experts=[{}, {}, case.experts[1]]).printed("letter")
    assert third.pages == 1
    shown = text_of(third)
    assert "三" in shown and "四" in shown and str(case.experts[1]["expert_name"]) in shown
    assert replace(case, experts=[]).printed("letter").pages == 1, "an empty one can be filled in by hand"
    second = text_of(replace(case, experts=[{}, case.experts[1]]).printed("letter"))
    assert "二" in second and str(case.experts[0]["expert_name"]) not in second
