"""Yes and no in whatever words."""

from __future__ import annotations

import pytest

from forms.assent import Heard, assent, hear, puts_off

YES = (
    "是", "是的", "是呀", "是啊", "是我", "是本人", "是的是的", "就是", "就是的", "对", "对的", "对对",
    "对对对", "对呀", "对哦", "對的", "没错", "沒錯", "没有错", "没写错", "对的没错", "正确", "完全正确",
    "准确", "无误", "确认", "确认无误", "确定", "没问题", "沒問題", "没毛病", "可以", "可以的", "可以可以",
    "好", "好的", "好嘞", "好吧", "好好好", "嗯", "嗯嗯", "嗯呢", "恩", "行", "行吧", "行行行", "成", "妥",
    "妥了", "中", "要得", "同意", "当然", "必须的", "不错", "应该是", "您说得对", "这个对",
    "都对", "OK", "ＯＫ", "ok的", "okok", "okay", "yes", "Yes!", "yep", "yeah", "y", "sure", "right",
    "that's right", "correct", "no problem", "√", "✓", "✓️", "对，没错", "是的，正确", "嗯，对",
    "对的，谢谢", "好的，辛苦了", "哦，对", "yes, thank you", "对的老师", "对。", "“对”", "  是 的  ",
)  # fmt: skip
NO = (
    "不", "不是", "不是的", "不是我", "不是吧", "不对", "不对的", "不对不对", "不对哦", "不太对", "否",
    "错", "错了", "错了错了", "写错了", "填错了", "看错了", "有误", "有错", "有问题", "不正确", "不准确",
    "不行", "不可以", "不好", "不同意", "没有", "没有的", "没", "没写对", "沒有", "不，不是", "不是，错了",
    "不好意思，不对", "对不起，错了", "不对，谢谢", "no", "NO.", "ｎｏ", "nope", "n", "wrong", "not right",
    "that's wrong", "incorrect", "×", "✗", "不 对",
)  # fmt: skip
#: Something is said, but neither yes nor no.
UNCLEAR = ("对吗", "是吗？", "是不是", "对不对", "好不好", "不是，是的", "谢谢", "您好", "哈哈", "。。。")
#: What these say has nothing to do with yes and no.
OTHER = (
    "成都", "中山市", "行唐县", "没问题修理厂", "对外经贸公司", "不锈钢焊工", "可可托海", "成成",
    "OK便利店", "No.1焊接厂", "是永骏", "好利来", "无锡", "2016年3月", "陆建华", "看情况", "哈尔滨",
    "错那县", "否定之否定小组",
)  # fmt: skip


@pytest.mark.parametrize("text", YES)
def test_a_yes(text: str) -> None:
    assert assent(text) is True


@pytest.mark.parametrize("text", NO)
def test_a_no(text: str) -> None:
    assert assent(text) is False


@pytest.mark.parametrize("text", [*UNCLEAR, "不改", "不用改了", "不换"])
def test_neither(text: str) -> None:
    assert hear(text).yes is None
    assert not hear(text).rest


@pytest.mark.parametrize("text", OTHER)
def test_a_word_that_only_begins_like_one_is_none(text: str) -> None:
    assert assent(text) is None


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("不对，是陆建华", Heard(False, "陆建华")),
        ("不对，应该是陆建华", Heard(False, "陆建华")),
        ("不是，2016年3月", Heard(False, "2016年3月")),
        ("错了，改成2016年3月", Heard(False, "2016年3月")),
        ("不是陆建国，是陆建华", Heard(False, "陆建华")),
        ("不是陆建国是陆建华", Heard(False, "陆建华")),
        ("不对，陆建华，谢谢", Heard(False, "陆建华")),
        ("不对。对外经贸公司", Heard(False, "对外经贸公司")),
        ("应该是陆建华", Heard(False, "陆建华")),
        ("改成2016年3月", Heard(False, "2016年3月")),
        ("no, it's 2016-03", Heard(False, "2016-03")),
        ("对，是陆建华", Heard(True, "陆建华")),
        ("陆建华，谢谢", Heard(None, "陆建华")),
        ("不是陆建国", Heard(False)),
        ("成都", Heard(None, "成都")),
    ],
)
def test_what_else_is_said(text: str, heard: Heard) -> None:
    assert hear(text) == heard


@pytest.mark.parametrize(
    "text", ["对陆建华", "是陆建华", "好的陆建华", "不对陆建华", "不对是陆建华", "对 陆建华"]
)
def test_what_runs_on_is_not_set_apart(text: str) -> None:
    assert hear(text).rest == "陆建华"
    assert not hear(text).apart


@pytest.mark.parametrize("text", ["没问题修理厂", "不锈钢焊工", "正确无误牌电焊"])
def test_what_runs_on_is_left_whole_where_it_may_be_one_word(text: str) -> None:
    assert hear(text) == Heard(None, text, apart=False)


@pytest.mark.parametrize(
    "text", ["", "全都" * 90, "不是" * 100, "对" * 200, "没" * 5000, "好，" * 66, "谢谢" * 100]
)
def test_any_text_is_heard_in_no_time(text: str) -> None:
    assert hear(text).yes in (True, False, None)


PUTTING_OFF = (
    "先这样吧，以后再补", "暂时这样", "就先这样", "那就先这样，回头再改", "好的，先这样", "不改了，先这样吧", "晚点再发",
    "等拿到证书再传", "等我找到了再补", "今天就写到这里吧，明天再写", "暂时没有更多了", "就这么多了", "想不起来了",
    "以后再说吧", "只能这样了", "先放着，有空再弄", "先 这 样 吧", "就这样吧！", "来不及了，先这样", "稍后再补", "以后再补，谢谢",
    "leave it for now", "later", "I'll add it later", "that's all for now",
)  # fmt: skip
NO_PUTTING_OFF = (
    *OTHER, "先这样干了三年，以后再补考了焊工证", "我暂时这样安排生产", "以后再说吧，这是师傅的口头禅", "以后再也没有出过事故",
    "先这样调刀，再那样走丝", "明天", "现在", "保留传统工艺", "慢慢改进刀具", "好的", "没有", "这些年来我一直在一线",
    "后面再加一道工序", "先这样\n再那样", "", "。",
)  # fmt: skip


@pytest.mark.parametrize("text", PUTTING_OFF)
def test_putting_off(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize("text", NO_PUTTING_OFF)
def test_no_putting_off(text: str) -> None:
    assert not puts_off(text)
