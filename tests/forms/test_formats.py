"""What is not taken is named as what it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.readable import PlainFile

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def look(folder: Path, content: bytes, name: str) -> Attachment:
    path = folder / "stored"
    path.write_bytes(content)
    return inspect(PlainFile(path), "stored", name, Caps())


def packed(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def compound(stream: str) -> bytes:
    return OLE + bytes(700) + (stream + "\0").encode("utf-16-le") + bytes(500)


MHT = b"From: <Saved by WPS>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n"
HTML = "<html xmlns:w='urn:schemas-microsoft-com:office:word'><head><meta charset=gb2312></head><body>事迹</body></html>"
WORD_XML = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
OPENDOCUMENT = "application/vnd.oasis.opendocument."


@pytest.mark.parametrize(
    ("content", "name", "detail"),
    [
        (compound("WordDocument"), "事迹.doc", "word97"),
        (compound("WordDocument"), "事迹.docx", "word97"),
        (compound("WordDocument"), "事迹.wps", "wps"),
        (compound("Workbook"), "名册.xls", "xls"),
        (compound("Workbook"), "名册.et", "xls"),
        (compound("PowerPoint Document"), "介绍.ppt", "ppt"),
        (compound("PowerPoint Document"), "介绍.dps", "ppt"),
        (b"{\\rtf1\\ansi \\u28938?}", "事迹.rtf", "rtf"),
        (b"{\\rtf1\\ansi \\u28938?}", "事迹.doc", "rtf"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "名册.xlsx", "xlsx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "介绍.pptx", "pptx"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "证书.ofd", "ofd"),
        (packed("OFD.xml", "Doc_0/Document.xml"), "证书", "ofd"),
        (packed("[Content_Types].xml", "FixedDocSeq.fdseq"), "证书.xps", "xps"),
        (packed("Index/Document.iwa", "preview.jpg"), "事迹.pages", "pages"),
        (packed("index.zip"), "事迹.pages", "pages"),
        (packed("content.xml", mimetype=OPENDOCUMENT + "text"), "事迹.odt", "odt"),
        (packed("content.xml", mimetype=OPENDOCUMENT + "spreadsheet"), "名册.ods", "ods"),
        (packed("a.epub", mimetype="application/epub+zip"), "书.epub", "epub"),
        (HTML.encode("gb18030"), "事迹.doc", "html"),
        (b"\xef\xbb\xbf" + HTML.encode(), "事迹.doc", "html"),
        (HTML.encode("utf-16"), "事迹.doc", "html"),
        (b"<!DOCTYPE html>\n<html></html>", "事迹.htm", "html"),
        (MHT, "事迹.doc", "web_archive"),
        (MHT, "事迹.mht", "web_archive"),
        (WORD_XML.encode(), "事迹.doc", "word_xml"),
        ("一个焊工的故事".encode(), "事迹.md", "plain_text"),
        ("一个焊工的故事".encode("gb18030"), "事迹.doc", "plain_text"),
        (packed("a.jpg", "b.jpg"), "材料.zip", "archive"),
        (b"Rar!\x1a\x07\x01\0", "材料.rar", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "材料.7z", "archive"),
        (b"8BPS\0\1", "照片.psd", "psd"),
        (b"II*\0\x10\0\0\0CR\x02\0", "IMG.CR2", "raw_photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "svg"),
        (b"AC1032", "图纸.dwg", "cad"),
        (b"\xff\x0a\0\0", "a.jxl", "jpeg_xl"),
        (b"\xd7\xcd\xc6\x9a\0\0", "a.wmf", "metafile"),
        (b"%!PS-Adobe-3.0", "a.ai", "postscript"),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + bytes(90), "a.wmv", "other_film"),
        (b"FLV\x01\x05", "a.flv", "other_film"),
        (b"ID3\x04\0", "a.mp3", "sound"),
        (b"#!AMR\n", "a.amr", "sound"),
        (b"MZ\x90\0", "a.exe", "program"),
        (b"", "a.jpg", None),
    ],
)
def test_what_is_not_taken_is_named(tmp_path: Path, content: bytes, name: str, detail: str | None) -> None:
    found = look(tmp_path, content, name)
    assert found.trouble in ("unknown_type", "disguised", "empty")
    assert found.detail == detail


@pytest.mark.parametrize(
    ("content", "name", "detail"),
    [
        (b"%PDF-1.7\n", "照片.jpg", "pdf"),
        (b"\xff\xd8\xff\xe0", "证书.pdf", "picture"),
        (packed("[Content_Types].xml", "word/document.xml"), "证书.pdf", "docx"),
        (b"\0\0\0\x18ftypisom" + bytes(12), "照片.jpg", "film"),
        (b"\0\0\0\x18ftypheic" + bytes(12), "a.mp4", "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "事迹.txt", "picture"),
        (packed("OFD.xml"), "证书.pdf", "ofd"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "事迹.docx", "xlsx"),
    ],
)
def test_what_came_under_anothers_name_is_named(
    tmp_path: Path, content: bytes, name: str, detail: str
) -> None:
    found = look(tmp_path, content, name)
    assert (found.trouble, found.detail) == ("disguised", detail)


def test_a_locked_document_of_any_name_is_known(tmp_path: Path) -> None:
    for name in ("事迹.docx", "事迹.doc", "名册.xlsx", "a"):
        assert look(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le"), name).trouble == "locked"


def test_words_that_begin_like_something_else_are_words(tmp_path: Path) -> None:
    for text in ("BM 是我们车间的简称。", "ID3 号炉", "<html>标签的用法", "MZ 型焊机", "%PDF- 是什么"):
        assert look(tmp_path, text.encode(), "事迹.txt").text == text
