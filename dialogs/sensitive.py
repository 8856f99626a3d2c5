"""What is sensitive (敏感个人信息) is taken of whoever agreed to that alone: one short question before the first of it.

Whoever does not agree, or not any more, brings it on paper, and the application goes on without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dialogs import asking, returned, upholding
from dialogs.answering import onward
from dialogs.change import Change, changed, minus, without
from dialogs.deletion import span
from dialogs.events import Allowed, NotKept, Withheld
from dialogs.interview import Interview
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.assent import assent
from forms.kinds.base import Given, Question
from forms.message import Message, Own, say

# Without blanks and marks: that somebody would rather not, or brings it on paper; and that they agree, in more than a
# word of assent. {it} is whatever the question asks for, as it may be called.
_RATHER_NOT = (
    r"(我|本人|还是|就|先|都|{it})*"
    r"(不|别|不要|不想|不愿意?|不肯|不用|不方便|不敢|不能|拒绝)(给|发|传|交|拍|提供|上传|授权)(出去|给?你们?|上来|了|的|吧|{it})*"
    r"|(我|{it})*(还是)?(不愿意?|不肯|不方便|不敢|拒绝)了?"
    r"|(我|自己|到时候?|还是|就|以后|后面|再|会|想|要|改|把|拿|{it})*"
    r"(交|送|带|用|给|拿|寄)(纸质|纸|复印件|原件|复印)(的|材料|件|去|来|过去|吧|给你们?)*"
    r"|{it}?纸质的?(就行|吧)?|(idrathernot|nothanks?|onpaper|iwillbringit|illbringit)"
)
_WILLING = r"(我|本人|都|可以|{it})*(同意|愿意|授权|肯)(给|发|传|交|拍|提供|上传)(给你们?|你们?|的|了|吧|{it})*|(yes)?iagree"
_MARKS = re.compile(r"[\s，,。.！!？?、~～'’]+")
#: In what form a thing is sent, which goes unsaid: 身份证 for 身份证照片.
_FORM = re.compile(r"(?:的?(?:照片|相片|图片|复印件|扫描件|原件|电子版|正反面|正面|反面))+$")


def _says(pattern: str, view: View, question: Question, text: str) -> bool:
    """Whether the text, without blanks and marks, says so of what the question asks for."""
    return re.fullmatch(pattern.replace("{it}", f"(?:{_names(view, question)})"), text) is not None


def _names(view: View, question: Question) -> str:
    """The names of what a question asks for, as the programme has them, whole and without its form, as a pattern."""
    sensitive = question.sensitive
    called = (question.label, *((sensitive.what,) if sensitive else ()))
    spoken = {_MARKS.sub("", each).casefold() for own in called for each in (own, view.words.text(own))}
    names = {"这个", "这份", "这些", "它", "照片", *spoken, *(_FORM.sub("", each) for each in spoken)} - {""}
    return "|".join(map(re.escape, sorted(names, key=lambda each: (-len(each), each))))


def consent(view: View, question: Question) -> str:
    """What is agreed to, in one sentence: what it is, what for, who sees it and for how long."""
    sensitive = question.sensitive
    if sensitive is None:
        return ""
    words = view.words
    sentence = say(
        "{what}是敏感个人信息，要您单独同意。只用来{why}；只有您和受理的工会看得到；您不删的，评选结束满{span}自动删除。",
        what=words.text(sensitive.what),
        why=words.text(sensitive.why),
        span=span(view.scene.retention),
    )
    return words(sentence)


def screen(view: View, question: Question) -> Screen:
    """The question whether it may be taken at all; nothing is taken before."""
    words = view.words
    ask = say("同意发来吗？不同意也接着往下填，这一份改交纸质的就行。")
    if question.optional:
        ask = say("同意发来吗？不同意就跳过，不影响申报。")
    withheld = view.on_paper(question)
    before = (Say(words(say("您之前没有同意发这一份，现在改主意也可以。")), "note"),) if withheld else ()
    return Screen(
        parts=(
            *returned.shown(view, question),
            *before,
            Say(consent(view, question)),
            Say(words(ask), "ask"),
        ),
        buttons=(
            Button(Action("allow", question.id), words(say("同意")), "primary", says=True),
            Button(Action("withhold", question.id), words(say("不同意")), says=False),
            *asking.around(view, question),
        ),
        progress=view.progress(question),
    )


def sent(view: View, question: Question, given: Given) -> Change:
    """What comes of something sent before the consent is given: nothing is taken, and a file is not kept."""
    text = _MARKS.sub("", given.text or "").casefold()
    if assent(given.text or "") is False or _says(_RATHER_NOT, view, question, text):
        return withhold(view, Action("withhold", question.id), "")
    if _says(_WILLING, view, question, text):
        return allow(view, Action("allow", question.id), "")
    first = say("这一份要先问过您：同意就点“同意”，再发来；不同意，点“不同意”。")
    events = (NotKept(given.attachment.file),) if given.attachment else ()
    if given.attachment:
        first = say("这一份要您先点“同意”才能收。刚才发的没有收下，也没有留着。")
    return Change(view.interview, (Say(view.words(first), "problem"),), events=events, question=question.id)


def allow(view: View, action: Action, label: str) -> Change:
    """The yes: it is asked for now."""
    question, interview = view.form.questions[action.about], view.interview
    allowed = changed(
        interview,
        allowed=(*minus(interview.allowed, question.id), question.id),
        withheld=minus(interview.withheld, question.id),
    )
    echo = _echo(view, question, say("✓ {label}：同意发"))
    return Change(allowed, echo=echo, events=(Allowed(question.id, consent(view, question)),), agreed=True)


def withhold(view: View, action: Action, label: str) -> Change:
    """The no: on along the path."""
    question = view.form.questions[action.about]
    if upholding.passed(view, question.id):
        return upholding.opening(view, question.id)
    sentence = say("好的，不收电子版。这一份请您到时候交纸质的，别的接着填。")
    if question.optional:
        sentence = say("好的，这一份不收。")
    left = onward(view, question, without_it(view.interview, question.id))
    echo = _echo(view, question, say("✓ {label}：不同意发"))
    return Change(left, (Say(view.words(sentence), "note"),), echo, (Withheld(question.id),))


def _echo(view: View, question: Question, message: Message) -> str:
    return view.words(Message(message.text, {"label": Own(view.words.text(question.label))}))


def without_it(interview: Interview, name: str) -> Interview:
    """The interview with nothing of what a question asked for, which comes on paper."""
    pending = interview.pending
    return changed(
        interview,
        answers=without(interview.answers, name),
        drafts=without(interview.drafts, name),
        pending=None if pending and pending.question == name else pending,
        unread={key: value for key, value in interview.unread.items() if name not in key.split(".")},
        skipped=minus(interview.skipped, name),
        later=minus(interview.later, name),
        due=minus(interview.due, name),
        remarked="" if interview.remarked == name else interview.remarked,
        allowed=minus(interview.allowed, name),
        withheld=(*minus(interview.withheld, name), name),
    )


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"allow": allow, "withhold": withhold}
