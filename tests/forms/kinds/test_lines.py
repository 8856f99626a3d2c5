"""Rows out of tables: what Excel, Word, WPS and chats make of them."""

from typing import Any

import pytest

from .speaking import answer, draft, keys, prompts, question
from .test_records import SCHOOL, resume

DATE = {"kind": "month", "id": "date", "label": "获得时间", "ask": "哪年哪月获得的？"}
WHAT = {"kind": "text", "id": "what", "label": "荣誉名称", "ask": "荣誉的全称是什么？"}
GRANTOR = {"kind": "text", "id": "by", "label": "颁发单位", "ask": "谁颁发的？", "optional": True}
ABLE = {"date": "2018-12", "what": "全国 技术能手", "by": "人社部 办公厅"}


def honours(**more: Any) -> Any:
    return question("records", fields=[DATE, WHAT, GRANTOR], **more)


def rows(*said: str) -> Any:
    return draft(honours(), *said)["rows"]


@pytest.mark.parametrize(
    "line",
    [
        "2018年12月\t全国 技术能手\t人社部 办公厅",
        "2018/12/1 0:00\t全国 技术能手\t人社部 办公厅",
        "2018-12-01 00:00:00\t全国 技术能手\t人社部 办公厅",
        "2018.12\t 全国 技术能手 \t人社部 办公厅\t",
        "Dec-18\t全国 技术能手\t人社部 办公厅",
        "全国 技术能手\t2018年12月\t人社部 办公厅",
        "1\t2018年12月\t全国 技术能手\t人社部 办公厅",
        "\uf0b7\t2018年12月\t全国 技术能手\t人社部 办公厅",
        "①\t2018年12月\t全国 技术能手\t人社部 办公厅",
    ],
)
def test_cells_are_split_at_tabs_only(line: str) -> None:
    assert rows(line) == [ABLE]


def test_an_empty_cell_is_an_empty_field() -> None:
    assert rows("2019-01\t先进工作者\t") == [{"date": "2019-01", "what": "先进工作者"}]
    held = draft(resume(), "1997/9/1 0:00\t2000/7/1 0:00\t城东镇中学\t初中")
    assert held == {"rows": [SCHOOL]}


def test_headings_are_no_row() -> None:
    pasted = "序号\t时间\t荣誉名称\t颁发单位\n1\t2018年12月\t全国 技术能手\t人社部 办公厅"
    assert rows(pasted) == [ABLE]


def test_the_number_of_a_day_is_asked_back() -> None:
    asked = honours()
    held = draft(asked, "43435\t全国 技术能手\t人社部 办公厅")
    assert held["rows"] == []
    assert prompts(asked, held) == "听懂了这 1 条，对吗？\n1. 2018年12月 全国 技术能手 人社部 办公厅"
    assert keys(asked, held) == ["yes", "no"]
    assert answer(asked, "43435\t全国 技术能手\t人社部 办公厅", "对的", "!done") == [ABLE]
    assert draft(asked, "43435\t全国 技术能手\t人社部 办公厅", "不对")["rows"] == []


def test_the_number_of_a_day_to_come_is_none() -> None:
    assert "proposed" not in draft(honours(), "59999\t全国 技术能手\t人社部 办公厅")


def test_of_several_lines_the_sure_ones_are_kept_and_the_guesses_asked_about() -> None:
    asked = honours()
    pasted = "2018年12月\t全国 技术能手\t人社部 办公厅\n43647\t广西工匠\t总工会\n2019年\t先进工作者\t公司"
    held = draft(asked, pasted)
    assert held["rows"] == [ABLE]
    assert prompts(asked, held) == (
        "听懂了这 2 条，对吗？对的话，缺的再问您。\n1. 2019年7月 广西工匠 总工会\n2. 2019年 先进工作者 公司"
    )
    assert answer(asked, pasted, "对", "1", "!done")[1:] == [
        {"date": "2019-07", "what": "广西工匠", "by": "总工会"},
        {"date": "2019-01", "what": "先进工作者", "by": "公司"},
    ]


