"""Rows of `records`: reading one from a typed line, and what a timeline must keep."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, SerializeAsAny

from forms.dates import PRESENT, Unreadable, leading, means_present, read, spoken
from forms.expressions import Pending, expression
from forms.filters import FILTERS
from forms.kinds import question
from forms.kinds.base import Answer, Check, Circumstances, Given, Question, Reading, Remark, Unfinished, Value
from forms.kinds.moments import MomentQuestion
from forms.kinds.name import NameQuestion
from forms.kinds.place import PlaceQuestion
from forms.kinds.prose import ProseQuestion
from forms.kinds.replies import Reply, reply
from forms.kinds.text import TextQuestion
from forms.message import Message, say

Row = dict[str, Value]


def _as_field(raw: object) -> object:
    if isinstance(raw, dict):
        if raw.get("kind") == "records":
            raise ValueError("a field cannot be records again")
        return question(raw)
    return raw


AnyField = Annotated[SerializeAsAny[Question], BeforeValidator(_as_field)]

_BULLET = re.compile(r"^\s*(?:[（(]?\d{1,2}(?:[、)）]|\.(?!\d)|\.(?=(?:19|20)\d\d[年./-]))|[-•·*▪◆●])\s*")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}
_WORDY = (TextQuestion, NameQuestion, PlaceQuestion, ProseQuestion)  # these take nearly any word
_LONGEST_LINE = 1000
_NO_MORE = frozenset(["跳过", "略过", "没有了", "没了", "写完了", "完了", "skip"])
_GAP = 3  # whole months between two entries that pass without a word
_LATE = 1  # years after the usual age that pass without a word

months_to = FILTERS["months_to"]


def path_of(fields: Sequence[Question], row: Mapping[str, Value]) -> list[Question]:
    """The fields that apply to a row, by what its earlier fields say."""
    steps = []
    for field in fields:
        try:
            if not field.when or expression(field.when).holds(row):
                steps.append(field)
        except Pending:
            continue
    return steps


def read_line(fields: Sequence[Question], line: str, about: Circumstances) -> Row:
    """What a line says about the fields: dates at its head or apart, then what fits, then the words in order."""
    row: Row = {}
    dates, rest = leading(_BULLET.sub("", line[:_LONGEST_LINE]))
    moments = [field for field in fields if isinstance(field, MomentQuestion)]
    for moment, text in zip(moments, dates, strict=False):
        _take(row, moment, text, about)
    if len(dates) > len(moments):
        return {}
    wordy = [field for field in fields if isinstance(field, _WORDY)]
    parts = _split(rest, str.isspace)
    needed = sum(field.id not in row and not field.optional for field in fields)
    if len(parts) < needed:
        parts = _split(rest, lambda char: char.isspace() or char in "，,；;|、/")
    for field in fields:
        if field.id not in row and not isinstance(field, _WORDY):
            found = next((part for part in parts if _take(row, field, part, about)), None)
            if found is not None:
                parts.remove(found)
    for index, field in enumerate(wordy, 1):
        if not parts:
            break
        last = index == len(wordy)
        _take(row, field, " ".join(parts) if last else parts[0], about)
        parts = parts[1:]
    return {field.id: row[field.id] for field in fields if field.id in row}


def _take(row: Row, field: Question, text: str, about: Circumstances) -> bool:
    if isinstance(field, MomentQuestion) and not _dated(text, about):
        return False  # a year within other words (2019年先进工作者) is no answer of its own
    reading = field.parse(Given(text=text), None, about)
    # The row is told back, so a guess at a year or a bare province needs no question of its own.
    guessable = isinstance(field, MomentQuestion | PlaceQuestion)
    if isinstance(reading, Answer) or (guessable and isinstance(reading, Check)):
        row[field.id] = reading.value
        return True
    return False


def _dated(text: str, about: Circumstances) -> bool:
    try:
        return means_present(text) or bool(read(text, about.today))
    except Unreadable:
        return False


def word(given: Given) -> str:
    """What was typed, to be held against a list of words."""
    return (given.text or "").strip("。.！! ").casefold()


def no_more(text: str) -> bool:
    """Whether it says that there are no more rows; typed within a row it passes over a field."""
    return word(Given(text=text)) in _NO_MORE


def _split(text: str, between: Any) -> list[str]:
    """The parts of a text, brackets and quotes kept whole."""
    parts, part, closing = [], "", ""
    for char in text:
        if closing:
            closing = "" if char == closing else closing
        elif char in _BRACKETS and _BRACKETS[char] in text:
            closing = _BRACKETS[char]
        elif between(char):
            parts.append(part)
            part = ""
            continue
        part += char
    return [kept for kept in (part.strip("，,；;、：: ") for part in [*parts, part]) if kept]


def backwards(row: Mapping[str, Value], start: str, end: str) -> Message | None:
    """What is to be said where a row ends before it starts."""
    begins, ends = row.get(start), row.get(end)
    if not begins or not ends or ends == PRESENT or ends[: len(begins)] >= begins[: len(ends)]:
        return None
    return say(
        "结束时间{end}比开始时间{start}还早。请重新写结束时间；开始写错了，就点“放弃这一条”。",
        end=spoken(ends),
        start=spoken(begins),
    )


def asked_back(state: Mapping[str, Value], value: Value, message: Message) -> Reading:
    """A field's value that waits for a yes; sentences within the message are put into Chinese."""
    values = {name: str(value) for name, value in message.values.items()}
    return Unfinished({**state, "confirm": {"value": value, "text": message.text, "values": values}})


