#!/usr/bin/env bash
# python-stdnum 2.2: `cn.ric` calls the ID numbers of most people born before 1983 wrong whose county got its code in 1983 or
# later. It holds the code against the year of birth; but the code is that of the place of registration when the number is
# given out (GB 11643-1999, 4.2.1), and nobody had one before the trial regulations of 6 April 1984. A number keeps its code
# for life. Years with the codes came with the answer to arthurdejong/python-stdnum#442, where old codes had been refused.
#
# Valid input: numbers made up for 1 January 1970, with each code that its own table has in force in 1986, when cards were
# given out, and the right check character. Seen: 1,656 of 3,509 are refused, in Guangxi 40 of 123, 兴宁区 and 江南区 of 南宁
# among them; of 1990 the same codes pass. Fails when that changes. Here only province, date and check character are looked at
# (`forms/kinds/id_number.py`): a county that nobody knows is no fault.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install python-stdnum==2.2
"$here/venv/bin/python" - <<'PY'
import re

from stdnum import numdb
from stdnum.cn import ric

WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
YEARS = re.compile(r"\[(\d*)-(\d*)\]")


def number(code: str, birth: str) -> str:
    body = f"{code}{birth}001"
    return body + CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body)) % 11]


def in_force(code: str, year: int) -> bool:
    """Whether the table of the library has a county of this code in that year."""
    found = [each for _, each in numdb.get("cn/loc").info(code) if "county" in each]
    if not found:
        return False
    spans = YEARS.findall(found[0]["county"])
    return not spans or any((not start or int(start) <= year) and (not end or year <= int(end)) for start, end in spans)


codes = [code for code in (f"{at:06}" for at in range(110_000, 660_000)) if in_force(code, 1986)]
refused = [code for code in codes if not ric.is_valid(number(code, "19700101"))]
guangxi = [sum(code.startswith("45") for code in each) for each in (refused, codes)]
print(f"in force in 1986: {len(codes)}, refused for somebody born in 1970: {len(refused)}; Guangxi: {guangxi[0]} of {guangxi[1]}")
for code in ("450102", "450105"):
    old, young = number(code, "19700101"), number(code, "19900101")
    print(f"{old}: {ric.is_valid(old)}; {young}: {ric.is_valid(young)}")
    assert code in refused and ric.is_valid(young)
assert (len(codes), len(refused)) == (3509, 1656), "other numbers are refused now"
PY
echo "as described: python-stdnum 2.2 refuses numbers whose code is younger than the person"
