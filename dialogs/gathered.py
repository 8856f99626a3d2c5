"""What an application asks of a person, as its own questions have it: told before anybody agrees, and at any time after."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.turn import Say
from dialogs.words import Words
from forms.kinds import registry
from forms.message import Message, Own, say
from forms.parties import LEADING
from forms.programme import Form, Programme


def asked(interview: Interview, programmes: tuple[Programme, ...]) -> tuple[Message, ...]:
    """What is asked for, each in a word, in any of the programmes."""
    wanted = {each.text: each for _, form in _forms(interview, programmes) for each in form.gathers}
    if not wanted:  # nothing is known yet of what will be asked
        wanted = {kind.gathers.text: kind.gathers for kind in registry().values() if kind.gathers}
    return tuple(wanted.values())


def told(interview: Interview, programmes: tuple[Programme, ...]) -> tuple[Say, ...]:
    """Why ID numbers are asked for and where they stand, if they are, and what takes a consent of its own."""
    forms = tuple(_forms(interview, programmes))
    words = Words(interview.locale)
    sentences = [_identity(words, forms)] if forms else []
    if apart := _sensitive(words, forms, optional=False):
        sentences.append(say("要{what}的，会另外单独问您，不同意就交纸质的。", what=apart))
    if apart := _sensitive(words, forms, optional=True):
        sentences.append(say("想要{what}的，也另外单独问您，不同意就不收，不影响申报。", what=apart))
    return tuple(Say(words(each), "note") for each in sentences)


def _forms(interview: Interview, programmes: tuple[Programme, ...]) -> Iterator[tuple[Programme, Form]]:
    """The forms that hold what is asked of somebody in this role; of whoever sees a whole application, that one."""
    role = role_of(interview.role).name
    for each in programmes:
        participant = each.participant(role)
        party = LEADING if participant and participant.sees_all else role
        if each.has_form(party):
            yield each, each.form(party)


def _identity(words: Words, forms: tuple[tuple[Programme, Form], ...]) -> Message:
    """Where the ID number stands and what that risks; that it is not asked for, where it is not."""
    asking = tuple((each, form) for each, form in forms if form.identified_by)
    if not asking:
        return say("这里不用填身份证号，请不要发。")
    if len(forms) == 1:
        ((programme, form),) = asking
        lists = (each.title for each in programme.lists(form.identified_by))
        where = dict.fromkeys(words.of(programme, title) for title in (form.title, *lists))
        return say(
            "身份证号用来认准是您本人，{where}上要写；泄露了可能被人冒用，所以在对话里遮住，只给您报送的工会。",
            where=tuple(map(Own, where)),
        )
    if len(asking) == len(forms):
        return say(
            "身份证号用来认准是您本人，申报材料上要写；泄露了可能被人冒用，所以在对话里遮住，只给您报送的工会。"
        )
    others = (each for each in forms if each not in asking)
    return say(
        "身份证号用来认准是您本人，申报材料上要写（{others}不用）；"
        "泄露了可能被人冒用，所以在对话里遮住，只给您报送的工会。",
        others=tuple(Own(words.of(programme, programme.title)) for programme, _ in others),
    )


def _sensitive(words: Words, forms: tuple[tuple[Programme, Form], ...], *, optional: bool) -> tuple[Own, ...]:
    """What takes a consent of its own, each once."""
    return tuple(
        dict.fromkeys(
            Own(words.of(programme, each.sensitive.what))
            for programme, form in forms
            for each in form.sensitive
            if each.sensitive and each.optional == optional
        )
    )
