#!/usr/bin/env bash
# PDFium 159.0.8149 (pypdfium2 5.15.2): a PDF whose tree of pages is empty is not loaded, and no error is set for it.
# FPDF_GetLastError, which pypdfium2 puts into its exception, still tells of whatever was loaded before: “Success” in a
# fresh process, “Incorrect password error” after a locked file.
#
# Valid input: a document without pages as qpdf writes it (`/Kids [ ]`, `/Count 0`; qpdf's own check finds nothing
# wrong). Seen: both messages, for the same bytes. Fails when that changes. Here it meant that such a file was called
# locked with a password, after another person's locked one.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install pypdfium2==5.15.2 pikepdf==10.17.0
"$here/venv/bin/python" - <<'PY'
import io

import pikepdf
import pypdfium2


def saved(pages: int, password: str = "") -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


def told(content: bytes) -> str:
    try:
        return f"{len(pypdfium2.PdfDocument(content))} pages"
    except pypdfium2.PdfiumError as error:
        return str(error)


empty = saved(0)
with pikepdf.open(io.BytesIO(empty)) as checked:
    assert not checked.check_pdf_syntax(), "qpdf finds something wrong with it"
fresh = told(empty)
print("without pages, in a fresh process:", fresh)
print("locked:", told(saved(1, "secret")))
after = told(empty)
print("without pages, after the locked one:", after)
assert "Success" in fresh and "password" in after, "it has an error of its own now"
PY
echo "as described: PDFium tells of a PDF without pages what was wrong with the one before"
