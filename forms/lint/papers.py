"""Papers and questions: a paper's question exists, a limit says how it counts, no question is asked in vain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import meta, nodes

from forms.lint.desk import Asked, Desk, Finding, fields_of
from forms.lint.names import resembling
from forms.notation import Block
from forms.parties import LEADING


def unknown_questions(desk: Desk) -> Iterator[Finding]:
    """A paper that is to be collected by a question which nobody asks."""
    questions = desk.by_id()
    for index, paper in enumerate(desk.programme.papers):
        if paper.question and paper.question not in questions:
            reason = f"“{paper.id}” is collected by “{paper.question}”, which is no question"
            yield desk.finding(("papers", index, "question"), reason, resembling(paper.question, questions))


def unknown_steps(desk: Desk) -> Iterator[Finding]:
    """A step of the plan that names a step, a question or a figure which is not there, or one that comes earlier."""
    programme = desk.programme
    questions, steps = desk.by_id(), [step.id for step in programme.plan]
    for index, step in enumerate(programme.plan):
        later = steps[index + 1 :]
        if step.before in steps and step.before not in later:
            reason = f"“{step.id}” is to be over before “{step.before}”, which stands in front of it"
            yield desk.finding(("plan", index, "before"), reason, "put the steps into their order")
        for key, name, there in (
            ("before", step.before, steps),
            ("question", step.question, questions),
            ("days", "" if isinstance(step.days, int) else step.days, programme.figures),
        ):
            if name and name not in there:
                reason = f"“{key}” of “{step.id}” names “{name}”, which is not there"
                yield desk.finding(("plan", index, key), reason, resembling(name, there))


def limits_without_a_measure(desk: Desk) -> Iterator[Finding]:
    """A limit of prose that leaves open whether it is “以内”, “左右” or bare; a bounded number without its unit."""
    for asked in desk.asked:
        whole = desk.raw(asked.path)
        rows = whole.get("fields", []) if isinstance(whole, Block) else []
        for raw, path in [
            (whole, asked.path),
            *((row, (*asked.path, "fields", i)) for i, row in enumerate(rows)),
        ]:
            if not isinstance(raw, Block):
                continue
            limit = raw.get("limit")
            if raw.get("kind") == "prose" and isinstance(limit, Block) and "measure" not in limit:
                reason = f"the limit of “{raw.get('id')}” does not say how strict it is"
                yield desk.finding(
                    (*path, "limit"), reason, "measure: within, about, bare, at_least or between"
                )
            if raw.get("kind") == "number" and ("min" in raw or "max" in raw) and not raw.get("unit"):
                yield desk.finding(
                    path, f"the number “{raw.get('id')}” is bounded but has no unit", "unit: 年"
                )


#: Words for files that are sensitive personal information (GB/T 45574—2025: 居民身份证照片, 犯罪记录 and the like).
_SENSITIVE = re.compile(
    "身份证|居住证|护照|户口|犯罪|病历|体检|诊断|残疾|征信|信用报告|银行卡|银行账|指纹|人脸|行程"
)


def sensitive_questions(desk: Desk) -> Iterator[Finding]:
    """What is sensitive asks for files, and a paper or a skip is left to whoever says no; what sounds so is marked so."""
    on_paper = {paper.question for paper in desk.programme.papers if paper.on_paper}
    for asked in desk.asked:
        question = asked.question
        files = question.accepts_files and question.keyboard == "none"
        if question.sensitive and not files:
            reason = f"“{question.id}” is sensitive, but what is typed cannot come on paper instead"
            yield desk.finding((*asked.path, "sensitive"), reason, "only a question for files is “sensitive”")
        elif question.sensitive and not (question.optional or question.id in on_paper):
            reason = f"whoever does not agree to “{question.id}” has no way to hand it in"
            yield desk.finding((*asked.path, "sensitive"), reason, "name it in a paper, or make it optional")
        elif files and not question.sensitive and (word := _SENSITIVE.search(question.label + question.ask)):
            reason = f"“{question.id}” asks for files with “{word.group()}” and no consent of its own"
            yield desk.finding(asked.path, reason, "sensitive: {what: …, why: …}")


def unused_questions(desk: Desk) -> Iterator[Finding]:
    """A question that no rule, branch, paper or print reads: data must not be collected for nothing."""
    used = {name for reading in desk.readings for name in reading.names}
    used |= {paper.question for paper in desk.programme.papers}
    used |= {
        name for each in desk.programme.parties for name in (each.relation, each.objection, *each.rechecks)
    }
    used |= {name for tree in desk.templates.values() for name in meta.find_undeclared_variables(tree)}
    used.add(desk.programme.preference)
    inner = _attributes(desk)
    for asked in desk.asked:
        names = {asked.question.id, *asked.question.derives}
        if names.isdisjoint(used if asked.form.party == LEADING else used | inner):
            reason = f"nothing reads the answer to “{asked.question.id}”"
            yield desk.finding(asked.path, reason, "use it in a print, rule, branch or paper, or do not ask")
        yield from _unused_fields(desk, asked, inner)


def _unused_fields(desk: Desk, asked: Asked, inner: set[str]) -> Iterator[Finding]:
    question = asked.question
    chosen = {getattr(question, key, "") for key in ("start_field", "end_field")}
    for index, field in enumerate(fields_of(question)):
        if {field.id, *field.derives}.isdisjoint(inner | chosen):
            reason = f"nothing reads “{field.id}” of “{question.id}”"
            yield desk.finding((*asked.path, "fields", index), reason, "print it, or do not ask")


def _attributes(desk: Desk) -> set[str]:
    """Names that expressions and prints read within rows: attributes, filter keywords, quoted names."""
    names: set[str] = set()
    trees = [reading.tree for reading in desk.readings] + [*desk.templates.values(), *desk.taken_in]
    for tree in trees:
        names |= {node.attr for node in tree.find_all(nodes.Getattr)}
        names |= {node.key for node in tree.find_all(nodes.Keyword)}
        names |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
        names |= {node.name for node in tree.find_all(nodes.Name)}
    return names
