"""What keyboards make of one sign is read as that sign."""

from __future__ import annotations

from forms.characters import folded, simplified, suggestion


def test_full_width_letters_and_figures_are_plain_ones() -> None:
    assert folded("　ＡＢ－１２３ ") == "AB-123"


def test_a_compatibility_ideograph_has_a_suggestion() -> None:
    assert suggestion("\uf9dc") == "隆"
    assert suggestion("\U0002f80c") == "㒞"
    assert suggestion("隆") is None
    assert suggestion("\ue81e") is None


def test_traditional_characters_are_compared_as_simplified_ones_one_for_one() -> None:
    assert simplified("廣西壯族自治區總工會專業技術") == "广西壮族自治区总工会专业技术"
    assert simplified("plain") == "plain"
