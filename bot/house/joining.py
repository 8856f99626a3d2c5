"""A code joins a door to the code's person, after a plain question: nothing is handed over, nothing moves by itself.

Whatever a code comes by (typed into the chat, a link, a command), it only puts the question at the door that it came
to. What stands at that door stays with whoever it belongs to, unless they press that it shall go along.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.house import abroad, spelling
from bot.house.archive import Archive
from bot.house.devices import Devices, Place, called, day
from bot.house.holdings import Chair, Holding, chairs, holding, holdings, named
from dialogs.command_words import command
from dialogs.register import ALWAYS
from dialogs.turn import Action, Button, Say, Screen, Tone, Turn
from dialogs.words import Words
from forms.assent import assent
from forms.dates import spoken
from forms.hours import clock
from forms.message import Message, say
from storage import belongings, codes, interviews, moving, notices, people, seats
from storage.codes import Code
from storage.files import FileStore
from storage.interviews import Speaker
from storage.notices import CodeOf
from storage.unit import Unit

#: How long a short code works, and how long a question at a door stands.
LIFETIME = timedelta(minutes=15)
PENDING = timedelta(minutes=10)

_GO, _BRING, _STAY = "go", "bring", "stay"
# A bare yes is not enough to join; these are plain.
_MINE = frozenset(["是我的", "是我", "我的", "接", "接过来", "我要接", "it is mine", "mine"])
_NOT = frozenset(["不接", "别接", "不是我的", "不要接", "算了", "取消"])


@dataclass
class Met:
    """What came of something that concerned a code, and what is said.

    `missed` tells that a code opened nothing; `turn` is what is left for the conversation, None where nothing is.
    `beside` tells that whoever came is somebody else, who is to begin beside the one whose door it is, `dropped`
    are files whose rows are gone.
    """

    said: tuple[Message, ...] = ()
    tone: Tone = "note"
    missed: bool = False
    turn: Turn | None = None
    beside: bool = False
    dropped: tuple[str, ...] = ()


class Joining:
    """The question at a door and what follows from its answer. To be called within `Archive.run`."""

    def __init__(self, archive: Archive, devices: Devices, files: FileStore) -> None:
        self._archive = archive
        self._files = files
        self._devices = devices

    def meet(  # noqa: PLR0913, PLR0917  # one door and what came to it
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        turn: Turn,
        locked: Message | None,
        doubles: Mapping[str, str],
        now: datetime,
    ) -> Met | None:
        """Take what concerns a code or the question at the door; None where it is all the conversation's.

        `locked` is what is said where no code may be tried from here now; `doubles` are second files, made by `double`.
        Raises `storage.moving.Undoubled` where one lacks.
        """
        typed = spelling.typed(turn.text) if turn.text else None
        met = self._tried(unit, place, speaker, turn, typed, locked, now) if typed else None
        if met and met.turn is None:
            return met
        standing, asked = self._asked(unit, place, speaker, now)
        if standing and met is None and _always(speaker, turn):
            return Met(turn=turn)
        if standing and asked is None:  # what came was said to a question that is over
            codes.answered(unit, *place.door)
            return Met((_OVER, _NOT_KEPT), "problem")
        if asked is None:
            plain = spelling.answer(turn.text) if turn.text else turn.text
            return met if plain == turn.text else Met(turn=replace(turn, text=plain))
        screen = self._question(unit, speaker, asked, turn.locale, now)
        pressed = _pressed(screen, turn)
        if pressed is None:
            sentence = say("请先说要不要接过来，点下面的按钮。刚才发的没有记下。")
            return Met((sentence,), "problem", missed=bool(met and met.missed))
        codes.answered(unit, *place.door)
        if pressed.about == _STAY:
            return Met((say("没有接过来，这里和原来一样。"),))
        if not codes.use(unit, asked.digest, now):
            return Met((_OVER,), "problem")
        self._joined(unit, place, speaker, asked, pressed.about == _BRING, doubles, now)
        return Met()

    async def double(self, files: Collection[str], now: datetime) -> Mapping[str, str]:
        """Second files of these, on their way, with their bytes; by the first's id. Raises NoRoom and OSError.

        It may go through a network: not to be called within a unit.
        """
        doubles = await self._archive.run(lambda unit: moving.double(unit, files, now))
        for file, other in doubles.items():
            with suppress(FileNotFoundError):  # it lies nowhere, or was refused: so is the second one
                await asyncio.to_thread(self._files.twin, file, other)
        return doubles

    def before(
        self, unit: Unit, place: Place, speaker: Speaker | None, screen: Screen, now: datetime
    ) -> Screen:
        """The question that stands at a door in place of its Screen; the Screen itself where there is none.

        What people may ask for at any time stands before it.
        """
        if speaker and speaker.state.page in ALWAYS:
            return screen
        standing, asked = self._asked(unit, place, speaker, now)
        if asked:
            return self._question(unit, speaker, asked, screen.locale, now).telling(screen.told)
        if not standing:
            return screen
        codes.answered(unit, *place.door)
        return screen.telling((Say(Words(screen.locale)(_OVER), "note"),))

    @staticmethod
    def _asked(unit: Unit, place: Place, speaker: Speaker | None, now: datetime) -> tuple[bool, Code | None]:
        """Whether something was asked at a door, and the code it is about while the answer may still be yes."""
        question = codes.asked(unit, *place.door) if speaker is None or speaker.awaited else None
        if question is None:
            return False, None
        digest, until = question
        return True, codes.find(unit, digest, now) if until > now else None

    # A code comes

    def _tried(  # noqa: PLR0913, PLR0917  # as `meet`, and what was typed
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        turn: Turn,
        typed: spelling.Typed,
        locked: Message | None,
        now: datetime,
    ) -> Met | None:
        if turn.file is not None:
            # Words under a file: the code in them is not kept, the file is.
            if not typed.certain:
                return None
            sentence = say("恢复码请单独打字发来，和文件一起写的这句没有记下。")
            return Met((sentence,), turn=replace(turn, text=None))
        if locked is not None:
            return Met((locked,), "problem") if typed.certain else None
        if typed.wanted:
            sentence = say(
                "码是{wanted}位，您发了{count}位。请照着抄下来的再看一遍，重新发。这条没有记成答案。",
                wanted=typed.wanted,
                count=len(typed.code),
            )
            return Met((sentence,), "problem")
        if typed.slipped:
            return Met((_SLIPPED,), "problem") if typed.certain else None
        code = codes.find(unit, spelling.digest_of(typed.code), now)
        if code is None:
            return Met((_WRONG,), "problem", missed=True) if typed.certain else Met(missed=True, turn=turn)
        if code.opens and code.opens > now:
            sentence = say(
                "这个码要等到{when}以后才能用：在那之前，原来的设备上可以作废它。", when=clock(code.opens)
            )
            return Met((sentence,), "problem")
        if speaker and code.person == speaker.person:
            return Met((say("这台设备已经接着这份了，直接往下填就行。"),))
        codes.ask(unit, *place.door, code.digest, now + PENDING)
        return Met()

    # The question

    def _question(
        self, unit: Unit, speaker: Speaker | None, asked: Code, locale: str, now: datetime
    ) -> Screen:
        locale = (speaker.state.locale if speaker else locale) or "zh"
        words = Words(locale)
        there = named(self._there(unit, asked), locale) or (say("一份还没有填过的申报"),)
        here = named(self._here(unit, speaker), locale)
        opens = say("这个码打开的是：{there}。", there=there)
        used = self._used(unit, asked)
        if used:
            opens = say("这个码打开的是：{there}。那边最近用过：{day}。", there=there, day=spoken(day(used)))
        parts = [
            Say(words(opens)),
            Say(words(say("不是您自己的就不要接。接过来以后，您在这里填的，那边的设备都看得到。")), "note"),
        ]
        buttons = [Button(_action(_GO, asked.digest), words(say("是我的，接过来")), "primary")]
        if here and speaker:
            stays = say(
                "这台设备上现在填着：{here}。接过来以后它原样留着，不会给那边看到；再要打开，用它自己的恢复码，接过来以后会告诉您。",
                here=here,
            )
            parts.append(Say(words(stays), "note"))
            if asked.person and people.may_merge(unit, speaker.person, asked.person):
                both = say(
                    "也可以两份都要，放在一起：那样，那边的设备都能看到{here}，不能再分开。", here=here
                )
                parts.append(Say(words(both), "note"))
                buttons.append(Button(_action(_BRING, asked.digest), words(say("两份都要，放在一起"))))
        parts.append(Say(words(say("要在这台设备上接着它填吗？")), "ask"))
        buttons.append(Button(_action(_STAY, asked.digest), words(say("不接，回到这里"))))
        revision = speaker.state.revision if speaker else 0
        return Screen(tuple(parts), tuple(buttons), revision=revision, locale=locale)

    def _there(self, unit: Unit, asked: Code) -> tuple[Holding | Chair, ...]:
        if asked.person:
            return self._all(unit, asked.person)
        party = interviews.of_party(unit, asked.party or "")
        return (holding(self._archive.pinned(unit, party.state.digest), party.state),) if party else ()

    @staticmethod
    def _used(unit: Unit, asked: Code) -> datetime | None:
        """When what a code opens was last used, to the day; None where no door leads there any more."""
        party = None if asked.person else interviews.of_party(unit, asked.party or "")
        person = asked.person or (party.person if party else "")
        return max((each.seen or each.since for each in people.doors(unit, person)), default=None)

    def _here(self, unit: Unit, speaker: Speaker | None) -> tuple[Holding | Chair, ...]:
        return self._all(unit, speaker.person) if speaker else ()

    def _all(self, unit: Unit, person: str) -> tuple[Holding | Chair, ...]:
        """What a person has: applications, and seats; whoever has either is somebody to go back to."""
        return (*holdings(unit, self._archive, person), *chairs(unit, person))

    # The answer

    def _joined(  # noqa: PLR0913, PLR0917  # a door, its code, and the answer
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        asked: Code,
        bring: bool,
        doubles: Mapping[str, str],
        now: datetime,
    ) -> None:
        """Let the door lead where the code says; the other doors are told."""
        locale = speaker.state.locale if speaker else "zh"
        here = self._here(unit, speaker)
        stood = named(here, locale)
        notices.withdraw_all(unit, *place.door)
        if asked.person:
            target = asked.person
            how = say("恢复码") if asked.kind == "lasting" else say("15分钟的口令")
            message = _JOINED(when=clock(now), how=how, device=called(place))
            self._devices.tell_others(unit, target, place.door, message, now)
        else:
            moved = named(self._there(unit, asked), locale)
            target, old = moving.move_party(unit, asked.party or "", now, doubles)
            message = say(
                "{when}，工会发的恢复码在{device}上用了，{what}已经转到那边，这里不再有它。不是您本人的话，请马上联系工会。",
                when=clock(now),
                device=called(place),
                what=moved,
            )
            self._devices.tell_others(unit, old, place.door, message, now)
            notices.withdraw(unit, asked.digest)
        if speaker and bring and people.may_merge(unit, speaker.person, target):
            merged = say("{when}，{here}放到一起了，在您的各台设备上都能看到。", when=clock(now), here=stood)
            self._devices.tell_others(unit, target, place.door, merged, now)
            self._devices.tell_others(unit, speaker.person, place.door, merged, now)
            people.merge(unit, speaker.person, target, now)
        people.join(unit, *place.door, target, now)
        abroad.agreed(unit, place, target, locale, now)
        self._devices.crowded(unit, target, place.door, now)
        notices.place(unit, *place.door, say("接上了，从上次的地方继续。"), now)
        if speaker and not bring:
            self._left_behind(unit, place, speaker, bool(here), stood, now)

    def _left_behind(  # noqa: PLR0913, PLR0917  # what stood at the door before
        self, unit: Unit, place: Place, speaker: Speaker, holds: bool, stood: object, now: datetime
    ) -> None:
        """Whoever spoke here before keeps what is theirs; a person of whom nothing is kept goes."""
        if holds:
            notice = say(
                "原来在这台设备上填的{here}没有动，再要打开它，用它的恢复码：{code}。请抄下来。",
                here=stood,
                code=CodeOf(speaker.person),
            )
            notices.place(unit, *place.door, notice, now)
        elif not people.doors(unit, speaker.person) and not self._keeps(unit, speaker.person):
            belongings.forget(unit, speaker.person, now)

    @staticmethod
    def _keeps(unit: Unit, someone: str) -> bool:
        """Whether anything but what they said is kept of somebody: files, or a seat at an office."""
        return bool(belongings.belongings(unit, someone).files or seats.of_person(unit, someone))


def _always(speaker: Speaker | None, turn: Turn) -> bool:
    """Whether a Turn is about what people may ask for at any time, whatever is asked at their door."""
    if speaker and speaker.state.page in ALWAYS:
        return True
    return turn.text is not None and turn.file is None and command(turn.text) in ALWAYS


def _action(answer: str, digest: str) -> Action:
    return Action("join", f"{answer}:{digest[:16]}")


def _pressed(screen: Screen, turn: Turn) -> Action | None:
    """Which button of the question was pressed, or typed by its very words."""
    fitting: Iterable[Button]
    if turn.choice is not None:
        token = screen.tokens().get(turn.choice)
        fitting = [token] if token else []
    else:
        said = (turn.text or "").strip(" 。.!！，,").casefold()
        meant = _GO if said in _MINE else _STAY if assent(said) is False or said in _NOT else ""
        fitting = [
            button
            for button in screen.buttons
            if button.label.casefold() == said or button.action.about.partition(":")[0] == meant
        ]
    button = next(iter(fitting), None)
    return None if button is None else Action("join", button.action.about.partition(":")[0])


def _JOINED(**values: object) -> Message:  # noqa: N802 - a sentence
    notice = say(
        "{when}，有人用{how}在{device}上接上了您的申报。不是您本人的话，打“我的设备”把它退出，再打“恢复码”换一个新的。"
    )
    return Message(notice.text, values)


_WRONG = say("这个码不对，或者已经过期、作废，没有记成答案。请照着抄下来的再打一次；还是不行，请联系工会。")
_SLIPPED = say(
    "码里不会有数字0、数字1和字母O、I、L、U，您发的里面有。请照着抄下来的再看一遍，重新发。这条没有记成答案。"
)
_OVER = say(
    "问您要不要接的那个码，已经用过、作废或者过期了，没有接成，这里和原来一样。还要接，请用恢复码，或者在原来的设备上再要一个码。"
)
_NOT_KEPT = say("刚才发的没有记下，请看下面。")
