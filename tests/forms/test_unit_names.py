"""Names of units: the same however they are written, and nearly the same."""

from __future__ import annotations

import pytest

from forms.unit_names import normal, stem

GROUP = "江苏精磨装备集团有限公司"


@pytest.mark.parametrize(
    "other",
    [
        "江苏精磨装备集团有限公司 ",
        "江 苏精磨装备集团有限公司",
        "江蘇精磨裝備集團有限公司",
        "江苏精磨装备集团有限公司　",
    ],
)
def test_a_name_written_otherwise_is_the_same(other: str) -> None:
    assert normal(other) == normal(GROUP)


@pytest.mark.parametrize(
    "other", ["精磨(江苏)集团", "精磨（江苏）集团", "精磨【江苏】集团", "精磨〔江苏〕集团", "精磨[江苏]集團"]
)
def test_brackets_of_every_kind_are_one(other: str) -> None:
    assert normal(other) == "精磨(江苏)集团"


@pytest.mark.parametrize(
    "other",
    [
        "江苏精磨装备集团",
        "江苏精磨装备集团公司",
        "江苏精磨装备（集团）股份有限公司",
        "江苏精磨装备集团有限责任公司南京分公司",
        "江苏精磨装备集团南京分公司",
        "江苏省精磨装备集团有限公司",
        "江苏精磨装备股份有限公司",
        "江苏精磨装备有限公司苏州分公司",
        "江苏精磨装备集团精工铸造有限公司",
        "江蘇精磨裝備集團",
    ],
)
def test_a_group_and_its_companies_are_nearly_the_same(other: str) -> None:
    assert normal(other) != normal(GROUP)
    assert stem(other) == stem(GROUP)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广西机床集团", "广西壮族自治区机床集团有限公司"),
        ("宁夏共享集团", "宁夏回族自治区共享集团"),
        ("新疆天业", "新疆维吾尔自治区天业（集团）有限公司"),
        ("中车集团", "中国中车集团有限公司"),
        ("佛山总工会", "佛山市总工会"),
    ],
)
def test_a_place_by_its_short_and_its_full_name_is_nearly_the_same(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    "other",
    ["江苏精密装备集团", "江苏精磨机床集团", "常州精磨装备集团", "徐工集团", "集团", "公司", "江苏银行", ""],
)
def test_another_name_is_another(other: str) -> None:
    assert stem(other) != stem(GROUP)


def test_of_a_name_that_is_nothing_but_a_legal_form_something_stays() -> None:
    assert [stem(name) for name in ("集团", "公司", "集团有限公司")] == ["集团", "公司", "集团"]


def test_a_company_of_municipal_works_keeps_its_name() -> None:
    assert stem("上海市政工程公司") == "上海市政工程"
