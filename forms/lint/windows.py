"""When people are reminded of a closing day: there is one, and the days lie within the window."""

from __future__ import annotations

from collections.abc import Iterator

from forms.lint.desk import Desk, Finding


def reminders_of_nothing(desk: Desk) -> Iterator[Finding]:
    """Days before a closing day where none is set, or on which applications are not taken yet."""
    window = desk.programme.window
    if "reminds" not in window.model_fields_set:
        return
    path = ("window", "reminds")
    if window.closes is None and window.reminds:
        yield desk.finding(path, "there is no closing day to be reminded of", "set closes, or leave it out")
    if window.opens and window.closes:
        for days in window.reminds:
            if (window.closes - window.opens).days < days:
                reason = f"{days} days before the closing day the window is not open yet"
                yield desk.finding(path, reason)
