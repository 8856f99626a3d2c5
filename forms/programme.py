"""A Programme: one notice made into data. These models are the language of `programmes/<id>/*.yaml`.

Every text is Chinese and is the key of its own translation; a clause is where in the notice a rule, limit or
label comes from.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, SerializeAsAny, model_validator

from forms.documents import Document, Paper, Sheet
from forms.expressions import expression, sentence
from forms.kinds import question
from forms.kinds.base import Condition, Frozen, Question, Suggestion, Text
from forms.message import Message
from forms.office_names import Kind
from forms.parties import LEADING, PARTIES, WRITERS, Identifier, Participant
from forms.planning import Step
from forms.quotas import Quota
from forms.stages import Stage
from forms.statements import Statement
from forms.window import Window


def _as_question(raw: object) -> object:
    return question(raw) if isinstance(raw, dict) else raw


AnyQuestion = Annotated[SerializeAsAny[Question], BeforeValidator(_as_question)]

Failing = Literal["ineligible", "blocked", "review", "material_error", "material_missing", "awaited"]


class Figure(Frozen):
    """A number of the notice, written once and cited by rules, chat and print."""

    value: int
    clause: str


class Wording(Frozen):
    """One of several texts, taken when its condition holds; the last one may have none."""

    when: Condition = ""
    text: Text
    clause: str = ""


class Office(Frozen):
    """Where the packet goes and where a person helps."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    clause: str = ""


class Receiver(Frozen):
    """Which unions receive a case: one of some `kinds`, and that for certain which the `name` made of answers names.

    Without `kinds` only the one that is named does, whichever kind it is.
    """

    when: Condition = ""
    name: Text = ""
    kinds: tuple[Kind, ...] = ()


class Route(Frozen):
    """How a nominee is put forward, with where the papers go.

    `received_by` says to the desk which unions receive a case of it: the first whose `when` holds; where there is none,
    it goes by the names in `hand_in`. That says where for the very case, from its answers; `submit_to` while none of its
    wordings can be had. `office` is where a person helps on this route, where the notice names another than the
    programme's. `aliases` are what people type for it.
    """

    id: Identifier
    title: str
    explain: str
    clause: str
    submit_to: str
    hand_in: tuple[Wording, ...] = ()
    received_by: tuple[Receiver, ...] = ()
    remark: str = ""
    office: Office | None = None
    aliases: tuple[str, ...] = ()


