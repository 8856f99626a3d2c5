#!/usr/bin/env bash
# WeasyPrint 70.0: in a PDF form (`pdf_forms=True`) every choice of a list whose options have no `value` is the same empty
# one. HTML (4.10.10): the value of an option without the attribute is its text, as all browsers send it. ISO 32000-1 (12.7.4.4,
# Opt): of each pair the first is what is exported, the second what is seen.
#
# Valid input: 技师 and 高级技师, the latter selected, once as plain options and once with values; read with pikepdf. Seen: with
# values the pairs and the selected value are right; without, both options export "" and so does the field, so that whoever
# reads the form gets nothing, and a viewer that looks the value up finds the first option. A text field beside them is
# right. Fails when that changes. Nothing here asks for anything in a PDF; a list in one needs `value` on every option.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install weasyprint==70.0 pikepdf==10.18.0
"$here/venv/bin/python" - <<'PY'
import io

import pikepdf
import weasyprint

PLAIN = "<option>技师<option selected>高级技师"
VALUED = "<option value=技师>技师<option value=高级技师 selected>高级技师"


def fields(options: str) -> tuple[list[tuple[str, str]], str, str]:
    """The pairs of the list, its value, and the value of a text field beside it."""
    html = f"<!doctype html><html lang=zh><title>等级</title><form><select name=level>{options}</select><input name=name value=覃某>"
    made = weasyprint.HTML(string=html).write_pdf(pdf_forms=True)
    with pikepdf.open(io.BytesIO(made)) as document:
        read = {str(field.T): field for field in document.Root.AcroForm.Fields}
        pairs = [(str(export), str(text)) for export, text in read["level"].Opt]
        return pairs, str(read["level"].V), str(read["name"].V)


for name, options in {"with values": VALUED, "without": PLAIN}.items():
    print(f"{name}:", *fields(options))
assert fields(VALUED) == ([("技师", "技师"), ("高级技师", "高级技师")], "高级技师", "覃某")
assert fields(PLAIN) == ([("", "技师"), ("", "高级技师")], "", "覃某"), "the text is the value now"
PY
echo "as described: WeasyPrint 70.0 gives every option without a value the same empty one"
