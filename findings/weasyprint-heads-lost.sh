#!/usr/bin/env bash
# WeasyPrint 70.0: the head of a table is left out, without a word in the log, on every page on which it does not fit together
# with a row that may not be broken: 24 pt of head and 160 pt of row on a page of 180 pt. Where such a row is the only one, the
# head is nowhere in the document. CSS 2.2 (17.2, table-header-group): the rows of the head are displayed before all others;
# what may be left out is their repetition. Kozea/WeasyPrint#2679 (open) has it for rows higher than a page.
#
# Valid input: rows of 40 pt with `break-inside: avoid`, one of them of 150 or of 160 pt. Where each stands is read from the
# anchors of the pages, so that no font matters. Seen: at 150 pt the head is on all three pages, at 160 pt on the first and
# the third, and of a table of that row alone on none. Fails when that changes. Here the head of a letter says whom it is
# about, and no seal may stand on a page without it: rows that a page does not break stay low enough for both (docs/authoring.md).
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install weasyprint==70.0
"$here/venv/bin/python" - <<'PY'
import logging

import weasyprint

told: list[str] = []


class Kept(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        told.append(record.getMessage())


logging.getLogger("weasyprint").addHandler(Kept(level=logging.WARNING))


def pages(*heights: int) -> list[list[str]]:
    """What stands on each page of a table with such rows."""
    rows = "".join(f"<tr><td id=row{number} style='height: {height}pt'>" for number, height in enumerate(heights, 1))
    html = f"""<!doctype html><html lang=zh><title>推荐信</title><style>
      @page {{ size: 200pt 200pt; margin: 10pt }}
      body {{ margin: 0 }} table {{ border-collapse: collapse; width: 100% }} td, th {{ padding: 0 }}
      tr {{ break-inside: avoid }} th {{ height: 24pt }}
    </style><table><thead><tr><th id=head></thead>{rows}</table>"""
    return [sorted(page.anchors) for page in weasyprint.HTML(string=html).render().pages]


low, high, alone = pages(40, 40, 150, 40, 40), pages(40, 40, 160, 40, 40), pages(160)
print("a row of 150 pt:", low)
print("a row of 160 pt:", high)
print("that row alone: ", alone)
print("warnings:", told)
assert low == [["head", "row1", "row2"], ["head", "row3"], ["head", "row4", "row5"]]
assert high == [["head", "row1", "row2"], ["row3"], ["head", "row4", "row5"]], "the head is on all pages now"
assert alone == [["row1"]], "the head is printed now"
assert not told, "it is told now"
PY
echo "as described: WeasyPrint 70.0 leaves out the head of a table beside a row that fills the page"
