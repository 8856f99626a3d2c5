"""A Turn is read, thought about and written; what was worked out once is not worked out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bot.house import recall
from dialogs import standing, view
from dialogs.turn import Turn
from forms.loader import Source
from storage import interviews
from tests.bot.household import SOURCE, House, Someone, library

ONE_TRADE = """
  - id: one_trade
    title: 每个工种一人
    clause: 四
    across: {same: [trade], most: 1}
    reckoning: "{{ trade }}已有{{ peers.one_trade }}人"
    met: 没满
    unmet: 满了
"""


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a path was replayed, the rules judged and a Screen built."""
    counts: Counter[str] = Counter()

    def counted(name: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **kwargs: Any) -> Any:
            counts[name] += 1
            return does(*args, **kwargs)

        return counting

    for module, name in ((view, "walk"), (view, "judge"), (standing, "show")):
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))
    return counts


async def test_a_typed_answer_is_worked_out_once(house: House, anna: Someone, worked: Counter[str]) -> None:
    await anna.begins()
    await anna.says("个人申报")
    for text in ("焊工", "2015年7月"):
        worked.clear()
        await anna.says(text)
        assert worked == {"walk": 1, "judge": 1, "show": 1}


async def test_counting_other_cases_anew_works_out_nothing_again_while_they_are_as_many(
    house: House, anna: Someone, worked: Counter[str]
) -> None:
    rules = SOURCE.files["rules.yaml"] + ONE_TRADE
    house.open(library(Source({**SOURCE.files, "rules.yaml": rules})))
    await anna.begins()
    await anna.says("个人申报", "焊工")
    worked.clear()
    await anna.says("2015年7月")
    assert (worked["judge"], worked["show"]) == (1, 1)


async def test_the_first_answer_after_a_restart_is_worked_out_twice(
    house: House, anna: Someone, worked: Counter[str]
) -> None:
    await anna.begins()
    await anna.says("个人申报")
    house.__post_init__()
    worked.clear()
    await anna.says("焊工")
    assert worked == {"walk": 2, "judge": 2, "show": 2}


async def test_what_another_process_has_changed_is_not_remembered_as_it_was(
    house: House, anna: Someone
) -> None:
    other = House(house.database, house.files, house.workers)
    await anna.begins()
    await anna.says("个人申报")
    await other.conversation.take("web", "anna", Turn("anna", "elsewhere", text="焊工"))
    await anna.says("2015年7月")
    speaker = await house.database.read(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert speaker and speaker.state.answers == {
        "route": "self",
        "trade": "焊工",
        "trade_start": "2015-07",
    }


async def test_another_day_is_judged_anew(house: House, anna: Someone, worked: Counter[str]) -> None:
    await anna.begins()
    await anna.says("个人申报")
    house.now = house.now.replace(day=house.now.day + 1)
    worked.clear()
    await anna.says("焊工")
    assert worked["judge"] == 2


async def test_those_who_were_quiet_the_longest_are_worked_out_again(
    house: House, anna: Someone, worked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall, "_REMEMBERED", 1)
    ben = Someone(house, "ben")
    await anna.begins()
    await anna.says("个人申报")
    await ben.begins()
    worked.clear()
    await anna.says("焊工")
    assert worked["show"] == 2
    assert anna.asked == "trade_start"


async def test_a_look_beside_the_writer_sees_what_was_answered(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报", "焊工")
    assert (await anna.take()).asks == anna.screen.asks
    assert anna.asked == "trade_start"


async def test_an_interview_that_is_remembered_is_not_read_out_of_its_text_again(
    house: House, anna: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.begins()
    await anna.says("个人申报")
    texts: list[str] = []
    opened = interviews.text_of
    monkeypatch.setattr(
        interviews, "text_of", lambda unit, *kept: texts.append(kept[2]) or opened(unit, *kept)
    )
    await anna.says("焊工")
    assert not texts
    house.__post_init__()
    await anna.says("2015年7月")
    assert texts
