"""What somebody with a seat looks at, as it is kept between turns. Everything else is read anew."""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationError

from forms.kinds.base import Frozen, Value

#: How a board can be looked at, in this order.
Tray = Literal["next", "new", "mine", "returned", "verify", "complete", "overdue", "letters", "done"]


class Desk(Frozen):
    """One person's desk. `page` is one of `dialogs.desk.desk_pages`.

    `seat` is the one they work from, "" for the first. `tray`, `programme` and `unit` narrow the board, `after` is where
    its page begins, `query` what was searched for. `stay` is the case that is open, `seen` its version on the Screen.
    `letter` is the last letter of the case by then.
    `about` and `sort` are what the page is about: a question and the sort of a remark, a rule and how it is settled.
    `stated` is the version of what the office writes itself on the Screen. `draft` is what is half given of the question
    that is open, of that or of a slip that is being mended, `sent` the words that wait for a yes there.
    `selection` is the programme whose stages are looked at, `stage` the one that is on there (its version is `seen`),
    `leaf` the page of its list; `figure` and `reason` are what was entered so far for one that is to begin.
    `revision` grows with every turn that changed something, so that an old button is known for what it is.
    """

    format: Literal[1] = 1
    page: str = "board"
    seat: str = ""
    tray: Tray = "next"
    programme: str = ""
    unit: str = ""
    after: str = ""
    query: str = ""
    stay: str = ""
    seen: int = 0
    letter: int = 0
    stated: int = 0
    draft: Value = None
    sent: str = ""
    about: str = ""
    sort: str = ""
    selection: str = ""
    stage: str = ""
    leaf: int = 0
    figure: int | None = None
    reason: str = ""
    revision: int = 0

    def at(self, page: str, **other: object) -> Desk:
        """The desk with another page open, or with other fields."""
        return self.model_copy(
            update={"page": page, "about": "", "sort": "", "draft": None, "sent": "", **other}
        )


def read(text: str) -> Desk:
    """The desk as it was kept; a new one where that cannot be read. Nothing is lost with it."""
    try:
        return Desk.model_validate_json(text)
    except ValidationError:
        return Desk()
