"""What is sensitive is taken of whoever agreed to that alone; it can be taken back, and comes on paper then."""

from __future__ import annotations

from functools import cache

import pytest

from dialogs.events import Allowed, NotKept, Withheld
from dialogs.scene import Agreed
from forms.attachment import Attachment
from forms.loader import Source, load
from forms.programme import Programme
from tests.dialogs import hall as halls
from tests.dialogs.talking import Person

_PLAIN = "{kind: scans, id: certificate, label: 证书, ask: 请拍证书。}"
_SENSITIVE = (
    "{kind: scans, id: certificate, label: 身份证正反面, ask: 请发身份证。, "
    "sensitive: {what: 身份证照片, why: 核对身份}}"
)
_PAPERS = "  - {id: card, title: 身份证复印件, form: 复印件, question: certificate, clause: 七}\ndeclaration"
CARD = Attachment(
    file="c" * 32, name="身份证.jpg", media="image", mime="image/jpeg", size=1, width=1000, height=700
)


@cache
def programme(optional: bool = False, asked: str = _SENSITIVE) -> Programme:
    """The hall's, whose certificate is the picture of an ID card."""
    asked = asked.replace("sensitive:", "optional: true, sensitive:") if optional else asked
    return load(
        Source(
            {
                "programme.yaml": halls.PROGRAMME.replace("declaration", _PAPERS),
                "rules.yaml": halls.RULES,
                "forms/application.yaml": halls.FORM.replace(_PLAIN, asked),
                "print/application.html": halls.PRINT,
            }
        )
    )


def before(optional: bool = False, asked: str = _SENSITIVE, **around: object) -> Person:
    """Somebody at the question, which they have not agreed to."""
    kept = list(halls.ANSWERS)[: list(halls.ANSWERS).index("certificate")]
    pinned = programme(optional, asked)
    interview = halls.Interview(
        consented_at="2026-06-15T04:00:00+00:00",
        programme=pinned.id,
        digest=pinned.digest,
        answers={name: halls.ANSWERS[name] for name in kept},
    )
    return Person(pinned, interview=interview, around=dict(around))


def sent(optional: bool = False, **around: object) -> Person:
    """Somebody who agreed and sent it."""
    person = before(optional, **around)
    person.presses("同意")
    person.sends(CARD)
    person.presses("发完了")
    return person


def test_it_is_asked_for_only_after_one_sentence_on_what_for_who_sees_it_and_how_long() -> None:
    person = before()
    assert person.asked == "", "no file can be meant for it yet"
    said = person.text
    for word in ("身份证照片", "单独同意", "核对身份", "受理的工会", "评选结束满2年", "交纸质的"):
        assert word in said, word
    assert {"同意", "不同意", "稍后再补"} <= set(person.labels)
    person.presses("同意")
    assert person.asked == "certificate"
    (event,) = (each for each in person.events if isinstance(each, Allowed))
    assert event.about == "certificate"
    assert event.text in said, "what is noted is what was shown"
    assert "text" not in event.details, "and the history keeps no text"


@pytest.mark.parametrize(
    "words",
    [
        "不同意",
        "不",
        "不愿意",
        "不想发",
        "我不想给",
        "不方便传",
        "不要拍身份证",
        "我交纸质的",
        "到时候带复印件去",
        "纸质的吧",
        "拒绝提供",
    ],
)
def test_whoever_rather_not_goes_on_in_whatever_words(words: str) -> None:
    person = before()
    person.says(words)
    assert person.asked == "wish"
    assert person.interview.withheld == ("certificate",)
    assert "certificate" not in person.interview.answers
    assert any(isinstance(each, Withheld) for each in person.events)


#: Files of another kind, as another programme has them.
_RECORD = (
    "{kind: scans, id: certificate, label: 无犯罪记录证明扫描件, ask: 请发证明。, "
    "sensitive: {what: 无犯罪记录证明, why: 核对条件}}"
)


@pytest.mark.parametrize(
    ("words", "card", "record"),
    [
        ("身份证不想发", True, False),
        ("我不发身份证", True, False),
        ("不给你们身份证正反面", True, False),
        ("身份证交纸质的", True, False),
        ("无犯罪记录证明不想发", False, True),
        ("我不发无犯罪记录证明的", False, True),
        ("这个不发", True, True),
        ("照片不方便传", True, True),
    ],
)
def test_what_is_refused_is_called_as_the_programme_calls_it(words: str, card: bool, record: bool) -> None:
    for asked, refused in ((_SENSITIVE, card), (_RECORD, record)):
        person = before(asked=asked)
        person.says(words)
        assert person.interview.withheld == (("certificate",) if refused else ()), asked


