"""What every kind of question has in common.

A kind is one module beside this one. It subclasses `Question`, fixes `kind` to a literal and says how an
answer is read (`parse`), checked again at any time (`remarks`), shown in chat (`show`) and printed
(`printed`). `forms.kinds` finds the modules by itself.

Values are plain JSON: str, int, float, bool, list and dict. Unanswered is absent, never None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from forms.attachment import Attachment
from forms.characters import suggestion
from forms.expressions import Pending, expression, sentence
from forms.message import Message, Own, say
from forms.understanding import Meaning, lacks

Value = Any  # JSON; what shape a kind uses stands in its own docstring
#: The sample files that made-up answers name, by kind of file; they lie in the shared directory of programmes.
SAMPLES: Mapping[str, str] = {
    "any": "photo-white.jpg",
    "white": "photo-white.jpg",
    "red": "photo-red.jpg",
    "blue": "photo-blue.jpg",
    "scan": "certificate.jpg",
    "video": "video-1080p-6min.mp4",
}
Keyboard = Literal["text", "number", "tel", "none"]


class Frozen(BaseModel):
    """Programme data: read once, refused with a reason when a key is unknown, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _compiles(source: str) -> str:
    if source:
        expression(source)  # its errors are ValueErrors, which a model tells with the place
    return source


def _renders(source: str) -> str:
    sentence(source)
    return source


#: Sources of an expression, "" for none, and of a sentence over names: refused where they cannot be read.
Condition = Annotated[str, BeforeValidator(_compiles)]
Text = Annotated[str, BeforeValidator(_renders)]


class Suggestion(Frozen):
    """An answer that earlier ones suggest: in the words in which it would be typed, taken where `when` holds.

    It is shown and waits for a yes, unless it is `certain`: then it counts at once, and that is told. One that says to
    `skip` has no text: it suggests to pass the question over.
    """

    when: Condition = ""
    text: Text = ""
    certain: bool = False
    skip: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bool(self.text) == self.skip:
            raise ValueError("a suggestion has either “text” or “skip: true”")
        if self.certain and self.skip:
            raise ValueError("what is passed over waits for a yes")
        return self

    def words(self, names: Mapping[str, Any]) -> str | None:
        """What it comes to where these names stand, "" to pass over; None where it does not hold or cannot be told."""
        try:
            if self.when and not expression(self.when).holds(names):
                return None
            return sentence(self.text).text(names).strip() if self.text else ""
        except Pending:
            return None


class Sensitive(Frozen):
    """What makes a question's files sensitive personal information (敏感个人信息): it takes a consent of its own.

    `what` is what they are called (身份证照片), `why` what they are needed for, as it goes on after “只用来”.
    """

    what: str = Field(min_length=1)
    why: str = Field(min_length=1)


@dataclass(frozen=True)
class Given:
    """What a person sent for one question: exactly one of the three is set.

    `whole` tells that a text is all of the answer, written in one field, and no part of it.
    """

    text: str | None = None
    key: str | None = None
    attachment: Attachment | None = None
    whole: bool = False


@dataclass(frozen=True)
class Writing:
    """A longer text that may be written in one field: all of it as it stands now.

    `least` and `most` are how many characters keep its limit, by `forms.counting`; 0 where nothing bounds it. The
    `outline` are prompts to start from.
    """

    text: str
    least: int = 0
    most: int = 0
    outline: tuple[str, ...] = ()


@dataclass(frozen=True)
class Circumstances:
    """What a kind may know besides the question: passed in, so that parsing stays pure.

    `unprintable` names the characters of a text that no font can draw; `suggestion` gives the ordinary
    form of such a character where there is one.
    """

    today: date
    unprintable: Callable[[str], tuple[str, ...]] = lambda text: ()
    suggestion: Callable[[str], str | None] = suggestion
    area_code: str = ""
    scope: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The question is answered; `said` is anything worth telling right away."""

    value: Value
    said: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Not an answer: what is wrong and what would be right. Nothing already entered is lost."""

    message: Message


