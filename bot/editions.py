"""`jiangjian move`: open cases go over to the definition that is on offer now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from bot.house.contrasts import Reprint
    from bot.house.documents import Documents
    from bot.house.editions import Editions, Plan


def move(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="As `recover find` lists it.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every case that is not handed in.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Move without asking, for scripts.")] = False,
    pages: Annotated[
        bool | None,
        typer.Option(
            "--pages/--no-pages",
            help="Draw the documents on either side to tell which pages change (default: of one CASE).",
        ),
    ] = None,
) -> None:
    """Show what would change in open cases under the definition on offer now, and move them after a yes."""
    if bool(case) == everything:
        raise Failure("say which: a CASE, or --all")
    from bot.house import wiring

    settings, library = context.obj.settings, context.obj.library()
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings))
        drawing = pages or (pages is None and not everything)
        crew = stack.enter_context(wiring.workers(settings)) if drawing else None
        desk, documents = wiring.editions(settings, library, kept, crew)
        runner = stack.enter_context(asyncio.Runner())
        ready, stay = runner.run(_shown(desk, documents, case))
        if not ready:
            typer.echo(f"nothing to move; cases that stay as they are: {stay}")
        elif yes or typer.confirm(f"move {len(ready)} now?"):
            runner.run(_moved(desk, ready))
        else:
            typer.echo("nothing was moved")


async def _shown(desk: Editions, documents: Documents | None, case: str) -> tuple[list[str], int]:
    """Tell what would become of the case, or of all; gives those that would move, and how many stay."""
    ready: list[str] = []
    wanted = (case,) if case else await desk.open()
    for each in wanted:
        try:
            plan = await desk.plan(each)
        except Failure as failure:
            if case:
                raise
            typer.echo(str(failure))
            continue
        if plan is None:
            continue
        ready.append(each)
        for line in _told(plan):
            typer.echo(line)
        for reprint in desk.reprints(plan):
            typer.echo(f"  document {reprint.document} ({reprint.title}): {await _where(documents, reprint)}")
    return ready, len(wanted) - len(ready)


async def _moved(desk: Editions, ready: list[str]) -> None:
    """Move them one by one: each is a unit of its own."""
    moved = 0
    for case in ready:
        try:
            doors = await desk.move(case)
        except Failure as failure:  # handed in or deleted since it was shown
            typer.echo(str(failure))
            continue
        if doors is not None:
            moved += 1
            typer.echo(f"{case}  moved; devices told: {doors}")
    typer.echo(f"moved: {moved} of {len(ready)}")


def _told(plan: Plan) -> Iterator[str]:
    before = plan.standing.digest[:12]
    yield f"{plan.standing.case}  {plan.holding.message('zh')}  {before} → {plan.programme.digest[:12]}"
    for going in plan.parts:
        role = going.part.speaker.state.role
        if going.before is None:
            yield f"  {role}: its definition cannot be read any more; all of it is shown as new"
        for each in going.contrasts:
            yield f"  {role}, {each.about} {each.name}: {_from(each.before, each.after)}"


def _from(before: str, after: str) -> str:
    if not before:
        return f"new: {after}"
    return f"{before} → {after}" if after else f"{before} → no more"


async def _where(documents: Documents | None, reprint: Reprint) -> str:
    from bot.house.editions import pages

    if reprint.before is None:
        return "new"
    if reprint.after is None:
        return "printed no more"
    for when, side in (("now it", reprint.before), ("then it", reprint.after)):
        if isinstance(side, str):
            return f"{when} {side}"
    if documents is None:
        return "drawn otherwise"
    numbers = await pages(documents, reprint)
    if numbers is None:
        return "drawn otherwise; its pages cannot be told"
    return f"changes on page {', '.join(map(str, numbers))}" if numbers else "drawn otherwise, looks the same"
