"""`jiangjian recover`: a code of the union for somebody who has lost every way back to their application."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from bot.house.lost import LostAndFound

T = TypeVar("T")

app = typer.Typer(
    help="Let somebody who lost every way back come back to one application.", no_args_is_help=True
)

By = Annotated[str, typer.Option("--by", metavar="WHO", help="Who does it; it is kept in the history.")]


@app.command()
def find(context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME")]) -> None:
    """List the parts in applications under a name: case, part, when it was begun, programme, masked name."""
    parts = _run(context, lambda desk: desk.find(name))
    for each, name_shown in parts:
        typer.echo(f"{each.case}  {each.role:<8}  {_moment(each.created)}  {name_shown}")
    if not parts:
        typer.echo("nobody of that name has a part in an application")


@app.command()
def issue(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="CASE", help="As `find` lists it.")],
    by: By,
    party: Annotated[
        str, typer.Option("--party", help="nominee, expert, or expert-2 where there are several.")
    ] = "nominee",
) -> None:
    """Issue a code for one part of one case. Check at the counter who asks: telephone and ID number are no proof."""
    slip = _run(context, lambda desk: desk.issue(case, party, by))
    typer.echo(slip.code)
    typer.echo(
        f"works from {_moment(slip.opens)} until {_moment(slip.expires)}, once; devices told: {slip.told}"
    )


@app.command("list")
def list_codes(context: typer.Context) -> None:
    """List the codes that were issued: number, state, case, part, by whom and when."""
    for each, state in _run(context, lambda desk: desk.issued()):
        typer.echo(
            f"{each.digest[:8]}  {state:<8}  {each.case}  {each.role:<8}  {_moment(each.created)}  {each.issuer}"
        )


@app.command()
def void(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As `list` shows it.")],
    by: By,
) -> None:
    """Make a code void."""
    _run(context, lambda desk: desk.void(number, by))
    typer.echo("void")


def _run(context: typer.Context, work: Callable[[LostAndFound], Coroutine[object, object, T]]) -> T:
    from bot.house import wiring
    from bot.house.archive import Archive
    from bot.house.conversation import utc_now
    from bot.house.lost import LostAndFound

    settings = context.obj.settings
    with wiring.database(settings) as kept:
        return asyncio.run(_done(work(LostAndFound(Archive(kept, context.obj.library()), utc_now))))


async def _done(work: Coroutine[object, object, T]) -> T:
    return await work


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"
