"""A case is handed in to an office, taken back, or handed in again: what that does, and what its parties see of it.

What is handed in is sealed as it was shown: every part that counts, in one row. Staff look at that and at nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.house.afterwards import Ordered, Posted
from bot.house.archive import Archive
from bot.house.company import company, rests
from bot.house.desk.dossiers import Dossiers
from bot.house.desk.letterbox import Letterbox
from bot.house.desk.telling import Telling
from bot.house.devices import day, minute
from bot.house.doing import Doing
from bot.house.finding import Finding
from bot.house.trailing import Trail
from dialogs import events as happened
from dialogs.at_office import Correction, Destination, Erasing, Handed, Place, Returned
from dialogs.invited import over
from dialogs.keeping import written
from dialogs.returned import owes
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from forms.dates import spoken
from forms.destinations import destinations
from forms.kinds.base import Value
from forms.message import Message, Own, say
from forms.preferring import rank
from forms.programme import Programme
from storage import (
    cases,
    erasures,
    exports,
    handing,
    interviews,
    invitations,
    offices,
    outcomes,
    papers_in,
    remarks,
    settlements,
    statements,
    stays,
)
from storage.handing import Sealed
from storage.interviews import Speaker
from storage.stays import NEVER, Stay
from storage.unit import Unit

#: The question whose answer is the unit of whoever a case is about.
EMPLOYER = "employer"


#: So many rounds of a case are kept before it is taken back no more.
_ROUNDS = 20


class Receiving:
    """Of one house. To be called within `Archive.run`, or `read` where it only looks."""

    def __init__(
        self, archive: Archive, dossiers: Dossiers, telling: Telling, finding: Finding, trail: Trail
    ) -> None:
        #: What parties write to the office that has their case.
        self.letterbox = Letterbox(telling)
        self.trail = trail
        self._archive = archive
        self._dossiers = dossiers
        self._telling = telling
        self._finding = finding

    # What a party sees

    def seen(self, unit: Unit, speaker: Speaker, scene: Scene, programme: Programme | None) -> Scene:
        """The scene with where the speaker's case lies and what came back to them; the same where it lies nowhere."""
        if speaker.case is None or speaker.party is None or programme is None:
            return scene
        row = stays.latest(unit, speaker.case) if speaker.lies else None
        leads = role_of(speaker.state.role).leads
        scene = replace(scene, settlements=settlements.of_case(unit, speaker.case)) if row else scene
        ending = speaker.state.finished_at or speaker.state.page == "declare"  # it may be over with this turn
        if row is None and not (leads and ending):
            return scene
        return replace(
            scene,
            handed=self._handed(unit, row, speaker, programme, scene) if row else None,
            returned=self._returned(unit, speaker, row) if row else (),
            corrections=self._corrections(unit, speaker, row) if row else (),
            destinations=self._whither(unit, row, View(programme, speaker.state, scene)) if leads else (),
        )

    def _owing(self, unit: Unit, row: Stay, programme: Programme, scene: Scene) -> tuple[str, ...]:
        """The other parties that still owe an answer to what came back to them; whoever takes part no more owes none."""
        if row.state != "returned":
            return ()
        sent = {e.party: e.key for e in remarks.of_case(unit, row.case) if e.sent and e.answered is None}
        owing = []
        for party, key in sent.items():
            speaker = interviews.of_party(unit, party)
            if speaker is None or role_of(speaker.state.role).leads:
                continue
            others = company(unit, programme, speaker, scene.now)
            theirs = Scene(
                scene.now,
                scene.offered,
                others.parts,
                invited=others.invited,
                returned=self._returned(unit, speaker, row),
            )
            view = View(programme, speaker.state, theirs)
            if not over(view) and owes(view):
                owing.append(key)
        return tuple(sorted(owing))

    def _handed(self, unit: Unit, row: Stay, speaker: Speaker, programme: Programme, scene: Scene) -> Handed:
        office, leads = offices.find(unit, row.office), role_of(speaker.state.role).leads
        above = stays.above(unit, row.id)
        receiver = offices.find(unit, above.office) if above else None
        return Handed(
            state=row.state,  # type: ignore[arg-type]  # written from the same few words
            round=row.round,
            when=minute(handing.at(unit, row.case, row.round) or row.arrived),
            office=office.office.name if office else "",
            number=row.number,
            place=_place(office, row.due),
            clause=row.clause,
            reason=row.reason,
            undone=row.state == "here" and row.decided is not None and row.decided == row.since,
            above=receiver.office.name if receiver else "",
            may_withdraw=leads and _may_be_taken_back(row),
            in_hand=tuple(papers_in.of_case(unit, row.case).values()),
            owing=self._owing(unit, row, programme, scene) if leads else (),
            erasing=_erasing(unit, row, speaker.person),
            result=outcomes.so_far(
                unit, self._archive.library.named(programme.id) or programme, row, scene.now
            )
            if leads
            else None,
        )

    @staticmethod
    def _returned(unit: Unit, speaker: Speaker, row: Stay) -> tuple[Returned, ...]:
        if row.state != "returned" or speaker.party is None:
            return ()
        sealed = handing.of_round(unit, row.case, row.round)
        office = offices.find(unit, row.office)
        was = (
            next((part.state.answers for part in sealed.parts if part.party == speaker.party), {})
            if sealed
            else {}
        )
        return tuple(
            Returned(
                each.id,
                each.question,
                each.sort,
                each.text,
                office.office.name if office else "",
                was.get(each.question),
            )
            for each in remarks.open_of(unit, speaker.party)
        )

    @staticmethod
    def _corrections(unit: Unit, speaker: Speaker, row: Stay) -> tuple[Correction, ...]:
        office = offices.find(unit, row.office)
        return tuple(
            Correction(each.id, each.question, each.was, each.now, office.office.name if office else "")
            for each in remarks.corrections(unit, row.case)
            if each.party == speaker.party and each.undone is None
        )

    @staticmethod
    def _whither(unit: Unit, row: Stay | None, view: View) -> tuple[Destination, ...]:
        """Where the case may be handed in: where it came back from, else wherever its programme and answers lead."""
        due = _due(view.programme)
        if row and row.state == "returned":
            office = offices.find(unit, row.office)
            return (Destination(office.id, office.office.name, _place(office, due)),) if office else ()
        if row and row.state != "withdrawn":
            return ()
        kept = {each.id: each.office for each in offices.standing(unit)}
        there = destinations(kept, view.programme, view.scope)
        rows = (offices.find(unit, each) for each in there.offices)
        return tuple(
            Destination(each.id, each.office.name, _place(each, due), there.certain) for each in rows if each
        )

    # What a party does

    def handed_in(self, doing: Doing, event: happened.HandedIn) -> None:
        """The case is sealed as it stands and lies at the office from now on; its people are told."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        programme = self._archive.pinned(unit, doing.outcome.interview.digest)
        if speaker.case is None or speaker.party is None or programme is None:
            return
        there = replace(speaker, state=doing.outcome.interview)
        cases.hold(unit, speaker.case)
        offices.hold(unit, event.about)
        row = stays.latest(unit, speaker.case)
        view = View(programme, there.state, doing.scene)
        allowed = {each.id for each in self._whither(unit, row, view)}
        if event.about not in allowed or view.rehearsing or not there.state.finished_at:
            doing.again = True  # things have moved on meanwhile: the Screen tells how they stand
            if row is None or row.state not in stays.STANDING:
                doing.tell(say("刚才没有递交成：这期间有变动。请看下面，再递交一次。"))
            return
        others = {each.party for each in invitations.of_case(unit, speaker.case)} - {speaker.party}
        interviews.interrupt(unit, others)  # what they say now is in it, or they learn that it is handed in
        sealed = handing.seal(unit, speaker.case, self._parts(unit, there, programme, view), _face(view), now)
        number = handing.number_of(unit, speaker.case)
        face = _face(view)
        keys = self._finding.keys(face["name"], _identity(view), number)
        handing.findable(unit, speaker.case, keys)
        parts = self._dossiers.parts(unit, sealed)
        doubts, lacking = self._dossiers.left(unit, speaker.case, parts)
        place = rank(programme, parts[0].view.scope)
        if row and row.state == "returned":
            remarks.answered(unit, speaker.case, sealed.round)
            employer = self._finding.unit_key(face["unit"])
            stays.again(unit, row, sealed.round, now, doubts, lacking, employer, place)
            stay = row.id
        else:
            stay = stays.arrive(
                unit,
                speaker.case,
                event.about,
                programme.id,
                sealed.round,
                now,
                _due(programme),
                doubts,
                lacking,
                self._finding.unit_key(face["unit"]),
                rank=place,
            )
            statements.arrived(unit, speaker.case, sealed.round, event.about, now)
        self.trail.note(unit, speaker.case, None, "handed_in", stay, now, sealed.digest)
        message, plain = _card(parts[0].view, number, sealed.round, doubts, lacking)
        self._telling.office(unit, event.about, message, plain, now, speaker.case)
        doing.after.append(Posted())
        doing.again = True

    def taken_back(self, doing: Doing, event: happened.TakenBack) -> None:
        """The case lies at no office any more, where nobody there has opened it."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        cases.hold(unit, speaker.case or "")
        row = stays.current(unit, speaker.case) if speaker.case else None
        doing.again = True
        if row is None:
            return  # at another device: the Screen tells how it stands
        if not _may_be_taken_back(row):
            office = offices.find(unit, row.office)
            there = Own(office.office.name if office else "—")
            doing.tell(
                say("{office}刚刚打开看了，撤不回来了。要改，请打电话说一声，让他们退回给您。", office=there)
            )
            return
        if stays.decide(unit, row.id, row.version, "withdrawn", None, now):
            self.trail.note(unit, row.case, None, "withdrawn", row.id, now)
            message = say("{number}，本人撤回去改了，先不用办。", number=Own(row.number))
            if exports.recall(unit, (row.case,), row.office):
                message = say(
                    "{number}，本人撤回去改了，先不用办。导出过的文件里有它，不能再下载了；下载过的，请删掉。",
                    number=Own(row.number),
                )
            self._telling.office(unit, row.office, message, message, now)
            doing.after.extend((Posted(), Ordered()))

    def correction_undone(self, doing: Doing, event: happened.CorrectionUndone) -> None:
        """Whoever owns an answer takes a correction back: staff are told, and look at what was handed in before."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        cases.hold(unit, speaker.case or "")
        row = stays.latest(unit, speaker.case) if speaker.case else None
        doing.again = True
        mended = (
            next((e for e in remarks.corrections(unit, row.case) if e.id == event.about), None)
            if row
            else None
        )
        if row is None or mended is None or not remarks.undo(unit, row.case, event.about, now):
            return
        if row.state in stays.STANDING:
            handing.mend(unit, row.case, row.round, mended.party, mended.question, mended.was)
            self._anew(unit, row)
        message = say("{number}，本人把您这里替改的一处改回去了。", number=Own(row.number))
        self._telling.office(unit, row.office, message, message, now)
        doing.after.append(Posted())

    def taken_out(  # noqa: PLR0913, PLR0917  # one answer, and what is said of it
        self, unit: Unit, row: Stay, part: str, question: str, told: Message, now: datetime
    ) -> None:
        """An answer goes out of all that was handed in, as its owner wishes; an office that has it is told."""
        cases.hold(unit, row.case)
        handing.take_out(unit, row.case, part, question)
        if row.state in stays.STANDING:
            self._anew(unit, row)
            self._telling.office(unit, row.office, told, told, now)

    def mended(self, unit: Unit, row: Stay, part: str, question: str, value: Value) -> None:
        """An answer is another one in what was handed in, and in the interview that it is from."""
        handing.mend(unit, row.case, row.round, part, question, value)
        self._anew(unit, row)
        owner = interviews.of_party(unit, part)
        if owner is None:
            return
        answers = {name: each for name, each in owner.state.answers.items() if name != question}
        if value is not None:
            answers[question] = value
        state = owner.state.model_copy(update={"answers": answers, "revision": owner.state.revision + 1})
        interviews.save(unit, owner, written(state))

    def _anew(self, unit: Unit, row: Stay) -> None:
        """Lists show, searches find and trays count what was handed in as it is now."""
        sealed = handing.of_round(unit, row.case, row.round)
        parts = self._dossiers.parts(unit, sealed) if sealed else ()
        if not parts:
            return
        face = _face(parts[0].view)
        handing.faced(unit, row.case, row.round, face)
        keys = self._finding.keys(face["name"], _identity(parts[0].view), row.number)
        handing.findable(unit, row.case, keys)
        doubts, lacking = self._dossiers.left(unit, row.case, parts)
        stays.counts(unit, row.id, doubts, lacking, employer=self._finding.unit_key(face["unit"]))

    @staticmethod
    def _parts(unit: Unit, speaker: Speaker, programme: Programme, view: View) -> tuple[Sealed, ...]:
        """The nominee's part, and every other that counts."""
        parts = [Sealed(speaker.party or "", speaker.state.role, 1, speaker.state)]
        for row in invitations.of_case(unit, speaker.case or ""):
            if row.party == speaker.party:
                parts[0] = replace(parts[0], number=row.number)
            elif row.state and row.standing == "confirmed" and rests(programme, row, view.scope):
                parts.append(Sealed(row.party, row.role, row.number, row.state))
        return tuple(parts)


