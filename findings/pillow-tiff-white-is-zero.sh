#!/usr/bin/env bash
# Pillow 13.0.0: a grey TIFF of sixteen bits that counts from white is shown as a negative. TIFF 6.0 (p. 37,
# PhotometricInterpretation 0, WhiteIsZero): 0 is imaged as white. Of one, two, four and eight bits that is heeded; of sixteen
# the numbers are handed out as they stand in the file, in the mode in which 0 is black, and nothing but the entry tells.
# Of the other byte order (MM) the same picture is not identified at all.
#
# Valid input: white paper with a black corner, written by tifffile in 1, 8 and 16 bits, counted from white and from black.
# Seen: the paper is white in five of six, and 0, black, in the sixth. Fails when that changes. Here it meant that a scan in
# sixteen bits could be previewed, judged and printed white on black: `forms/colours.py` turns it.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install pillow==13.0.0 tifffile==2026.3.3
"$here/venv/bin/python" - <<'PY'
import io

import numpy
import tifffile
from PIL import Image, UnidentifiedImageError

KINDS = {1: bool, 8: numpy.uint8, 16: numpy.uint16}


def written(bits: int, zero: str, order: str = "<") -> io.BytesIO:
    """White paper with a black corner at its upper left; 0 is white or black in the file."""
    most = 2**bits - 1
    sheet = numpy.full((40, 40), 0 if zero == "white" else most, KINDS[bits])
    sheet[:10, :10] = most if zero == "white" else 0
    out = io.BytesIO()
    tifffile.imwrite(out, sheet, photometric=f"minis{zero}", byteorder=order)
    return out


def paper(bits: int, zero: str) -> float:
    """How light the paper is, from 0 to 1, as Pillow has it; the corner is the opposite."""
    picture = Image.open(written(bits, zero))
    sheet, corner = (float(picture.getpixel(at)) for at in ((30, 30), (3, 3)))
    assert {sheet, corner} == {0, 65535 if picture.mode == "I;16" else 255}
    print(f"{bits} bits, 0 is {zero}: {picture.mode}, the paper is {sheet:g}, its corner {corner:g}")
    return sheet / max(sheet, corner)


seen = {(bits, zero): paper(bits, zero) for bits in KINDS for zero in ("white", "black")}
assert all(light == 1 for (bits, zero), light in seen.items() if (bits, zero) != (16, "white"))
assert seen[16, "white"] == 0, "sixteen bits are counted from white now"
try:
    Image.open(written(16, "white", ">"))
except UnidentifiedImageError:
    print("16 bits, 0 is white, the other byte order: not identified")
else:
    raise AssertionError("the other byte order is identified now")
PY
echo "as described: Pillow 13.0.0 shows sixteen bits that count from white as a negative"