class Section(Frozen):
    """A part of a form, asked together; progress counts within it."""

    id: Identifier
    title: str
    questions: tuple[AnyQuestion, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of its questions."""
        return frozenset(each.id for each in self.questions)


class Form(Frozen):
    """What one party fills in. `party` says whose form it is; `count` how many of them a case needs."""

    id: Identifier
    title: str
    party: Annotated[str, Field(json_schema_extra={"enum": sorted(WRITERS)})] = LEADING
    sections: tuple[Section, ...]

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """All questions in order, by id."""
        return {each.id: each for section in self.sections for each in section.questions}

    @cached_property
    def named_by(self) -> str:
        """The question for whose name the form is: `name`, for it may ask for others' before, else its first; or ""."""
        asked = [each.id for each in self.questions.values() if each.kind == "name"]
        return "name" if "name" in asked else next(iter(asked), "")

    @cached_property
    def identified_by(self) -> str:
        """The question for the ID number of whoever the form is about: its first of that kind, or ""."""
        return next((each.id for each in self.questions.values() if each.kind == "id-number"), "")

    @cached_property
    def gathers(self) -> tuple[Message, ...]:
        """What of a person it asks for, each once, in its order; what is sensitive is spoken of apart."""
        asked = (each.gathers for each in self.questions.values() if not each.sensitive)
        return tuple({each.text: each for each in asked if each}.values())

    @cached_property
    def sensitive(self) -> tuple[Question, ...]:
        """The questions that take a consent of their own."""
        return tuple(each for each in self.questions.values() if each.sensitive)

    @cached_property
    def reads_nominee(self) -> bool:
        """Whether what it asks hangs on the nominee's names."""
        return any(LEADING in each.conditions for each in self.questions.values())

    @cached_property
    def passive(self) -> frozenset[str]:
        """The ids of the questions whose answers change nothing about what else is asked, and give their own name only."""
        questions = self.questions.values()
        given = frozenset[str]().union(*(each.derives for each in questions))
        read = given.union(*(each.conditions for each in questions))
        return frozenset(each.id for each in questions if not each.derives and each.id not in read)

    @cached_property
    def certain(self) -> Mapping[str, frozenset[str]]:
        """The ids of questions to which earlier answers may give the answer for certain, with the names that give it."""
        questions = self.questions.values()
        return {
            each.id: _read_by(each.suggest) for each in questions if any(one.certain for one in each.suggest)
        }


def _read_by(texts: Collection[Wording | Suggestion]) -> frozenset[str]:
    """The names that conditional texts read, whichever of them is taken."""
    conditions = (expression(each.when).reads for each in texts if each.when)
    return frozenset[str]().union(*conditions, *(sentence(each.text).reads for each in texts))


class Across(Frozen):
    """What at most so many finished cases of the programme may have in common.

    `same` are the answers or derived texts that count as one where they are all equal; `most` is a number or the
    name of a figure.
    """

    same: tuple[Identifier, ...] = Field(min_length=1)
    most: Annotated[int, Field(ge=1)] | Identifier


class Rule(Frozen):
    """A condition over answers, one clause each.

    `condition` true means met. When it is false, `failing` says what follows: a hard refusal, a stop, a matter
    for staff to verify, or a paper that is wrong or missing. `doubt` is a condition under which staff must look
    even though the condition itself is not false. `reckoning` shows the arithmetic, `met` and `unmet` what it
    comes to, `remedy` what would satisfy it. `escape` is the notice's own way past the rule (破格): whoever
    takes it is judged by staff. A rule with `when` counts only where that holds.

    What is `awaited` is still to be had from somebody else (a consent): it stays on the list, and bars nothing.
    A `quiet` rule holds answers against each other: it is spoken of only where it is not met, and decides nothing else.
    One of a `party` is judged in that party's own conversation, over its own answers.

    `across` looks at the other finished cases of the programme: `peers.<id of the rule>` is how many of them have
    the same answers, `near.<id>` how many have the same or nearly the same names, and the condition may be left
    out. `erase` goes with what may not be collected at all: while
    the condition is false, every answer but those it weighs is deleted at once.
    """

    id: Identifier
    title: str
    clause: str = Field(min_length=1)
    party: Annotated[str, Field(json_schema_extra={"enum": sorted(PARTIES)})] = LEADING
    condition: Condition
    across: Across | None = None
    erase: bool = False
    quiet: bool = False
    failing: Failing = "ineligible"
    when: Condition = ""
    doubt: Condition = ""
    reckoning: Text = ""
    met: Text
    unmet: Text
    verify: Text = ""
    remedy: Text = ""
    escape: str = ""

    @cached_property
    def weighed(self) -> frozenset[str]:
        """The names that decide what becomes of it."""
        conditions = (self.when, self.condition, self.doubt)
        return frozenset[str]().union(*(expression(each).reads for each in conditions if each))

    @cached_property
    def shown(self) -> frozenset[str]:
        """The names that its sentences show."""
        texts = (self.reckoning, self.met, self.unmet, self.verify)
        return frozenset[str]().union(*(sentence(text).names for text in texts if text))

    @model_validator(mode="before")
    @classmethod
    def _counted(cls, raw: Any) -> Any:
        """The condition that a rule across cases means where it gives none of its own, and its doubt."""
        across = raw.get("across") if isinstance(raw, dict) else None
        if not isinstance(across, dict) or "condition" in raw or "most" not in across:
            return raw
        most = across["most"]
        bound = str(most) if isinstance(most, int) else f"figures.{most}"
        name = raw.get("id")
        counted = {"condition": f"peers.{name} < {bound}"}
        return {"doubt": f"near.{name} >= {bound}", **raw, **counted}


class Priority(Frozen):
    """A mark of preference (优先): shown to staff and applicant, never a bar."""

    id: Identifier
    title: str
    clause: str = Field(min_length=1)
    condition: Condition


class OpenPoint(Frozen):
    """A contradiction or gap of the notice, with the reading adopted here."""

    id: Identifier
    title: str
    adopted: str
    clause: str = Field(min_length=1)
    applicant_sees: bool = False


class Programme(Frozen):
    """One notice made into data. `digest` is the SHA-256 of the texts it was read from.

    `preference` is the question whose answer is a nominee's place among those of one unit; `quotas` how many nominees
    each union may put forward, by its kind; `statement` what the union that receives a case writes itself.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    title: str
    notice: str
    issued: date
    places: int | None = None
    quotas: tuple[Quota, ...] = ()
    summary: str
    window: Window = Window()
    #: The day to which years are counted: the last day of the window, the present one, or a day of the notice.
    counted_to: Literal["closes", "today"] | date = "today"
    area_code: str = ""
    month_style: str = "年月"
    office: Office
    figures: Mapping[str, Figure] = {}
    routes: tuple[Route, ...]
    forms: tuple[Form, ...]
    parties: tuple[Participant, ...] = ()
    statement: Statement | None = None
    preference: str = ""
    rules: tuple[Rule, ...]
    priorities: tuple[Priority, ...] = ()
    derived: Mapping[str, tuple[Wording, ...]] = {}
    documents: tuple[Document, ...]
    sheets: tuple[Sheet, ...] = ()
    papers: tuple[Paper, ...] = ()
    plan: tuple[Step, ...] = ()
    stages: tuple[Stage, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    filing: str = ""
    declaration: str = ""
    prints: Mapping[str, str] = Field(default_factory=dict, repr=False)
    #: The print macros and style sheets that programmes share, as they were when this one was read.
    macros: Mapping[str, str] = Field(default_factory=dict, repr=False)
    translations: Mapping[str, Mapping[str, str]] = Field(default_factory=dict, repr=False)
    digest: str = ""

    @cached_property
    def making(self) -> Mapping[str, frozenset[str]]:
        """The names that each derived text reads, whichever of its wordings is taken."""
        return {name: _read_by(wordings) for name, wordings in self.derived.items()}

    def lists(self, name: str) -> tuple[Sheet, ...]:
        """The tables in which an answer stands in a column."""
        return tuple(
            each
            for each in self.sheets
            if any(name in sentence(column.value).reads for column in each.columns)
        )

    def form(self, party: str) -> Form:
        """The form that a party fills in. Raises KeyError where the programme has none."""
        for form in self.forms:
            if form.party == party:
                return form
        raise KeyError(party)

    @property
    def leading(self) -> Form:
        """The form of whoever the case is about."""
        return self.form(LEADING)

    def participant(self, party: str) -> Participant | None:
        """What is declared of a kind of party; None for the nominee, and where it takes no part."""
        return next((each for each in self.parties if each.party == party), None)

    def needed(self, participant: Participant) -> int:
        """How many of a kind of party a case needs."""
        least = participant.least
        return least if isinstance(least, int) else self.figures[least].value

    def quota(self, kind: str) -> Quota | None:
        """How many nominees the notice gives a union of this kind; None where it says nothing of it."""
        return next((each for each in self.quotas if kind in each.kinds), None)

    def has_form(self, party: str) -> bool:
        """Whether that party has a form to fill in."""
        return any(form.party == party for form in self.forms)

    def route(self, route: str) -> Route:
        """The route by its id. Raises KeyError."""
        for each in self.routes:
            if each.id == route:
                return each
        raise KeyError(route)

    def office_of(self, route: str) -> Office:
        """Where a person helps with a case of this route; the programme's office while no route is chosen."""
        own = next((each.office for each in self.routes if each.id == route), None)
        return own or self.office

    def sheet(self, sheet: str) -> Sheet:
        """The sheet by its id. Raises KeyError."""
        for each in self.sheets:
            if each.id == sheet:
                return each
        raise KeyError(sheet)

    @property
    def roster(self) -> Sheet | None:
        """The table that an office takes along of its cases: the one that is marked so, else the notice's own."""
        marked = (each for each in self.sheets if each.roster)
        return next(marked, self.sheets[0] if self.sheets else None)

    def translate(self, text: str, locale: str) -> str:
        """A programme text in a language; the Chinese where there is no translation."""
        return self.translations.get(locale, {}).get(text, text)

    def constants(self, now: datetime) -> dict[str, Any]:
        """What expressions may read besides answers: figures, today, closes, counted_to (ISO dates), a sole route."""
        today = self.window.today(now).isoformat()
        closes = self.window.closes.isoformat() if self.window.closes else None
        days = {"closes": closes or today, "today": today}
        counted_to = days.get(str(self.counted_to), str(self.counted_to))
        constants: dict[str, Any] = {
            "figures": {name: figure.value for name, figure in self.figures.items()},
            "today": today,
            "counted_to": counted_to,
            "month_style": self.month_style,
        }
        if closes:
            constants["closes"] = closes
        if len(self.routes) == 1:  # with several, the route is a question
            constants["route"] = self.routes[0].id
        return constants
