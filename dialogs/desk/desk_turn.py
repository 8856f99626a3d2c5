"""One turn at the desk: what came becomes the desk as it now stands and the deeds that are to be done.

Nothing is read or written here. What is pressed was offered on a Screen that may be old by now: whatever only shows
something counts from any of them, what decides something from the current one alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.desk import (
    choosing,
    deciding,
    deeds,
    erasing_asked,
    one_reply,
    paperwork,
    reviewing,
    slips,
    staffing,
    stage_deeds,
    staging,
    stating,
)
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_pages import DeskPage, page_of
from dialogs.desk.desk_scene import DeskScene, DeskView
from dialogs.desk.desk_state import Desk
from dialogs.desk.dossier import gone
from dialogs.desk.one_reply import KIND, Reply
from dialogs.desk.press import Pressed, pressed
from dialogs.turn import Say, Screen, Turn
from forms.message import Message, say
from forms.seats import Act
from forms.typed import Unacceptable, normalise
from forms.understanding import Meaning, meaning

_STALE = say("那一步已经过去了，请看下面现在的。")
_NOT_YOURS = say("您的席位不能做这一步。要办，请找负责人或经办人。")
#: What is typed for the board, wherever somebody is.
_HOME = frozenset(["看板", "回到看板", "首页", "board", "/board", "/start", "home"])
#: And for the page before.
_BACK = frozenset(["返回", "上一步", "回去", "back"])
#: Words that are nothing to be kept, sent or searched for.
_HELP = say("点按钮就行；打姓名、单位、编号能找人，打“看板”回到看板，打“返回”回上一页。")
_ASIDES: Mapping[Meaning, Message] = {
    **dict.fromkeys(("how", "what", "lacking"), _HELP),
    **KIND,
}

Move = Callable[[DeskView, str], DeskChange | None]


def take(desk: Desk, turn: Turn, scene: DeskScene) -> DeskChange:
    """Take one Turn. `scene` holds what the open page shows where a text or a press may need it."""
    view = DeskView(desk, scene)
    if turn.choice is not None:
        return _next(desk, _pressed(view, turn.choice))
    if turn.file is not None:
        return DeskChange(
            desk, said=(Say(view.words(say("工作台上不收文件。要补的材料，请退回让本人传。")), "problem"),)
        )
    try:
        text = normalise(turn.text or "")
    except Unacceptable as error:
        return DeskChange(desk, said=(Say(view.words(error.message), "problem"),))
    if not text:
        return DeskChange(desk)
    page = page_of(desk.page)
    asks = show(desk, scene).asks
    meant_for = turn.answers.question if turn.answers else ""
    if (meant_for or turn.whole) and (asks is None or meant_for not in {"", asks.question}):
        return DeskChange(desk, said=(Say(view.words(_STALE), "note"),))  # no answer to anything else
    if turn.whole and page.asks:
        return _next(desk, page.asks.said(view, one_reply.written, text) or DeskChange(desk))
    if text.casefold() in _HOME:
        return _next(desk, DeskChange(desk.at("board", after="")))
    if text.casefold() in _BACK:
        return _next(desk, DeskChange(desk.at(page.before)))
    return _typed(view, page, text)


def _typed(view: DeskView, page: DeskPage, text: str) -> DeskChange:
    """What is typed: the words of a button, something said beside, what the page takes, else what is searched for."""
    desk, scene = view.desk, view.scene
    shown, meant = show(desk, scene), meaning(text)
    aside = None if shown.asks or (page.courteous and meant in KIND) else _ASIDES.get(meant)
    if aside is not None:
        return DeskChange(desk, said=(Say(view.words(aside), "note"),))
    token = _label(shown, text)
    if token:
        return _next(desk, _pressed(view, token))
    if page.asks and shown.asks:
        return _next(desk, page.asks.said(view, one_reply.typed, text) or DeskChange(desk))
    here = (scene.dossier is not None or not page.case) and (scene.selection is not None or not page.course)
    taken = page.typed(view, text) if page.typed and here else None
    return _next(desk, taken or DeskChange(desk.at("search", query=text[:60])))


def _label(shown: Screen, text: str) -> str:
    """The token of the button that reads as what was typed, "" where none does, or several do."""
    fitting = [token for token, each in shown.tokens().items() if each.label.casefold() == text.casefold()]
    return fitting[0] if len(fitting) == 1 else ""


def show(desk: Desk, scene: DeskScene) -> Screen:
    """The Screen of the desk as it stands."""
    view, page = DeskView(desk, scene), page_of(desk.page)
    if page.course and scene.selection is None:
        page = page_of("stages")
    shown = gone(view) if page.case and scene.dossier is None else page.screen(view)
    public = page.public(view) if page.public else ()
    return shown.telling((), revision=desk.revision, locale=scene.locale, public=public)


def _next(before: Desk, change: DeskChange) -> DeskChange:
    """The change as a new revision."""
    desk = change.desk.model_copy(update={"revision": before.revision + 1})
    left = _at_case(before) if _at_case(before) != _at_case(desk) else ""
    done = (deeds.PutDown(left), *change.deeds) if left else change.deeds
    return DeskChange(desk, done, change.said, change.echo)


def _at_case(desk: Desk) -> str:
    """The case that is looked at; "" where none is."""
    return desk.stay if page_of(desk.page).case else ""


def _pressed(view: DeskView, token: str) -> DeskChange:
    press, desk, words = pressed(token), view.desk, view.words
    stale = DeskChange(desk, said=(Say(words(_STALE), "note"),))
    if press is None:
        return stale
    if press.verb in _DECIDES and press.revision != desk.revision:
        return stale
    if press.verb in _NEEDS and not view.may(_NEEDS[press.verb]):
        return DeskChange(desk, said=(Say(words(_NOT_YOURS), "problem"),))
    move = _MOVES.get(press.verb)
    if press.verb in READS and view.scene.dossier is None:
        return stale
    return (move(view, press.about) if move else _opens(view, press)) or stale


def _opens(view: DeskView, press: Pressed) -> DeskChange | None:
    """A page by its name; one about something has its own move."""
    desk = view.desk
    page = page_of(press.verb)
    return DeskChange(desk.at(page.name)) if page.name == press.verb else None


def _open(view: DeskView, about: str) -> DeskChange | None:
    return DeskChange(view.desk.at("case", stay=about, seen=0), (deeds.Opened(about),))


def _at(page: str, **fields: Callable[[str], object]) -> Move:
    """Another page, with what the button is about in some fields."""
    return lambda view, about: DeskChange(
        view.desk.at(page, **{name: of(about) for name, of in fields.items()})
    )


def _does(page: str, deed: Callable[[Desk, str], deeds.Deed]) -> Move:
    """A deed, and the page that follows it."""
    return lambda view, about: DeskChange(view.desk.at(page), (deed(view.desk, about),))


def _sorted(view: DeskView, about: str) -> DeskChange:
    return DeskChange(view.desk.model_copy(update={"sort": about}))


def _settles(view: DeskView, about: str, sort: str) -> DeskChange:
    return DeskChange(view.desk.at("settling", about=about, sort=sort))


def _digest(view: DeskView, about: str) -> DeskChange | None:
    if about and about not in {str(hour) for hour in staffing.HOURS}:
        return None
    return DeskChange(view.desk.at("digest"), (deeds.DigestAt(int(about) if about else None),))


def _listing(view: DeskView, about: str) -> DeskChange:
    """The list of a stage: from its beginning, unless it is come back to."""
    desk = view.desk.at("choosing", about=about)
    return DeskChange(desk.model_copy(update={"leaf": 0}) if view.desk.page == "stages" else desk)


def _leaf(view: DeskView, about: str) -> DeskChange | None:
    return DeskChange(view.desk.model_copy(update={"leaf": int(about)})) if about.isdecimal() else None


def _walks(page: str, deed: type[stage_deeds.OnStage]) -> Move:
    """A deed on the stage that is on, and the page that follows it."""
    return lambda view, about: DeskChange(
        view.desk.at(page, about=view.desk.stage),
        (deed(view.desk.selection, view.desk.stage, view.desk.seen),),
    )


def _reopens(view: DeskView, about: str) -> DeskChange | None:
    stage, _, version = about.partition(".")
    if not version.isdecimal():
        return None
    return DeskChange(view.desk, (stage_deeds.StageReopened(view.desk.selection, stage, int(version)),))


def _moved_up(view: DeskView, about: str) -> DeskChange:
    desk = view.desk
    deed = stage_deeds.MovedUp(desk.selection, desk.stage, desk.seen, about)
    return DeskChange(desk.at("choosing", about=desk.stage), (deed,))


def _says(reply: Reply) -> Move:
    """Something pressed is said to the question that the page asks."""

    def move(view: DeskView, about: str) -> DeskChange | None:
        asked = page_of(view.desk.page).asks
        return asked.said(view, reply, about) if asked else None

    return move


_SAME: Callable[[str], object] = str
_MOVES: Mapping[str, Move] = {
    "open": _open,
    "board": _at("board", after=lambda about: ""),
    "tray": _at("board", tray=_SAME, after=lambda about: ""),
    "page": _at("board", after=_SAME),
    "first": _at("board", after=lambda about: ""),
    "programme": _at("board", programme=_SAME, after=lambda about: ""),
    "unit": _at("board", unit=_SAME, after=lambda about: ""),
    "seat": lambda view, about: DeskChange(Desk(seat=about)),
    "takeover": _does("case", lambda desk, about: deeds.TakenOver(desk.stay)),
    "remark": _at("remark", about=_SAME),
    "sort": _sorted,
    "reason": reviewing.said_ready,
    "drop": lambda view, about: DeskChange(view.desk, (deeds.RemarkDropped(view.desk.stay, about),)),
    "return_now": _does("case", lambda desk, about: deeds.Returned(desk.stay, desk.seen)),
    "correcting": slips.begun,
    "accept_now": _does("case", lambda desk, about: deeds.Accepted(desk.stay, desk.seen)),
    "pass_now": _does("case", lambda desk, about: deeds.PassedUp(desk.stay, desk.seen)),
    "without": _at("passing", sort=lambda about: "without"),
    "pass_without": _does("case", lambda desk, about: deeds.PassedUp(desk.stay, desk.seen, without=True)),
    "stating": stating.opened,
    "state_next": stating.begun,
    "answer": _says(one_reply.pressed),
    "surely": _says(one_reply.agreed),
    "anew": _says(one_reply.anew),
    "explain": _says(one_reply.explained),
    "adopt": stating.adopted,
    "unsay": stating.unsaid,
    "pass_by": stating.passed_by,
    "unstate": stating.undone,
    "clause": _at("refusing", about=_SAME, reason=lambda about: ""),
    "refusing": _at("refusing", reason=lambda about: ""),
    "refuse_now": deciding.refused_now,
    "undo": _does("case", lambda desk, about: deeds.Undone(desk.stay, desk.seen)),
    "met": lambda view, about: _settles(view, about, "met"),
    "not_met": lambda view, about: _settles(view, about, "not_met"),
    "unsettle": _does("settling", lambda desk, about: deeds.Unsettled(desk.stay, about)),
    "tick": _does("papers", lambda desk, about: deeds.Ticked(desk.stay, about)),
    "untick": _does("papers", lambda desk, about: deeds.Unticked(desk.stay, about)),
    "few": paperwork.few,
    "tick_all": paperwork.all_in,
    "paper": _at("paper", about=_SAME),
    "lacks": _at("lacking", about=_SAME),
    "lack": paperwork.lack,
    "giveback": _does("papers", lambda desk, about: deeds.GivenBack(desk.stay, about)),
    "take_on": _does("case", lambda desk, about: deeds.TakenOn(desk.stay)),
    "assign": _does("case", lambda desk, about: deeds.Assigned(desk.stay, about)),
    "write_to": _at("letters", about=_SAME),
    "no_answer": staffing.no_answer,
    "erasing": _at("erasing", about=_SAME),
    "keeping": _at("keeping", about=_SAME),
    "erase_now": erasing_asked.agreed,
    "issue_code": _does("case", lambda desk, about: deeds.CodeIssued(desk.stay)),
    "offer": _at("offering", sort=_SAME),
    "offered": _at("offered", about=_SAME),
    "unseat": _at("unseating", about=_SAME),
    "unseat_now": _does("colleagues", lambda desk, about: deeds.SeatEnded(about)),
    "digest_at": _digest,
    "table": _does("exports", lambda desk, about: deeds.Exported("table", about)),
    "packets": _does("exports", lambda desk, about: deeds.Exported("packets", about)),
    "programmes": _at("stages", selection=lambda about: ""),
    "course": _at("stages", selection=_SAME),
    "begin": _at("beginning", about=_SAME, figure=lambda about: None, reason=lambda about: ""),
    "as_written": lambda view, about: DeskChange(
        view.desk.model_copy(update={"figure": staging.AS_WRITTEN, "reason": ""})
    ),
    "begin_now": staging.begun,
    "listing": _listing,
    "leaf": _leaf,
    "mode": _sorted,
    "people": lambda view, about: DeskChange(view.desk.at("people", about=view.desk.stage)),
    "pick": choosing.picked,
    "unpick": choosing.unpicked,
    "fill": _walks("choosing", stage_deeds.StageFilled),
    "name_all": _walks("choosing", stage_deeds.TitleGiven),
    "close_now": _walks("stages", stage_deeds.StageClosed),
    "reopen": _reopens,
    "person": _at("standing", about=_SAME),
    "moving": _at("standing", about=_SAME, sort=lambda about: "up"),
    "words": _sorted,
    "set": choosing.stated,
    "up_now": _moved_up,
    "own": _does("board", lambda desk, about: deeds.LeftDesk()),
}
#: What counts only on the Screen that is current.
_WALKS = ("begin_now", "pick", "unpick", "fill", "name_all", "close_now", "reopen", "set", "up_now")
_STATES = ("adopt", "unsay", "unstate")
_ANSWERS = ("answer", "surely", "anew")
_DECIDES = frozenset(
    [
        *(
            "return_now",
            "accept_now",
            "pass_now",
            "pass_without",
            "refuse_now",
            "undo",
            "takeover",
            "issue_code",
            "erase_now",
            "unseat_now",
            "reason",
            "lack",
        ),
        *("as_written", "words", "mode", *_WALKS, *_STATES, *_ANSWERS),
    ]
)
#: What is said of the case that is open.
READS = frozenset(
    [
        *("reason", "tick_all", "few", "lack", "correcting", *_ANSWERS, "explain"),
        *("stating", "state_next", "pass_by", *_STATES),
    ]
)
#: What a seat must allow for a verb; the deed itself is checked again where it is done.
_NEEDS: Mapping[str, Act] = {
    **dict.fromkeys(("sort", "reason", "drop", "return_now", "returning"), "return"),
    **dict.fromkeys(("settling", "met", "not_met", "unsettle"), "settle"),
    **dict.fromkeys(("tick", "tick_all", "few", "untick", "paper", "lacks", "lack", "giveback"), "tick"),
    **dict.fromkeys(("accepting", "accept_now", "undo"), "accept"),
    **dict.fromkeys(("passing", "pass_now", "without", "pass_without"), "pass_up"),
    **dict.fromkeys(("stating", "state_next", "pass_by", *_STATES), "state"),
    **dict.fromkeys(("refusing", "clause", "refuse_now"), "refuse"),
    **dict.fromkeys(("recovering", "issue_code"), "help_back"),
    **dict.fromkeys(("unseat", "unseat_now"), "remove"),
    **dict.fromkeys(("takeover", "take_on"), "take"),
    **dict.fromkeys(("table", "packets"), "export"),
    **dict.fromkeys(("write_to", "no_answer"), "answer"),
    **dict.fromkeys(("erasing", "keeping", "erase_now"), "erase"),
    **dict.fromkeys(("begin", "beginning", "closing", *_WALKS), "stages"),
    "correcting": "correct",
    "assign": "assign",
    "offer": "invite",
    "offered": "invite",
}
