"""Numbers as they are recited, figure by figure."""

import pytest

from forms.recited import figures, recited


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("幺九零零零零零零幺零幺", "19000000101"),
        ("一九〇零零零零零壹零壹", "19000000101"),
        ("190零零零零零幺零幺", "19000000101"),
        ("洞拐拐幺两八洞五拐洞八", "07712805708"),
        ("一九零四个零零一零一", "19000000101"),
        ("四五零一二二一九八四零九一二零零四艾克斯", "45012219840912004X"),
        ("45012219840912004大写的X", "45012219840912004X"),
        ("45012219840912004叉", "45012219840912004X"),
    ],
)
def test_a_number_recited_is_that_number(said: str, number: str) -> None:
    assert recited(said) == number


def test_what_is_recited_within_a_text_keeps_its_place() -> None:
    said = "我叫陆建华，手机一九零，零零零零，零一零一，焊工"
    assert figures(said) == "我叫陆建华，手机190 0000 0101，焊工"


@pytest.mark.parametrize(
    "text",
    [
        "一九八四年九月",
        "一一二二",
        "0771一2805708",
        "2019一2020",
        "三四五六个人",
        "第二机床厂一车间三班",
        "13800000000，陆建华",
        "19000000101，两个都行",
    ],
)
def test_what_is_no_number_recited_stays(text: str) -> None:
    assert figures(text) == text
