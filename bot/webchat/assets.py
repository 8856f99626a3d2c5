"""The page and what it is made of, read once and served under their own digest.

All of it lies below one path that names the digest of everything. Modules import each other by relative paths
and so stay below it: nothing has to be rewritten, browsers may keep every file for ever, and a new version has
new addresses.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path

from forms.counting import WIDE

#: The characters that count by themselves, as a pattern in JavaScript spells them.
_SPELT = "".join(char if char.isascii() else f"\\u{{{ord(char):x}}}" for char in WIDE)
_DIRECTORY = Path(__file__).parent / "static"
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Asset:
    """One file, as it is and compressed."""

    content: bytes
    packed: bytes
    mime: str


class Assets:
    """The static files by name. `build` changes with any of them."""

    def __init__(self, directory: Path = _DIRECTORY) -> None:
        self._files = {
            path.name: path.read_bytes() for path in sorted(directory.iterdir()) if path.suffix in _TYPES
        }
        self._index = (directory / "index.html").read_text("utf-8")
        digest = sha256(self._index.encode())
        for name, content in self._files.items():
            digest.update(name.encode() + b"\0" + content)
        self.build = digest.hexdigest()[:16]

    def find(self, name: str) -> Asset | None:
        """A file by its name, or None."""
        return self._assets.get(name)

    @cached_property
    def _assets(self) -> dict[str, Asset]:
        return {
            name: Asset(content, gzip.compress(content, mtime=0), _TYPES[Path(name).suffix])
            for name, content in self._files.items()
        }

    def page(
        self, origins: frozenset[str], max_file: int, max_text: int, refusals: Mapping[str, Mapping[str, str]]
    ) -> str:
        """The page, with its files' addresses, the origins it may be opened at, the largest file and text.

        `refusals` are the sentences, by language and code, of what the page refuses by itself.
        """
        base = f"/static/{self.build}"
        sheets = [
            f'<link rel="stylesheet" href="{base}/{name}">' for name in self._files if name.endswith(".css")
        ]
        # Without these a phone would discover the modules one round trip after another.
        modules = [
            f'<link rel="modulepreload" href="{base}/{name}">' for name in self._files if name.endswith(".js")
        ]
        filled = {
            "{{base}}": base,
            "{{build}}": self.build,
            "{{origins}}": " ".join(sorted(origins)),
            "{{max_file}}": str(max_file),
            "{{max_text}}": str(max_text),
            "{{wide}}": _SPELT,
            "{{refusals}}": escape(json.dumps(refusals, ensure_ascii=False)),
            "{{links}}": "\n    ".join(sheets + modules),
        }
        page = self._index
        for mark, value in filled.items():
            page = page.replace(mark, value)
        return page
