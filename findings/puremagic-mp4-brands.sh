#!/usr/bin/env bash
# puremagic 1.30: an MP4 is known by a list of its major brands, or by the length of its first box. Of a film that every
# player plays, `magic_string` raises “Could not identify file” where that box lists two compatible brands and its major
# brand is avc1, hvc1, iso5, iso6, mp41 or dash. ISO 14496-12 (4.3) lets any brand stand there, and any number of them:
# what the file is, its boxes tell.
#
# Valid input: one short film written by FFmpeg, its `ftyp` replaced by one of 24 bytes and a `free` box, so that nothing
# else moves. Seen: isom and mp42 are video/mp4, the six others are not identified. Fails when that changes. Here it meant
# that films from editors, cameras and downloads were refused as “disguised”; `forms/formats.py` reads the box itself.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install puremagic==1.30 av==18.1.0
"$here/venv/bin/python" - <<'PY'
import io

import av
import puremagic


def film(brand: bytes) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        stream = made.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10):
            made.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        made.mux(stream.encode())
    content = out.getvalue()
    assert content[:8] == (32).to_bytes(4) + b"ftyp", content[:40]
    head = (24).to_bytes(4) + b"ftyp" + brand + bytes(4) + brand + b"isom" + (8).to_bytes(4) + b"free"
    return head + content[32:]


def told(content: bytes) -> str:
    try:
        return puremagic.magic_string(content)[0].mime_type
    except puremagic.PureError as error:
        return str(error)


known = {}
for brand in ("isom", "mp42", "avc1", "hvc1", "iso5", "iso6", "mp41", "dash"):
    content = film(brand.encode())
    with av.open(io.BytesIO(content)) as opened:  # it plays
        frames = sum(1 for _ in opened.decode(video=0))
    known[brand] = told(content)
    print(f"{brand}: {frames} pictures play; puremagic: {known[brand]}")
    assert frames == 10
assert known["isom"] == known["mp42"] == "video/mp4"
assert all("identify" in answer for brand, answer in known.items() if brand not in ("isom", "mp42")), "they are known now"
PY
echo "as described: puremagic 1.30 knows an MP4 by a few brands only"
