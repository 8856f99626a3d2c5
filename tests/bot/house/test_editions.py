"""Open cases go over to today's definition with everything in them; what is handed in stays as it was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from bot.house.across import Across
from bot.house.archive import Archive
from bot.house.contrasts import Reprint
from bot.house.desk.dossiers import Dossiers
from bot.house.documents import Documents
from bot.house.editions import Editions, Plan, pages
from bot.house.failure import Failure
from forms.library import Library
from forms.loader import Source, load
from forms.printing.faces import Faces
from storage import tables
from storage.database import Database
from tests.bot.house.test_across import hand_in
from tests.bot.house.test_parts import SOURCE, finish_letter, seat_expert
from tests.bot.household import KEY, House, Someone, picture, stream
from tests.storage.rings import states


def shelf(source: Source) -> Library:
    programme = load(source)
    return Library((programme,), (), {programme.digest: source}, {})


def edition(*changes: tuple[str, str, str]) -> Source:
    """The programme with texts put in place of others, each a file, what stood there and what stands there now."""
    files = dict(SOURCE.files)
    for file, before, after in changes:
        assert before in files[file]
        files[file] = files[file].replace(before, after)
    return Source(files)


FORM = "forms/application.yaml"
REWORDED = edition(
    (FORM, "ask: 您是什么工种？", "ask: 您是什么职业？"),
    (FORM, "options: [技艺, 创新]", "options: [创新, 传承]"),
    (FORM, "      - {kind: text, id: hobby, label: 爱好, ask: 有什么爱好？, optional: true}\n", ""),
    (
        FORM,
        "{kind: scans",
        "{kind: text, id: nation, label: 民族, ask: 您是什么民族？}\n      - {kind: scans",
    ),
    ("programme.yaml", "years: {value: 10", "years: {value: 11"),
    ("print/application.html", "<p>", "<p>姓名："),
)


@pytest.fixture
def together(house: House) -> House:
    house.open(shelf(SOURCE))
    return house


def desk(house: House, source: Source, of: type[Editions] = Editions) -> Editions:
    """The command line of a house where a new edition is on offer; the house itself was started before that."""
    return of(Archive(house.database, shelf(source)), Across(KEY), Faces.load(), lambda: house.now)


async def only(editions: Editions) -> str:
    (case,) = await editions.open()
    return case


async def planned(editions: Editions) -> Plan:
    plan = await editions.plan(await only(editions))
    assert plan
    return plan


async def digests(database: Database) -> set[str]:
    found = select(tables.case.c.digest)
    return set(await database.read(lambda unit: list(unit.connection.execute(found).scalars())))


async def history(database: Database, kind: str) -> list[tuple[str, dict[str, str]]]:
    found = select(tables.event.c.about, tables.event.c.details).where(tables.event.c.kind == kind)
    rows = await database.read(lambda unit: unit.connection.execute(found).all())
    return [(row.about, row.details) for row in rows]


def said(someone: Someone) -> str:
    return "\n".join(part.text for part in someone.screen.parts if hasattr(part, "text"))


async def test_what_would_change_is_told_for_this_very_case(together: House, anna: Someone) -> None:
    await anna.fills()
    plan = await planned(desk(together, REWORDED))
    (nominee,) = plan.parts
    told = {f"{each.about} {each.name}": (each.before, each.after) for each in nominee.contrasts}
    assert told["question trade"] == ("工种; ask: 您是什么工种？", "工种; ask: 您是什么职业？")
    assert told["question nation"] == ("", "民族")
    assert told["question hobby"] == ("爱好", "")
    assert told["answer conditions"] == ("read", "")
    before, after = told["rule years"]
    assert "满10年" in before
    assert "满11年" in after
    assert "rule union" not in told, "it says the same"
    assert "question employer" not in told, "it says the same and is asked of nobody who applies alone"


async def test_looking_changes_nothing(together: House, anna: Someone) -> None:
    await anna.fills()
    before = anna.screen
    editions = desk(together, REWORDED)
    editions.reprints(await planned(editions))
    assert await digests(together.database) == {SOURCE.digest}
    assert (await anna.take()).revision == before.revision
    assert await together.rows("snapshot") == 1


async def test_who_goes_over_goes_on_where_they_were_with_all_that_still_fits(
    together: House, anna: Someone
) -> None:
    await anna.fills()
    assert anna.asked == "proofs"
    editions = desk(together, edition(("print/application.html", "<p>", "<p>姓名：")))
    assert await editions.move(await only(editions)) == 1
    await anna.take()
    assert anna.asked == "proofs"
    assert "陆*华" in said(anna)
    assert "您填过的都在，接着填就行" in said(anna)
    assert await editions.move(await only(editions)) is None, "it has gone over already"


async def test_what_cannot_be_read_any_more_is_set_aside_and_asked_again(
    together: House, anna: Someone
) -> None:
    await anna.fills()
    editions = desk(together, REWORDED)
    await editions.move(await only(editions))
    await anna.take()
    assert "只有1项和新表对不上" in said(anna)
    assert anna.asked == "conditions"
    await anna.presses("传承", "选好了")
    assert anna.asked == "nation"
    (state,) = (await together.database.read(states)).values()
    assert '"answers.conditions":{"技艺":""}' in state
    assert await history(together.database, "set_aside") == [("", {})]


async def test_everybody_in_a_case_goes_along_and_is_told(together: House, anna: Someone) -> None:
    await anna.fills()
    done, under_way = await seat_expert(together, "zhou"), await seat_expert(together, "qian")
    await finish_letter(done)
    editions = desk(together, edition(("forms/letter.yaml", "您和他是什么关系？", "您怎么认识他的？")))
    assert await editions.move(await only(editions)) == 3
    moved = await history(together.database, "moved")
    after = load(edition(("forms/letter.yaml", "您和他是什么关系？", "您怎么认识他的？"))).digest
    assert moved == [("small", {"before": SOURCE.digest, "after": after})] * 3
    assert "您怎么认识他的？" in str((await under_way.take()).parts)
    assert "您这一部分填好了" in str((await done.take()).parts)
    for each in (anna, done, under_way):
        await each.take()
        assert "已经换成新的" in said(each), each.address
    assert await together.rows("outbox") == 3


async def test_what_is_handed_in_never_goes_over(together: House, anna: Someone) -> None:
    await anna.fills()
    await hand_in(anna)
    editions = desk(together, REWORDED)
    assert await editions.open() == ()
    case = select(tables.case.c.id)
    (handed_in,) = await together.database.read(lambda u: list(u.connection.execute(case).scalars()))
    for wanted in (editions.plan, editions.move):
        with pytest.raises(Failure, match="handed in"):
            await wanted(handed_in)
    assert await digests(together.database) == {SOURCE.digest}
    await anna.presses("检查答案", "改：工种")
    await anna.says("钳工")
    assert await editions.open() == (handed_in,), "what is changed again is open again"


class Interrupted(Editions):
    """Somebody does something between the reading and the writing, once."""

    meanwhile: list[Callable[[], Awaitable[object]]]

    async def plan(self, case: str) -> Plan | None:
        found = await super().plan(case)
        if self.meanwhile:
            await self.meanwhile.pop()()
        return found


async def test_an_answer_that_comes_in_between_is_kept(together: House, anna: Someone) -> None:
    await anna.fills()
    await anna.says("检查答案")
    await anna.presses("改：工种")
    editions = desk(together, REWORDED, Interrupted)
    assert isinstance(editions, Interrupted)
    editions.meanwhile = [lambda: anna.says("钳工")]
    await editions.move(await only(editions))
    plan = await planned(desk(together, SOURCE))
    assert plan.parts[0].part.speaker.state.answers["trade"] == "钳工"
    assert len(await history(together.database, "moved")) == 1


async def test_who_hands_in_in_between_stays(together: House, anna: Someone) -> None:
    await anna.fills()
    editions = desk(together, REWORDED, Interrupted)
    assert isinstance(editions, Interrupted)
    case = await only(editions)
    editions.meanwhile = [lambda: hand_in(anna)]
    with pytest.raises(Failure, match="handed in"):
        await editions.move(case)
    assert await digests(together.database) == {SOURCE.digest}
    assert await history(together.database, "moved") == []


async def test_an_expert_who_joins_in_between_goes_along(together: House, anna: Someone) -> None:
    await anna.fills()
    editions = desk(together, REWORDED, Interrupted)
    assert isinstance(editions, Interrupted)
    editions.meanwhile = [lambda: seat_expert(together, "zhou")]
    assert await editions.move(await only(editions)) == 2


async def test_a_button_of_before_the_move_presses_nothing_after_it(together: House, anna: Someone) -> None:
    await anna.fills()
    token = anna.token("稍后再补")
    editions = desk(together, REWORDED)
    await editions.move(await only(editions))
    await anna.take(choice=token)
    assert anna.asked == "conditions"


async def reprinted(house: House, plan: Plan, editions: Editions) -> dict[str, tuple[int, ...] | None]:
    archive, faces = Archive(house.database, shelf(SOURCE)), Faces.load()
    across = Across(KEY)
    dossiers = Dossiers(archive, across, faces)
    documents = Documents(archive, across, dossiers, house.store, house.workers, faces, lambda: house.now)
    return {each.document: await pages(documents, each) for each in editions.reprints(plan)}


async def test_the_pages_that_would_print_differently_are_told(together: House, anna: Someone) -> None:
    await anna.fills()
    two = "<p>{{ name }} {{ remark }}</p>\n<p style='page-break-before: always'>{{ trade }}</p>"
    before = edition(("print/application.html", "<p>{{ name }} {{ remark }}</p>", two))
    after = edition(
        (
            "print/application.html",
            "<p>{{ name }} {{ remark }}</p>",
            two.replace("{{ trade }}", "工种：{{ trade }}"),
        )
    )
    editions = desk(together, before)
    await editions.move(await only(editions))
    editions = desk(together, after)
    assert await reprinted(together, await planned(editions), editions) == {"application": (2,)}


async def test_a_document_whose_files_are_gone_is_told_without_pages(together: House, anna: Someone) -> None:
    await anna.fills()
    sent = await together.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=sent)
    await anna.presses("发完了")
    for path in together.stored():
        path.unlink()
    shown = "<p><img src='{{ proofs.srcs[0] }}'>"
    editions = desk(together, edition(("print/application.html", "<p>", shown)))
    await editions.move(await only(editions))
    editions = desk(together, edition(("print/application.html", "<p>", shown + "姓名：")))
    assert await reprinted(together, await planned(editions), editions) == {"application": None}


async def test_what_is_written_otherwise_and_looks_the_same_gives_no_page(
    together: House, anna: Someone
) -> None:
    await anna.fills()
    editions = desk(together, edition(("print/application.html", "<p>", "<p class='anew'>")))
    assert await reprinted(together, await planned(editions), editions) == {"application": ()}


async def test_a_document_that_prints_the_same_is_not_told(together: House, anna: Someone) -> None:
    await anna.fills()
    editions = desk(together, edition((FORM, "ask: 您是什么工种？", "ask: 您是什么职业？")))
    assert editions.reprints(await planned(editions)) == ()


async def test_a_new_document_and_one_that_falls_away_are_told(together: House, anna: Someone) -> None:
    await anna.fills()
    editions = desk(together, edition(("programme.yaml", "{id: application, title", "{id: form, title")))
    told = editions.reprints(await planned(editions))
    assert [(each.document, each.before is None, each.after is None) for each in told] == [
        ("form", True, False),
        ("application", False, True),
    ]


async def test_a_template_that_cannot_be_composed_is_told(together: House, anna: Someone) -> None:
    await anna.fills()
    editions = desk(together, edition(("print/application.html", "{{ remark }}", "{{ remark + 1 }}")))
    (told,) = editions.reprints(await planned(editions))
    assert isinstance(told, Reprint)
    assert "cannot be composed" in str(told.after)


async def test_a_definition_from_before_macros_were_kept_brings_todays(house: House, anna: Someone) -> None:
    sheet = "_shared/print/page.css"
    today = Source({**SOURCE.files, sheet: SOURCE.files[sheet] + "p {letter-spacing: 2mm}"})
    bare = Source(
        {name: text for name, text in SOURCE.files.items() if not name.startswith("_shared/print/")}
    )
    house.open(shelf(bare))
    await anna.fills()
    editions = desk(house, today)
    assert await reprinted(house, await planned(editions), editions) == {"application": (1,)}
    await editions.move(await only(editions))
    plan = await planned(desk(house, REWORDED))
    assert plan.parts[0].before
    assert plan.parts[0].before.programme.macros == load(today).macros


async def test_what_cannot_or_must_not_go_over_stays(together: House, anna: Someone) -> None:
    await anna.fills()
    case = await only(desk(together, SOURCE))
    assert await desk(together, SOURCE).plan(case) is None, "it has the definition on offer"
    gone = edition(("programme.yaml", "id: small\n", "id: large\n"))
    with pytest.raises(Failure, match="small is not on offer"):
        await desk(together, gone).move(case)
    await seat_expert(together, "zhou")
    alone = Source({name: text for name, text in REWORDED.files.items() if name != "forms/letter.yaml"})
    with pytest.raises(Failure, match="no form for its expert"):
        await desk(together, alone).move(case)
    with pytest.raises(Failure, match="there is no case"):
        await desk(together, REWORDED).plan("0" * 32)
    assert await digests(together.database) == {SOURCE.digest}


async def test_a_definition_that_cannot_be_read_any_more_is_left_behind(
    together: House, anna: Someone
) -> None:
    await anna.fills()
    broken = update(tables.snapshot).values(source='{"files": {}}')
    await together.database.run(lambda unit: unit.connection.execute(broken))
    editions = desk(together, REWORDED)
    plan = await planned(editions)
    assert plan.parts[0].before is None
    await editions.move(plan.standing.case)
    together.open(shelf(REWORDED))
    await anna.take()
    assert anna.asked == "conditions"
