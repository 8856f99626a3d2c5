"""What surrounds a turn at the desk: read by the house, as far as the page that is open shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialogs.at_office import Sort
from dialogs.desk.course_scene import Selection
from dialogs.desk.desk_state import Desk, Tray
from dialogs.trail_words import Actor
from dialogs.view import View
from dialogs.words import Words
from forms.documents import Paper
from forms.in_hand import InHand, lacking
from forms.kinds.base import Question, Value
from forms.message import Message
from forms.programme import Programme
from forms.rules import Verdict
from forms.seats import Act, Rights, rights
from forms.settling import SettledVerdict, Settlement, named


@dataclass(frozen=True)
class SeatBrief:
    """A seat: its office with what that one may do, and the office above, "" where there is none."""

    id: str
    office: str
    office_name: str
    role: str
    name: str
    above: str = ""
    corrects: bool = False
    digest: int | None = None
    waits: bool = False

    @property
    def rights(self) -> Rights:
        """What may be done from it."""
        return rights((self.role,), corrects=self.corrects)


@dataclass(frozen=True)
class StayBrief:
    """A case at an office, as a line of the board. `due` is an ISO day, "" where there is none.

    `holder` and `assigned` are seats with their names; `decider` the name of who decided last; `rank` is its place
    in its unit's order of preference. `erasing` tells that somebody wants it gone.
    """

    id: str
    case: str
    number: str
    office: str
    programme: str
    state: str
    version: int
    round: int
    arrived: datetime
    since: datetime
    due: str
    opened: bool
    doubts: int
    lacking: int
    name: str
    unit: str
    holder: str = ""
    held_by: str = ""
    assigned: str = ""
    assigned_to: str = ""
    decided: datetime | None = None
    decider: str = ""
    clause: str = ""
    reason: str = ""
    erasing: bool = False
    rank: int | None = None


@dataclass(frozen=True)
class Board:
    """A page of a tray. `counts` are by tray, at most `dialogs.desk.board.MOST`; `following` begins the next page.

    `quota` tells how many nominees the office may put forward, where one programme is looked at.
    """

    counts: Mapping[Tray, int]
    rows: tuple[StayBrief, ...]
    following: str
    programmes: tuple[tuple[str, str], ...] = ()
    quota: Message | None = None


@dataclass(frozen=True)
class PartBrief:
    """What one party has handed in: “nominee 1”, how it is called, its answers in their scene."""

    key: str
    called: str
    view: View


@dataclass(frozen=True)
class Ruled:
    """A verdict in a case, and in whose part it was given."""

    part: PartBrief
    verdict: Verdict

    @property
    def name(self) -> str:
        """What it is settled under."""
        return named(self.verdict.rule, self.part.view.number)

    @property
    def doubtful(self) -> bool:
        """Whether it is left to staff, and nobody has settled it on the answers as they are."""
        return self.verdict.outcome == "verify"

    @property
    def settled(self) -> bool:
        """Whether it is as staff settled it."""
        return isinstance(self.verdict, SettledVerdict)


@dataclass(frozen=True)
class RemarkBrief:
    """A remark: on which question of which part, of which sort, by whom, in which round, and what became of it."""

    id: str
    part: str
    question: str
    sort: Sort
    text: str
    by: str
    round: int
    sent: datetime | None
    answered: int | None


@dataclass(frozen=True)
class PaperBrief:
    """A paper that is due, how it is in hand, if it is, and who noted that."""

    paper: Paper
    got: InHand | None = None
    by: str = ""

    @property
    def lacking(self) -> bool:
        """Whether it is still to come, or something about it."""
        return bool(lacking((self.paper,), {self.paper.id: self.got} if self.got else {}))


@dataclass(frozen=True)
class StatementBrief:
    """What the receiving union writes itself: its form with what stands, beside the nominee's names.

    `own` tells that the words are those of the office at which the case is looked at; `version` is theirs, `round` the
    one in which they were written, `by` somebody of `office`. `undoable` tells that the last change may be taken back.
    """

    view: View
    version: int = 0
    round: int = 0
    by: str = ""
    office: str = ""
    at: datetime | None = None
    own: bool = False
    undoable: bool = False

    @property
    def answered(self) -> Mapping[str, Value]:
        """The answers that stand."""
        return self.view.interview.answers

    @property
    def lacking(self) -> tuple[Question, ...]:
        """What is still to be written, or to be mended."""
        missing = {each.id for each in self.view.missing} | self.view.wrong.keys()
        return tuple(each for each in self.view.steps if each.id in missing)


@dataclass(frozen=True)
class LetterBrief:
    """Words of a party (`by` is "") or of somebody at the office to it.

    `part` is the party by its key (“expert 1”), "" for one that takes part no more; `called` is how it is called, "" for
    whoever the case is about. `waits` tells that it is to be answered.
    """

    id: int
    part: str
    called: str
    text: str
    by: str
    at: datetime
    waits: bool = False


@dataclass(frozen=True)
class ErasureBrief:
    """A party that wants gone what the office has; `called` as in `LetterBrief`."""

    part: str
    called: str
    asked: datetime


@dataclass(frozen=True)
class CorrectionBrief:
    """A slip that the office has mended."""

    part: str
    question: str
    by: str
    at: datetime
    undone: bool


@dataclass(frozen=True)
class TrailBrief:
    """Something that was done, for the history: its kind as the trail has it, who did it, by name where it was staff.

    `by` is "" where the seat resolves to nothing any more. `stage` is the id of the stage that it was done in, if any.
    """

    at: datetime
    kind: str
    actor: Actor
    by: str = ""
    stage: str = ""


@dataclass(frozen=True)
class ExportBrief:
    """Something that the office takes along: how far it is, in words, and its name for saving once it is ready."""

    id: str
    kind: str
    state: str
    name: str
    told: Message


@dataclass(frozen=True)
class TwinBrief:
    """Another case of the programme with the same ID number, at this office: its stay, number and state."""

    stay: str
    number: str
    state: str


@dataclass(frozen=True)
class Dossier:
    """A case as staff need it. `before` is what was handed in the round before, `stated_before` what stood then of the
    office's own. `selected` is the id of the stage that the case stands in last at the office, and how, ("", "") for none."""

    stay: StayBrief
    programme: Programme
    parts: tuple[PartBrief, ...]
    before: tuple[PartBrief, ...] = ()
    remarks: tuple[RemarkBrief, ...] = ()
    settled: tuple[Settlement, ...] = ()
    papers: tuple[PaperBrief, ...] = ()
    letters: tuple[LetterBrief, ...] = ()
    erasures: tuple[ErasureBrief, ...] = ()
    corrections: tuple[CorrectionBrief, ...] = ()
    history: tuple[TrailBrief, ...] = ()
    undoable: bool = False
    twins: tuple[TwinBrief, ...] = ()
    twins_elsewhere: int = 0
    statement: StatementBrief | None = None
    stated_before: StatementBrief | None = None
    selected: tuple[str, str] = ("", "")

    @property
    def view(self) -> View:
        """The nominee's own part."""
        return self.parts[0].view

    def part(self, key: str) -> PartBrief | None:
        """A part by its key."""
        return next((each for each in self.parts if each.key == key), None)

    @property
    def ruled(self) -> tuple[Ruled, ...]:
        """Every verdict on every part, the nominee's first."""
        return tuple(Ruled(part, verdict) for part in self.parts for verdict in part.view.verdicts)

    @property
    def doubts(self) -> tuple[Ruled, ...]:
        """What is left to staff to decide."""
        return tuple(each for each in self.ruled if each.doubtful)

    @property
    def drafts(self) -> tuple[RemarkBrief, ...]:
        """The remarks that are written and not sent, in the order of the forms."""
        names = ((part.key, name) for part in self.parts for name in part.view.form.questions)
        place = {name: at for at, name in enumerate(names)}
        unsent = (each for each in self.remarks if each.sent is None)
        return tuple(sorted(unsent, key=lambda each: place.get((each.part, each.question), len(place))))

    @property
    def open(self) -> tuple[RemarkBrief, ...]:
        """The remarks that were sent and not answered."""
        return tuple(each for each in self.remarks if each.sent and each.answered is None)

    @property
    def unwritten(self) -> tuple[Question, ...]:
        """What the office at which the case is has still to write itself."""
        return self.statement.lacking if self.statement and self.statement.own else ()


