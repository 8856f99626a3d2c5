"""The order of preference among those for whom one person fills in: each application holds its own place."""

from __future__ import annotations

from bot.house.doing import Doing
from dialogs.keeping import written
from dialogs.overview import HERE, Nominee, moved, nominees
from dialogs.view import View
from forms.programme import Programme
from storage import interviews


def rank(doing: Doing, programme: Programme, who: str) -> None:
    """Give every other application of the speaker the place that it has once `who` went one up.

    The one that is open has its own by then. To be called within `Archive.run`.
    """
    before: tuple[Nominee, ...] = nominees(View(programme, doing.speaker.state, doing.scene))
    order = moved([each.interview for each in before], who)
    for place, identifier in enumerate(order, 1):
        if identifier == HERE:
            continue
        other = interviews.by_id(doing.unit, identifier)
        if other.person != doing.speaker.person or other.state.answers.get(programme.preference) == place:
            continue
        answers = {**other.state.answers, programme.preference: place}
        ranked = other.state.model_copy(update={"answers": answers, "revision": other.state.revision + 1})
        interviews.save(doing.unit, other, written(ranked))
    doing.again = True
