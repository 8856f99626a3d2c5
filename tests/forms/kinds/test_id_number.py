from datetime import date

import pytest

from forms.kinds.id_number import check_character, fault, veiled, written_in

from .speaking import TODAY, checked, question, refusal


def number(first_seventeen: str) -> str:
    return first_seventeen + check_character(first_seventeen)


def test_a_number_is_told_back_masked_with_what_follows_from_it() -> None:
    value, words = checked(question("id-number"), "450122198409129963")
    assert value == "450122198409129963"
    assert words == "身份证号 4501**********9963：女，1984年9月12日出生。对吗？"


@pytest.mark.parametrize(
    "said", ["４５０１２２１９８４０９１２９９６３", "450122 19840912 9963", "身份证号：450122198409129963"]
)
def test_blanks_and_full_width_digits_do_no_harm(said: str) -> None:
    assert checked(question("id-number"), said)[0] == "450122198409129963"


def test_sex_and_birth_are_derived() -> None:
    asked = question("id-number")
    assert asked.derive("450122198409129963") == {"sex": "女", "birth": "1984-09-12"}
    assert asked.derive("450124199603219978") == {"sex": "男", "birth": "1996-03-21"}
    assert asked.derives == ("sex", "birth")
    assert asked.show("450122198409129963") == "4501**********9963"


@pytest.mark.parametrize(
    ("wrong", "kind", "words"),
    [
        ("45010319900307998?", "format", "18 位"),
        ("450122198409129960", "checksum", "最后一位对不上"),
        ("450103199002309976", "birthdate", "不是真实的日期"),
        ("450103203001019976", "future", "还没有到"),
        ("990103199003079979", "province", "地区代码"),
        ("450122840912996", "fifteen", "18 位"),
        ("45012219840912996", "format", "您发了 17 位"),
        ("099103199003079979", "province", "地区代码"),
        ("450103179001019976", "birthdate", "不是真实的日期"),
        ("我不记得了", "format", "18 位"),
        ("450122S98409129963", "format", "第 7 位不是数字：S"),
        ("45012219840912996S", "format", "第 18 位不是数字：S"),
        ("4501X2198409129963", "format", "第 5 位不是数字：X"),
    ],
)
def test_each_fault_has_its_own_sentence(wrong: str, kind: str, words: str) -> None:
    assert fault(wrong, TODAY) == kind
    assert words in refusal(question("id-number"), wrong)


def test_a_final_x_may_be_small() -> None:
    with_x = next(
        n for n in (number(f"45012219840912{serial:03}") for serial in range(100)) if n.endswith("X")
    )
    assert checked(question("id-number"), with_x.lower())[0] == with_x


@pytest.mark.parametrize("said", ["45O1221984O9129963", "45o122l984O9129963", "450122198409I29963"])
def test_a_letter_that_looks_like_a_figure_is_proven_by_the_check_digit(said: str) -> None:
    assert checked(question("id-number"), said)[0] == "450122198409129963"


@pytest.mark.parametrize("last", ["x", "×", "Х", "х", "✕", "*"])
def test_the_last_character_may_look_like_an_x(last: str) -> None:
    with_x = next(
        n for n in (number(f"45012219840912{serial:03}") for serial in range(100)) if n.endswith("X")
    )
    assert checked(question("id-number"), with_x[:-1] + last)[0] == with_x


@pytest.mark.parametrize("first", ["810000", "820000", "830000"])
def test_residents_from_hong_kong_macao_and_taiwan_have_numbers_too(first: str) -> None:
    assert fault(number(f"{first}19900307997"), TODAY) is None


def test_a_foreign_permanent_resident_names_province_and_country() -> None:
    assert fault(number("94584019900307997"), TODAY) is None
    assert fault(number("98184019900307997"), TODAY) == "province"


def test_a_child_born_today_has_a_number_and_one_born_tomorrow_has_none() -> None:
    born = number("45010320260615997")
    assert fault(born, date(2026, 6, 15)) is None
    assert fault(born, date(2026, 6, 14)) == "future"


def test_an_unknown_county_is_no_fault() -> None:
    assert fault(number("45999919900307997"), TODAY) is None


@pytest.mark.parametrize(
    "said",
    [
        "四五零一二二一九八四零九一二九九六三",
        "四五洞一二二 一九八四 洞九幺两 九九六三",
        "450122一九八四零九幺二9963",
        "我的身份证号码是四五〇一二二，一九八四〇九一二，九九六三。",
        "肆伍零壹贰贰壹玖捌肆零玖壹贰玖玖陆叁",
        "450122一19840912一9963",
    ],
)
def test_a_number_may_be_recited_in_chinese(said: str) -> None:
    assert checked(question("id-number"), said)[0] == "450122198409129963"


@pytest.mark.parametrize("last", ["叉", "艾克斯", "大写的X", "埃克斯。"])
def test_the_last_character_may_be_said_as_it_sounds(last: str) -> None:
    with_x = next(
        n for n in (number(f"45012219840912{serial:03}") for serial in range(100)) if n.endswith("X")
    )
    recited = with_x[:-1].translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    assert checked(question("id-number"), recited + last)[0] == with_x


def test_one_figure_too_few_is_told_as_it_is_of_one_that_was_typed() -> None:
    assert "您发了 17 位" in refusal(question("id-number"), "四五零一二二一九八四零九一二九九六")


def test_a_number_recited_is_veiled_as_one_that_was_typed() -> None:
    said = "我叫陆建华，四五零一二二一九八四零九一二九九六三，焊工"
    assert written_in(said) == ("450122198409129963",)
    assert veiled(said) == "我叫陆建华，4501**********9963，焊工"
