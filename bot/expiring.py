"""`jiangjian retention`: cases that are finished for so long that they are to go."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from bot.house.retaining import Finished


def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would go.")] = False,
    at_once: Annotated[bool, typer.Option("--now", help="Let them go now, not at the next sweep.")] = False,
) -> None:
    """Let go what is finished for longer than JIANGJIAN_RETENTION_DAYS; never what is under way."""
    if dry_run == at_once:
        raise Failure("say which: --dry-run, or --now")
    from bot.house import wiring

    bench = context.obj
    now = datetime.now(UTC)
    with wiring.database(bench.settings) as kept:
        retaining, afterwards = wiring.retaining(bench.settings, bench.library(), kept)

        async def work() -> tuple[tuple[Finished, ...], int]:
            due = await retaining.due(now)
            if dry_run:
                return due, 0
            count, left = await retaining.let_go(now)
            await afterwards.do(left)
            return due, count

        due, count = asyncio.run(work())
    for each in due:
        typer.echo(f"{each.number}  {each.programme}  finished {each.since:%Y-%m-%d}")
    days = bench.settings.retention_days
    typer.echo(
        f"{len(due)} cases are finished for {days} days and would go"
        if dry_run
        else f"{count} cases are gone"
    )
