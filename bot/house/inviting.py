"""A link that asks somebody in: its token, the question that it puts at a door, and what follows from the answer.

Opening a link binds nobody: link scanners open links, too, and so does whoever it was sent to by mistake. The press
that says “it is me” does, once; a token that was used, replaced or revoked opens nothing more.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.house.archive import Archive
from bot.house.company import invited_as
from bot.house.devices import Devices, Place
from bot.house.holdings import holdings, named
from bot.house.joining import Met
from dialogs.command_words import command
from dialogs.company import Invited
from dialogs.events import Declined, Erased, Joined
from dialogs.interview import Interview
from dialogs.invited import purpose
from dialogs.inviting import REASONS, called
from dialogs.keeping import written
from dialogs.pages import cleared
from dialogs.register import ALWAYS
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.words import Words
from forms.assent import assent
from forms.kinds.base import Value
from forms.message import Message, Own, say
from forms.parties import LEADING
from forms.programme import Programme
from storage import codes, interviews, invitations, uploads
from storage.interviews import Speaker
from storage.invitations import Row
from storage.unit import Unit

#: What stands before a token wherever it travels, so that it is known for what it is.
MARK = "i_"
_TOKEN = re.compile(r"(?:\S*/i#|\S*[?&]start=)?(i_)?([A-Za-z0-9_-]{43})")
#: How long a question stands at a door.
PENDING = timedelta(hours=12)
#: How long a link lasts where the programme closes later than that, or has no closing day.
LONGEST = timedelta(days=60)

_GO, _BESIDE, _CANNOT, _WRONG, _BACK = "go", "beside", "cannot", "wrong", "back"
_DECLINING = "declining"


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def typed(text: str) -> str:
    """The token in what somebody typed or opened; "" where there is none."""
    match = _TOKEN.fullmatch(text.strip())
    marked = match is not None and (match.group(1) or "/i#" in text)
    return match.group(2) if match and marked else ""


def expires(programme: Programme, now: datetime) -> datetime:
    """Until when a link made now may be used: the end of the closing day, and no longer than sixty days."""
    closes = programme.window.closes
    latest = now + LONGEST
    if closes is None or programme.window.state(now) == "closed":
        return latest
    return min(latest, datetime.combine(closes + timedelta(days=1), time(), ZoneInfo(programme.window.zone)))


class Tokens:
    """The tokens of one installation: 256 bits that follow from its key, the party and how manieth link it is.

    Only their SHA-256 is kept; whoever asked somebody in can be shown the link again.
    """

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"invitations", "sha256")

    def of(self, part: str, generation: int) -> str:
        """The token of a party's link."""
        mac = hmac.digest(self._key, f"{part}\x00{generation}".encode(), "sha256")
        return urlsafe_b64encode(mac).decode().rstrip("=")

    def shown(self, row: Row) -> str:
        """The token of a party's standing link, with its mark; "" where there is none, or it was made under another key."""
        token = self.of(row.party, row.generation) if row.digest and not row.used else ""
        return MARK + token if token and digest_of(token) == row.digest else ""

    def make(  # a party, who asks, and for how long
        self, unit: Unit, part: str, issuer: str, now: datetime, until: datetime
    ) -> None:
        """A new link for a party, in place of the one before."""
        generation = invitations.made(unit, part) + 1
        digest = digest_of(self.of(part, generation))
        invitations.link(unit, part, digest, generation, issuer, now, until)


@dataclass(frozen=True)
class _Standing:
    """The question at a door: about which party, of which programme, who asks, how far it has come."""

    digest: str
    row: Row
    case: str
    programme: Programme
    invited: Invited
    stage: str


