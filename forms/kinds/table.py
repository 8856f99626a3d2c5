"""The table that `records` fills in: its fields and limits, and how its rows read.

A row is {field id: value}; a field that was passed over is absent. What a draft may hold stands at `RecordsQuestion`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Self

from pydantic import Field, model_validator

from forms.kinds.base import Key, Problem, Question, Value
from forms.kinds.moments import MomentQuestion
from forms.kinds.rows import AnyField, Row, in_one_line, path_of
from forms.kinds.timeline import backwards
from forms.kinds.told import Told
from forms.message import Message, Own, say


class Table(Question):
    """What `forms.kinds.filling` fills in. `state` is the draft, as `RecordsQuestion` says; {"rows": []} to begin with."""

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
    def least(self) -> int:
        """How many rows there have to be."""
        return self.min_rows if self.min_rows is not None else int(not self.optional)

    def own_keys(self, state: Mapping[str, Value]) -> tuple[Key, ...]:
        """The keys of the table itself, beside those of the field in turn."""
        rows = state["rows"]
        if state.get("confirm"):
            return Key("yes", say("对的")), Key("no", say("不对，重填"))
        if state.get("proposed") and state.get("begun"):
            enough = Key("enough", say("对的，就这些"), primary=True)
            return enough, Key("yes", say("对的，还有别的")), Key("no", say("不对，重写"))
        if state.get("proposed"):
            return Key("yes", say("对的"), primary=True), Key("no", say("不对，重写"))
        if "row" in state:
            field = self.in_turn(state)
            keys = [Key("skip", say("这一项没有"))] if field and field.optional else []
            return (*keys, Key("cancel", say("放弃这一条"), quiet=True))
        if state.get("pick"):
            drops = (Key(f"drop:{index}", self.numbered(index, row)) for index, row in enumerate(rows))
            return (*drops, Key("back", say("不删了")))
        keys = [Key("add", say("再加一条") if rows else say("一项一项填"))]
        if len(rows) >= self.least:
            keys.append(Key("done", say("写完了") if rows else say("没有可填的"), primary=bool(rows)))
        if rows:
            keys.append(Key("undo", say("删掉最后一条"), quiet=True))
        if len(rows) > 1:
            keys.append(Key("pick", say("删掉某一条"), quiet=True))
        return tuple(keys)

    def full(self) -> Problem:
        """What is said where no row has room any more."""
        return Problem(say("最多写 {most} 条，已经满了。请点“写完了”，或先删掉一条。", most=self.max_rows))

    def pattern(self) -> str:
        """The labels in the order in which a row is typed in one line."""
        return " ".join(field.label for field in self.fields)

    def in_turn(self, state: Mapping[str, Value]) -> Question | None:
        """The field that is asked next of the row that is being filled in; None where it is whole."""
        row, skipped = state.get("row") or {}, state.get("skipped", ())
        fields = (
            field for field in path_of(self.fields, row) if field.id not in row and field.id not in skipped
        )
        return next(fields, None)

    def missing(self, row: Row) -> list[Question]:
        """The fields that a row still needs."""
        return [field for field in path_of(self.fields, row) if field.id not in row and not field.optional]

    def passed(self, row: Row) -> list[str]:
        """A whole line says by leaving them out that optional fields are to stay empty."""
        return [] if self.missing(row) else [field.id for field in self.fields if field.id not in row]

    @property
    def period(self) -> tuple[str, ...]:
        """The fields of start and end where the rows tell a story, else none."""
        return (self.start_field, self.end_field) if self.timeline else ()

    def whole(self, heard: Told) -> bool:
        """Whether what was told is a row that needs no question."""
        return len(heard.row) > 1 and not self.missing(heard.row) and not self.backwards(heard.row)

    def proposed(self, proposals: Sequence[Mapping[str, Value]]) -> Message:
        """The question whether rows were understood aright; what is known of them in part is shown as it is."""
        lines, open_fields = [], False
        for number, each in enumerate(proposals):
            row = {**each["row"], **{name: draft["known"] for name, draft in each["known"].items()}}
            lines.append(self.numbered(number, row))
            open_fields = open_fields or bool(self.missing(each["row"]))
        asked = say("听懂了这 {count} 条，对吗？\n{rows}", count=len(lines), rows=Own("\n".join(lines)))
        return (
            say(
                "听懂了这 {count} 条，对吗？对的话，缺的再问您。\n{rows}",
                count=len(lines),
                rows=Own("\n".join(lines)),
            )
            if open_fields
            else asked
        )

    def with_row(self, rows: list[Row], row: Row) -> list[Row]:
        """The rows with one more; a timeline stays in the order of its starts."""
        added = [*rows, row]
        return sorted(added, key=lambda each: each.get(self.start_field, "")) if self.timeline else added

    def backwards(self, row: Row) -> Message | None:
        """What is to be said where a row of a timeline ends before it starts."""
        return backwards(row, self.start_field, self.end_field) if self.timeline else None

    def line(self, row: Row) -> str:
        """A row in one line, as people would type it."""
        return Own(in_one_line(self.fields, row, self.period))

    def numbered(self, index: int, row: Row) -> str:
        """A row in one line, by its number from 1 on; `index` counts from 0."""
        return Own(f"{index + 1}. {self.line(row)}")

    def listed(self, rows: list[Row], start: int = 0) -> Own:
        """The rows from `start` on, one to a line."""
        return Own("\n".join(self.numbered(index, row) for index, row in enumerate(rows[start:], start)))
