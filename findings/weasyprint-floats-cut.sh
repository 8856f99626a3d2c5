#!/usr/bin/env bash
# WeasyPrint 70.0: what floats ends with the page on which the text beside it ends; the rest is in no page, and the log says
# nothing. CSS Fragmentation 3 (4.1) lets pages break floats, and where the text goes on longer, they are broken and go on.
# Kozea/WeasyPrint#2459 (open) has it for a float at the end of the document; a cell or a block that contains its floats does
# not help, though CSS 2.2 (10.6.7) makes it as high as they are.
#
# Valid input: forty paragraphs of 12 pt in a float, on pages of 180 pt. Where each stands is read from the anchors of the
# pages, so that no font matters. Seen: of the forty 15 are printed; 15 too in a block with `display: flow-root` and in the
# cell of a table; all forty where something clears the float, and where they do not float. Fails when that changes. Here
# nothing that people fill in floats: a long answer would be cut without anybody being told (docs/authoring.md).
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
PARAGRAPHS = "".join(f"<p id=p{number}>" for number in range(40))
FLOAT = f"<div style='float: left; width: 60pt'>{PARAGRAPHS}</div>"
WAYS = {
    "in no float": PARAGRAPHS,
    "in a float": FLOAT,
    "in a float, then something that clears it": f"{FLOAT}<div style='clear: both'></div>",
    "in a float in a block that contains it": f"<div style='display: flow-root'>{FLOAT}</div>",
    "in a float in a cell": f"<table><tr><td>{FLOAT}</table>",
}


def printed(body: str) -> int:
    html = f"""<!doctype html><html lang=zh><title>事迹</title><style>
      @page {{ size: 200pt 200pt; margin: 10pt }}
      body, p {{ margin: 0 }} p {{ height: 12pt }} table {{ border-collapse: collapse }} td {{ padding: 0 }}
    </style>{body}"""
    return len({name for page in weasyprint.HTML(string=html).render().pages for name in page.anchors})


seen = {way: printed(body) for way, body in WAYS.items()}
for way, count in seen.items():
    print(f"{way}: {count} of 40")
print("warnings:", told)
assert list(seen.values()) == [40, 15, 40, 15, 15], "more of a float is printed now"
assert not told, "it is told now"
PY
echo "as described: WeasyPrint 70.0 cuts off a float where the text beside it ends"
