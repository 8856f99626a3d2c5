"""Honours as people tell of them: only what the honour is called is its name."""

import pytest

from .speaking import answer, draft, prompts
from .test_lines import honours


@pytest.mark.parametrize(
    ("said", "row"),
    [
        (
            "得过广西五一劳动奖章 2018年12月 总工会",
            {"date": "2018-12", "what": "广西五一劳动奖章", "by": "总工会"},
        ),
        ("我得过2018年12月广西技术能手", {"date": "2018-12", "what": "广西技术能手"}),
        ("曾经获得自治区劳模（2018年12月）", {"date": "2018-12", "what": "自治区劳模"}),
        ("拿过市劳模，2018年12月评的", {"date": "2018-12", "what": "市劳模"}),
        ("市劳模2018年12月拿的", {"date": "2018-12", "what": "市劳模"}),
        ("得过市劳模，去年5月评的", {"date": "2025-05", "what": "市劳模"}),
        ("去年5月 市劳模 总工会", {"date": "2025-05", "what": "市劳模", "by": "总工会"}),
    ],
)
def test_what_says_that_it_was_won_is_no_part_of_its_name(said: str, row: dict[str, str]) -> None:
    assert draft(honours(), said)["rows"] == [row]


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("去年5月得过市劳模", "2025年5月 市劳模"),
        ("前年5月评上公司先进", "2024年5月 公司先进"),
        ("上个月刚拿到广西工匠", "2026年5月 广西工匠"),
        ("我去年得了个市五一劳动奖章", "2025年 市五一劳动奖章"),
        ("去年评的广西技术能手", "2025年 广西技术能手"),
        ("去年五月份总工会给评的劳模", "2025年5月 劳模 总工会"),
        ("2018年12月我拿过市劳模，人社局发的", "2018年12月 市劳模 人社局"),
    ],
)
def test_a_sentence_is_shown_as_the_row_it_was_understood_as(said: str, row: str) -> None:
    assert prompts(honours(), draft(honours(), said)).splitlines()[1:] == [f"1. {row}"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("我拿过广西技术能手", "广西技术能手"),
        ("被评为2019年度优秀员工", "2019年度优秀员工"),
        ("三八红旗手", "三八红旗手"),
    ],
)
def test_what_lacks_its_date_is_asked_for_it(said: str, name: str) -> None:
    assert draft(honours(), said)["row"] == {"what": name}
    assert answer(honours(), said, "2020年3月", "!skip", "!done") == [{"date": "2020-03", "what": name}]


@pytest.mark.parametrize("name", ["评茶师大赛一等奖", "获奖作品《焊花》", "得力杯一等奖", "得胜奖"])
def test_a_name_that_begins_like_a_verb_stays_whole(name: str) -> None:
    assert draft(honours(), f"{name} 2019年5月 总工会")["rows"] == [
        {"date": "2019-05", "what": name, "by": "总工会"}
    ]
    assert draft(honours(), f"2019年5月 {name} 总工会")["rows"] == [
        {"date": "2019-05", "what": name, "by": "总工会"}
    ]


@pytest.mark.parametrize(
    "lacking", ["2019年 市劳模", "2019年度市劳模", "2019市劳模", "市劳模", "市劳模（2019年）"]
)
def test_of_several_lines_one_that_lacks_its_month_is_kept_and_asked_for_it(lacking: str) -> None:
    said = f"2018年12月 广西技术能手 人社厅\n{lacking}\n2020年5月 五一劳动奖章 总工会"
    heard = draft(honours(), said)
    assert [row["date"] for row in heard["rows"]] == ["2018-12", "2020-05"]
    kept = answer(honours(), said, "对", "2019年12月", "!done")
    assert [row["date"] for row in kept] == ["2018-12", "2020-05", "2019-12"]


@pytest.mark.parametrize("mark", ["，", "；", "、", "。"])
@pytest.mark.parametrize("lacking", ["2019年市劳模", "2019市劳模", "2019年度市劳模"])
def test_so_is_one_of_several_in_a_sentence(mark: str, lacking: str) -> None:
    said = mark.join(["2018年12月广西技术能手", lacking, "2020年5月五一劳动奖章"])
    assert [row["date"] for row in answer(honours(), said, "对", "2019年12月", "!done")] == [
        "2018-12",
        "2019-12",
        "2020-05",
    ]


def test_several_names_in_a_line_are_several_honours() -> None:
    heard = draft(honours(), "广西技术能手 五一劳动奖章、南宁工匠")
    assert [row["row"] for row in heard["proposed"]] == [
        {"what": "广西技术能手"}, {"what": "五一劳动奖章"}, {"what": "南宁工匠"},
    ]  # fmt: skip


def test_who_gave_it_may_stand_first() -> None:
    assert draft(honours(), "2019年11月 自治区总工会 五一劳动奖章")["rows"] == [
        {"date": "2019-11", "what": "五一劳动奖章", "by": "自治区总工会"}
    ]


@pytest.mark.parametrize(
    "said",
    [
        "2018年12月人社厅授予“广西技术能手”称号",
        "2018年12月广西技术能手人社厅颁发",
        "2018年12月获得人社厅颁发的广西技术能手稱號",
    ],
)
def test_who_gave_it_is_told_apart_in_a_sentence(said: str) -> None:
    assert prompts(honours(), draft(honours(), said)).splitlines()[1:] == [
        "1. 2018年12月 广西技术能手 人社厅"
    ]
