"""The stages after handing in: each can be walked, bounds what it should, and tells what the notice leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from forms.lint.desk import Desk, Finding
from forms.lint.names import resembling
from forms.stages import Stage, beside

#: What a stage of a kind alone may say.
_OWN = {
    "review": ("ratio", "most", "reserve", "optional"),
    "notice": ("days", "working", "first_day", "followed_by", "shows_reserves"),
}


def half_a_stage(desk: Desk) -> Iterator[Finding]:
    """A stage that is to be walked without a name or a clause, or says what only another kind of stage can."""
    stages = desk.programme.stages
    for index, stage in enumerate(stages):
        path = ("stages", index)
        if stage.walked and not stage.id:
            yield desk.finding(
                path, f"the stage “{stage.title}” has no id", "offices keep what they did by it"
            )
        if stage.id and stage.id in {each.id for each in stages[:index]}:
            yield desk.finding((*path, "id"), f"there is a stage “{stage.id}” before this one")
        if stage.walked and not stage.clause.strip():
            yield desk.finding(
                path, f"the stage “{_name(stage)}” has no clause", "clause: where the notice says so"
            )
        for kind, keys in _OWN.items():
            for key in keys:
                # What is only told may show its ratio, as a whole edition could before stages were walked.
                shown = key == "ratio" and stage.kind == "told"
                if stage.kind != kind and key in stage.model_fields_set and not shown:
                    reason = f"“{_name(stage)}” is no {kind} and says “{key}”"
                    yield desk.finding((*path, key), reason, f"kind: {kind}")
        if stage.ratio and stage.most:
            reason = f"“{_name(stage)}” gives both a ratio and a number"
            yield desk.finding((*path, "most"), reason, "one of the two")
        if stage.reserve and not stage.ratio:
            reason = f"“{_name(stage)}” has a reserve and no ratio that leaves room for it"
            yield desk.finding((*path, "reserve"), reason)


def out_of_order(desk: Desk) -> Iterator[Finding]:
    """A ratio that lets more go on than came in, or a stage behind the one that gives the title."""
    stages = desk.programme.stages
    for index, stage in enumerate(stages):
        if not stage.walked:
            continue
        row = beside(stages, stage)
        before = row[: row.index(stage)]
        widest = next((each for each in reversed(before) if each.share), None)
        if stage.share and widest and widest.share and stage.share > widest.share:
            reason = f"“{_name(stage)}” lets {stage.ratio} go on, after “{_name(widest)}” let {widest.ratio}"
            yield desk.finding(("stages", index, "ratio"), reason, "put the stages into their order")
        if any(each.kind == "naming" for each in before):
            reason = f"“{_name(stage)}” comes after the stage that gives the title"
            yield desk.finding(("stages", index), reason, "put the stages into their order")


def open_without_a_point(desk: Desk) -> Iterator[Finding]:
    """What the notice leaves to staff and no open point tells, and an open point that is not there."""
    programme = desk.programme
    points = [point.id for point in programme.open_points]
    asked_for_places: set[str] = set()  # who runs a stage has been asked for the places
    for index, stage in enumerate(programme.stages):
        path = ("stages", index)
        if stage.open_point and stage.open_point not in points:
            reason = f"“{_name(stage)}” names the open point “{stage.open_point}”, which is not there"
            yield desk.finding((*path, "open_point"), reason, resembling(stage.open_point, points))
        if not stage.walked:
            continue
        wanted = ""
        if stage.kind == "notice" and stage.days is None:
            wanted = "days"
        elif stage.bounded and programme.places is None and stage.by not in asked_for_places:
            wanted = "places"
            asked_for_places.add(stage.by)
        if wanted and stage.decides != wanted:
            reason = f"nobody says how many {wanted} “{_name(stage)}” has"
            yield desk.finding(path, reason, f"give them, or decides: {wanted} with its open point")
        elif stage.decides and stage.decides not in {wanted, "number"}:
            reason = f"“{_name(stage)}” leaves {stage.decides} to staff although they are given"
            yield desk.finding((*path, "decides"), reason)
        if stage.decides and not stage.open_point:
            reason = f"“{_name(stage)}” leaves something to staff and tells no open point"
            yield desk.finding((*path, "decides"), reason, "open_point: what the notice does not say")
        if stage.decides == "number" and (stage.kind != "review" or not stage.bounded):
            reason = f"“{_name(stage)}” has no number that staff could set another for"
            yield desk.finding((*path, "decides"), reason)


def shared_quotas(desk: Desk) -> Iterator[Finding]:
    """A kind of union that two quotas speak of: the first alone would count."""
    seen: set[str] = set()
    for index, quota in enumerate(desk.programme.quotas):
        for kind in quota.kinds:
            if kind in seen:
                yield desk.finding(
                    ("quotas", index, "kinds"), f"there is a quota for “{kind}” before this one"
                )
            seen.add(kind)


def _name(stage: Stage) -> str:
    return stage.id or stage.title
