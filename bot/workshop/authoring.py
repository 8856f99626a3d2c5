"""`jiangjian new`: a programme to begin with, made from the closest one; `jiangjian compare`: what two of them differ in."""

from __future__ import annotations

import difflib
import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from bot.house.failure import Failure
from bot.workshop import schemas
from bot.workshop.player import answered_by_files
from dialogs.asking import remarks_text
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.verdicts import verdict_text
from dialogs.view import View
from forms.across import supposed
from forms.answers import scope
from forms.casefile import CaseFile, case_texts, plain, read_case
from forms.inspection import Caps, inspect
from forms.kinds.base import Question
from forms.library import BUILT_IN, Library, shared_of
from forms.lint.todo import CHECK
from forms.loader import SHARED, DefinitionError, Source, load, read
from forms.packet import due_documents
from forms.printing.compose import compose
from forms.programme import Programme
from forms.readable import PlainFile

SCHEMAS = ".schema"
_UNNAMED = "（照通知填写）"
_ID = re.compile(r"[a-z][a-z0-9-]*")
_YEAR = re.compile(r"-((?:19|20)\d\d)$")
_HINT = re.compile(r"^# yaml-language-server:.*\n", re.MULTILINE)
_SAMPLE = re.compile(rf"(?:\.\./)+{SHARED}/files/([\w.-]+)")
_KEPT_OF_WINDOW = ("zone", "grace_minutes")
_SCHEMA_OF = {"programme.yaml": "programme", "rules.yaml": "rules", "forms": "form", "cases": "case"}

#: What is to be compared with the notice at each key of programme.yaml.
_NOTES: Mapping[str, str] = {
    "title": "the name of the programme",
    "notice": "the title of the notice",
    "issued": "the day of the notice",
    "places": "how many are chosen",
    "summary": "one sentence for people who choose among programmes",
    "counted_to": "to which day years are counted",
    "office": "name, address, telephone and e-mail, to the letter",
    "figures": "every number, with its clause",
    "routes": "every route, where its papers go, and its clause",
    "derived": "texts that are put together from answers",
    "documents": "every form with its title, copies and clause",
    "sheets": "every column, to the letter and in order",
    "papers": "every paper with its copies, form and clause",
    "plan": "what takes its days before the closing day: how many, and where the notice says so",
    "stages": "every stage with its time and ratio",
    "filing": "where everything goes, and how often",
    "declaration": "what the applicant declares",
    "open_points": "contradictions and gaps of this notice, with the reading adopted",
}


def closest(identifier: str, library: Library) -> Programme:
    """The programme to begin from: the latest of the same name, else the one that asks most.

    It is easier to strike out what a notice does not want than to write what it does.
    """
    if not library.offered:
        raise Failure("there is no programme to begin from")
    stem = _YEAR.sub("", identifier)
    same = [each for each in library.offered if _YEAR.sub("", each.id) == stem]
    return same[0] if same else max(library.offered, key=lambda each: len(each.leading.questions))


def scaffold(identifier: str, library: Library, origin: str, top: Path) -> tuple[Path, Programme]:
    """A new programme in `top`, made from `origin` (or the closest). Gives its directory and the origin.

    Raises `Failure` where the id will not do or the directory exists.
    """
    if not _ID.fullmatch(identifier):
        raise Failure(f"“{identifier}” is no id: small letters, figures and hyphens, e.g. nanning-2027")
    model = library.named(origin) if origin else closest(identifier, library)
    if model is None:
        raise Failure(f"there is no programme “{origin}” (known: {', '.join(p.id for p in library.offered)})")
    home = top / identifier
    if library.named(identifier):
        raise Failure(f"there is a programme “{identifier}” already: an edition of its own takes another id")
    if home.exists():
        raise Failure(f"{home} exists already")
    source, directory = library.source(model.digest), library.directories[model.id]
    shutil.copytree(directory / "cases", home / "cases") if (directory / "cases").is_dir() else None
    pages = {f"print/{document.template}" for document in model.documents}
    for name, text in source.files.items():
        if not name.startswith(f"{SHARED}/"):
            _write(home / name, _adapted(name, text, model.id, identifier, name in pages))
    if not (top / SHARED).is_dir() and directory.parent / SHARED != shared_of(home):
        shutil.copytree(directory.parent / SHARED, top / SHARED)
    schemas.write(top / SCHEMAS)
    made = load(read(home, shared_of(home)))
    for name, text in case_texts(home).items():
        _write(home / name, _case(name, text, made, home))
    return home, model


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _adapted(name: str, text: str, old: str, new: str, page: bool) -> str:
    """One file of the new programme, with its schema and a comment wherever somebody must look.

    `page` says whether it is the template of a document.
    """
    if page:
        return "{#- check: labels, cells and printed statements, to the letter -#}\n" + text
    if not name.endswith(".yaml"):
        return text
    text = _HINT.sub("", text)
    match name.partition("/")[0]:
        case "programme.yaml":
            text = _programme(text, old, new)
        case "rules.yaml":
            text = _marked(text, r"  - (?:id|\{id): *(\w+)", "its clause, condition and words")
        case "forms":
            text = _marked(text, r"  - id: *(\w+)", "its questions, labels, limits and clauses")
    return _hint(name) + text