def replied(field: Question, key: str | None, text: str | None, value: Value, about: Circumstances) -> Reply:
    """What a press or a message comes to where a field's value was asked back."""
    if key is not None:
        return Reply("yes" if key == "yes" else "no")
    if text is None:
        return Reply("unclear")
    return reply(text, value, lambda said: field.parse(Given(text=said), None, about), field.names(text))


def known_in(row: Row, about: Circumstances) -> Circumstances:
    """What a field may know: the fields of its row besides."""
    return replace(about, scope={**about.scope, **row})


def given_again(field: Question, value: Value, row: Row) -> list[Given]:
    """How a person would give a field's value, with a yes at the end where the field asks back."""
    about = Circumstances(today=date.max, scope=row)
    steps = list(field.replay(value))
    draft: Value = None
    reading: Reading | None = None
    for step in steps:
        reading = field.parse(step, draft, about)
        draft = reading.draft if isinstance(reading, Unfinished) else None
    return [*steps, Given(key="yes")] if isinstance(reading, Check) else steps


def rows_again(fields: Sequence[Question], rows: Sequence[Row]) -> tuple[Given, ...]:
    """How a person would give rows: field by field, with a yes wherever a field asks back, then the end."""
    steps: list[Given] = []
    for row in rows:
        steps.append(Given(key="add"))
        so_far: Row = {}
        for field in fields:
            if field.id in row:
                steps.extend(given_again(field, row[field.id], so_far))
                so_far[field.id] = row[field.id]
            elif field.optional and field in path_of(fields, so_far):
                steps.append(Given(key="skip"))
    return (*steps, Given(key="done"))


def in_one_line(fields: Sequence[Question], row: Row, period: Sequence[str]) -> str:
    """A row as people would type it; `period` names the start and end that are written as one."""
    shown = {field.id: str(field.show(row[field.id])) for field in fields if field.id in row}
    if period and all(name in shown for name in period):
        return " ".join(["—".join(shown.pop(name) for name in period), *shown.values()])
    return " ".join(shown.values())


def full_rows(fields: Sequence[Question], most: int, period: Sequence[str]) -> list[Row]:
    """So many rows, each field with its fullest answer; `period` names the start and end of a story in months."""
    rows = []
    for number in range(most):
        row: Row = {}
        for field in fields:
            if field in path_of(fields, row):
                row[field.id] = field.fullest()
        for years, name in enumerate(period, number):
            if name in row:
                row[name] = f"{1990 + years}-12" + ("-28" if len(row[name]) > len("1990-12") else "")
        rows.append(row)
    return rows


def row_remarks(fields: Sequence[Question], rows: Sequence[Row], about: Circumstances) -> list[Remark]:
    """What the fields remark on in each row."""
    found = []
    for number, row in enumerate(rows, 1):
        known = known_in(row, about)
        for field in fields:
            for remark in field.remarks(row[field.id], known) if field.id in row else ():
                message = say("第 {number} 条：{remark}", number=number, remark=remark.message)
                found.append(Remark(message, remark.blocking))
    return found


@dataclass(frozen=True)
class Story:
    """How rows tell a story in months: the fields of start and end, where it begins and when that was.

    It was at the usual `age`, or where `since` names a question in the month of its answer. A story with `pauses`
    (schooling) may have gaps and need not reach today.
    """

    start: str
    end: str
    hint: str = ""
    age: int = 13
    since: str = ""
    pauses: bool = False


def timeline_remarks(rows: Sequence[Row], story: Story, about: Circumstances) -> list[Remark]:
    """Gaps, overlaps, a late start and an early end of a story in months. None of them blocks."""
    start, end = story.start, story.end
    today = about.today.isoformat()[:7]
    said = []
    covered = ""
    for number, row in enumerate(rows, 1):
        begins, ends = row.get(start, ""), row.get(end, "")
        if not begins:
            continue
        if covered and not story.pauses and months_to(covered, begins) - 1 > _GAP:
            said.append(
                say(
                    "{end}到{start}之间空了一段，请补上，或确认确实没有。",
                    end=spoken(covered),
                    start=spoken(begins[:7]),
                )
            )
        if covered and begins[:7] < covered:
            said.append(
                say(
                    "第 {number} 条从{start}开始，和前面的时间重叠了，请核对。",
                    number=number,
                    start=spoken(begins[:7]),
                )
            )
        covered = max(covered, today if ends == PRESENT else (ends or begins)[:7])
    if covered and not story.pauses and months_to(covered, today) - 1 > _GAP:
        said.append(say("最后写到{end}，之后到现在的请补上。", end=spoken(covered)))
    first = next((row[start] for row in rows if start in row), "")
    begun = about.scope.get(story.since or "birth")
    late = _GAP if story.since else (story.age + _LATE) * 12
    if story.hint and first and isinstance(begun, str) and months_to(begun, first) > late:
        said.insert(
            0, say("第一条从{start}开始，请从{where}写起。", start=spoken(first[:7]), where=story.hint)
        )
    return [Remark(message) for message in said]


def without(state: Mapping[str, Value], *names: str) -> dict[str, Value]:
    """The mapping but for some names."""
    return {name: value for name, value in state.items() if name not in names}
