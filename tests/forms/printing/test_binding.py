"""Documents put together: the pages of all in one PDF, the files of all in one ZIP."""

from __future__ import annotations

import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pypdfium2

from forms.packet import saved_as
from forms.printing import faces
from forms.printing.binding import bound, zipped
from forms.printing.renderer import PAGE, Renderer

LONGEST = saved_as("大国工匠人才推荐表" * 30, "pdf")


def test_the_pages_follow_one_another() -> None:
    printing = Renderer(faces.directory())
    parts = [printing.render(f"<p>{text}", [PAGE], {}).content for text in ("申请表", "推荐函", "清单")]
    document = pypdfium2.PdfDocument(bound(parts))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [text.split()[0] for text in texts] == ["申请表", "推荐函", "清单"]


def test_a_zip_unpacks_in_its_order_with_names_in_chinese(tmp_path: Path) -> None:
    content = zipped([("报送材料清单-阿依古丽·买买提.pdf", b"one"), (LONGEST, b"two")])
    with zipfile.ZipFile(BytesIO(content)) as packed:
        assert all(each.flag_bits & 0x800 for each in packed.infolist())  # names in UTF-8
        packed.extractall(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "01 报送材料清单-阿依古丽·买买提.pdf",
        f"02 {LONGEST}",
    ]
    assert zipped([("a.pdf", b"one")]) == zipped([("a.pdf", b"one")])


def test_a_finished_pdf_passes_a_check(tmp_path: Path) -> None:
    part = Renderer(faces.directory()).render("<p>申请表", [PAGE], {}).content
    (tmp_path / "all.pdf").write_bytes(bound([part, part]))
    subprocess.run(["qpdf", "--check", tmp_path / "all.pdf"], check=True, capture_output=True)
