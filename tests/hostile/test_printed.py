"""Every hostile text that an answer may hold is printed as it was written: nothing of it acts, nothing is lost."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest

from bot.workshop.preview import drawn
from forms.answers import walk
from forms.kinds.base import Answer, Circumstances, Given, Question
from forms.printing.faces import Faces
from forms.programme import Programme
from forms.sheet import rows, workbook
from forms.specimen import Specimen, fullest, moment
from forms.typed import Unacceptable, normalise
from tests.built_in import built_in
from tests.hostile.strings import by_kind, every
from tests.hostile.watched import SECRET, Watch, watched

#: What a reader of a PDF could act on, wherever in it.
ACTS = frozenset(
    [
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFiles",
        "/EF",
        "/URI",
        "/AA",
        "/OpenAction",
        "/SubmitForm",
        "/GoToR",
    ]
)
#: Texts in one narrative: each ends its own paragraph.
TOGETHER = 60


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with watched(tmp_path) as watch:
        yield watch


def named(identifier: str) -> Programme:
    found = built_in().named(identifier)
    assert found
    return found


def taken(question: Question, texts: tuple[str, ...]) -> list[str]:
    """The answers that texts are to a question, those that are none left out, and those longer than a page."""
    about, values = Circumstances(date(2026, 6, 15), unprintable=Faces.load().missing), []
    for text in texts:
        try:
            reading = question.parse(Given(text=normalise(text)), None, about)
        except Unacceptable:
            continue
        if isinstance(reading, Answer) and len(str(reading.value)) < 1000:
            values.append(str(reading.value))
    return values


def together(values: list[str], most: int) -> Iterator[list[str]]:
    return (values[start : start + most] for start in range(0, len(values), most))


def answered(full: Specimen, programme: Programme, answers: dict[str, Any]) -> Specimen:
    whole = {**full.answers, **answers}
    return replace(full, answers=whole, scope=walk(programme, whole, moment(programme)).scope)


def seen(text: str) -> Counter[str]:
    """The characters of a text, however it is broken into lines and its characters are composed."""
    plain = unicodedata.normalize("NFKD", text)
    return Counter(char for char in plain if unicodedata.category(char) not in ("Zs", "Cc", "Cf", "Mn"))


def words_of(content: bytes) -> str:
    """The text of all pages, with the hyphens at which words break (`findings/pdfium-line-end-hyphen.sh`)."""
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document).replace("\ufffe", "-")


def acts(content: bytes) -> set[str]:
    """What of a PDF acts: keys and kinds of action in any of its objects."""
    found: set[str] = set()
    with pikepdf.open(io.BytesIO(content)) as document:
        for each in document.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                found |= ACTS & {*each.keys(), str(each.get("/S", "")), str(each.get("/Subtype", ""))}
    return found


def test_every_text_is_printed_as_it_was_written(watch: Watch) -> None:
    programme = named("nanning-2026")
    questions, documents = programme.leading.questions, {each.id: each for each in programme.documents}
    full = fullest(programme)
    values = taken(questions["trade"], every(watch.url, watch.file))
    assert len(values) >= 300
    for some in together(values, TOGETHER):
        story = answered(full, programme, {"narrative": "\n".join(some)})
        content = drawn(programme, documents["narrative"], story).content
        words = seen(words_of(content))
        for value in some:
            assert not seen(value) - words, ascii(value)
        wanted = seen("\n".join(some))
        assert not wanted - words, wanted - words
        assert not acts(content)
        assert SECRET not in words_of(content)
    assert not watch.fetched
    assert not watch.opened


def test_every_cell_of_a_form_takes_every_kind(watch: Watch) -> None:
    programme = named("nanning-2026")
    questions, document = programme.leading.questions, programme.documents[0]
    full = fullest(programme, document.when)
    places = [each for each in questions.values() if each.kind == "text" and each.id in full.scope]
    kinds = by_kind(watch.url, watch.file)
    values = [value for texts in kinds.values() for value in taken(places[0], texts)[:1] if len(value) < 200]
    assert len(values) >= 30
    for some in together(values, len(places)):
        answers = dict(zip((each.id for each in places), some, strict=False))
        content = drawn(programme, document, answered(full, programme, answers)).content
        words = seen(words_of(content))
        for name, value in answers.items():
            if name in ("employer", "position"):
                assert not seen(value) - words, (name, ascii(value))
        assert not acts(content)
    assert not watch.fetched
    assert not watch.opened


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(watch: Watch) -> None:
    programme = named("nanyue-2020")
    sheet = programme.sheet("roster")
    full = fullest(programme)
    about = programme.leading.questions["employer"]
    cases = [
        {**answered(full, programme, {"employer": value, "position": value, "recommender": value}).scope}
        for value in taken(about, every(watch.url, watch.file))
    ]
    # What no question takes could still stand in an old row: it goes in as it is.
    cases += [{**full.scope, "employer": text} for text in every(watch.url, watch.file)]
    content = workbook(programme, sheet, cases, "样张")
    expected = rows(programme, sheet, cases)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)
    column = [each.title for each in sheet.columns].index("工作单位")
    kept = [
        str(cell.value)
        for page in book
        for row in page.iter_rows(min_row=1)
        for cell in row[column : column + 1]
        if cell.value
    ]
    wanted = Counter(cells[column] for cells in expected if cells[column])
    lost = wanted - Counter(kept)
    assert sum(lost.values()) == 0, [ascii(each) for each in lost][:5]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        pages = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/")]
    assert pages and not any(b"<f" in page for page in pages) and not book.defined_names
    assert not watch.fetched
    assert not watch.opened