@dataclass(frozen=True)
class Unfinished:
    """Part of an answer (ticks, rows, paragraphs): kept as the question's draft, the question stays."""

    draft: Value
    said: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Check:
    """Understood, but worth a yes from the person before it counts (ID number, a guess at a date)."""

    value: Value
    message: Message


Reading = Answer | Problem | Unfinished | Check


@dataclass(frozen=True)
class Key:
    """A button of the question itself. `on` is None where there is nothing to tick.

    `primary` marks the way on once something has been collected; `quiet` is what takes something away again or passes
    the question by, which is never as strong as answering it.
    """

    value: str
    label: str | Message
    on: bool | None = None
    primary: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class Remark:
    """Something to say about an answer that stands. A blocking one must be mended before submission."""

    message: Message
    blocking: bool = False


class Question(Frozen):
    """One thing asked.

    `label` is the form's own, `ask` the sentence in chat; `when` is an expression over earlier answers;
    `clause` says where in the notice the question's limit or label stands. What is `local` depends on the place of the
    programme (a receiving union, an office, its own titles): an answer from elsewhere does not stand for it. What
    `belongs` to the unit is the same for all whom it puts forward (its name, its address, its clerk), so it serves for
    the next of them too. One that `can_wait` has to be answered, but may be put off until the end, as files may. The
    first of `suggest` that holds is proposed. What is `sensitive` is taken of whoever agreed to that alone; whoever does
    not hands it in on paper.
    """

    kind: str
    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    ask: str
    help: str = ""
    example: str = ""
    optional: bool = False
    when: str = ""
    clause: str = ""
    local: bool = False
    belongs: Literal["person", "unit"] = "person"
    can_wait: bool = False
    suggest: tuple[Suggestion, ...] = ()
    sensitive: Sensitive | None = None

    #: Names this kind adds to the scope of expressions and prints, e.g. sex and birth of an ID number.
    derives: ClassVar[tuple[str, ...]] = ()
    #: Those of them that take one of a few values, with these.
    closed: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    keyboard: ClassVar[Keyboard] = "text"
    multiline: ClassVar[bool] = False
    accepts_files: ClassVar[bool] = False
    #: Whether nearly any text is an answer.
    free: ClassVar[bool] = False
    #: What is masked wherever others may look, and is never written to a device: identity and telephone numbers.
    private: ClassVar[bool] = False
    gathers: ClassVar[Message | None] = None  #: What of a person it gathers, told before they agree.

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """Read what arrived. `draft` is what an earlier `Unfinished` left for this question, else None."""
        raise NotImplementedError

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """What to say after the question's own sentence: limits, state of a draft, the next sub-question.

        Plain text is a text of the programme.
        """
        return ()

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The question's own buttons, in order. Every key can also be typed."""
        return ()

    def writing(self, draft: Value, value: Value) -> Writing | None:
        """The text as it stands, for a field that holds all of it; None where there is none to be written so.

        `draft` is what is being gathered and `value` the standing answer, None where there is neither.
        """
        return None

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The names that decide whether it is asked, and with what on offer."""
        return expression(self.when).reads if self.when else frozenset()

    def where(self, names: Mapping[str, Value]) -> Question:
        """The question as it is asked where these names stand: some of what it offers may not apply."""
        return self

    def holds(self, draft: Value) -> bool:
        """Whether a draft has something in it that passing the question over would lose."""
        return False

    def doubts(self, draft: Value) -> bool:
        """Whether something in a draft is asked back, as a field of a row is."""
        return draft is not None and any(key.value == "yes" for key in self.keys(draft))

    def asked_in(self, draft: Value) -> Question:
        """What is asked now: the question itself, or the field in turn of a row."""
        return self

    def reopen(self, value: Value) -> Value | None:
        """The draft to begin with when a standing answer is edited; None where it is given anew."""
        return None

    def names(self, text: str) -> bool:
        """Whether the text is one of the question's own words for an answer, as an option is."""
        return False

    def core(self, text: str) -> str | None:
        """The answer within a sentence that goes round it (应该是焊工吧), to be asked back; None where nothing does."""
        return text if self.free and lacks(text) else None

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """Whether a message that means this (yes, none, 不知道 …) is an answer here, for the kind to read."""
        return False

    def lacking(self) -> Message | None:
        """How somebody says here that there is none of what is asked for; None where the kind has no way of its own."""
        return None

    def offers(self, value: Value) -> bool:
        """Whether an answer that was given is still one of those on offer, where a question has such."""
        return True

    def begun(self, text: str, about: Circumstances) -> Value | None:
        """The draft that something suggested begins; None where it is an answer or nothing at all."""
        return None

    def continued(self, value: Value) -> Value | None:
        """The draft to which what comes later is added; None where another answer takes this one's place."""
        return None

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Check a standing answer again: limits, gaps, file properties."""
        return ()

    def taken_up(self, value: Value) -> Value | None:
        """The draft that what is sent upon a remark goes on from; None where it takes the answer's place."""
        return None

    def show(self, value: Value) -> str | Message:
        """The answer in chat: short, masked where it is sensitive. What the person wrote is `Own`."""
        return Own(value)

    def printed(self, value: Value) -> str:
        """The answer as the form prints it."""
        return str(value)

    def derive(self, value: Value) -> Mapping[str, Value]:
        """Values for the names in `derives`."""
        return {}

    def files(self, value: Value) -> tuple[str, ...]:
        """Stored files that belong to the answer."""
        return ()

    def replay(self, value: Value) -> tuple[Given, ...]:
        """How a person would give this very value; files cannot be replayed from a value alone."""
        return (Given(text=str(value)),)

    def fullest(self) -> Value:
        """The longest sensible answer: what a preview fills the form with. Files are those of `SAMPLES`."""
        raise NotImplementedError

    def variants(self) -> tuple[Value, ...]:
        """Answers that between them open every branch that hangs on this question; the fullest comes first."""
        return (self.fullest(),)


