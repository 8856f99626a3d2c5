"""What staff do on a case without deciding it: open it, write remarks, settle, mend, tick, answer, help back in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.house.archive import Archive
from bot.house.desk.dossiers import Dossiers
from bot.house.desk.not_done import NotDone
from bot.house.desk.receiving import Receiving
from bot.house.desk.telling import Telling
from bot.house.failure import Failure
from bot.house.lost import issue
from bot.house.seating import Seating
from bot.house.trailing import Trail
from dialogs.desk import deeds
from dialogs.desk.desk_pages import page_of
from dialogs.desk.desk_scene import Dossier, PartBrief
from dialogs.desk.desk_state import read
from dialogs.desk.reviewing import LONGEST
from dialogs.desk.slips import mendable, unfit
from dialogs.trail_words import Kind
from forms.in_hand import InHand
from forms.kinds.base import Question
from forms.message import Message, Own, say
from forms.parties import LEADING
from forms.settling import Settlement, ground
from storage import desks, invitations, letters, papers_in, remarks, seats, settlements, stays
from storage.stays import Stay
from storage.tables import STANDING

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands


class Staffwork:
    """Of one house. To be called within `Archive.run`."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that staff touch
        self,
        archive: Archive,
        dossiers: Dossiers,
        receiving: Receiving,
        telling: Telling,
        seating: Seating,
        trail: Trail,
    ) -> None:
        self._archive = archive
        self._dossiers = dossiers
        self._receiving = receiving
        self._telling = telling
        self._seating = seating
        self._trail = trail

    def _note(self, errands: Errands, kind: Kind, about: str = "", value: str = "") -> None:
        self._trail.note(errands.unit, errands.case.case, errands.seat.id, kind, about, errands.now, value)

    def _dossier(self, errands: Errands) -> Dossier:
        dossier = self._dossiers.of(errands.unit, errands.case, errands.now)
        if dossier is None:
            raise NotDone(say("这一件现在读不出来，请找管理匠荐的人看一下。"))
        return dossier

    # Who has it

    def opened(self, errands: Errands, deed: deeds.Opened) -> None:
        """Whoever decides holds what they open; who only looks leaves no mark but the trail's."""
        row = errands.case
        if errands.seat.rights.decides:
            stays.opened(errands.unit, row.id, errands.seat.id, errands.now, takes=False)
        self._note(errands, "seen", row.id)

    def put_down(self, errands: Errands, deed: deeds.PutDown) -> None:
        """Whoever goes on lets go of the case, and those who look at it learn of it; what is half written keeps it."""
        unit, seat = errands.unit, errands.seat
        stays.hold(unit, deed.stay)
        row = stays.one(unit, deed.stay)
        if row is None or row.holder != seat.id:
            return
        begun = sum(each.sent is None for each in remarks.of_case(unit, row.case))
        if begun:
            sentence = say(
                "{number}还有{count}条写好没退回的意见，先给您留着，这一件还在您手上。",
                number=Own(row.number),
                count=begun,
            )
            errands.said.append(sentence)
            return
        stays.put_down(unit, row.id, seat.id)
        message = say("{who}不在看{number}了，您可以办了。", who=Own(seat.name), number=Own(row.number))
        for person in self._looking(errands, row):
            self._telling.seat(unit, person, message, message, errands.now)
            errands.posted()

    @staticmethod
    def _looking(errands: Errands, row: Stay) -> frozenset[str]:
        """Who else may work on a case and has it on their desk now."""
        unit, looking = errands.unit, set[str]()
        for each in seats.of_office(unit, row.office):
            kept = desks.of(unit, each.person) if each.person and each.rights.decides else None
            if each.person and each.person != errands.person and kept and kept.open:
                desk = read(kept.state)
                if desk.stay == row.id and page_of(desk.page).case:
                    looking.add(each.person)
        return frozenset(looking)

    def taken_over(self, errands: Errands, deed: deeds.TakenOver) -> None:
        """Another one had it open; they learn of it at once."""
        row, seat = errands.case, errands.seat
        if row.holder == seat.id:
            return
        if row.state not in stays.STANDING:
            raise NotDone(say("这一件已经办完了，不用再接。请回到看板看别的件。"))
        held = seats.find(errands.unit, row.holder) if row.holder else None
        stays.opened(errands.unit, row.id, seat.id, errands.now, takes=True)
        self._note(errands, "taken_over", row.id)
        if held and held.person and held.person != errands.person:
            message = say("{who}把{number}接过去办了。", who=Own(seat.name), number=Own(row.number))
            self._telling.seat(errands.unit, held.person, message, message, errands.now)
            errands.posted()

    def taken_on(self, errands: Errands, deed: deeds.TakenOn) -> None:
        """Whoever has it open is to work on it."""
        stays.assign(errands.unit, errands.case.id, errands.seat.id)
        self._note(errands, "assigned", errands.seat.id)

    def assigned(self, errands: Errands, deed: deeds.Assigned) -> None:
        """A colleague of the same office is to work on it, and learns of it."""
        row, unit = errands.case, errands.unit
        seats.hold(unit, [deed.seat])
        chosen = seats.find(unit, deed.seat) if deed.seat else None
        if deed.seat and (chosen is None or chosen.office != row.office or not chosen.rights.decides):
            raise NotDone(say("这位同事现在不能办这里的件，请分给别人。"))
        stays.assign(unit, row.id, deed.seat or None)
        self._note(errands, "assigned", deed.seat)
        if chosen and chosen.person and chosen.person != errands.person:
            message = say("{who}把{number}分给您办。", who=Own(errands.seat.name), number=Own(row.number))
            self._telling.seat(unit, chosen.person, message, message, errands.now)
            errands.posted()

    # What is found about it

    def remarked(self, errands: Errands, deed: deeds.Remarked) -> None:
        """A remark on a question that still applies."""
        row = errands.case
        self._free(errands)
        part, question = self._question(self._dossier(errands), deed.part, deed.question)
        if question not in part.view.steps:
            raise NotDone(say("这一项现在不用填了，不用写意见。请看别的项。"))
        if len(deed.text) > LONGEST:
            raise NotDone(
                say(
                    "一条意见最多{most}个字，这条有{count}个字。请短一点。",
                    most=LONGEST,
                    count=len(deed.text),
                )
            )
        party = self._party(errands, deed.part)
        unit, now = errands.unit, errands.now
        before = [
            e for e in remarks.of_case(unit, row.case) if e.party == party and e.question == deed.question
        ]
        if any(each.sent is None for each in before):
            errands.said.append(say("这一项原来写的那条，换成了这一条。"))
        remarks.write(
            unit, row.case, party, deed.question, deed.sort, deed.text, errands.seat.id, now, row.round
        )
        self._note(errands, "remarked", f"{deed.part} {deed.question}", deed.text)

    def remark_dropped(self, errands: Errands, deed: deeds.RemarkDropped) -> None:
        """A remark that was not sent is none."""
        if not remarks.drop(errands.unit, errands.case.case, deed.remark):
            raise NotDone(say("这一条已经退回去了，或者已经不提了。请看下面现在还有哪些。"))
        self._note(errands, "remark_dropped", deed.remark)

    def settled(self, errands: Errands, deed: deeds.Settled) -> None:
        """What a rule left to staff is decided, on the ground of the answers as they were handed in."""
        self._free(errands)
        dossier = self._dossier(errands)
        ruled = next((each for each in dossier.doubts if each.name == deed.rule), None)
        if ruled is None:
            raise NotDone(say("这一条现在不用核实了。还要核实的在下面。"))
        if not deed.reason:
            raise NotDone(say("认定要写一句理由。"))
        unit, row = errands.unit, errands.case
        rests = ground(dossier.programme, ruled.verdict.rule, ruled.part.view.scope)
        settlement = Settlement(
            deed.rule,
            deed.outcome,
            deed.reason,
            rests,
            errands.seat.office_name,
            errands.seat.id,
            errands.now,
        )
        settlements.settle(unit, row.case, settlement)
        self._note(errands, "settled", deed.rule, f"{deed.outcome} {deed.reason}")
        self._counted(errands)

    def unsettled(self, errands: Errands, deed: deeds.Unsettled) -> None:
        """What was decided is open again."""
        self._free(errands)
        settlements.unsettle(errands.unit, errands.case.case, deed.rule)
        self._note(errands, "unsettled", deed.rule)
        self._counted(errands)

    def corrected(self, errands: Errands, deed: deeds.Corrected) -> None:
        """A slip is mended in the answer itself and in what was handed in; whoever it is learns of it at once."""
        row, unit, now = errands.case, errands.unit, errands.now
        self._free(errands)
        part, question = self._question(self._dossier(errands), deed.part, deed.question)
        asked, value = part.view.question(deed.question), deed.value
        if not mendable(question):
            raise NotDone(say("这一项要本人自己改。请写一条意见，退回去。"))
        if refused := unfit(part.view, asked, value):
            raise NotDone(refused.message)
        party = self._party(errands, deed.part)
        was = part.view.interview.answers.get(deed.question)
        if was == value:
            raise NotDone(say("和现在填的一样，没有改。要改，请打改后的；不用改，就看下一项。"))
        remarks.correct(unit, row.case, party, deed.question, was, value, errands.seat.id, now)
        self._receiving.mended(unit, row, party, deed.question, value)
        message = say(
            "{office}替您改了一处笔误：{label}，{was} → {now}。不对的话，点一下就能改回去。",
            office=Own(errands.seat.office_name),
            label=question.label,
            was=_shown(asked, was),
            now=_shown(asked, value),
        )
        owner = invitations.of_party(unit, party)
        self._telling.person(unit, owner.person if owner else None, message, now, row.case)
        self._note(errands, "corrected", f"{deed.part} {deed.question}", str(value))
        self._counted(errands)
        errands.posted()

    # Paper

    def ticked(self, errands: Errands, deed: deeds.Ticked) -> None:
        """A paper is in hand."""
        due = {each.paper.id: each.paper for each in self._dossier(errands).papers}
        if deed.paper not in due:
            raise NotDone(say("这一样现在不用交了。要交的在下面。"))
        wanted = due[deed.paper].copies
        copies = min(deed.copies or wanted, wanted)
        got = InHand(deed.paper, copies, deed.lacks, errands.seat.id, errands.now)
        papers_in.tick(errands.unit, errands.case.case, got)
        count = f"{copies}/{wanted}" if copies < wanted else ""
        self._note(errands, "ticked", deed.paper, " ".join(filter(None, (count, deed.lacks))))
        self._counted(errands)

    def unticked(self, errands: Errands, deed: deeds.Unticked) -> None:
        """It is not in hand after all."""
        papers_in.untick(errands.unit, errands.case.case, deed.paper)
        self._note(errands, "unticked", deed.paper)
        self._counted(errands)

    def given_back(self, errands: Errands, deed: deeds.GivenBack) -> None:
        """Originals were given back."""
        papers_in.give_back(errands.unit, errands.case.case, deed.paper, errands.now)
        self._note(errands, "given_back", deed.paper)

    # People

    def replied(self, errands: Errands, deed: deeds.Replied) -> None:
        """Words to a party; what it wrote meanwhile stays open."""
        row, unit = errands.case, errands.unit
        person = self._person(errands, deed.part)
        if not deed.text:
            raise NotDone(say("留言是空的，没有发。请打字再发。"))
        letters.reply(unit, row.case, person, errands.seat.id, deed.text, errands.now, deed.until)
        message = say(
            "{office}给您留言：{words}　要回话，打“留言”。",
            office=Own(errands.seat.office_name),
            words=Own(deed.text),
        )
        self._telling.person(unit, person, message, errands.now, row.case)
        self._note(errands, "replied", row.id, deed.text)
        errands.posted()

    def letters_read(self, errands: Errands, deed: deeds.LettersRead) -> None:
        """What a party wrote needs no answer."""
        person = self._person(errands, deed.part)
        letters.read(errands.unit, errands.case.case, person, errands.now, deed.until)

    @staticmethod
    def _person(errands: Errands, key: str) -> str:
        """Whoever a party is. Raises `NotDone` where nobody is it any more."""
        rows = invitations.of_case(errands.unit, errands.case.case)
        person = next((each.person for each in rows if each.key == key), None)
        if person is None:
            raise NotDone(say("现在没有人收得到这句话，请打电话。"))
        return person

    def code_issued(self, errands: Errands, deed: deeds.CodeIssued) -> None:
        """A code of the union for the part that the case is about; every device of theirs is told."""
        row, unit = errands.case, errands.unit
        try:
            slip = issue(unit, self._archive, row.case, LEADING, errands.seat.name, errands.now)
        except Failure as error:
            raise NotDone(say("现在没有本人这一方可以给码，请找管理匠荐的人。")) from error
        self._note(errands, "code_issued", row.id)
        errands.said.append(
            say(
                "新的恢复码：{code}。一天以后能用，30天内有效，只能用一次。请抄给本人，不要用微信发。",
                code=Own(slip),
            )
        )
        errands.posted()

    def seat_offered(self, errands: Errands, deed: deeds.SeatOffered) -> None:
        """A colleague is invited to the office of the seat itself."""
        seat, unit = errands.seat, errands.unit
        offered = self._seating.invite(unit, seat.office, deed.role, deed.name, seat.id, errands.now)
        self._trail.note(unit, seat.office, seat.id, "seat_given", offered.seat, errands.now)
        errands.page = ("offered", offered.seat)

    def seat_ended(self, errands: Errands, deed: deeds.SeatEnded) -> None:
        """A colleague's seat ends; the last head stays."""
        seat, unit = errands.seat, errands.unit
        chosen = seats.find(unit, deed.seat)
        if chosen is None or chosen.office != seat.office or chosen.ended:
            raise NotDone(say("这个席位已经收回了。现在有哪些席位，看下面。"))
        heads = [each for each in seats.of_office(unit, seat.office) if each.role == "head" and each.person]
        if chosen.role == "head" and chosen.person and len(heads) < 2:
            raise NotDone(say("这是最后一位负责人，不能收回。先请一位负责人来。"))
        seats.end(unit, chosen.id, errands.now)
        self._trail.note(unit, seat.office, seat.id, "seat_ended", chosen.id, errands.now)
        if chosen.person and chosen.person != errands.person:
            message = say("您在{office}的席位收回了。", office=Own(seat.office_name))
            self._telling.seat(unit, chosen.person, message, message, errands.now)
            errands.posted()

    # What all of them have in common

    @staticmethod
    def _free(errands: Errands) -> None:
        row = errands.case
        if row.holder and row.holder != errands.seat.id:
            raise NotDone(say("{who}正打开着这一件。要办，先点“由我接着办”。", who=Own(row.held_by)))

    @staticmethod
    def _question(dossier: Dossier, part: str, question: str) -> tuple[PartBrief, Question]:
        brief = dossier.part(part)
        asked = brief.view.form.questions.get(question) if brief else None
        if brief is None or asked is None:
            raise NotDone(say("这一项现在没有了，没有记下。请从下面重新点一项。"))
        return brief, asked

    @staticmethod
    def _party(errands: Errands, key: str) -> str:
        rows = invitations.of_case(errands.unit, errands.case.case)
        party = next((row.party for row in rows if row.key == key and row.standing in STANDING), None)
        if party is None:
            raise NotDone(say("这个人已经不在这份申报里了，没有记下。请看别的项。"))
        return party

    def _counted(self, errands: Errands) -> None:
        """How much is left to settle and to bring, after something of it was done."""
        dossier = self._dossier(errands)
        doubts, lacking = self._dossiers.left(errands.unit, errands.case.case, dossier.parts)
        stays.counts(errands.unit, errands.case.id, doubts, lacking)


def _shown(question: Question, value: Any) -> Message | Own:
    if value is None:
        return say("没有填")
    shown = question.show(value)
    return shown if isinstance(shown, Message) else Own(shown)
