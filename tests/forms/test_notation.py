"""YAML as it is composed quickly, and as it is composed when it may be odd: the same values on the same lines."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from forms import notation
from forms.library import BUILT_IN
from forms.notation import Block, DefinitionError, Row, parse

FILES = sorted(path for path in BUILT_IN.rglob("*.yaml"))


def told(value: Any) -> Any:
    """A value with the line and the type of all that is in it."""
    if isinstance(value, Block):
        return {key: (value.places[key].line, told(each)) for key, each in value.items()}
    if isinstance(value, Row):
        return [(place.line, told(each)) for place, each in zip(value.places, value, strict=True)]
    return type(value).__name__, value


def slowly(text: str) -> Any:
    return YAML(typ="safe", pure=True).compose(text)


@pytest.mark.parametrize("directory", sorted({path.relative_to(BUILT_IN).parts[0] for path in FILES}))
def test_every_file_reads_the_same_either_way(directory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        path: path.read_text("utf-8") for path in FILES if path.relative_to(BUILT_IN).parts[0] == directory
    }
    quickly = {path: told(parse(path.name, text)) for path, text in texts.items()}
    monkeypatch.setattr(notation, "_composed", slowly)
    assert quickly == {path: told(parse(path.name, text)) for path, text in texts.items()}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: &x 1\nb: 2\n", "anchors"),
        ("- *x\n", "undefined alias"),
        ("a: " + "[" * 20_000 + "]" * 20_000, "nested too deeply"),
        ("- " * 20_000 + "a", "nested too deeply"),
        ("a: [1, 2\nb: 3\n", "expected"),
        ("a:\n\t- b\n", "cannot start any token"),
    ],
    ids=["anchor", "alias", "brackets", "dashes", "an open bracket", "a tab"],
)
def test_what_is_odd_is_told_in_one_way(text: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DefinitionError) as quickly:
        parse("odd.yaml", text)
    monkeypatch.setattr(notation, "_composed", slowly)
    with pytest.raises(DefinitionError) as other:
        parse("odd.yaml", text)
    assert (quickly.value.line, quickly.value.reason) == (other.value.line, other.value.reason)
    assert reason in quickly.value.reason
