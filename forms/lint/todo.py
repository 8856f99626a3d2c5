"""What the author is still to look at: the `# check:` comments that `jiangjian new` leaves, or that one leaves oneself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forms.lint.desk import Desk, Finding

#: `# check: …` in YAML and in catalogues, `{# check: … #}` in templates.
CHECK = re.compile(r"^(?:.*\s|\{)?#-?\s*check:\s*(?P<what>.*?)\s*(?:-?#\})?$")


def unchecked(desk: Desk) -> Iterator[Finding]:
    """A comment that says what is still to be compared with the notice."""
    for file, text in (*desk.texts.items(), *desk.cases.items()):
        for number, line in enumerate(text.splitlines(), 1):
            mark = CHECK.match(line) if "check:" in line else None
            if mark:
                reason = f"still to be checked: {mark['what']}"
                yield Finding(file, number, reason, "compare it with the notice, then delete this comment")
