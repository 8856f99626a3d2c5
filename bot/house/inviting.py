"""A link that asks somebody in: its token, the question that it puts at a door, and what follows from the answer.

Opening a link binds nobody: link scanners open links, too, and so does whoever it was sent to by mistake. The press
that says “it is me” does, once; a token that was used, replaced or revoked opens nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.house.archive import Archive
from bot.house.company import invited_as
from bot.house.devices import Devices, Place
from bot.house.holdings import holdings, named
from bot.house.joining import Met
from bot.house.links import Links
from bot.house.spent import spent
from bot.house.tokens import MARK, Tokens, digest_of, garbled, typed
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
from storage.conflicts import Conflict
from storage.interviews import Speaker
from storage.invitations import Row
from storage.unit import Unit

#: How long a question stands at a door.
PENDING = timedelta(hours=12)
_GO, _BESIDE, _CANNOT, _WRONG, _BACK, _STAY = "go", "beside", "cannot", "wrong", "back", "stay"
_DECLINING = "declining"

_TWICE = say("您已经在这份申报里了：同一个人不能担两个角色。要请别人，请对方用自己的手机打开。")
_TWICE_LINK = say(
    "您已经在这份申报里了：同一个人不能担两个角色。要请别人，请对方用自己的手机打开，或者用网页打开：{link}"
)
_ANOTHER = say("不是同一个人的话，请在自己的手机上打开这个链接。")
_ANOTHER_LINK = say("不是同一个人的话，请在自己的手机上打开这个链接，或者用网页打开：{link}")


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

    def __init__(self, archive: Archive, devices: Devices, tokens: Tokens, links: Links) -> None:
        self._archive = archive
        self._devices = devices
        self._tokens = tokens
        self._links = links

    def meet(  # one door and what came to it
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        turn: Turn,
        now: datetime,
    ) -> Met | None:
        """Take what concerns an invitation; None where it is all somebody else's."""
        token = typed(turn.text) if turn.text and turn.file is None else ""
        if token:  # 256 bits are not guessed: whoever opens a link once too often is kept out of nothing
            return self._opened(unit, place, speaker, token, now)
        if turn.text and turn.file is None and garbled(turn.text):
            return Met((_CUT,), "problem")
        standing = self._asked(unit, place, speaker, now)
        if standing is None:
            return self._late(unit, place, speaker, now)
        if turn.text is not None and turn.file is None and command(turn.text) in ALWAYS:
            return Met(turn=turn)
        pressed = _pressed(self._question(unit, place, speaker, standing, turn.locale, now), turn)
        if pressed is None:
            return Met((say("请先点下面的按钮。刚才发的没有记下。"),), "problem")
        return self._answered(unit, place, speaker, standing, pressed, turn.locale, now)

    def before(
        self, unit: Unit, place: Place, speaker: Speaker | None, screen: Screen, now: datetime
    ) -> Screen | None:
        """The question that stands at a door in place of its Screen; None where there is none."""
        if speaker and speaker.state.page in ALWAYS:
            return None
        standing = self._asked(unit, place, speaker, now)
        if standing is None:
            late = self._late(unit, place, speaker, now)
            words = Words(screen.locale)
            return screen.telling(tuple(Say(words(each), late.tone) for each in late.said)) if late else None
        return self._question(unit, place, speaker, standing, screen.locale, now).telling(screen.told)

    def _late(self, unit: Unit, place: Place, speaker: Speaker | None, now: datetime) -> Met | None:
        """A question at a door that is over, and why; None where none is."""
        question = codes.asked(unit, *place.door) if speaker is None or speaker.awaited else None
        if question is None or not invitations.invited_by(unit, question[0]):
            return None
        codes.answered(unit, *place.door)
        return spent(unit, speaker, question[0], now)

    # A link is opened

    def _opened(self, unit: Unit, place: Place, speaker: Speaker | None, token: str, now: datetime) -> Met:
        code = codes.find(unit, digest_of(token), now)
        if code is None or code.kind != "invite" or code.party is None:
            return spent(unit, speaker, digest_of(token), now)
        invitations.open_(unit, code.digest, now)
        of = invitations.case_of(unit, code.party)
        problem = None
        if speaker and speaker.case and self._issued_by(unit, code.digest, speaker):
            problem = _ISSUED
        elif speaker and invitations.take_part(unit, of, speaker.person):
            link = "" if place.several else self._web_link(MARK + token)
            elsewhere = say(_TWICE_LINK.text, link=Own(link)) if link else _TWICE
            problem = _IN_IT if place.several else elsewhere
        if problem and not place.several:
            return Met((problem,), "problem")
        codes.ask(unit, *place.door, code.digest, now + PENDING)
        return Met((problem,), "problem") if problem else Met()

    def _web_link(self, token: str) -> str:
        """Where somebody else opens the link, where one account is one person; "" where there is no such place."""
        return self._links.invitation_link(token) if token and self._links.home else ""

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
        if own:
            parts.append(Say(words(say("这台设备上现在是填{own}的人。", own=own)), "note"))
        buttons = []
        if speaker and place.several and (own or speaker.case):
            other = say("我是另一个人，另开一处")
            buttons.append(Button(_action(_BESIDE, standing.digest), words(other), "option"))
        if speaker and invitations.take_part(unit, standing.case, speaker.person):
            parts.append(Say(words(say("对方就在旁边，要在这台设备上填吗？")), "ask"))
            buttons.append(Button(_action(_STAY, standing.digest), words(say("不用，回到我这里"))))
            return Screen(tuple(parts), tuple(buttons), revision=revision, locale=locale)
        sure = say("是我，就用这台设备上的身份，开始") if own else say("是我，开始")
        buttons.insert(0, Button(_action(_GO, standing.digest), words(sure), "primary"))
        if own and not place.several:
            link = self._web_link(self._tokens.shown(standing.row))
            another = say(_ANOTHER_LINK.text, link=Own(link)) if link else _ANOTHER
            parts.append(Say(words(another), "note"))
        parts.append(Say(words(say("是您本人吗？愿意{task}吗？", task=_task(words, standing))), "ask"))
        put_forward = standing.row.role in {ABOUT, LEADING}  # who is put forward agrees or does not
        cannot = say("是我，但不同意") if put_forward else say("是我，但写不了")
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
        locale: str,
        now: datetime,
    ) -> Met:
        if pressed == _CANNOT:
            codes.go_on(unit, *place.door, _DECLINING)
            return Met()
        if pressed == _BESIDE:  # the question goes along, with whoever begins
            return Met(beside=True)
        if pressed == _BACK:
            codes.go_on(unit, *place.door, "")
            return Met()
        codes.answered(unit, *place.door)
        if pressed == _WRONG:
            return Met((say("好的，这里什么也没有记下。请告诉发链接的人发错了。"),))
        if pressed == _STAY:
            return Met()
        if pressed == _GO:
            return self._bound(unit, place, speaker, standing, locale, now)
        if not invitations.end(unit, standing.row.party, "declined", now, pressed):
            return spent(unit, speaker, standing.digest, now)
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
        return Met((say("好的，已经告诉对方了。谢谢您回话，这里没有留下您的资料。"),))

    def _bound(  # noqa: PLR0913, PLR0917  # as `_answered`
        self,
        unit: Unit,
        place: Place,
        speaker: Speaker | None,
        standing: _Standing,
        locale: str,
        now: datetime,
    ) -> Met:
        """The party is whoever pressed: a person of their own where nobody stood at the door."""
        if speaker and invitations.take_part(unit, standing.case, speaker.person):
            return Met((say("您已经在这份申报里了：同一个人不能担两个角色。"),), "problem")
        if not codes.use(unit, standing.digest, now):
            return spent(unit, speaker, standing.digest, now)
        locale = (speaker.state.locale if speaker else locale) or "zh"
        answers = self._given(unit, standing)
        if speaker is None:
            speaker = interviews.welcome(unit, *place.door, Interview(locale=locale, answers=answers), now)
            identifier = speaker.interview
        else:
            begun = Interview(locale=locale, answers=answers, revision=speaker.state.revision + 1)
            identifier = interviews.begin(unit, speaker.person, begun, now)
        if not invitations.take(unit, standing.row.party, speaker.person, now):
            raise Conflict(f"party {standing.row.party} waits no more")  # nothing of this is to stay
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
            self._devices.tell_all(unit, issuer.person, message, now)

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
    sentence = say("没关系。点一个原因，我就告诉对方；点错了就回去。")
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


_ISSUED = say("这是您自己发出的邀请链接，请转发给对方，由对方来点。")
_IN_IT = say("您已经在这份申报里了：同一个人不能担两个角色。")
_CUT = say("这个邀请链接不完整，打不开，没有记成答案。请从对方发来的话里再点一次，或者把那段话整段复制过来。")
