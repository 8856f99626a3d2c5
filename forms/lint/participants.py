"""Who takes part: what a programme's `parties` name must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from forms.lint.desk import Desk, Finding
from forms.lint.names import resembling
from forms.parties import LEADING, OFFICE


def unknown_names(desk: Desk) -> Iterator[Finding]:
    """Questions, documents and figures that are named and are not there."""
    documents = [document.id for document in desk.programme.documents]
    figures = desk.programme.figures
    for index, each in enumerate(desk.programme.parties):
        own = desk.of(each.party)
        named: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
            ("sees", "question of the nominee", each.sees, desk.answers),
            ("compares", "question of the nominee", each.compares, desk.answers),
            ("prints", "question of the nominee", each.prints, desk.answers),
            ("rechecks", f"question of the {each.party}", each.rechecks, own),
            ("documents", "document", each.documents, documents),
            ("identity", f"question of the {each.party}", filter(None, [each.identity]), own),
            ("relation", f"question of the {each.party}", filter(None, [each.relation]), own),
            ("route", "route", filter(None, [each.route]), [route.id for route in desk.programme.routes]),
            ("objection", f"question of the {each.party}", filter(None, [each.objection]), own),
            ("settles", "question of the nominee", filter(None, [each.settles]), desk.answers),
            ("agreement", f"question of the {each.party}", filter(None, [each.agreement]), own),
            ("least", "figure", () if isinstance(each.least, int) else [each.least], figures),
        )
        for key, what, names, there in named:
            for name in names:
                if name not in there:
                    reason = f"“{key}” names the {what} “{name}”, which is not there"
                    yield desk.finding(("parties", index, key), reason, resembling(name, there))
        named_least = figures.get(each.least) if isinstance(each.least, str) else None
        least = named_least.value if named_least else each.least
        if isinstance(least, int) and least > each.most:
            reason = f"at least {least} are needed, and at most {each.most} may be asked"
            yield desk.finding(("parties", index, "most"), reason, "let more be asked")


def half_a_word(desk: Desk) -> Iterator[Finding]:
    """A party that agrees or refuses, without a question that is answered by yes or no."""
    for index, each in enumerate(desk.programme.parties):
        own = desk.by_id(each.party)
        if each.settles and not each.agreement:
            reason = "“settles” says what is agreed to, and nothing by which answer"
            yield desk.finding(("parties", index, "settles"), reason, "name that question as “agreement”")
        elif each.agreement in own and own[each.agreement].kind != "yes-no":
            reason = f"“{each.agreement}” is not answered by yes or no"
            yield desk.finding(("parties", index, "agreement"), reason, "name a question of the kind yes-no")


def without_a_form(desk: Desk) -> Iterator[Finding]:
    """A party that has nothing to fill in, one that is declared twice, the nominee among them; a form of nobody."""
    declared = [each.party for each in desk.programme.parties]
    for index, party in enumerate(declared):
        path = ("parties", index, "party")
        if party == OFFICE:
            reason = "a receiving union is no party: nobody asks it in"
            yield desk.finding(path, reason, "say under statement: what it writes itself")
        elif party == LEADING or party in declared[:index]:
            yield desk.finding(path, f"“{party}” takes part already", "declare each other party once")
        elif not desk.programme.has_form(party):
            yield desk.finding(path, f"“{party}” has no form to fill in", f"add forms/{party}.yaml")
    for index, form in enumerate(desk.programme.forms):
        if form.party not in {LEADING, OFFICE, *declared}:
            reason = f"nobody is asked to fill in the form of the “{form.party}”"
            yield desk.finding(
                ("forms", index, "party"), reason, "declare it under parties: in programme.yaml"
            )
