"""What is wrong with a definition, at its place in its file, with what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from forms.expressions import ExpressionError, expression
from forms.kinds import registry
from forms.notation import Block, DefinitionError, Place, Row, place_of
from forms.parties import LEADING, WRITERS
from forms.programme import Programme

_LOOK_UP = "docs/authoring.md and the schemas beside it say what may stand here"


def explained(
    error: ValidationError,
    whole: Block,
    before: tuple[object, ...],
    model: type[BaseModel] = Programme,
    look_up: str = _LOOK_UP,
) -> Iterator[DefinitionError]:
    """Each thing that pydantic found, at its place. A question's own errors lie within the question's.

    `model` is what should have been read, `look_up` where it is written how. What may be of several types and is of none
    is one fault, though pydantic tells it once for each type.
    """
    told_places: set[tuple[object, ...]] = set()
    faults = error.errors(include_url=False)
    for fault in faults:
        path = before + fault["loc"]
        inner = fault.get("ctx", {}).get("error")
        if isinstance(inner, ValidationError):
            yield from explained(inner, whole, path, model, look_up)
            continue
        name = fault["loc"][-1] if fault["loc"] else ""
        match fault["type"]:
            case "extra_forbidden":
                reason = f"unknown key “{name}”"
                remedy = _meant(str(name), model, look_up)
            case "missing":
                reason = f"“{name}” is missing"
                remedy = f"add “{name}:”"
            case "value_error" if str(inner).startswith("there is no kind"):
                reason, path = str(inner), (*path, "kind")
                remedy = "docs/kinds.md says what each of them asks"
            case _:
                value = _written(whole, path)
                if value in told_places:
                    continue
                told_places.add(value)
                named = [step for step in fault["loc"] if isinstance(step, str) and step in _keys(model)]
                name = named[-1] if named else name  # of a union the last step is the name of a type
                same = [each for each in faults if _written(whole, before + each["loc"]) == value]
                said = dict.fromkeys(each["msg"].removeprefix("Value error, ") for each in same)
                reason = f"“{name}”: " if isinstance(name, str) and name else ""
                reason += "; or: ".join(said)
                remedy = next((advice for sign, advice in _REMEDIES if sign in reason), look_up)
        yield place_of(whole, path).error(reason, remedy)


_REMEDIES = (
    ("a single “=”", "write == to compare"),
    ("unexpected char '&'", "write: and"),
    ("expected token 'name', got '|'", "write “or” for one of two; a single “|” goes before a filter"),
    ("unexpected char '!'", "write: not, or != between two values"),
    *(
        (f"unexpected char '{sign}'", f"write {plain}, a sign of half width")
        for sign, plain in (
            ("＝", "=="),
            ("＞", ">"),
            ("＜", "<"),
            ("（", "("),
            ("）", ")"),
            ("，", ","),
            ("“", "'"),
            ("”", "'"),
            ("‘", "'"),
            ("’", "'"),
            ("≥", ">="),
            ("≤", "<="),
            ("≠", "!="),
            ("．", "."),
            ("。", "."),
        )
    ),
    ("is not part of the language", "names, comparisons, and/or/not, lists, plus and minus, and filters are"),
    ("there is no filter", "docs/authoring.md lists the filters"),
    ("there is no test", "“is defined” is the only one"),
    ("date", "write a day as 2026-06-30"),
    ("String should match pattern", "small letters, figures and “_” (a programme's id: “-”), a letter first"),
    ("at least 1 character", "say what the notice says"),
    ("should be a valid string", "put it in quotes"),
)


def _written(whole: Block, path: tuple[object, ...]) -> tuple[object, ...]:
    """A path as far as something is written there: what pydantic adds to it names one type of several that it tried."""
    value: Any = whole
    for depth, step in enumerate(path):
        held = value if isinstance(value, Block) else range(len(value)) if isinstance(value, Row) else ()
        if step not in held:
            return path[:depth]
        value = value[step]
    return path


@lru_cache(maxsize=4)
def _keys(model: type[BaseModel]) -> frozenset[str]:
    """Every key that some part of a model has; a question of a programme may be of any kind."""
    keys: set[str] = set()
    waiting: list[type[BaseModel]] = [model, *(registry().values() if model is Programme else ())]
    while waiting:
        part = waiting.pop()
        keys |= part.model_fields.keys()
        parts = [inner for field in part.model_fields.values() for inner in _parts(field.annotation)]
        waiting += [inner for inner in parts if not inner.model_fields.keys() <= keys]
    return frozenset(keys)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _meant(key: str, model: type[BaseModel], look_up: str) -> str:
    keys = _keys(model)
    if key in keys:
        return f"“{key}” does not stand here: {look_up}"
    near = get_close_matches(key, sorted(keys), n=1)
    return f"“{near[0]}”?" if near else f"take it out: {look_up}"


def problems(programme: Programme, whole: Block) -> Iterator[DefinitionError]:
    """What no single model can see: names that are taken, conditions of questions, the window."""
    for key in (
        "routes",
        "rules",
        "priorities",
        "documents",
        "sheets",
        "papers",
        "plan",
        "open_points",
        "forms",
    ):
        yield from _taken([item.id for item in getattr(programme, key)], whole, (key,))
    for number, form in enumerate(programme.forms):
        yield from _taken([section.id for section in form.sections], whole, ("forms", number, "sections"))
        seen: dict[str, Place] = {}
        for at, section in enumerate(form.sections):
            for index, question in enumerate(section.questions):
                path = ("forms", number, "sections", at, "questions", index)
                place = place_of(whole, path)
                if question.id in seen:
                    first = seen[question.id].line
                    yield place.error(f"the question “{question.id}” is asked twice (first on line {first})")
                seen[question.id] = place
                try:
                    expression(question.when or "true")
                except ExpressionError as error:
                    remedy = next((advice for sign, advice in _REMEDIES if sign in str(error)), _LOOK_UP)
                    yield place_of(whole, (*path, "when")).error(str(error), remedy)
    parties = [form.party for form in programme.forms]
    for number, party in enumerate(parties):
        if party not in WRITERS:
            yield place_of(whole, ("forms", number, "party")).error(
                f"there is no party “{party}”", f"one of: {', '.join(sorted(WRITERS))}"
            )
    if parties.count(LEADING) != 1 or len(set(parties)) != len(parties):
        yield whole.places["forms"].error(
            "exactly one form for the nominee is needed, and one for an expert at most"
        )
    window = programme.window
    if window.opens and window.closes and window.opens > window.closes:
        yield place_of(whole, ("window", "closes")).error("the window closes before it opens")
    try:
        ZoneInfo(window.zone)
    except (LookupError, ValueError, OSError):
        yield place_of(whole, ("window", "zone")).error(f"there is no time zone “{window.zone}”")


def _taken(names: Sequence[str], whole: Block, path: tuple[object, ...]) -> Iterator[DefinitionError]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield place_of(whole, (*path, index)).error(f"the id “{name}” is taken already")
