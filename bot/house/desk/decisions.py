"""Decisions on a case: each counts once, for whoever has it open, and may be taken back for ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.house.desk.dossiers import UNDOABLE, Dossiers
from bot.house.desk.not_done import NotDone
from bot.house.desk.stated import as_noted
from bot.house.desk.telling import Telling
from bot.house.trailing import Trail
from dialogs.desk import deeds
from dialogs.trail_words import Kind
from forms.message import Message, Own, say
from storage import (
    exports,
    handing,
    interviews,
    invitations,
    offices,
    outbox,
    remarks,
    statements,
    stays,
    trail,
)
from storage.outbox import Item
from storage.stays import Stay
from storage.tables import STANDING
from storage.trail import Entry
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands

#: The kind of item by which people learn of a decision once it can no more be taken back.
KIND = "decided"
#: For so long a press that came in time may be on its way, before anybody is told of what it takes back.
_ON_ITS_WAY = timedelta(minutes=1)
UNTIL_TOLD = UNDOABLE + _ON_ITS_WAY
#: What can be taken back.
_DECISIONS = frozenset(["returned", "accepted", "passed", "refused"])


class Decisions:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, dossiers: Dossiers, telling: Telling, trail: Trail) -> None:
        self._dossiers = dossiers
        self._telling = telling
        self._trail = trail

    def returned(self, errands: Errands, deed: deeds.Returned) -> None:
        """The remarks go out, all of them at one moment; whoever owes an answer is told at once."""
        unit, now = errands.unit, errands.now
        self._applies(errands)
        self._decides(errands, deed, "returned", ("here",), "returned")
        parties = remarks.send(unit, errands.case.case, now)
        if not parties:
            raise NotDone(say("还没有写意见。先点“逐项看”，写好再退回。"))
        office = Own(errands.seat.office_name)
        for part in parties:
            row = invitations.of_party(unit, part)
            count = len(remarks.open_of(unit, part))
            message = say("{office}退回了，有{count}处请您改一下，别的都不用动。", office=office, count=count)
            self._telling.person(unit, row.person if row else None, message, now)
        leading = self._leading(unit, errands.case)
        if leading and leading[0] not in parties:
            message = say("{office}退回了，要改的是别人那一部分，已经告诉他们了。", office=office)
            self._telling.person(unit, leading[1], message, now)
        errands.posted()

    def accepted(self, errands: Errands, deed: deeds.Accepted) -> None:
        """The case is accepted; what was written and not sent back stays unsent."""
        self._unsent(errands)
        self._decides(errands, deed, "accepted", ("here",), "accepted")
        self._later(errands)

    def passed_up(self, errands: Errands, deed: deeds.PassedUp) -> None:
        """The case goes to the office above, as it was handed in."""
        unit, now, row = errands.unit, errands.now, errands.case
        self._unsent(errands)
        above = next(iter(offices.way_up(unit, errands.seat.office)), None)
        if above is None:
            raise NotDone(say("您这里上面没有再报的工会了，办到受理就行。"))
        if not deed.without:
            self._written(errands)
        offices.hold(unit, above.id)
        self._decides(errands, deed, "passed", ("here", "accepted"), "passed_up")
        sealed = handing.of_round(unit, row.case, row.round)
        parts = self._dossiers.parts(unit, sealed) if sealed else ()
        doubts, lacking = self._dossiers.left(unit, row.case, parts) if parts else (row.doubts, row.lacking)
        stays.arrive(
            unit,
            row.case,
            above.id,
            row.programme,
            row.round,
            now,
            row.due,
            doubts,
            lacking,
            row.unit,
            row.id,
            row.rank,
        )
        face = sealed.face if sealed else {}
        message = say(
            "{office}上报来一件：{name}，{unit}，编号{number}。",
            office=Own(errands.seat.office_name),
            name=Own(face.get("name", "—")),
            unit=Own(face.get("unit", "") or "—"),
            number=Own(row.number),
        )
        plain = say(
            "{office}上报来一件，编号{number}。", office=Own(errands.seat.office_name), number=Own(row.number)
        )
        self._telling.office(unit, above.id, message, plain, now, row.case)
        self._later(errands)

    def refused(self, errands: Errands, deed: deeds.Refused) -> None:
        """The case is refused, by a clause and with a reason."""
        if not deed.reason:
            raise NotDone(say("不予受理要写理由。请打一两句，本人看得懂。"))
        sealed = handing.of_round(errands.unit, errands.case.case, errands.case.round)
        parts = self._dossiers.parts(errands.unit, sealed) if sealed else ()
        rule = (
            next((e.rule for e in parts[0].view.verdicts if e.rule.id == deed.rule), None) if parts else None
        )
        if deed.rule and rule is None:
            raise NotDone(say("这一条现在不适用了，请重新选。"))
        clause = f"{rule.title}（{rule.clause}）" if rule else ""
        self._decides(errands, deed, "refused", ("here",), "refused", clause, deed.reason)
        self._later(errands)

    def undone(self, errands: Errands, deed: deeds.Undone) -> None:
        """The last decision is taken back, while nobody has built on it: the case stands as it stood before that."""
        unit, row, now = errands.unit, errands.case, errands.now
        if row.version != deed.version:
            raise NotDone(_decided(row))
        if row.decided is None or row.state not in _DECISIONS:
            raise NotDone(say("没有可以撤销的决定。这一件现在的样子在下面。"))
        if now - row.decided > UNDOABLE:
            raise NotDone(
                say(
                    "过了{minutes}分钟，不能撤销了。定错了，请先找负责人商量，再打电话告诉本人。",
                    minutes=UNDOABLE // timedelta(minutes=1),
                )
            )
        above = stays.above(unit, row.id)
        if above and not stays.drop(unit, above.id):
            raise NotDone(say("上面的工会已经打开看了，不能撤销了。请打电话说一声。"))
        if above:
            exports.recall(unit, (row.case,), above.office)
        if above is None and row.state == "passed":
            raise NotDone(_DECIDED)
        if row.state in {"returned", "refused"} and self._begun(unit, row):
            raise NotDone(say("本人已经在改了，不能撤销了。等他交回来再看。"))
        recalled = remarks.recall(unit, row.case, row.decided) if row.state == "returned" else ()
        before = _before(trail.entries(unit, row.case), row.id) if row.state == "passed" else None
        if before:
            done = stays.restore(unit, row.id, row.version, "accepted", before.seat or None, before.at or now)
        else:
            done = stays.decide(unit, row.id, row.version, "here", errands.seat.id, now)
        if not done:
            raise NotDone(_DECIDED)
        if before and before.at and row.decided - before.at <= UNTIL_TOLD:
            self._later(errands, before.at)  # it was passed on before anybody was told that it was accepted
        stays.opened(unit, row.id, errands.seat.id, now, takes=True)
        for part in recalled:
            party = invitations.of_party(unit, part)
            message = say("{office}撤销了刚才的退回，先不用改。", office=Own(errands.seat.office_name))
            self._telling.person(unit, party.person if party else None, message, now)
        self._trail.note(unit, row.case, errands.seat.id, "undone", row.id, now)
        errands.posted()

    # What all of them have in common

    def _decides(  # noqa: PLR0913, PLR0917  # one decision, and from where it leads
        self,
        errands: Errands,
        deed: deeds.Decision,
        state: str,
        out_of: tuple[str, ...],
        kind: Kind,
        clause: str = "",
        reason: str = "",
    ) -> None:
        row, seat = errands.case, errands.seat
        if row.version != deed.version or row.state not in out_of:
            raise NotDone(_decided(row))
        if row.holder and row.holder != seat.id:
            raise NotDone(say("{who}正打开着这一件。要办，先点“由我接着办”。", who=Own(row.held_by)))
        if not stays.decide(errands.unit, row.id, row.version, state, seat.id, errands.now, clause, reason):
            raise NotDone(_DECIDED)
        stated = statements.of_round(errands.unit, row.case, row.round)
        self._trail.note(
            errands.unit,
            row.case,
            seat.id,
            kind,
            row.id,
            errands.now,
            as_noted(stated.answers) if stated else "",
        )

    def _written(self, errands: Errands) -> None:
        """What the office is to write itself is written before the case goes on."""
        dossier = self._dossiers.of(errands.unit, errands.case, errands.now)
        declared = dossier.programme.statement if dossier else None
        if dossier is None or declared is None or not dossier.unwritten:
            return
        labels = tuple(Own(each.label) for each in dossier.unwritten)
        raise NotDone(
            say(
                "还没有上报：{title}还差{labels}。请先点“去{task}”；准备在纸上手写的，点“上报”，再点“不写，照样上报”。",
                title=declared.title,
                labels=labels,
                task=declared.task,
            )
        )

    @staticmethod
    def _unsent(errands: Errands) -> None:
        written = [each for each in remarks.of_case(errands.unit, errands.case.case) if each.sent is None]
        if written:
            sentence = say(
                "还有{count}条写好没退回的意见。先退回，或者一条条点“不提了”。", count=len(written)
            )
            raise NotDone(sentence)

    def _applies(self, errands: Errands) -> None:
        """A slip that was mended may have left a question out that a remark was written on before."""
        unit, row = errands.unit, errands.case
        sealed = handing.of_round(unit, row.case, row.round)
        parts = {each.key: each.view for each in self._dossiers.parts(unit, sealed)} if sealed else {}
        standing = {e.party for e in invitations.of_case(unit, row.case) if e.standing in STANDING}
        for each in remarks.of_case(unit, row.case):
            if each.sent is not None:
                continue
            view = parts.get(each.key)
            asked = view.form.questions.get(each.question) if view else None
            if view is None or asked is None or asked not in view.steps:
                label = view.words.text(asked.label) if view and asked else Own(each.question)
                raise NotDone(say("“{label}”现在不用填了，这一条意见请点“不提了”。", label=label))
            if each.party not in standing:
                label = view.words.text(asked.label)
                raise NotDone(say("写“{label}”的人已经退出了，这一条意见请点“不提了”。", label=label))

    @staticmethod
    def _begun(unit: Unit, row: Stay) -> bool:
        """Whether anybody has changed what was sent back, or refused: the answers are no longer those that were handed in."""
        sealed = handing.of_round(unit, row.case, row.round)
        was = {part.party: part.state.answers for part in sealed.parts} if sealed else {}
        sent = [each for each in remarks.of_case(unit, row.case) if each.sent == row.decided]
        free = {each.party for each in sent} if row.state == "returned" else set(was)
        interviews.interrupt(unit, free)  # an answer on its way counts, or is none
        asked = {each.id for each in sent}
        for party in free:
            speaker = interviews.of_party(unit, party)
            if speaker is None:
                continue
            upheld = any(kept.remark in asked for kept in speaker.state.upheld)
            if upheld or speaker.state.answers != was.get(party):
                return True
        return False

    @staticmethod
    def _later(errands: Errands, decided: datetime | None = None) -> None:
        """Whoever the case is about is told once the decision, of now or of then, can no more be taken back."""
        row = errands.case
        payload = {"stay": row.id, "version": str(row.version + 1)}
        key = f"{KIND} {row.id} {row.version + 1}"
        due = max(errands.now, (decided or errands.now) + UNTIL_TOLD)
        outbox.enqueue(errands.unit, KIND, key, payload, due)

    def tell(self, unit: Unit, item: Item, now: datetime) -> None:
        """Tell whoever a case is about what was decided, where it still stands."""
        stays.hold(unit, item.payload["stay"])
        row = stays.one(unit, item.payload["stay"])
        if row is None or str(row.version) != item.payload["version"]:
            return
        leading, office = self._leading(unit, row), offices.find(unit, row.office)
        if leading is None or office is None:
            return
        self._telling.person(unit, leading[1], _outcome(unit, row, office.office.name), now)

    @staticmethod
    def _leading(unit: Unit, row: Stay) -> tuple[str, str | None] | None:
        leading = invitations.leads(invitations.of_case(unit, row.case))
        return (leading.party, leading.person) if leading else None


_DECIDED = say("这一件刚才已经有人办了，请看现在的样子。")


def _before(entries: Sequence[Entry], stay: str) -> Entry | None:
    """The acceptance on which a case was passed on, out of its trail; None where it was passed on as it came."""
    stands: list[Entry] = []
    for each in entries:
        if each.about != stay:
            continue
        if each.kind == "handed_in":
            stands.clear()
        elif each.kind == "undone":
            del stands[-1:]
        elif each.kind in {"accepted", "passed_up", "returned", "refused"}:
            stands.append(each)
    before = stands[-2] if len(stands) > 1 else None
    return before if before and before.kind == "accepted" else None


def _decided(row: Stay) -> Message:
    """Who was quicker."""
    if row.decided_by and row.decided:
        return say("{who}刚才已经办了这一件，请看现在的样子。", who=Own(row.decided_by))
    return _DECIDED


def _outcome(unit: Unit, row: Stay, office: str) -> Message:
    number = Own(row.number)
    if row.state == "accepted":
        return say(
            "{office}受理了您的申报，编号{number}。纸质材料照“材料清单”交。",
            office=Own(office),
            number=number,
        )
    if row.state == "passed":
        above = stays.above(unit, row.id)
        receiver = offices.find(unit, above.office) if above else None
        return say(
            "{office}把您的申报（编号{number}）上报{above}了。",
            office=Own(office),
            number=number,
            above=Own(receiver.office.name if receiver else "—"),
        )
    return say(
        "{office}没有受理您的申报（编号{number}）：{clause}。理由：{reason}。有疑问请打电话问。",
        office=Own(office),
        number=number,
        clause=Own(row.clause or "—"),
        reason=Own(row.reason),
    )
