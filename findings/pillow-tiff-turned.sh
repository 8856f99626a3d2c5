#!/usr/bin/env bash
# Pillow 13.0.0: a TIFF, alone of all formats, is turned upright while it is decoded. Between opening and decoding its size
# is told as turned already and its orientation as still to be heeded; afterwards the entry is gone. Who asks for the
# orientation, decodes and turns, as it is right for JPEG, PNG, WebP and AVIF, turns a TIFF twice; who only opens it and
# swaps width and height has them wrong. `Image.open` is documented to identify a file and leave its picture for later,
# `ImageOps.exif_transpose` to turn it; that TIFF differs is told in a pull request only (python-pillow/Pillow#4063, #7383).
#
# Valid input: one picture of 40 × 20 pixels with a blue corner and the orientation 6 (TIFF 6.0, p. 36: seen upright it is
# 20 × 40, the corner at its upper right), saved in five formats by Pillow itself. Seen: the corner of the TIFF is at the
# lower right after one more quarter, all others' at the upper right. Fails when that changes. Here it meant that scans
# from copiers which note how the sheet lay were previewed and printed lying; `forms/orientation.py` leaves TIFF alone.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install pillow==13.0.0
"$here/venv/bin/python" - <<'PY'
import io

from PIL import Image

ORIENTATION, A_QUARTER = 0x0112, Image.Transpose.ROTATE_270
lying = Image.new("RGB", (40, 20), "white")
lying.paste("blue", (0, 0, 10, 10))


def corner(picture: Image.Image) -> str:
    width, height = picture.size
    places = {"upper left": (4, 4), "upper right": (width - 5, 4), "lower left": (4, height - 5)}
    blue = [name for name, place in places.items() if picture.convert("RGB").getpixel(place)[0] < 128]
    return blue[0] if blue else "lower right"


turned = {}
for kind in ("JPEG", "PNG", "WEBP", "AVIF", "TIFF"):
    out, exif = io.BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    lying.save(out, kind, exif=exif)
    with Image.open(out) as picture:
        size, told = picture.size, picture.getexif().get(ORIENTATION)
        picture.load()
        after = picture.getexif().get(ORIENTATION)
        turned[kind] = size, told, after, corner(picture.transpose(A_QUARTER))
    print(f"{kind}: opened {size}, orientation {told}; decoded: orientation {after}; turned by it: blue is {turned[kind][3]}")
assert turned.pop("TIFF") == ((20, 40), 6, None, "lower right"), "a TIFF is as the others now"
assert set(turned.values()) == {((40, 20), 6, 6, "upper right")}
PY
echo "as described: Pillow 13.0.0 turns a TIFF by itself, and says beforehand that it is still to be turned"
