"""Options to choose from: written in the programme or taken from a code list, found by what people type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

from pydantic import Field, PrivateAttr, model_validator

from forms.assent import assent
from forms.characters import folded, simplified
from forms.expressions import Pending, expression
from forms.kinds.base import Circumstances, Condition, Frozen, Problem, Question, Value, refuse_unprintable
from forms.kinds.sentences import Named, named
from forms.kinds.text import one_line
from forms.message import Message, say
from forms.numerals import to_arabic
from forms.understanding import Meaning, meaning

_CODES = Path(__file__).parent.parent / "codes.json"
_QUOTES = re.compile(r"[ \t“”\"'‘’（）()【】\[\]]+")
_QUIET = re.compile(r"[\s“”\"'‘’。.，,！!（）()【】\[\]]+")
#: A place among the options: 2, 选2, 第二个. A Chinese numeral alone may be a word.
_PLACE = re.compile(
    "(?:选|我?选的?是?)?(?:(?P<digits>\\d{1,3})[个项条种]?|第(?P<nth>\\d{1,3}|[一二三四五六七八九十]{1,3})[个项条种]?)、?"
)
_LONGEST_LEVEL = 16  # characters
#: What is told by a figure in either writing: 2级 is 二级.
_LEVEL = re.compile(r"\D{0,4}\d{1,2}[级类等]\D{0,6}")
_LONGEST_OWN = 200  # characters of a person's own words for an option
_FEW = 12  # so many options are named in a refusal


class Option(Frozen):
    """One of the answers on offer. `value` is what rules and prints see, `label` the button where it differs.

    `own_text` asks for the person's own words; `aliases` are what people type for it. One with `when`, an expression
    over earlier answers, is on offer only where that holds, or cannot be told yet.
    """

    value: str = Field(min_length=1)
    label: str = ""
    explain: str = ""
    own_text: bool = False
    aliases: tuple[str, ...] = ()
    when: Condition = ""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, raw: Any) -> Any:
        return {"value": raw} if isinstance(raw, str) else raw

    @property
    def shown(self) -> str:
        """The words on the button."""
        return self.label or self.value

    @property
    def named(self) -> tuple[str, ...]:
        """All that it is called."""
        return self.value, self.shown, *self.aliases


@cache
def code_lists() -> dict[str, tuple[Option, ...]]:
    """The code lists of `codes.json` by name, each with its source there."""
    lists: dict[str, Any] = json.loads(_CODES.read_text("utf-8"))
    return {
        name: tuple(Option.model_validate(option) for option in entry["options"])
        for name, entry in lists.items()
    }


class OptionsQuestion(Question):
    """A question with `options`, or with `codes`: the name of a code list.

    `also` has further words that people type, by the value of the option that they mean: they count as its aliases.
    """

    options: tuple[Option, ...] = ()
    codes: str = ""
    also: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    _closed: frozenset[str] = PrivateAttr(default=frozenset())

    @model_validator(mode="after")
    def _one_list(self) -> Self:
        if bool(self.options) == bool(self.codes):
            raise ValueError("either “options” or “codes” is needed, and not both")
        if self.codes and self.codes not in code_lists():
            raise ValueError(f"there is no code list “{self.codes}” (known: {', '.join(code_lists())})")
        values = [option.value for option in self.offered]
        twice = {value for value in values if values.count(value) > 1}
        if twice:
            raise ValueError(f"the option “{twice.pop()}” stands here twice")
        for value in self.also:
            if value not in values:
                raise ValueError(f"“also” names “{value}”, which is no option")
        meant: dict[str, str] = {}
        for option in self.offered if self.also else ():
            for name in _names(option):
                if meant.setdefault(name, option.value) != option.value:
                    raise ValueError(f"“{name}” means two options: “{meant[name]}” and “{option.value}”")
        return self

    @cached_property
    def offered(self) -> tuple[Option, ...]:
        """All options that apply, in order."""
        return tuple(option for option in self.known if option.value not in self._closed)

    @cached_property
    def known(self) -> tuple[Option, ...]:
        """All options in order, also those that do not apply here."""
        listed = self.options or code_lists()[self.codes]
        if not self.also:
            return listed
        return tuple(
            option.model_copy(update={"aliases": (*option.aliases, *self.also.get(option.value, ()))})
            for option in listed
        )

    @cached_property
    def conditional(self) -> tuple[Option, ...]:
        """The options that apply in some cases only."""
        return tuple(option for option in self.known if option.when)

    @cached_property
    def conditions(self) -> frozenset[str]:
        """Also those that decide which options apply."""
        options = (expression(option.when).reads for option in self.conditional)
        return super().conditions.union(*options)

    @cached_property
    def narrowed(self) -> dict[frozenset[str], Self]:
        """This question less some of its options, as it was asked so far."""
        return {}

    def where(self, names: Mapping[str, Value]) -> Question:
        """Without the options that do not apply."""
        closed = frozenset(option.value for option in self.conditional if not _applies(option, names))
        if not closed:
            return self
        if closed not in self.narrowed:
            fewer = self.model_copy()
            for worked_out in ("offered", "narrowed", "nothing"):
                fewer.__dict__.pop(worked_out, None)
            fewer._closed = closed
            self.narrowed[closed] = fewer
        return self.narrowed[closed]

    def option(self, value: str | None) -> Option | None:
        """The option by its value."""
        return next((option for option in self.known if option.value == value), None)

    def names(self, text: str) -> bool:
        """Whether an option is called that."""
        return find(text, self.offered, ()) is not None

    @cached_property
    def nothing(self) -> Option | None:
        """The option that says that there is none, where there is exactly one (无, 没有拿过名次, 以上都不是)."""
        denials = [option for option in self.offered if any(meaning(name) == "none" for name in option.named)]
        return denials[0] if len(denials) == 1 else None

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """That there is none, where an option says so."""
        return meant == "none" and self.nothing is not None

    def lacking(self) -> Message | None:
        """The option that says so."""
        return say("没有就选“{option}”。", option=self.nothing.shown) if self.nothing else None

    def explained(self) -> tuple[Message | str, ...]:
        """The explanations of the options, where there are some."""
        return tuple(
            say("{option}：{explain}", option=option.shown, explain=option.explain)
            for option in self.offered
            if option.explain
        )


def _applies(option: Option, names: Mapping[str, Value]) -> bool:
    try:
        return expression(option.when).holds(names)
    except Pending:
        return True


def find(text: str, offered: Sequence[Option], numbered: Sequence[Option]) -> Option | None:
    """The option that a text means exactly: its value, label, an alias, or its number among `numbered`."""
    wanted = _plain(text)
    for option in offered:
        if wanted in _names(option):
            return option
    figures = to_arabic(wanted) if len(wanted) <= _LONGEST_LEVEL else ""
    if _LEVEL.fullmatch(figures) and (level := [each for each in offered if figures in _in_figures(each)]):
        return level[0]
    place = _PLACE.fullmatch(wanted)
    number = int(to_arabic(place["nth"] or place["digits"])) if place else 0
    return numbered[number - 1] if 1 <= number <= len(numbered) else None


def told(text: str, offered: Sequence[Option]) -> Named:
    """The options that a sentence names, by their values."""
    names = {option.value: _names(option) for option in offered}
    return named(_QUOTES.sub("", simplified(folded(text)))[:_LONGEST_OWN].casefold(), names)


def partly(text: str, offered: Sequence[Option]) -> tuple[Option, ...]:
    """The options that a text is a part of."""
    wanted = _plain(text)[:_LONGEST_OWN]
    if len(wanted) < 2:
        return ()
    return tuple(option for option in offered if any(wanted in name for name in _names(option)))


def unknown(offered: Sequence[Option], likely: Sequence[Option] = ()) -> Problem:
    """None of the options, or several of them."""
    if len(likely) > 1:
        return Problem(say("您说的是哪一个：{options}？请点一个，或写完整。", options=_listed(likely)))
    if len(offered) <= _FEW:
        return Problem(say("没有这一项。可以选：{options}。点按钮或打字都行。", options=_listed(offered)))
    return Problem(say("没有这一项。请写完整的名称，例如：{options}", options=_listed(offered[:3])))


def own_words(text: str, about: Circumstances) -> str | Problem:
    """A person's own words for an option, on one line."""
    words = one_line(text)
    if not words or assent(words) is not None:
        return Problem(say("请写出具体内容。"))
    if len(words) > _LONGEST_OWN:
        return Problem(say("太长了，请用不超过 {most} 个字写清楚。", most=_LONGEST_OWN))
    return refuse_unprintable(words, about) or words


def _listed(options: Iterable[Option]) -> tuple[str, ...]:
    return tuple(option.shown for option in list(options)[:_FEW])


@cache
def _names(option: Option) -> frozenset[str]:
    return frozenset(_plain(name) for name in option.named) - {""}


@cache
def _in_figures(option: Option) -> frozenset[str]:
    return frozenset(map(to_arabic, _names(option)))


def _plain(text: str) -> str:
    return _QUIET.sub("", simplified(folded(text))).casefold()
