"""The history of a case: who did what, as the house tells it."""

from __future__ import annotations

from typing import get_args

import pytest

from dialogs.desk.desk_scene import TrailBrief
from dialogs.trail_words import ACTORS, KINDS, Actor
from dialogs.turn import Table
from tests.dialogs.desk.desks import NOW, dossier, screen


def shown(*entries: TrailBrief) -> list[tuple[str, ...]]:
    (table,) = (
        part for part in screen("history", dossier=dossier(history=entries)).parts if isinstance(part, Table)
    )
    return [row.cells[1:] for row in table.rows]


@pytest.mark.parametrize("kind", ["exported", "deleted", "handed_in"])
@pytest.mark.parametrize("actor", get_args(Actor))
def test_who_did_something_does_not_hang_on_what_was_done(actor: Actor, kind: str) -> None:
    assert shown(TrailBrief(NOW, kind, actor)) == [(ACTORS[actor].text, KINDS[kind].text)]  # type: ignore[index]  # a kind


def test_staff_stand_by_name_and_what_a_newer_version_wrote_as_it_stands() -> None:
    assert shown(TrailBrief(NOW, "deleted", "staff", "韦经办")) == [("韦经办", "删除了申报")]
    assert shown(TrailBrief(NOW, "carried_off", "staff")) == [("工会工作人员", "carried_off")]