@pytest.mark.parametrize(
    "sign",
    [
        "\uf0b7 ",
        "\uf06c",
        "\uf0d8 ",
        "➢ ",
        "■",
        "● ",
        "★",
        "1、",
        "1. ",
        "1．",
        "(1)",
        "（一）",
        "一、",
        "①",
        "⑴",
        "√ ",
    ],
)
def test_a_sign_in_front_of_a_row_is_no_part_of_it(sign: str) -> None:
    assert rows(f"{sign}2018年12月 技术能手 人社厅\n{sign}2019年1月 先进工作者 公司") == [
        {"date": "2018-12", "what": "技术能手", "by": "人社厅"},
        {"date": "2019-01", "what": "先进工作者", "by": "公司"},
    ]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        (
            "2018年度先进工作者 2019年1月 公司",
            {"date": "2019-01", "what": "2018年度先进工作者", "by": "公司"},
        ),
        ("2018年12月，广西技术能手，人社厅", {"date": "2018-12", "what": "广西技术能手", "by": "人社厅"}),
        ("广西技术能手（2018年12月）", {"date": "2018-12", "what": "广西技术能手"}),
    ],
)
def test_a_row_in_words(line: str, row: dict[str, str]) -> None:
    assert rows(line) == [row]


@pytest.mark.parametrize("what", ["2018年度先进工作者", "2018届优秀毕业生", "2018-2020年连续三年先进工作者"])
def test_what_is_called_by_its_year_keeps_it_and_is_asked_for_its_date(what: str) -> None:
    held = draft(honours(), what)
    assert held["row"] == {"what": what}
    assert rows(what, "2019年1月", "公司") == [{"date": "2019-01", "what": what, "by": "公司"}]


def test_a_year_in_a_row_is_asked_for_its_month_only() -> None:
    asked = honours()
    held = draft(asked, "2018年\t广西技术能手\t人社厅")
    assert prompts(asked, held).endswith("2018年几月？只发数字也行，例如：6")
    assert rows("2018年\t广西技术能手\t人社厅", "12") == [
        {"date": "2018-12", "what": "广西技术能手", "by": "人社厅"}
    ]


@pytest.mark.parametrize("mark", ["——", "｜", "；", "|"])
def test_marks_that_stand_between(mark: str) -> None:
    said = mark.join(["2018年12月", "广西技术能手", "人社厅"])
    assert rows(said) == [{"date": "2018-12", "what": "广西技术能手", "by": "人社厅"}]


def test_cells_that_came_one_below_the_other_are_a_row() -> None:
    assert rows("2018年12月\n全国 技术能手\n人社部 办公厅\n2019年1月\n先进工作者\n公司") == [
        ABLE,
        {"date": "2019-01", "what": "先进工作者", "by": "公司"},
    ]
    assert draft(resume(), "1997.9—2000.7\n城东镇中学\n初中") == {"rows": [SCHOOL]}


def test_years_in_a_row_are_no_date() -> None:
    what = "2016年、2017年、2018年连续三年公司先进工作者"
    assert draft(honours(), what)["row"] == {"what": what}


def test_the_end_that_a_table_leaves_open_is_asked_for() -> None:
    asked = resume()
    pasted = "1997.9—2000.7\t城东镇中学\t初中\t\n2003.7—\t桂南公司\t焊工\t"
    held = draft(asked, pasted)
    assert held["rows"] == [SCHOOL]
    assert answer(asked, pasted, "对", "至今", "!done") == [
        SCHOOL,
        {"start": "2003-07", "end": "至今", "where": "桂南公司", "what": "焊工"},
    ]
    assert draft(asked, "2003/7/1\t\t桂南公司\t焊工")["row"] == {
        "start": "2003-07",
        "where": "桂南公司",
        "what": "焊工",
    }


def test_that_work_began_names_no_place() -> None:
    assert draft(resume(), "2003年7月参加工作")["row"] == {"start": "2003-07"}


def test_an_honour_without_its_date_is_kept_and_the_date_asked_for() -> None:
    assert draft(honours(), "南宁市五一劳动奖章")["row"] == {"what": "南宁市五一劳动奖章"}
