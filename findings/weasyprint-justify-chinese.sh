#!/usr/bin/env bash
# WeasyPrint 70.0: `text-align: justify` widens spaces only. A Chinese line without a space stays ragged, and where one
# space stands in it, that space takes all the slack. CSS Text (`text-justify: auto`) lets a user agent justify between
# ideographs, and Chinese print expects it.
#
# Valid input: one paragraph of ideographs in a box that is not a multiple of their width, once without and once with
# one space. Seen: the last character of the first line ends 7 pt before the edge; with the space, its gap is 9 pt and
# all others keep 2 pt. Fails when that changes. Here it means that the narrative cells of the forms are ragged at the
# right, and that a line with one space in it shows a hole.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install weasyprint==70.0 fonttools==4.60.1 pypdfium2==5.0.0
"$here/venv/bin/python" - "$here" <<'PY'
import sys
from pathlib import Path

import pypdfium2
import weasyprint
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

here = Path(sys.argv[1])
# A font of squares, so that no font of the machine matters: every character is 10 pt wide at 10 pt.
text = "工匠精神薪火相传技能报国岗位建功传承创新精益求精"
names = {ord(char): f"u{ord(char):X}" for char in dict.fromkeys(text)} | {32: "space"}
pen = TTGlyphPen(None)
for step, point in enumerate(((100, 0), (900, 0), (900, 800), (100, 800))):
    (pen.moveTo if step == 0 else pen.lineTo)(point)
pen.closePath()
square, blank = pen.glyph(), TTGlyphPen(None).glyph()
order = [".notdef", *names.values()]
made = FontBuilder(1000, isTTF=True)
made.setupGlyphOrder(order)
made.setupCharacterMap(names)
made.setupGlyf({name: blank if name == "space" else square for name in order})
made.setupHorizontalMetrics({name: (250 if name == "space" else 1000, 100) for name in order})
made.setupHorizontalHeader(ascent=880, descent=-120)
made.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
made.setupOS2(sTypoAscender=880, sTypoDescender=-120)
made.setupPost()
made.save(here / "squares.ttf")


def gaps(paragraph: str) -> tuple[float, list[float]]:
    """How far the first line ends before the edge, in points, and the gaps between its characters."""
    html = f"""<html lang=zh><style>
      @font-face {{ font-family: Squares; src: url(squares.ttf) }}
      @page {{ size: 300pt 200pt; margin: 0 }}
      body {{ margin: 0 }}
      p {{ margin: 0; width: 107pt; font: 10pt/15pt Squares; text-align: justify }}
    </style><p>{paragraph}"""
    weasyprint.HTML(string=html, base_url=str(here) + "/").write_pdf(here / "out.pdf")
    page = pypdfium2.PdfDocument(here / "out.pdf")[0]
    chars = page.get_textpage()
    boxes = [chars.get_charbox(n) for n in range(chars.count_chars()) if chars.get_text_range(n, 1).strip()]
    top = max(box[3] for box in boxes)
    line = sorted(box for box in boxes if box[3] > top - 5)
    return 107 - (line[-1][2] + 1), [right[0] - left[2] for left, right in zip(line, line[1:])]


short, even = gaps(text)
print(f"without a space: the line ends {short:.1f} pt before the edge; gaps {min(even):.1f} to {max(even):.1f} pt")
assert short > 5, "the line reaches the edge now"
assert max(even) - min(even) < 0.2

edge, uneven = gaps(text[:5] + " " + text[5:])
rest = sorted(uneven)[:-1]
print(f"with one space: the line ends {edge:.1f} pt before the edge; its gap {max(uneven):.1f} pt, others {max(rest):.1f} pt")
assert edge < 1 and max(uneven) - max(rest) > 4, "the slack is spread now"
PY
echo "as described: WeasyPrint 70.0 justifies at spaces only"