@dataclass(frozen=True)
class Unheard:
    """What could not be told to anybody: how many notices, about which stays (with their numbers), to which colleagues."""

    notices: int
    stays: tuple[tuple[str, str], ...] = ()
    staff: tuple[str, ...] = ()


@dataclass(frozen=True)
class DeskScene:
    """The clock, the person's seats, and what the page that is open shows; `found` is what a search found,
    `token` that of the seat's link on the page, `exports` what the office takes along, of which `programmes`,
    `selection` the stages of one of them."""

    now: datetime
    seats: tuple[SeatBrief, ...]
    locale: str = "zh"
    board: Board | None = None
    dossier: Dossier | None = None
    found: tuple[StayBrief, ...] = ()
    colleagues: tuple[SeatBrief, ...] = ()
    token: str = ""
    exports: tuple[ExportBrief, ...] = ()
    programmes: tuple[tuple[str, str], ...] = ()
    selection: Selection | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    unheard: Unheard | None = None


@dataclass(frozen=True)
class DeskView:
    """A desk in its scene."""

    desk: Desk
    scene: DeskScene

    @property
    def words(self) -> Words:
        """The person's language, with the texts of the programme of the case or the selection that is open."""
        shown = self.scene.dossier or self.scene.selection
        return Words(self.scene.locale, shown.programme if shown else None)

    @property
    def dossier(self) -> Dossier:
        """The case that is open. Raises LookupError where it is not at this office."""
        if self.scene.dossier is None:
            raise LookupError(self.desk.stay)
        return self.scene.dossier

    @property
    def selection(self) -> Selection:
        """The selection that is open. Raises LookupError where there is none."""
        if self.scene.selection is None:
            raise LookupError(self.desk.selection)
        return self.scene.selection

    @property
    def seat(self) -> SeatBrief:
        """The seat that the person works from. Raises IndexError where they have none."""
        chosen = (each for each in self.scene.seats if each.id == self.desk.seat)
        return next(chosen, None) or self.scene.seats[0]

    def may(self, act: Act) -> bool:
        """Whether the seat allows this."""
        return self.seat.rights.may(act)
