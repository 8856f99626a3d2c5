"""Word documents made part by part, as Word, WPS and Word online write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.readable import PlainFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = {
    "w": W,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": _RELATED,
}


def t(text: str) -> str:
    """A run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inner: str, properties: str = "") -> str:
    """A paragraph of runs; what is no element is text."""
    runs = "".join(each if each.startswith("<") else t(each) for each in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def listed(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(at: int, way: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{way}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, lists: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """The part with one kind of list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def docx(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    main: str = "word/document.xml",
    target: str = "",
    namespace: str = W,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """A package. `parts` are by their relation's type (styles, numbering, footnotes); `target` is how main is named."""
    spaces = " ".join(f'xmlns:{name}="{namespace if name == "w" else uri}"' for name, uri in _SPACES.items())

    def part(name: str, inner: str) -> str:
        return f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:{name} {spaces}>{inner}</w:{name}>"

    def related(each: Mapping[str, str]) -> str:
        relations = "".join(
            f'<Relationship Id="r{at}" Type="{_RELATED}/{kind}" Target="{where}"/>'
            for at, (kind, where) in enumerate(each.items())
        )
        return f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'

    folder, _, file = main.rpartition("/")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", related({"officeDocument": target or main}))
        archive.writestr(main, part("document", f"<w:body>{body}</w:body>"))
        if parts:
            own = {kind: f"{kind}7.xml" for kind in parts}
            archive.writestr(f"{folder}/_rels/{file}.rels", related(own))
            for kind, inner in parts.items():
                archive.writestr(f"{folder}/{own[kind]}", part(kind, inner))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def looked_at(content: bytes, folder: Path, name: str = "事迹.docx") -> Attachment:
    """What the inspection makes of it."""
    path = folder / "stored"
    path.write_bytes(content)
    return inspect(PlainFile(path), "stored", name, Caps())
