"""Whatever people do in whatever order, the interview stays consistent."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs.interview import Earlier, Interview
from dialogs.view import View
from forms.assent import assent
from forms.attachment import Attachment
from forms.loader import load, read
from tests.dialogs.hall import ANSWERS, at, at_the_end
from tests.dialogs.talking import Person, kept
from tests.dialogs.towns import east, west
from tests.forms.test_assent import NO, UNCLEAR, YES

HERE = Path(__file__).parent / "small"
SMALL = load(read(HERE, HERE.parent / "_none"))
ASSENT = st.sampled_from([*YES, *NO, *UNCLEAR])
TEXTS = st.one_of(
    ASSENT,
    st.sampled_from(
        [
            "焊工",
            "2015年7月",
            "201607",
            "是",
            "否",
            "技艺",
            "陆建华",
            "450122198409129963",
            "对的",
            "上一步",
            "跳过",
            "检查",
            "菜单",
            "哪个项目适合我？",
            "不沿用",
            "40",
            "我叫陆建华",
            "不对，是陆建国",
            "1903年7月",
            "零三年七月",
            "技校",
            "广西",
            "就这样",
            "改一下",
            "写完了",
        ]
    ),
    st.text(max_size=12),
)
PROOF = Attachment(
    file="f1", name="证书.jpg", media="image", mime="image/jpeg", size=90_000, width=900, height=1200
)
TOWNS = (east(), west())
KNOWN = {
    "in_area": True,
    "trade": "焊工",
    "trade_start": "2016-07",
    "area_start": "2015-01",
    "name": "陆建华",
    "id_number": "450122198409129963",
    "story": "我热爱焊接",
}
EARLIER = Earlier("old", TOWNS[0], Interview(programme="east", digest=TOWNS[0].digest, answers=KNOWN))


class Conversation(RuleBasedStateMachine):
    """A person who presses and types anything; some have applied before, some ask first what fits them."""

    @initialize(
        begin=st.sampled_from(["", "application", "pre-check", *ANSWERS, "the end"]), before=st.booleans()
    )
    def arrives(self, begin: str, before: bool) -> None:
        self.old: list[str] = []
        if begin in ANSWERS:  # far enough in to meet whatever asks back and remarks
            self.person = at(begin)
            return
        if begin == "the end":
            self.person = at_the_end()
            return
        self.person = Person(SMALL, programmes=TOWNS, earlier=(EARLIER,) if before else ())
        if begin == "application":
            self.person.begins()
        if begin == "pre-check":
            self.person.presses("同意，开始", "哪个项目适合我？")

    @rule(text=TEXTS)
    def types(self, text: str) -> None:
        self.person.says(text)

    @rule(text=ASSENT)
    def says_yes_or_no(self, text: str) -> None:
        """Where a yes or a no is asked for, the word is never what is answered, unless an option is called that."""
        person = self.person
        asks_for_one = any(button.says is not None for button in person.screen.buttons)
        before = person.interview.answers
        person.says(text)
        if asks_for_one and person.pinned:
            questions = View(person.pinned, person.interview, person.scene).form.questions
            for name, value in person.interview.answers.items():
                if before.get(name) != value and not questions[name].names(text):
                    assert value != text

    @rule(data=st.data())
    def presses(self, data: st.DataObject) -> None:
        tokens = sorted(self.person.screen.tokens())
        token = data.draw(st.sampled_from(tokens))
        self.old.append(token)
        self.person.presses_token(token)

    @precondition(lambda self: self.old)
    @rule(data=st.data())
    def presses_an_old_button(self, data: st.DataObject) -> None:
        self.person.presses_token(data.draw(st.sampled_from(self.old)))

    @rule()
    def sends_a_file(self) -> None:
        self.person.sends(PROOF)

    @precondition(lambda self: self.person.asked)
    @rule()
    def goes_back_and_forward(self) -> None:
        person = self.person
        before = person.interview.answers
        person.says("上一步")
        keep = next((button for button in person.screen.buttons if button.action.verb == "keep"), None)
        if keep:
            person.presses_token(keep.action.token(person.screen.revision))
        assert person.interview.answers == before

    @invariant()
    def the_screen_follows_from_the_interview_alone(self) -> None:
        if not hasattr(self, "person"):
            return
        again = self.person.look()
        assert again == self.person.look()
        assert again.parts
        assert len(again.tokens()) == len(again.all_buttons()), "two buttons share a token"
        assert len({token.encode() for token in again.tokens()}) == len(again.all_buttons())

    @invariant()
    def the_interview_is_whole(self) -> None:
        if not hasattr(self, "person"):
            return
        interview = self.person.interview
        assert kept(interview) == interview
        pinned = self.person.pinned
        if pinned is None:
            asked_before = any(event.kind == "fitting" for event in self.person.events)
            assert asked_before or interview.answers == {}
            assert not interview.finished_at
            return
        assert not interview.fitting
        view = View(pinned, interview, self.person.scene)
        on_path = {question.id for question in view.steps}
        assert set(interview.answers) <= set(view.form.questions)
        assert not set(interview.answers) & set(interview.skipped) & on_path
        assert not set(interview.answers) & set(interview.later) & on_path
        if interview.finished_at:
            assert view.ready
        if view.remarked and not (
            interview.page or interview.pending or interview.focus or interview.offering
        ):
            assert self.person.asked == view.remarked.id
            assert self.person.labels[:2] == ["改一下", "就这样"] or interview.locale != "zh"
        for question in view.steps:
            if question.id in interview.answers:
                if question.kind in ("name", "place"):
                    assert assent(interview.answers[question.id]) is None
                view.words(question.show(interview.answers[question.id]))
                question.printed(interview.answers[question.id])


@pytest.mark.timeout(600)
class TestConversation(Conversation.TestCase):
    settings = settings(
        max_examples=2000,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
