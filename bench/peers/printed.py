"""Documents of case files printed within one checkout, whichever it is: what each costs a warm worker.

Run by `bench.printing` with a checkout's own code on the import path; it imports nothing of `bench`. Arguments are
PROGRAMME/CASE or PROGRAMME/CASE/DOCUMENT. It tells the documents that it has as JSON, then prints the document whose
number stands in each line of stdin and tells milliseconds of processor time, bytes, pages and the process's MB. No two
prints have the same input: each has a remark of its own. What is composed and how files are prepared is not counted.

With `plain` as the first argument WeasyPrint prints by itself, as it is best set up: our small fonts, one
FontConfiguration, stylesheets parsed once.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from forms.printing import renderer
from tests.forms.programmes import cases

Call = tuple[str, Sequence[str], Mapping[str, bytes]]


def documents(wanted: Sequence[str]) -> dict[str, Call]:
    """What the renderer is asked for, by document."""
    calls: dict[str, Call] = {}
    for each in wanted:
        programme, case, *only = each.split("/")
        played = cases.played(programme, case)
        sheets = {document.id for document in played.programme.documents if document.sheet}
        for document in only or [name for name in played.documents if name not in sheets]:

            def keep(
                html: str, styles: Sequence[str], files: Mapping[str, bytes], name: str = document
            ) -> Any:
                calls[f"{programme}/{case}/{name}"] = html, styles, files  # noqa: B023 - called before the next
                return renderer.Pdf(b"", 0)

            cases.render = keep
            played.printed(document)
    return calls


def plainly() -> Callable[[str, Sequence[str], Mapping[str, bytes]], renderer.Pdf]:
    """WeasyPrint by itself, in place of `renderer.render`."""
    from functools import cache

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = FontConfiguration()
    parsed = cache(lambda sheet: CSS(string=sheet, font_config=fonts))

    class Files(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
        def __init__(self, files: Mapping[str, bytes]) -> None:
            super().__init__()
            self._files = files

        def fetch(self, url: str, headers: Any = None) -> Any:
            return URLFetcherResponse(url, self._files[url.removeprefix("case:")])

    def render(html: str, styles: Sequence[str], files: Mapping[str, bytes]) -> renderer.Pdf:
        document = HTML(string=html, url_fetcher=Files(files)).render(
            font_config=fonts, stylesheets=[parsed(sheet) for sheet in styles]
        )
        return renderer.Pdf(document.write_pdf(), len(document.pages))

    return render


def megabytes() -> float:
    """Proportional set size of this process."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main() -> None:
    """Serve until stdin ends."""
    plain, wanted = sys.argv[1] == "plain", [each for each in sys.argv[1:] if each != "plain"]
    calls = documents(wanted)
    print(json.dumps(list(calls)), flush=True)
    renderer.warm()
    render = plainly() if plain else renderer.render
    ready = list(calls.values())
    gc.collect()
    gc.freeze()
    gc.disable()
    for number, line in enumerate(sys.stdin):
        html, styles, files = ready[int(line)]
        begun = time.process_time()
        pdf = render(f"{html}<!-- {number} -->", styles, files)
        took = (time.process_time() - begun) * 1000
        gc.collect()
        print(json.dumps([took, len(pdf.content), pdf.pages, megabytes()]), flush=True)


if __name__ == "__main__":
    main()
