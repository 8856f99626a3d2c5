"""Deletion of what an office has: why it stays, until when, and how the request stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.at_office import Erasing, Standing
from dialogs.deletion import span
from dialogs.events import Forgotten
from dialogs.scene import Held, Kept
from tests.dialogs.offices import UNION, declared, handed

HELD = Held("hall", "HG-0001", UNION.name)


@pytest.mark.parametrize(("days", "said"), [(730, "2年"), (365, "1年"), (400, "400天"), (90, "90天")])
def test_how_long_it_is_kept_reads_as_people_say_it(days: int, said: str) -> None:
    assert str(span(days)) == said


@pytest.mark.parametrize("state", ["here", "returned", "accepted"])
def test_what_an_office_has_is_asked_for_and_stays(state: Standing) -> None:
    person = declared(handed=handed(state), kept=Kept(1, 2, 1, (HELD,)), retention=365)
    answers = person.interview.answers
    person.says("删除我的全部内容")
    assert f"删除要先经{UNION.name}同意" in person.text
    assert "评选结束满1年，会自动删除" in person.text
    person.presses("全部删除")
    assert person.events == [Forgotten()]
    assert person.interview.answers == answers
    assert f"已经替您向{UNION.name}申请删除" in person.text


def test_what_lies_at_an_office_beside_this_one_does_not_keep_this_one() -> None:
    person = declared(kept=Kept(2, 2, 1, (replace(HELD, may_withdraw=True),)))
    person.says("删除我的全部内容")
    assert "先“撤回来改”" in person.text
    person.presses("全部删除")
    assert person.interview.answers == {}


def test_where_no_office_has_anything_all_goes_at_once() -> None:
    person = declared(kept=Kept(1, 2, 1))
    person.says("删除我的全部内容")
    assert "同意" not in person.text
    person.presses("全部删除")
    assert person.interview.answers == {}


def test_the_end_tells_how_the_request_stands() -> None:
    person = declared(handed=handed(erasing=Erasing("2026-06-14")))
    assert f"2026年6月14日已经向{UNION.name}申请删除，还没有答复。" in person.text
    person = declared(handed=handed(erasing=Erasing("2026-06-14", True, "公示没完")))
    assert f"{UNION.name}答复暂不删除：公示没完" in person.text
