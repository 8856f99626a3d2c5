"""Several of several options."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

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
from forms.kinds.options import Option, OptionsQuestion, find, own_words, partly, told, unknown
from forms.kinds.samples import phrase
from forms.message import Message, Own, say
from forms.numerals import to_arabic
from forms.understanding import Meaning, meaning

_DONE = "done"
_OWN = 24  # characters of made-up own words
_LABELLED = re.compile(r"(?P<option>[^:：\s是]{1,30})(?:[:：是]|\s)\s*(?P<own>.+)", re.DOTALL)
_ALL = re.compile(
    "(?:这?[两二三四五六七]?[个项种样]|这些|我|以上|全)*(?:全部|全都|都|全)"
    "(?:有|是|选|符合|要|占|会|做|满足|可以|选上|勾上|得过|拿过)?(?:了|的|呢|啊)?"
    "|(?:两者|二者)都(?:有|是)|all(?: of them)?"
)
_MENDED = re.compile(r"(?:应该)?(?:改|写|换)[成为](?P<own>.+)", re.DOTALL)
#: What a clause may say beside the options: when, by whom, how often.
_ASIDE = re.compile(
    r"(?:我|是|在|于|[0-9一二三四五六七八九十两几]|年|月|日|号|评|上|的|了|得|拿|获|发|颁|考|过|那|时候?|当时|去|今|前|刚|有|就|这些|几个|嗯|对|谢谢|都|好)*"
    r"|(?:其他|别的|剩下|其余)的?(?:都)?(?:没有?|不是|不符合|无)(?:了|的)?"
)
#: The end said behind the options: 带徒、培训，就这些.
_ENOUGH = re.compile(
    r"(?P<said>.*[^、，,；;。.\s])[、，,；;。.\s]++(?:就(?:是)?这(?:些|样|几[个项种样]|[两三四五六]?[个项种样])?|没有?别的|没有?其他的?|没有?了|选好|完)"
    r"(?:了|啦|吧|的)*[。.！!]*",
    re.DOTALL,
)
_BETWEEN = re.compile(
    r"[、，,；;\n\s]+|(?<=[\d个项条种])(?:和|与|跟|还有|以及)(?=第?[\d一二三四五六七八九十])|(?<=[个项条种])(?=第[\d一二三四五六七八九十]{1,3}[个项条种])"
)
_FIRST = re.compile("(?:选)?前(?:面)?(?P<count>\\d{1,2}|[一二两三四五六七八九十]{1,2})[个项条种]")
_LAST = re.compile("(?:选)?(?:最后|倒数第)一?[个项条种]")
_GAP = re.compile(r"[ \t\u3000]+")


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
        if end and not ticks and meaning(given.text) in ("none", "no") and not self.names(given.text):
            return self._finished(ticks)
        ends = _ENOUGH.fullmatch(given.text.strip())
        reading = self._typed(ends["said"] if ends else given.text, ticks, about)
        if not ends or not isinstance(reading, Unfinished) or reading.draft.get("own") or reading.said:
            return reading
        return self._finished(reading.draft["ticks"])

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

    def _typed(self, text: str, ticks: dict[str, str], about: Circumstances) -> Reading:
        whole = find(text, self.offered, self.offered)
        if whole is None and not ticks and meaning(text) in ("none", "no"):
            whole = self.nothing
        if whole:
            return self._named([whole], ticks)
        if _ALL.fullmatch(text.strip("。.！!，, ")):
            return self._ticked([option for option in self.offered if not option.own_text], ticks, typed=True)
        if placed := self._placed(text.strip("。.！!，, ")):
            return self._ticked(placed, ticks, typed=True)
        own = self._labelled(text, ticks, about)
        if own is not None:
            return own
        said = self._told(text, ticks)
        if said is not None:
            return said
        picked = []
        for part in _BETWEEN.split(text.strip()[:500]):
            option = find(part, self.offered, self.offered)
            if option is None:
                likely = partly(part, self.offered)
                if len(likely) != 1:
                    return unknown(self.offered, likely)
                option = likely[0]
            picked.append(option)
        return self._ticked(picked, ticks, typed=True)

    def _placed(self, text: str) -> list[Option]:
        """The options that are named by where they stand: 前三个, 最后一个; none for any other text."""
        if first := _FIRST.fullmatch(text):
            count = int(to_arabic(first["count"]))
            return list(self.offered[:count]) if count <= len(self.offered) else []
        return [self.offered[-1]] if _LAST.fullmatch(text) else []

    def _named(self, options: list[Option], ticks: dict[str, str]) -> Reading:
        """Options by their names; one with own words that is ticked already is asked for these anew."""
        if len(options) == 1 and options[0].own_text and options[0].value in ticks:
            return Unfinished({"ticks": self._ordered(ticks), "own": options[0].value})
        return self._ticked(options, ticks, typed=True)

    def _labelled(self, text: str, ticks: dict[str, str], about: Circumstances) -> Reading | None:
        """Own words behind the name of their option: 其他：会修表; or behind “改成”, where only one option has such."""
        mended = _MENDED.fullmatch(text.strip())
        worded = [option for option in self.offered if ticks.get(option.value)]
        if mended and len(worded) == 1:
            return self._described(mended["own"], worded[0], ticks, about)
        labelled = _LABELLED.fullmatch(text.strip())
        option = find(labelled["option"], self.offered, ()) if labelled else None
        if labelled is None or option is None or not option.own_text:
            return None
        if find(labelled["own"], self.offered, ()):
            return None
        return self._described(labelled["own"], option, ticks, about)

    def _told(self, text: str, ticks: dict[str, str]) -> Reading | None:
        """The options that a sentence names; what else it says is told to be none of them. None where it names none."""
        mentions = told(text, self.offered)
        taken_back = [value for value in mentions.denied if value in ticks]
        if not mentions.said and taken_back:
            kept = {value: own for value, own in ticks.items() if value not in taken_back}
            return Unfinished({"ticks": self._ordered(kept)})
        if not mentions.said:
            return self._not_those(mentions.denied, ticks) if mentions.denied else None
        options = [option for option in self.offered if option.value in mentions.said]
        numbered = [self._alone(clause) for clause in mentions.left]
        reading = self._named([*options, *filter(None, numbered)], ticks)
        left = tuple(
            clause
            for clause, option in zip(mentions.left, numbered, strict=True)
            if option is None and not _ASIDE.fullmatch(clause)
        )
        left += self._between_blanks(text)
        if not left or not isinstance(reading, Unfinished):
            return reading
        said = say("“{words}”不在这几项里，没有记。", words=Own("、".join(left)))
        return replace(reading, said=(*reading.said, said))

    def _between_blanks(self, text: str) -> tuple[str, ...]:
        """What is set apart by blanks and names no option: 手艺 of “手艺 带徒弟”."""
        parts = [part for part in _GAP.split(text.strip()) if part]
        if len(parts) < 2 or any(len(part) < 2 for part in parts):
            return ()
        unheard = (
            part
            for part in parts
            if (heard := told(part, self.offered)) and not heard.said and not heard.denied
        )
        return tuple(part for part in unheard if self._alone(part) is None and not _ASIDE.fullmatch(part))

    def _not_those(self, denied: tuple[str, ...], ticks: dict[str, str]) -> Reading:
        """What was said not to be so is not ticked, and that is told."""
        options = tuple(option.shown for option in self.offered if option.value in denied)
        said = say("“{options}”没有选。有别的就接着选。", options=options)
        return Unfinished({"ticks": self._ordered(ticks)}, (said,))

    def _alone(self, clause: str) -> Option | None:
        """The option whose number a clause is, or that it is a part of."""
        likely = partly(clause, self.offered)
        return find(clause, (), self.offered) or (likely[0] if len(likely) == 1 else None)

    def _ordered(self, ticks: dict[str, str]) -> dict[str, str]:
        return {option.value: ticks[option.value] for option in self.offered if option.value in ticks}

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """What may be done, what is ticked, or the request for own words."""
        if draft and draft.get("own"):
            option = self.option(draft["own"])
            shown = option.shown if option else ""
            written = draft["ticks"].get(draft["own"], "")
            if written:
                return (say("“{option}”现在写的是“{words}”，请发新的。", option=shown, words=Own(written)),)
            return (say("“{option}”请写出具体内容。", option=shown),)
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

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """That there is none, while nothing is ticked and nothing has to be; or an option that says so."""
        ticks = draft["ticks"] if draft else {}
        return meant in ("none", "no") and not ticks and (self._least == 0 or self.nothing is not None)

    def lacking(self) -> Message | None:
        """The button that says so."""
        return say("没有就点“都没有”。") if self._least == 0 else super().lacking()

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
