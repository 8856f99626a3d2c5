"""From the files of a programme to the Programme itself.

A `Source` is the text of everything that makes a programme, and nothing else: it is what a case pins, stores
and reads again years later. Loading it never touches the disk.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args
from zoneinfo import ZoneInfo

from babel.messages.pofile import PoFileError, read_po
from pydantic import BaseModel, ValidationError

from forms.expressions import ExpressionError, expression
from forms.kinds import question as made
from forms.kinds import registry
from forms.kinds.base import Question
from forms.notation import Block, DefinitionError, Place, Row, block, place_of
from forms.programme import LEADING, PARTIES, Programme

__all__ = ["DefinitionError", "Source", "assemble", "load", "read"]

SHARED = "_shared"
_PATTERNS = ("programme.yaml", "rules.yaml", "forms/*.yaml", "print/*.html", "print/*.css", "locale/*.po")
_SHARED_PATTERNS = ("questions.yaml", "locale/*.po")
_SHARED_PRINTS = f"{SHARED}/print/"
_FIRST_EDITION = Path(__file__).parent / "printing" / "first"
_BUILT_IN = Path(__file__).parent / "programmes" / SHARED
_LARGEST_FILE = 512 * 1024  # characters; the longest notice made into data is a tenth of this
_LARGEST_SOURCE = 4 * 1024 * 1024

ROUTE_SECTION = "推荐方式"
ROUTE_LABEL = "推荐方式"
ROUTE_ASK = "您是通过哪种方式申报的？"


@dataclass(frozen=True)
class Source:
    """The text of all files of a programme by relative path; shared files stand under `_shared/`."""

    files: Mapping[str, str]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the sorted files, as hexadecimal digits."""
        digest = hashlib.sha256()
        for path, text in sorted(self.files.items()):
            for part in (path.encode(), text.encode()):
                digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    @cached_property
    def id(self) -> str:
        """The programme's id as its programme.yaml gives it; empty where it gives none."""
        found = re.search(r"^id:[ \t]*[\"']?([a-z0-9-]+)", self.files.get("programme.yaml", ""), re.MULTILINE)
        return found[1] if found else ""

    def to_json(self) -> str:
        """The same source as JSON text."""
        return json.dumps({"files": dict(sorted(self.files.items()))}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Source:
        """What `to_json` wrote."""
        return cls(MappingProxyType(dict(json.loads(text)["files"])))


def read(directory: Path, shared: Path) -> Source:
    """Read a programme's directory and what it shares with others. Raises `DefinitionError`.

    Where `shared` has no prints of its own, they are the built-in ones.
    """
    if not (directory / "programme.yaml").is_file():
        raise DefinitionError("programme.yaml", 1, "there is no such file, so this is no programme")
    files = dict(_texts(directory, _PATTERNS, ""))
    files.update(_texts(shared, _SHARED_PATTERNS, f"{SHARED}/"))
    prints = next(each for each in (shared / "print", _BUILT_IN / "print") if each.is_dir())
    files.update(_texts(prints, ("*.html", "*.css"), _SHARED_PRINTS))
    if sum(map(len, files.values())) > _LARGEST_SOURCE:
        raise DefinitionError("programme.yaml", 1, f"all files together exceed {_LARGEST_SOURCE} characters")
    return Source(MappingProxyType(files))


def _texts(directory: Path, patterns: Sequence[str], prefix: str) -> Iterator[tuple[str, str]]:
    for path in sorted(path for pattern in patterns for path in directory.glob(pattern)):
        name = prefix + path.relative_to(directory).as_posix()
        try:
            if path.stat().st_size > 4 * _LARGEST_FILE:
                raise DefinitionError(name, 1, f"longer than {_LARGEST_FILE} characters")
            text = path.read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DefinitionError(name, 1, "this file is not UTF-8") from error
        except OSError as error:
            raise DefinitionError(name, 1, f"cannot be read ({error.strerror})") from error
        if len(text) > _LARGEST_FILE:
            raise DefinitionError(name, 1, f"longer than {_LARGEST_FILE} characters")
        yield name, text


def load(source: Source) -> Programme:
    """The Programme that a source describes. Raises `DefinitionError` with the first of all that is wrong."""
    whole = assemble(source)
    try:
        programme = Programme.model_validate(whole)
    except ValidationError as error:
        errors = sorted(
            _explained(error, whole, ()), key=lambda found: not found.reason.startswith("unknown key")
        )
        errors[0].further = tuple(errors[1:])
        raise errors[0] from error
    for problem in _problems(programme, whole):
        raise problem
    return programme


def assemble(source: Source) -> Block:
    """The raw definition, put together from its files, with every value's place: what `load` validates."""
    texts = source.files
    if "programme.yaml" not in texts:
        raise DefinitionError("programme.yaml", 1, "there is no such file, so this is no programme")
    whole = block("programme.yaml", texts["programme.yaml"])
    for key in ("forms", "rules", "priorities", "prints", "macros", "translations", "digest"):
        if key in whole:
            raise whole.places[key].error(f"“{key}” has its own file and may not stand here")
    top = Place("rules.yaml", 1)
    whole.put("rules", Row(top), top)
    if "rules.yaml" in texts:
        ruling = block("rules.yaml", texts["rules.yaml"])
        for key in ruling:
            if key not in ("rules", "priorities"):
                raise ruling.places[key].error(f"unknown key “{key}” (known: rules, priorities)")
        whole.copy_from(ruling)
    whole.put("forms", _forms(source, whole), Place("programme.yaml", 1))
    here = Place("programme.yaml", 1)
    whole.put("prints", _within("print/", texts), here)
    whole.put("macros", _within(_SHARED_PRINTS, texts) or dict(first_edition()), here)
    whole.put("translations", _translations(texts), here)
    whole.put("digest", source.digest, here)
    return whole


def _within(folder: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {path.removeprefix(folder): text for path, text in texts.items() if path.startswith(folder)}


@lru_cache(maxsize=1)
def first_edition() -> Mapping[str, str]:
    """What a source without shared prints is printed with: it was kept before they were part of it."""
    return MappingProxyType(dict(_texts(_FIRST_EDITION, ("*.html", "*.css"), "")))


def _forms(source: Source, whole: Block) -> Row:
    shared = _shared_questions(source.files.get(f"{SHARED}/questions.yaml", ""))
    forms = Row(Place("programme.yaml", 1))
    for path in sorted(path for path in source.files if path.startswith("forms/")):
        form = block(path, source.files[path])
        for section in _rows(form, "sections"):
            if not isinstance(section, Block):
                continue  # the model says what is wrong with it
            questions = _rows(section, "questions")
            spelt_out = Row(questions.place)
            for entry, place in zip(questions, questions.places, strict=True):
                spelt_out.add(_question(entry, place, shared), place)
            if "questions" in section:
                section.put("questions", spelt_out, section.places["questions"])
        if form.get("party", LEADING) == LEADING:
            _ask_route(form, whole)
        forms.add(form, form.place)
    return forms


def _rows(holder: Block, key: str) -> Row:
    found = holder.get(key)
    return found if isinstance(found, Row) else Row(holder.place)


@lru_cache(maxsize=8)
def _shared_questions(text: str) -> Mapping[str, Block]:
    """The shared questions by id. The text is the same for all programmes of a directory: it is read once."""
    file = f"{SHARED}/questions.yaml"
    found: dict[str, Block] = {}
    for question in _rows(block(file, text), "questions"):
        if not isinstance(question, Block) or not isinstance(question.get("id"), str):
            raise Place(file, 1).error("every shared question is a mapping with an id")
        if question["id"] in found:
            raise question.place.error(f"the question “{question['id']}” stands here twice")
        found[question["id"]] = question
    return MappingProxyType(found)


def common_questions(source: Source) -> Mapping[str, Question]:
    """The shared questions as they stand before any form changes them, by id; unfinished ones are left out."""
    found = {}
    for identifier, raw in _shared_questions(source.files.get(f"{SHARED}/questions.yaml", "")).items():
        with suppress(ValueError):
            found[identifier] = made(dict(raw))
    return found


def _question(entry: Any, place: Place, shared: Mapping[str, Block]) -> Any:
    """A question spelt out: a name or `shared:` stands for the shared question, other keys override it."""
    wanted = entry.get("shared") if isinstance(entry, Block) else entry
    if not isinstance(wanted, str):
        return entry
    if wanted not in shared:
        near = get_close_matches(wanted, sorted(shared), n=1)
        remedy = f"“{near[0]}”?" if near else f"known: {', '.join(sorted(shared))}"
        raise place.error(f"there is no shared question “{wanted}”", remedy)
    question = Block(place)
    question.copy_from(shared[wanted])
    if isinstance(entry, Block):
        question.copy_from(entry)
        del question["shared"]
    return question


def _ask_route(form: Block, whole: Block) -> None:
    """Put the question for the route first where the programme has several."""
    routes = _rows(whole, "routes")
    if len(routes) < 2 or not isinstance(form.get("sections"), Row):
        return
    options = Row(routes.place)
    for route, place in zip(routes, routes.places, strict=True):
        option = Block(place)
        if isinstance(route, Block):
            for key, name in (("value", "id"), ("label", "title"), ("explain", "explain")):
                if name in route:
                    option.put(key, route[name], route.places[name])
        options.add(option, place)
    here = routes.place
    question = _placed(here, kind="choice", id="route", label=ROUTE_LABEL, ask=ROUTE_ASK, options=options)
    questions = Row(here)
    questions.add(question, here)
    sections = Row(form["sections"].place)
    sections.add(_placed(here, id="route", title=ROUTE_SECTION, questions=questions), here)
    for section, place in zip(form["sections"], form["sections"].places, strict=True):
        sections.add(section, place)
    form.put("sections", sections, form.places["sections"])


def _placed(place: Place, **values: Any) -> Block:
    made = Block(place)
    for key, value in values.items():
        made.put(key, value, place)
    return made


def _translations(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Catalogues by language; the programme's own sentences win over the shared ones."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(texts, key=lambda path: (not path.startswith(SHARED), path)):
        if path.endswith(".po"):
            found.setdefault(Path(path).stem, {}).update(_catalogue(path, texts[path]))
    return found


@lru_cache(maxsize=64)
def _catalogue(path: str, text: str) -> Mapping[str, str]:
    try:
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
    except PoFileError as error:
        raise DefinitionError(path, error.lineno or 1, str(error).split("\n", 1)[0]) from error
    return MappingProxyType(
        {
            message.id: message.string
            for message in catalogue
            if message.id and isinstance(message.id, str) and isinstance(message.string, str)
            if message.string and not message.fuzzy
        }
    )


def _explained(error: ValidationError, whole: Block, before: tuple[object, ...]) -> Iterator[DefinitionError]:
    """Each thing that pydantic found, at its place. A question's own errors lie within the question's."""
    for found in error.errors(include_url=False):
        path = before + found["loc"]
        inner = found.get("ctx", {}).get("error")
        if isinstance(inner, ValidationError):
            yield from _explained(inner, whole, path)
            continue
        name = found["loc"][-1] if found["loc"] else ""
        match found["type"]:
            case "extra_forbidden":
                reason = f"unknown key “{name}”"
                remedy = _meant(str(name))
            case "missing":
                reason = f"“{name}” is missing"
                remedy = f"add “{name}:”"
            case "value_error" if str(inner).startswith("there is no kind"):
                reason, path = str(inner), (*path, "kind")
                remedy = "docs/kinds.md says what each of them asks"
            case _:
                reason = f"“{name}”: " if isinstance(name, str) and name else ""
                reason += found["msg"].removeprefix("Value error, ")
                remedy = next((told for sign, told in _REMEDIES if sign in reason), _LOOK_UP)
        yield place_of(whole, path).error(reason, remedy)


_LOOK_UP = "docs/authoring.md and the schemas beside it say what may stand here"
_REMEDIES = (
    ("is not part of the language", "names, comparisons, and/or/not, lists, plus and minus, and filters are"),
    ("there is no filter", "docs/authoring.md lists the filters"),
    ("there is no test", "“is defined” is the only one"),
    ("date", "write a day as 2026-06-30"),
    ("String should match pattern", "small letters, figures and “_” (a programme's id: “-”), a letter first"),
    ("at least 1 character", "say what the notice says"),
    ("should be a valid string", "put it in quotes"),
)


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    """Every key that some model of a programme has."""
    found: set[str] = set()
    waiting: list[type[BaseModel]] = [Programme, *registry().values()]
    while waiting:
        model = waiting.pop()
        found |= model.model_fields.keys()
        parts = [part for field in model.model_fields.values() for part in _parts(field.annotation)]
        waiting += [part for part in parts if not part.model_fields.keys() <= found]
    return frozenset(found)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)


def _meant(key: str) -> str:
    if key in _keys():
        return f"“{key}” does not stand here: {_LOOK_UP}"
    near = get_close_matches(key, sorted(_keys()), n=1)
    return f"“{near[0]}”?" if near else "take it out, or see docs/authoring.md"


def _problems(programme: Programme, whole: Block) -> Iterator[DefinitionError]:
    """What no single model can see: names that are taken, conditions of questions, the window."""
    for key in ("routes", "rules", "priorities", "documents", "sheets", "papers", "open_points", "forms"):
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
                    remedy = next((told for sign, told in _REMEDIES if sign in str(error)), _LOOK_UP)
                    yield place_of(whole, (*path, "when")).error(str(error), remedy)
    parties = [form.party for form in programme.forms]
    for number, party in enumerate(parties):
        if party not in PARTIES:
            yield place_of(whole, ("forms", number, "party")).error(
                f"there is no party “{party}”", f"one of: {', '.join(sorted(PARTIES))}"
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
