"""`jiangjian export`: the table or the packets of an office's cases as a file, as the desk has them for download."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, aclosing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from bot.house.desk.downloads import Downloads
    from storage.exports import Kind


class NothingThere(Failure):
    """Nothing of the programme lies there."""


def export(  # noqa: PLR0913  # the command's own words
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="Its id, as `programmes` lists it.")],
    cases: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CASE]...", help="In this order. Default: all that lie there."),
    ] = None,
    *,
    office: Annotated[str, typer.Option("--office", help="The office, as people say it.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The directory to write into.")],
    table: Annotated[
        bool, typer.Option("--table/--packets", help="The table of the cases, or their packets as a ZIP.")
    ] = False,
) -> None:
    """Take along what an office has received: the packets as a ZIP, or the table of the cases."""
    from bot.house import wiring
    from bot.house.conversation import utc_now

    settings, library = context.obj.settings, context.obj.library()
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings))
        crew = stack.enter_context(wiring.workers(settings))
        downloads = wiring.conversation(settings, library, kept, crew).staff.downloads
        runner = stack.enter_context(asyncio.Runner())
        named = runner.run(wiring.directory(settings, library, kept, utc_now).named(office))
        kind: Kind = "table" if table else "packets"
        try:
            runner.run(_write(downloads, named, programme, kind, tuple(cases or ()), out))
        except NothingThere as error:
            if library.named(programme) is not None:
                raise
            offered = ", ".join(each.id for each in library.offered)
            raise Failure(f"there is no programme “{programme}” (known: {offered})") from error


async def _write(  # noqa: PLR0913, PLR0917  # as above
    downloads: Downloads, office: str, programme: str, kind: Kind, cases: tuple[str, ...], out: Path
) -> None:
    """Write the file beside, and give it its name once it is whole. Raises `Failure`."""
    from bot.house.exporting import NotExported, named
    from bot.house.packing import NothingLeft

    try:
        order, made = await downloads.at_once(office, programme, kind, cases)
        name = named(order, kind)
        file, part = out / name, out / f"{name}.part"
        await asyncio.to_thread(_begin, part)
        try:
            with part.open("wb") as stream:
                async with aclosing(made.pieces()) as pieces:
                    async for piece in pieces:
                        await asyncio.to_thread(stream.write, piece)
            part.rename(file)
        finally:
            part.unlink(missing_ok=True)
    except LookupError as error:
        raise Failure(f"there is no office called “{office}”") from error
    except NotExported as error:
        failure = NothingThere if str(error) == "export_empty" else Failure
        raise failure(_WHY[str(error)]) from error
    except NothingLeft as error:
        raise Failure(_WHY["export_gone"]) from error
    except OSError as error:
        raise Failure(f"{out}: cannot be written ({error.strerror})") from error
    typer.echo(f"{file} ({made.done} cases, {file.stat().st_size} bytes)")


_WHY = {
    "export_empty": "nothing of that programme lies at that office",
    "export_foreign": "not all of these cases lie at that office",
    "export_no_table": "that programme has no table",
    "export_gone": "the cases are there no more",
}


def _begin(part: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    # Packets hold numbers of identity papers: nobody else on this machine reads them
    part.touch(mode=0o600)
