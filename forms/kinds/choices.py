"""Several of several options."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from forms.characters import folded
from forms.kinds.base import (
    Answer,
    Circumstances,
    Given,
    Key,
    Keyboard,
    Problem,
    Reading,
    Unfinished,
    Value,
    pressed,
    stale,
    wants_text,
)
from forms.kinds.options import Option, OptionsQuestion, find, near, own_words, unknown
from forms.kinds.samples import phrase
from forms.message import Message, Own, say

_DONE = "done"
_OWN = 24  # characters of made-up own words
_NONE = frozenset(
    ["无", "没有", "没", "都没", "都没有", "一个都没有", "一项都没有", "都不是", "都不符合", "none"]
)
_BETWEEN = re.compile(r"[、，,；;\n\s]+")


class ChoicesQuestion(OptionsQuestion):
    """Value: {option value: own words, or ""} in the order of the options.

    Draft: {"ticks": the same}, with "own": value while the words of an option are awaited. At least `min_chosen`
    ticks are needed: one, or none where the question is optional, unless it says otherwise.
    """

    kind: Literal["choices"] = "choices"
    min_chosen: int | None = Field(None, ge=0)

    keyboard: ClassVar[Keyboard] = "text"

    @property
    def _least(self) -> int:
        return self.min_chosen if self.min_chosen is not None else int(not self.optional)

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A tick, the end, own words, or several options typed at once."""
        if refusal := wants_text(given):
            return refusal
        ticks = dict(draft["ticks"]) if draft else {}
        awaited = self.option(draft.get("own")) if draft else None
        if given.text is not None and awaited:
            return self._described(given.text, awaited, ticks, about)
        end = next((key for key in self.keys(draft) if key.value == _DONE), None)
        if given.key == _DONE or (end and pressed(given, (end,)) == _DONE):
            return self._finished(ticks)
        if given.text is None:
            option = self.option(given.key)
            return self._ticked([option], ticks) if option else stale()
        if end and not ticks and _none(given.text) and not find(given.text, self.offered, ()):
            return self._finished(ticks)
        return self._typed(given.text, ticks)

    def _finished(self, ticks: dict[str, str]) -> Reading:
        if len(ticks) < self._least:
            return Problem(
                say("至少选 {least} 项，现在选了 {count} 项。", least=self._least, count=len(ticks))
            )
        for option in self.offered:
            if option.own_text and ticks.get(option.value) == "":
                return Unfinished({"ticks": ticks, "own": option.value})
        return Answer(self._ordered(ticks))

    def _ticked(self, options: list[Option], ticks: dict[str, str], typed: bool = False) -> Reading:
        awaited = None
        for option in options:
            if option.value in ticks and not typed:
                del ticks[option.value]
            elif option.value not in ticks:
                ticks[option.value] = ""
                awaited = option if option.own_text else awaited
        draft: dict[str, Value] = {"ticks": self._ordered(ticks)}
        return Unfinished({**draft, "own": awaited.value} if awaited else draft)

    def _described(self, text: str, option: Option, ticks: dict[str, str], about: Circumstances) -> Reading:
        words = own_words(text, about)
        if isinstance(words, Problem):
            return words
        return Unfinished({"ticks": self._ordered({**ticks, option.value: words})})

    def _typed(self, text: str, ticks: dict[str, str]) -> Reading:
        whole = find(text, self.offered, self.offered)
        if whole:
            return self._ticked([whole], ticks, typed=True)
        found = []
        for part in _BETWEEN.split(text.strip()[:500]):
            option = find(part, self.offered, self.offered)
            if option is None:
                likely = near(part, self.offered)
                if len(likely) != 1:
                    return unknown(self.offered, likely)
                option = likely[0]
            found.append(option)
        return self._ticked(found, ticks, typed=True)

    def _ordered(self, ticks: dict[str, str]) -> dict[str, str]:
        return {option.value: ticks[option.value] for option in self.offered if option.value in ticks}

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """What may be done, what is ticked, or the request for own words."""
        if draft and draft.get("own"):
            option = self.option(draft["own"])
            return (say("“{option}”请写出具体内容。", option=option.shown if option else ""),)
        if draft and draft["ticks"]:
            return (
                *self.explained(),
                say("已选：{options}。可以接着选，选好了请点“选好了”。", options=self.show(draft["ticks"])),
            )
        return (*self.explained(), say("可以选几项，再点一次是取消。选好了请点“选好了”。"))

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The options with their ticks, and the end."""
        ticks = draft["ticks"] if draft else {}
        keys = [Key(option.value, option.shown, option.value in ticks) for option in self.offered]
        if len(ticks) >= self._least:
            keys.append(Key(_DONE, say("选好了") if ticks else say("都没有")))
        return tuple(keys)

    def holds(self, draft: Value) -> bool:
        """Ticks."""
        return bool(draft and draft["ticks"])

    def reopen(self, value: Value) -> Value | None:
        """The ticks as they stand."""
        return {"ticks": value}

    def show(self, value: Value) -> str | Message:
        """The labels, own words in brackets."""
        chosen = tuple(self._words(option, value) for option in self.offered if option.value in value)
        return say("{options}", options=chosen) if chosen else say("都没有")

    def offers(self, value: Value) -> bool:
        """Options, all of them."""
        return all(self.option(name) for name in value)

    def printed(self, value: Value) -> str:
        """The values, own words in brackets."""
        return "、".join(f"{name}（{words}）" if words else name for name, words in value.items())

    def _words(self, option: Option, value: Value) -> str | Message:
        own = value[option.value]
        return say("{option}（{words}）", option=option.shown, words=Own(own)) if own else option.shown

    def replay(self, value: Value) -> tuple[Given, ...]:
        """A key for each tick, own words after theirs, and the end."""
        steps = []
        for name, words in value.items():
            steps.append(Given(key=name))
            if words:
                steps.append(Given(text=words))
        return (*steps, Given(key=_DONE))

    def fullest(self) -> Value:
        """Every option, with own words where they are asked for."""
        return {option.value: phrase(_OWN) if option.own_text else "" for option in self.offered}

    def variants(self) -> tuple[Value, ...]:
        """All of them, each alone, and none where that will do."""
        fullest: dict[str, str] = self.fullest()
        alone = tuple({name: own} for name, own in fullest.items()) if len(fullest) > 1 else ()
        return (fullest, *(alone if self._least < 2 else ()), *(({},) if self._least == 0 else ()))


def _none(text: str) -> bool:
    return folded(text).strip("。.！! ").casefold() in _NONE
