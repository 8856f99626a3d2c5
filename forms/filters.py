"""The named filters of expressions, sentences and prints. What data cannot say becomes one of these.

Months are ISO text (“2016-06”), dates too (“2016-06-20”); a date counts as its month. Spans are whole months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import jinja2

MONTHS_IN_YEAR = 12
PRESENT = "至今"
SECONDS_IN_MINUTE = 60


def _ordinal(month: str) -> int:
    year, number = month[:7].split("-")
    return int(year) * MONTHS_IN_YEAR + int(number) - 1


@jinja2.pass_context
def _month(context: jinja2.runtime.Context, value: str, style: str = "") -> str:
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


@jinja2.pass_context
def _span(context: jinja2.runtime.Context, months: int) -> str:
    years, rest = divmod(max(months, 0), MONTHS_IN_YEAR)
    if context.get("month_style") == "English":
        return f"{years} years {rest} months" if rest else f"{years} years"
    if not years:
        return f"{rest}个月"
    return f"{years}年{rest}个月" if rest else f"{years}年"


def _months_to(start: str, end: str) -> int:
    """Whole months from one month to another, as the forms count years of work: start + n ≤ end."""
    return _ordinal(end) - _ordinal(start)


def _plus_months(start: str, months: int) -> str:
    year, number = divmod(_ordinal(start) + months, MONTHS_IN_YEAR)
    return f"{year:04d}-{number + 1:02d}"


@jinja2.pass_context
def _clock(context: jinja2.runtime.Context, seconds: float) -> str:
    minutes, rest = divmod(int(seconds), SECONDS_IN_MINUTE)
    if context.get("month_style") == "English":
        return f"{minutes} min {rest:02d} s"
    return f"{minutes}分{rest:02d}秒"


def _age(birth: str, day: str) -> int:
    """Completed years of age on a day; with only months known, the birthday counts as passed in its month."""
    return int(day[:4]) - int(birth[:4]) - (day[5 : len(birth)] < birth[5:])


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


def _has_any(chosen: Iterable[str], *wanted: str) -> bool:
    return any(item in wanted for item in chosen)


FILTERS: dict[str, Callable[..., Any]] = {
    "month": _month,
    "span": _span,
    "months_to": _months_to,
    "plus_months": _plus_months,
    "age": _age,
    "in_months": lambda years: years * MONTHS_IN_YEAR,
    "in_seconds": lambda minutes: minutes * SECONDS_IN_MINUTE,
    "clock": _clock,
    "where": _where,
    "without": _without,
    "distinct": _distinct,
    "has_any": _has_any,
    "length": len,
    "join": lambda items, mark="、": mark.join(str(item) for item in items),
    "first": lambda items: next(iter(items)),
}
