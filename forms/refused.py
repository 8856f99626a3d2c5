"""Why a file is not taken, raised by whatever opens it and told by the inspection."""

from __future__ import annotations

from forms.attachment import Detail, Trouble


class Refused(Exception):  # noqa: N818 - carries a Trouble
    """A file that is not taken, with what is the matter and, where it is known, more exactly what it is."""

    def __init__(self, trouble: Trouble, detail: Detail | None = None) -> None:
        super().__init__(trouble)
        self.trouble: Trouble = trouble
        self.detail: Detail | None = detail
