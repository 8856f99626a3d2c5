#!/usr/bin/env bash
# docx2python 3.7.1: the text of a document is not what Word shows of it. The hyphen at which no line may break
# (w:noBreakHyphen) is gone, so that 7-10天 is 710天; what was moved while changes were tracked stands twice, at its old place
# (w:moveFrom) and at its new one; the phonetic guide over a character (w:rt) stands in the text before it. None is told.
# ISO/IEC 29500-1: 17.3.3.18, 17.13.5.22, 17.3.3.25.
#
# Valid input: a document made by python-docx with three paragraphs of WordprocessingML. Seen: “710天”, “二一二” where Word shows
# 一二, “qín覃” where it shows 覃. What was deleted (w:del) is left out as it should be. Fails when that changes. Here a
# narrative is read from the parts by `forms/word/`, where all three are right; a library that only joins the texts turns
# ten days into seven hundred.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install docx2python==3.7.1 python-docx==1.2.0
"$here/venv/bin/python" - "$here/narrative.docx" <<'PY'
import sys

import docx
from docx2python import docx2python
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

path = sys.argv[1]


def run(text: str, kind: str = "t") -> str:
    return f"<w:r><w:{kind}>{text}</w:{kind}></w:r>"


def changed(name: str, content: str) -> str:
    return f'<w:{name} w:id="1" w:author="甲" w:date="2026-05-01T08:00:00Z">{content}</w:{name}>'


PARAGRAPHS = (
    "<w:r><w:t>工期7</w:t><w:noBreakHyphen/><w:t>10天</w:t></w:r>",
    changed("moveFrom", run("二")) + run("一") + changed("moveTo", run("二")) + changed("del", run("三", "delText")),
    f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('qín')}</w:rt><w:rubyBase>{run('覃')}</w:rubyBase></w:ruby></w:r>" + run("某"),
)
document = docx.Document()
for content in PARAGRAPHS:
    document.element.body.insert(-1, parse_xml(f"<w:p {nsdecls('w')}>{content}</w:p>"))
document.save(path)
with docx2python(path) as read:
    lines = [line for line in read.text.split("\n") if line]
print("read:", *lines)
assert lines[0] == "工期710天", "the hyphen is kept now"
assert lines[1] == "二一二", "what was moved stands once now, or what was deleted is in"
assert lines[2] == "qín覃某", "the guide is kept apart now"
PY
echo "as described: docx2python 3.7.1 reads 7-10 days as 710"
