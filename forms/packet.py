"""What is due for a case: the documents that the packet prints and the papers that go with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from forms.documents import Document, Paper
from forms.expressions import Pending, holds, sentence
from forms.parties import OFFICE
from forms.programme import Programme


def due_documents(
    programme: Programme, scope: Mapping[str, Any], reader: str = OFFICE
) -> tuple[Document, ...]:
    """The documents to print for a reader, in the programme's order. One that hangs on a missing answer is not due yet."""
    return tuple(
        document
        for document in programme.documents
        if reader in document.readers and holds(document.when, scope)
    )


def due_papers(programme: Programme, scope: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The papers to hand in, in the programme's order. One that hangs on a missing answer is not due yet."""
    return tuple(paper for paper in programme.papers if holds(paper.when, scope))


#: The whole packet, as a document that no programme can name so: one PDF of what is printed, one ZIP of all of it.
PACKET, BUNDLE = "_packet", "_packet_zip"

#: Characters that one system or another does not take in the name of a file: controls, marks of direction, separators.
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff/\\:*?"<>|]')
#: Bytes of a name in UTF-8: every file system takes so many, and Windows has room for a path before them.
_LONGEST_NAME = 150


def filename(document: Document, scope: Mapping[str, Any]) -> str:
    """The name for saving a document, with its extension; its title where answers are still missing."""
    try:
        name = sentence(document.filename).text(scope)
    except Pending:
        name = document.title
    return saved_as(name, "xlsx" if document.sheet else "pdf")


def packet_filename(programme: Programme, scope: Mapping[str, Any], extension: str) -> str:
    """The name for saving the whole packet."""
    return saved_as(
        "-".join(filter(None, ("全部材料", str(scope.get("name", "")), programme.title))), extension
    )


def saved_as(stem: str, extension: str) -> str:
    """A name that every system writes and unpacks: no longer than 150 bytes in UTF-8, cut before its extension."""
    fit = _NOT_IN_A_NAME.sub("_", stem).strip(". ")
    room = _LONGEST_NAME - len(extension) - 1
    return f"{fit.encode()[:room].decode(errors='ignore').strip('. ')}.{extension}"


def packed(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents of a packet as they lie in it: the list of what is due, which has no form, on the top."""
    return tuple(sorted(documents, key=lambda document: document.id != "cover"))
