"""Whoever a case is about learns how it came out of a stage, and that it is on a list: once that can no more be a slip.

What is told is worked out when its time has come, from how things stand by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.house.archive import Archive
from bot.house.desk.decisions import UNTIL_TOLD
from bot.house.desk.telling import Telling
from dialogs.at_office import Result
from dialogs.selected import WHEN_OVER, WHILE_UP, sentence
from forms.message import Message, Own, say
from forms.programme import Programme
from forms.stages import Stage
from storage import invitations, outbox, outcomes, stays
from storage import stages as running
from storage.outbox import Item
from storage.stages import Progress
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands

#: The kind of item.
KIND = "selected"
#: A list that is put up on another day is told of at this time of it.
_AT = time(9)


class Heralding:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, archive: Archive, telling: Telling) -> None:
        self._archive = archive
        self._telling = telling

    def listed(
        self, errands: Errands, programme: Programme, stage: Stage, own: Progress, cases: Iterable[str]
    ) -> None:
        """These stand otherwise on a list: they learn of it, not before it is up."""
        due = errands.now + UNTIL_TOLD
        if own.starts:
            due = max(due, datetime.combine(own.starts, _AT, ZoneInfo(programme.window.zone)))
        self._put(errands, programme, stage, own, cases, due, "listed")

    def over(
        self, errands: Errands, programme: Programme, stage: Stage, own: Progress, cases: Iterable[str]
    ) -> None:
        """A stage has ended: whoever came into it learns how they came out."""
        self._put(errands, programme, stage, own, cases, errands.now + UNTIL_TOLD, "over")

    @staticmethod
    def _put(  # noqa: PLR0913, PLR0917  # what, of whom, when
        errands: Errands,
        programme: Programme,
        stage: Stage,
        own: Progress,
        cases: Iterable[str],
        due: datetime,
        why: str,
    ) -> None:
        payload = {"office": own.office, "programme": programme.id, "stage": stage.id, "why": why}
        for case in cases:
            key = f"{_key(case, stage.id)}{own.version}"
            outbox.enqueue(errands.unit, KIND, key, {**payload, "case": case}, due)

    def reopened(self, errands: Errands, programme: Programme, stage: Stage, own: Progress) -> None:
        """A stage is about to go on again: whoever was told how they came out of it learns that it does not count."""
        for case in into(errands.unit, own, programme, stage):
            if not outbox.settled(errands.unit, f"{_key(case, stage.id)}{own.version}"):
                continue
            result = self._result(errands.unit, own.office, programme, case, errands.now)
            if result and result.stage == stage.title and result.came in WHEN_OVER:
                message = say(
                    "“{stage}”重新在看，先前告诉您的结果先不算，有新结果再告诉您。", stage=stage.title
                )
                self._tell(errands.unit, own.office, programme, case, message, errands.now)

    def tell(self, unit: Unit, item: Item, now: datetime) -> None:
        """Tell whoever a case is about, where nothing has changed again meanwhile."""
        office, case, stage = (item.payload[name] for name in ("office", "case", "stage"))
        programme = self._archive.library.named(item.payload["programme"])
        if programme is None or not outbox.newest(unit, item, _key(case, stage)):
            return
        result = self._result(unit, office, programme, case, now)
        titles = {each.title for each in programme.stages if each.id == stage}
        wanted = WHEN_OVER if item.payload["why"] == "over" else WHILE_UP
        if result and result.stage in titles and result.came in wanted:
            self._tell(unit, office, programme, case, sentence(result), now)

    @staticmethod
    def _result(unit: Unit, office: str, programme: Programme, case: str, now: datetime) -> Result | None:
        if next(iter(stays.of_cases(unit, office, (case,))), None) is None:
            return None
        return outcomes.result(unit, office, programme, case, programme.window.today(now))

    def _tell(  # noqa: PLR0913, PLR0917  # whom, what
        self, unit: Unit, office: str, programme: Programme, case: str, message: Message, now: datetime
    ) -> None:
        leading = invitations.leads(invitations.of_case(unit, case))
        row = next(iter(stays.of_cases(unit, office, (case,))), None)
        if leading is None or row is None:
            return
        locale = leading.state.locale if leading.state else "zh"
        whole = say(
            "您编号{number}的申报有消息。{told}",
            number=Own(row.number),
            told=_own(message, programme, locale),
        )
        self._telling.person(unit, leading.person, whole, now, case)


def into(unit: Unit, own: Progress, programme: Programme, stage: Stage) -> tuple[str, ...]:
    """The cases that came into a stage, or stand in it."""
    stood = running.standings(unit, own.office, programme.id, stage.id)
    came = running.candidates(unit, own.office, programme, stage)
    return tuple(dict.fromkeys((*(each.case for each in stood), *came)))


def _key(case: str, stage: str) -> str:
    return f"{KIND} {case} {stage} "


def _own(message: Message, programme: Programme, locale: str) -> Message:
    """A sentence whose texts of the programme stand in a language already: it waits where no programme is at hand."""

    def own(value: object) -> object:
        if isinstance(value, Message):
            return _own(value, programme, locale)
        if isinstance(value, str) and not isinstance(value, Own):
            return Own(programme.translate(value, locale))
        return value

    return replace(message, values={name: own(value) for name, value in message.values.items()})
