"""The published schemas: current, and of one mind with the loader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.workshop.schemas import schemas, text
from forms.kinds import registry
from forms.library import BUILT_IN
from forms.loader import Source, load
from forms.notation import parse
from tests.forms.definitions import FILES

PUBLISHED = Path(__file__).parents[3] / "docs" / "schema"
SCHEMAS = schemas()
OF = {"programme.yaml": "programme", "rules.yaml": "rules", "questions.yaml": "questions"}


def fits(value: Any, schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    """Whether a value is what a schema says, for the words of JSON Schema that ours use."""
    if "$ref" in schema:
        return fits(value, whole["$defs"][schema["$ref"].removeprefix("#/$defs/")], whole)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            count = sum(fits(value, one, whole) for one in schema[word])
            if count != 1 if word == "oneOf" else count == 0:
                return False
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if not set(schema.get("required", ())) <= (value.keys() if isinstance(value, dict) else set()):
        return False
    match schema.get("type"):
        case "object":
            return isinstance(value, dict) and mapping_fits(value, schema, whole)
        case "array":
            return isinstance(value, list) and all(
                fits(item, schema.get("items", {}), whole) for item in value
            )
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
    return True


def mapping_fits(value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any]) -> bool:
    known, further = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, item in value.items():
        if key in known:
            if not fits(item, known[key], whole):
                return False
        elif further is False or (isinstance(further, dict) and not fits(item, further, whole)):
            return False
    return True


def schema_of(path: Path) -> dict[str, Any]:
    if path.parent.name == "_shared" and path.name == "rules.yaml":
        return SCHEMAS["shared_rules.json"]
    by_folder = {"forms": "form", "cases": "case"}
    return SCHEMAS[f"{OF.get(path.name) or by_folder[path.parent.name]}.json"]


FILES_OF_PROGRAMMES = sorted(
    path for path in BUILT_IN.rglob("*.yaml") if path.parent.name in ("forms", "cases") or path.name in OF
)


@pytest.mark.parametrize("path", FILES_OF_PROGRAMMES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_that_the_loader_reads_fits_its_schema(path: Path) -> None:
    schema = schema_of(path)
    assert fits(parse(path.name, path.read_text("utf-8")), schema, schema)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("rules.yaml", "unmet:", "unmeet:"),
        ("rules.yaml", "    clause: 四\n", ""),
        ("rules.yaml", "    condition: start|months_to(counted_to) >= 120\n", ""),
        ("programme.yaml", "issued: 2026-05-01\n", ""),
        ("programme.yaml", "value: 10", "value: ten"),
        ("forms/application.yaml", "kind: yes-no", "kind: yesno"),
        ("forms/application.yaml", "when: union", "whne: union"),
        ("forms/application.yaml", "{shared: start,", "{start,"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(file: str, old: str, new: str) -> None:
    assert old in FILES[file]
    broken = FILES[file].replace(old, new, 1)
    schema = schema_of(Path(file))
    assert fits(parse(file, FILES[file]), schema, schema)
    assert not fits(parse(file, broken), schema, schema)
    with pytest.raises(ValueError, match=":"):
        load(Source({**FILES, file: broken}))


def test_every_kind_is_among_the_questions() -> None:
    kinds = {
        definition["properties"]["kind"]["const"]
        for definition in SCHEMAS["form.json"]["$defs"].values()
        if "const" in definition.get("properties", {}).get("kind", {})
    }
    assert kinds == set(registry())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schemas_are_current(name: str) -> None:
    assert (PUBLISHED / name).read_text("utf-8") == text(SCHEMAS[name]), (
        "run: jiangjian schema --out docs/schema"
    )


def test_nothing_else_is_published() -> None:
    assert {path.name for path in PUBLISHED.iterdir()} == SCHEMAS.keys()
