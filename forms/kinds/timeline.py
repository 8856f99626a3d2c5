"""What rows that tell a story in months must keep: no gaps, no overlaps, from the beginning to today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.dates import PRESENT, spoken
from forms.kinds.base import Circumstances, Remark, Value
from forms.kinds.rows import Row
from forms.message import Message, say
from forms.spans import months_to

_GAP = 3  # whole months between two entries that pass without a word
_LATE = 1  # years after the usual age that pass without a word


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
    begin = next((row for row in rows if start in row), {})
    first = (
        "" if story.hint and any(story.hint in str(said) for said in begin.values()) else begin.get(start, "")
    )
    begun = about.scope.get(story.since or "birth")
    late = _GAP if story.since else (story.age + _LATE) * 12
    if story.hint and first and isinstance(begun, str) and months_to(begun, first) > late:
        said.insert(
            0, say("第一条从{start}开始，请从{where}写起。", start=spoken(first[:7]), where=story.hint)
        )
    return [Remark(message) for message in said]
