"""Nobody goes on beyond the number; a list is up for its days, objections are answered, reserves move up, the title is given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from storage import stages, standings
from storage.database import Database
from storage.stages import Progress
from storage.standings import Entry
from tests.storage.selections import GUILIN, LIUZHOU, NANNING, NOW, OFFICE, UP, Selection, put, selection
from tests.storage.test_stages import refused

#: The last day of a list that is up for 5 working days from Wednesday, 2 September 2026, and the one behind it.
LAST = datetime(2026, 9, 8, 15, 59, tzinfo=UTC)  # 23:59 in China
OVER = datetime(2026, 9, 8, 16, tzinfo=UTC)


async def guilin(database: Database, cases: int = 13) -> Selection:
    """桂林's selection with ten places, its list about to be up: ten go on, the eleventh is in reserve."""
    whole = await selection(database, GUILIN, cases)
    await whole.walk("screening", put(range(cases)), figure=10, reason="通知")
    await whole.walk("assessment", put(range(min(cases, 13))))
    await whole.walk("decision", [*put(range(10)), Entry("c010", "reserve", 1)])
    return whole


async def nanning(database: Database, decided: int = 28) -> Selection:
    whole = await selection(database, NANNING, decided)
    for name in ("screening", "experts", "assessment", "decision"):
        await whole.walk(name, put(range(decided)))
    return whole


async def waiting(whole: Selection, own: Progress) -> Sequence[str]:
    found: Sequence[str] = await whole.do(standings.waiting, own)
    return found


# Recording


async def test_a_stage_lets_go_on_as_many_as_it_says_and_not_one_more(database: Database) -> None:
    whole = await selection(database, NANNING, 60)
    own = await whole.begin("screening")
    code, words = await refused(whole.record(own, put(range(51))))
    assert code == "beyond"
    assert (
        words
        == "超过人数了：这样有51人，最多50人。没有记下。名额25个，按1:2：25 × 2 = 50，最多50人（五（二）1）。"
    )
    assert await whole.outcomes("screening") == {}, "all or nothing"
    own = await whole.record(own, put(range(50)))
    assert (await refused(whole.record(own, [Entry("c050", "on", 51)])))[0] == "beyond"
    own = await whole.record(own, [Entry("c049", "out"), Entry("c050", "on", 50)])
    await whole.close(own, rest_out=True)
    assert list((await whole.outcomes("screening")).values()).count("on") == 50


async def test_a_case_that_leaves_makes_room(database: Database) -> None:
    whole = await selection(database, LIUZHOU, 41)
    await whole.walk("qualification", put(range(41)))
    own = await whole.record(await whole.begin("experts"), put(range(39)))
    assert (await refused(whole.record(own, [Entry("c039", "on", 40)])))[0] == "beyond"
    await whole.leaves("c003")
    await whole.record(own, [Entry("c039", "on", 40)])


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ([], "nothing"),
        ([Entry("c999", "on", 1)], "not_here"),
        ([Entry("c000", "named", 1)], "outcome"),
        ([Entry("c000", "objected", 1)], "outcome"),
        ([Entry("c000", "on", 0)], "place"),
        ([Entry("c000", "on", 2), Entry("c001", "on", 2)], "place"),
    ],
)
async def test_what_cannot_be_recorded_is_refused_in_words(
    database: Database, entries: list[Entry], code: str
) -> None:
    whole = await selection(database, NANNING, 3)
    own = await whole.begin("screening")
    assert (await refused(whole.record(own, entries)))[0] == code
    assert await whole.outcomes("screening") == {}


async def test_one_that_goes_on_and_one_in_reserve_may_have_the_same_number(database: Database) -> None:
    whole = await selection(database, NANNING, 3)
    own = await whole.begin("screening")
    own = await whole.record(
        own, [Entry("c000", "on", 1), Entry("c001", "reserve", 1), Entry("c002", "out", 1)]
    )
    own, moved = await whole.do(standings.move_up, own, None, NOW)
    assert moved == "c001"
    assert await whole.outcomes("screening") == {"c000": "on", "c001": "on", "c002": "out"}


async def test_guilins_reserve_is_bounded_by_itself(database: Database) -> None:
    whole = await selection(database, GUILIN, 13)
    await whole.walk("screening", put(range(13)), figure=10, reason="通知")
    await whole.walk("assessment", put(range(13)))
    own = await whole.begin("decision")
    code, words = await refused(whole.record(own, put(range(11))))
    assert (code, "最多10人" in words, "其中后备1人：10 × 10% = 1" in words) == ("beyond", True, True)
    code, words = await refused(whole.record(own, [*put(range(9)), *put([9, 10], "reserve")]))
    assert (code, words.partition("。")[0]) == ("beyond", "后备超过人数了：这样有2人，最多1人")
    await whole.record(own, [*put(range(10)), *put([10], "reserve")])