def _hint(name: str) -> str:
    schema = _SCHEMA_OF[name.partition("/")[0]]
    return f"# yaml-language-server: $schema={'../' * (name.count('/') + 1)}{SCHEMAS}/{schema}.json\n"


def _marked(text: str, pattern: str, note: str) -> str:
    def mark(match: re.Match[str]) -> str:
        return f"  # check: {match[1]}: {note}\n{match[0]}"

    return re.sub(rf"^{pattern}", mark, text, flags=re.MULTILINE)


def _programme(text: str, old: str, new: str) -> str:
    """programme.yaml with the new id, without the old window, and with the year that the id says."""
    made = []
    for key, lines in _blocks(text):
        block = "".join(lines)
        if key == "id":
            block = re.sub(r"^id:.*", f"id: {new}", block)
        elif key == "window":
            block = _window(block)
        elif key in _NOTES:
            if key in ("title", "notice"):
                block = _named(key, block, old, new)
            block = f"# check: {_NOTES[key]}\n{block}"
        made.append(block)
    return "".join(made)


def _named(key: str, block: str, old: str, new: str) -> str:
    """The title of an edition with its year; that of another programme is still to be written."""
    if _YEAR.sub("", old) != _YEAR.sub("", new):
        return re.sub(rf"^{key}:.*\n(?:[ \t]+.*\n)*", f"{key}: {_UNNAMED}\n", block)
    before, after = _YEAR.search(old), _YEAR.search(new)
    return block.replace(before[1], after[1]) if before and after else block


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of each key at the top, with the key; comments above a key belong to the one before."""
    key = ""
    lines: list[str] = []
    for line in text.splitlines(keepends=True):
        begins = re.match(r"([a-z_]+):", line)
        if begins and lines:
            yield key, lines
            lines = []
        key = begins[1] if begins else key
        lines.append(line)
    yield key, lines


def _window(block: str) -> str:
    """No window: an edition never takes over the days of another."""
    before = " ".join(line.split("#")[0].strip() for line in block.splitlines()).strip()
    kept = [
        f"{key}: {match[1]}"
        for key in _KEPT_OF_WINDOW
        if (match := re.search(rf"{key}: *([^,}}\s]+)", block))
    ]
    rest = "".join(re.findall(r"^(?:#.*)?\n", block, re.MULTILINE))
    return f"# check: opens, closes and clause (before: {before})\nwindow: {{{', '.join(kept)}}}\n{rest}"


# Cases


def _case(name: str, text: str, made: Programme, home: Path) -> str:
    """A case file with its sample files beside it, expecting only what the new programme still gives."""
    if not (home.parent / SHARED / "files").is_dir():
        for sample in set(_SAMPLE.findall(text)):
            target = home / "cases" / "files" / sample
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(BUILT_IN / SHARED / "files" / sample, target)
        text = _SAMPLE.sub(r"files/\1", text)
    text = re.sub(r"^programme:.*", f"programme: {made.id}", text, flags=re.MULTILINE)
    try:
        kept, lost = _holding(read_case(name, text), made, home / "cases")
    except DefinitionError:
        return text  # `check` says what is wrong with it, as it does for the origin
    text = _hint(name) + _HINT.sub("", text)
    if not lost:
        return text
    before = "".join("".join(lines) for key, lines in _blocks(text) if key != "expect")
    notes = "".join(f"  # check: no longer so: {each}\n" for each in lost)
    block = "".join(f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in kept.items())
    return f"{before}expect:\n{notes}{block}" if block else f"{before}{notes.replace('  #', '#')}"


def _holding(case: CaseFile, programme: Programme, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """What still comes out as the case expects, and what does not."""
    answers = _with_files(programme.leading.questions, case.answers, folder)
    parts = {
        party: [_with_files(programme.form(party).questions, each, folder) for each in said]
        for party, said in case.parties.items()
        if programme.has_form(party)
    }
    counts = supposed(programme, scope(programme, answers, case.now, parts), case.peers)
    scene = Scene(case.now, (programme,), parts=parts, counts=counts)
    view = View(programme, Interview(answers=answers, appealed=case.appeal), scene)
    names, conclusion = view.scope, view.conclusion
    outcomes = {verdict.rule.id: verdict.outcome for verdict in view.verdicts}
    documents = [document.id for document in due_documents(programme, names)]
    expect = case.expect
    kept: dict[str, Any] = {}
    lost = []
    if expect.conclusion in (None, conclusion):
        kept["conclusion"] = expect.conclusion
    else:
        lost.append(f"conclusion: {expect.conclusion}")
    came = {rule: outcomes.get(rule, "absent") for rule in expect.verdicts}
    kept["verdicts"] = {rule: out for rule, out in expect.verdicts.items() if came[rule] == out}
    lost += [f"{rule}: {out}" for rule, out in expect.verdicts.items() if came[rule] != out]
    kept["says"], unsaid = _still_said(expect.says, {v.rule.id: verdict_text(view, v) for v in view.verdicts})
    kept["remarks"], unmarked = _still_said(expect.remarks, {q.id: remarks_text(view, q) for q in view.steps})
    lost += unsaid + unmarked
    if expect.documents is None or sorted(expect.documents) == sorted(documents):
        kept["documents"] = list(expect.documents or ())
    else:
        lost.append(f"documents: {', '.join(expect.documents)}")
    mark = "样张" if conclusion in ("late", "blocked", "ineligible") else ""
    pages = {
        document.id: mark + _shown(compose(programme, document, answers, names, parts).html)
        for document in due_documents(programme, names)
        if document.id in expect.text and document.template
    }
    kept["text"] = {}
    for name, texts in expect.text.items():
        missed = [text for text in texts if _bare(text) not in pages.get(name, _bare(text))]
        if len(missed) < len(texts):
            kept["text"][name] = [text for text in texts if text not in missed]
        lost += [f"{name} shows “{text}”" for text in missed]
    return {key: value for key, value in kept.items() if value}, lost


def _still_said(
    wanted: Mapping[str, Sequence[str]], sentences: Mapping[str, str]
) -> tuple[dict[str, list[str]], list[str]]:
    """Of the strings that sentences must show, those that they show, and those that they do not."""
    shown = {
        name: [text for text in texts if _bare(text) in _bare(sentences.get(name, ""))]
        for name, texts in wanted.items()
    }
    missed = [f"{name} says “{text}”" for name in wanted for text in wanted[name] if text not in shown[name]]
    return {name: texts for name, texts in shown.items() if texts}, missed


def _shown(page: str) -> str:
    return _bare(unescape(re.sub(r"<(style|title).*?</\1>|<[^>]*>", "", page, flags=re.DOTALL)))


def _bare(text: str) -> str:
    return "".join(text.split())


def _with_files(
    questions: Mapping[str, Question], answers: Mapping[str, Any], folder: Path
) -> dict[str, Any]:
    """The answers with what an inspection finds in place of each path."""
    taken = plain(dict(answers))
    for name in taken:
        if name in questions and answered_by_files(questions[name]):
            value = taken[name]
            taken[name] = (
                [_fact(folder / each) for each in value] if isinstance(value, list) else _fact(folder / value)
            )
    return dict(taken)


def _fact(path: Path) -> dict[str, Any]:
    inspected = inspect(PlainFile(path), path.name, path.name, Caps())
    return {key: value for key, value in inspected.model_dump().items() if value is not None}


# Comparing


def differences(one: Source, other: Source) -> Iterator[str]:
    """How the files of one programme differ from those of another, as unified diffs; what is to check is left out."""
    for name in sorted(one.files.keys() | other.files.keys()):
        if name.startswith(f"{SHARED}/"):
            continue
        before, after = (_lines(source.files.get(name, "")) for source in (one, other))
        yield from difflib.unified_diff(
            before, after, f"{one.id}/{name}", f"{other.id}/{name}", n=1, lineterm=""
        )


def _lines(text: str) -> list[str]:
    return [line for line in _HINT.sub("", text).splitlines() if not CHECK.search(line)]
