"""What became of a case so far: who did what with it, and how it stands in the selection."""

from __future__ import annotations

from dialogs.desk.desk_scene import DeskView, Dossier, TrailBrief
from dialogs.desk.press import button
from dialogs.desk.staging import outcomes_in
from dialogs.trail_words import ACTORS, word
from dialogs.turn import Row, Say, Screen, Table
from forms.hours import clock
from forms.message import Message, say
from forms.stages import stage_of


def history(view: DeskView) -> Screen:
    """Who did what, and when."""
    dossier = view.dossier
    words = view.words
    heads = (words(say("什么时候")), words(say("谁")), words(say("做了什么")))
    rows = tuple(
        Row((words(clock(each.at)), each.by or words(ACTORS[each.actor]), words(_done(dossier, each))))
        for each in dossier.history
    )
    return Screen(
        (Say(words(say("这一件的经过："))), Table(heads, rows)),
        (button("case", words(say("回到这一件")), style="primary"),),
    )


def _done(dossier: Dossier, each: TrailBrief) -> Message:
    stage = stage_of(dossier.programme.stages, each.stage)
    return say("登记了“{stage}”的结果", stage=stage.title) if stage else word(each.kind)


def selected(dossier: Dossier) -> Message | None:
    """How the case stands in the selection at the office; None where nothing was recorded of it."""
    name, outcome = dossier.selected
    stage = stage_of(dossier.programme.stages, name)
    how = outcomes_in(stage).get(outcome) if stage else None
    return say("评选：{stage}，{how}", stage=stage.title, how=how) if stage and how else None
