"""What offices keep of a person goes with them, or along with them; what was decided stays decided."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select, update

from dialogs.interview import Interview
from forms.loader import Source
from forms.offices import Office
from storage import (
    belongings,
    cases,
    desk_tables,
    desks,
    interviews,
    invitations,
    offices,
    people,
    retention,
    seats,
)
from storage.database import Database
from storage.desk_tables import (
    case_find,
    correction,
    desk,
    handed,
    letter,
    paper_in,
    remark,
    settled,
    stay,
)
from storage.handing import content_of
from storage.interviews import Speaker
from storage.tables import metadata, new_id, party, person
from storage.unit import Unit
from tests.storage.rings import seal_what_is_plain

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
SOURCE = Source({"programme.yaml": "id: small\n"})


def office(unit: Unit) -> str:
    return offices.add(unit, [Office(name=f"甲县{new_id()}总工会", kind="county")], NOW)[0]


def sit(unit: Unit, someone: str, where: str, role: Any = "clerk") -> str:
    """A seat that somebody has."""
    made, digest = seats.invite(unit, where, role, "张三", NOW), new_id()
    seats.link(unit, made, digest, "", NOW, NOW + timedelta(days=1))
    assert seats.take(unit, digest, someone, NOW) == "taken"
    return made


def begun(unit: Unit, address: str) -> Speaker:
    """Somebody with an application."""
    state = Interview(programme="small", digest=SOURCE.digest)
    speaker = interviews.welcome(unit, "web", address, state, NOW)
    cases.open_case(unit, speaker, state, SOURCE, NOW)
    found = interviews.speaker(unit, "web", address)
    assert found
    assert found.case
    return found


def writing(unit: Unit, of: str) -> Speaker:
    """Somebody who writes for a case of another's."""
    state = Interview(programme="small", digest=SOURCE.digest, role="expert")
    speaker = interviews.welcome(unit, "web", "expert", state, NOW)
    cases.take_part(unit, of, speaker, state)
    found = interviews.speaker(unit, "web", "expert")
    assert found
    return found


def hand_in(unit: Unit, nominee: Speaker, seat: str, where: str, others: tuple[Speaker, ...] = ()) -> str:
    """One row of everything that an office keeps of a case; gives the stay."""
    of, made = nominee.case, new_id()
    parts = [{"party": each.party, "said": "秘密"} for each in (nominee, *others)]
    common = {"case": of, "seat": seat, "at": NOW}
    for table, values in (
        (
            handed,
            {
                "id": made,
                "case": of,
                "round": 1,
                "at": NOW,
                "face": "{}",
                "content": json.dumps({"parts": parts}),
                "digest": "d",
            },
        ),
        (
            stay,
            {
                "id": made,
                "case": of,
                "office": where,
                "programme": "small",
                "round": 1,
                "state": "here",
                "version": 1,
                "arrived": NOW,
                "since": NOW,
                "due": "9999",
                "decider": seat,
                "assigned": seat,
                "holder": seat,
            },
        ),
        (case_find, {"case": of, "kind": "name", "key": "k"}),
        (
            remark,
            {
                "id": made,
                "party": nominee.party,
                "question": "name",
                "sort": "wrong",
                "text": "错",
                "round": 1,
                **common,
            },
        ),
        (settled, {"rule": "r", "outcome": "met", "reason": "看过", "ground": "g", **common}),
        (paper_in, {"paper": "form", "copies": 3, **common}),
        (
            correction,
            {"id": made, "party": nominee.party, "question": "name", "was": '"a"', "now": '"b"', **common},
        ),
        (letter, {"person": nominee.person, "text": "请问", **common, "seat": None}),
    ):
        unit.connection.execute(insert(table), values)
    seal_what_is_plain(unit)
    return made


DESK = {each.name for each in vars(desk_tables).values() if isinstance(each, Table)}
ABOUT = (handed, case_find, remark, settled, paper_in, correction, letter)


def left(unit: Unit) -> dict[str, int]:
    return {
        table.name: unit.connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (*ABOUT, desk)
    }


