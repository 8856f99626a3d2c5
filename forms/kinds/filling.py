"""How the rows of `records` come in: a key, a value of the field in turn, or whole rows, one or several at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.assent import hear
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Problem,
    Question,
    Reading,
    Unfinished,
    Value,
    doubt,
    pressed,
    stale,
    unclear,
)
from forms.kinds.lines import heading, honoured, no_more, of_a_year, read_line, regrouped
from forms.kinds.moments import MomentQuestion
from forms.kinds.rows import Row, asked_back, known_in, replied, without
from forms.kinds.spoken import told
from forms.kinds.table import Table
from forms.kinds.told import Told
from forms.message import Message, Own, say

_FIGURE = re.compile(r"\d")
_APART = re.compile(r"[\s、，,；;]+")
_DROP = re.compile(r"删(?:除|掉|了)?第?\s*(\d{1,3})\s*条?")


@dataclass(frozen=True)
class Filling:
    """One step of filling in a table, under the circumstances of the moment."""

    table: Table
    about: Circumstances

    def taken(self, given: Given, draft: Value) -> Reading:
        """The next step: a key, a value of the field in turn, or whole rows."""
        state: dict[str, Value] = dict(draft) if draft else {"rows": []}
        if state.get("confirm"):
            return self._confirmed(given, state)
        if state.get("proposed"):
            return self._agreed(given, state)
        key = pressed(given, self.table.own_keys(state))
        if key == "add" and "row" not in state:
            if len(state["rows"]) >= self.table.max_rows:
                return self.table.full()
            return Unfinished({"rows": state["rows"], "row": {}})
        if key is not None and any(each.value == key for each in self.table.own_keys(state)):
            return self._command(key, state)
        if "row" in state:
            return self._field(given, state)
        return self._begun(given, state)

    def _command(self, key: str, state: dict[str, Value]) -> Reading:
        rows: list[Row] = list(state["rows"])
        match key:
            case "done":
                return Answer(rows, tuple(remark.message for remark in self.table.remarks(rows, self.about)))
            case "undo":
                return self._dropped(rows, len(rows) - 1)
            case "pick":
                return Unfinished({"rows": rows, "pick": True})
            case "skip":
                field = self.table.in_turn(state)
                skipped = [*state.get("skipped", ()), field.id if field else ""]
                return self._advanced({**without(state, "sub"), "skipped": skipped}, ())
            case "cancel":
                return self._next(rows, state.get("queue", ()))
            case "back":
                return Unfinished({"rows": rows})
            case _:
                return self._dropped(rows, int(key.removeprefix("drop:")))

    def _dropped(self, rows: list[Row], index: int) -> Reading:
        said = say("删掉了：{row}", row=self.table.line(rows[index]))
        return Unfinished({"rows": rows[:index] + rows[index + 1 :]}, (said,))

    # Between rows

    def _begun(self, given: Given, state: dict[str, Value]) -> Reading:
        rows: list[Row] = list(state["rows"])
        drop = _DROP.fullmatch(given.text.strip()) if given.text else None
        if drop and 1 <= int(drop[1]) <= len(rows):
            return self._dropped(rows, int(drop[1]) - 1)
        if state.get("pick"):
            return Problem(say("请点要删的那一条，或点“不删了”。"))
        if no_more(given.text or ""):
            if len(rows) >= self.table.least:
                return self._command("done", state)
            return Problem(say("这里要写，至少 {least} 条。", least=self.table.least))
        if len(rows) >= self.table.max_rows:
            return self.table.full()
        lines = [line for line in (given.text or "").splitlines() if line.strip() and not heading(line)]
        if len(lines) > 1 and no_more(lines[-1]):
            return self._ended(self._begun(Given(text="\n".join(lines[:-1])), state))
        lines = regrouped(self._named_in(lines), len(self.table.fields))
        spoken = told(self.table.fields, lines, self.table.period, self.about)
        if spoken:
            return self._proposed(rows, spoken)
        if len(lines) > 1:
            return self._several(lines, rows)
        whole = self._whole("".join(lines), rows)
        return whole or self._field(given, {"rows": rows, "row": {}})

    def _ended(self, reading: Reading) -> Reading:
        """The end that was said behind the rows, where all of them were understood and nothing is to be asked."""
        if not isinstance(reading, Unfinished) or reading.draft.keys() & {"row", "confirm", "proposed"}:
            return reading
        if len(reading.draft["rows"]) < self.table.least or _unread(reading):
            return reading
        return self._command("done", reading.draft)

    def _proposed(self, rows: list[Row], proposals: list[Told], said: tuple[Message, ...] = ()) -> Reading:
        return Unfinished({"rows": rows, "proposed": [each.kept() for each in proposals]}, said)

    def _agreed(self, given: Given, state: dict[str, Value]) -> Reading:
        """A yes to what was proposed, a no, or rows said anew."""
        rows: list[Row] = list(state["rows"])
        key = pressed(given, self.table.own_keys(state))
        if given.text is None and key not in ("yes", "no"):
            return stale()
        heard = hear(given.text or "")
        if no_more(given.text or ""):
            return unclear()
        if key == "yes" or (key is None and heard.yes and not heard.rest):
            return self._next(rows, state["proposed"])
        if key == "no" or (heard.yes is False and not heard.rest):
            return Unfinished({"rows": rows}, (say("好，这几条没有记。请再写一次，一行写一条最清楚。"),))
        if not heard.rest:
            return unclear()
        return self._begun(Given(text=heard.rest), {"rows": rows})

    def _next(self, rows: list[Row], queue: Sequence[Mapping[str, Value]]) -> Reading:
        """The rows of a queue are added as long as they lack nothing; the first that does is asked for it."""
        if not queue:
            return Unfinished({"rows": rows})
        if len(rows) >= self.table.max_rows:
            return Unfinished({"rows": rows}, (self.table.full().message,))
        first, *rest = queue
        row, partial = first["row"], first["known"]
        passed = [f.id for f in self.table.fields if f.optional and f.id not in row and f.id not in partial]
        state = {"rows": rows, "row": row, "known": partial, "skipped": passed, "queue": rest}
        return self._advanced(state, ())

    def _whole(self, text: str, rows: list[Row]) -> Reading | None:
        line = read_line(self.table.fields, text, self.about)
        if not self._is_row(line):
            return None
        if line.guessed:
            return self._proposed(rows, [line])
        row = line.row
        refusal = self.table.backwards(row)
        if refusal:
            del row[self.table.end_field]
        state = {"rows": rows, "row": row, "skipped": self.table.passed(row), "known": line.known}
        return self._advanced(state, (refusal,) if refusal else ())

    def _named_in(self, lines: list[str]) -> list[str]:
        """Each honour in a line of its own where they stand in one without a date: 广西技术能手、南宁工匠."""
        if len(lines) != 1 or self.table.end_field or "\t" in lines[0]:
            return lines
        names = [name for name in _APART.split(lines[0].strip(" 。.")) if name]
        return names if all(honoured(name) and not _FIGURE.search(name) for name in names) else lines

    def _lacks(self, line: Told, text: str) -> bool:
        """Whether it is clear what a row lacks: a guess, a month, the date of an honour, cells of a table."""
        dated = any(isinstance(field, MomentQuestion) and line.says(field) for field in self.table.fields)
        return bool(dated or line.guessed or line.said == 1 or "\t" in text.strip())

    def _is_row(self, line: Told) -> bool:
        """Whether a line is a row: two of its fields, or what an honour is called; its date is asked for then."""
        name = next((value for value in line.row.values() if isinstance(value, str)), "")
        called = of_a_year(name) or honoured(name)
        return line.said > 1 or (line.said == 1 and not self.table.end_field and called)

    def _several(self, lines: list[str], rows: list[Row]) -> Reading:
        """Every line that is a whole row is kept, guesses are asked about; the others are named, to be sent again."""
        unread: list[str] = []
        proposals: list[Told] = []
        before = len(rows)
        for line in lines:
            told_here = read_line(self.table.fields, line, self.about)
            room = len(rows) + len(proposals) < self.table.max_rows
            if room and self.table.whole(told_here) and not told_here.guessed and not told_here.known:
                rows = self.table.with_row(rows, told_here.row)
            elif room and self._is_row(told_here) and self._lacks(told_here, line):
                proposals.append(told_here)
            else:
                unread.append(line.strip())
        if len(rows) == before and not proposals:
            return Problem(
                say(
                    "这几行没看懂。请一行写一条，各项用空格隔开。例如：{example}",
                    example=self.table.example or self.table.pattern(),
                )
            )
        said = [say("记下了 {count} 条。", count=len(rows) - before)] if len(rows) > before else []
        if unread:
            lines_left = "\n".join(line[:60] for line in unread[:10])
            said.append(
                say(
                    "下面 {count} 行没看懂，没有记，请补全后再发：\n{lines}",
                    count=len(unread),
                    lines=Own(lines_left),
                )
            )
        return (
            self._proposed(rows, proposals, tuple(said))
            if proposals
            else Unfinished({"rows": rows}, tuple(said))
        )

    # Within a row

    def _field(self, given: Given, state: dict[str, Value], sure: bool = True) -> Reading:
        field = self.table.in_turn(state)
        if field is None:
            return stale()
        row: Row = state["row"]
        if no_more(given.text or ""):
            if field.optional:
                return self._command("skip", state)
            return Problem(say("这一项要填。这一条不写了，就点“放弃这一条”。"))
        reading = field.parse(given, state.get("sub"), known_in(row, self.about))
        if isinstance(reading, Check | Problem) and given.text and not row:
            whole = self._whole(given.text, state["rows"])
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

    def _confirmed(self, given: Given, state: dict[str, Value]) -> Reading:
        pending, state = state["confirm"], without(state, "confirm")
        key = pressed(given, self.table.own_keys({**state, "confirm": pending}))
        field = self.table.in_turn(state)
        if field is None or given.key not in (None, key):
            return stale()
        said = replied(field, key, given.text, pending["value"], known_in(state["row"], self.about))
        afresh = without(state, "sub")
        if said.kind == "yes":
            return self._filled(field, pending["value"], state, ())
        if said.kind != "anew":
            return Unfinished(afresh) if said.kind == "no" else unclear()
        again = self._field(Given(text=said.text), afresh if said.afresh else state, said.sure)
        return Unfinished(afresh, (again.message,)) if said.afresh and isinstance(again, Problem) else again

    def _filled(
        self, field: Question, value: Value, state: dict[str, Value], said: tuple[Message, ...]
    ) -> Reading:
        row = {**state["row"], field.id: value}
        refusal = self.table.backwards(row)
        if refusal:
            return Problem(refusal)
        return self._advanced({**without(state, "sub"), "row": row}, said)

    def _advanced(self, state: dict[str, Value], said: tuple[Message, ...]) -> Reading:
        field = self.table.in_turn(state)
        if field is not None:
            partial = state.get("known") or {}
            if field.id in partial and "sub" not in state:
                state = {**state, "sub": partial[field.id], "known": without(partial, field.id)}
            return Unfinished(without(state, "known") if not state.get("known") else state, said)
        row = {field.id: state["row"][field.id] for field in self.table.fields if field.id in state["row"]}
        rows = self.table.with_row(state["rows"], row) if row else state["rows"]
        queue = list(state.get("queue", ()))
        if queue and queue[0].get("follows") and self.table.end_field in row:
            start = self.table.start_field
            begun = {**queue[0]["row"], start: row[self.table.end_field]}
            queue[0] = {**queue[0], "row": begun, "known": without(queue[0]["known"], start)}
        after = self._next(rows, queue)
        return Unfinished(after.draft, said + after.said) if isinstance(after, Unfinished) else after


def _unread(reading: Unfinished) -> bool:
    """Whether some lines were not understood, and that is told."""
    return any("lines" in message.values for message in reading.said)
