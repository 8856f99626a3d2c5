"""A role is one value: with a form of its own, somebody new can be talked with."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.interview import Interview
from dialogs.register import ENDINGS, PAGES
from dialogs.roles import ROLES, Role, role_of
from dialogs.roles.role import CONTINUE, PRIVACY, Entry
from forms import explaining
from forms.loader import Source, load, read
from forms.message import say
from tests.dialogs.talking import Person, kept

WITNESS = Role(
    "witness",
    greeting=say("您好，请您作个证。"),
    menu=(CONTINUE, Entry("story", say("看前面填的")), PRIVACY),
    pages=frozenset({"story", "menu", "declare", "summary", "privacy"}),
)
FORM = """
id: testimony
title: 证明
party: witness
sections:
  - id: all
    title: 证明
    questions:
      - {kind: text, id: relation, label: 关系, ask: 您和他是什么关系？}
      - {kind: yes-no, id: seen, label: 见过, ask: 您见过他干活吗？}
"""


@pytest.fixture
def witness(monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody with a role that stands nowhere but here, at the first question of its form."""
    monkeypatch.setitem(ROLES, WITNESS.name, WITNESS)
    monkeypatch.setattr(explaining, "WRITERS", explaining.WRITERS | {WITNESS.name})
    here = Path(__file__).parent / "small"
    programme = load(Source({**read(here, here.parent / "_none").files, "forms/testimony.yaml": FORM}))
    person = Person(programme, interview=Interview(role=WITNESS.name))
    assert "请您作个证" in person.text
    person.presses("同意，开始")
    begun = {"programme": programme.id, "digest": programme.digest}
    person.interview = person.interview.model_copy(update=begun)
    person.look()
    return person


def test_a_new_role_is_asked_its_own_questions_and_is_not_judged(witness: Person) -> None:
    assert witness.asked == "relation"
    witness.says("师傅")
    witness.presses("是")
    assert witness.interview.answers == {"relation": "师傅", "seen": True}
    assert not witness.tone("met")[1:], "no rule is judged for it"
    assert kept(witness.interview).role == "witness"


def test_its_menu_and_its_pages_are_its_own(witness: Person) -> None:
    witness.says("菜单")
    assert witness.labels == ["接着填", "看前面填的", "隐私和我的数据"]
    witness.presses("接着填")
    witness.says("条件对照")
    assert witness.asked == "relation", "a page that it does not have is not opened"


def test_its_end_is_its_own(witness: Person) -> None:
    witness.says("师傅")
    witness.presses("是")
    assert not witness.says("检查答案").cards, "it has nothing to print"
    witness.presses("没问题，交上我这一份")
    witness.presses("属实，交上")
    assert witness.interview.finished_at
    assert "您这一部分填好了" in witness.text


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_a_role_names_pages_and_an_ending_that_there_are(role: Role) -> None:
    verbs = {page.opened_by: page.name for page in PAGES.values()}
    assert role.pages <= PAGES.keys()
    assert role.ending in ENDINGS
    assert {verbs[entry.verb] for entry in role.menu if entry.verb in verbs} <= role.pages


def test_a_role_of_another_version_decides_nothing() -> None:
    assert (role_of("juror").judged, role_of("juror").leads) == (False, False)
