"""What each deed of the desk does to what is kept, inside the unit that keeps the turn. One register, as for events.

The seat is looked at here, in that very unit: whoever lost it a moment ago does nothing. A deed that does not count is
refused with a sentence, and nothing of the turn is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.house.desk.decisions import Decisions
from bot.house.desk.erasing_cases import ErasingCases
from bot.house.desk.errands import Errands
from bot.house.desk.not_done import NotDone
from bot.house.desk.orders import Orders
from bot.house.desk.selecting import Selecting
from bot.house.desk.staffwork import Staffwork
from bot.house.desk.stated import Stating
from dialogs.desk import deeds, stage_deeds
from dialogs.desk.board import STATES
from dialogs.desk.deeds import Deed, OnStay, kinds
from forms.message import Own, say
from forms.seats import rights
from storage import desks, seats, stays

Doer = Callable[[Errands, Any], None]


class Doings:
    """The register. Raises TypeError where a deed has nobody who does it."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that does deeds
        self,
        decisions: Decisions,
        staffwork: Staffwork,
        orders: Orders,
        selecting: Selecting,
        erasing: ErasingCases,
        stating: Stating,
    ) -> None:
        self._does: Mapping[type[Deed], Doer] = {
            deeds.Opened: staffwork.opened,
            deeds.PutDown: staffwork.put_down,
            deeds.TakenOver: staffwork.taken_over,
            deeds.TakenOn: staffwork.taken_on,
            deeds.Assigned: staffwork.assigned,
            deeds.Remarked: staffwork.remarked,
            deeds.RemarkDropped: staffwork.remark_dropped,
            deeds.Settled: staffwork.settled,
            deeds.Unsettled: staffwork.unsettled,
            deeds.Corrected: staffwork.corrected,
            deeds.Stated: stating.stated,
            deeds.Ticked: staffwork.ticked,
            deeds.Unticked: staffwork.unticked,
            deeds.GivenBack: staffwork.given_back,
            deeds.Replied: staffwork.replied,
            deeds.LettersRead: staffwork.letters_read,
            deeds.ErasureAgreed: erasing.agreed,
            deeds.ErasureKept: erasing.kept,
            deeds.CodeIssued: staffwork.code_issued,
            deeds.Returned: decisions.returned,
            deeds.Accepted: decisions.accepted,
            deeds.PassedUp: decisions.passed_up,
            deeds.Refused: decisions.refused,
            deeds.Undone: decisions.undone,
            deeds.SeatOffered: staffwork.seat_offered,
            deeds.SeatEnded: staffwork.seat_ended,
            deeds.Exported: orders.exported,
            stage_deeds.StageBegun: selecting.begun,
            stage_deeds.StandingSet: selecting.set,
            stage_deeds.StandingPlaced: selecting.placed,
            stage_deeds.StageFilled: selecting.filled,
            stage_deeds.ObjectedTo: selecting.objected_to,
            stage_deeds.ObjectionAnswered: selecting.answered,
            stage_deeds.MovedUp: selecting.moved_up,
            stage_deeds.TitleGiven: selecting.named,
            stage_deeds.StageClosed: selecting.closed,
            stage_deeds.StageReopened: selecting.reopened,
            deeds.DigestAt: _digest,
            deeds.LeftDesk: _left,
        }
        missing = set(kinds()) - self._does.keys()
        if missing:
            raise TypeError(f"nobody does {sorted(each.__name__ for each in missing)}")

    def do(self, errands: Errands, deed: Deed) -> None:
        """Do one deed. Raises `NotDone` where it does not count."""
        seat = errands.seat
        if not rights((seat.role,), corrects=seat.corrects).may(deed.act):
            raise NotDone(say("您的席位不能做这一步。要办，请找负责人或经办人。"))
        if isinstance(deed, OnStay):
            stays.hold(errands.unit, deed.stay)
            errands.stay = stays.at_office(errands.unit, deed.stay, [seat.office])
            state = errands.case.state
            if state not in deed.states:
                raise NotDone(
                    say(
                        "这一件{state}，现在不能做这一步。能做的在下面。", state=STATES.get(state, Own(state))
                    )
                )
        self._does[type(deed)](errands, deed)


def _digest(errands: Errands, deed: deeds.DigestAt) -> None:
    seats.digest_at(errands.unit, errands.seat.id, deed.hour)


def _left(errands: Errands, deed: deeds.LeftDesk) -> None:
    desks.leave(errands.unit, errands.person)
