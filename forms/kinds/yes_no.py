"""Yes or no."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from forms.assent import assent
from forms.characters import folded, simplified
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
from forms.kinds.sentences import named
from forms.message import Message, say
from forms.understanding import Meaning, meaning

_NUMBERED = {"1": True, "2": False}
# With “是否没有…？” these may mean either, so they are asked back, and so is 没有.
_HAVING, _LACKING = "有", "无"
# “没问题” to “您有没有…？”: perhaps there is none.
_UNTROUBLED = re.compile("[没无木冇](?!有?错)")
# “在”, “得过” where the question has the very words; “不在”, “没得过” for no.
_VERBS = "在会能得拿做干当领获加参取"
_DENIED = re.compile(r"^(?:还没有?|并没有?|没有?|不是|并不是|不|未|并未|无|冇)(?:过)?(?=.)")
_EITHER = re.compile(r"(.)[没不]\1")
_BETWEEN = re.compile(r"[\s，,。.、；;！!～~]+")
_TAIL = re.compile(r"[的了呢啊呀哦噢嘛嘞咧呗哈呐嘅]+$")
#: 在呀在呀, 是的是的: said twice it is no other word.
_TWICE = re.compile(r"(.{1,4})\1+")
#: What may stand before the verb that is said back.
_AHEAD = re.compile(
    "^(?:我们?|咱们?|本人|俺|他|她|单位|目前|现在|暂时|已经?|都|也|倒|确实|真的?|早就?|一直|从来|从|当然|其实)+(?=.)"
)
_HAVE = re.compile(
    "^(?:是|有|得过?|拿过?|获得?过?|算|属于|做过?|办过?)(?:[0-9一二两三四五六七八九十几]+[个项件次]|一些|好几[个项件次]|很多)?的?"
)
#: A question that 有 and 没有 answer plainly: 您得过……吗？ It denies nothing itself.
_HAVE_YOU = re.compile("^[^没不无未]*(?:有|得过|拿过|获得?过?|入选过|评上?过)[^没不无未]*吗")
#: 您有没有获得专利？ asks for it in so many words.
_HAVE_OR_NOT = re.compile("^[^不无未]*有没有[^没不无未]*$")
#: What says that more was meant than the word itself.
_TURNING = re.compile(
    "[不没无未非别]|但|可是|不过|只是|除了|以前|曾经|原来|本来|过去|刚|马上|快要|准备|打算|正在|算不算|[吗么]$|[?？]"
)


class YesNoQuestion(Question):
    """Value: bool. `yes` and `no` are the words of the buttons and of the print.

    `yes_also` and `no_also` are what people say for them besides, by itself or in a sentence.
    """

    kind: Literal["yes-no"] = "yes-no"
    yes: str = "是"
    no: str = "否"
    yes_also: tuple[str, ...] = ()
    no_also: tuple[str, ...] = ()

    keyboard: ClassVar[Keyboard] = "none"

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A key, its label, or one of the ways to say yes and no."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return Answer(given.key == "yes") if given.key in ("yes", "no") else stale()
        text = simplified(folded(given.text)).strip("。.！!").casefold()
        if text in (self.yes.casefold(), self.no.casefold()):
            return Answer(text == self.yes.casefold())
        if text in _NUMBERED:
            return Answer(_NUMBERED[text])
        said, bare = assent(text), _TAIL.sub("", text)
        verb = _DENIED.sub("", bare)
        if (
            verb[:1] in _VERBS and verb in self.ask and verb != bare
        ):  # 没得过 says the question's own verb back
            return Answer(False)
        if bare in (_HAVING, _LACKING) or meaning(text) == "none":
            having = bare == _HAVING
            return Answer(having) if self._asks_having() else self._asked_back(having)
        if said and (_HAVING in self.ask or self.no[:1] in "没无未") and _UNTROUBLED.search(text):
            said = None
        elif said is not None:
            return Answer(said)
        else:
            echoed = self._echoed(text)
            if echoed is not None:
                return echoed
        wanted = say("请点“{yes}”或“{no}”，打字也行。", yes=self.yes, no=self.no)
        return self._named(text) or Problem(wanted)

    def _echoed(self, text: str) -> Reading | None:
        """What several words of yes or no come to, or the question's own verb said back; None where in doubt."""
        asked = _EITHER.sub(r"\1", self.ask)
        if re.search("[没不无未]", asked):
            return None  # “是否没有……？”: yes and no may mean either
        meant: set[bool] = set()
        turning = False
        for number, part in enumerate(filter(None, _BETWEEN.split(text))):
            said = self._clause(_TWICE.sub(r"\1", part) if _TWICE.fullmatch(part) else part, asked)
            if said is not None:
                meant.add(said)
            elif number == 0:
                return None
            else:  # what goes on (在的，天天烧焊) may say anything but the contrary
                turning = turning or _TURNING.search(part) is not None
        if len(meant) != 1:
            return None
        value = meant.pop()
        return self._asked_back(value) if turning else Answer(value)

    def _asks_having(self) -> bool:
        """Whether 有 and 没有 answer the question plainly."""
        asked = _HAVE_YOU.search(_EITHER.sub(r"\1", self.ask)) or _HAVE_OR_NOT.search(self.ask)
        return asked is not None

    def _asked_back(self, value: bool) -> Check:
        return Check(value, say("按“{word}”记，对吗？", word=self.yes if value else self.no))

    def _clause(self, clause: str, asked: str) -> bool | None:
        word = _TAIL.sub("", clause)
        said = assent(clause)
        if said is not None or word in (self.yes, self.no):
            return word == self.yes if said is None else said
        bare = _AHEAD.sub("", word)
        verb = _DENIED.sub("", bare)
        short = verb and verb[0] in _VERBS and verb in asked
        # 没有专利, 是工会会员, 还没同意: the very words of the question.
        core = _HAVE.sub("", verb)
        if not core and verb[:1] in "有得拿获" and self._asks_having():  # 有啊，省里发的; 得过一个
            return verb == bare
        if short or (len(core) > 1 and core in f"{asked} {self.label}"):
            return verb == bare
        return None

    def _named(self, text: str) -> Reading | None:
        """What a sentence comes to that has a word for yes or for no in it."""
        yes, no = (
            frozenset(folded(name).casefold() for name in names)
            for names in ((self.yes, *self.yes_also), (self.no, *self.no_also))
        )
        mentions = named(text, {"yes": yes, "no": no})
        votes = {name == "yes" for name in mentions.said} | {name == "no" for name in mentions.denied}
        if len(votes) != 1:
            return None
        said = votes.pop()
        sure = mentions.plainly and not any(_TURNING.search(clause) for clause in mentions.left)
        denied = bool(mentions.denied) and not text.endswith((self.yes, self.no))
        return Answer(said) if sure and not denied else self._asked_back(said)

    def names(self, text: str) -> bool:
        """Whether it is one of its own words for yes or for no, and no word of assent anywhere else."""
        said = folded(text).strip("。.！!").casefold()
        return assent(text) is None and said in {
            name.casefold() for name in (self.yes, self.no, *self.yes_also, *self.no_also)
        }

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """Yes, no, and that there is none."""
        return meant in ("yes", "no", "none")

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
