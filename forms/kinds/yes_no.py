"""Yes or no."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from forms.assent import assent, hear
from forms.characters import folded
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Key,
    Keyboard,
    Problem,
    Question,
    Reading,
    Value,
    stale,
    wants_text,
)
from forms.message import Message, say

_NUMBERED = {"1": True, "2": False}
# With “是否没有…？” these may mean either, so they are asked back, and so is 没有.
_HAVING, _LACKING = "有", "无"
# “没问题” to “您有没有…？”: perhaps there is none.
_UNTROUBLED = re.compile("[没无木冇](?!有?错)")
# “在”, “得过” where the question has the very words; “不在”, “没得过” for no.
_VERBS = "在会能得拿做干当领获加参取"
_DENIED = re.compile(r"^(?:还?没有?|不)(?=.)")
_EITHER = re.compile(r"(.)[没不]\1")
_BETWEEN = re.compile(r"[\s，,。.、；;！!～~]+")
_TAIL = re.compile(r"[的了呢啊呀哦噢嘛]+$")


class YesNoQuestion(Question):
    """Value: bool. `yes` and `no` are the words of the buttons and of the print."""

    kind: Literal["yes-no"] = "yes-no"
    yes: str = "是"
    no: str = "否"

    keyboard: ClassVar[Keyboard] = "none"

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A key, its label, or one of the ways to say yes and no."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return Answer(given.key == "yes") if given.key in ("yes", "no") else stale()
        text = folded(given.text).strip("。.！!").casefold()
        if text in (self.yes.casefold(), self.no.casefold()):
            return Answer(text == self.yes.casefold())
        if text in _NUMBERED:
            return Answer(_NUMBERED[text])
        said, bare = assent(text), _TAIL.sub("", text)
        if bare in (_HAVING, _LACKING) or (said is False and hear(text).lacking):
            word = self.yes if bare == _HAVING else self.no
            return Check(bare == _HAVING, say("按“{word}”记，对吗？", word=word))
        if said is None:
            said = self._echoed(text)
        elif said and _HAVING in self.ask and _UNTROUBLED.search(text):
            said = None
        if said is not None:
            return Answer(said)
        return Problem(say("请点“{yes}”或“{no}”，打字也行。", yes=self.yes, no=self.no))

    def _echoed(self, text: str) -> bool | None:
        """What several words of yes or no come to, or the question's own verb said back; None where in doubt."""
        asked = _EITHER.sub(r"\1", self.ask)
        if re.search("[没不无未]", asked):
            return None  # “是否没有……？”: yes and no may mean either
        meant = set()
        for part in filter(None, _BETWEEN.split(text)):
            word = _TAIL.sub("", part)
            verb = _DENIED.sub("", word)
            said = assent(part)
            if said is not None or word in (self.yes, self.no):
                meant.add(word == self.yes if said is None else said)
            elif verb and verb[0] in _VERBS and verb in asked:
                meant.add(verb == word)
            else:
                return None
        return meant.pop() if len(meant) == 1 else None

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """Both answers."""
        return Key("yes", self.yes), Key("no", self.no)

    def show(self, value: Value) -> str | Message:
        """The button's words."""
        return self.yes if value else self.no

    def printed(self, value: Value) -> str:
        """The button's words."""
        return self.yes if value else self.no

    def replay(self, value: Value) -> tuple[Given, ...]:
        """The key."""
        return (Given(key="yes" if value else "no"),)

    def fullest(self) -> Value:
        """Yes: it mostly asks for more."""
        return True

    def variants(self) -> tuple[Value, ...]:
        """Yes and no."""
        return True, False
