"""`jiangjian preview`: every document of a programme, empty and filled as full as it gets, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jinja2

from bot.house.failure import Failure
from forms.documents import Document
from forms.inspection import prepared_photo
from forms.library import BUILT_IN
from forms.loader import SHARED
from forms.pictures import prepared_scan
from forms.printing.compose import Mark, compose
from forms.printing.faces import Faces
from forms.printing.renderer import Pdf, RenderFailed, render
from forms.programme import Programme
from forms.readable import PlainFile
from forms.sheet import workbook
from forms.specimen import Specimen, blank, fullest

_SAMPLES = BUILT_IN / SHARED / "files"
_SCALE = 110 / 72  # pixels to the point: text of the forms can be read on a screen


def preview(programme: Programme, out: Path, png: bool = False) -> Iterator[str]:
    """Write every document twice into `out`; one line for each. Raises `Failure` when some could not be drawn."""
    out.mkdir(parents=True, exist_ok=True)
    empty, failed = blank(programme), 0
    for document in programme.documents:
        full = fullest(programme, document.when)
        if not full.due:
            yield f"{document.id}: no made-up answers make “{document.when}” hold; shown all the same"
        for name, specimen in (("empty", empty), ("full", full)):
            file = out / f"{document.id}-{name}.pdf"
            try:
                if document.sheet:
                    yield _sheet(programme, document, specimen, file.with_suffix(".xlsx"))
                    continue
                pdf = drawn(programme, document, specimen)
            except (jinja2.TemplateError, TypeError, RenderFailed) as error:
                failed += 1
                yield f"{document.id}-{name}: cannot be drawn: {error}"
                continue
            file.write_bytes(pdf.content)
            yield f"{file}: {pdf.pages} page{'s' * (pdf.pages > 1)}"
            if png:
                _pictures(file)
    if failed:
        raise Failure(f"{failed} could not be drawn; “jiangjian check” says where in the template")


def drawn(programme: Programme, document: Document, specimen: Specimen) -> Pdf:
    """One document with made-up answers, 样张 across its pages. Raises what its template or the renderer raises."""
    mark: Mark = "practice" if specimen.answers else ""
    composed = compose(
        programme,
        document,
        specimen.answers,
        specimen.scope,
        specimen.parts,
        mark,
        faces=Faces.load(),
    )
    files = {
        name: prepared_scan(PlainFile(_SAMPLES / file), composed.scans[name])
        if name in composed.scans
        else prepared_photo(PlainFile(_SAMPLES / file))
        for name, file in composed.files.items()
    }
    return render(composed.html, composed.stylesheets, files)


def _sheet(programme: Programme, document: Document, specimen: Specimen, file: Path) -> str:
    sheet = programme.sheet(document.sheet)
    cases = [specimen.scope] if specimen.answers else []
    file.write_bytes(workbook(programme, sheet, cases, "样张" if cases else ""))
    return f"{file}: {len(sheet.columns)} columns"


def _pictures(file: Path) -> None:
    """A picture of each page beside the PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(file)
    try:
        for number in range(len(document)):
            picture = document[number].render(scale=_SCALE).to_pil()
            picture.save(file.with_name(f"{file.stem}-{number + 1}.png"))
    finally:
        document.close()
