"""An office that receives cases, and people whose case lies with it, came back from it, or may go there."""

from __future__ import annotations

from typing import Any

from dialogs.at_office import Destination, Handed, Place, Returned, Sort, Standing
from forms.programme import Programme
from tests.dialogs.hall import ANSWERS, at_the_end
from tests.dialogs.talking import Person

PLACE = Place("0771-2805708", "民主路1号", "工作日9点到17点", "2026-06-26")
UNION = Destination("u1", "兴宁区总工会", PLACE)
OTHER = Destination("u2", "机械产业工会")


def handed(state: Standing = "here", **more: Any) -> Handed:
    return Handed(state, 1, "2026-06-15T12:03", UNION.name, "HG-0001", PLACE, **more)


def remark(
    question: str, sort: Sort = "wrong", text: str = "请核对", number: int = 1, **more: Any
) -> Returned:
    sealed = more.get("sealed", ANSWERS.get(question))
    return Returned(f"{question} {number}", question, sort, text, UNION.name, sealed)


def declared(programme: Programme | None = None, **around: Any) -> Person:
    """Somebody at the end, who has declared; with what stands `around` in the scene."""
    person = at_the_end(programme)
    person.presses("没问题，生成盖章材料", "属实，生成材料")
    person.around = {"destinations": (UNION,), **around}
    person.events.clear()
    person.look()
    return person


def sent_back(*remarks: Returned, **more: Any) -> Person:
    """Somebody whose case came back with these remarks."""
    return declared(handed=handed("returned", **more), returned=remarks)
