"""From the text of a programme's files to the Programme itself. Loading never touches the disk."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel.messages.pofile import PoFileError, read_po
from pydantic import ValidationError

from forms.explaining import explained, problems
from forms.kinds import question as made
from forms.kinds.base import Question
from forms.notation import Block, DefinitionError, Place, Row, block
from forms.parties import LEADING
from forms.programme import Programme
from forms.source import SHARED, SHARED_PRINTS, Source, first_edition, read

__all__ = [
    "SHARED",
    "DefinitionError",
    "Source",
    "assemble",
    "common_questions",
    "first_edition",
    "load",
    "read",
]

ROUTE_SECTION = "推荐方式"
ROUTE_LABEL = "推荐方式"
ROUTE_ASK = "您是通过哪种方式申报的？"


def load(source: Source) -> Programme:
    """The Programme that a source describes. Raises `DefinitionError` with the first of all that is wrong."""
    whole = assemble(source)
    try:
        programme = Programme.model_validate(whole)
    except ValidationError as error:
        errors = sorted(
            explained(error, whole, ()), key=lambda each: not each.reason.startswith("unknown key")
        )
        errors[0].further = tuple(errors[1:])
        raise errors[0] from error
    for problem in problems(programme, whole):
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
        _spell_out(ruling, "rules", _shared(source, "rules"), "rule")
        _bring_along(whole, _rows(ruling, "rules"))
        whole.copy_from(ruling)
    whole.put("forms", _forms(source, whole), Place("programme.yaml", 1))
    here = Place("programme.yaml", 1)
    whole.put("prints", _within("print/", texts), here)
    whole.put("macros", _within(SHARED_PRINTS, texts) or dict(first_edition()), here)
    whole.put("translations", _translations(texts), here)
    whole.put("digest", source.digest, here)
    return whole


def _bring_along(whole: Block, rules: Row) -> None:
    """Let the derived texts that shared rules bring stand among the programme's own, which win."""
    for rule in rules:
        brought = rule.pop("derived", None) if isinstance(rule, Block) else None
        if not isinstance(brought, Block):
            continue
        if "derived" not in whole:
            whole.put("derived", Block(brought.place), brought.place)
        derived = whole["derived"]
        for name in brought:
            if isinstance(derived, Block) and name not in derived:
                derived.put(name, brought[name], brought.places[name])


def _within(folder: str, texts: Mapping[str, str]) -> dict[str, str]:
    return {path.removeprefix(folder): text for path, text in texts.items() if path.startswith(folder)}


def _forms(source: Source, whole: Block) -> Row:
    shared = _shared(source, "questions")
    forms = Row(Place("programme.yaml", 1))
    for path in sorted(path for path in source.files if path.startswith("forms/")):
        form = block(path, source.files[path])
        for section in _rows(form, "sections"):
            if not isinstance(section, Block):
                continue  # the model says what is wrong with it
            _spell_out(section, "questions", shared, "question")
        if form.get("party", LEADING) == LEADING:
            _ask_route(form, whole)
        forms.add(form, form.place)
    return forms


def _rows(holder: Block, key: str) -> Row:
    rows = holder.get(key)
    return rows if isinstance(rows, Row) else Row(holder.place)


def _shared(source: Source, what: str) -> Mapping[str, Block]:
    """What a programme shares with others, questions or rules, by id."""
    return _shared_in(f"{SHARED}/{what}.yaml", what, source.files.get(f"{SHARED}/{what}.yaml", ""))


@lru_cache(maxsize=16)
def _shared_in(file: str, what: str, text: str) -> Mapping[str, Block]:
    """The text is the same for all programmes of a directory: it is read once."""
    blocks: dict[str, Block] = {}
    one = what.removesuffix("s")
    for each in _rows(block(file, text), what):
        if not isinstance(each, Block) or not isinstance(each.get("id"), str):
            raise Place(file, 1).error(f"every shared {one} is a mapping with an id")
        if each["id"] in blocks:
            raise each.place.error(f"the {one} “{each['id']}” stands here twice")
        blocks[each["id"]] = each
    return MappingProxyType(blocks)


def common_questions(source: Source) -> Mapping[str, Question]:
    """The shared questions as they stand before any form changes them, by id; unfinished ones are left out."""
    questions = {}
    for identifier, raw in _shared(source, "questions").items():
        with suppress(ValueError):
            questions[identifier] = made(dict(raw))
    return questions


def _spell_out(holder: Block, key: str, shared: Mapping[str, Block], one: str) -> None:
    """Put whole questions or rules in the place of those that only name a shared one."""
    if key not in holder:
        return
    entries = _rows(holder, key)
    spelt_out = Row(entries.place)
    for entry, place in zip(entries, entries.places, strict=True):
        spelt_out.add(_spelt(entry, place, shared, one), place)
    holder.put(key, spelt_out, holder.places[key])


def _spelt(entry: Any, place: Place, shared: Mapping[str, Block], one: str) -> Any:
    """One of them: a name or `shared:` stands for the shared one, other keys override it."""
    wanted = entry.get("shared") if isinstance(entry, Block) else entry
    if not isinstance(wanted, str):
        return entry
    if wanted not in shared:
        near = get_close_matches(wanted, sorted(shared), n=1)
        remedy = f"“{near[0]}”?" if near else f"known: {', '.join(sorted(shared))}"
        raise place.error(f"there is no shared {one} “{wanted}”", remedy)
    whole = Block(place)
    whole.copy_from(shared[wanted])
    if isinstance(entry, Block):
        whole.copy_from(entry)
        del whole["shared"]
    return whole


def _ask_route(form: Block, whole: Block) -> None:
    """Put the question for the route first where the programme has several."""
    routes = _rows(whole, "routes")
    if len(routes) < 2 or not isinstance(form.get("sections"), Row):
        return
    options = Row(routes.place)
    for route, place in zip(routes, routes.places, strict=True):
        option = Block(place)
        if isinstance(route, Block):
            for key, name in (
                ("value", "id"),
                ("label", "title"),
                ("explain", "explain"),
                ("aliases", "aliases"),
            ):
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
    catalogues: dict[str, dict[str, str]] = {}
    for path in sorted(texts, key=lambda path: (not path.startswith(SHARED), path)):
        if path.endswith(".po"):
            catalogues.setdefault(Path(path).stem, {}).update(_catalogue(path, texts[path]))
    return catalogues


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
