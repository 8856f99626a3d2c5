"""What an office takes along of one case: its documents as they are composed, and the files that go with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.desk.reviewing import files
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.documents import Document
from forms.kinds.base import Question
from forms.packet import due_documents
from forms.parties import LEADING
from forms.path import applicable
from forms.programme import Programme


@dataclass(frozen=True)
class Enclosure:
    """A file that somebody sent: `title` is what was asked for, whose it is and which of several, `name` the sender's.

    `mime` is what the inspection found it to be.
    """

    file: str
    title: str
    name: str
    mime: str


@dataclass(frozen=True)
class Content:
    """A case as an office takes it along. `scope` is what sheets may read; `mark` 样张, 草稿 or ""."""

    case: str
    programme: Programme
    interview: Interview
    scene: Scene
    scope: Mapping[str, Any]
    mark: str
    documents: tuple[Document, ...]
    files: tuple[Enclosure, ...]

    @property
    def name(self) -> str:
        """Whom the case is about, "" while that is not known."""
        return str(self.scope.get("name", ""))

    @property
    def unit(self) -> str:
        """Where they work, "" while that is not known."""
        return str(self.scope.get("employer", ""))


def content(case: str, programme: Programme, interview: Interview, scene: Scene) -> Content:
    """A case as it stands in its scene."""
    view = View(programme, interview, scene)
    mark = "样张" if view.rehearsing else "" if interview.finished_at else "草稿"
    documents = due_documents(programme, view.scope)
    files = tuple(_files(view.steps, interview.answers, ""))
    for party, halves in scene.parts.items():
        if party != LEADING:
            for number, said in enumerate(halves, 1):
                title = _called(programme, party)
                whose = f"{title}{number}" if len(halves) > 1 else title
                steps, _ = applicable(programme.form(party), said, {})
                files += tuple(_files(steps, said, whose))
    return Content(case, programme, interview, scene, view.scope, mark, documents, files)


def _called(programme: Programme, party: str) -> str:
    participant = programme.participant(party)
    return participant.title if participant else party


def _files(steps: tuple[Question, ...], answers: Mapping[str, Any], whose: str) -> Iterator[Enclosure]:
    """The files in the answers on the path, in order; one that answers two questions stands at both."""
    for question in steps:
        if question.id in answers:
            sent = tuple(files(answers[question.id]))
            for number, each in enumerate(sent, 1):
                several = str(number) if len(sent) > 1 else ""
                title = " ".join(filter(None, (whose, str(question.label), several)))
                yield Enclosure(each["file"], title, str(each.get("name", "")), str(each.get("mime", "")))
