"""Facts within a message, and what is none."""

from __future__ import annotations

import pytest

from forms.facts import facts, remainder
from forms.kinds.base import Question
from tests.forms.kinds.speaking import question

FORM = [
    question("name", id="name", label="姓名"),
    question("id-number", id="id_number", label="身份证号"),
    question("choice", id="ethnicity", label="民族", codes="ethnic"),
    question("choice", id="political_status", label="政治面貌", codes="political"),
    question("phone", id="phone", label="联系电话"),
    question("text", id="employer", label="工作单位"),
    question("text", id="trade", label="工种"),
    question("month", id="work_start", label="参加工作时间"),
    question("text", id="post", label="邮编", shape="postcode"),
    question("text", id="mail", label="电子邮箱", shape="email"),
    question("text", id="unit_address", label="单位地址"),
]
NUMBER = "450122198409129963"
SAID = "我叫陆建华，男，1983年生，在南宁机械厂当焊工，手机13800000000"


def told(text: str, form: list[Question] | None = None) -> dict[str, str]:
    return {fact.question: fact.text for fact in facts(text, form or FORM) if fact.question}


def test_somebody_introduces_themselves() -> None:
    assert told(SAID) == {"name": "陆建华", "employer": "南宁机械厂", "trade": "焊工", "phone": "13800000000"}


@pytest.mark.parametrize(
    "text",
    [
        f"姓名：陆建华\n性别：男\n民族：壮\n身份证号：{NUMBER}\n电话：13800000000\n单位：南宁机械厂",
        f"姓名:陆建华，性别:男，民族:壮，身份证号:{NUMBER}，电话:13800000000，单位:南宁机械厂",
        f"姓名\t陆建华\n性别\t男\n民族\t壮\n身份证\t{NUMBER}\n手机\t13800000000\n工作单位\t南宁机械厂",
        f"姓名 陆建华 性别 男 民族 壮 身份证号 {NUMBER} 联系电话 13800000000 工作单位 南宁机械厂",
        f"单位是南宁机械厂，我的手机是13800000000，身份证{NUMBER}，姓名是陆建华，民族是壮",
    ],
)
def test_a_form_that_was_filled_in_elsewhere(text: str) -> None:
    assert told(text) == {
        "name": "陆建华",
        "ethnicity": "壮",
        "id_number": NUMBER,
        "phone": "13800000000",
        "employer": "南宁机械厂",
    }


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        (f"身份证{NUMBER}", "id_number", NUMBER),
        ("450122 19840912 9963", "id_number", "450122 19840912 9963"),
        ("138 0000 0000", "phone", "138 0000 0000"),
        ("138-0000-0000打这个", "phone", "138-0000-0000"),
        ("电话13800000000（微信同号）", "phone", "13800000000（微信同号）"),
        ("大专，壮族", "ethnicity", "壮族"),
        ("我是焊工，党员", "political_status", "党员"),
        ("邮编530001", "post", "530001"),
        ("邮箱lu.jianhua@example.com", "mail", "lu.jianhua@example.com"),
        ("lu@example.com", "mail", "lu@example.com"),
        ("参加工作时间：2003年7月", "work_start", "2003年7月"),
        ("单位地址：南宁市江南区壮锦大道8号", "unit_address", "南宁市江南区壮锦大道8号"),
        ("现在广西建工集团做钳工", "trade", "钳工"),
        ("我叫买买提·吐尔逊", "name", "买买提·吐尔逊"),
    ],
)
def test_one_fact(text: str, question: str, value: str) -> None:
    assert told(text)[question] == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "焊工",
        "单位 同意",
        "在南宁",
        "我在柳钢干了十年",
        "45012219840912996",
        "证书编号 138000000001",
        "工号 1380000",
        "没有单位",
        "我们单位的姓名牌",
        "手机维修工",
        "民族歌舞团",
        "电话机厂",
        "男鞋厂",
    ],
)
def test_what_is_no_fact(text: str) -> None:
    assert told(text) == {}


