"""The named filters of expressions, sentences and prints. What data cannot say becomes one of these.

Months are ISO text (“2016-06”), dates too (“2016-06-20”). Spans are whole months, counted as `forms.spans` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import combinations, islice
from typing import Any, TypeVar

import jinja2

from forms import career, spans
from forms.likeness import ALIKE, likeness
from forms.spans import MONTHS_IN_YEAR

PRESENT = "至今"
SECONDS_IN_MINUTE = 60
_LEEWAY = 0.02  # an aspect off by this much is rounding, not another shape


Filter = TypeVar("Filter", bound=Callable[..., Any])

#: Filters whose first argument is what surrounds them: a Jinja2 context in prints, the scope in expressions.
SCOPED: set[Callable[..., Any]] = set()
#: What those read of it.
READ_BY_FILTERS = frozenset({"month_style"})


def _reads_scope(filter_: Filter) -> Filter:
    SCOPED.add(filter_)
    return jinja2.pass_context(filter_)


@_reads_scope
def _month(context: Mapping[str, Any] | jinja2.runtime.Context, value: str, style: str = "") -> str:
    if value == PRESENT:
        return "present" if context.get("month_style") == "English" else PRESENT
    year, number = value[:7].split("-")
    match style or context.get("month_style", "年月"):
        case "English":
            return f"{year}-{int(number)}"
        case ".":
            return f"{year}.{int(number)}"
        case ".0":
            return f"{year}.{int(number):02d}"
        case _:
            return f"{year}年{int(number)}月"


@_reads_scope
def _day(context: Mapping[str, Any] | jinja2.runtime.Context, value: str) -> str:
    year, month, day = (int(part) for part in value.split("-"))
    return f"{year}-{month}-{day}" if context.get("month_style") == "English" else f"{year}年{month}月{day}日"


@_reads_scope
def _span(context: Mapping[str, Any] | jinja2.runtime.Context, months: int) -> str:
    years, rest = divmod(max(months, 0), MONTHS_IN_YEAR)
    if context.get("month_style") == "English":
        return f"{years} years {rest} months" if rest else f"{years} years"
    if not years:
        return f"{rest}个月"
    return f"{years}年{rest}个月" if rest else f"{years}年"


@_reads_scope
def _moment(context: Mapping[str, Any] | jinja2.runtime.Context, value: str, beside: str = "") -> str:
    """A moment as fine as it is known, or as the one `beside` it is: 2016年6月20日, 2016年6月."""
    cut = spans.as_fine(value, beside or value)
    return _day(context, cut) if len(cut) > len("2016-06") else _month(context, cut)


@_reads_scope
def _lasting(context: Mapping[str, Any] | jinja2.runtime.Context, start: str, end: str, less: int = 0) -> str:
    """How long it was from a moment to another, `less` so many months: 10年11个月, by days also 9年11个月29天."""
    months = spans.months_to(start, end) - less
    return _span(context, 0) if months < 0 else _and_days(context, months, spans.days_over(start, end))


@_reads_scope
def _lacking(context: Mapping[str, Any] | jinja2.runtime.Context, start: str, end: str, months: int) -> str:
    """What is missing at `end` until so many months have gone by since `start`: 1个月, by days also 1天."""
    due = spans.plus_months(start, months)
    if not spans.by_days(due, end):
        return _span(context, spans.ordinal(due) - spans.ordinal(end))
    return _and_days(context, spans.months_to(end, due), spans.days_over(end, due))


def _and_days(context: Mapping[str, Any] | jinja2.runtime.Context, months: int, days: int) -> str:
    if not days:
        return _span(context, months)
    if not months:
        return _days(context, days)
    link = " " if context.get("month_style") == "English" else ""
    # 1年零3天, as it is said where the months between are none.
    zero = "" if link or months % MONTHS_IN_YEAR else "零"
    return f"{_span(context, months)}{link}{zero}{_days(context, days)}"


def _days(context: Mapping[str, Any] | jinja2.runtime.Context, days: int) -> str:
    if context.get("month_style") == "English":
        return f"{days} days" if days != 1 else "1 day"
    return f"{days}天"


@_reads_scope
def _clock(context: Mapping[str, Any] | jinja2.runtime.Context, seconds: float) -> str:
    minutes, rest = divmod(int(seconds), SECONDS_IN_MINUTE)
    if context.get("month_style") == "English":
        return f"{minutes} min {rest:02d} s"
    return f"{minutes}分{rest:02d}秒"


def _days_to(start: str, end: str) -> int:
    """Calendar days from one date to another: 0 on the same day. A span that counts both days is one longer."""
    # The slice is what makes an answer that is still missing say so.
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days


def _age(birth: str, day: str) -> int:
    """Completed years of age on a day; with only months known, the birthday counts as passed in its month."""
    common = min(len(birth), len(day))
    return int(day[:4]) - int(birth[:4]) - (day[5:common] < birth[5:common])


def _where(rows: Iterable[Mapping[str, Any]], **wanted: Any) -> list[Mapping[str, Any]]:
    """The rows in which every named answer has the wanted value (or one of the wanted values)."""
    return [
        row
        for row in rows
        if all(
            row.get(name) in value if isinstance(value, list | tuple) else row.get(name) == value
            for name, value in wanted.items()
        )
    ]


def _without(rows: Iterable[Mapping[str, Any]], **unwanted: Any) -> list[Mapping[str, Any]]:
    """The rows in which none of the named answers has the unwanted value."""
    return [row for row in rows if all(row.get(name) != value for name, value in unwanted.items())]


def _distinct(rows: Iterable[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The rows with one row for each value of the named answer."""
    return list({row[name]: row for row in rows if name in row}.values())


