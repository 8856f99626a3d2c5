"""What prints, and in which face."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from forms.printing import faces
from forms.printing.faces import Faces
from forms.radicals import unified


@pytest.fixture(scope="module")
def installed() -> Faces:
    return Faces.load()


def test_everything_an_office_may_write_prints(installed: Faces) -> None:
    gb2312 = "".join(
        bytes((row, cell)).decode("gb2312", errors="ignore")
        for row in range(0xA1, 0xF8)
        for cell in range(0xA1, 0xFF)
    )
    assert installed.missing(gb2312) == ()
    assert installed.missing(" ~0aZ　·—…“”‘’（）《》①Ⅲ㎡²³µ℃‰ΦΩαβ×÷±≤≥→é\n") == ()


def test_subscripts_and_superscripts_print(installed: Faces) -> None:
    assert installed.missing("CO₂ H₂SO₄ 10⁻³ m·s⁻¹ m² mm³ 10⁸ xₙ₊₁ Rₘ ⁺⁻⁼⁽⁾") == ()


@pytest.mark.parametrize(
    "text", ["CO₂", "Fe₂O₃", "m⁻¹", "10⁻⁸", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₘₙ", "⅓½⌀☐☑✕‱●■◆▶▪•√"]
)
@pytest.mark.parametrize("family", faces.FAMILIES[:4])
def test_small_figures_and_signs_of_a_trade_print_in_every_face_of_texts(
    installed: Faces, family: str, text: str
) -> None:
    assert installed.missing(text) == ()
    assert installed.face_for(text, family) == f'"{family}"'


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(0x4E00, 0x9FFF, id="unified"),
        pytest.param(0x3400, 0x4DBF, id="A"),
        pytest.param(0x20000, 0x2A6DF, id="B"),
        pytest.param(0x2A700, 0x2B734, id="C"),
        pytest.param(0x2B740, 0x2B81D, id="D"),
        pytest.param(0x2B820, 0x2CEA1, id="E"),
        pytest.param(0x2CEB0, 0x2EBE0, id="F"),
    ],
)
def test_rare_characters_of_names_print(installed: Faces, first: int, last: int) -> None:
    assert installed.missing("".join(map(chr, range(first, last + 1)))) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("张\ue81e三", ("\ue81e",), id="private use"),
        pytest.param("\U000f0000\U00100000", ("\U000f0000", "\U00100000"), id="private planes"),
        pytest.param("好😀👍🏽", ("😀", "👍", "🏽"), id="emoji"),
        pytest.param("a\x00b\x1b\t\x7f\x85", ("\x00", "\x1b", "\t", "\x7f", "\x85"), id="controls"),
        pytest.param("\u200b\u202e\ufeff\u2028", ("\u200b", "\u202e", "\ufeff", "\u2028"), id="invisible"),
        pytest.param("\ud800", ("\ud800",), id="surrogate"),
        pytest.param("\uf9dc\U0002f80c", ("\uf9dc", "\U0002f80c"), id="compatibility ideographs"),
        pytest.param("김", ("김",), id="hangul"),
        pytest.param("\U0010ffff", ("\U0010ffff",), id="last"),
        pytest.param("乙\ue000甲\ue000", ("\ue000",), id="each once"),
        pytest.param("", (), id="empty"),
    ],
)
def test_what_cannot_print_is_named(installed: Faces, text: str, missing: tuple[str, ...]) -> None:
    assert installed.missing(text) == missing


def test_the_twelve_unified_ideographs_among_them_print(installed: Faces) -> None:
    assert installed.missing("﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩") == ()


def test_a_variation_selector_follows_its_character(installed: Faces) -> None:
    assert installed.missing("葛\U000e0100\ufe0f") == ()
    assert installed.face_for("葛\U000e0100") == installed.face_for("葛")


@pytest.mark.parametrize(
    ("text", "face"),
    [
        ("陆建华", '"JJ FangSong"'),
        ("直径12 m²，厚3㎜", '"JJ FangSong"'),
        ("王䶮", '"JJ Rare A"'),
        ("陈𬍛", '"JJ Rare A"'),
        ("李喆堃", '"JJ Rare A"'),
        ("赵𪻐", '"JJ Rare B"'),
        ("钱\U00020023", '"JJ Rare C"'),
        ("", '"JJ FangSong"'),
    ],
)
def test_a_name_is_set_in_one_face(installed: Faces, text: str, face: str) -> None:
    assert installed.face_for(text) == face


def test_the_preferred_face_is_kept_while_it_can(installed: Faces) -> None:
    assert installed.face_for("陆建华", "JJ Hei") == '"JJ Hei"'
    assert installed.face_for("陈𬍛", "JJ Hei") == '"JJ Rare A"'
    with pytest.raises(KeyError):
        installed.face_for("陆", "Arial")


def test_prose_keeps_its_face_and_adds_only_what_is_needed(installed: Faces) -> None:
    assert installed.stack_for("他叫陆建华。\n") == '"JJ FangSong"'
    assert installed.stack_for("她叫陈𬍛，他叫赵𪻐。") == '"JJ FangSong", "JJ Rare A", "JJ Rare B"'
    apart = "𪻐\U00020023"  # no single face has both
    assert installed.face_for(apart) == installed.stack_for(apart)


def test_the_table_says_what_the_fonts_hold(installed: Faces) -> None:
    for family in faces.FAMILIES:
        file = next(faces.directory().glob(f"{family.replace(' ', '')}.?tf"))
        with TTFont(file, lazy=True) as font:
            points = font.getBestCmap()
        assert all(f'"{family}"' == installed.face_for(chr(point), family) for point in points), family


def test_what_signs_are_replaced_with_prints(installed: Faces) -> None:
    for code in (*range(0xF000, 0xF100), *range(0x2700, 0x27C0), *range(0x2F00, 0x2FD6)):
        meant = unified(chr(code))
        assert meant == chr(code) or installed.missing(meant) == ()


def test_the_table_that_is_shipped_promises_nothing_that_the_fonts_do_not_draw(
    installed: Faces, tmp_path: Path
) -> None:
    shipped = Faces.load(tmp_path)
    every = "".join(map(chr, range(0x110000)))
    promised = set(every) - set(shipped.missing(every))
    drawn = set(every) - set(installed.missing(every))
    assert promised <= drawn
    assert len(promised) > 0.99 * len(drawn)  # another edition of the fonts may draw a little more
    for family in faces.FAMILIES[:4]:
        of_one_face = (char for char in promised if shipped.face_for(char, family) == f'"{family}"')
        assert all(installed.face_for(char, family) == f'"{family}"' for char in of_one_face)
