"""HTML to PDF by WeasyPrint, tuned for one process that prints many forms.

What makes it quick: the small font set of `forms.printing.fonts`, one FontConfiguration and parsed stylesheets kept
between jobs. What makes it safe: nothing is fetched but `data:` and the case's own files, and whatever WeasyPrint
complains of is an error. Not to be used by two threads: they would corrupt the FontConfiguration they share.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms.printing import faces

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PAGE = (Path(__file__).parents[1] / "programmes" / "_shared" / "print" / "page.css").read_text(
    encoding="utf-8"
)
"""The base stylesheet of all official forms; give it first among the stylesheets."""

_UNBROKEN = re.compile(r"[^\s\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]{64,}")
"""A run in which no line may break, neither ideographs nor kana nor spaces, longer than any word is."""

_LINE_ENDS = (
    "\u2029"  # the paragraph separator, at which Pango ends every line; it is neither drawn nor copied
)

_BLANKS = " \t\n\r\f"  # what collapses at the end of a line

_DPI = 301  # enough for print; a larger photo only makes the file larger. A portrait has 300.1 and stays as it is


class RenderFailed(Exception):  # noqa: N818 - named for what is told to the staff
    """A document could not be printed."""


class FontsAwaited(RenderFailed):
    """The fonts are still being made, or could not be: bin/setup does it."""


class GlyphMissing(RenderFailed):
    """No face draws a character: `Faces.missing` should have refused it at the question."""


class ResourceRefused(RenderFailed):
    """The document names a resource other than `data:` or one of the case's own files."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A printed document: the bytes of the file and its number of pages."""

    content: bytes
    pages: int


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint logs during a job."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _breakable(text: str) -> str:
    """The text with a place for a line to break (U+200B) after every 8 characters of long unbroken runs."""
    return _UNBROKEN.sub(lambda run: re.sub(r"(.{8})(?=.)", "\\1\u200b", run[0]), text)


def _let_break(root: Element) -> None:
    """Make all text breakable: WeasyPrint lays out the whole rest of a run for each of its lines.

    A <br> becomes a character: WeasyPrint would make three boxes of it, and two styles.
    """
    for element in root.iter():
        if element.find("br") is not None:
            _broken_by_text(element)
        if element.text and element.tag not in {"style", "script", "title"}:
            element.text = _breakable(element.text)
        if element.tail:
            element.tail = _breakable(element.tail)


def _broken_by_text(parent: Element) -> None:
    """Put a separator into the text in place of each <br> under an element, without the blanks beside it."""
    before = None
    for child in list(parent):
        if child.tag != "br":
            before = child
            continue
        text = _LINE_ENDS + (child.tail or "").lstrip(_BLANKS)
        if before is None:
            parent.text = (parent.text or "").rstrip(_BLANKS) + text
        else:
            before.tail = (before.tail or "").rstrip(_BLANKS) + text
        parent.remove(child)


class Renderer:
    """Prints documents with the font set of one directory."""

    def __init__(self, directory: Path) -> None:
        if not faces.ready(directory):
            raise FontsAwaited(faces.AWAITED)
        os.environ["FONTCONFIG_FILE"] = str(directory / faces.CONFIGURATION)
        # Imported only now: WeasyPrint looks for fonts as it is imported, and the import takes most of a second.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

        from forms.printing.finishing import finished, finished_duplex

        class Refused(FatalURLFetchingError):  # type: ignore[misc]  # noqa: N818 - untyped; carries a URL
            """Only errors of this base leave WeasyPrint; it makes a remark of all others."""

        class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
            """Serves the files of one case."""

            def __init__(self, files: Mapping[str, bytes]) -> None:
                super().__init__(allowed_protocols={"data"}, allow_redirects=False)
                self._files = files

            def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
                if url.startswith("case:") and url[5:] in self._files:
                    return URLFetcherResponse(url, self._files[url[5:]])
                if url.startswith("data:"):
                    return super().fetch(url, headers)
                raise Refused(url)

        self._refused, self._fetcher = Refused, Fetcher
        self._html, self._css = weasyprint.HTML, lru_cache(maxsize=32)(self._parse)
        self._fonts = FontConfiguration()
        self._finished, self._finished_duplex = finished, finished_duplex
        self._log = logging.getLogger("weasyprint")
        # WeasyPrint's own handler would write answers to the standard error stream.
        self._log.handlers.clear()
        self._log.propagate = False

    def _parse(self, stylesheet: str) -> Any:
        from weasyprint import CSS

        return CSS(string=stylesheet, font_config=self._fonts, url_fetcher=self._fetcher({}))

    def render(self, html: str, stylesheets: Sequence[str], files: Mapping[str, bytes]) -> Pdf:
        """Print one document: identical arguments give identical bytes.

        `stylesheets` are CSS texts, later ones win; `files` are the case's files by name, which the document names
        as `case:<name>`. The title of the PDF is the document's <title>; `<html data-print="duplex">` asks the
        print dialogue for both sides of the paper.

        Raises ResourceRefused, GlyphMissing, or RenderFailed for anything else that WeasyPrint remarks on.
        """
        complaints = _Complaints()
        self._log.addHandler(complaints)
        try:
            parsed = [self._css(stylesheet) for stylesheet in stylesheets]
            # The cache of images lives for one job only: the next case's `case:photo` is another photo.
            source = self._html(string=html, url_fetcher=self._fetcher(files))
            _let_break(source.etree_element)
            document = source.render(font_config=self._fonts, stylesheets=parsed, cache={}, dpi=_DPI)
            duplex = source.etree_element.get("data-print") == "duplex"
            finisher = self._finished_duplex if duplex else self._finished
            # The identifier is made from the content.
            content = document.write_pdf(pdf_identifier=True, dpi=_DPI, finisher=finisher)
        except self._refused as refused:
            raise ResourceRefused(f"not one of the case's files: {refused}") from None
        finally:
            self._log.removeHandler(complaints)
        if complaints.said:
            glyphs = [said for said in complaints.said if said.startswith(".notdef")]
            raise GlyphMissing("; ".join(glyphs)) if glyphs else RenderFailed("; ".join(complaints.said))
        return Pdf(content, len(document.pages))


@cache
def _shared() -> Renderer:
    renderer = Renderer(faces.directory())
    # The everyday faces are found and opened once, the stylesheet is parsed.
    lines = (f'<p style="font-family: {family}">匠荐' for family in faces.FAMILIES[:4])
    renderer.render("".join(lines), [PAGE], {})
    return renderer


def warm() -> None:
    """Make this process's renderer ready, so that the next `render` takes no longer than any other.

    While the fonts are being made there is none: the first `render` after that makes it.
    """
    if faces.ready():
        _shared()


def render(html: str, stylesheets: Sequence[str], files: Mapping[str, bytes]) -> Pdf:
    """`Renderer.render` with this process's own renderer and the installed fonts; the job that `Workers` sends."""
    return _shared().render(html, stylesheets, files)
