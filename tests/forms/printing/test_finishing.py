"""Streams of a PDF are packed by us, once, by WeasyPrint's and pydyf's public hooks; a test that notices when those move."""

from __future__ import annotations

import zlib
from typing import Any

import pikepdf
import pydyf
import pytest

from forms.printing import faces, finishing
from forms.printing.renderer import PAGE, Renderer


@pytest.fixture(scope="module")
def printing() -> Renderer:
    return Renderer(faces.directory())


def test_pages_and_fonts_are_streams_that_are_packed_before_pydyf_writes_them(
    printing: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[Any], list[Any]]] = []
    pack = finishing._pack

    def looks(stream: Any) -> None:
        before = list(stream.stream)
        pack(stream)
        seen.append((before, stream.stream))
        assert not stream.compress
        assert zlib.decompress(stream.stream[0]) == b"\n".join(before)

    monkeypatch.setattr(finishing, "_pack", looks)
    printing.render("<h1>匠荐</h1><p>焊工</p>", [PAGE], {})
    assert any(before[-1:] == [b"Q"] for before, _ in seen)  # a page
    assert any(b"beginbfchar" in b"".join(before) for before, _ in seen)  # what a font's glyphs stand for
    assert any(before[0][:4] in {b"OTTO", b"\x00\x01\x00\x00"} for before, _ in seen)  # a font


def test_what_is_packed_opens_as_it_was(printing: Renderer, tmp_path: Any) -> None:
    file = tmp_path / "it.pdf"
    file.write_bytes(printing.render("<p>匠荐" * 40, [PAGE], {}).content)
    with pikepdf.open(file) as pdf:
        assert not pdf.check_pdf_syntax()
        assert b"] TJ" in pdf.pages[0].Contents.read_bytes()
        assert pdf.trailer.ID


def test_a_stream_that_is_not_bytes_alone_is_left_to_pydyf() -> None:
    stream = pydyf.Stream(["text"], compress=True)
    finishing._pack(stream)
    assert stream.compress
    assert stream.stream == ["text"]
