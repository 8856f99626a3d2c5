"""HTML to PDF: what is drawn, what is refused, and that the same is the same."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from forms.printing import faces, renderer
from forms.printing.renderer import PAGE, FontsAwaited, GlyphMissing, Renderer, RenderFailed, ResourceRefused
from tests.forms.printing.sample import application


@pytest.fixture(scope="module")
def printing() -> Renderer:
    return Renderer(faces.directory())


def fonts_of(content: bytes, characters: str) -> dict[str, set[str]]:
    """The fonts in which a PDF draws each of the characters."""
    drawn: dict[str, set[str]] = {char: set() for char in characters}
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text = page.get_textpage()
        units = [pdfium.FPDFText_GetUnicode(text, place) for place in range(text.count_chars())]
        for place, unit in enumerate(units):
            pair = [unit, *units[place + 1 : place + 2]] if 0xD800 <= unit < 0xDC00 else [unit]
            char = b"".join(half.to_bytes(2, "little") for half in pair).decode("utf-16-le", "replace")
            if char in drawn:
                name = ctypes.create_string_buffer(100)
                pdfium.FPDFText_GetFontInfo(text, place, name, 100, ctypes.c_int())
                drawn[char].add(name.value.decode().split("+")[-1])
    return drawn


def text_of(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def test_the_application_form(printing: Renderer) -> None:
    html, files = application()
    pdf = printing.render(html, [PAGE], files)
    pages = text_of(pdf.content)
    assert pdf.pages == len(pages) == 4
    assert "“南宁工匠”推荐申请表" in pages[0]
    assert all(f"— {number} —" in page for number, page in enumerate(pages, 1))
    assert pages[3].count("盖章") == 6
    assert "样张" not in "".join(pages)
    assert pypdfium2.PdfDocument(pdf.content).get_metadata_dict()["Title"] == "“南宁工匠”推荐申请表 陈丽"


def test_a_form_for_both_sides_of_the_paper_says_so_to_the_print_dialogue(printing: Renderer) -> None:
    def sides(html: str) -> int:
        content = printing.render(f"{html}<p>推荐表", [PAGE], {}).content
        return int(pdfium.FPDF_VIEWERREF_GetDuplex(pypdfium2.PdfDocument(content)))

    assert sides('<html data-print="duplex">') == pdfium.DuplexFlipLongEdge
    assert sides("<html>") == pdfium.DuplexUndefined


def test_a_practice_copy_says_so_on_every_page(printing: Renderer) -> None:
    html, files = application(practice=True)
    pages = text_of(printing.render(html, [PAGE], files).content)
    assert len(pages) == 4
    assert all({"样", "张"} <= set(page) for page in pages)


def test_a_rare_name_does_not_mix_faces(printing: Renderer) -> None:
    installed = faces.Faces.load()
    for name in ("陈𬍛", "王䶮", "张喆", "赵𪻐", "钱\U00020023", "陆建华"):
        face = installed.face_for(name)
        content = printing.render(f"<p style='font-family: {face}'>{name}</p>", [PAGE], {}).content
        drawn = fonts_of(content, name)
        assert set.union(*drawn.values()) == {face.strip('"').replace(" ", "-")}, drawn


def test_prose_leaves_its_face_only_for_the_rare_character(printing: Renderer) -> None:
    stack = faces.Faces.load().stack_for("阿𬍛师傅")
    content = printing.render(f"<p style='font-family: {stack}'>阿𬍛师傅</p>", [PAGE], {}).content
    drawn = fonts_of(content, "阿𬍛师傅")
    assert drawn.pop("𬍛") == {"JJ-Rare-A"}
    assert set.union(*drawn.values()) == {"JJ-FangSong"}


def test_a_variation_selector_draws_nothing(printing: Renderer) -> None:
    assert printing.render("<p>葛\U000e0100城☎\ufe0f", [PAGE], {}).pages == 1


@pytest.mark.parametrize("char", ["한", "😀", "\u0e01"])
def test_a_character_without_a_face_is_an_error(printing: Renderer, char: str) -> None:
    with pytest.raises(GlyphMissing, match=f"U\\+{ord(char):04X}"):
        printing.render(f"<p>{char}</p>", [PAGE], {})


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{url}">',
        '<link rel="stylesheet" href="{url}">',
        '<link rel="attachment" href="{url}">',
        '<style>@import "{url}";</style>',
        '<style>p {{ background: url("{url}") }}</style><p>x</p>',
        '<style>@font-face {{ font-family: x; src: url("{url}") }}</style><p>x</p>',
        '<object data="{url}"></object>',
        '<embed src="{url}">',
        '<base href="{url}"><img src="x.png">',
        '<svg><image href="{url}" width="9" height="9"/></svg>',
    ],
)
@pytest.mark.parametrize("kind", ["file", "http", "https", "ftp", "case"])
def test_nothing_but_the_cases_files_is_read(
    printing: Renderer, tmp_path: Path, html: str, kind: str
) -> None:
    canary = tmp_path / "canary.svg"
    canary.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>canary</text></svg>')
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"127.0.0.1:{server.getsockname()[1]}"
        url = {"file": canary.as_uri(), "case": "case:other.svg"}.get(kind, f"{kind}://{address}/canary.svg")
        with pytest.raises(RenderFailed):
            printing.render(html.format(url=url), [PAGE], {"mine.svg": b""})
        with pytest.raises(BlockingIOError):
            server.accept()


def test_the_unbroken_is_broken(printing: Renderer) -> None:
    for run in ("a" * 4096, "“”（），。" * 600):
        html = f"<style>td {{ color: black }}</style><table class='form'><td>{run}<td>b{run}</table>"
        begun = time.process_time()
        content = printing.render(html, [PAGE], {}).content
        assert time.process_time() - begun < 2
        assert "".join(text_of(content)).count(run[0]) == 2 * run.count(run[0])


def test_a_br_ends_a_line_wherever_it_stands(printing: Renderer) -> None:
    """It is put into the text as a character that Pango ends a line at: here one would see that it no longer does."""

    def places(html: str) -> list[tuple[str, int, int]]:
        (page,) = pypdfium2.PdfDocument(printing.render(html, [PAGE], {}).content)
        text = page.get_textpage()
        drawn = enumerate(text.get_text_range())
        return [
            (char, *(round(edge) for edge in text.get_charbox(place)[:2]))
            for place, char in drawn
            if not char.isspace()
        ]

    broken = "<p>甲 <br>乙<b>丙<br></b> 丁<br><br>戊<br></p><p><br>己"
    blocks = "<p>甲<p>乙<b>丙</b><p>丁<p style='height: 1.4em'></p><p>戊<p style='height: 1.4em'></p><p>己"
    assert "".join(char for char, *_ in places(broken)) == "甲乙丙丁戊己—1—"
    assert places(broken) == places(blocks)


def test_refusals_have_their_own_class(printing: Renderer) -> None:
    with pytest.raises(ResourceRefused, match="file:///etc/passwd"):
        printing.render('<link rel="attachment" href="file:///etc/passwd">', [PAGE], {})
    with pytest.raises(ResourceRefused):
        printing.render("<p>x", ['@import "http://127.0.0.1/x.css";'], {})


def test_what_weasyprint_remarks_on_is_an_error(printing: Renderer) -> None:
    with pytest.raises(RenderFailed, match="colour"):
        printing.render("<p>x", ["p { colour: red }"], {})
    with pytest.raises(RenderFailed, match="Failed to load image"):
        printing.render('<img src="case:broken.jpg">', [PAGE], {"broken.jpg": b"\xff\xd8\xff"})


def test_a_photo_belongs_to_its_job(printing: Renderer) -> None:
    html, files = application()
    first = printing.render(html, [PAGE], files)
    white = b'<svg xmlns="http://www.w3.org/2000/svg" width="35" height="49"/>'
    other = printing.render(html, [PAGE], {"photo.jpg": white})
    assert other.content != first.content
    assert b"/Image" in first.content
    assert b"/Image" not in other.content


def test_equal_input_gives_equal_bytes_whatever_went_before(printing: Renderer) -> None:
    html, files = application("陈𬍛")
    here = printing.render(html, [PAGE], files).content
    printing.render("<p>别的", [PAGE], {})
    assert printing.render(html, [PAGE], files).content == here
    script = (
        "import sys; from forms.printing import renderer as r; from tests.forms.printing.sample import *;"
        "h, f = application('陈𬍛'); sys.stdout.buffer.write(r.render(h, [r.PAGE], f).content)"
    )
    for seed in "1", "2":
        run = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
        )
        assert run.stdout == here


def test_pictures_may_be_written_into_the_document(printing: Renderer) -> None:
    dot = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    assert printing.render(f'<img src="{dot}">', [PAGE], {}).pages == 1


def test_without_fonts_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontsAwaited, match="bin/setup"):
        renderer.Renderer(tmp_path)
