"""People who wander through a programme as they please; every turn of theirs is taken in two ways.

The quick way remembers between turns what the house remembers. The full way remembers nothing, not even within the turn:
the interview is read anew from what is kept, and path, verdicts and Screen are worked out each time they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from bot.house.across import wants
from dialogs import engine
from dialogs.interview import Interview, Outcome
from dialogs.scene import Memo, Scene
from dialogs.turn import Screen, Turn
from forms.attachment import Attachment
from forms.casefile import plain, read_case
from forms.kinds.base import Answer, Check, Circumstances, Given, Question, Unfinished, Value
from forms.library import BUILT_IN
from forms.programme import Programme
from tests.built_in import built_in
from tests.dialogs.offices import UNION, handed, remark
from tests.dialogs.talking import kept

T = TypeVar("T")
Step = Callable[[Programme | None, Interview, Turn, Scene], Outcome]

#: Every case file's answers lead somewhere else.
CASES = sorted(BUILT_IN.glob("*/cases/*.yaml"))
#: Turns of one walk, at most: a form takes about a hundred.
MOST = 120
_BEGUN = datetime(2026, 3, 5, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
_TEXTS = (
    *(
        "是",
        "否",
        "对的",
        "不对",
        "好",
        "没有",
        "不知道",
        "怎么填",
        "谢谢",
        "你好",
        "转人工",
        "以后再说",
        "改一下",
    ),
    *(
        "上一步",
        "跳过",
        "检查答案",
        "菜单",
        "条件",
        "材料",
        "没说清的",
        "进度",
        "english",
        "中文",
        "写完了",
        "就这样",
    ),
    *(
        "陆建华",
        "我叫陆建华，身份证号450122198409129963",
        "450122198409129963",
        "手机19000000101",
        "2009年元月",
    ),
    *(
        "2015年7月",
        "1981-09-05",
        "我在南宁机械厂当焊工",
        "南宁市总工会",
        "焊工",
        "男",
        "壮族",
        "中共党员",
        "40",
        "三",
    ),
    *(
        "2003年7月至今 南宁机械厂 焊工",
        "2018年 先进工作者 南宁市总工会",
        "第2段删掉",
        "改第1段",
        "1",
        "2",
        "13",
        "𠮷",
    ),
    "我热爱焊接，二十年来一直在一线，带出了十二名徒弟，攻克了不锈钢薄板焊接变形的难题，节约成本三百万元。"
    * 3,
)
_FILES = (
    Attachment(
        file="f" * 32, name="证书.jpg", media="image", mime="image/jpeg", size=90_000, width=900, height=1200
    ),
    Attachment(
        file="e" * 32, name="照片.png", media="image", mime="image/png", size=9_000, width=90, height=120
    ),
)


class Forgetful(Memo):
    """Remembers nothing."""

    def same(self, read: T) -> T:
        return read

    def onward(self, about: Hashable, of: tuple[object, ...], find: Callable[[T | None], T]) -> T:
        return find(None)


def full(
    programme: Programme | None, interview: Interview, turn: Turn, scene: Scene, step: Step = engine.step
) -> Outcome:
    """A step taken the full way."""
    return step(programme, kept(interview), turn, replace(scene, memo=Forgetful()))


def both(
    programme: Programme | None, interview: Interview, turn: Turn, scene: Scene, step: Step = engine.step
) -> Outcome:
    """A step taken the quick way. AssertionError where the full way comes to anything else."""
    slowly = full(programme, interview, turn, scene, step)
    quickly = step(programme, interview, turn, scene)
    assert quickly.screen == slowly.screen
    assert quickly == slowly
    return quickly


@dataclass(frozen=True)
class Story:
    """What somebody has to say: the answers of a case file, and of other parties."""

    programme: Programme
    answers: Mapping[str, Value]
    parties: Mapping[str, tuple[Mapping[str, Value], ...]]


@cache
def story(path: Path) -> Story:
    programme = built_in().named(path.parents[1].name)
    assert programme is not None
    case = read_case(str(path), path.read_text("utf-8"))
    return Story(
        programme,
        {
            name: _kept(programme.leading.questions[name], value)
            for name, value in plain(case.answers).items()
        },
        {who: tuple(map(plain, said)) for who, said in case.parties.items()},
    )


def _kept(question: Question, value: Value) -> Value:
    """An answer as it is kept: a case file has the paths of files, which nobody has sent."""
    if not (question.accepts_files and question.keyboard == "none"):
        return value
    about, draft = Circumstances(today=_BEGUN.date()), None
    for given in (Given(attachment=_FILES[0]), Given(key="done"), Given(text=str(value))):
        reading = question.parse(given, draft, about)
        if isinstance(reading, Answer | Check):
            return reading.value
        draft = reading.draft if isinstance(reading, Unfinished) else draft
    return value


class Walk:
    """One person's way, which `seed` decides: mostly as their case file says, at times anything else."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._story = story(self._chance.choice(CASES))
        self._state, self._memo = Interview(), Memo()
        self._scene = Scene(_BEGUN, built_in().offered, common=built_in().common)
        self._given: dict[str, list[Given]] = {}
        self._old: list[str] = []
        self._wild = self._chance.choice([0.05, 0.2, 0.5])
        self._screen = Screen(())
        self.turns = 0
        if self._chance.random() < 0.6:
            self._state = self._begun()

    @property
    def finished(self) -> bool:
        """Whether it was handed in for as long as it was not changed again."""
        return bool(self._state.finished_at)

    @property
    def answered(self) -> int:
        """How many answers stand."""
        return len(self._state.answers)

    def _begun(self) -> Interview:
        """Somebody with part of it behind them, or all."""
        programme, answers = self._story.programme, list(self._story.answers.items())
        so_far = self._chance.choice([len(answers), self._chance.randint(0, len(answers))])
        return Interview(
            consented_at=_BEGUN.isoformat(),
            programme=programme.id,
            digest=programme.digest,
            answers=dict(answers[:so_far]),
        )

    def goes(self) -> None:
        """To the end. AssertionError where the two ways part."""
        self._take()
        for _ in range(self._chance.randint(10, MOST)):
            if self._chance.random() < 0.1:
                self._happens()
            self._take(**self._next())

    def _next(self) -> dict[str, Any]:
        chance, verbs = self._chance, {b.action.verb: b for b in self._screen.all_buttons()}
        if chance.random() < self._wild:
            return self._anything()
        if self._screen.asks:
            return self._answers(self._screen.asks.question)
        for verb in ("consent", "agree", "allow", "confirm", "finish", "declare", "face", "afresh", "keep"):
            if verb in verbs:
                return self._presses(verb)
        if "programme" in verbs:
            return self._presses("programme", self._story.programme.id)
        return self._anything()

    def _answers(self, name: str) -> dict[str, Any]:
        """The question as the case file has it, piece by piece; else put off or passed over."""
        question = self._story.programme.leading.questions.get(name)
        value = self._story.answers.get(name)
        if question is None or value is None or (question.accepts_files and question.keyboard == "none"):
            passes = [b for b in self._screen.buttons if b.action.verb in ("later", "skip", "keep")]
            return self._pressing(self._chance.choice(passes)) if passes else self._anything()
        pieces = self._given.setdefault(name, [])
        if not pieces:
            pieces.extend(question.replay(value))
        given = pieces.pop(0)
        if given.key is not None:
            return self._presses("pick", f"{name}:{given.key}")
        return {"text": given.text, "whole": self._chance.random() < 0.2}

    def _anything(self) -> dict[str, Any]:
        chance, buttons = self._chance, self._screen.all_buttons()
        what = chance.random()
        if what < 0.5 and buttons:
            harmless = [button for button in buttons if button.style != "danger"]
            return self._pressing(chance.choice(harmless if chance.random() < 0.9 and harmless else buttons))
        if what < 0.85:
            return {"text": chance.choice(_TEXTS)}
        if what < 0.93:
            return {"file": chance.choice(_FILES)}
        return {"choice": chance.choice(self._old)} if self._old and what < 0.97 else {}

    def _presses(self, verb: str, about: str = "") -> dict[str, Any]:
        fitting = (b for b in self._screen.all_buttons() if b.action.verb == verb)
        button = next((b for b in fitting if about in ("", b.action.about)), None)
        return self._pressing(button) if button else self._anything()

    def _pressing(self, button: Any) -> dict[str, Any]:
        token = button.action.token(self._screen.revision)
        self._old = [*self._old[-20:], token]
        return {"choice": token}

    def _happens(self) -> None:
        """Something around the person: time passes, another process takes over, others answer, an office writes."""
        chance, scene = self._chance, self._scene
        match chance.randrange(6):
            case 0:
                days = chance.choice([0, 0, 1, 40])
                self._scene = replace(
                    scene, now=scene.now + timedelta(days=days, minutes=chance.randrange(500))
                )
            case 1:
                self._memo = Memo()
            case 2:
                self._state = kept(self._state)
            case 3:
                parts = (
                    {}
                    if chance.random() < 0.3
                    else {who: said for who, said in self._story.parties.items() if said}
                )
                self._scene = replace(scene, parts=parts)
            case 4:
                self._scene = replace(scene, counts={})
            case _ if self._state.finished_at:
                names = chance.sample(sorted(self._state.answers), min(2, len(self._state.answers)))
                sealed = tuple(remark(name, sealed=self._state.answers[name]) for name in names)
                back = chance.random() < 0.7
                where = {"handed": handed("returned" if back else "here"), "returned": sealed if back else ()}
                self._scene = replace(scene, destinations=(UNION,), **where)

    def _take(self, **what: Any) -> None:
        self.turns += 1
        pinned = next((each for each in built_in().offered if each.digest == self._state.digest), None)
        around = self._scene
        if pinned is not self._story.programme:  # the others are in the case of that one
            around = replace(around, parts={}, handed=None, returned=(), destinations=())
        same = {
            name: self._memo.same(getattr(around, name))
            for name in ("parts", "handed", "returned", "destinations")
        }
        scene = self._counted(pinned, replace(around, memo=self._memo, **same))
        outcome = both(pinned, self._state, Turn("walk", str(self.turns), **what), scene)
        self._state, self._screen = outcome.interview, outcome.screen
        self._memo = self._memo.of(self._state, self._state.answers)

    def _counted(self, pinned: Programme | None, scene: Scene) -> Scene:
        """As the house has it: what a rule across cases wants to know is known before the turn."""
        wanted = wants(pinned, self._state, scene)
        if not wanted:
            return scene
        counts = {key: self._chance.choice([0, 0, 1, 5]) for key in sorted(wanted)}
        self._scene = replace(self._scene, counts={**scene.counts, **counts})
        return replace(scene, counts=self._memo.same(self._scene.counts))
