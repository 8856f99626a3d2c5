"""Everything that follows from an interview at one moment, worked out once and only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dialogs.at_office import IN_HAND, Handed, Returned
from dialogs.interview import Interview
from dialogs.roles import Role, role_of
from dialogs.scene import Scene
from dialogs.turn import Progress
from dialogs.words import Words
from forms.answers import Walk, behind, walk
from forms.expressions import differing, expression
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Problem,
    Question,
    Reading,
    Remark,
    Value,
)
from forms.message import say
from forms.programme import Form, Programme, Section
from forms.rules import Conclusion, Judged, Verdict, conclude, judge
from forms.settling import SettledVerdict, settle

#: What a failed rule of this weight keeps from being handed in; material ones are marked, not barred.
BARRING = frozenset({"blocked", "ineligible"})
#: Conclusions that are mended by other papers.
IN_PAPERS = frozenset({"material_error", "material_missing"})

_SOMEBODY_ELSE = say(
    "这个身份证号，这份申报里的另一位已经用了：被推荐人和每位推荐人要是不同的人。打错了就重打一次。"
)


@dataclass(frozen=True)
class View:
    """An interview in its scene. `programme` is the pinned one, None before it is chosen."""

    programme: Programme
    interview: Interview
    scene: Scene

    @cached_property
    def words(self) -> Words:
        """The person's language."""
        return Words(self.interview.locale, self.programme)

    @cached_property
    def form(self) -> Form:
        """The form that this party fills in."""
        return self.programme.form(self.interview.role)

    @cached_property
    def role(self) -> Role:
        """Whose part this is."""
        return role_of(self.interview.role)

    @property
    def _grounds(self) -> tuple[object, ...]:
        """All that the path and what hangs on it follow from."""
        interview, scene = self.interview, self.scene
        return (self.programme, interview.answers, interview.role, scene.parts, scene.counts)

    @cached_property
    def _walked(self) -> Walk:
        interview, scene = self.interview, self.scene
        party = interview.role

        def walked(before: Walk | None) -> Walk:
            return walk(
                self.programme, interview.answers, scene.now, scene.parts, party, scene.counts, before
            )

        return scene.memo.onward(("path", self.today), self._grounds, walked)

    @property
    def steps(self) -> tuple[Question, ...]:
        """The questions that apply, in order."""
        return self._walked.steps

    @property
    def on_path(self) -> Mapping[str, Question]:
        """The questions that apply, by id."""
        return self._walked.on_path

    def question(self, name: str) -> Question:
        """The question as it is asked now, or as the form has it where it does not apply. Raises KeyError."""
        return self.on_path.get(name) or self.form.questions[name]

    @property
    def scope(self) -> Mapping[str, Any]:
        """What rules and prints may read."""
        return self._walked.scope

    @property
    def keys(self) -> Mapping[str, str]:
        """Those by which cases are compared (`forms.across`)."""
        return self._walked.keys

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Every rule that applies, judged now; what was left to staff as they settled it, while its ground stands."""
        if not self.role.judged:
            return ()
        appealed = self.interview.appealed

        def judged(before: Judged | None) -> Judged:
            return Judged(self.scope, judge(self.programme, self.scope, appealed, self.form.party, before))

        verdicts = self.scene.memo.onward(("verdicts", appealed, self.today), self._grounds, judged).verdicts
        if not self.scene.settlements:
            return verdicts
        return settle(self.programme, self.scope, verdicts, self.scene.settlements, self.number)

    def differing(self, other: View) -> frozenset[str]:
        """The names in scope that come to something else there."""
        mine, theirs = self.scope, other.scope
        return self.scene.memo.once("differing", (mine, theirs), lambda: differing(mine, theirs))

    @property
    def number(self) -> int:
        """Which of several parties of its kind this is."""
        return self.scene.invited.number if self.scene.invited else 1

    @cached_property
    def today(self) -> date:
        """The day where the programme is."""
        return self.programme.window.today(self.scene.now)

    @property
    def late(self) -> bool:
        """Whether the window has closed before the case was handed in."""
        return not self.lodged and self.programme.window.state(self.scene.now) == "closed"

    @property
    def lodged(self) -> bool:
        """Whether the case was handed in and not taken back."""
        return self.scene.handed is not None and self.scene.handed.state != "withdrawn"

    @property
    def conclusion(self) -> Conclusion:
        """What the case comes to, were it handed in now."""
        return conclude(self.verdicts, self.late, bool(self.wrong))

    @cached_property
    def barred(self) -> tuple[Verdict, ...]:
        """Failed rules that keep the case from being handed in for real; what an office has settled is for it to decide."""
        failed = (v for v in self.verdicts if v.outcome == "not_met" and v.rule.failing in BARRING)
        return tuple(v for v in failed if not isinstance(v, SettledVerdict))

    @property
    def rehearsing(self) -> bool:
        """Whether prints are marked 样张: practice was chosen, the window is closed, or a rule bars the case."""
        return self.interview.practice or self.late or bool(self.barred)

    def settled(self, question: Question) -> bool:
        """Answered, passed over, put off, or to come on paper."""
        interview = self.interview
        return (
            question.id in interview.answers
            or question.id in interview.skipped
            or question.id in interview.later
            or self.on_paper(question)
        )

    def on_paper(self, question: Question) -> bool:
        """Whether what a sensitive question asks for comes on paper: its consent was not given, or is withdrawn."""
        interview = self.interview
        return (
            bool(question.sensitive)
            and question.id in interview.withheld
            and question.id not in interview.answers
        )

    def unallowed(self, question: Question) -> bool:
        """Whether a question takes nothing before its own consent is given."""
        return bool(question.sensitive) and question.id not in self.interview.allowed

    @cached_property
    def put_off(self) -> tuple[Question, ...]:
        """What was left for later and is still without an answer."""
        interview = self.interview
        if not interview.later:
            return ()
        return tuple(q for q in self.steps if q.id in interview.later and q.id not in interview.answers)

    @cached_property
    def unsettled(self) -> tuple[Question, ...]:
        """The questions on the path that are not settled, in order."""
        interview = self.interview
        done = interview.answers.keys() | {*interview.skipped, *interview.later}
        return tuple(q for q in self.steps if q.id not in done and not self.on_paper(q))

    @property
    def next_question(self) -> Question | None:
        """The first question on the path that is not settled."""
        return self.unsettled[0] if self.unsettled else None

    @cached_property
    def current(self) -> Question | None:
        """The question on screen: one the person asked to see again, one to be mended, else the next."""
        focused = self.on_path.get(self.interview.focus)
        return focused or self.remarked or self.resent or next(iter(self.sent_back), self.next_question)

    @cached_property
    def in_hand(self) -> Handed | None:
        """The case as an office has it, where this party may change nothing of its own now; None where it may.

        Whoever has not done their part yet goes on with it.
        """
        handed = self.scene.handed
        if handed is None or handed.state not in IN_HAND or self.scene.returned:
            return None
        return handed if self.role.leads or self.interview.finished_at else None

    @cached_property
    def returned(self) -> tuple[Returned, ...]:
        """What staff sent back and is still to be answered: the answer is as it was, and nobody has upheld it.

        What does not apply any more is not asked, and an answer that was cleared is asked for like any other.
        """
        if not self.scene.returned:
            return ()
        interview, steps = self.interview, self.on_path
        upheld = {each.remark for each in interview.upheld}
        given = interview.answers.keys() | {*interview.skipped, *interview.withheld}
        return tuple(
            each
            for each in self.scene.returned
            if each.question in steps
            and each.id not in upheld
            and each.question in given
            and interview.answers.get(each.question) == each.sealed
        )

    @cached_property
    def sent_back(self) -> tuple[Question, ...]:
        """The questions on which staff sent something back that is still to be answered, in order."""
        names = {each.question for each in self.returned}
        return tuple(question for question in self.steps if question.id in names) if names else ()

    @cached_property
    def amending(self) -> Question | None:
        """The question whose standing answer another one is offered for."""
        pending = self.interview.pending
        if pending is None or not pending.amends or pending.question not in self.interview.answers:
            return None
        return self.on_path.get(pending.question)

    @cached_property
    def facing(self) -> Verdict | None:
        """A failed rule whose offers the person has not walked past yet: a bar, or else wrong material."""
        wrong = () if self.interview.finished_at else self.wrong_material
        return next((v for v in (*self.barred, *wrong) if v.rule.id not in self.interview.faced), None)

    @cached_property
    def wrong_material(self) -> tuple[Verdict, ...]:
        """Papers and files that are not as they must be."""
        return tuple(
            v for v in self.verdicts if v.outcome == "not_met" and v.rule.failing == "material_error"
        )

    @cached_property
    def resent(self) -> Question | None:
        """The question of the wrong file that is faced: another file that comes now is meant for it."""
        if self.facing is None or self.facing in self.barred:
            return None
        return next((question for question in self.questions_of(self.facing) if question.accepts_files), None)

    @cached_property
    def missing(self) -> tuple[Question, ...]:
        """Required questions without an answer."""
        given = self.interview.answers
        return tuple(q for q in self.steps if q.id not in given and not q.optional and not self.on_paper(q))

    @cached_property
    def circumstances(self) -> Circumstances:
        """What kinds may know besides the question."""
        faces = self.scene.faces
        return Circumstances(
            today=self.today,
            unprintable=faces.missing if faces else lambda text: (),
            area_code=self.programme.area_code,
            scope=self.scope,
        )

    def read(self, question: Question, given: Given) -> Reading:
        """What the question makes of what was sent."""
        reading = question.parse(given, self.draft(question), self.circumstances)
        if question.kind != "id-number" or not isinstance(reading, Answer | Check):
            return reading
        return Problem(_SOMEBODY_ELSE) if reading.value in self.scene.identities else reading

    def draft(self, question: Question) -> Value:
        """What is half given of a question, or what earlier answers suggest to begin with; None where neither is."""
        interview = self.interview
        own = interview.drafts.get(question.id)
        if own is not None or self.settled(question) or question.id in interview.declined:
            return own
        texts = (each.words(self.scope) for each in question.suggest)
        text = next((text for text in texts if text is not None), "")
        return question.begun(text, self.circumstances) if text else None

    def remarks(self, question: Question) -> tuple[Remark, ...]:
        """What is to be said about a standing answer."""
        if question.id not in self.interview.answers:
            return ()
        return question.remarks(self.interview.answers[question.id], self.circumstances)

    @cached_property
    def remarked(self) -> Question | None:
        """The question whose answer was just taken, while there is something to remark on it.

        A failed rule that weighs the same answer says it all on its own Screen.
        """
        name = self.interview.remarked
        named = self.on_path.get(name)
        if named is None or not self.remarks(named):
            return None
        return None if self.facing and named in self.questions_of(self.facing) else named

    @cached_property
    def wrong(self) -> Mapping[str, tuple[Remark, ...]]:
        """Answers that must be mended before submission, by question."""
        return self.scene.memo.once(("wrong", self.today), self._grounds, self._blocking)

    def _blocking(self) -> Mapping[str, tuple[Remark, ...]]:
        blocking = {
            name: tuple(remark for remark in remarks if remark.blocking)
            for name, remarks in self.remarked_on.items()
        }
        return {name: remarks for name, remarks in blocking.items() if remarks}

    @cached_property
    def remarked_on(self) -> Mapping[str, tuple[Remark, ...]]:
        """What is to be said about all answers that are no files, by question.

        A file that is wrong is a rule's matter: what is remarked on it never blocks.
        """
        typed = (q for q in self.steps if not (q.accepts_files and q.keyboard == "none"))
        return {question.id: self.remarks(question) for question in typed}

    @property
    def ready(self) -> bool:
        """Whether everything asked is answered and nothing blocks."""
        return not self.missing and not self.wrong

    def section_of(self, question: Question) -> Section:
        """The section a question stands in."""
        return next(section for section in self.form.sections if question.id in section.names)

    def progress(self, question: Question | None) -> Progress:
        """How far the form is, in the question's section and in all."""
        interview, on_path = self.interview, self.on_path.keys()
        passed = on_path & {*interview.skipped} - {*interview.later}
        if interview.withheld:
            passed |= {q.id for q in self.steps if self.on_paper(q)}
        settled = passed | on_path & interview.answers.keys()
        if question is None:
            return Progress("", 0, 0, len(settled), len(on_path), len(self.put_off))
        section = self.section_of(question)
        own = section.names
        return Progress(
            section=self.words.text(section.title),
            done=len(own & settled),
            of=len(own & on_path),
            all_done=len(settled),
            all_of=len(on_path),
            put_off=len(self.put_off),
        )

    def questions_of(self, verdict: Verdict) -> tuple[Question, ...]:
        """The questions whose answers a rule weighs, in order: where a failed one can be corrected."""
        rule = verdict.rule
        weighed = expression(rule.condition).names.union(rule.across.same if rule.across else ())
        names = behind(self.programme, weighed)
        return tuple(q for q in self.steps if q.id in names or names.intersection(q.derives))
