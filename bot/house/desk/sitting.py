"""A link that offers a seat: opening it binds nobody, the press that says “it is me” does, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.house.archive import Archive
from bot.house.devices import Place
from bot.house.holdings import holdings, named
from bot.house.joining import Met
from bot.house.tokens import SEAT_MARK, digest_of, garbled, typed
from dialogs.desk.desk_state import Desk
from dialogs.desk.staffing import ROLES
from dialogs.interview import Interview
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.words import Words
from forms.assent import assent
from forms.message import Own, say
from storage import codes, desks, interviews, seats
from storage.interviews import Speaker
from storage.seats import Seat
from storage.unit import Unit

#: For so long the question stands at a door.
_PENDING = timedelta(hours=12)
_TAKE, _BESIDE, _WRONG = "take", "beside", "wrong"
_SPENT = say("这个席位的链接不完整、用过、过期，或者收回了。请让负责人再发一个。")

_NOT_KEPT = say("刚才发的没有记下，请看下面。")

_TO_DESK = Action("to_desk")
#: What is typed to go to the desk.
_WORDS = frozenset(["工作台", "回工作台", "看板", "/desk", "desk"])


def to_desk(turn: Turn) -> bool:
    """Whether somebody wants to go to their desk."""
    if turn.choice is not None:
        return turn.choice.partition(".")[2] == _TO_DESK.token(0).partition(".")[2]
    return turn.file is None and (turn.text or "").strip().casefold() in _WORDS


def way_back(screen: Screen) -> Screen:
    """The Screen of an application of their own, to somebody who has a desk: with the way back to it."""
    if screen.asks is not None:
        return screen
    label = Words(screen.locale)(say("回工作台"))
    return replace(screen, buttons=(*screen.buttons, Button(_TO_DESK, label)))


class Sitting:
    """The question that a seat's link puts, and its answer. To be called within `Archive.run`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def meet(
        self, unit: Unit, place: Place, speaker: Speaker | None, turn: Turn, now: datetime
    ) -> Met | None:
        """Take what concerns a seat's link; None where nothing does."""
        if speaker and speaker.seated and not speaker.at_desk and to_desk(turn):
            desks.set_up(unit, speaker.person, Desk().model_dump_json())
            return Met()
        text = turn.text if turn.text and turn.file is None else ""
        token = typed(text, SEAT_MARK) if text else ""
        if token:
            return self._opened(unit, place, speaker, digest_of(token), now)
        if text and garbled(text, SEAT_MARK):
            return Met((_SPENT,), "problem")
        asked = self._asked(unit, place, speaker, now)
        if asked is None:
            if not self._late(unit, place, speaker):
                return None
            return Met((_SPENT,) if turn.choice is not None else (_SPENT, _NOT_KEPT), "problem")
        digest, seat = asked
        said = _pressed(self._question(unit, place, speaker, digest, seat, turn.locale), turn)
        if said is None:
            return Met((say("请先点下面的按钮。刚才发的没有记下。"),), "problem")
        if said == _BESIDE:
            return Met(beside=True)
        codes.answered(unit, *place.door)
        if said == _WRONG:
            return Met((say("好的，这里什么也没有记下。请告诉发链接的人发错了。"),))
        return self._taken(unit, place, speaker, digest, seat, turn.locale, now)

    def before(
        self, unit: Unit, place: Place, speaker: Speaker | None, screen: Screen, now: datetime
    ) -> Screen | None:
        """The question that stands at a door in place of its Screen; None where there is none."""
        asked = self._asked(unit, place, speaker, now)
        if asked is None:
            late = (Say(Words(screen.locale)(_SPENT), "problem"),)
            return screen.telling(late) if self._late(unit, place, speaker) else None
        return self._question(unit, place, speaker, *asked, screen.locale).telling(screen.told)

    @staticmethod
    def _opened(unit: Unit, place: Place, speaker: Speaker | None, digest: str, now: datetime) -> Met:
        seat, code = seats.linked(unit, digest), codes.find(unit, digest, now)
        if code is None or seat is None or seat.ended or seat.person:
            if seat and speaker and seat.person == speaker.person and not seat.ended:
                desks.set_up(unit, speaker.person, Desk().model_dump_json())
                return Met((say("您已经入座了，这就是您的工作台。"),))
            return Met((_SPENT,), "problem")
        codes.ask(unit, *place.door, digest, now + _PENDING)
        return Met()

    @staticmethod
    def _asked(unit: Unit, place: Place, speaker: Speaker | None, now: datetime) -> tuple[str, Seat] | None:
        question = codes.asked(unit, *place.door) if speaker is None or speaker.awaited else None
        if question is None or question[1] <= now:
            return None
        code = codes.find(unit, question[0], now)
        seat = seats.linked(unit, question[0]) if code and code.kind == "seat" else None
        return (question[0], seat) if seat and not seat.ended and not seat.person else None

    @staticmethod
    def _late(unit: Unit, place: Place, speaker: Speaker | None) -> bool:
        """Whether a question on a seat stood at a door that is over: somebody was quicker. It stands there no more."""
        question = codes.asked(unit, *place.door) if speaker is None or speaker.awaited else None
        if question is None or seats.linked(unit, question[0]) is None:
            return False
        codes.answered(unit, *place.door)
        return True

    def _question(  # noqa: PLR0913, PLR0917  # a door and what stands at it
        self, unit: Unit, place: Place, speaker: Speaker | None, digest: str, seat: Seat, locale: str
    ) -> Screen:
        locale = (speaker.state.locale if speaker else locale) or "zh"
        words = Words(locale)
        offer = say(
            "{office}请您到工作台办件：{name}，{role}。",
            office=Own(seat.office_name),
            name=Own(seat.name),
            role=ROLES[seat.role],
        )
        notes = say(
            "您在这里看到的是别人的申报材料，只用于办件，不要截图转发。谁看过、办过什么，都会记下来。"
        )
        parts = [Say(words(offer)), Say(words(notes), "note")]
        buttons = [Button(_action(_TAKE, digest), words(say("是我，入座")), "primary")]
        own = named(holdings(unit, self._archive, speaker.person), locale) if speaker else ()
        if own:
            parts.append(Say(words(say("这台设备上现在是填{own}的人。", own=own)), "note"))
        if own and place.several:
            buttons.append(Button(_action(_BESIDE, digest), words(say("我是另一个人，另开一处")), "option"))
        buttons.append(Button(_action(_WRONG, digest), words(say("不是我，发错人了"))))
        parts.append(Say(words(say("是您本人吗？")), "ask"))
        return Screen(
            tuple(parts), tuple(buttons), revision=speaker.state.revision if speaker else 0, locale=locale
        )

    def _taken(  # noqa: PLR0913, PLR0917  # as `_question`, and the moment
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        digest: str,
        seat: Seat,
        locale: str,
        now: datetime,
    ) -> Met:
        if speaker is None:
            speaker = interviews.welcome(unit, *place.door, Interview(locale=locale or "zh"), now)
        outcome = seats.take(unit, digest, speaker.person, now)
        if outcome == "spent":
            return Met((_SPENT,), "problem")
        if outcome == "seated":
            return Met((say("您在这里已经有一个同样的席位了，不用再入座。"),), "problem")
        desks.set_up(unit, speaker.person, Desk(seat=seat.id).model_dump_json(), anew=True)
        return Met((say("入座了。新到的件会在这里告诉您。"),))


def _action(verb: str, digest: str) -> Action:
    return Action("seat", f"{verb}:{digest[:16]}")


def _pressed(screen: Screen, turn: Turn) -> str | None:
    """What was said to the question; None where nothing was."""
    if turn.choice is not None:
        button = screen.tokens().get(turn.choice)
        return button.action.about.partition(":")[0] if button else None
    said = (turn.text or "").strip()
    pressed = next((each for each in screen.buttons if each.label == said), None)
    if pressed is None and assent(said) is True and len(screen.buttons) == 2:
        pressed = screen.buttons[0]
    return pressed.action.about.partition(":")[0] if pressed else None
