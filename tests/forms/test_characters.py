"""What keyboards make of one sign is read as that sign."""

from __future__ import annotations

from forms.characters import folded, suggestion


def test_full_width_letters_and_figures_are_plain_ones() -> None:
    assert folded("　ＡＢ－１２３ ") == "AB-123"


def test_a_compatibility_ideograph_has_a_suggestion() -> None:
    assert suggestion("\uf9dc") == "隆"
    assert suggestion("\U0002f80c") == "㒞"
    assert suggestion("隆") is None
    assert suggestion("\ue81e") is None
