import pytest

from .speaking import DRAWN, answer, checked, question, refusal


@pytest.mark.parametrize("name", ["韦立辉", "陈𬍛", "王䶮", "欧阳建平"])
def test_names_of_any_plane_are_taken_as_they_are(name: str) -> None:
    assert answer(question("name"), name) == name


@pytest.mark.parametrize("dot", "•・‧.·．․ㆍ⸱᛫")
def test_every_dot_becomes_the_middle_dot(dot: str) -> None:
    assert answer(question("name"), f"买买提{dot}吐尔逊") == "买买提·吐尔逊"


def test_blanks_within_a_name_are_dropped() -> None:
    assert answer(question("name"), "韦 立辉") == "韦立辉"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("叫陆建华", "陆建华"),
        ("本人陆建华", "陆建华"),
        ("陆建华本人", "陆建华"),
        ("我叫陆建华，身份证号450122198409129963", "陆建华"),
        ("我叫陆建华，今年四十二岁", "陆建华"),
        ("姓名：陆建华", "陆建华"),
        ("王○明", "王〇明"),
        ("王0明", "王〇明"),
        ("石", "石"),
        ("John  Smith", "John Smith"),
        ("O'Brien-López Mary", "O'Brien-López Mary"),
    ],
)
def test_what_is_read_out_of_more_or_less_is_asked_back(said: str, name: str) -> None:
    assert checked(question("name"), said) == (name, f"您的姓名是“{name}”，对吗？")


def test_who_introduces_himself_is_asked_back() -> None:
    assert checked(question("name"), "我叫韦立辉") == ("韦立辉", "您的姓名是“韦立辉”，对吗？")


@pytest.mark.parametrize("said", ["韦1", "··", "韦立辉" * 20, "123", "?"])
def test_what_is_no_name_is_refused(said: str) -> None:
    assert refusal(question("name"), said)


def test_an_unprintable_name_is_refused_with_its_character() -> None:
    asked = question("name")
    about = DRAWN.__class__(today=DRAWN.today, unprintable=lambda text: ("𰻝",) if "𰻝" in text else ())
    assert "𰻝" in refusal(asked, "陈𰻝", about=about)


@pytest.mark.parametrize("said", ["陆建华 男", "陆建华，男", "陆 建 华 女"])
def test_what_stands_behind_a_name_is_left_out_and_asked_back(said: str) -> None:
    assert checked(question("name"), said) == ("陆建华", "您的姓名是“陆建华”，对吗？")


def test_two_words_that_may_not_be_one_name_are_asked_back() -> None:
    assert checked(question("name"), "陆建华 南宁")[0] == "陆建华南宁"


@pytest.mark.parametrize("said", ["陆 建华", "陆 建 华"])
def test_a_name_written_wide_needs_no_question(said: str) -> None:
    assert answer(question("name"), said) == "陆建华"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("俺叫王大锤", "王大锤"),
        ("名字叫黄 建 国", "黄建国"),
        ("我叫韦小勇，小名阿勇", "韦小勇"),
        ("姓陆，名建华", "陆建华"),
        ("免贵姓李，李卫东", "李卫东"),
        ("我姓陆，叫陆建华", "陆建华"),
        ("曾用名陆阿华，现在叫陆建华", "陆建华"),
        ("陆建华（焊工）", "陆建华"),
        ("陈𬍛（音成）", "陈𬍛"),
        ("陆师傅", "陆师傅"),
    ],
)
def test_a_name_as_people_tell_it_is_asked_back(said: str, name: str) -> None:
    assert checked(question("name"), said)[0] == name


@pytest.mark.parametrize("name", ["韦为民", "张是一", "汪名叫", "姚本仁"])
def test_a_name_with_such_a_word_in_it_is_a_name(name: str) -> None:
    assert answer(question("name"), name) == name


@pytest.mark.parametrize("said", ["是韦大强", "就是韦大强", "叫我韦大强"])
def test_what_leads_up_to_a_name_is_no_part_of_it(said: str) -> None:
    assert checked(question("name"), said)[0] == "韦大强"


@pytest.mark.parametrize(
    "said",
    [
        "我叫陆建华今年四十二岁是个焊工",
        "陆建华同志",
        "陆建华👍",
        "陆，建设的建，华东的华",
        "我叫陆建华男汉族",
        "陆建华在南宁机械厂上班",
    ],
)
def test_a_name_that_words_run_into_or_that_is_spelt_out_is_told_apart(said: str) -> None:
    assert checked(question("name"), said)[0] == "陆建华"


@pytest.mark.parametrize("name", ["王男", "同志明", "陆是", "欧阳娜娜"])
def test_a_name_with_the_beginning_of_such_a_word_stays(name: str) -> None:
    assert answer(question("name"), name) == name


def test_a_long_name_without_dots_may_be_more_than_a_name() -> None:
    assert checked(question("name"), "阿不都热合曼买买提")[0] == "阿不都热合曼买买提"


def test_how_somebody_wants_to_be_spoken_to_is_no_name() -> None:
    assert "和身份证上一样" in refusal(question("name"), "叫我老陆就行")