async def test_what_was_handed_in_goes_with_whom_it_is_about(database: Database) -> None:
    def work(unit: Unit) -> tuple[dict[str, int], Any]:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        assert nominee.case
        expert = writing(unit, nominee.case)
        made = hand_in(unit, nominee, sit(unit, clerk.person, where), where, (expert,))
        belongings.forget(unit, nominee.person, NOW)
        lies = unit.connection.execute(
            select(stay.c.state, stay.c.version, stay.c.holder).where(stay.c.id == made)
        ).one()
        return left(unit), tuple(lies)

    counts, lies = await database.run(work)
    assert set(counts.values()) == {0}
    assert lies == ("withdrawn", 2, None)


async def test_a_case_that_nobody_has_a_part_in_any_more_leaves_no_stay(database: Database) -> None:
    def work(unit: Unit) -> int:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        first = hand_in(unit, nominee, sit(unit, clerk.person, where), where)
        values = {"case": nominee.case, "office": where, "programme": "small", "round": 1, "state": "here"}
        moments = {"arrived": NOW, "since": NOW, "due": "9999", "version": 1}
        unit.connection.execute(update(stay).where(stay.c.id == first).values(state="passed"))
        unit.connection.execute(insert(stay), {"id": new_id(), **values, **moments, "before": first})
        belongings.forget(unit, nominee.person, NOW)
        return int(unit.connection.execute(select(func.count()).select_from(stay)).scalar_one())

    assert await database.run(work) == 0


