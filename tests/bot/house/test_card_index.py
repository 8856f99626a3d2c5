"""Cards are found by parts and sounds, what is so called before what only holds it."""

from __future__ import annotations

import random

import pytest

from bot.house.card_index import CardIndex, plain

CARDS = {
    "a": ("覃小明", "柳州钢铁（集团）有限公司", "1234-5678"),
    "b": ("覃小", "南宁糖业股份有限公司", "2345-6781"),
    "c": ("韦覃小", "桂林电力建设有限公司", "9912-3456"),
    "d": ("张伟", "柳州电力公司", "0000-0001"),
    "e": ("阿依古丽·买买提", "ABC机械有限公司", "7777-7777"),
}


def index(cards: dict[str, tuple[str, str, str]] = CARDS) -> CardIndex:
    made = CardIndex()
    for stay, reads in cards.items():
        made.put(stay, *reads)
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("覃小", "bac"),  # so called, begins so, holds it
        ("小明", "a"),
        ("覃 小 明", "a"),
        ("钢铁", "a"),
        ("柳州钢铁(集团)", "a"),
        ("柳州钢铁集团", "a"),
        ("柳州", "da"),
        ("12345678", "a"),
        ("1234-5678", "a"),
        ("１２３４－５６７８", "a"),
        ("编号：1234-5678", "a"),
        ("No.1234-5678", "a"),
        ("1234", "ac"),
        ("77", "e"),
        ("qinxiaoming", "a"),
        ("tanxm", "a"),
        ("zw", "d"),
        ("Zhang Wei", "d"),
        ("阿依古丽•买买提", "e"),
        ("阿依古丽买买提", "e"),
        ("abc机械", "e"),
        ("張伟", "d"),
        ("电力 韦", "c"),
        ("韦 电力", "c"),
        ("柳州 qin", "a"),
        ("张伟 钢铁", ""),
        ("李", ""),
        ("xiaozhang", ""),
        ("，。", ""),
        ("", ""),
    ],
)
def test_what_people_type_finds_whom_they_mean(query: str, found: str) -> None:
    assert "".join(index().find(query, 10)) == found


def test_no_more_are_told_than_are_wanted() -> None:
    assert index().find("有限公司", 2) == ("e", "c")


def test_a_card_reads_as_it_was_written_last() -> None:
    cards = index()
    cards.put("a", "覃大明", *CARDS["a"][1:])
    assert cards.find("小明", 10) == ()
    assert cards.find("大明", 10) == ("a",)
    cards.drop("a")
    cards.drop("a")
    assert cards.find("大明", 10) == ()


def test_what_is_gone_takes_no_room_for_long() -> None:
    cards = index()
    for turn in range(5000):
        cards.put("x", f"王{turn}", "某厂", "00000000")
    assert cards.find("王4999", 10) == ("x",)
    assert len(cards._stays) < 2 * len(cards) + 1100
    assert "".join(cards.find("覃小", 10)) == "bac"


def test_it_finds_what_looking_through_all_would_find() -> None:
    draw = random.Random(3)
    cards = {
        str(at): (
            "".join(draw.choices("覃韦张李小明伟行", k=draw.choice((2, 3)))),
            "".join(draw.choices("南宁柳州钢铁糖厂", k=6)),
            f"{draw.randrange(10**8):08d}",
        )
        for at in range(300)
    }
    made = index(cards)
    for _ in range(300):
        query = "".join(draw.choices("覃韦张小明伟行南宁钢铁厂", k=draw.choice((1, 2, 3))))
        holds = {stay for stay, reads in cards.items() if any(query in plain(each) for each in reads)}
        assert set(made.find(query, 1000)) == holds