@pytest.mark.parametrize("words", ["同意", "好的", "可以", "行，同意", "嗯", "同意发"])
def test_a_yes_in_other_words_is_a_yes(words: str) -> None:
    person = before()
    person.says(words)
    assert person.asked == "certificate"
    assert person.interview.allowed == ("certificate",)


@pytest.mark.parametrize("words", ["为什么要", "450122198409129963", "今天天气好", "身份证"])
def test_other_words_neither_agree_nor_refuse(words: str) -> None:
    person = before()
    person.says(words)
    assert person.asked == ""
    assert (person.interview.allowed, person.interview.withheld) == ((), ())


def test_a_file_before_the_yes_is_not_taken_and_not_kept() -> None:
    person = before()
    person.sends(CARD)
    assert "没有收下，也没有留着" in person.text
    assert person.interview.drafts == {}
    assert [each.about for each in person.events if isinstance(each, NotKept)] == [CARD.file]


def test_without_it_the_application_goes_to_its_end_and_says_what_comes_on_paper() -> None:
    person = before()
    person.presses("不同意")
    person.says("平安")
    assert "还没填" not in person.text
    assert "没同意发，交纸质的" in person.text
    person.says("进度")
    assert "身份证正反面：没同意发，请交纸质的" in person.text
    person.says("材料清单")
    assert "身份证复印件 1份 复印件（七）  [没同意发电子版，请自己备好纸质的]" in person.text
    person.presses("返回")
    person.says("检查答案")
    person.presses("没问题，生成盖章材料", "属实，生成材料")
    assert person.interview.finished_at


def test_what_is_optional_is_passed_over_by_a_no() -> None:
    person = before(optional=True)
    assert "不同意就跳过，不影响申报" in person.text
    person.presses("不同意")
    person.says("进度")
    assert "身份证正反面：没同意发" in person.text


def test_it_can_be_put_off_and_is_asked_again() -> None:
    person = before()
    person.presses("稍后再补")
    assert person.asked == "wish"
    person.says("平安", "接着填")
    assert "单独同意" in person.text


def test_whoever_changes_their_mind_is_asked_again_and_can_send_it() -> None:
    person = before()
    person.presses("不同意")
    person.says("平安")
    person.presses("改：身份证正反面")
    assert "现在改主意也可以" in person.text
    person.presses("同意")
    person.sends(CARD)
    person.presses("发完了")
    assert person.interview.answers["certificate"]
    assert person.interview.withheld == ()


def test_it_is_taken_back_from_my_data_and_the_file_goes() -> None:
    person = sent(
        agreed=(Agreed("general", "", "2026-06-15"), Agreed("sensitive", "certificate", "2026-06-15"))
    )
    person.says("我的数据")
    person.presses("同意和撤回")
    assert "2026年6月15日：隐私说明" in person.text
    assert "2026年6月15日：身份证照片" in person.text
    person.presses("撤回：身份证照片")
    assert "马上删掉" in person.text
    assert "改交纸质的" in person.text
    person.presses("撤回，删掉")
    assert "撤回好了" in person.text
    assert CARD.file not in person.interview.model_dump_json()
    assert person.interview.withheld == ("certificate",)
    assert [each.about for each in person.events if isinstance(each, Withheld)] == ["certificate"]


def test_nothing_but_its_own_button_takes_it_back() -> None:
    person = sent()
    person.says("同意记录")
    person.presses("撤回：身份证照片")
    person.says("好的")
    assert person.interview.allowed == ("certificate",)
    person.presses("不撤回，返回")
    assert person.interview.answers["certificate"]


def test_starting_over_keeps_the_consent_and_no_file() -> None:
    person = sent()
    person.says("重新开始")
    person.presses("清空，重新开始")
    assert person.interview.answers == {}
    assert person.interview.allowed == ("certificate",)


@pytest.mark.parametrize(
    "words",
    [
        "撤回同意",
        "我想撤回同意",
        "怎么撤回授权",
        "我不同意了",
        "我同意过什么",
        "撤销我的授权",
        "取消对身份证照片的同意",
        "withdraw my consent",
    ],
)
def test_words_that_ask_for_it_open_the_page_anywhere(words: str) -> None:
    person = sent()
    person.says(words)
    assert person.interview.page == "consents"