def refuse_unprintable(text: str, about: Circumstances) -> Problem | None:
    """A character that no font can draw is refused at the question, named, with its ordinary form."""
    missing = about.unprintable(text)
    if not missing:
        return None
    named = "、".join(dict.fromkeys(f"“{char}”（U+{ord(char):04X}）" for char in missing[:5]))
    proposals = [(char, about.suggestion(char)) for char in missing[:5]]
    swaps = "、".join(f"{char} → {better}" for char, better in proposals if better)
    if swaps:
        return Problem(
            say(
                "这些字符印不出来：{characters}。可以换成：{swaps}。请改一下再发。",
                characters=named,
                swaps=swaps,
            )
        )
    return Problem(
        say("这些字符印不出来：{characters}。请换成常用字或去掉它们，再发一次。", characters=named)
    )


def wants_text(given: Given) -> Problem | None:
    """The answer is typed; a file cannot stand for it."""
    if given.attachment is not None:
        return Problem(say("这里需要打字回答，发来的文件先不收。"))
    return None


def pressed(given: Given, keys: Iterable[Key]) -> str | None:
    """The key that was pressed, or typed in the very words of its label; None for anything else."""
    if given.text is None:
        return given.key
    wanted = given.text.strip().strip("。.！!").casefold()
    return next((key.value for key in keys if str(key.label).casefold() == wanted), None)


def doubt(question: Question, value: Value) -> Message:
    """An answer asked back that its kind would have taken as it is."""
    return say("您说的是“{option}”，对吗？", option=question.show(value))


def unclear() -> Problem:
    """Neither a yes nor a no nor another answer to what was asked back."""
    return Problem(say("没听明白。对就回“对”，不对就直接发对的。"))


def stale() -> Problem:
    """A button of an earlier state of the question."""
    return Problem(say("这个按钮已经过时了，请看下面现在的问题再选。"))
