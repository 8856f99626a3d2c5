"""Symbol fonts' places, and that every print has what they become."""

from __future__ import annotations

import pytest

from forms.printing.faces import Faces
from forms.symbols import is_symbolic, spelled

FONTS = ("Symbol", "Wingdings", "Wingdings 2", "Wingdings 3", "Webdings")


@pytest.mark.parametrize("font", FONTS)
def test_what_a_symbol_becomes_can_be_printed(font: str) -> None:
    shown = "".join(spelled(font, place) or "" for place in range(0x20, 0x100))
    assert len(shown) > 5
    assert Faces.load().missing(shown) == ()


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (0x20, " "),
        (0x44, "Δ"),
        (0x57, "Ω"),
        (0x6D, "μ"),
        (0x71, "θ"),
        (0xB0, "°"),
        (0xB7, "•"),
        (0xD0, "∠"),
        (0xD6, "√"),
        (0xDE, "⇒"),
        (0xE5, "∑"),
        (0xF2, "∫"),
    ],
)
def test_places_of_the_symbol_font(place: int, shown: str) -> None:
    assert spelled("Symbol", place) == spelled("Symbol", 0xF000 + place) == shown


@pytest.mark.parametrize(
    ("font", "place"), [("Symbol", 0xE6), ("GDT", 0xF06A), ("", 0xF0FC), ("Wingdings", 0x2A), ("宋体", 0x5)]
)
def test_what_is_not_known_is_told_so(font: str, place: int) -> None:
    assert spelled(font, place) is None


def test_an_ordinary_font_has_no_places_of_its_own() -> None:
    assert not is_symbolic("宋体") and not is_symbolic(None)
    assert spelled("宋体", ord("焊")) == "焊"
