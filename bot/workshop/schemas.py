"""`jiangjian schema`: JSON Schemas, for editors, of the files of a programme and of an installation's offices.

They come from the models that read them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from forms.casefile import CaseFile
from forms.kinds import registry
from forms.offices import Offices
from forms.programme import Form, Programme

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/"
#: Keys of which a model wants one or the other, which its fields alone do not say.
_EITHER = {"Rule": ("condition", "across"), "Document": ("template", "sheet")}
#: Keys of a Programme that have files of their own or are made while it is read.
_ELSEWHERE = ("forms", "rules", "priorities", "prints", "macros", "translations", "digest")


def schemas() -> dict[str, dict[str, Any]]:
    """A schema for each kind of file, by its own file name."""
    defs = _definitions()
    programme = defs.pop("Programme")
    rules = {key: programme["properties"][key] for key in ("rules", "priorities")}
    for key in _ELSEWHERE:
        programme["properties"].pop(key, None)
    programme["required"] = [key for key in programme["required"] if key not in _ELSEWHERE]
    form, case = defs.pop("Form"), defs.pop("CaseFile")
    shared = {"questions": {"type": "array", "items": {"$ref": f"{_REF}Question"}}}
    tops = {
        "programme.json": programme,
        "rules.json": _mapping(rules, "The rules and marks of preference of a programme: rules.yaml."),
        "form.json": form,
        "questions.json": _mapping(
            shared, "Questions that several programmes share: _shared/questions.yaml."
        ),
        "shared_rules.json": _mapping(
            {"rules": {"type": "array", "items": {"$ref": f"{_REF}RuleToShare"}}},
            "Rules that several programmes share: _shared/rules.yaml.",
        ),
        "case.json": case,
    }
    offices = Offices.model_json_schema(ref_template=_REF + "{model}")  # with an Office of its own
    return {
        **{name: _complete(name, top, defs) for name, top in tops.items()},
        "offices.json": _complete("offices.json", offices, offices.pop("$defs")),
    }


def write(out: Path) -> list[Path]:
    """Write all schemas into a directory."""
    out.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (out / name).write_text(text(schema), "utf-8")
    return [out / name for name in schemas()]


def text(schema: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _definitions() -> dict[str, dict[str, Any]]:
    """All models by name; a question is any of the kinds or, in a form, the name of a shared one."""
    kinds = registry()
    models: list[type[BaseModel]] = [Programme, Form, CaseFile, *kinds.values()]
    _, whole = models_json_schema([(model, "validation") for model in models], ref_template=_REF + "{model}")
    defs: dict[str, dict[str, Any]] = whole["$defs"]
    base = defs["Question"]["properties"]
    for model in kinds.values():
        one = defs[model.__name__]
        one["required"] = ["kind", *one.get("required", ())]
    every = {
        key: kept for model in kinds.values() for key, kept in defs[model.__name__]["properties"].items()
    }
    defs["Question"] = {
        "description": "A question of one of the kinds.",
        "type": "object",
        "oneOf": [{"$ref": f"{_REF}{model.__name__}"} for _, model in sorted(kinds.items())],
    }
    defs["SharedQuestion"] = {
        "description": "A shared question with some keys changed.",
        "type": "object",
        "properties": {"shared": {"type": "string"}, **{key: {} for key in every}, **base},
        "required": ["shared"],
        "additionalProperties": False,
    }
    defs["Section"]["properties"]["questions"]["items"] = {
        "anyOf": [
            {"type": "string", "description": "The id of a shared question."},
            {"$ref": f"{_REF}SharedQuestion"},
            {"$ref": f"{_REF}Question"},
        ]
    }
    brought = {"derived": defs["Programme"]["properties"]["derived"]}
    defs["SharedRule"] = {
        "description": "A shared rule with its clause here, and some keys changed.",
        "type": "object",
        "properties": {"shared": {"type": "string"}, **defs["Rule"]["properties"], **brought},
        "required": ["shared"],
        "additionalProperties": False,
    }
    defs["RuleToShare"] = {
        **defs["Rule"],
        "description": "A rule without its clause, which each programme gives, with the derived texts that it reads.",
        "properties": {**defs["Rule"]["properties"], **brought},
        "required": [key for key in defs["Rule"]["required"] if key != "clause"],
    }
    defs["Programme"]["properties"]["rules"]["items"] = {
        "anyOf": [
            {"type": "string", "description": "The id of a shared rule."},
            {"$ref": f"{_REF}SharedRule"},
            {"$ref": f"{_REF}Rule"},
        ]
    }
    for name, keys in _EITHER.items():
        defs[name]["required"] = [key for key in defs[name]["required"] if key not in keys]
        defs[name]["anyOf"] = [{"required": [key]} for key in keys]
    bare = {"type": "string", "description": "Short for {value: …}."}
    for model in kinds.values():
        options = defs[model.__name__]["properties"].get("options")
        if options:
            options["items"] = {"anyOf": [bare, options["items"]]}
    return defs


def _mapping(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "additionalProperties": False,
    }


def _complete(name: str, top: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """The schema of a file with the definitions that it needs."""
    needed: dict[str, Any] = {}
    waiting = _references(top)
    while waiting:
        wanted = waiting.pop()
        if wanted not in needed:
            needed[wanted] = defs[wanted]
            waiting |= _references(defs[wanted])
    return {"$schema": _DRAFT, "$id": name, **top, "$defs": dict(sorted(needed.items()))}


def _references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"].removeprefix(_REF)} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(_references(value) for value in part.values()))
    return set().union(*(_references(item) for item in part)) if isinstance(part, list) else set()