async def test_what_somebody_said_in_anothers_case_goes_out_of_it_and_the_rest_stays(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[dict[str, int], list[str], str | None, str]:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        assert nominee.case
        expert = writing(unit, nominee.case)
        hand_in(unit, nominee, sit(unit, clerk.person, where), where, (expert,))
        belongings.forget(unit, expert.person, NOW)
        row = unit.connection.execute(select(handed.c.id, handed.c.content, handed.c.digest)).one()
        content = json.loads(content_of(unit, row.id, row.content))
        parts = [each["party"] for each in content["parts"]]
        return left(unit), parts, nominee.party, row.digest

    counts, parts, nominee, digest = await database.run(work)
    assert {counts[table.name] for table in ABOUT} == {1}
    assert parts == [nominee]
    assert digest == "d"


async def test_what_staff_wrote_on_what_somebody_said_in_anothers_case_goes_with_it(
    database: Database,
) -> None:
    def work(unit: Unit) -> tuple[set[str], set[str], str | None]:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        assert nominee.case
        expert, seat = writing(unit, nominee.case), sit(unit, clerk.person, where)
        hand_in(unit, nominee, seat, where, (expert,))
        common = {"case": nominee.case, "party": expert.party, "question": "opinion", "seat": seat, "at": NOW}
        unit.connection.execute(
            insert(remark), {"id": new_id(), "sort": "wrong", "text": "你说的是秘密", "round": 1, **common}
        )
        unit.connection.execute(
            insert(correction), {"id": new_id(), "was": '"秘密"', "now": '"密秘"', **common}
        )
        seal_what_is_plain(unit)
        belongings.forget(unit, expert.person, NOW)
        of = [set(unit.connection.execute(select(table.c.party)).scalars()) for table in (remark, correction)]
        return of[0], of[1], nominee.party

    remarks, corrections, nominee = await database.run(work)
    assert remarks == corrections == {nominee}, "what concerns the others stays"


def test_every_table_that_has_words_of_a_party_is_gone_through_by_party() -> None:
    """A table beside these two that gets a party has to be looked at in `deskwork.forget_cases`."""
    assert {
        table.name for table in metadata.tables.values() if table.name in DESK and "party" in table.c
    } == {
        "remark",
        "correction",
    }


async def test_the_seats_of_whoever_goes_end_and_what_they_decided_stays(database: Database) -> None:
    def work(unit: Unit) -> tuple[Any, Any, dict[str, int]]:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        seat = sit(unit, clerk.person, where)
        desks.set_up(unit, clerk.person, "{}")
        made = hand_in(unit, nominee, seat, where)
        belongings.forget(unit, clerk.person, NOW)
        columns = (stay.c.decider, stay.c.assigned, stay.c.holder, stay.c.state)
        lies = unit.connection.execute(select(*columns).where(stay.c.id == made)).one()
        assert tuple(lies) == (seat, None, None, "here")
        return seats.find(unit, seat), seats.of_office(unit, where), left(unit)

    seat, standing, counts = await database.run(work)
    assert (seat.person, seat.name, seat.ended) == (None, "", NOW)
    assert standing == ()
    assert counts["desk"] == 0
    assert {counts[table.name] for table in ABOUT} == {1}


async def test_two_who_are_one_sit_where_either_sat(database: Database) -> None:
    def work(unit: Unit) -> None:
        here, there = office(unit), office(unit)
        anna, phone = begun(unit, "anna"), begun(unit, "phone")
        kept, doubled = sit(unit, anna.person, here), sit(unit, phone.person, here)
        head = sit(unit, phone.person, there, "head")
        made = hand_in(unit, begun(unit, "nominee"), doubled, here)
        assert people.may_merge(unit, phone.person, anna.person)
        people.merge(unit, phone.person, anna.person, NOW)
        assert {each.id for each in seats.of_person(unit, anna.person)} == {kept, head}
        columns = (stay.c.decider, stay.c.assigned, stay.c.holder)
        lies = unit.connection.execute(select(*columns).where(stay.c.id == made)).one()
        assert tuple(lies) == (doubled, kept, kept)
        assert not people.known(unit, phone.person)

    await database.run(work)


@pytest.mark.parametrize(("own", "others", "stays"), [("a", "b", "b"), ("a", None, "a"), (None, "b", "b")])
async def test_of_two_desks_that_of_whom_the_other_becomes_stays(
    database: Database, own: str | None, others: str | None, stays: str
) -> None:
    def work(unit: Unit) -> str:
        phone, anna = begun(unit, "phone"), begun(unit, "anna")
        for each, state in ((phone, own), (anna, others)):
            if state:
                desks.set_up(unit, each.person, state)
        unit.connection.execute(
            insert(letter), {"case": phone.case, "person": phone.person, "text": "请问", "at": NOW}
        )
        people.merge(unit, phone.person, anna.person, NOW)
        assert unit.connection.execute(select(letter.c.person)).scalar_one() == anna.person
        kept = desks.of(unit, anna.person)
        assert kept
        return kept.state

    assert await database.run(work) == stays


async def test_whoever_has_a_seat_is_kept_when_their_last_part_lapses(database: Database) -> None:
    def work(unit: Unit) -> bool:
        nominee = begun(unit, "anna")
        assert nominee.case
        expert = writing(unit, nominee.case)
        assert expert.party
        sit(unit, expert.person, office(unit))
        invitations.end(unit, expert.party, "withdrawn", NOW)
        lapsed = retention.let_go(unit, expert.party)
        assert lapsed
        again = interviews.speaker(unit, "web", "expert")
        assert again
        assert again.person == expert.person
        return lapsed.more

    assert await database.run(work)


async def test_seats_stand_in_the_copy_of_what_is_kept(database: Database) -> None:
    def work(unit: Unit) -> Any:
        anna = begun(unit, "anna")
        sit(unit, anna.person, office(unit), "head")
        return belongings.belongings(unit, anna.person).seats

    (seat,) = await database.run(work)
    assert (seat["role"], seat["name"], seat["ended"]) == ("head", "张三", None)
    assert seat["office"].startswith("甲县")


async def test_nothing_of_the_desk_names_whoever_is_gone(database: Database) -> None:
    def work(unit: Unit) -> None:
        where, clerk, nominee = office(unit), begun(unit, "clerk"), begun(unit, "anna")
        hand_in(unit, nominee, sit(unit, clerk.person, where), where)
        for each in (clerk, nominee):
            belongings.forget(unit, each.person, NOW)
        assert unit.connection.execute(select(func.count()).select_from(person)).scalar_one() == 0
        assert unit.connection.execute(select(func.count()).select_from(party)).scalar_one() == 0

    await database.run(work)
