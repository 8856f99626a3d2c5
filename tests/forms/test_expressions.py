"""What is evaluated here means exactly what Jinja2 makes of it, and asks for nothing that the language has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.answers import scope
from forms.casefile import read_case
from forms.expressions import ExpressionError, Pending, environment, expression, sentence
from forms.library import BUILT_IN, Library
from forms.programme import Programme
from tests.built_in import built_in

_ENV = environment()
PENDING = "pending"


@cache
def library() -> Library:
    return built_in()


@cache
def _compiled(source: str) -> Any:
    return _ENV.compile_expression(source, undefined_to_none=False)


@cache
def _template(source: str) -> jinja2.Template:
    return _ENV.from_string(source)


def jinja_value(source: str, names: Mapping[str, Any]) -> Any:
    try:
        found = _compiled(source)(dict(names))
    except jinja2.UndefinedError:
        return PENDING
    return PENDING if isinstance(found, jinja2.Undefined) else found


def jinja_text(source: str, names: Mapping[str, Any]) -> str:
    try:
        return _template(source).render(dict(names))
    except jinja2.UndefinedError:
        return PENDING


def our_value(source: str, names: Mapping[str, Any]) -> Any:
    try:
        return expression(source).value(names)
    except Pending:
        return PENDING


def our_text(source: str, names: Mapping[str, Any]) -> str:
    try:
        return sentence(source).text(names)
    except Pending:
        return PENDING


def outcome(value: Any, source: str, names: Mapping[str, Any]) -> Any:
    """A value, or how it fails: filters refuse what is no list of rows, here as there."""
    try:
        return value(source, names)
    except (TypeError, AttributeError) as error:
        return type(error)


def scopes(programme: Programme) -> Iterator[dict[str, Any]]:
    """The scope of every case, whole and with every other answer taken away."""
    for path in sorted((BUILT_IN / programme.id).glob("cases/*.yaml")):
        case = read_case(path.name, path.read_text("utf-8-sig"))
        plain = {
            name: value
            for name, value in case.answers.items()
            if not isinstance(value, str) or "." not in value
        }
        for answers in (plain, dict(list(plain.items())[::2]), {}):
            try:
                yield scope(programme, answers, case.now)
            except (
                TypeError,
                AttributeError,
                KeyError,
                ValueError,
            ):  # a case names paths where a form has files
                continue


@pytest.mark.parametrize("identifier", [path.parent.name for path in BUILT_IN.glob("*/programme.yaml")])
def test_every_condition_and_sentence_of_a_programme_means_what_jinja_says(identifier: str) -> None:
    programme = next(each for each in library().offered if each.id.startswith(identifier.split("-")[0]))
    conditions = {q.when for form in programme.forms for q in form.questions.values() if q.when}
    sentences = set()
    for rule in programme.rules:
        conditions |= {rule.condition, rule.when, rule.doubt} - {""}
        sentences |= {rule.reckoning, rule.met, rule.unmet, rule.verify, rule.remedy} - {""}
    for wordings in programme.derived.values():
        conditions |= {each.when for each in wordings if each.when}
        sentences |= {each.text for each in wordings}
    compared = 0
    for names in scopes(programme):
        for source in conditions:
            assert outcome(our_value, source, names) == outcome(jinja_value, source, names), source
            compared += 1
        for source in sentences:
            for spoken in (names, {**names, "month_style": "English"}):
                assert outcome(our_text, source, spoken) == outcome(jinja_text, source, spoken), source
    assert compared > 50


_NAMES = st.sampled_from(["a", "b", "c", "missing"])
_ATOMS = st.one_of(
    _NAMES,
    st.integers(-3, 3).map(str),
    st.sampled_from(["'焊工'", "''", "true", "false", "none", "[a, b]", "[1, 2]", "a.x", "b.y", "missing.x"]),
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    both = st.tuples(inner, inner)
    operators = st.sampled_from(
        [" and ", " or ", " == ", " != ", " < ", " >= ", " in ", " not in ", " + ", " - "]
    )
    return st.one_of(
        st.tuples(both, operators).map(lambda t: f"({t[0][0]}{t[1]}{t[0][1]})"),
        inner.map(lambda e: f"(not {e})"),
        inner.map(lambda e: f"(-{e})"),
        inner.map(lambda e: f"({e}|length)"),
        inner.map(lambda e: f"({e}|or_else(7))"),
        inner.map(lambda e: f"({e} is defined)"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"({t[0]} if {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} < {t[1]} <= {t[2]})"),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]|given"),
    )


@given(
    source=st.recursive(_ATOMS, _combined, max_leaves=8),
    names=st.fixed_dictionaries(
        {},
        optional={
            name: st.one_of(
                st.integers(-2, 2), st.text(max_size=3), st.booleans(), st.just({"x": 1}), st.just({"y": [2]})
            )
            for name in "abc"
        },
    ),
)
def test_any_expression_means_what_jinja_says(source: str, names: dict[str, Any]) -> None:
    ours, theirs = outcome(our_value, source, names), outcome(jinja_value, source, names)
    assert repr(ours) == repr(theirs)


@pytest.mark.parametrize(
    "source",
    [
        "a * 1000000", "a ** 9", "a % 2", "'%s' % a", "a ~ b", "a[0]", "a()", "a.__class__", "a|upper", "a is odd",
        "{'a': 1}", "a, b}} {{ c", "a }}{{ b", "a) }} {{ (b", "", "(", "a b",
    ],
)  # fmt: skip
def test_what_the_language_has_not_is_refused(source: str) -> None:
    with pytest.raises(ExpressionError):
        expression(source)


@pytest.mark.parametrize(
    "source", ["{% if a %}x{% endif %}", "{{ a|upper }}", "{{ a() }}", "{% set a = 1 %}"]
)
def test_a_sentence_has_no_statements(source: str) -> None:
    with pytest.raises(ExpressionError):
        sentence(source)


def test_a_name_without_a_value_is_pending_wherever_it_is_used() -> None:
    for source in (
        "missing",
        "missing == 1",
        "missing and true",
        "not missing",
        "missing.x",
        "missing|length",
    ):
        with pytest.raises(Pending):
            expression(source).value({})
    assert expression("missing is defined").value({}) is False
    assert expression("true or missing").value({}) is True
