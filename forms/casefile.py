"""A case file: the answers of one made-up person, and what a programme must make of them.

Case files lie under `cases/` beside a programme and are its proof; they are no part of its Source.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import AwareDatetime, Field, ValidationError

from forms.kinds.base import Frozen, Value
from forms.notation import DefinitionError, Row, block, place_of
from forms.rules import Conclusion, Outcome


class PartyExpectation(Frozen):
    """What must come out for one of the other parties, in its own conversation.

    `verdicts` are outcomes of the rules of its party, `says` strings that their sentences must show. `problems` are
    strings that must be said of answers that are not taken, by question: its play ends there. `text` are strings that
    the sheets for its own signature must show.
    """

    verdicts: Mapping[str, Outcome | Literal["absent"]] = {}
    says: Mapping[str, tuple[str, ...]] = {}
    problems: Mapping[str, tuple[str, ...]] = {}
    text: Mapping[str, tuple[str, ...]] = {}


class Expectation(Frozen):
    """What must come out.

    `submittable` says whether the case can be handed in for real as it stands: all is answered, nothing must be mended,
    no rule bars it and the window is open. `verdicts` are outcomes by rule, `absent` where a rule must not be spoken of.
    `says` are strings that the sentence of a verdict must show, its arithmetic among them; `remarks` strings that the
    remarks on a question's answer must show, an empty list that there are none. `text` are strings that a document's
    pages must show, as the receiving office has it. Whitespace does not matter in any of them. `parties` tell what must
    come out for the other parties, by kind, in the order of the case's own `parties`.
    """

    conclusion: Conclusion | None = None
    submittable: bool | None = None
    verdicts: Mapping[str, Outcome | Literal["absent"]] = {}
    says: Mapping[str, tuple[str, ...]] = {}
    remarks: Mapping[str, tuple[str, ...]] = {}
    documents: tuple[str, ...] | None = None
    text: Mapping[str, tuple[str, ...]] = {}
    parties: Mapping[str, tuple[PartyExpectation, ...]] = {}


class CaseFile(Frozen):
    """One case. `answers` are stored values by question id; files are given by paths relative to the case file.

    `parties` are the answers of the other parties' forms, by kind of party, `appeal` the rules taken to the staff by the
    notice's own escape, `withholds` the sensitive questions to whose own consent the person says no, `peers` how many
    other finished cases there are for each rule across cases. `programme` is only needed where the file does not lie
    under a programme.
    """

    title: str
    now: AwareDatetime
    programme: str = ""
    answers: Mapping[str, Value]
    parties: Mapping[str, tuple[Mapping[str, Value], ...]] = {}
    appeal: tuple[str, ...] = ()
    withholds: tuple[str, ...] = ()
    peers: Mapping[str, int] = {}
    expect: Expectation = Field(default_factory=Expectation)


def read_case(file: str, text: str) -> CaseFile:
    """The case that a file's text describes. Raises `DefinitionError`."""
    raw = block(file, text)
    try:
        return CaseFile.model_validate(raw)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        name = ".".join(str(step) for step in fault["loc"])
        raise place_of(raw, fault["loc"]).error(f"“{name}”: {fault['msg']}") from error


def case_texts(directory: Path) -> dict[str, str]:
    """The text of every case file of a programme's directory, by relative path. Raises `DefinitionError`."""
    texts = {}
    for path in sorted((directory / "cases").glob("*.yaml")):
        name = path.relative_to(directory).as_posix()
        try:
            texts[name] = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DefinitionError(name, 1, "cannot be read as UTF-8 text") from error
    return texts


def plain(value: Any) -> Any:
    """The value as ordinary dicts and lists, without its places."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, Row | list | tuple) else value