class Inviting:
    """The question that a link puts, and its answer. To be called within `Archive.run`."""

    def __init__(self, archive: Archive, devices: Devices) -> None:
        self._archive = archive
        self._devices = devices

    def meet(  # noqa: PLR0913, PLR0917  # one door and what came to it
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        turn: Turn,
        locked: Message | None,
        now: datetime,
    ) -> Met | None:
        """Take what concerns an invitation; None where it is all somebody else's."""
        token = typed(turn.text) if turn.text and turn.file is None else ""
        if token:
            return Met((locked,), "problem") if locked else self._opened(unit, place, speaker, token, now)
        standing = self._asked(unit, place, speaker, now)
        if standing is None:
            return None
        if turn.text is not None and turn.file is None and command(turn.text) in ALWAYS:
            return Met(turn=turn)
        pressed = _pressed(self._question(unit, place, speaker, standing, turn.locale, now), turn)
        if pressed is None:
            return Met((say("请先点下面的按钮。刚才发的没有记下。"),), "problem")
        return self._answered(unit, place, speaker, standing, pressed, now)

    def before(
        self, unit: Unit, place: Place, speaker: Speaker | None, screen: Screen, now: datetime
    ) -> Screen | None:
        """The question that stands at a door in place of its Screen; None where there is none."""
        if speaker and speaker.state.page in ALWAYS:
            return None
        standing = self._asked(unit, place, speaker, now)
        if standing is None:
            return None
        return self._question(unit, place, speaker, standing, screen.locale, now).telling(screen.told)

    # A link is opened

    def _opened(self, unit: Unit, place: Place, speaker: Speaker | None, token: str, now: datetime) -> Met:
        code = codes.find(unit, digest_of(token), now)
        if code is None or code.kind != "invite" or code.party is None:
            return Met((_NOTHING,), "problem", missed=True)
        invitations.open_(unit, code.digest, now)
        of = invitations.case_of(unit, code.party)
        if speaker and speaker.case and self._issued_by(unit, code.digest, speaker):
            told = say("这是您自己发出的邀请链接，请转发给对方，由对方来点。")
            return Met((told,), "problem")
        if speaker and invitations.take_part(unit, of, speaker.person):
            told = say("您已经在这份申报里了：同一个人不能担两个角色。要请别人，请对方用自己的手机打开。")
            if not place.several:
                return Met((told,), "problem")
        codes.ask(unit, *place.door, code.digest, now + PENDING)
        return Met()

    @staticmethod
    def _issued_by(unit: Unit, digest: str, speaker: Speaker) -> bool:
        issuer = invitations.of_party(unit, invitations.issuer(unit, digest))
        return issuer is not None and issuer.person == speaker.person

    def _asked(self, unit: Unit, place: Place, speaker: Speaker | None, now: datetime) -> _Standing | None:
        question = codes.asked(unit, *place.door) if speaker is None or speaker.awaited else None
        if question is None or question[1] <= now:
            return None
        code = codes.find(unit, question[0], now)
        if code is None or code.kind != "invite" or code.party is None:
            return None
        row = invitations.of_party(unit, code.party)
        if row is None or row.standing != "invited":
            return None
        of = invitations.case_of(unit, code.party)
        programme = self._archive.pinned(unit, invitations.digest_of_case(unit, of))
        if programme is None:
            return None
        stage = codes.stage(unit, *place.door)
        invited = invited_as(programme, row, invitations.of_case(unit, of), now)
        return _Standing(code.digest, row, of, programme, invited, stage)

    # The question

    def _question(  # noqa: PLR0913, PLR0917  # a door and what stands at it
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        standing: _Standing,
        locale: str,
        now: datetime,
    ) -> Screen:
        locale = (speaker.state.locale if speaker else locale) or "zh"
        words = Words(locale, standing.programme)
        revision = speaker.state.revision if speaker else 0
        if standing.stage == _DECLINING:
            return replace(_reasons(words, standing), revision=revision, locale=locale)
        scene = Scene(now, (standing.programme,), invited=standing.invited)
        parts = [Say(words(each)) for each in purpose(words, standing.programme, scene)]
        own = named(holdings(unit, self._archive, speaker.person), locale) if speaker else ()
        taken = speaker is not None and invitations.take_part(unit, standing.case, speaker.person)
        buttons = []
        if own:
            parts.append(Say(words(say("这台设备上现在是填{own}的人。", own=own)), "note"))
        if not taken:
            sure = say("是我，就用这台设备上的身份，开始") if own else say("是我，开始")
            buttons.append(Button(_action(_GO, standing.digest), words(sure), "primary"))
        if own and place.several:
            other = say("我是另一个人，另开一处")
            buttons.append(Button(_action(_BESIDE, standing.digest), words(other), "option"))
        elif own:
            parts.append(Say(words(say("不是同一个人的话，请在自己的手机上打开这个链接。")), "note"))
        parts.append(Say(words(say("是您本人吗？愿意{task}吗？", task=_task(words, standing))), "ask"))
        cannot = say("是我，但不同意") if standing.row.role == ABOUT else say("是我，但写不了")
        buttons.append(Button(_action(_CANNOT, standing.digest), words(cannot)))
        buttons.append(Button(_action(_WRONG, standing.digest), words(say("不是我，发错人了"))))
        return Screen(tuple(parts), tuple(buttons), revision=revision, locale=locale)

    # The answer

    def _answered(  # noqa: PLR0913, PLR0917  # a door, what stands at it and what was pressed
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        standing: _Standing,
        pressed: str,
        now: datetime,
    ) -> Met:
        if pressed == _CANNOT:
            codes.go_on(unit, *place.door, _DECLINING)
            return Met()
        if pressed == _BACK:
            codes.go_on(unit, *place.door, "")
            return Met()
        codes.answered(unit, *place.door)
        if pressed == _WRONG:
            return Met((say("好的，这里什么也没有记下。请告诉发链接的人发错了。"),))
        if pressed == _BESIDE:
            return Met(beside=True)
        if pressed == _GO:
            return self._bound(unit, place, speaker, standing, now)
        if not invitations.end(unit, standing.row.party, "declined", now, pressed):
            return Met((_NOTHING,), "problem")
        if standing.row.role == ABOUT:
            dropped = end_nomination(unit, standing.case, now)
            self._tell(unit, standing, REFUSED, now)
            return Met((say("好的，已经告诉单位您不同意，关于您的内容都删掉了。"),), dropped=dropped)
        self._tell(
            unit,
            standing,
            say("{who}婉拒了：{why}。可以再请一位。", who=_who(standing), why=REASONS[pressed]),
            now,
        )
        self._record(unit, standing, Declined(pressed), now)
        return Met((say("好的，已经告诉对方您写不了。谢谢您回话，这里没有留下您的资料。"),))

    def _bound(
        self, unit: Unit, place: Place, speaker: Speaker | None, standing: _Standing, now: datetime
    ) -> Met:
        """The party is whoever pressed: a person of their own where nobody stood at the door."""
        if speaker and invitations.take_part(unit, standing.case, speaker.person):
            return Met((say("您已经在这份申报里了：同一个人不能担两个角色。"),), "problem")
        if not codes.use(unit, standing.digest, now):
            return Met((_NOTHING,), "problem")
        locale = speaker.state.locale if speaker else "zh"
        answers = self._given(unit, standing)
        if speaker is None:
            speaker = interviews.welcome(unit, *place.door, Interview(locale=locale, answers=answers), now)
            identifier = speaker.interview
        else:
            begun = Interview(locale=locale, answers=answers, revision=speaker.state.revision + 1)
            identifier = interviews.begin(unit, speaker.person, begun, now)
        if not invitations.take(unit, standing.row.party, speaker.person, now):
            return Met((_NOTHING,), "problem")
        invitations.sits(unit, standing.row.party, identifier)
        interviews.record(unit, identifier, (Joined(standing.row.key),), now)
        return Met()

    @staticmethod
    def _given(unit: Unit, standing: _Standing) -> dict[str, Value]:
        """What an application holds already that somebody else has begun: on which route it stands."""
        issuer = invitations.of_party(unit, standing.row.issuer)
        began = standing.programme.participant(issuer.role) if issuer else None
        return {"route": began.route} if began and began.route and standing.row.role == LEADING else {}

    def _tell(self, unit: Unit, standing: _Standing, message: Message, now: datetime) -> None:
        """Tell whoever asked, at all their doors."""
        issuer = invitations.of_party(unit, standing.row.issuer)
        if issuer and issuer.person:
            self._devices.tell_others(unit, issuer.person, ("", ""), message, now)

    @staticmethod
    def _record(unit: Unit, standing: _Standing, event: Declined, now: datetime) -> None:
        """Nobody of whom an interview is kept has said it: it stands in that of whoever asked."""
        issuer = interviews.of_party(unit, standing.row.issuer)
        if issuer:
            interviews.record(unit, issuer.interview, (event,), now)


