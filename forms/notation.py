"""YAML 1.2 as the programmes are written in it: plain values that know the line they stand on.

The text is composed once by ruamel.yaml and the values are built from its nodes here, so that an error found
much later (by pydantic, by the lint) still points to its file and line. What a definition never needs is
refused: anchors and aliases, tags, duplicate keys, keys that are not text, numbers that would lose digits.

ruamel.yaml composes with libyaml, four times as fast, where that can only come to the same: it knows of no anchors, goes
as deep as a text has it go, and tells in words of its own what is wrong. All that may be odd is left to pure Python.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

_CORE = "tag:yaml.org,2002:"
#: What may be an anchor or an alias.
_NAMED = re.compile(r"(?:^|[\s\[{,:?-])[&*]\S", re.MULTILINE)
#: Characters of a line, and brackets in a text: fewer nest no deeper than libyaml can go.
_LONG, _BRACKETS = 5_000, 5_000
#: What people mean as text and ruamel.yaml takes for a number: 0771, and 2026_01 (`findings/ruamel-yaml-underscores.sh`).
_NOT_MEANT = re.compile(r"[-+]?0[0-9_]+|.*_.*", re.DOTALL)


class DefinitionError(ValueError):
    """A definition that cannot be used: which file, which line (from 1) and why.

    `remedy` says what would mend it, where that is known. `further` holds what else was found wrong at the same
    time.
    """

    def __init__(
        self, file: str, line: int, reason: str, further: Sequence[DefinitionError] = (), remedy: str = ""
    ) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason
        self.further = tuple(further)
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}{f' ({self.remedy})' if self.remedy else ''}"

    def below(self, directory: Path, shared: Path) -> DefinitionError:
        """The same error with the file as it is found from here."""
        inner = self.file.removeprefix("_shared/")
        file = directory / self.file if inner == self.file else shared / inner
        return DefinitionError(
            str(file),
            self.line,
            self.reason,
            [error.below(directory, shared) for error in self.further],
            self.remedy,
        )


#: A key with a colon of full width behind it, which begins no key in YAML; and how far before the fault it may stand.
_WIDE_KEY = re.compile(r"\s*(?:- )?[\[{]?([a-z_]+)\s*：")
_LINES_BEFORE = 3


@dataclass(frozen=True)
class Place:
    """Where something stands: a file and a line, counted from 1."""

    file: str
    line: int

    def error(self, reason: str, remedy: str = "") -> DefinitionError:
        """What is wrong at this place, and what would mend it."""
        return DefinitionError(self.file, self.line, reason, remedy=remedy)


class Block(dict[str, Any]):
    """A mapping that knows where it and each of its keys stand."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def put(self, key: str, value: Any, place: Place) -> None:
        """Set a key together with its place."""
        self[key] = value
        self.places[key] = place

    def copy_from(self, other: Block) -> None:
        """Take over all keys of another block with their places."""
        self.update(other)
        self.places.update(other.places)


class Row(list[Any]):
    """A sequence that knows where it and each of its items stand."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place] = []

    def add(self, value: Any, place: Place) -> None:
        """Append an item together with its place."""
        self.append(value)
        self.places.append(place)


def place_of(value: Any, path: Sequence[object]) -> Place:
    """The deepest known place along a path of keys and positions, starting from a Block or Row."""
    place: Place = value.place
    for step in path:
        steps = (
            value.keys() if isinstance(value, Block) else range(len(value)) if isinstance(value, Row) else ()
        )
        if step in steps:
            place, value = value.places[step], value[step]
    return place


def parse(file: str, text: str) -> Any:
    """The value of one YAML document. Raises `DefinitionError`; an empty document is None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a reused anchor only warns, and is refused below
            node = _composed(text)
        return None if node is None else _value(file, node)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _mistyped(file, text, line) or DefinitionError(
            file, line, _first_line(error.problem or error.context)
        ) from error
    except ReaderError as error:
        place = Place(file, text.count("\n", 0, error.position) + 1)
        raise place.error(f"the character U+{_code(error.character):04X} may not stand here") from error
    except YAMLError as error:
        raise DefinitionError(file, 1, _first_line(str(error))) from error
    except RecursionError as error:
        raise DefinitionError(file, 1, "nested too deeply") from error


