"""Rows of the same fields: 个人简历, 个人所获荣誉.

One clear question at a time, field by field; a whole row typed in one line is understood, and so are several.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from forms.kinds.base import Circumstances, Given, Key, Question, Reading, Remark, Unfinished, Value, pressed
from forms.kinds.filling import Filling
from forms.kinds.lines import no_more, read_line
from forms.kinds.moments import MomentQuestion
from forms.kinds.rows import full_rows, row_remarks, rows_again
from forms.kinds.table import Table
from forms.kinds.timeline import Story, timeline_remarks
from forms.kinds.told import Told
from forms.message import Message, say
from forms.understanding import Meaning

_LISTED = 12  # rows repeated under the question
_MANY = 12  # made-up rows where nothing says how many


class RecordsQuestion(Table):
    """Value: a list of {field id: value}; a field that was passed over is absent.

    Draft: {"rows": [...]} and, while a row is being filled in, "row": {...} with "skipped" (field ids), "sub" (the
    draft of the field in turn) and "confirm" (a value that waits for a yes, in words). "pick": a row to delete is chosen.
    "proposed": rows understood of a sentence that wait for a yes, as `Told.kept` has them; "queue": those of them that
    are asked for what they lack after the one that is being filled in, of which "known" holds the drafts of fields
    known in part. "begun": what is proposed follows from earlier answers, "enough": nothing will be added to it.
    """

    kind: Literal["records"] = "records"

    gathers: ClassVar[Message | None] = say("经历")

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The next step: a key, a value of the field in turn, or whole rows."""
        enough = bool(draft and draft.get("enough"))
        if draft and draft.get("begun") and pressed(given, self.own_keys(draft)) == "enough":
            given, enough = Given(key="yes"), True
        reading = Filling(self, about).taken(given, draft)
        if not enough or not isinstance(reading, Unfinished):
            return reading
        if reading.draft.keys() & {"row", "confirm", "proposed"}:
            return replace(reading, draft={**reading.draft, "enough": True})
        return Filling(self, about).taken(Given(key="done"), reading.draft)

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The rows so far, and the field in turn or the ways on."""
        state = draft or {"rows": []}
        rows = state["rows"]
        if state.get("confirm"):
            return (Message(state["confirm"]["text"], state["confirm"]["values"]),)
        if state.get("proposed"):
            return (self.proposed(state["proposed"]),)
        if state.get("pick"):
            return (say("要删掉哪一条？"),)
        said: list[Message | str] = []
        if rows and "row" not in state:
            listed = self.listed(rows, max(len(rows) - _LISTED, 0))
            said.append(say("已有 {count} 条：\n{rows}", count=len(rows), rows=listed))
            said.append(say("还有就接着发，没有了请点“写完了”。"))
        elif "row" not in state:
            said.append(
                say("可以一行写一条，几行一起发也行。例如：{example}", example=self.example or self.pattern())
            )
        field = self.in_turn(state)
        if field is not None and ("row" in state or not rows):
            if state.get("row"):
                said.append(say("这一条：{row}", row=self.line(state["row"])))
            said.extend((field.ask, *field.prompt(state.get("sub"))))
        return tuple(said)

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The keys of the field in turn, then its own."""
        state = draft or {"rows": []}
        asked = "row" in state or not state["rows"]
        asked_back = state.get("confirm") or state.get("proposed")
        field = self.in_turn(state) if asked and not asked_back else None
        return (*(field.keys(state.get("sub")) if field else ()), *self.own_keys(state))

    def holds(self, draft: Value) -> bool:
        """Rows, or one that is being filled in or asked back."""
        return bool(draft and (draft["rows"] or "row" in draft or draft.get("proposed")))

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """What is asked back; that there are no more rows; what the field in turn takes."""
        state = draft or {"rows": []}
        if state.get("confirm"):
            return meant in ("yes", "no", "none")
        if meant == "none":
            return True
        field = self.in_turn(state) if "row" in state else None
        if field is None:
            return meant == "no" and bool(state["rows"])
        return field.takes(meant, state.get("sub"))

    def names(self, text: str) -> bool:
        """Whether it says that there are no more rows."""
        return no_more(text)

    def asked_in(self, draft: Value) -> Question:
        """The field in turn while a row is being filled in."""
        return (self.in_turn(draft) if draft and "row" in draft else None) or self

    def reopen(self, value: Value) -> Value | None:
        """The rows as they stand."""
        return {"rows": value}

    def begun(self, text: str, about: Circumstances) -> Value | None:
        """The lines as rows that wait for a yes; one that says nothing but words names what the row is about."""
        wordy = next((field.id for field in self.fields if not isinstance(field, MomentQuestion)), "")
        lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
        rows = []
        for line in lines[: self.max_rows]:
            heard = read_line(self.fields, line, about)
            rows.append(heard if wordy in heard.row else Told({wordy: line}))
        return {"rows": [], "proposed": [row.kept() for row in rows], "begun": True} if rows else None

    def taken_up(self, value: Value) -> Value | None:
        """The rows as they stand: what is missing of a story is sent as one more."""
        return self.reopen(value)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """What the fields remark on in each row, and the timeline as a whole."""
        remarks = row_remarks(self.fields, value, about)
        if self.timeline:
            ends = self.start_field, self.end_field
            story = Story(*ends, self.start_hint, self.start_age, self.start_from, self.pauses)
            remarks.extend(timeline_remarks(value, story, about))
        return tuple(remarks)

    def show(self, value: Value) -> str | Message:
        """The rows, one to a line."""
        return self.listed(value) or say("没有")

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
        return full_rows(self.fields, most, self.period)