def _who(standing: _Standing) -> Own | Message:
    participant = standing.programme.participant(standing.row.role)
    if participant is None:
        return say("对方")
    return Own(called(Words("zh", standing.programme), participant, standing.row.number))


def _task(words: Words, standing: _Standing) -> str:
    participant = standing.programme.participant(standing.row.role)
    return words.text(participant.task) if participant else ""


def _reasons(words: Words, standing: _Standing) -> Screen:
    """Declining is asked about, so that nobody does by accident; a reason is theirs to give."""
    digest = standing.digest
    back = Button(_action(_BACK, digest), words(say("点错了，回去")), "primary")
    if standing.row.role == ABOUT:
        sentence = say("不同意的话，这次推荐就取消，单位填的关于您的内容都会删掉。确定吗？")
        refuse = Button(_action("other", digest), words(say("不同意，取消推荐")), "danger")
        return Screen((Say(words(sentence), "ask"),), (refuse, back))
    buttons = [Button(_action(name, digest), words(reason), "option") for name, reason in REASONS.items()]
    sentence = say("写不了也没关系。点一个原因，我就告诉对方；点错了就回去。")
    return Screen((Say(words(sentence), "ask"),), (*buttons, back))


def _action(answer: str, digest: str) -> Action:
    return Action("invited", f"{answer}:{digest[:16]}")


