"""Hostile documents, PDFs, films and texts by kind; as `files`, small and harmless."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

import pikepdf

from tests.hostile.honest import RELATIONS, TYPES, Sent, body, docx, honest, package, paragraph, pdf


def every(url: str, file: str) -> Iterator[Sent]:
    """All of them; `url` and `file` are what some try to have fetched and opened."""
    for make in (_packages, _portable, _films, _texts):
        yield from make()
    for with_canary in (_documents, _links, _lists):
        yield from with_canary(url, file)


# Lists read better in lines than one by one.
# fmt: off


def _packages() -> Iterator[Sent]:
    for name in (
        "../../evil.txt", "/etc/evil", "..\\..\\evil", "C:\\evil", "word/../../evil", "a\0b", "con", "word/document.xml/",
        "\u202egnp.exe", "x" * 5000, "", ".", "..", "word//media/a.png", "word/media/a.exe",
    ):  # fmt: skip
        if name:
            yield Sent("package", "a.docx", docx(**{name: b"evil"}))
    yield Sent("package", "a.docx", docx(filler=b"\0" * 60_000_000), "refused")
    yield Sent("package", "a.docx", docx(**{f"word/e{number}": b"" for number in range(2500)}), "refused")
    yield Sent(
        "package", "a.docx", docx(**{f"b{number}": b"\0" * 1_000_000 for number in range(120)}), "refused"
    )
    nested = docx()
    for _ in range(6):
        nested = docx(**{"word/embeddings/inner.docx": nested})
    yield Sent("package", "a.docx", nested, "taken")
    yield Sent("package", "a.docx", package({"[Content_Types].xml": TYPES}), "refused")
    yield Sent("package", "a.docx", package({"word/document.xml": body(paragraph("焊工"))}), "refused")
    yield Sent("package", "a.docx", package({}), "refused")
    yield Sent(
        "package", "a.docx", package({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"}), "refused"
    )
    yield Sent(
        "package", "a.docx", package({"[CONTENTTYPES].XML": TYPES, "WORD/DOCUMENT.XML": body(paragraph("焊工"))}),
    )
    yield Sent("package", "a.docx", docx(body(paragraph("焊工")).encode("utf-16")))
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        parts: dict[str, bytes | str] = {
            "[Content_Types].xml": TYPES, "word/document.xml": body(paragraph("焊工")),
        }
        yield Sent("package", "a.docx", package(parts, method))
    whole = docx()
    central = whole.index(b"PK\x01\x02")
    for at, new in (
        (8, b"\x01\0"), (10, b"\x63\0"), (24, b"\xff\xff\xff\xff"),
        (20, b"\xff\xff\xff\xff"), (42, b"\xff\xff\xff\x7f"), (16, b"\0\0\0\0"),
    ):  # fmt: skip
        yield Sent("package", "a.docx", whole[: central + at] + new + whole[central + at + len(new) :])
    ending = whole.index(b"PK\x05\x06")
    for at, new in (
        (8, b"\xff\xff"), (10, b"\0\0"), (12, b"\0\0\0\0"), (16, b"\xff\xff\xff\x7f"), (20, b"\xff\xff"),
    ):
        yield Sent("package", "a.docx", whole[: ending + at] + new + whole[ending + at + len(new) :])
    yield Sent("package", "a.docx", whole[:ending], "refused")
    yield Sent("package", "a.docx", whole + b"\0" * 70_000)
    yield Sent("package", "a.docx", b"\0" * 300 + whole, "refused")
    yield Sent("package", "a.docx", whole[:central] * 2 + whole[central:])
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", body(paragraph("一")))
        archive.comment = b"PK\x05\x06" * 20
    yield Sent("package", "a.docx", twice.getvalue())


def _documents(url: str, file: str) -> Iterator[Sent]:
    texts = {
        "entity": body(paragraph("&a;"), '<!DOCTYPE d [<!ENTITY a "焊工">]>'),
        "entities": body(
            paragraph("&c;"), '<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>'
        ),
        "file": body(paragraph("&a;"), f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{file}">]>'),
        "fetch": body(paragraph("&a;"), f'<!DOCTYPE d [<!ENTITY a SYSTEM "{url}">]>'),
        "parameter": body(paragraph("a"), f'<!DOCTYPE d [<!ENTITY % a SYSTEM "{url}"> %a;]>'),
        "definition": body(paragraph("a"), f'<!DOCTYPE d SYSTEM "{url}">'),
        "style": body(paragraph("焊工"), f'<?xml-stylesheet href="{url}"?>'),
        "include": body(
            f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{file}" parse="text"/>'
            + paragraph("焊")
        ),
        "field": body(
            '<w:p><w:r><w:instrText>INCLUDETEXT "' + file + '"</w:instrText></w:r></w:p>' + paragraph("焊")
        ),
        "dde": body('<w:p><w:r><w:instrText>DDEAUTO a "b" "c"</w:instrText></w:r></w:p>' + paragraph("焊")),
        "include picture": body(
            f'<w:p><w:fldSimple w:instr="INCLUDEPICTURE {url}"/></w:p>' + paragraph("焊")
        ),
        "deep": body("<w:sdt><w:sdtContent>" * 400 + paragraph("焊") + "</w:sdtContent></w:sdt>" * 400),
        "deeper": body("<w:p>" * 3000 + "</w:p>" * 3000),
        "no end": "<w:document><w:body>",
        "no namespace": "<document><body><p>焊</p></body></document>",
        "another": "<html><body>焊</body></html>",
        "empty": body(""),
        "blank": body(paragraph(" ")),
        "controls": body(paragraph("焊&#x1;工")),
        "surrogates": body(paragraph("焊&#xD800;工")),
        "bidi": body(paragraph("焊&#x202E;工")),
        "long": body(paragraph("焊" * 20_001)),
        "attribute": body(f'<w:p w:x="{"a" * 100_000}"/>' + paragraph("焊")),
        "names": body("".join(f"<w:x{number}/>" for number in range(2000)) + paragraph("焊")),
        "sections": body(f"<w:p><w:r><w:t><![CDATA[{'焊' * 9}]]></w:t></w:r></w:p>"),
        "version": '<?xml version="1.9" encoding="utf-8"?>' + body(paragraph("焊")),
        "encoding": '<?xml version="1.0" encoding="cp037"?>' + body(paragraph("焊")),
        "unknown encoding": '<?xml version="1.0" encoding="nonsense"?>' + body(paragraph("焊")),
        "space": body(paragraph("焊"), more=' xml:base="file:///"'),
        "comments": body("<!-- - -->" * 3000 + paragraph("焊")),
        "rows": body("<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 3000 + "</w:tbl>" + paragraph("焊")),
        "lists": body(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="-1"/></w:numPr></w:pPr></w:p>'
            + paragraph("焊")
        ),
        "text for a number": body(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="x"/><w:numId w:val="y"/></w:numPr></w:pPr></w:p>'
            + paragraph("焊")
        ),
        "formula": body("<w:p><w:r><w:t>=1+1</w:t></w:r></w:p>"),
    }
    refused = {"file", "fetch", "no end", "empty", "blank", "long", "surrogates", "another"}
    for kind, text in texts.items():
        yield Sent("document", "a.docx", docx(text), "refused" if kind in refused else "")
    yield Sent("document", "a.docx", docx(b"\xff\xfe\0" * 50), "refused")
    yield Sent("document", "a.docx", docx(b"\0" * 500), "refused")


def _links(url: str, file: str) -> Iterator[Sent]:
    def related(kind: str, target: str) -> str:
        return (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
        )

    linked = body(paragraph("焊工") + '<w:altChunk r:id="r1"/>')
    for kind in (
        "attachedTemplate", "image", "hyperlink", "oleObject", "aFChunk", "subDocument", "frame", "styles",
        "numbering",
    ):
        for target in (url, f"file://{file}"):
            relations = related(kind, target)
            yield Sent("links", "a.docx", docx(linked, **{"word/_rels/document.xml.rels": relations}))
    yield Sent("links", "a.docx", docx(linked, **{"_rels/.rels": related("officeDocument", url)}))


def _portable() -> Iterator[Sent]:
    def made(change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
        out = io.BytesIO()
        with pikepdf.new() as document:
            document.add_blank_page()
            change(document)
            document.save(out, **options)
        return out.getvalue()

    def acting(action: str) -> Callable[[pikepdf.Pdf], None]:
        def change(document: pikepdf.Pdf) -> None:
            document.Root.OpenAction = pikepdf.Object.parse(action.encode())

        return change

    def boxed(*box: float) -> Callable[[pikepdf.Pdf], None]:
        def change(document: pikepdf.Pdf) -> None:
            document.pages[0].MediaBox = pikepdf.Array(box)

        return change

    def embedding(document: pikepdf.Pdf) -> None:
        document.attachments["evil.exe"] = b"MZ"

    def named(document: pikepdf.Pdf) -> None:
        document.Root.Names = pikepdf.Object.parse(
            b"<< /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>"
        )

    def dynamic(document: pikepdf.Pdf) -> None:
        document.Root.AcroForm = pikepdf.Object.parse(b"<< /XFA [] /Fields [] >>")

    for action in (
        "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        "<< /S /Launch /F (evil.exe) >>", "<< /S /URI /URI (http://canary.invalid) >>",
        "<< /S /GoToR /F (other.pdf) /D [0 /Fit] >>", "<< /S /SubmitForm /F (http://canary.invalid) >>", "<< /S /Nonsense >>",
    ):  # fmt: skip
        yield Sent("portable", "a.pdf", made(acting(action)), "taken")
    for change in (embedding, named):
        yield Sent("portable", "a.pdf", made(change), "taken")
    yield Sent("portable", "a.pdf", made(dynamic))
    for box in (
        (0, 0, 0, 0), (0, 0, 1e7, 1e7), (0, 0, -600, -800), (0, 0, 1, 14_400), (9, 9, 9, 9), (-1e9, 0, 1e9, 1),
    ):
        yield Sent("portable", "a.pdf", made(boxed(*box)))
    yield Sent("portable", "a.pdf", pdf(201), "refused")
    yield Sent(
        "portable", "a.pdf", made(lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b")), "refused",
    )
    yield Sent("portable", "a.pdf", made(lambda _: None, encryption=pikepdf.Encryption(owner="a", user="")))
    yield Sent("portable", "a.pdf", made(lambda _: None, linearize=True)[:-400])
    whole = pdf()
    for old, new in (
        (b"%PDF-1", b"%PDF-9"), (b"/Pages", b"/Pagex"), (b"/Catalog", b"/Catalox"),
        (b"/Count 1", b"/Count 9"), (b"startxref", b"startxxxx"),
        (b"/Kids", b"/Kidz"), (b"endobj", b"endobx"),
        (b"/MediaBox", b"/MediaBax"), (b"trailer", b"trailex"), (b"/Root", b"/Roof"),
    ):  # fmt: skip
        yield Sent("portable", "a.pdf", whole.replace(old, new))
    yield Sent("portable", "a.pdf", whole.replace(b"/Count 1", b"/Count 0"))
    yield Sent("portable", "a.pdf", b"%PDF-1.7\n%%EOF", "refused")
    yield Sent("portable", "a.pdf", b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * 50, "refused")
    yield Sent("portable", "a.pdf", b"%FDF-1.2\n" + whole[9:], "refused")


def _films() -> Iterator[Sent]:
    film = honest()["a.mp4"]
    head = film.index(b"mvhd")
    for seconds in (0, 1, 2**31 - 1, 2**32 - 1):
        yield Sent(
            "film", "a.mp4", film[: head + 20] + struct.pack(">I", seconds) + film[head + 24 :], "taken"
        )
    track = film.index(b"tkhd")
    for width, height in ((0, 0), (65_535, 65_535), (1, 1)):
        at = track + 4 + 76
        yield Sent(
            "film", "a.mp4", film[:at] + struct.pack(">II", width << 16, height << 16) + film[at + 8 :]
        )
    for old, new in (
        (b"moov", b"moox"), (b"mdat", b"free"), (b"trak", b"free"), (b"stbl", b"stbx"), (b"avc1", b"zzzz"),
        (b"vide", b"soun"),
    ):
        yield Sent("film", "a.mp4", film.replace(old, new, 1))
    for brand in (b"qt  ", b"3gp4", b"M4A ", b"heic", b"avif", b"zzzz", b"crx "):
        yield Sent("film", "a.mp4", film[:8] + brand + film[12:])
    yield Sent("film", "a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "refused")
    yield Sent("film", "a.mp4", b"\0\0\0\x01moov\xff\xff\xff\xff\xff\xff\xff\xff" + b"\0" * 64, "refused")
    yield Sent("film", "a.mp4", b"\xff\xff\xff\xffmdat" + b"\0" * 400, "refused")
    yield Sent("film", "a.mov", film[film.index(b"moov") - 4 :])
    yield Sent("film", "a.webm", b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01webm" + b"\0" * 100, "refused")
    yield Sent("film", "a.mp4", film + film)
    yield Sent("film", "a.mp4", film[: len(film) // 2] + b"\0" * (len(film) // 2))


def _lists(url: str, file: str) -> Iterator[Sent]:
    """What a player would take for a list of other places."""
    lists = (
        f"#EXTM3U\n#EXTINF:1,\n{url}\n", f"#EXTM3U\nfile://{file}\n", f"#EXTM3U\nconcat:{file}|{file}\n",
        f"ffconcat version 1.0\nfile '{file}'\n", f"[playlist]\nFile1={url}\n",
        f"RTSPtext {url}\n", f"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 1 RTP/AVP 96\na={url}\n",
        f'<smil><video src="{url}"/></smil>', f'<?xml version="1.0"?><MPD><BaseURL>{url}</BaseURL></MPD>',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>', f"push graphic-context\nfill 'url({url})'\n",
        f"%!PS\n({file}) (r) file\n", f'<img src="{url}">', f"[InternetShortcut]\nURL={url}\n",
        f"{{\\rtf1 {{\\field{{\\*\\fldinst INCLUDETEXT {file}}}}}}}",
    )  # fmt: skip
    for text in lists:
        for name in ("a.mp4", "a.jpg", "a.pdf"):
            yield Sent("list", name, text.encode(), "refused")


def _texts() -> Iterator[Sent]:
    said = "焊工陆建华\r\n=1+1"
    for codec in (
        "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7",
    ):
        yield Sent(
            "text", "a.txt", said.encode(codec),
            "taken" if codec in ("utf-8", "utf-8-sig", "gb18030", "utf-16") else "",
        )
    yield Sent("text", "a.txt", b"\xef\xbb\xbf", "refused")
    yield Sent("text", "a.txt", b"\xff\xfe", "refused")
    yield Sent("text", "a.txt", b"\xff\xfe\0\xd8", "refused")
    yield Sent("text", "a.txt", b"\0" * 400, "refused")
    yield Sent("text", "a.txt", b" \n\t\r\n" * 40, "refused")
    yield Sent("text", "a.txt", ("焊" * 20_001).encode(), "refused")
    yield Sent("text", "a.txt", b"\xe7\x84", "")
    yield Sent("text", "a.txt", b"\xed\xa0\x80\xed\xb0\x80", "")
    yield Sent("text", "a.txt", b"\x80\x81\xfe\xff" * 30, "")
    yield Sent("text", "a.txt", b"\x1b[2J\x1b]0;a\x07" + said.encode(), "taken")
    yield Sent("text", "a.txt", b"\n" * 50_000, "refused")
