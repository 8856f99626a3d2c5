"""Stages begin in their turn with what the notice leaves open, go by a version, end when they are over, and go on again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from storage import stages, standings
from storage.conflicts import Conflict
from storage.database import Database
from storage.stages import Progress, Refused
from tests.storage.selections import (
    DAGUO,
    GUILIN,
    LIUZHOU,
    NANNING,
    NOW,
    OFFICE,
    UP,
    Selection,
    put,
    selection,
)


async def refused(work: Any) -> tuple[str, str]:
    """With which code something is refused, and with which words."""
    with pytest.raises(Refused) as refusal:
        await work
    return refusal.value.code, str(refusal.value.message)


async def ready(whole: Selection) -> list[str]:
    found = await whole.database.run(lambda unit: stages.ready(unit, OFFICE, whole.programme))
    return [stage.id for stage in found]


async def test_one_stage_after_the_other_is_ready_and_one_is_on(database: Database) -> None:
    whole = await selection(database, NANNING, 3)
    assert await ready(whole) == ["screening"]
    own = await whole.begin("screening")
    assert await ready(whole) == []
    assert await database.run(lambda unit: stages.stage_on(unit, OFFICE, NANNING)) == own
    await whole.close(await whole.record(own, put(range(3))))
    assert await ready(whole) == ["experts"]
    assert await database.run(lambda unit: stages.stage_on(unit, OFFICE, NANNING)) is None
    assert await whole.course() == [("screening", True)]


async def test_a_stage_out_of_its_turn_is_refused(database: Database) -> None:
    whole = await selection(database, NANNING, 3)
    assert (await refused(whole.begin("experts")))[0] == "not_its_turn"
    await whole.begin("screening")
    assert await refused(whole.begin("screening")) == ("begun", "“初审”已经开始了。")
    assert await refused(whole.begin("experts")) == ("still_on", "“初审”还没有结束，先结束它。")


async def test_what_may_be_passed_over_is_ready_beside_what_follows(database: Database) -> None:
    whole = await selection(database, LIUZHOU, 2)
    await whole.walk("qualification", put(range(2)))
    assert await ready(whole) == ["inspection", "experts"]
    await whole.walk("experts", put([0]))
    assert await ready(whole) == ["assessment"], "what was passed over is not gone back to"


async def test_those_who_run_stages_of_their_own_begin_with_their_own(database: Database) -> None:
    whole = await selection(database, DAGUO, 2)
    assert await ready(whole) == ["recommendation", "decision"]
    await whole.begin("decision", figure=10, reason="省里定的")


async def test_who_comes_into_a_stage_is_who_went_on(database: Database) -> None:
    whole = await selection(database, NANNING, 5)

    async def came(name: str) -> tuple[str, ...]:
        stage = whole.stage(name)
        return await database.run(lambda unit: stages.candidates(unit, OFFICE, whole.programme, stage))

    await whole.leaves("c004", "refused")
    assert await came("screening") == ("c000", "c001", "c002", "c003")
    await whole.walk("screening", put([2, 0, 3]))
    assert await came("experts") == ("c002", "c000", "c003"), "in their places"
    await whole.leaves("c000")
    assert await came("experts") == ("c002", "c003"), "whoever was withdrawn takes no part"
    assert await whole.outcomes("screening") == {"c002": "on", "c003": "on", "c001": "out"}


@pytest.mark.parametrize(
    ("figure", "reason", "code"),
    [
        (None, "", "figure_missing"),
        (20, " ", "reason_missing"),
        (0, "通知", "figure_wrong"),
        (-3, "通知", "figure_wrong"),
        (10**9, "通知", "figure_wrong"),
    ],
)
async def test_places_that_no_notice_gives_are_entered_with_a_reason(
    database: Database, figure: int | None, reason: str, code: str
) -> None:
    whole = await selection(database, GUILIN, 2)
    assert (await refused(whole.begin("screening", figure=figure, reason=reason)))[0] == code
    own = await whole.begin("screening", figure=20, reason=" 2027年通知 ")
    assert (own.figure, own.reason, own.version) == (20, "2027年通知", 1)
    await whole.close(await whole.record(own, put(range(2))))
    later = whole.stage("decision")
    told = await database.run(lambda unit: stages.allowance(unit, OFFICE, whole.programme, later))
    assert (told.number, told.reserves) == (22, 2), "the places of the first stage hold for the later ones"


async def test_a_figure_that_the_notice_gives_is_not_set_by_staff(database: Database) -> None:
    whole = await selection(database, NANNING, 1)
    code, words = await refused(whole.begin("screening", figure=60, reason="想多报"))
    assert (code, words) == ("figure_given", "“初审”的数字通知已经写明（五（二）1），不能另定。")


async def test_liuzhous_second_ratio_may_be_set_and_need_not(database: Database) -> None:
    whole = await selection(database, LIUZHOU, 2)
    await whole.walk("qualification", put(range(2)))
    await whole.walk("experts", put(range(2)))
    own = await whole.begin("assessment", figure=1, reason="会上定的")
    code, words = await refused(whole.record(own, put(range(2))))
    assert (code, "工作人员定了最多1人" in words) == ("beyond", True)


async def test_a_public_notice_needs_the_day_on_which_its_list_is_up(database: Database) -> None:
    whole = await selection(database, NANNING, 2)
    for name in ("screening", "experts", "assessment", "decision"):
        await whole.walk(name, put(range(2)))
    assert (await refused(whole.begin("notice")))[0] == "starts_missing"
    for year in (9999, 2027, 2025, 1):
        assert (await refused(whole.begin("notice", starts=UP.replace(year=year))))[0] == "starts_wrong"
    own = await whole.begin("notice", starts=UP)
    days = stages.notice_days(own, whole.stage("notice"))
    assert days and (days.starts, days.ends) == (UP, date(2026, 9, 8))
    assert (await refused(whole.begin("screening", starts=UP)))[0] == "begun"


async def test_only_a_public_notice_has_a_day_of_its_list(database: Database) -> None:
    whole = await selection(database, NANNING, 2)
    assert (await refused(whole.begin("screening", starts=UP)))[0] == "starts_missing"
    assert stages.notice_days(await whole.begin("screening"), whole.stage("screening")) is None


async def test_whoever_was_slower_is_told(database: Database) -> None:
    whole = await selection(database, NANNING, 3)
    own = await whole.begin("screening")
    after = await whole.record(own, put([0]))
    assert after.version == own.version + 1
    code, words = await refused(whole.record(own, put([1])))
    assert (code, words) == ("moved_on", "“初审”刚才有人改过了，这一次没有记下。请看一下现在的情况再定。")
    ended = await whole.close(after, rest_out=True)
    assert (await refused(whole.record(ended, put([1]))))[0] == "closed"
    nowhere = replace(own, stage="experts")
    assert (await refused(whole.record(nowhere, put([1]))))[0] == "not_begun"
    assert await whole.outcomes("screening") == {"c000": "on", "c001": "out", "c002": "out"}


@pytest.mark.parametrize("times", range(3))
async def test_of_many_changes_at_once_exactly_one_counts(database: Database, times: int) -> None:
    whole = await selection(database, NANNING, 20 + times)
    own = await whole.begin("screening")

    async def one(number: int) -> bool:
        try:
            await whole.record(own, put([number]))
        except (Refused, Conflict):
            return False
        return True

    done = await asyncio.gather(*(one(number) for number in range(20)))
    assert sum(done) == len(await whole.outcomes("screening")) == 1


async def test_of_many_who_begin_a_stage_at_once_exactly_one_does(database: Database) -> None:
    whole = await selection(database, NANNING, 1)

    async def one() -> bool:
        try:
            await whole.begin("screening")
        except (Refused, Conflict):
            return False
        return True

    assert sum(await asyncio.gather(*(one() for _ in range(20)))) == 1


async def test_a_stage_goes_on_again_while_nothing_was_built_on_it(database: Database) -> None:
    whole = await selection(database, NANNING, 2)
    ended = await whole.walk("screening", put([0]))
    again = await whole.do(stages.reopen, ended)
    assert (again.closed, again.version) == (None, ended.version + 1)
    ended = await whole.close(await whole.record(again, put([0, 1])))
    own = await whole.begin("experts")
    again = await whole.do(stages.reopen, ended)
    assert await whole.course() == [("screening", False)], "in what came after nobody had come on"
    ended = await whole.close(again)
    await whole.record(await whole.begin("experts"), put([1]))
    code, words = await refused(whole.do(stages.reopen, ended))
    assert (code, words) == ("built_on", "“专家评审”已经记了结果，“初审”不能再打开。")
    assert (await refused(whole.do(stages.reopen, own)))[0] == "moved_on", "that one is on, and has not ended"


async def test_begin_and_reopen_at_once_leave_one_stage_on(database: Database) -> None:
    whole = await selection(database, NANNING, 1)
    ended = await whole.walk("screening", put([0]))

    async def safe(work: Any) -> None:
        try:
            await work
        except (Refused, Conflict):
            return

    for _ in range(5):
        await asyncio.gather(safe(whole.begin("experts")), safe(whole.do(stages.reopen, ended)))
        on = [name for name, over in await whole.course() if not over]
        assert len(on) == 1, on
        if on == ["screening"]:
            (now,) = await database.run(lambda unit: stages.course(unit, OFFICE, NANNING))
            ended = await whole.close(now)
        else:
            first = next(
                each
                for each in await database.run(lambda unit: stages.course(unit, OFFICE, NANNING))
                if each.stage == "screening"
            )
            ended = await whole.close(await whole.do(stages.reopen, first))


async def test_what_is_no_stage_of_the_programme_is_said_so(database: Database) -> None:
    whole = await selection(database, NANNING, 1)
    lost = Progress(OFFICE, NANNING, "gone", NOW, None, None, "", None, 1)
    assert (await refused(whole.do(standings.record, lost, put([0]), None, NOW)))[0] == "unknown"
    assert stages.title(whole.programme, "gone") == "gone"


async def test_what_was_shown_is_read_back_as_it_was_written(database: Database) -> None:
    whole = await selection(database, NANNING, 2)
    await whole.walk("screening", put([1, 0]))
    rows = await database.run(lambda unit: stages.standings(unit, OFFICE, NANNING, "screening"))
    assert [(each.case, each.place, each.outcome, each.listed, each.at) for each in rows] == [
        ("c001", 1, "on", None, NOW),
        ("c000", 2, "on", None, NOW),
    ]
    assert await database.run(lambda unit: stages.standings(unit, "other", NANNING, "screening")) == ()
    (own,) = await database.run(lambda unit: stages.course(unit, OFFICE, NANNING))
    assert (own.begun, own.closed, own.starts) == (NOW, NOW, None)