def _erasing(unit: Unit, row: Stay, person: str) -> Erasing | None:
    """The request of a person that an office settles; None where it has nothing (any more)."""
    asked = next((e for e in erasures.of_case(unit, row.case) if e.person == person), None)
    if asked is None or row.state not in stays.STANDING:
        return None
    return Erasing(day(asked.asked), asked.answered is not None, asked.reason)


def _may_be_taken_back(row: Stay) -> bool:
    """Whether nobody at an office has looked at a case yet: one that was passed on was looked at below.

    Every round is kept as it was handed in, so it is not taken back without end.
    """
    return row.state == "here" and row.opened is None and row.before is None and row.round < _ROUNDS


def _face(view: View) -> dict[str, str]:
    """What a list shows of a case."""
    name = str(view.interview.answers.get(view.form.named_by, ""))
    return {"name": name, "unit": str(view.scope.get(EMPLOYER, ""))}


def _identity(view: View) -> str:
    """The ID number of whoever the case is about; "" where it asks for none."""
    return str(view.interview.answers.get(view.form.identified_by, ""))


def _due(programme: Programme) -> str:
    """The day by which a case is to be dealt with, ISO; "" where the programme has none."""
    return programme.window.closes.isoformat() if programme.window.closes else ""


def _place(kept: offices.Kept | None, due: str) -> Place:
    if kept is None:
        return Place()
    office = kept.office
    return Place(office.phone, office.address, office.hours, "" if due == NEVER else due)


def _card(view: View, number: str, round_: int, doubts: int, lacking: int) -> tuple[Message, Message]:
    """What an office is told of a case that came, with its names and without."""
    programme, face = view.programme, _face(view)
    title, due = Own(programme.title), _due(programme)
    until = say("，截止{day}", day=spoken(due)) if due else Own("")
    came = say("新到一件") if round_ == 1 else say("改好又交来一件（第{round}次）", round=round_)
    open_ = (
        *((say("{count}条待核实", count=doubts),) if doubts else ()),
        *((say("差{count}样纸质", count=lacking),) if lacking else ()),
    )
    left = say("{all}", all=open_) if open_ else say("齐全")
    route = str(view.scope.get("route", ""))
    way = Own(programme.route(route).title) if route else Own("")
    whole = say("{came}：{name}，{unit}。{title}，{way}{until}。编号{number}，{left}。", came=came,
                name=Own(face["name"]), unit=Own(face["unit"] or "—"), title=title, way=way, until=until,
                number=Own(number), left=left)  # fmt: skip
    plain = say("{came}：{title}，编号{number}{until}。请到网页工作台上办。", came=came, title=title,
                number=Own(number), until=until)  # fmt: skip
    return whole, plain
