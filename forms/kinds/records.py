"""Rows of the same fields: 个人简历, 个人所获荣誉.

One clear question at a time, field by field; a whole row typed in one line is understood, and so are several.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Key,
    Problem,
    Question,
    Reading,
    Remark,
    Unfinished,
    Value,
    doubt,
    pressed,
    stale,
    unclear,
)
from forms.kinds.moments import MomentQuestion
from forms.kinds.rows import (
    AnyField,
    Row,
    Story,
    asked_back,
    backwards,
    full_rows,
    in_one_line,
    known_in,
    no_more,
    path_of,
    read_line,
    replied,
    row_remarks,
    rows_again,
    timeline_remarks,
    without,
)
from forms.message import Message, Own, say

_DROP = re.compile(r"删(?:除|掉|了)?第?\s*(\d{1,3})\s*条?")
_LISTED = 12  # rows repeated under the question
_MANY = 12  # made-up rows where nothing says how many


class RecordsQuestion(Question):
    """Value: a list of {field id: value}; a field that was passed over is absent.

    Draft: {"rows": [...]} and, while a row is being filled in, "row": {...} with "skipped" (field ids), "sub" (the
    draft of the field in turn) and "confirm" (a value that waits for a yes, in words). "pick": a row to delete is chosen.
    """

    kind: Literal["records"] = "records"
    fields: tuple[AnyField, ...] = Field(min_length=1)
    row_title: str = "记录"
    min_rows: int | None = Field(None, ge=0)
    max_rows: int = Field(60, ge=1)
    timeline: bool = False
    start_field: str = ""
    end_field: str = ""
    start_hint: str = ""
    start_age: int = 13
    start_from: str = ""
    pauses: bool = False

    multiline: ClassVar[bool] = True

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [field.id for field in self.fields]
        if len(set(ids)) < len(ids):
            raise ValueError("two fields have the same id")
        moments = {field.id for field in self.fields if isinstance(field, MomentQuestion)}
        if self.timeline and not {self.start_field, self.end_field} <= moments:
            raise ValueError(
                "a timeline needs “start_field” and “end_field”: the ids of month or date fields"
            )
        return self

    @property
    def _least(self) -> int:
        return self.min_rows if self.min_rows is not None else int(not self.optional)

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The next step: a key, a value of the field in turn, or whole rows."""
        state: dict[str, Value] = dict(draft) if draft else {"rows": []}
        if state.get("confirm"):
            return self._confirmed(given, state, about)
        key = pressed(given, self._own_keys(state))
        if key == "add" and "row" not in state:
            if len(state["rows"]) >= self.max_rows:
                return self._full()
            return Unfinished({"rows": state["rows"], "row": {}})
        if key is not None and any(known.value == key for known in self._own_keys(state)):
            return self._command(key, state, about)
        if "row" in state:
            return self._field(given, state, about)
        return self._begun(given, state, about)

    # Keys of its own

    def _own_keys(self, state: Mapping[str, Value]) -> tuple[Key, ...]:
        rows = state["rows"]
        if state.get("confirm"):
            return Key("yes", say("对的")), Key("no", say("不对，重填"))
        if "row" in state:
            field = self._in_turn(state)
            keys = [Key("skip", say("这一项没有"))] if field and field.optional else []
            return (*keys, Key("cancel", say("放弃这一条")))
        if state.get("pick"):
            drops = (Key(f"drop:{index}", self._numbered(index, row)) for index, row in enumerate(rows))
            return (*drops, Key("back", say("不删了")))
        keys = [Key("add", say("再加一条") if rows else say("一项一项填"))]
        if len(rows) >= self._least:
            keys.append(Key("done", say("写完了") if rows else say("没有可填的"), primary=bool(rows)))
        if rows:
            keys.append(Key("undo", say("删掉最后一条")))
        if len(rows) > 1:
            keys.append(Key("pick", say("删掉某一条")))
        return tuple(keys)

    def _command(self, key: str, state: dict[str, Value], about: Circumstances) -> Reading:
        rows: list[Row] = list(state["rows"])
        match key:
            case "done":
                return Answer(rows, tuple(remark.message for remark in self.remarks(rows, about)))
            case "undo":
                return self._dropped(rows, len(rows) - 1)
            case "pick":
                return Unfinished({"rows": rows, "pick": True})
            case "skip":
                field = self._in_turn(state)
                skipped = [*state.get("skipped", ()), field.id if field else ""]
                return self._advanced({**without(state, "sub"), "skipped": skipped}, ())
            case "back" | "cancel":
                return Unfinished({"rows": rows})
            case _:
                return self._dropped(rows, int(key.removeprefix("drop:")))

    def _dropped(self, rows: list[Row], index: int) -> Reading:
        said = say("删掉了：{row}", row=self.line(rows[index]))
        return Unfinished({"rows": rows[:index] + rows[index + 1 :]}, (said,))

    def _full(self) -> Problem:
        return Problem(say("最多写 {most} 条，已经满了。请点“写完了”，或先删掉一条。", most=self.max_rows))

    # Between rows

    def _begun(self, given: Given, state: dict[str, Value], about: Circumstances) -> Reading:
        rows: list[Row] = list(state["rows"])
        drop = _DROP.fullmatch(given.text.strip()) if given.text else None
        if drop and 1 <= int(drop[1]) <= len(rows):
            return self._dropped(rows, int(drop[1]) - 1)
        if state.get("pick"):
            return Problem(say("请点要删的那一条，或点“不删了”。"))
        if no_more(given.text or ""):
            if len(rows) >= self._least:
                return self._command("done", state, about)
            return Problem(say("这里要写，至少 {least} 条。", least=self._least))
        if len(rows) >= self.max_rows:
            return self._full()
        lines = [line for line in (given.text or "").splitlines() if line.strip()]
        if len(lines) > 1:
            return self._several(lines, rows, about)
        whole = self._whole(given.text or "", rows, about)
        return whole or self._field(given, {"rows": rows, "row": {}}, about)

    def _whole(self, text: str, rows: list[Row], about: Circumstances) -> Reading | None:
        row = read_line(self.fields, text, about)
        if len(row) < 2:
            return None
        refusal = self._backwards(row)
        if refusal:
            del row[self.end_field]
        state = {"rows": rows, "row": row, "skipped": self._passed(row)}
        return self._advanced(state, (refusal,) if refusal else ())

    def _several(self, lines: list[str], rows: list[Row], about: Circumstances) -> Reading:
        """Every line that is a whole row is kept; the others are named, to be sent again."""
        unread = []
        before = len(rows)
        for line in lines:
            row = read_line(self.fields, line, about)
            whole = len(row) > 1 and not self._missing(row) and not self._backwards(row)
            if whole and len(rows) < self.max_rows:
                rows = self._with(rows, row)
            else:
                unread.append(line.strip())
        if len(rows) == before:
            return Problem(
                say(
                    "这几行没看懂。请一行写一条，各项用空格隔开。例如：{example}",
                    example=self.example or self._pattern(),
                )
            )
        said = [say("记下了 {count} 条。", count=len(rows) - before)]
        if unread:
            lines_left = "\n".join(line[:60] for line in unread[:10])
            said.append(
                say(
                    "下面 {count} 行没看懂，没有记，请补全后再发：\n{lines}",
                    count=len(unread),
                    lines=Own(lines_left),
                )
            )
        return Unfinished({"rows": rows}, tuple(said))

    def _pattern(self) -> str:
        return " ".join(field.label for field in self.fields)

    # Within a row

    def _in_turn(self, state: Mapping[str, Value]) -> Question | None:
        row, skipped = state.get("row") or {}, state.get("skipped", ())
        fields = (
            field for field in path_of(self.fields, row) if field.id not in row and field.id not in skipped
        )
        return next(fields, None)

    def _missing(self, row: Row) -> list[Question]:
        return [field for field in path_of(self.fields, row) if field.id not in row and not field.optional]

    def _passed(self, row: Row) -> list[str]:
        """A whole line says by leaving them out that optional fields are to stay empty."""
        return [] if self._missing(row) else [field.id for field in self.fields if field.id not in row]

    def _field(
        self, given: Given, state: dict[str, Value], about: Circumstances, sure: bool = True
    ) -> Reading:
        field = self._in_turn(state)
        if field is None:
            return stale()
        row: Row = state["row"]
        if no_more(given.text or ""):
            if field.optional:
                return self._command("skip", state, about)
            return Problem(say("这一项要填。这一条不写了，就点“放弃这一条”。"))
        reading = field.parse(given, state.get("sub"), known_in(row, about))
        if isinstance(reading, Check | Problem) and given.text and not row:
            whole = self._whole(given.text, state["rows"], about)
            if whole:
                return whole
        match reading:
            case Answer() if not sure:
                return asked_back(state, reading.value, doubt(field, reading.value))
            case Answer():
                return self._filled(field, reading.value, state, reading.said)
            case Unfinished():
                return Unfinished({**state, "sub": reading.draft}, reading.said)
            case Check():
                return asked_back(state, reading.value, reading.message)
            case Problem():
                return reading

    def _confirmed(self, given: Given, state: dict[str, Value], about: Circumstances) -> Reading:
        pending, state = state["confirm"], without(state, "confirm")
        key = pressed(given, self._own_keys({**state, "confirm": pending}))
        field = self._in_turn(state)
        if field is None or given.key not in (None, key):
            return stale()
        said = replied(field, key, given.text, pending["value"], known_in(state["row"], about))
        afresh = without(state, "sub")
        if said.kind == "yes":
            return self._filled(field, pending["value"], state, ())
        if said.kind != "anew":
            return Unfinished(afresh) if said.kind == "no" else unclear()
        again = self._field(Given(text=said.text), afresh if said.afresh else state, about, said.sure)
        return Unfinished(afresh, (again.message,)) if said.afresh and isinstance(again, Problem) else again

    def _filled(
        self, field: Question, value: Value, state: dict[str, Value], said: tuple[Message, ...]
    ) -> Reading:
        row = {**state["row"], field.id: value}
        refusal = self._backwards(row)
        if refusal:
            return Problem(refusal)
        return self._advanced({**without(state, "sub"), "row": row}, said)

    def _advanced(self, state: dict[str, Value], said: tuple[Message, ...]) -> Reading:
        if self._in_turn(state) is not None:
            return Unfinished(state, said)
        row = {field.id: state["row"][field.id] for field in self.fields if field.id in state["row"]}
        if not row:
            return Unfinished({"rows": state["rows"]}, said)
        return Unfinished({"rows": self._with(state["rows"], row)}, said)

    def _with(self, rows: list[Row], row: Row) -> list[Row]:
        """The rows with one more; a timeline stays in the order of its starts."""
        added = [*rows, row]
        return sorted(added, key=lambda known: known.get(self.start_field, "")) if self.timeline else added

    def _backwards(self, row: Row) -> Message | None:
        return backwards(row, self.start_field, self.end_field) if self.timeline else None

    # What is said and shown

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The rows so far, and the field in turn or the ways on."""
        state = draft or {"rows": []}
        rows = state["rows"]
        if state.get("confirm"):
            return (Message(state["confirm"]["text"], state["confirm"]["values"]),)
        if state.get("pick"):
            return (say("要删掉哪一条？"),)
        said: list[Message | str] = []
        if rows and "row" not in state:
            listed = self._listed(rows, max(len(rows) - _LISTED, 0))
            said.append(say("已有 {count} 条：\n{rows}", count=len(rows), rows=listed))
            said.append(say("还有就接着发，没有了请点“写完了”。"))
        elif "row" not in state:
            said.append(
                say(
                    "可以一行写一条，几行一起发也行。例如：{example}", example=self.example or self._pattern()
                )
            )
        field = self._in_turn(state)
        if field is not None and ("row" in state or not rows):
            if state.get("row"):
                said.append(say("这一条：{row}", row=self.line(state["row"])))
            said.extend((field.ask, *field.prompt(state.get("sub"))))
        return tuple(said)

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The keys of the field in turn, then its own."""
        state = draft or {"rows": []}
        asked = "row" in state or not state["rows"]
        field = self._in_turn(state) if asked and not state.get("confirm") else None
        return (*(field.keys(state.get("sub")) if field else ()), *self._own_keys(state))

    def line(self, row: Row) -> str:
        """A row in one line, as people would type it."""
        return Own(in_one_line(self.fields, row, (self.start_field, self.end_field) if self.timeline else ()))

    def _numbered(self, index: int, row: Row) -> str:
        return Own(f"{index + 1}. {self.line(row)}")

    def holds(self, draft: Value) -> bool:
        """Rows, or one that is being filled in."""
        return bool(draft and (draft["rows"] or "row" in draft))

    def names(self, text: str) -> bool:
        """Whether it says that there are no more rows."""
        return no_more(text)

    def asked_in(self, draft: Value) -> Question:
        """The field in turn while a row is being filled in."""
        return (self._in_turn(draft) if draft and "row" in draft else None) or self

    def reopen(self, value: Value) -> Value | None:
        """The rows as they stand."""
        return {"rows": value}

    def taken_up(self, value: Value) -> Value | None:
        """The rows as they stand: what is missing of a story is sent as one more."""
        return self.reopen(value)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """What the fields remark on in each row, and the timeline as a whole."""
        found = row_remarks(self.fields, value, about)
        if self.timeline:
            ends = self.start_field, self.end_field
            story = Story(*ends, self.start_hint, self.start_age, self.start_from, self.pauses)
            found.extend(timeline_remarks(value, story, about))
        return tuple(found)

    def show(self, value: Value) -> str | Message:
        """The rows, one to a line."""
        return self._listed(value) or say("没有")

    def _listed(self, rows: list[Row], start: int = 0) -> Own:
        return Own("\n".join(self._numbered(index, row) for index, row in enumerate(rows[start:], start)))

    def printed(self, value: Value) -> str:
        """The rows, one to a line; a form with its own table prints the fields."""
        rows = ([f.printed(row[f.id]) for f in self.fields if f.id in row] for row in value)
        return "\n".join(" ".join(row) for row in rows)

    def files(self, value: Value) -> tuple[str, ...]:
        """Files in any field."""
        return tuple(file for row in value for f in self.fields if f.id in row for file in f.files(row[f.id]))

    def replay(self, value: Value) -> tuple[Given, ...]:
        """Row by row and field by field, with a yes wherever a field asks back, then the end."""
        return rows_again(self.fields, value)

    def fullest(self) -> Value:
        """As many rows as are taken, each filled in whole; a story runs without gaps from 1990 on."""
        most = self.max_rows if "max_rows" in self.model_fields_set else _MANY
        return full_rows(self.fields, most, (self.start_field, self.end_field) if self.timeline else ())
