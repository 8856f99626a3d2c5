"""Answers as print templates see them: text that knows its face, with the boxes, paragraphs, rows and picture in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, Self

from markupsafe import Markup, escape

from forms.kinds.base import Question, Value
from forms.kinds.options import OptionsQuestion
from forms.kinds.records import RecordsQuestion
from forms.kinds.scans import ScansQuestion
from forms.kinds.yes_no import YesNoQuestion
from forms.printing.faces import BODY, Faces
from forms.printing.spread import joined, spread, spreads

_HEADING = 30  # characters: a line of prose that is longer, or ends like a sentence, is no heading
_NUMBERED = tuple(f"{numeral}、" for numeral in "一二三四五六七八九十") + tuple(
    f"（{numeral}）" for numeral in "一二三四五六七八九十"
)
_BODY_ALONE = ("", f'"{BODY}"')  # the faces of a text that needs no others
_ENDS = "。！？；，：、”…"


class Faced(str):
    """Text that is set whole in one face when it holds a character which the body face lacks.

    It is plain text everywhere else: in comparisons, its length, in attributes.
    """

    faces: Faces | None

    def __new__(cls, text: str, faces: Faces | None = None) -> Self:
        """The text; without `faces` it is set as the document sets everything."""
        made = super().__new__(cls, text)
        made.faces = faces
        return made

    #: The class of the block in which its `spread` stands.
    look = ""

    @property
    def spread(self) -> Self | Markup:
        """What a block of prose shows of it; a short field is no prose."""
        return self

    @property
    def plain(self) -> str:
        """The text alone, for places that take no markup: the title of the document."""
        return str.__str__(self)

    def __html__(self) -> str:
        plain = self.plain
        face = self.faces.face_for(plain, BODY) if self.faces else ""
        text = joined(plain)
        if face in _BODY_ALONE:
            return escape(text)
        return Markup('<span style="font-family: {}">{}</span>').format(face, text)


class Paragraph(Faced):
    """One paragraph of prose. It is long, so only its rare characters change the face.

    Before an opening quotation mark a line may break, which the general rules of line breaking, made for straight
    quotes, would forbid.
    """

    @property
    def heading(self) -> bool:
        """Whether it reads as a heading of its own: “一、勤学苦练，在平凡岗位上锤炼绝技”."""
        return self.startswith(_NUMBERED) and len(self) <= _HEADING and not self.endswith(tuple(_ENDS))

    @property
    def look(self) -> str:  # type: ignore[override]  # told by the text
        """`han` where its lines stretch between characters, in a block of that class."""
        return "han" if spreads(self) else ""

    @property
    def spread(self) -> Markup:
        """Its text for a block of the class `look`: its lines may end and stretch as Chinese print has them."""
        if not self.look:
            return self.__html__()
        return self._in_faces(spread(self.plain, few=self._face in _BODY_ALONE))

    def __html__(self) -> Markup:
        return self._in_faces(Markup("<wbr>“").join(self.plain.split("“")))

    def _in_faces(self, text: Markup) -> Markup:
        if self._face in _BODY_ALONE:
            return text
        return Markup('<span style="font-family: {}">{}</span>').format(self._face, text)

    @property
    def _face(self) -> str:
        return self.faces.stack_for(self.plain, BODY) if self.faces else ""


@dataclass(frozen=True)
class Box:
    """One box to tick: its words, whether it is ticked, and what the person wrote beside it."""

    label: str
    on: bool
    text: Faced


class Case(Protocol):
    """Gives the name under which the document may fetch a stored file: cut as a portrait, or one page of a scan."""

    def __call__(self, name: str, file: str, page: int | None = None) -> str:
        """`name` is unique in the document; `page` counts from 0, None stands for a portrait."""


class Printed(Faced):
    """An answer as its form prints it; empty while there is none.

    `value` is the stored answer (None while there is none) for filters and comparisons. `case` gives the name
    under which the document may fetch a stored file, and is asked only for pictures that the template sets.
    """

    question: Question
    value: Value
    case: Case

    @classmethod
    def of(cls, question: Question, value: Value, faces: Faces | None, case: Case) -> Printed:
        """The answer `value` of a question; None stands for no answer yet."""
        made = cls("" if value is None else question.printed(value), faces)
        made.question, made.value, made.case = question, value, case
        return made

    @property
    def answered(self) -> bool:
        """Whether there is an answer, even one that prints nothing (no option ticked)."""
        return self.value is not None

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        """The boxes of a choice or a yes-no question, in the form's order."""
        return tuple(
            Box(label, on, Faced(text, self.faces)) for label, on, text in _boxes(self.question, self.value)
        )

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs of prose, without empty ones."""
        return tuple(Paragraph(line.strip(), self.faces) for line in self.splitlines() if line.strip())

    @cached_property
    def rows(self) -> Sequence[Mapping[str, Printed]]:
        """The rows of records, each field by its id; a field that was passed over is empty."""
        if not isinstance(self.question, RecordsQuestion):
            return ()
        return [
            {
                field.id: Printed.of(field, row.get(field.id), self.faces, self.case)
                for field in self.question.fields
            }
            for row in self.value or ()
        ]

    @property
    def src(self) -> str:
        """Where the document fetches the picture; empty while there is none."""
        files = self.question.files(self.value) if self.answered else ()
        return self.case(self.question.id, files[0]) if files else ""

    @property
    def srcs(self) -> tuple[str, ...]:
        """Where the document fetches the pages of scans, whole and upright, in their order."""
        return tuple(page for pages in self.scans for page in pages)

    @cached_property
    def scans(self) -> tuple[tuple[str, ...], ...]:
        """The same, scan by scan."""
        if not isinstance(self.question, ScansQuestion):
            return ()
        return tuple(
            tuple(
                self.case(f"{self.question.id}-{number}-{page}", scan["file"], page)
                for page in range(scan.get("pages", 1))
            )
            for number, scan in enumerate(self.value or (), 1)
        )


def _boxes(question: Question, value: Any) -> Iterator[tuple[str, bool, str]]:
    if isinstance(question, YesNoQuestion):
        yield question.yes, value is True, ""
        yield question.no, value is False, ""
        return
    if not isinstance(question, OptionsQuestion):
        return
    for option in question.offered:
        if isinstance(value, Mapping):
            yield option.shown, option.value in value, value.get(option.value, "")
        elif option.own_text and value is not None and question.option(value) is None:
            yield option.shown, True, value
        else:
            yield option.shown, value == option.value, ""
