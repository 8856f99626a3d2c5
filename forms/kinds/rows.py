"""Rows of `records`: which fields apply, what was asked back, and how a row is said, remarked on and given again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, SerializeAsAny

from forms.expressions import Pending, expression
from forms.kinds import question
from forms.kinds.base import Check, Circumstances, Given, Question, Reading, Remark, Unfinished, Value
from forms.kinds.replies import Reply, reply
from forms.message import Message, say

Row = dict[str, Value]


def _as_field(raw: object) -> object:
    if isinstance(raw, dict):
        if raw.get("kind") == "records":
            raise ValueError("a field cannot be records again")
        return question(raw)
    return raw


AnyField = Annotated[SerializeAsAny[Question], BeforeValidator(_as_field)]


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
    remarks = []
    for number, row in enumerate(rows, 1):
        around = known_in(row, about)
        for field in fields:
            for remark in field.remarks(row[field.id], around) if field.id in row else ():
                message = say("第 {number} 条：{remark}", number=number, remark=remark.message)
                remarks.append(Remark(message, remark.blocking))
    return remarks


def without(state: Mapping[str, Value], *names: str) -> dict[str, Value]:
    """The mapping but for some names."""
    return {name: value for name, value in state.items() if name not in names}
