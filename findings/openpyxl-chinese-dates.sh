#!/usr/bin/env bash
# openpyxl 3.1.5: dates in the built-in formats of Chinese spreadsheets are read as numbers. 2009年7月1日 is 31, 2009年7月 is
# 57 or 27, 7月1日 is 58: ECMA-376-1 (18.8.30, zh-cn) lists 27 to 36 and 50 to 58, and as for every built-in format no code
# stands in the file. openpyxl knows no format between 22 and 37 nor after 49, and takes what it does not know for General.
#
# Valid input: the serial 39995 with each of these ids, written by XlsxWriter, which takes an id; python-calamine reads the
# same file. Seen: with 14 (which moves with the country) all is well; with the Chinese ones openpyxl gives 39995 where
# calamine gives 1 July 2009, and says General. Fails when that changes. Here it means that a column of birthdays or of
# months at work comes out as five figures from a table that looks right on the screen; pasted into the chat, such figures
# are asked back as the day they stand for (`forms/kinds/lines.py`).
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install openpyxl==3.1.5 XlsxWriter==3.3.1 python-calamine==0.9.1
"$here/venv/bin/python" - "$here/dates.xlsx" <<'PY'
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import python_calamine
import xlsxwriter

path = sys.argv[1]
PLAIN, CHINESE = 14, (*range(27, 32), *range(50, 55), 57, 58)
with xlsxwriter.Workbook(path) as book:
    page = book.add_worksheet()
    for row, number in enumerate((PLAIN, *CHINESE)):
        page.write_number(row, 0, 39995, book.add_format({"num_format": number}))
styles = zipfile.ZipFile(path).read("xl/styles.xml").decode()
assert "<numFmts" not in styles and all(f'numFmtId="{number}"' in styles for number in CHINESE)

column = openpyxl.load_workbook(path).active["A"]
others = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
for number, cell, (other,) in zip((PLAIN, *CHINESE), column, others):
    print(f"{number}: openpyxl {cell.value!r} ({cell.number_format}); calamine {other!r}")
    assert other == date(2009, 7, 1)
    if number == PLAIN:
        assert cell.value == datetime(2009, 7, 1)
    else:
        assert (cell.value, cell.number_format) == (39995, "General"), "it is known as a date now"
PY
echo "as described: openpyxl 3.1.5 reads the dates of Chinese spreadsheets as numbers"