async def test_a_stage_without_anybody_or_with_somebody_left_over_does_not_end(database: Database) -> None:
    whole = await selection(database, NANNING, 3)
    own = await whole.begin("screening")
    assert await refused(whole.close(own)) == ("nobody", "“初审”还没有一个人通过，不能结束。")
    own = await whole.record(own, put([0]))
    assert await refused(whole.close(own)) == ("undecided", "“初审”还有2人没有写结果。")
    await whole.close(own, rest_out=True)


# The list


async def test_a_list_ends_when_its_days_are_over_and_not_before(database: Database) -> None:
    whole = await nanning(database, 3)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(3)))
    assert await refused(whole.close(own, LAST)) == (
        "not_over",
        "公示到2026年9月8日才满，过了那一天才能结束。",
    )
    assert (await whole.close(own, OVER)).closed == OVER


async def test_the_list_has_room_for_the_places_alone(database: Database) -> None:
    whole = await nanning(database)
    own = await whole.begin("notice", starts=UP)
    assert (await refused(whole.record(own, put(range(26)))))[0] == "beyond"
    own = await whole.record(own, put(range(25)))
    assert await waiting(whole, own) == ("c025", "c026", "c027"), "of the 28 who were decided on"
    assert (await refused(whole.do(standings.move_up, own, None, NOW)))[0] == "beyond"


async def test_an_objection_keeps_the_place_until_it_is_looked_into(database: Database) -> None:
    whole = await nanning(database)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(25)))
    assert (await refused(whole.do(standings.object_to, own, "c003", " ", None, NOW)))[0] == "reason_missing"
    assert (await refused(whole.do(standings.object_to, own, "c026", "冒名", None, NOW)))[0] == "not_listed"
    own = await whole.do(standings.object_to, own, "c003", "反映奖项不实", None, NOW)
    assert (await refused(whole.do(standings.object_to, own, "c003", "又来", None, NOW)))[0] == "not_listed"
    assert (await refused(whole.record(own, [Entry("c003", "on", 4)])))[0] == "objected"
    assert (await refused(whole.do(standings.move_up, own, None, NOW)))[0] == "beyond", "no place is free yet"
    assert await refused(whole.close(own, OVER)) == ("objected", "还有1个异议没有核实完，公示不能结束。")
    answered = standings.answer
    assert (await refused(whole.do(answered, own, "c003", "", None, NOW, true=False)))[0] == "reason_missing"
    own = await whole.do(answered, own, "c003", "奖项属实", None, NOW, true=False)
    assert (await whole.outcomes("notice"))["c003"] == "on"
    assert (await refused(whole.do(answered, own, "c003", "再看", None, NOW, true=True)))[0] == "no_objection"
    await whole.close(own, OVER)


async def test_who_moves_up_is_listed_for_days_of_their_own(database: Database) -> None:
    whole = await nanning(database)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(25)))
    own = await whole.do(standings.object_to, own, "c003", "反映奖项不实", None, NOW)
    own = await whole.do(standings.answer, own, "c003", "属实，取消资格", None, NOW, true=True)
    later = datetime(2026, 9, 4, 4, tzinfo=UTC)
    own, moved = await whole.do(standings.move_up, own, None, later)
    assert moved == "c025"
    rows = await database.run(lambda unit: stages.standings(unit, OFFICE, NANNING, "notice"))
    assert {each.case: each.listed for each in rows if each.listed} == {"c025": date(2026, 9, 4)}
    assert [each.place for each in rows if each.case == "c025"] == [26]
    code, words = await refused(whole.close(own, OVER))
    assert (code, words) == ("not_over", "公示到2026年9月10日才满，过了那一天才能结束。")
    await whole.close(own, datetime(2026, 9, 10, 16, tzinfo=UTC))


async def test_guilins_reserve_was_on_the_list_from_the_first_day(database: Database) -> None:
    whole = await guilin(database)
    own = await whole.begin("notice", starts=UP)
    own = await whole.record(own, [*put(range(10)), *put([10], "reserve")])
    own = await whole.do(standings.object_to, own, "c000", "反映情况", None, NOW)
    own = await whole.do(standings.answer, own, "c000", "属实", None, NOW, true=True)
    assert await waiting(whole, own) == ("c010",)
    own, moved = await whole.do(standings.move_up, own, None, datetime(2026, 9, 7, 4, tzinfo=UTC))
    assert moved == "c010"
    assert (await refused(whole.do(standings.move_up, own, None, NOW)))[0] == "nobody"
    await whole.close(own, OVER)


