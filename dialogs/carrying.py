"""Whether what a person answered once may stand for another question that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from forms.answers import behind
from forms.attachment import Attachment, Media
from forms.expressions import expression
from forms.kinds.base import Answer, Check, Circumstances, Given, Problem, Question, Unfinished, Value
from forms.kinds.options import OptionsQuestion
from forms.parties import plural
from forms.programme import Programme, Rule

#: How a nominee is put forward belongs to an application, never to the person.
ROUTE = "route"
#: A failed rule of this weight says something of the person; consents and papers belong to an application.
WEIGHTY = frozenset({"ineligible", "review"})

#: Rules of this weight ask for a yes that is given for one application.
CONSENTS = frozenset({"blocked", "awaited"})

#: Kinds whose values are plain text: what one of them took, another may take.
_TEXTUAL = frozenset({"text", "name", "prose", "choice", "month", "date", "phone", "place", "id-number"})
_MEDIA: dict[str, Media] = {"image": "image", "video": "video", "application": "pdf"}


def reads(programme: Programme, rule: Rule) -> frozenset[str]:
    """The names that decide a rule, those behind a derived text among them."""
    sources = (source for source in (rule.condition, rule.when, rule.doubt) if source)
    return behind(programme, frozenset[str]().union(*(expression(source).names for source in sources)))


def weighs(programme: Programme, question: Question) -> bool:
    """Whether a rule of the person looks at the answer; one that holds answers against each other does not."""
    given = {question.id, *question.derives}
    rules = (rule for rule in programme.rules if rule.failing in WEIGHTY and not rule.quiet)
    return any(given & reads(programme, rule) for rule in rules)


def consents(programme: Programme, question: Question) -> bool:
    """Whether the answer is a yes that one application needs; a rule that other parties decide looks for none."""
    others = {plural(form.party) for form in programme.forms}
    given = {question.id, *question.derives}
    rules = (rule for rule in programme.rules if rule.failing in CONSENTS and not rule.quiet)
    own = (rule for rule in rules if not others & expression(rule.condition).names)
    return any(given & reads(programme, rule) for rule in own)


def marks(programme: Programme, question: Question) -> bool:
    """Whether a mark of preference looks at the answer, as it does at a title that the place itself gives."""
    given = {question.id, *question.derives}
    read = (expression(mark.condition).names for mark in programme.priorities)
    return bool(given & behind(programme, frozenset[str]().union(*read)))


def same(one: Question, other: Question) -> bool:
    """Whether two questions ask the same: in the same words, with the same options.

    The id alone does not say so: “在南宁工作吗” and “在桂林工作吗” may share it.
    """
    return one.kind == other.kind and one.ask == other.ask and options_of(one) == options_of(other)


def options_of(question: Question) -> object:
    """What may be chosen, to be compared; None where nothing is."""
    if not isinstance(question, OptionsQuestion):
        return None
    return [(option.value, option.shown, option.own_text) for option in question.offered]


def carries(  # noqa: PLR0913, PLR0917  # two questions, the value between them, and three facts of the places
    programme: Programme, old: Question, new: Question, value: Value, about: Circumstances, here: bool = False
) -> bool:
    """Whether the answer to `old` may stand for `new` of this programme.

    What rules and marks of preference weigh must have been asked in the same words; what only fills the form goes by
    its id. A consent is given for one application, so it is asked for again; so are the route and what is sensitive.
    What is local is asked again as well, unless the other programme is of the same place (`here`) and asks the same.
    """
    if new.id == ROUTE or consents(programme, new) or new.sensitive:
        return False
    if (weighs(programme, new) or marks(programme, new)) and not same(old, new):
        return False
    if (old.local or new.local) and not (here and same(old, new)):
        return False
    if old.kind != new.kind and not {old.kind, new.kind} <= _TEXTUAL:
        return False
    return accepts(new, value, about)


def accepts(question: Question, value: Value, about: Circumstances) -> bool:
    """Whether the question, given this value again, takes it for the same, and has nothing against it.

    A file must be without any remark: what one programme let pass (a red background) another has not asked for.
    """
    try:
        if not _given_again(question, value, about):
            return False
        remarks = question.remarks(value, about)
        return not (remarks if question.files(value) else any(remark.blocking for remark in remarks))
    except (AttributeError, KeyError, TypeError, ValueError):  # a value of another shape
        return False


def _given_again(question: Question, value: Value, about: Circumstances) -> bool:
    draft: Value = None
    for given in (*_files(question, value), *question.replay(value)):
        match question.parse(given, draft, about):
            case Unfinished(draft=draft):
                continue
            case Answer(value=read) | Check(value=read):
                return bool(read == value)
            case Problem():
                return False
    return False


def _files(question: Question, value: Value) -> Iterator[Given]:
    """The stored files again, by what is known of them; only questions for files have any."""
    if question.files(value):
        for fact in value if isinstance(value, list) else [value]:
            media = _MEDIA[fact["mime"].partition("/")[0]]
            yield Given(attachment=Attachment(media=media, **fact))
