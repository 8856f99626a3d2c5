"""The text of everything that makes a programme, and nothing else.

It is what a case pins, stores and reads again years later.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from forms.notation import DefinitionError

SHARED = "_shared"
_PATTERNS = ("programme.yaml", "rules.yaml", "forms/*.yaml", "print/*.html", "print/*.css", "locale/*.po")
_SHARED_PATTERNS = ("questions.yaml", "locale/*.po")
_SHARED_RULES = "rules.yaml"
SHARED_PRINTS = f"{SHARED}/print/"
_FIRST_EDITION = Path(__file__).parent / "printing" / "first"
_BUILT_IN = Path(__file__).parent / "programmes" / SHARED
_LARGEST_FILE = 512 * 1024  # characters; the longest notice made into data is a tenth of this
_LARGEST_SOURCE = 4 * 1024 * 1024


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
        match = re.search(r"^id:[ \t]*[\"']?([a-z0-9-]+)", self.files.get("programme.yaml", ""), re.MULTILINE)
        return match[1] if match else ""

    def to_json(self) -> str:
        """The same source as JSON text."""
        return json.dumps({"files": dict(sorted(self.files.items()))}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Source:
        """What `to_json` wrote."""
        return cls(MappingProxyType(dict(json.loads(text)["files"])))


def read(directory: Path, shared: Path) -> Source:
    """Read a programme's directory and what it shares with others. Raises `DefinitionError`.

    Where `shared` has no prints or no rules of its own, they are the built-in ones.
    """
    if not (directory / "programme.yaml").is_file():
        raise DefinitionError("programme.yaml", 1, "there is no such file, so this is no programme")
    files = dict(_texts(directory, _PATTERNS, ""))
    files.update(_texts(shared, _SHARED_PATTERNS, f"{SHARED}/"))
    rules = next(each for each in (shared, _BUILT_IN) if (each / _SHARED_RULES).is_file())
    files.update(_texts(rules, (_SHARED_RULES,), f"{SHARED}/"))
    prints = next(each for each in (shared / "print", _BUILT_IN / "print") if each.is_dir())
    files.update(_texts(prints, ("*.html", "*.css"), SHARED_PRINTS))
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


@lru_cache(maxsize=1)
def first_edition() -> Mapping[str, str]:
    """What a source without shared prints is printed with: it was kept before they were part of it."""
    return MappingProxyType(dict(_texts(_FIRST_EDITION, ("*.html", "*.css"), "")))