async def test_an_objection_to_a_reserve_that_proves_nothing_leaves_them_in_reserve(
    database: Database,
) -> None:
    whole = await guilin(database)
    own = await whole.begin("notice", starts=UP)
    own = await whole.record(own, [*put(range(10)), *put([10], "reserve")])
    own = await whole.do(standings.object_to, own, "c010", "反映情况", None, NOW)
    assert await waiting(whole, own) == ()
    own = await whole.do(standings.answer, own, "c010", "不属实", None, NOW, true=False)
    assert await waiting(whole, own) == ("c010",)


async def test_out_of_turn_somebody_moves_up_only_with_a_reason(database: Database) -> None:
    whole = await nanning(database)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(24)))
    assert (await refused(whole.do(standings.move_up, own, None, NOW, "c003")))[0] == "not_here"
    assert (await refused(whole.do(standings.move_up, own, None, NOW, "c026")))[0] == "reason_missing"
    _, moved = await whole.do(standings.move_up, own, None, NOW, "c026", "前两位放弃")
    assert moved == "c026"


async def test_where_the_notice_names_no_successor_staff_say_why_there_is_one(database: Database) -> None:
    whole = await selection(database, LIUZHOU, 4)
    for name in ("qualification", "experts", "assessment"):
        await whole.walk(name, put(range(4)))
    await whole.walk("decision", [*put(range(2)), *put([2, 3], "reserve")])
    assert (await refused(whole.begin("notice", starts=UP)))[0] == "figure_missing"
    own = await whole.begin("notice", starts=UP, figure=7, reason="往年七天")
    own = await whole.record(own, put(range(2)))
    own = await whole.record(own, [Entry("c001", "out", reason="本人放弃")])
    assert (await refused(whole.do(standings.move_up, own, None, NOW)))[0] == "reason_missing"
    own, moved = await whole.do(standings.move_up, own, None, NOW, None, "领导小组同意")
    assert (moved, await whole.outcomes("notice")) == (
        "c002",
        {"c000": "on", "c001": "out", "c002": "on"},
    )
    days = stages.notice_days(own, whole.stage("notice"))
    assert days and days.ends == date(2026, 9, 10)


async def test_whoever_is_put_onto_a_list_that_is_up_counts_from_that_day(database: Database) -> None:
    whole = await nanning(database, 5)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(3)))
    later = datetime(2026, 9, 7, 4, tzinfo=UTC)
    own = await whole.record(own, [Entry("c003", "on", 4), Entry("c002", "on", 3)], later)
    rows = await database.run(lambda unit: stages.standings(unit, OFFICE, NANNING, "notice"))
    assert {each.case: each.listed for each in rows if each.listed} == {"c003": date(2026, 9, 7)}
    assert (await refused(whole.record(own, [Entry("c002", "out")])))[0] == "reason_missing"


# The title


async def test_whoever_is_left_on_the_list_is_named(database: Database) -> None:
    whole = await nanning(database)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(25)))
    await whole.close(own, OVER)
    own = await whole.begin("naming", OVER)
    assert (await refused(whole.close(own, OVER)))[0] == "nobody"
    own = await whole.do(standings.name, own, None, OVER, ["c004"])
    assert await refused(whole.close(own, OVER)) == ("undecided", "还有24人没有命名；不命名的要写明理由。")
    assert (await refused(whole.do(standings.name, own, None, OVER, ["c026"])))[0] == "not_here"
    own = await whole.do(standings.name, own, None, OVER)
    await whole.close(own, OVER)
    outcomes = await whole.outcomes("naming")
    assert (len(outcomes), set(outcomes.values())) == (25, {"named"})


async def test_whoever_falls_out_at_the_end_is_followed_once_the_list_is_open_again(
    database: Database,
) -> None:
    whole = await nanning(database)
    own = await whole.record(await whole.begin("notice", starts=UP), put(range(25)))
    closed = await whole.close(own, OVER)
    own = await whole.begin("naming", OVER)
    assert (await refused(whole.record(own, [Entry("c001", "out")], OVER)))[0] == "reason_missing"
    own = await whole.record(own, [Entry("c001", "out", reason="受处分")], OVER)
    assert (await refused(whole.do(standings.move_up, own, None, OVER)))[0] == "outcome"
    listed = await whole.do(stages.reopen, closed)
    assert (await whole.outcomes("notice"))["c001"] == "out"
    assert await whole.outcomes("naming") == {}
    listed, moved = await whole.do(standings.move_up, listed, None, OVER)
    assert moved == "c025"
    assert (await refused(whole.close(listed, OVER)))[0] == "not_over"


async def test_objections_and_titles_belong_to_their_stages(database: Database) -> None:
    whole = await selection(database, NANNING, 2)
    own = await whole.record(await whole.begin("screening"), put([0]))
    assert (await refused(whole.do(standings.object_to, own, "c000", "不实", None, NOW)))[0] == "outcome"
    assert (await refused(whole.do(standings.name, own, None, NOW)))[0] == "outcome"
    assert (await refused(whole.do(standings.move_up, own, None, NOW)))[0] == "nobody"
