"""`jiangjian office`: the unions that receive cases, and who sits there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import typer

from bot.house.failure import Failure
from forms.office_names import Kind
from forms.seats import Role

if TYPE_CHECKING:
    from bot.house.directory import Directory
    from bot.house.seating import Offered
    from forms.offices import Office

T = TypeVar("T")

app = typer.Typer(help="Keep the unions that receive cases, and who sits there.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(metavar="FILE", help="offices.yaml: see docs/offices.md.")]
Wanted = Annotated[str, typer.Argument(metavar="OFFICE", help="Its name, as people say it.")]
Above = Annotated[str | None, typer.Option("--above", metavar="OFFICE", help="Where it passes cases on to.")]
Aliases = Annotated[list[str] | None, typer.Option("--alias", help="What else it is called (repeatable).")]
Programmes = Annotated[
    list[str] | None,
    typer.Option(
        "--programme", metavar="ID", help="One that it receives (repeatable). Default: as above it."
    ),
]
Phone = Annotated[str | None, typer.Option("--phone")]
Address = Annotated[str | None, typer.Option("--address")]
Hours = Annotated[str | None, typer.Option("--hours", help="When people are received.")]
Corrects = Annotated[
    bool | None,
    typer.Option("--corrects/--no-corrects", help="Whether staff may mend a slip on somebody's behalf."),
]


@app.command("import")
def bring(
    context: typer.Context,
    file: File,
    add: Annotated[bool, typer.Option("--add", help="Besides those that are kept already.")] = False,
) -> None:
    """Keep the offices of a file: once, and from then on the database is the truth."""
    written = _read(context, file)
    _run(context, lambda book: book.bring(written, further=add))
    typer.echo(f"offices kept: {len(written)}")


@app.command()
def check(context: typer.Context, file: File) -> None:
    """Find what is wrong with a file of offices; nothing is kept."""
    typer.echo(f"nothing wrong in {file}: {len(_read(context, file))} offices")


@app.command()
def add(  # noqa: PLR0913, PLR0917  # an office
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its full name.")],
    kind: Annotated[Kind, typer.Option("--kind")],
    above: Above = None,
    alias: Aliases = None,
    programme: Programmes = None,
    phone: Phone = None,
    address: Address = None,
    hours: Hours = None,
    corrects: Corrects = None,
) -> None:
    """Keep one more office."""
    keys = _keys(above, alias, programme, phone, address, hours, corrects)
    office = _office({"name": name, "kind": kind, **keys})
    _run(context, lambda book: book.add(office))
    typer.echo(office.name)


@app.command()
def change(  # noqa: PLR0913, PLR0917  # an office
    context: typer.Context,
    office: Wanted,
    name: Annotated[str | None, typer.Option("--name", help="Its new name.")] = None,
    above: Above = None,
    alias: Aliases = None,
    programme: Programmes = None,
    phone: Phone = None,
    address: Address = None,
    hours: Hours = None,
    corrects: Corrects = None,
) -> None:
    """Change what is kept of an office; what is not named stays as it is. An empty text takes a value away."""
    keys = _keys(above, alias, programme, phone, address, hours, corrects)
    if name is not None:
        keys["name"] = name
    if not keys:
        raise Failure("name what is to change: see jiangjian office change --help")
    for key in {"aliases", "programmes"} & keys.keys():
        keys[key] = [each for each in keys[key] if each]
    changed = _run(context, lambda book: book.change(office, **_checked(keys)))
    typer.echo(changed.name)


@app.command("list")
def list_offices(context: typer.Context) -> None:
    """List the offices, each below the one that it passes cases on to, with how many people sit there."""
    listed = _run(context, lambda book: book.listed())
    depths: dict[str, int] = {"": -1}
    for kept, sitting in listed:
        depths[kept.office.name] = depth = depths.get(kept.office.above, -1) + 1
        programmes = f"  {', '.join(kept.office.programmes)}" if kept.office.programmes else ""
        typer.echo(f"{'  ' * depth}{kept.office.name}  {kept.office.kind}  seats: {sitting}{programmes}")
    if not listed:
        typer.echo("no office is kept; begin with: jiangjian office import FILE")


@app.command()
def invite(
    context: typer.Context,
    office: Wanted,
    role: Annotated[Role, typer.Option("--role", help="head: everything; clerk: cases; auditor: reads.")],
    name: Annotated[str, typer.Option("--name", help="What they are called.")],
    by: Annotated[str, typer.Option("--by", metavar="WHO", help="Who asks; it is kept.")] = "command line",
) -> None:
    """Make a link by which one person takes a seat at an office: hand it to them alone."""
    if not name.strip() or len(name) > 40:
        raise Failure("--name: say what they are called, in 40 characters at most")
    kept, offered = _run(context, lambda book: book.invite(office, role, name.strip(), by))
    typer.echo(f"{name.strip()}: {role} at {kept.office.name}")
    _tell(context, offered)


@app.command()
def seats(context: typer.Context, office: Wanted) -> None:
    """List the seats of an office: number, role, name, since when; or the link while it waits for somebody."""
    listed = _run(context, lambda book: book.seats(office))
    for seat, offered in listed:
        state = (
            f"since {_moment(seat.taken)}" if seat.taken else "waits" if offered else "its link has run out"
        )
        typer.echo(f"{seat.id[:8]}  {seat.role:<7}  {seat.name}  {state}")
        if offered:
            _tell(context, offered)
    if not listed:
        typer.echo("nobody sits there; ask somebody in with: jiangjian office invite")


@app.command()
def remove(
    context: typer.Context,
    wanted: Annotated[
        str, typer.Argument(metavar="SEAT|OFFICE", help="A number as `seats` lists it, or a name.")
    ],
) -> None:
    """End a seat at once, or close an office with all its seats."""
    typer.echo(f"removed: {_run(context, lambda book: book.remove(wanted))}")


def _tell(context: typer.Context, offered: Offered) -> None:
    typer.echo(f"  {offered.link}")
    if context.obj.settings.bot_token.get_secret_value():
        typer.echo(f"  in Telegram, sent to the bot: /start {offered.token}")
    typer.echo(f"  works once, until {_moment(offered.expires)}")


def _read(context: typer.Context, file: Path) -> tuple[Office, ...]:
    from forms.offices import read

    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Failure(f"{file}: this file is not UTF-8") from None
    written, wrong = read(str(file), text, context.obj.library().offered)
    for problem in wrong:
        typer.echo(problem)
    if wrong:
        raise Failure(f"problems found: {len(wrong)}")
    return written


def _keys(  # noqa: PLR0913, PLR0917  # an office
    above: str | None,
    alias: list[str] | None,
    programme: list[str] | None,
    phone: str | None,
    address: str | None,
    hours: str | None,
    corrects: bool | None,
) -> dict[str, Any]:
    """The keys that were given."""
    given = {
        "above": above,
        "aliases": alias or None,
        "programmes": programme or None,
        "phone": phone,
        "address": address,
        "hours": hours,
        "corrects": corrects,
    }
    return {key: value for key, value in given.items() if value is not None}


def _checked(keys: dict[str, Any]) -> dict[str, Any]:
    """The keys of an office, each as it may be. Raises `Failure`."""
    _office({"name": "某总工会", "kind": "county", **keys})
    return keys


def _office(keys: dict[str, Any]) -> Office:
    from pydantic import ValidationError

    from forms.offices import Office

    try:
        return Office.model_validate(keys)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise Failure(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from error


def _run(context: typer.Context, work: Callable[[Directory], Coroutine[object, object, T]]) -> T:
    from bot.house import wiring
    from bot.house.conversation import utc_now

    with wiring.database(context.obj.settings) as kept:
        book = wiring.directory(context.obj.settings, context.obj.library(), kept, utc_now)
        return asyncio.run(_done(work(book)))


async def _done(work: Coroutine[object, object, T]) -> T:
    return await work


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo('Asia/Shanghai')):%Y-%m-%d %H:%M}"
