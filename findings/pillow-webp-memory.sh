#!/usr/bin/env bash
# Pillow 13.0.0: a still WebP takes some 16 bytes for each pixel while it is decoded, four times as much as the same
# picture as PNG or JPEG: it goes through the decoder of animations, which keeps canvases of its own in four bytes a
# pixel beside the picture that is handed out.
#
# Valid input: one opaque gradient of 4000 × 4000 pixels in RGB, written by Pillow itself. Seen (VmHWM, Linux): PNG 4.1,
# JPEG 4.2, WebP 16.1 bytes a pixel. Fails when WebP comes below twice PNG. Here it means that of the formats taken only a
# WebP below the cap of 40 million pixels may still be too much for a worker of 512 MB.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install pillow==13.0.0
"$here/venv/bin/python" - "$here" <<'PY'
import subprocess
import sys
from pathlib import Path

from PIL import Image

here = Path(sys.argv[1])
side = 4000
picture = Image.linear_gradient("L").resize((side, side)).convert("RGB")
# Each is decoded in a process of its own; the high-water mark of memory is read before and after.
DECODE = """
import re, sys
from pathlib import Path
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
high = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = high()
with Image.open(sys.argv[1]) as opened:
    opened.load()
    assert opened.mode == "RGB"
print(high() - before)
"""
taken = {}
for kind in ("png", "jpeg", "webp"):
    path = here / f"picture.{kind}"
    picture.save(path)
    told = subprocess.run([sys.executable, "-c", DECODE, str(path)], check=True, capture_output=True, text=True)
    taken[kind] = int(told.stdout) * 1024 / side**2
    print(f"{kind}: {taken[kind]:.1f} bytes a pixel")
assert taken["png"] < 6 and taken["jpeg"] < 6
assert taken["webp"] > 2 * taken["png"], "a still WebP takes less now"
PY
echo "as described: Pillow 13.0.0 decodes a still WebP in four times the memory of a PNG"
