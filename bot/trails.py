"""`jiangjian trail`: what staff did to a case and when, and whether all that was written is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from storage.trail import Entry, Head
    from storage.unit import Unit

T = TypeVar("T")


def trail(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="[CASE]", help="Its id or number; or an office's id.")] = "",
    check: Annotated[
        bool, typer.Option("--check", help="Prove every chain and every day that is closed.")
    ] = False,
) -> None:
    """Tell who of the office saw, changed, exported and decided what of a case, and whether the trail is whole."""
    if bool(case) == check:
        raise Failure("say which: a CASE, or --check")
    from bot.house import wiring
    from bot.house.recovery import key_of
    from bot.house.trailing import Trail
    from dialogs.words import Words
    from storage.trail import latest

    settings = context.obj.settings
    kept = Trail(key_of(settings.data, settings.recovery_key.get_secret_value()))
    with wiring.database(settings) as opened:

        def read(work: Callable[[Unit], T]) -> T:
            return asyncio.run(_done(opened.read(work)))

        chain = read(lambda unit: _printed(unit, case)) if case else ""
        broken = read(lambda unit: kept.verify(unit, chain))
        last = read(latest)
    if broken:
        raise Failure(f"the trail is broken: {Words('en')(broken.message)}")
    typer.echo(f"the trail {'of this case ' if case else ''}is whole; {_closed(last)}")


def _printed(unit: Unit, case: str) -> str:
    """Tell the entries of a case; gives the chain that they stand in. Raises `Failure` where there is none."""
    from storage.trail import chain_called, entries

    chain = chain_called(unit, case)
    if not chain:
        raise Failure(f"there is no trail of “{case}”")
    for entry in entries(unit, chain):
        typer.echo(_line(entry))
    return chain


def _line(entry: Entry) -> str:
    """One entry: number, moment, who, what, and about what."""
    from dialogs.trail_words import word
    from storage.trail import ZONE

    when = f"{entry.at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}" if entry.at else "—"
    who = f"{entry.name}（{entry.office}）" if entry.name else "—"
    columns = (f"{entry.number:>4}", when, who, str(word(entry.kind)), entry.about)
    return "  ".join(columns).rstrip()


def _closed(last: Head | None) -> str:
    if last is None:
        return "no day is closed yet"
    return f"days are closed until {last.day}, entries by then: {last.entries}, head: {last.head}"


async def _done(work: Awaitable[T]) -> T:
    return await work
