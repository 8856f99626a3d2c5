"""PDFs as people have them: with something before the header, filled, sealed, turned, cut, locked."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.pictures import prepared_scan
from forms.readable import PlainFile

Look = Callable[..., Attachment]


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    return tmp_path / "stored"


@pytest.fixture
def look(stored: Path) -> Look:
    def at(content: bytes, name: str = "证书.pdf") -> Attachment:
        stored.write_bytes(content)
        return inspect(PlainFile(stored), "stored", name, Caps())

    return at


def blank(pages: int = 1, size: tuple[int, int] = (300, 200)) -> pikepdf.Pdf:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=size)
    return made


def saved(document: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def painted(document: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    """Something to be drawn as it is, in a box of 100 × 100."""
    return document.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 100]))


def with_widget(document: pikepdf.Pdf, kind: str, **more: object) -> pikepdf.Pdf:
    """A field on the first page, 200 points wide and 40 high in the middle of it."""
    page = document.pages[0]
    helvetica = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name(kind),
        T=String("f"),
        F=4,
        Rect=Array([50, 80, 250, 120]),
    )
    field.DA = String("/Helv 24 Tf 0 g")
    for name, value in more.items():
        field[f"/{name}"] = value  # type: ignore[assignment]
    kept = document.make_indirect(field)
    page.obj.Annots = Array([kept])
    form = Dictionary(
        Fields=Array([kept]), DR=Dictionary(Font=Dictionary(Helv=helvetica)), DA=String("/Helv 0 Tf 0 g")
    )
    document.Root.AcroForm = form
    return document


def inked(content: bytes, box: tuple[float, float, float, float] = (0, 0, 1, 1)) -> float:
    """The share of a part of the picture (by shares of its sides, from the top left) that is not white."""
    picture = Image.open(io.BytesIO(content)).convert("L")
    part = picture.crop(
        (
            round(box[0] * picture.width),
            round(box[1] * picture.height),
            round(box[2] * picture.width),
            round(box[3] * picture.height),
        )
    )
    return sum(part.histogram()[:200]) / (part.width * part.height)


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\r\n", b" ", b"\0\0", b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000]
)
def test_the_header_may_stand_within_the_first_kilobyte(look: Look, stored: Path, before: bytes) -> None:
    whole = saved(with_widget(blank(), "/Tx", V=String("VALUE")))
    found = look(before + whole)
    assert (found.trouble, found.media, found.pages) == (None, "pdf", 1)
    assert inked(prepared_scan(PlainFile(stored))) > 0.001


def test_a_header_that_comes_later_is_none(look: Look) -> None:
    assert look(b"x" * 1100 + saved(blank())).trouble == "disguised"


MIDDLE = (1 / 6, 0.4, 5 / 6, 0.6)


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("value", ["VALUE 12345", "陆建华"])
def test_values_of_fields_are_drawn_also_without_an_appearance(
    look: Look, stored: Path, asks: bool, value: str
) -> None:
    document = with_widget(blank(), "/Tx", V=String(value))
    if asks:
        document.Root.AcroForm.NeedAppearances = True
    look(saved(document))
    assert inked(prepared_scan(PlainFile(stored)), MIDDLE) > 0.01
    assert inked(prepared_scan(PlainFile(stored)), (0, 0, 1, 0.35)) == 0


def test_an_empty_field_stays_empty(look: Look, stored: Path) -> None:
    look(saved(with_widget(blank(), "/Tx")))
    assert inked(prepared_scan(PlainFile(stored))) == 0


def test_the_appearance_of_a_field_is_drawn(look: Look, stored: Path) -> None:
    document = blank()
    appearance = Dictionary(N=painted(document, b"0 g 0 0 100 100 re f"))
    look(saved(with_widget(document, "/Tx", V=String("x"), AP=appearance)))
    assert inked(prepared_scan(PlainFile(stored)), MIDDLE) > 0.9


def test_the_seal_of_a_signature_is_drawn(look: Look, stored: Path) -> None:
    document = blank()
    seal = Dictionary(N=painted(document, b"1 0 0 rg 0 0 100 100 re f"))
    look(saved(with_widget(document, "/Sig", AP=seal)))
    assert inked(prepared_scan(PlainFile(stored)), MIDDLE) > 0.9


def test_a_stamp_is_drawn_and_a_hidden_one_is_not(look: Look, stored: Path) -> None:
    for flags, drawn in ((4, True), (2, False)):
        document = blank()
        stamp = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, F=flags, Rect=Array([50, 80, 250, 120]),
            AP=Dictionary(N=painted(document, b"1 0 0 rg 0 0 100 100 re f")),
        )  # fmt: skip
        document.pages[0].obj.Annots = Array([document.make_indirect(stamp)])
        look(saved(document))
        assert (inked(prepared_scan(PlainFile(stored)), MIDDLE) > 0.9) is drawn


@pytest.mark.parametrize(
    ("turn", "size"), [(0, (2000, 1333)), (90, (1333, 2000)), (180, (2000, 1333)), (270, (1333, 2000))]
)
def test_a_turned_page_is_drawn_as_it_is_seen(
    look: Look, stored: Path, turn: int, size: tuple[int, int]
) -> None:
    document = blank()
    document.pages[0].obj.Rotate = turn
    look(saved(document))
    made = Image.open(io.BytesIO(prepared_scan(PlainFile(stored))))
    assert made.size == pytest.approx(size, abs=1)


def test_only_what_the_crop_box_shows_is_drawn(look: Look, stored: Path) -> None:
    document = blank()
    document.pages[0].contents_add(b"0 g 0 0 150 200 re f")
    document.pages[0].obj.CropBox = Array([150, 0, 300, 200])
    look(saved(document))
    assert inked(prepared_scan(PlainFile(stored)), (0.02, 0, 1, 1)) == 0


@pytest.mark.parametrize("box", [[1000, 1000, 1200, 1200], [-500, -500, -100, -100]])
def test_a_crop_box_beside_the_page_is_as_if_there_were_none(
    look: Look, stored: Path, box: list[int]
) -> None:
    document = blank()
    document.pages[0].contents_add(b"0 g 0 0 150 200 re f")
    document.pages[0].obj.CropBox = Array(box)
    assert look(saved(document)).pages == 1
    assert inked(prepared_scan(PlainFile(stored)), (0.02, 0, 0.4, 1)) > 0.9


@pytest.mark.parametrize("size", [(842, 1191), (2384, 3370), (14_000, 200), (10, 14)])
def test_a_page_of_any_size_fits(look: Look, stored: Path, size: tuple[int, int]) -> None:
    assert look(saved(blank(size=size))).pages == 1
    assert max(Image.open(io.BytesIO(prepared_scan(PlainFile(stored)))).size) <= 2000


def test_a_page_that_anybody_may_open_is_taken_and_one_with_a_password_is_named(
    look: Look, stored: Path
) -> None:
    open_to_all = saved(
        with_widget(blank(), "/Tx", V=String("V")), encryption=pikepdf.Encryption(owner="x", user="")
    )
    assert look(open_to_all).pages == 1
    assert inked(prepared_scan(PlainFile(stored)), MIDDLE) > 0.001
    assert look(saved(blank(), encryption=pikepdf.Encryption(owner="x", user="y"))).trouble == "locked"


def test_a_form_that_only_a_program_can_draw_is_named(look: Look) -> None:
    document = blank()
    document.Root.AcroForm = Dictionary(Fields=Array([]))
    template = '<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"/></xdp:xdp>'
    document.Root.AcroForm.XFA = document.make_stream(template.encode())
    document.Root.NeedsRendering = True
    found = look(saved(document))
    assert (found.trouble, found.detail) == ("unreadable", "fields_only")


def test_an_xfa_form_that_also_has_its_pages_is_taken(look: Look) -> None:
    document = with_widget(blank(), "/Tx", V=String("V"))
    document.Root.AcroForm.XFA = document.make_stream(b"<xdp/>")
    assert look(saved(document)).pages == 1


def test_without_a_page_it_is_told_so(look: Look) -> None:
    assert look(saved(blank(), encryption=pikepdf.Encryption(owner="x", user="y"))).trouble == "locked"
    found = look(saved(blank(0)))  # PDFium tells of it what it told of the one before
    assert (found.trouble, found.detail) == ("unreadable", "no_pages")


def test_too_many_pages_are_told_so(look: Look) -> None:
    found = look(saved(blank(201)))
    assert (found.trouble, found.detail) == ("too_large", "many_pages")
