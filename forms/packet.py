"""What is due for a case: the documents that the packet prints and the papers that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.expressions import Pending, expression, sentence
from forms.programme import Document, Paper, Programme


def due_documents(programme: Programme, scope: Mapping[str, Any]) -> tuple[Document, ...]:
    """The documents to print, in the programme's order. One that hangs on a missing answer is not due yet."""
    return tuple(document for document in programme.documents if _holds(document.when, scope))


def due_papers(programme: Programme, scope: Mapping[str, Any]) -> tuple[Paper, ...]:
    """The papers to hand in, in the programme's order. One that hangs on a missing answer is not due yet."""
    return tuple(paper for paper in programme.papers if _holds(paper.when, scope))


def _holds(condition: str, scope: Mapping[str, Any]) -> bool:
    if not condition:
        return True
    try:
        return expression(condition).holds(scope)
    except Pending:
        return False


#: Characters that one system or another does not take in the name of a file.
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|\0\n\r\t', "_"))


def filename(document: Document, scope: Mapping[str, Any]) -> str:
    """The name for saving a document, with its extension; its title where answers are still missing."""
    try:
        name = sentence(document.filename).text(scope)
    except Pending:
        name = document.title
    extension = "xlsx" if document.sheet else "pdf"
    return f"{name.translate(_NOT_IN_A_NAME).strip('. ')}.{extension}"
