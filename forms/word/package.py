"""The package of a Word document (ECMA-376 part 2): its parts by name, and how they refer to one another."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from forms.readable import Readable
from forms.refused import Refused

#: The namespaces that are read, in both of their spellings: of 2006, and strict (ISO/IEC 29500-1).
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
_WORDS = tuple(f"{{{namespace}}}" for namespace, prefix in _PREFIXES.items() if prefix == "w")
_MAIN = "/officeDocument"
_USUAL = "word/document.xml"


class Part(NamedTuple):
    """A part of a package: the root of its XML, and the names of the parts that it relates to, by type's last word."""

    root: etree._Element
    related: dict[str, str]


class Limits(NamedTuple):
    """As `forms.inspection.Caps` names them."""

    entries: int
    unpacked: int
    ratio: int


class Package:
    """An opened package, within limits. Entities are never expanded."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Names are compared without case (part 2, 6.2.2.3), and some writers use backslashes.
        self._entries = {_plain(entry.filename): entry for entry in archive.infolist()}

    @property
    def names(self) -> frozenset[str]:
        """The names of all entries, in lower case, with slashes and without a leading one."""
        return frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """What an entry holds. Raises KeyError, `Refused` for a locked one or a size that is not the told one."""
        entry = self._entries[_plain(name)]
        if entry.flag_bits & 1:
            raise Refused("locked")
        with self._archive.open(entry) as file:
            content = file.read(entry.file_size + 1)  # the directory may lie about the size
        if len(content) > entry.file_size:
            raise Refused("unreadable")
        return content

    def part(self, name: str) -> Part:
        """An XML part. Raises KeyError where there is none, `Refused` or lxml's errors on a broken one."""
        root = _parsed(self.read(name))
        folder, file = posixpath.split(_plain(name))
        return Part(root, self._related(posixpath.join(folder, "_rels", f"{file}.rels"), folder))

    def main(self) -> str:
        """The name of the main part: by the package's relations, else the usual one. Raises KeyError without any."""
        for kind, name in self._related("_rels/.rels", "").items():
            if kind == _MAIN.strip("/") and _plain(name) in self._entries:
                return name
        self._entries[_USUAL]
        return _USUAL

    def _related(self, name: str, folder: str) -> dict[str, str]:
        if name not in self._entries:
            return {}
        related: dict[str, str] = {}
        for relation in _parsed(self.read(name)):
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = unquote(relation.get("Target", ""))
            whole = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = relation.get("Type", "").rpartition("/")[2]
            related.setdefault(kind, posixpath.normpath(whole).lstrip("/"))
        return related


@contextmanager
def opened(file: Readable, limits: Limits) -> Iterator[Package]:
    """The package in a file. Raises `Refused` beyond the limits, zipfile.BadZipFile where it is none."""
    with file.open() as stream, zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
        packed = max(file.size, 1)
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > limits.entries or unpacked > min(limits.unpacked, packed * limits.ratio):
            raise Refused("too_large")
        yield Package(archive)


def tag(element: etree._Element) -> str:
    """An element's name with the prefix that is usual for it, such as “w:p”; "" for comments and the unknown."""
    if not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag[1:].rpartition("}")
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{name}" if prefix else ""


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The element that one gets to over children of these names, else None."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element


def attribute(element: etree._Element | None, name: str) -> str | None:
    """A WordprocessingML attribute, by its name without a prefix."""
    if element is None:
        return None
    return next((element.get(space + name) for space in _WORDS if space + name in element.attrib), None)


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """A whole number in an attribute; None where there is none."""
    try:
        return int(attribute(element, name) or "")
    except ValueError:
        return None


def switched(element: etree._Element | None) -> bool | None:
    """Whether a property is on (ST_OnOff); None where it is not given."""
    return None if element is None else attribute(element, "val") not in ("0", "false", "off")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise Refused("unreadable")  # Word writes none; it is how entity bombs come in
    return root
