"""What takes back something that was said before, and what does not."""

from __future__ import annotations

import pytest

from forms.retractions import only_takes_back, retraction


@pytest.mark.parametrize(
    ("text", "about", "instead"),
    [
        ("刚才那个错了", "", ""),
        ("搞错了", "", ""),
        ("等一下，刚才写错了", "", ""),
        ("刚才名字打错了", "名字", ""),
        ("刚才那个电话不对", "电话", ""),
        ("改一下前面的工种", "工种", ""),
        ("我想改一下姓名", "姓名", ""),
        ("我名字写错了，应该是韦大刚", "名字", "韦大刚"),
        ("手机号发错了，是13800000000", "手机号", "13800000000"),
        ("学历选错了应该是大专才对", "学历", "大专"),
        ("把电话改成13800000000", "电话", "13800000000"),
        ("学历改为大专", "学历", "大专"),
        ("写错了，2004年7月", "", "2004年7月"),
        ("对不起刚才发错了 是高级技师", "", "高级技师"),
    ],
)
def test_what_says_by_itself_that_something_was_wrong(text: str, about: str, instead: str) -> None:
    said = retraction(text)
    assert said and (said.about, said.instead, said.plain) == (about, instead, True)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("不对，是2004年7月", "2004年7月"),
        ("错了 13800000000", "13800000000"),
        ("不是1998年，是1999年9月", "1999年9月"),
        ("改成2004年7月", "2004年7月"),
    ],
)
def test_what_may_deny_what_is_asked_as_well(text: str, instead: str) -> None:
    said = retraction(text)
    assert said and (said.about, said.instead, said.plain) == ("", instead, False)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("no, it was August 2003", "August 2003"),
        ("no it was august 2003", "august 2003"),
        ("Sorry, August 2003", "August 2003"),
        ("oops, Aug 2003!", "Aug 2003"),
        ("Sorry, it should be 2003-08", "2003-08"),
        ("I meant August 2003", "August 2003"),
        ("my mistake, it was 19000000102", "19000000102"),
        ("change it to bachelor", "bachelor"),
        ("the last one should be August 2003", "August 2003"),
        ("not July, August 2003", "August 2003"),
        ("no, it's Second Machine Factory", "Second Machine Factory"),
    ],
)
def test_it_may_be_said_in_english(text: str, instead: str) -> None:
    said = retraction(text)
    assert said and (said.about, said.instead, said.plain) == ("", instead, False)


@pytest.mark.parametrize(
    "text",
    [
        "sorry", "no", "no way", "sorry, no idea", "sorry I don't understand", "no, I don't know", "it was August 2003",
        "No. 3 Machine Factory", "No 5 Bridge Bureau", "Notre Dame Factory", "that is correct", "August 2003",
    ],
)  # fmt: skip
def test_what_takes_nothing_back_in_english(text: str) -> None:
    assert retraction(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "不错", "没错", "看错人了", "认错", "不对口", "不对外营业", "南宁不错汽修厂", "电话应该是13800000000", "重新填",
        "错了吗？", "应该是南宁机械厂", "焊工", "",
    ],
)  # fmt: skip
def test_what_takes_nothing_back(text: str) -> None:
    assert retraction(text) is None


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("刚才那个错了", True),
        ("名字写错了", True),
        ("改名字", True),
        ("改进工艺", False),
        ("改装车间", False),
        ("焊缝错了", False),
        ("名字写错了，应该是韦大刚", False),
        ("不对", False),
    ],
)
def test_of_what_says_no_more_only_what_people_are_asked_is_meant(text: str, only: bool) -> None:
    assert only_takes_back(text) is only


@pytest.mark.parametrize(
    ("text", "about", "instead"),
    [
        ("改一下电话19000000102", "电话", "19000000102"),
        ("帮我把手机改成19000000102", "手机", "19000000102"),
        ("电话改一下，是19000000102", "电话", "19000000102"),
        ("手机号换了，19000000102", "手机号", "19000000102"),
        ("名字第二个字错了是健康的健", "名字", ""),
        ("身份证最后一位错了", "身份证", ""),
    ],
)
def test_what_is_to_be_changed_is_named(text: str, about: str, instead: str) -> None:
    said = retraction(text)
    assert said and (said.about, said.instead) == (about, instead)


@pytest.mark.parametrize("text", ["换热器厂2车间", "更新改造办公室8楼"])
def test_a_name_that_begins_with_a_word_for_changing_takes_nothing_back(text: str) -> None:
    assert retraction(text) is None