def _alike(rows: Iterable[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    """The rows in which the named answer, a text, is nearly the same as in another one."""
    texts = [row for row in rows if row.get(name)]
    near = [pair for pair in combinations(texts, 2) if likeness(pair[0][name], pair[1][name]) >= ALIKE]
    return [row for row in texts if any(row is each for pair in near for each in pair)]


def _likeness(rows: Iterable[Mapping[str, Any]], name: str) -> int:
    """How many per cent of the named answer stand in that of another row too: of the two that are most alike."""
    texts = [row[name] for row in rows if row.get(name)]
    return max((likeness(one, other) for one, other in combinations(texts, 2)), default=0)


def _total(rows: Iterable[Mapping[str, Any]], name: str) -> Any:
    """The sum of a number over all rows, such as the seconds of several videos."""
    return sum(row.get(name, 0) for row in rows)


def _smallest(rows: Iterable[Mapping[str, Any]], name: str) -> Any:
    """The smallest of a number over all rows, such as the height of several videos; 0 without any row."""
    return min((row.get(name, 0) for row in rows), default=0)


def shaped(width: float, height: float, across: int, up: int) -> bool:
    """Whether a picture has the aspect `across`:`up`, as 1920×1080 has 16:9."""
    return bool(height) and abs(width * up / (height * across) - 1) <= _LEEWAY


def _misshapen(rows: Iterable[Mapping[str, Any]], across: int, up: int) -> list[Mapping[str, Any]]:
    """The videos whose picture has not the aspect `across`:`up`."""
    return [row for row in rows if not shaped(row.get("width", 0), row.get("height", 0), across, up)]


def _least_part(whole: int, parts: int, of: int) -> int:
    """The smallest whole number that is at least `parts`/`of` of the whole: of 121 members two thirds are 81."""
    return -(-whole * parts // of)


def _percent_of(part: int, whole: int) -> str:
    """The share with one decimal, cut and not rounded, so that 66.66 % never reads as 66.7: 71.6%."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10}.{tenths % 10}%"


def _in_time(rows: Iterable[Mapping[str, Any]], when: str) -> list[Mapping[str, Any]]:
    """The rows in the order of a month or date, those of the same one as they come; rows without one stand last."""
    return sorted(rows, key=lambda row: str(getattr(row.get(when), "value", row.get(when)) or "~"))


def _take(rows: Iterable[Any], most: int) -> list[Any]:
    return list(islice(rows, most))


@_reads_scope
def _numbered(
    context: Mapping[str, Any] | jinja2.runtime.Context,
    rows: Iterable[Mapping[str, Any]],
    when: str,
    what: str,
    link: str = "",
) -> str:
    """Rows as numbered lines of a month and what was then: “1. 2016年12月获广西技术能手。”."""
    lines = [f"{number}. {_month(context, row[when])}{link}{row[what]}" for number, row in enumerate(rows, 1)]
    return ";\n".join(lines) + "。" if lines else ""


@_reads_scope
def _entries(context: Mapping[str, Any] | jinja2.runtime.Context, rows: Iterable[Mapping[str, Any]]) -> str:
    """Entries of a career as they are cited: 2014年7月—2020年6月 江南饭店 厨师."""
    return "；".join(
        " ".join(
            part
            for part in (
                f"{_month(context, row['start'])}—{_month(context, row['end'])}",
                row.get("where", ""),
                row.get("what", ""),
            )
            if part
        )
        for row in rows
    )


def _worded(chosen: Mapping[str, str] | str) -> str:
    """What was ticked, one to a line: own words where there are some. Nothing where nothing was."""
    return "\n".join(own or value for value, own in chosen.items()) if isinstance(chosen, Mapping) else ""


def _given(values: Iterable[Any]) -> list[Any]:
    """Those of several names that have a value; a missing one does not make the expression pending."""
    return [value for value in values if not isinstance(value, jinja2.Undefined)]


def _or_else(value: Any, otherwise: Any) -> Any:
    """The value of a name, or what stands for it while it has none."""
    return otherwise if isinstance(value, jinja2.Undefined) else value


def _has_any(chosen: Iterable[str], *wanted: str) -> bool:
    return any(item in wanted for item in chosen)


FILTERS: dict[str, Callable[..., Any]] = {
    "month": _month,
    "day": _day,
    "span": _span,
    "moment": _moment,
    "months_to": spans.months_to,
    "plus_months": spans.plus_months,
    "lasting": _lasting,
    "lacking": _lacking,
    "days_to": _days_to,
    "age": _age,
    "in_months": lambda years: years * MONTHS_IN_YEAR,
    "in_seconds": lambda minutes: minutes * SECONDS_IN_MINUTE,
    "clock": _clock,
    "where": _where,
    "without": _without,
    "distinct": _distinct,
    "alike": _alike,
    "likeness": _likeness,
    "total": _total,
    "smallest": _smallest,
    "misshapen": _misshapen,
    "take": _take,
    "in_time": _in_time,
    "numbered": _numbered,
    "given": _given,
    "or_else": _or_else,
    "has_any": _has_any,
    "contains": lambda text, *parts: any(part in text for part in parts),
    "worded": _worded,
    "least_part": _least_part,
    "percent_of": _percent_of,
    "length": len,
    "join": lambda items, mark="、": mark.join(str(item) for item in items),
    "first": lambda items: next(iter(items)),
    "first_job": career.first_job,
    "studying_at": career.studying_at,
    "months_at_work": career.months_at_work,
    "other_trades": career.other_trades,
    "months_in": career.months_in,
    "employer_now": career.employer_now,
    "unlike": career.unlike,
    "entries": _entries,
}
