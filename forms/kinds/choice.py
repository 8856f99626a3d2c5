"""One of several options."""

from __future__ import annotations

import re
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Key,
    Keyboard,
    Problem,
    Reading,
    Unfinished,
    Value,
    stale,
    wants_text,
)
from forms.kinds.options import Option, OptionsQuestion, find, own_words, partly, told, unknown
from forms.kinds.samples import phrase
from forms.message import Message, Own, say
from forms.understanding import meaning

_MORE = "more"
_OWN = 12  # characters of made-up own words
#: What somebody of such a group says: 壮的, 汉族人.
_OF_THEM = re.compile("(?<=.)(?:的|人|的人)[啊呀哦呢]?$")
_LABELLED = re.compile(r"(?P<option>[^:：]{1,30})[:：]\s*(?P<own>.+)", re.DOTALL)


class ChoiceQuestion(OptionsQuestion):
    """Value: the option's value, or the person's own words for the option with `own_text`.

    Draft: {"own": value} while the own words are awaited, {"all": true} after “更多”, {"among": [values]} where a text
    may mean any of them. With `common` only the options named there are shown at first, and before the others; all of
    them can be typed.
    """

    kind: Literal["choice"] = "choice"
    common: tuple[str, ...] = ()

    keyboard: ClassVar[Keyboard] = "text"

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if sum(option.own_text for option in self.offered) > 1:
            raise ValueError("only one option may have “own_text”: the answer could not be told apart")
        for value in self.common:
            if self.option(value) is None:
                raise ValueError(f"“common” names “{value}”, which is no option")
        return self

    @property
    def _own(self) -> Option | None:
        return next((option for option in self.offered if option.own_text), None)

    def _shown(self, draft: Value) -> tuple[Option, ...]:
        if draft and draft.get("among"):
            return tuple(option for option in self.offered if option.value in draft["among"])
        if self.common and not (draft and draft.get("all")):
            return self._common
        return (*self._common, *(option for option in self.offered if option.value not in self.common))

    @property
    def _common(self) -> tuple[Option, ...]:
        """The common options in the order in which the programme names them, where they apply."""
        offered = {option.value: option for option in self.offered}
        return tuple(offered[value] for value in self.common if value in offered)

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A key, or text that means an option; other text may be the person's own words."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return self._pressed(given.key)
        option = find(given.text, self.offered, self._shown(draft))
        if draft and draft.get("own"):
            if option and not option.own_text and not given.text.strip().isdecimal():
                return Answer(option.value)
            words = own_words(given.text, about)
            return words if isinstance(words, Problem) else Answer(words)
        if option is None and meaning(given.text) == "none":
            option = self.nothing
        if option:
            return self._pressed(option.value)
        return self._guessed(given.text, about)

    def _pressed(self, key: str | None) -> Reading:
        option = self.option(key)
        if option:
            return Unfinished({"own": option.value}) if option.own_text else Answer(option.value)
        return Unfinished({"all": True}) if key == _MORE else stale()

    def _guessed(self, text: str, about: Circumstances) -> Reading:
        own = self._own
        labelled = _LABELLED.fullmatch(text.strip())
        if (
            own
            and labelled
            and find(labelled["option"], (own,), ())
            and not find(labelled["own"], self.offered, ())
        ):
            words = own_words(labelled["own"], about)
            return words if isinstance(words, Problem) else Answer(words)
        reading = self._named(text)
        if reading is not None:
            return reading
        bare = _OF_THEM.sub("", text.strip())
        plain = find(bare, self._plainly, ()) if bare != text.strip() else None
        if plain and bare:  # 壮的, 汉族人
            return Check(plain.value, _meant(plain))
        likely = partly(text, self._plainly)
        if len(likely) == 1:
            return Check(likely[0].value, _meant(likely[0]))
        if likely:
            return Unfinished({"among": [option.value for option in likely]})
        if own is None:
            return unknown(self._shown(None))
        words = own_words(text, about)
        if isinstance(words, Problem):
            return words
        return Check(
            words, say("没有这一项，按“{option}：{words}”记，对吗？", option=own.value, words=Own(words))
        )

    @property
    def _plainly(self) -> tuple[Option, ...]:
        return tuple(option for option in self.offered if not option.own_text)

    def _named(self, text: str) -> Reading | None:
        """What a sentence comes to that names options: the only one, or which of them; None where it names none."""
        mentions = told(text, self._plainly)
        if len(mentions.said) > 1:
            return Unfinished({"among": list(mentions.said)})
        if mentions.said:
            option = next(each for each in self.offered if each.value == mentions.said[0])
            return Answer(option.value) if mentions.plainly else Check(option.value, _meant(option))
        if not mentions.denied:
            return None
        others = [option for option in self.offered if option.value not in mentions.denied]
        if len(others) == 1 and not others[0].own_text:
            return Check(others[0].value, _meant(others[0]))
        return unknown(others)

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The options' explanations, the request for own words, or which of several options was meant."""
        if draft and draft.get("among"):
            return (say("您说的是哪一个？"),)
        if draft and draft.get("own"):
            option = self.option(draft["own"])
            return (say("“{option}”请写出具体内容。", option=option.shown if option else ""),)
        if self.common and not draft:
            return (*self.explained(), say("没有列出的可以直接打字。"))
        return self.explained()

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The options, or the common ones with the way to all of them."""
        keys = tuple(Key(option.value, option.shown) for option in self._shown(draft))
        return keys if len(keys) == len(self.offered) else (*keys, Key(_MORE, say("更多…")))

    def show(self, value: Value) -> str | Message:
        """The option's label, or the own words."""
        option = self.option(value)
        return option.shown if option else Own(value)

    def offers(self, value: Value) -> bool:
        """One of the options, or own words where they are taken."""
        return self.option(value) is not None or self._own is not None

    def replay(self, value: Value) -> tuple[Given, ...]:
        """The option's key; the own words after it."""
        own = self._own
        if self.option(value) is None and own:
            return Given(key=own.value), Given(text=value)
        if self.common and value not in self.common:
            return Given(key=_MORE), Given(key=value)
        return (Given(key=value),)

    def fullest(self) -> Value:
        """The longest option; own words where a few options stand beside them."""
        own = self._own
        if own and not self.codes:
            return phrase(_OWN)
        return max((option.value for option in self.offered if option is not own), key=len, default="")

    def variants(self) -> tuple[Value, ...]:
        """Every option, own words standing for theirs."""
        fullest = self.fullest()
        others = (option.value for option in self.offered if option is not self._own)
        return (fullest, *(value for value in others if value != fullest))


def _meant(option: Option) -> Message:
    return say("您说的是“{option}”，对吗？", option=option.shown)