def _mistyped(file: str, text: str, line: int) -> DefinitionError | None:
    """A key with the colon of a Chinese keyboard, at or before the line where reading stopped; None where there is none."""
    lines = text.splitlines()
    for at in range(line, max(line - _LINES_BEFORE, 0), -1):
        wrong = _WIDE_KEY.match(lines[at - 1]) if at <= len(lines) else None
        if wrong:
            remedy = f"write “{wrong[1]}: ”, with a colon of half width and a blank"
            return DefinitionError(file, at, f"“{wrong[1]}：” is no key", remedy=remedy)
    return None


def block(file: str, text: str) -> Block:
    """The document as a mapping. Raises `DefinitionError` when it is anything else."""
    value = parse(file, text)
    if value is None:
        return Block(Place(file, 1))
    if not isinstance(value, Block):
        raise DefinitionError(file, 1, "a mapping (key: value) is expected at the top of this file")
    return value


def _composed(text: str) -> Node | None:
    deep = text.count("[") + text.count("{") > _BRACKETS or max(map(len, text.split("\n"))) > _LONG
    if not deep and not _NAMED.search(text):
        with suppress(YAMLError):
            return _node(text, pure=False)
    return _node(text, pure=True)


def _node(text: str, *, pure: bool) -> Node | None:
    node: Node | None = YAML(typ="safe", pure=pure).compose(text)
    return node


def _first_line(reason: object) -> str:
    return str(reason).strip().split("\n", 1)[0] or "not readable as YAML"


def _code(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")


def _value(file: str, node: Node) -> Any:
    place = Place(file, node.start_mark.line + 1)
    if node.anchor is not None:
        raise place.error(
            f"anchors and aliases (&{node.anchor}) have no place here: write it out or share it"
        )
    kind = str(node.tag).removeprefix(_CORE)
    if isinstance(node, ScalarNode):
        return _scalar(place, kind, node)
    if isinstance(node, SequenceNode) and kind == "seq":
        row = Row(place)
        for item in node.value:
            row.add(_value(file, item), Place(file, item.start_mark.line + 1))
        return row
    if isinstance(node, MappingNode) and kind == "map":
        return _mapping(file, place, node)
    raise place.error(f"the tag {node.tag} is not used here")


def _mapping(file: str, place: Place, node: MappingNode) -> Block:
    mapping = Block(place)
    for key_node, value_node in node.value:
        at = Place(file, key_node.start_mark.line + 1)
        key = _value(file, key_node) if isinstance(key_node, ScalarNode) else None
        if not isinstance(key, str):
            raise at.error("a key must be text: put a value that begins with a brace or a number in quotes")
        if key in mapping:
            raise at.error(f"“{key}” stands here twice (first on line {mapping.places[key].line})")
        mapping.put(key, _value(file, value_node), at)
    return mapping


def _scalar(place: Place, kind: str, node: ScalarNode) -> Any:
    text: str = node.value
    match kind:
        case "str" | "timestamp":  # dates stay ISO text: the models know which of their fields are dates
            return text
        case "null":
            return None
        case "bool":
            return text.casefold() == "true"
        case "int" | "float" if _NOT_MEANT.fullmatch(text):
            raise place.error(f"“{text}” would lose its zero or “_” as a number: put it in quotes")
        case "int" | "float":
            return _number(place, kind, text)
    raise place.error(f"the tag {node.tag} is not used here")


def _number(place: Place, kind: str, text: str) -> int | float:
    try:
        number = int(text) if kind == "int" else float(text)
    except ValueError:
        raise place.error(f"“{text[:40]}” is not a plain number: put it in quotes") from None
    if isinstance(number, float) and not math.isfinite(number):
        raise place.error(f"“{text}” is not a finite number")
    return number
