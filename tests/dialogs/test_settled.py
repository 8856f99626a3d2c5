"""What an office has settled is for it to decide: it keeps nobody from handing in again what came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.settling import Settlement, ground
from tests.forms.programmes.cases import played


def test_a_condition_that_an_office_found_not_met_bars_nothing() -> None:
    case = played("nanning-2026", "exceptional")
    programme = case.programme
    finished = datetime.isoformat(case.case.now)
    state = Interview(
        programme=programme.id,
        digest=programme.digest,
        consented_at=finished,
        answers=dict(case.answers),
        appealed=case.case.appeal,
        finished_at=finished,
    )
    view = View(programme, state, Scene(case.case.now, (programme,)))
    (doubtful,) = (each for each in view.verdicts if each.outcome == "verify" and each.rule.escape)
    found = Settlement(doubtful.rule.id, "not_met", "材料不够", ground(programme, doubtful.rule, view.scope))
    settled = View(programme, state, replace(view.scene, settlements=(found,)))
    assert {each.rule.id: each.outcome for each in settled.verdicts}[doubtful.rule.id] == "not_met"
    assert not settled.barred
    assert not settled.rehearsing
