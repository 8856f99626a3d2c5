"""What stands between a door and the conversation: codes that are given, the question they put, what is to be told.

The conversation takes a Turn once it has passed here, and its Screen goes out by here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.house import spelling
from bot.house.archive import Archive
from bot.house.attempts import Attempts, TooManyAttempts
from bot.house.desk.sitting import Sitting, to_desk, way_back
from bot.house.devices import Devices, Place, day
from bot.house.inviting import Inviting
from bot.house.joining import Joining, Met
from bot.house.links import Links
from bot.house.recovery import RecoveryCodes
from bot.house.tokens import SEAT_MARK, Tokens, garbled, typed
from bot.house.whose import whose
from dialogs.events import UnionCodeVoided
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.words import Words
from forms.hours import clock
from forms.message import Message, Own, say
from storage import codes, interviews, invitations, notices, people
from storage.files import FileStore
from storage.interviews import Speaker
from storage.notices import CodeOf, Notice
from storage.unit import Unit

#: Pages that need the person's code or devices.
_PAGES = ("code", "leaving", "devices")


class Threshold:
    """Of one house. All but `concerns`, `unnoted`, `plainly` and `double` are to be called within `Archive.run`."""

    def __init__(self, archive: Archive, files: FileStore, key: bytes, links: Links) -> None:
        self.recovery = RecoveryCodes(key)
        self.devices = Devices(self.recovery)
        self._joining = Joining(archive, self.devices, files)
        self.double = self._joining.double
        self.tokens = Tokens(key)
        self._inviting = Inviting(archive, self.devices, self.tokens, links)
        self._sitting = Sitting(archive)
        self._attempts = Attempts(key, "codes")

    @staticmethod
    def concerns(turn: Turn) -> bool:
        """Whether a Turn may concern the door even where nothing waits there: it may hold a code."""
        text = turn.text or ""
        return (
            spelling.typed(text) is not None
            or spelling.answer(text) != text
            or bool(typed(text))
            or garbled(text)
            or bool(typed(text, SEAT_MARK))
            or garbled(text, SEAT_MARK)
            or to_desk(turn)
        )

    def _locked(self, unit: Unit, place: Place, turn: Turn, now: datetime) -> Message | None:
        """What is said where no code may be tried now; None where one may, or none is."""
        if not turn.text or spelling.typed(turn.text) is None:
            return None
        try:
            self._attempts.check(unit, place.door, place.network, now)
        except TooManyAttempts as error:
            return error.message
        return None

    def meet(  # noqa: PLR0913, PLR0917  # one door and what came to it
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        turn: Turn,
        doubles: Mapping[str, str],
        now: datetime,
    ) -> Met | None:
        """Take what concerns the door and not the conversation; None where nothing does.

        `doubles` are as for `Joining.meet`, which may raise Undoubled.
        """
        awaited = speaker.awaited if speaker else interviews.awaited(unit, *place.door)
        if awaited:
            notices.passed(unit, *place.door)
            objected = self._objected(unit, place, speaker, turn, now)
            if objected:
                return objected
        met = self._sitting.meet(unit, place, speaker, turn, now)
        met = met or self._inviting.meet(unit, place, speaker, turn, now)
        if met:
            return met
        locked = self._locked(unit, place, turn, now)
        met = self._joining.meet(unit, place, speaker, turn, locked, doubles, now)
        if met and met.missed:
            self._attempts.wrong(unit, place.door, place.network, now)
        return met

    def keyed(self, unit: Unit, place: Place, speaker: Speaker, state: Interview, scene: Scene) -> Scene:
        """The scene with what a page on coming back shows; the same scene for any other page."""
        if state.page == "asked" and speaker.case and not scene.token:
            rows = invitations.of_case(unit, speaker.case)
            row = next((each for each in rows if each.key == state.subject), None)
            return replace(scene, token=self.tokens.shown(row)) if row else scene
        if state.page not in _PAGES or scene.code:
            return scene
        return replace(
            scene,
            code=self.recovery.of(unit, speaker.person, scene.now),
            doors=self.devices.listed(unit, speaker.person, place.door, scene.now),
        )

    def out(  # noqa: PLR0913, PLR0917  # one Screen at one door
        self, unit: Unit, place: Place, speaker: Speaker | None, screen: Screen, acted: bool, now: datetime
    ) -> Screen:
        """The Screen as it leaves the house: the question at the door in its place, what is to be told before it."""
        awaited = speaker.awaited if speaker else interviews.awaited(unit, *place.door)
        if awaited:
            asked = self._sitting.before(unit, place, speaker, screen, now)
            asked = asked or self._inviting.before(unit, place, speaker, screen, now)
            screen = asked or self._joining.before(unit, place, speaker, screen, now)
            # Where nobody stands any more a look is all it takes: who begins anew there has read it.
            screen = self._told(unit, place, screen, acted or speaker is None, now)
        if speaker is None:
            return screen
        if self.unnoted(place, speaker, now):
            people.touch(unit, *place.door, place.device, now)
        return self.plainly(speaker, screen)

    @staticmethod
    def plainly(speaker: Speaker, screen: Screen) -> Screen:
        """The Screen of somebody at whose door nothing waits."""
        if speaker.seated and not speaker.at_desk:
            screen = way_back(screen)
        return replace(screen, who=whose(speaker))

    @staticmethod
    def unnoted(place: Place, speaker: Speaker | None, now: datetime) -> bool:
        """Whether it is still to be noted that the speaker's door was used today, and with which device."""
        if speaker is None:
            return False
        other = bool(place.device) and place.device != speaker.device
        return other or speaker.used is None or day(speaker.used) != day(now)

    def _told(self, unit: Unit, place: Place, screen: Screen, acted: bool, now: datetime) -> Screen:
        waiting = notices.waiting(unit, *place.door)
        if not waiting:
            return screen
        if acted:
            notices.shown(unit, *place.door, now)
        words = Words(screen.locale)
        stands = {part.text for part in screen.parts if isinstance(part, Say)}
        sentences = (words(self._filled(unit, each.message, now)) for each in waiting)
        parts = tuple(Say(text, "note") for text in sentences if text not in stands)
        buttons = tuple(button for each in waiting if each.code for button in _answers(words, each))
        return replace(screen.telling(parts), buttons=screen.buttons + buttons, waited=len(parts))

    def _filled(self, unit: Unit, message: Message, now: datetime) -> Message:
        def filled(value: object) -> object:
            if not isinstance(value, CodeOf):
                return value
            return Own(self.recovery.of(unit, value.person, now) if people.known(unit, value.person) else "—")

        return Message(message.text, {name: filled(value) for name, value in message.values.items()})

    # The union's codes

    def _objected(
        self, unit: Unit, place: Place, speaker: Speaker | None, turn: Turn, now: datetime
    ) -> Met | None:
        """A word to what is told of a code that the union has issued."""
        if speaker is None or turn.choice is None:
            return None
        pressed = turn.choice.partition(".")[2]
        for each in notices.waiting(unit, *place.door):
            if not each.code:
                continue
            if pressed == _mark(_mine(each)):
                notices.withdraw(unit, each.code, *place.door)
                return Met((say("好的，就按工会说的办。"),))
            if pressed == _mark(_not_mine(each)):
                voided = codes.void(unit, each.code, now)
                notices.withdraw(unit, each.code)
                interviews.record(unit, speaker.interview, (UnionCodeVoided(),), now)
                notice = say("{when}，工会发的那个码已经作废，谁也用不了。", when=clock(now))
                self.devices.tell_others(unit, speaker.person, place.door, notice, now)
                done = say("已经作废，谁也用不了那个码。有疑问请联系工会。")
                return Met((done if voided else say("那个码早已不能用了。"),))
        return None


def _mine(notice: Notice) -> Action:
    return Action("union_mine", notice.code[:16])


def _not_mine(notice: Notice) -> Action:
    return Action("union_void", notice.code[:16])


def _mark(action: Action) -> str:
    return action.token(0).partition(".")[2]


def _answers(words: Words, notice: Notice) -> tuple[Button, Button]:
    return (
        Button(_not_mine(notice), words(say("不是我本人，作废那个码")), "danger"),
        Button(_mine(notice), words(say("是我要的"))),
    )
