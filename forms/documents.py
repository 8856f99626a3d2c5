"""What a packet is made of: documents that are printed, tables handed in as spreadsheets, papers that go with them."""

from __future__ import annotations

import re
from typing import Self

from pydantic import Field, model_validator

from forms.kinds.base import Condition, Frozen, Text
from forms.parties import LEADING, OFFICE, Identifier

#: A paper whose form begins so comes as a file, or stands on another; 电子表格，同时交纸质 comes on paper as well.
_NO_PAPER = re.compile(r"电子|视频|印在")
_ALSO_PAPER = re.compile(r"(?:和|同时交|并交|另交|及)纸质")


class Document(Frozen):
    """A document of the packet, due when `when` holds: a template under print/, or one of the programme's sheets.

    `copies` 0 means it is for reading on screen only. `filename` may use answers. `readers` are who gets to see it: the
    nominee's side, other parties, and the office; what another party has written is not for the nominee to read.
    """

    id: Identifier
    title: str
    template: str = ""
    sheet: str = ""
    annex: str = ""
    when: Condition = ""
    copies: int = 1
    filename: Text
    clause: str = ""
    readers: tuple[str, ...] = (LEADING, OFFICE)

    @model_validator(mode="after")
    def _made_of_one_thing(self) -> Self:
        if bool(self.template) == bool(self.sheet):
            raise ValueError("a document names either a template or a sheet")
        return self


class Column(Frozen):
    """A column of a sheet: its heading to the character, and a sentence over a case. `width` in Chinese characters."""

    title: str
    value: Text
    width: int = Field(default=6, ge=2, le=100)


class Sheet(Frozen):
    """A table that is handed in as a spreadsheet, one row for each case.

    `roster` marks the one that the office takes along of all cases that it has; no document needs to name it. `heading`
    are lines above the table that read what all of its cases have in common. `example` is the notice's own sample row,
    shown only while the table has no other. Besides the names of its case a column may read `number`, the place
    of the case in the table, from 1.
    """

    id: Identifier
    title: str
    annex: str = ""
    roster: bool = False
    heading: tuple[Text, ...] = ()
    columns: tuple[Column, ...] = Field(min_length=1)
    example: tuple[str, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        if self.example and len(self.example) != len(self.columns):
            raise ValueError("an example row has as many cells as there are columns")
        return self


class Paper(Frozen):
    """A paper due with the packet: where it goes and in what form. `question` is where the chat collects it."""

    id: Identifier
    title: str
    form: str
    copies: int = 1
    when: Condition = ""
    question: str = ""
    clause: str = Field(min_length=1)
    note: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether anything is to be handed over, also where the chat has it.

        Not what comes as a file only (电子版, a mail, a film), stands on another paper (印在申请表上) or is due in no copy.
        """
        if self.copies < 1:
            return False
        return not _NO_PAPER.match(self.form) or bool(_ALSO_PAPER.search(self.form))