def _pressed(screen: Screen, turn: Turn) -> str | None:
    """Which button of the question was pressed, or typed by its very words; a bare no goes back or declines nothing."""
    if turn.choice is not None:
        button = screen.tokens().get(turn.choice)
        return button.action.about.partition(":")[0] if button else None
    said = (turn.text or "").strip(" 。.!！，,").casefold()
    buttons = [button for button in screen.buttons if button.label.casefold() == said]
    if not buttons and (assent(said) is True or said in {"是我", "愿意", "我愿意"}):
        buttons = [button for button in screen.buttons if button.action.about.startswith(f"{_GO}:")]
    return buttons[0].action.about.partition(":")[0] if len(buttons) == 1 else None


def end_nomination(unit: Unit, case: str, now: datetime) -> tuple[str, ...]:
    """What was answered about somebody who does not agree to it goes; gives the files whose bytes are to go."""
    leading = invitations.leading(unit, case)
    if leading is None:
        return ()
    interviews.save(unit, leading, written(cleared(leading.state)))
    interviews.record(unit, leading.interview, (Erased(ABOUT),), now)
    return uploads.clear(unit, leading.interview)


#: The party whom an application is about where somebody else fills it in.
ABOUT = "worker"
REFUSED = say("被推荐人不同意这次推荐，这份申报取消了，填过的关于他（她）的内容都删掉了。")

_NOTHING = say(
    "这个链接用过了、换掉了，或者过期了，打不开。已经点过“是我”的，用您的恢复码回来；没点过的，请对方再发一个新链接。"
)
