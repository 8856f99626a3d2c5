#!/usr/bin/env bash
# WeasyPrint 70.0: in a tagged PDF (`pdf_variant="pdf/ua-1"`) the cells of a table are linked to their headings as if none of
# them were merged. A heading over two columns is that of the first only, a heading beside two rows that of the first only,
# and in the row that it reaches into, every cell counts as one further to the left. ISO 32000 (14.8.5.7, Headers) wants the
# headings that belong to the cell; which these are with colspan and rowspan, HTML tells (4.9.12.2).
#
# Valid input: 名次和奖项 over two columns, 国家 beside two rows. Of a table in which nothing is merged each cell has the
# heading of its row and that of its column. Seen: of the merged one only the first cell has both; one has only the heading
# beside it, one only the one above, and one is told to be a 级别. Fails when that changes. Official forms merge half of their
# cells: who has such a form read aloud hears values without what they are. Here no PDF is tagged so far; the same answers
# are read as text in the chat.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install weasyprint==70.0 pikepdf==10.18.0
"$here/venv/bin/python" - <<'PY'
import io
from collections.abc import Iterator

import pikepdf
import weasyprint

PLAIN = """<tr><th scope=col>级别</th><th scope=col>名次</th><th scope=col>奖项</th></tr>
  <tr><th scope=row>国家</th><td>1</td><td>2</td></tr><tr><th scope=row>省</th><td>3</td><td>4</td></tr>"""
MERGED = """<tr><th scope=col>级别</th><th scope=col colspan=2>名次和奖项</th></tr>
  <tr><th scope=row rowspan=2>国家</th><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr>"""


def elements(element: object, name: str) -> Iterator[pikepdf.Dictionary]:
    for each in element if isinstance(element, pikepdf.Array) else [element]:
        if isinstance(each, pikepdf.Dictionary):
            if each.get("/S") == name:
                yield each
            if "/K" in each:
                yield from elements(each.K, name)


def headings(rows: str) -> list[set[str]]:
    """Of every cell with a value its headings, numbered in the order in which they stand in the table."""
    html = f"<!doctype html><html lang=zh><title>奖项</title><table>{rows}</table>"
    made = weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(made)) as document:
        root = document.Root.StructTreeRoot.K
        names = {str(heading.ID): number for number, heading in enumerate(elements(root, "/TH"), 1)}
        return [{names[str(each)] for each in cell.A.Headers} for cell in elements(root, "/TD")]


plain, merged = headings(PLAIN), headings(MERGED)
print("not merged: 1 to 3 are above, 4 and 5 beside:", plain)
print("merged: 1 and 2 are above, 3 beside; each cell should have 2 and 3:", merged)
assert plain == [{2, 4}, {3, 4}, {2, 5}, {3, 5}]
assert merged[0] == {2, 3} and all(each != {2, 3} for each in merged[1:]), "merged headings are linked now"
PY
echo "as described: WeasyPrint 70.0 links the cells of a tagged table as if no heading were merged"
