"""Several have a part in a case; it ends with its nominee's part alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dialogs.interview import Interview
from forms.library import Library
from forms.loader import Source, load, read
from storage import cases, interviews, tables
from storage.unit import Unit
from tests.bot.household import SMALL, House, Someone

_LETTER = """
id: letter
title: 推荐信
party: expert
sections:
  - id: all
    title: 推荐信
    questions:
      - {kind: text, id: relation, label: 关系, ask: 您和他是什么关系？}
"""
SOURCE = Source({**read(SMALL, SMALL.parent / "_none").files, "forms/letter.yaml": _LETTER})


@pytest.fixture
def together(house: House) -> House:
    programme = load(SOURCE)
    house.open(Library((programme,), (), {programme.digest: SOURCE}, {}))
    return house


async def seat_expert(house: House, address: str) -> Someone:
    """An expert in anna's case, at their first question."""

    def work(unit: Unit) -> None:
        anna = interviews.speaker(unit, "web", "anna")
        assert anna and anna.case
        state = Interview(
            role="expert",
            consented_at=house.now.isoformat(),
            programme=anna.state.programme,
            digest=anna.state.digest,
        )
        expert = interviews.welcome(unit, "web", address, state, house.now)
        cases.take_part(unit, anna.case, expert, state)

    await house.database.run(work)
    expert = Someone(house, address)
    await expert.take()
    return expert


async def case(house: House) -> tuple[str, int]:
    found = select(tables.case.c.status, tables.case.c.version)
    return await house.database.read(lambda unit: tuple(unit.connection.execute(found).one()))


async def parts(house: House) -> dict[str, tuple[str, int | None]]:
    found = select(tables.party.c.role, tables.party.c.number, tables.party.c.state, tables.party.c.confirmed)
    rows = await house.database.read(lambda unit: unit.connection.execute(found).all())
    return {f"{role}-{number}": (state, version) for role, number, state, version in rows}


async def finish_letter(expert: Someone, relation: str = "师傅") -> None:
    await expert.says(relation, "检查答案")
    await expert.presses("没问题，交上我这一份", "属实，交上")


async def test_an_expert_who_finishes_does_not_close_the_case(together: House, anna: Someone) -> None:
    await anna.fills()
    expert = await seat_expert(together, "zhou")
    assert expert.asked == "relation"
    await finish_letter(expert)
    assert "您这一部分填好了" in str(expert.screen.parts)
    assert (await case(together))[0] == "open"
    assert (await parts(together))["expert-1"] == ("confirmed", 1)


async def test_two_experts_are_counted_each_by_themselves(together: House, anna: Someone) -> None:
    await anna.fills()
    first, second = await seat_expert(together, "zhou"), await seat_expert(together, "qian")
    await finish_letter(second)
    assert {name: state for name, (state, _) in (await parts(together)).items()} == {
        "nominee-1": "joined",
        "expert-1": "joined",
        "expert-2": "confirmed",
    }
    await finish_letter(first)
    await first.says("检查答案")
    await first.presses("改：关系")
    await first.says("同事")
    assert (await parts(together))["expert-1"] == ("joined", None), "who changes their part confirms it anew"


async def test_language_and_consent_belong_to_the_person_and_to_the_part(
    together: House, anna: Someone
) -> None:
    await anna.fills()
    expert = await seat_expert(together, "zhou")
    await expert.says("菜单")
    await expert.presses("English")
    assert (expert.screen.locale, (await anna.take()).locale) == ("en", "zh")
    found = select(tables.party.c.role, tables.party.c.consented)
    rows = await together.database.read(lambda unit: unit.connection.execute(found).all())
    assert {role: bool(consented) for role, consented in rows} == {"nominee": True, "expert": True}


async def test_nobody_sees_the_answers_of_another_part(together: House, anna: Someone) -> None:
    await anna.fills()
    expert = await seat_expert(together, "zhou")
    for words in ("检查答案", "前面填的", "我的申报", "材料清单", "条件对照"):
        await expert.says(words)
        assert "陆建华" not in str(expert.screen), words
    with pytest.raises(LookupError):
        await together.conversation.document("web", "zhou", "form")
