#!/usr/bin/env bash
# cn2an 0.5.24: amounts in words lack the 零 behind 亿. 100008753 yuan is 壹亿捌仟柒佰伍拾叁元整, where the basic rules for bills
# (支付结算办法, annex 1) want a 零 for zeros within a number; in speech 一亿八千 without it is 180 million. Behind 万 and within
# four digits the 零 is written. What comes out the library itself refuses to read: ValueError, and KeyError with `smart`.
#
# Valid input: numbers of nine and more digits whose 万 are all zero, written with `an2cn` (low and rmb) and read again with
# `cn2an`. Seen: none of the six has its 零 and none is read; with the 零 put in, all are read right; 20000005 is right both
# ways. Fails when that changes. Nothing here writes amounts in words; numbers in words are read by `forms/kinds/number.py`.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install cn2an==0.5.24
"$here/venv/bin/python" - <<'PY'
import cn2an

NUMBERS = (100_001_100, 100_008_753, 800_009_000, 900_003_602, 3_000_005_000, 300_000_004_804)


def read(text: str, mode: str) -> int | str:
    try:
        return cn2an.cn2an(text, mode)
    except (KeyError, ValueError) as error:
        return type(error).__name__


for number in NUMBERS:
    words = cn2an.an2cn(number)
    right = words.replace("亿", "亿零")
    found = [read(words, mode) for mode in ("strict", "normal", "smart")]
    print(f"{number}: {words}, {cn2an.an2cn(number, 'rmb')}; read again: {found}; {right} is read as {read(right, 'strict')}")
    assert "零" not in {text.split("亿")[1][0] for text in (words, cn2an.an2cn(number, "rmb"))}, "it is written now"
    assert number not in found, "it is read now"
    assert read(right, "strict") == number
assert cn2an.an2cn(20_000_005) == "二千万零五" and read("二千万零五", "strict") == 20_000_005
PY
echo "as described: cn2an 0.5.24 leaves out the 零 behind 亿"
