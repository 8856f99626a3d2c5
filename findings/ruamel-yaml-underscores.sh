#!/usr/bin/env bash
# ruamel.yaml 0.19.1: a plain scalar with “_” among its digits is a number, in YAML 1.2 too, which it reads by default and
# also where `%YAML 1.2` asks for it. The core schema of YAML 1.2.2 (10.3.2) knows integers as [-+]?[0-9]+ and floats without
# “_” as well, so that these are text; YAML 1.1 had such numbers. Octal 0o17, times like 12:30 and yes/no follow 1.2.
#
# Valid input: four entries as people write them. Seen: the edition 2026_01 is 202601, the clause 3.1_4 is 3.14, the room
# 1__0 is 10, while 12:30 is text. Fails when that changes. Here it means
# that an edition, a clause or a file number in a programme would silently become another one; `forms/notation.py` asks for
# quotes, of 3.1_4 since this was seen.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install ruamel.yaml==0.19.1
"$here/venv/bin/python" - <<'PY'
import re

from ruamel.yaml import YAML

CORE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
WRITTEN = {"edition": "2026_01", "clause": "3.1_4", "room": "1__0", "from": "12:30"}
text = "".join(f"{key}: {value}\n" for key, value in WRITTEN.items())
assert not any(CORE.fullmatch(value) for value in WRITTEN.values()), "one of them is a number by the core schema"
for head in ("", "%YAML 1.2\n---\n"):
    read = YAML(typ="safe", pure=True).load(head + text)
    print(f"{head.split(chr(10))[0] or 'by default'}: {read}")
    assert read == {"edition": 202601, "clause": 3.14, "room": 10, "from": "12:30"}, "they are text now"
PY
echo "as described: ruamel.yaml 0.19.1 takes 2026_01 for a number in YAML 1.2"
