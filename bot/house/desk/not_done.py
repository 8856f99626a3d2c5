"""A deed that does not count."""

from __future__ import annotations

from forms.message import Message


class NotDone(Exception):  # noqa: N818  # an answer, not a defect
    """Nothing was done: `message` says why and what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
