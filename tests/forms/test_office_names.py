"""What people type for a union names it, however they leave out or add; what is another union's name does not."""

from __future__ import annotations

import pytest

from forms.office_names import Kind, hinted, same

GUANGXI: tuple[Kind, str] = ("province", "广西壮族自治区总工会")
NANNING: tuple[Kind, str] = ("city", "南宁市总工会")
LIUZHOU: tuple[Kind, str] = ("city", "柳州市总工会")
JIANGSU: tuple[Kind, str] = ("province", "江苏省总工会")
QINGXIU = "南宁市青秀区总工会"


@pytest.mark.parametrize(
    "typed",
    [
        "南宁市青秀区总工会",
        "青秀区总工会",
        "南宁青秀区工会",
        "青秀总工会",
        "青秀区总",
        "青秀区",
        "南宁市青秀区　总工会",
        "廣西南寧市青秀區總工會",
        "广西壮族自治区南宁市青秀区总工会",
        "市青秀区总工会",
        "交到青秀区总工会吧",
        "交给青秀区总工会。",
        "青秀区总工会办公室",
        "青秀区总工会（凤翔路）",
        "青秀区总工会权益保障部",
        "“青秀区总工会”",
    ],
)
def test_a_union_is_named_in_many_ways(typed: str) -> None:
    assert same(typed, QINGXIU, (GUANGXI, NANNING))


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "总工会",
        "区总工会",
        "市总工会",
        "南宁市总工会",
        "南宁总工会",
        "兴宁区总工会",
        "青秀县总工会",
        "柳州市青秀区总工会",
        "青秀区教育工会",
        "青秀区工会工委",
        "青秀区党工委",
        "青秀区教育局",
        "青秀区总工会或者兴宁区总工会",
        "不知道",
    ],
)
def test_another_union_is_not_taken_for_it(typed: str) -> None:
    assert not same(typed, QINGXIU, (GUANGXI, NANNING))


@pytest.mark.parametrize(
    ("typed", "name", "above"),
    [
        ("融水县总工会", "融水苗族自治县总工会", (LIUZHOU,)),
        ("柳州市融水总工会", "融水苗族自治县总工会", (LIUZHOU,)),
        ("龙胜县工会", "龙胜各族自治县总工会", ()),
        ("积石山县总工会", "积石山保安族东乡族撒拉族自治县总工会", ()),
        ("广西总工会", "广西壮族自治区总工会", ()),
        ("广西区总工会", "广西壮族自治区总工会", ()),
        ("新疆总工会", "新疆维吾尔自治区总工会", ()),
        ("省教育工会", "江苏省教育工会", (JIANGSU,)),
        ("市直机关工委", "南宁市市直机关工会工委", (NANNING,)),
        ("高新区工会工作委员会", "南宁市高新区工会工委", (NANNING,)),
        ("玉柴机器股份有限公司工会委员会", "玉柴机器股份有限公司工会", ()),
        ("玉柴机器股份有限公司", "玉柴机器股份有限公司工会", ()),
        ("南宁", "南宁市总工会", ()),
        ("广西南宁市总工会", "南宁市总工会", (GUANGXI,)),
        ("活动领导小组办公室", "活动领导小组办公室", ()),
        ("佛山市工业和信息化局", "佛山市工业和信息化局", ()),
    ],
)
def test_places_trades_and_units_are_named_shortly(
    typed: str, name: str, above: tuple[tuple[Kind, str], ...]
) -> None:
    assert same(typed, name, above)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("吉林市总工会", "吉林省总工会"),
        ("柳江县总工会", "柳州市柳江区总工会"),
        ("柳州市三江侗族自治县总工会", "柳州市融水苗族自治县总工会"),
        ("徐州市鼓楼区总工会", "南京市鼓楼区总工会"),
        ("高新区", "高新区工会工委"),
        ("广西建工集团工会", "广西建工集团第一建筑工程有限责任公司工会"),
        ("佛山市工信局", "佛山市工业和信息化局"),
    ],
)
def test_what_is_nearly_the_same_is_not_the_same(typed: str, name: str) -> None:
    assert not same(typed, name)


def test_a_place_within_a_longer_text_is_worth_showing_first() -> None:
    assert hinted("我在青秀区上班", QINGXIU, (NANNING,))
    assert not hinted("我在兴宁区上班", QINGXIU, (NANNING,))