def test_what_no_question_asks_for_is_known_and_belongs_nowhere() -> None:
    text = "性别：男，1983年4月12日出生"
    assert told(text) == {}
    assert remainder(text, facts(text, FORM)) == ""
    born = [
        *FORM,
        question("month", id="birth", label="出生年月"),
        question("choice", id="sex", label="性别", options=["男", "女"]),
    ]
    assert told(text, born) == {"sex": "男", "birth": "1983年4月12日"}


def test_what_may_mean_either_of_two_questions_is_left_alone() -> None:
    two = [question("phone", id="mine", label="个人电话"), question("phone", id="theirs", label="单位电话")]
    assert told("13800000000", two) == {"mine": "13800000000"}
    both = [question("phone", id="mine", label="手机"), question("phone", id="theirs", label="电话")]
    assert told("13800000000", both) == {}
    assert told("手机：13800000000", both) == {"mine": "13800000000"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("陆建华，手机13800000000", "陆建华"),
        ("手机13800000000，陆建华", "陆建华"),
        ("大专，我的电话是13800000000", "大专"),
        ("Aston，13800000000", "Aston"),
        ("13800000000", ""),
    ],
)
def test_the_rest_is_what_is_said_besides(text: str, rest: str) -> None:
    assert remainder(text, facts(text, FORM)) == rest


def test_only_what_stands_behind_its_label_or_proves_itself_is_sure() -> None:
    sure = {fact.question for fact in facts(f"{SAID}，邮编530001，{NUMBER}", FORM) if fact.sure}
    assert sure == {"phone", "post", "id_number"}


def test_a_number_behind_the_label_of_a_text_is_part_of_the_text() -> None:
    asked = [question("text", id="trade", label="工种"), question("phone", id="phone", label="手机")]
    assert facts("工种111", asked) == ()
    assert [(fact.question, fact.text) for fact in facts("手机13800000000", asked)] == [
        ("phone", "13800000000")
    ]


@pytest.mark.parametrize("text", ["南宁机械厂，身份证号450122198409129964", "南宁机械厂 450122198409129964"])
def test_a_number_of_an_identity_card_that_is_mistyped_is_its_questions_all_the_same(text: str) -> None:
    assert told(text)["id_number"] == "450122198409129964"


def test_a_number_ends_where_something_else_begins_behind_a_blank() -> None:
    text = f"我叫陆建华 身份证{NUMBER} 电话138 0000 0000 壮族 党员"
    assert told(text) == {
        "name": "陆建华",
        "id_number": NUMBER,
        "phone": "138 0000 0000",
        "ethnicity": "壮族",
        "political_status": "党员",
    }


def test_labels_that_touch_their_values_are_read_where_there_are_several() -> None:
    text = "姓名陆建华 性别男 民族壮 工作单位南宁机械厂 工种焊工"
    known = {"name": "陆建华", "ethnicity": "壮", "employer": "南宁机械厂", "trade": "焊工"}
    assert told(text) == known
    assert told("单位领导 工种目录") == {}
    assert told("13800000000，民族壮") == {"phone": "13800000000", "ethnicity": "壮"}


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("南宁机械厂电话0771-2805708", "phone", "0771-2805708"),
        (f"我叫陆建华身份证号{NUMBER}", "id_number", NUMBER),
        ("陆建华，手机一九零零零零零零一零一", "phone", "19000000101"),
        ("四五零一二二一九八四零九一二九九六三", "id_number", NUMBER),
    ],
)
def test_a_number_that_words_run_into_or_that_is_recited(text: str, question: str, value: str) -> None:
    assert told(text)[question] == value


def test_the_label_that_words_run_into_is_no_part_of_them() -> None:
    text = f"我叫陆建华身份证号{NUMBER}"
    assert remainder(text, facts(text, FORM)) == "我叫陆建华"
    text = "南宁机械厂，单位电话0771-2805708"
    assert remainder(text, facts(text, FORM)) == "南宁机械厂"
