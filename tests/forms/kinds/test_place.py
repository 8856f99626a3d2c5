import pytest

from .speaking import answer, checked, question, refusal


@pytest.mark.parametrize("said", ["广西武鸣", "广西 武鸣", "广西·武鸣"])
def test_a_place_is_kept_without_blanks(said: str) -> None:
    assert answer(question("place"), said) == "广西武鸣"


def test_a_place_in_full_stays_in_full() -> None:
    assert answer(question("place"), "广西壮族自治区南宁市武鸣区") == "广西壮族自治区南宁市武鸣区"


def test_a_municipality_is_enough() -> None:
    assert answer(question("place"), "北京") == "北京"


def test_a_province_alone_is_asked_back() -> None:
    assert checked(question("place"), "湖南省")[0] == "湖南省"


@pytest.mark.parametrize("said", ["Guangxi", "530031", "桂", "广西武鸣" * 10])
def test_what_is_no_place_is_refused_with_an_example(said: str) -> None:
    assert "广西武鸣" in refusal(question("place"), said)
