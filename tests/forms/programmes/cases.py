"""A programme's case files played without the conversation: answers to verdicts, documents and pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from forms.across import supposed
from forms.answers import Scope, scope
from forms.casefile import CaseFile, plain, read_case
from forms.inspection import Caps, inspect, prepared_photo
from forms.kinds.base import Circumstances
from forms.library import BUILT_IN
from forms.packet import due_documents
from forms.parties import OFFICE, Parts
from forms.pictures import prepared_scan
from forms.printing.compose import Mark, compose
from forms.printing.faces import Faces
from forms.printing.renderer import Pdf, render
from forms.programme import Programme
from forms.readable import PlainFile
from forms.rules import Conclusion, Outcome, conclude, judge
from forms.sheet import rows
from tests.built_in import built_in

#: How the files of a case are named: beside it, or among those that programmes share.
PLACES = ("files/", "../")


def programme(identifier: str) -> Programme:
    found = built_in().named(identifier)
    assert found, built_in().errors
    return found


def case_paths(identifier: str) -> list[Path]:
    return sorted((BUILT_IN / identifier / "cases").glob("*.yaml"))


@cache
def case_of(identifier: str, name: str) -> CaseFile:
    path = BUILT_IN / identifier / "cases" / f"{name}.yaml"
    return read_case(path.name, path.read_text("utf-8"))


@dataclass(frozen=True)
class Played:
    """A case as its programme sees it, with answers changed as a test wants them (None takes one away)."""

    programme: Programme
    case: CaseFile
    answers: Mapping[str, Any]
    experts: Sequence[Mapping[str, Any]]
    others: Parts = field(default_factory=dict)

    @property
    def parts(self) -> Parts:
        """What other parties say."""
        return {**self.others, "expert": self.experts}

    @property
    def scope(self) -> Scope:
        counts = supposed(self.programme, self._scope({}), self.case.peers)
        return self._scope(counts)

    def _scope(self, counts: Mapping[str, int]) -> Scope:
        return scope(self.programme, self.answers, self.case.now, self.parts, counts)

    @property
    def astray(self) -> set[str]:
        """Answers that are on no path: neither asked, nor said by the nominee until the one it concerns said it themselves."""
        settled = {each.settles for each in self.programme.parties if self.others.get(each.party)}
        return set(self.answers) - set(self.scope) - settled

    @property
    def verdicts(self) -> dict[str, Outcome]:
        judged = judge(self.programme, self.scope, self.case.appeal)
        return {verdict.rule.id: verdict.outcome for verdict in judged}

    @property
    def conclusion(self) -> Conclusion:
        late = self.programme.window.state(self.case.now) == "closed"
        return conclude(judge(self.programme, self.scope, self.case.appeal), late, bool(self.wrong))

    @property
    def wrong(self) -> list[str]:
        """The questions whose answers must be mended before the case can be handed in."""
        about = Circumstances(today=self.programme.window.today(self.case.now), scope=self.scope)
        questions = self.programme.leading.questions
        remarks = {
            name: questions[name].remarks(value, about)
            for name, value in self.answers.items()
            if name in self.scope
        }
        return [name for name, said in remarks.items() if any(remark.blocking for remark in said)]

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(document.id for document in due_documents(self.programme, self.scope))

    def printed(
        self, document: str, mark: Mark = "", filled_on: date | None = None, reader: str = OFFICE
    ) -> Pdf:
        wanted = next(each for each in self.programme.documents if each.id == document)
        composed = compose(
            self.programme,
            wanted,
            self.answers,
            self.scope,
            self.parts,
            mark,
            filled_on,
            Faces.load(),
            reader,
        )
        files = {
            name: prepared_scan(PlainFile(Path(file)), composed.scans[name])
            if name in composed.scans
            else prepared_photo(PlainFile(Path(file)))
            for name, file in composed.files.items()
        }
        return render(composed.html, composed.stylesheets, files)

    def cells(self, document: str) -> list[str]:
        """The one row of a document that is a sheet."""
        wanted = next(each for each in self.programme.documents if each.id == document)
        (row,) = rows(self.programme, self.programme.sheet(wanted.sheet), [self.scope])
        return row

    def text(self, document: str) -> str:
        """What a document shows, without white space: its pages, or the titles and cells of its sheet."""
        wanted = next(each for each in self.programme.documents if each.id == document)
        if not wanted.sheet:
            return text_of(self.printed(document))
        titles = [column.title for column in self.programme.sheet(wanted.sheet).columns]
        return re.sub(r"\s", "", "".join([*titles, *self.cells(document)]))


def played(identifier: str, name: str, **changed: Any) -> Played:
    case = case_of(identifier, name)
    whole = programme(identifier)
    folder = BUILT_IN / identifier / "cases"
    answers = {**with_files(plain(case.answers), folder), **changed}
    answers = {name: value for name, value in answers.items() if value is not None}
    said = {
        party: [with_files(plain(each), folder) for each in parts] for party, parts in case.parties.items()
    }
    return Played(whole, case, answers, said.pop("expert", ()), said)


def with_files(answers: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The answers with what an inspection finds in place of each path."""
    return {
        name: [fact(folder / path) for path in value]
        if isinstance(value, list)
        and all(isinstance(path, str) and path.startswith(PLACES) for path in value)
        else fact(folder / value)
        if isinstance(value, str) and value.startswith(PLACES)
        else value
        for name, value in answers.items()
    }


@cache
def fact(path: Path) -> dict[str, Any]:
    found = inspect(PlainFile(path), str(path.resolve()), path.name, Caps())
    assert found.trouble is None, found
    return {key: value for key, value in found.model_dump().items() if value is not None and key != "media"}


def pages_of(pdf: Pdf) -> list[str]:
    """The text of each page, without any white space."""
    return [
        re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf.content)
    ]


#: What stands in the margins: what goes on from the page before, whose form it is, and the number of the page.
MARGINS = re.compile(
    r"((?P<continued>(推荐专家之?.推荐(信内容|理由)|支撑材料.、.{4}|学习经历|工作经历|工作成果|主要事迹)（续）)?"
    r"(姓名：(?P<name>[^：（）]+))?—\d+—)$"
)


def above(pdf: Pdf) -> list[tuple[str, str]]:
    """What each page says above its form: what goes on from the page before, and whose form it is; "" for neither."""
    found = [MARGINS.search(page) for page in pages_of(pdf)]
    return [(each["continued"] or "", each["name"] or "") if each else ("", "") for each in found]


def text_of(pdf: Pdf) -> str:
    """The text of all pages, without white space and what stands in their margins."""
    return "".join(MARGINS.sub("", page) for page in pages_of(pdf))
