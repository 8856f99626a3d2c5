"""A tiny programme as text, to be broken in tests one fact at a time."""

from __future__ import annotations

from forms.loader import Source

PROGRAMME = """\
id: tiny-2026
title: 小城工匠
notice: 小城工匠通知
issued: 2026-05-01
summary: 给手艺人
window: {closes: 2026-06-30, clause: 五}
office: {name: 总工会}
figures:
  years: {value: 10, clause: 四}
routes:
  - {id: self, title: 个人, explain: 自己报, clause: 四1, submit_to: 县总工会}
  - {id: unit, title: 单位, explain: 单位报, clause: 四2, submit_to: 市总工会}
derived:
  remark:
    - {text: "{{ name }}自荐"}
documents:
  - {id: application, title: 申请表, template: application.html, filename: "{{ name }}申请表"}
papers:
  - {id: form, title: 申请表, form: 原件, question: proof, clause: 七}
"""
FORM = """\
id: application
title: 申请表
sections:
  - id: basics
    title: 基本
    questions:
      - name
      - {shared: start, label: 入行时间}
      - {kind: yes-no, id: union, label: 会员, ask: 是会员吗？}
      - {kind: text, id: proof, label: 会员证号, ask: 会员证号是多少？, when: union}
"""
RULES = """\
rules:
  - id: years
    title: 干满年头
    clause: 四
    condition: start|months_to(counted_to) >= 120
    met: 满{{ figures.years }}年
    unmet: 不满{{ figures.years }}年
"""
SHARED = """\
questions:
  - {kind: text, id: name, label: 姓名, ask: 您叫什么？}
  - {kind: month, id: start, label: 时间, ask: 从哪年哪月开始？}
"""
PRINT = "<p>{{ name }} {{ remark }} {{ route }}</p>"
FILES = {
    "programme.yaml": PROGRAMME,
    "forms/application.yaml": FORM,
    "rules.yaml": RULES,
    "print/application.html": PRINT,
    "_shared/questions.yaml": SHARED,
}


def tiny(**changes: tuple[str, str] | str) -> Source:
    """The tiny programme with changes by file (`programme`, `form`, `rules`, `shared`, `print`).

    A change is a pair of a text and what stands there instead, or text to add at the end.
    """
    names = dict(zip(("programme", "form", "rules", "print", "shared"), FILES, strict=True))
    files = dict(FILES)
    for name, change in changes.items():
        path = names[name]
        if isinstance(change, str):
            files[path] += change
        else:
            assert change[0] in files[path], change[0]
            files[path] = files[path].replace(change[0], change[1], 1)
    return Source(files)
