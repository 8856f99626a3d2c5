"""The command line: `jiangjian`. Commands import what they need when they run, so that --help is quick."""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.backup import backup, restore
from bot.doctor import doctor
from bot.editions import move
from bot.expiring import retention
from bot.house.failure import Failure
from bot.keys import app as keys
from bot.offices import app as offices
from bot.outgoing import export
from bot.packets import packet
from bot.recovering import app as recovering
from bot.trails import trail

if TYPE_CHECKING:
    from bot.house.settings import Settings
    from forms.library import Library

app = typer.Typer(
    help="匠荐: leads nominees for craftsman awards through the official forms.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


app.add_typer(recovering, name="recover")
app.add_typer(offices, name="office")
app.add_typer(keys, name="keys")
app.command()(move)
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(packet)
app.command()(trail)
app.command()(export)
app.command()(retention)


@dataclass(frozen=True)
class Bench:
    """What every command works with: the settings and where programmes lie."""

    settings: Settings
    directories: tuple[Path, ...]

    def library(self) -> Library:
        """All programmes; the broken ones are told on stderr and left out."""
        from forms.library import Library

        library = Library.open(self.directories)
        for error in library.errors:
            typer.echo(f"left out: {error}", err=True)
        return library


@app.callback()
def prepare(
    context: typer.Context,
    programmes: Annotated[
        list[Path] | None,
        typer.Option("--programmes", metavar="DIR", help="A directory with further programmes (repeatable)."),
    ] = None,
) -> None:
    """Read the settings before any command, and log as they say."""
    from bot.house.logs import configure
    from bot.house.settings import settings

    configured = settings()
    configure(configured.log)
    directories = (*configured.programmes, *(programmes or ()))
    for directory in directories:
        if not directory.is_dir():
            raise Failure(f"{directory}: there is no such directory of programmes")
    context.obj = Bench(configured, directories)


@app.command()
def run(context: typer.Context) -> None:
    """Open the web chat and keep it open until stopped."""
    gc.disable()  # until the doors are open: nearly all that is made on the way there stays
    from bot.serving import serve

    gc.freeze()  # of what was loaded nearly nothing is left over: the one collection at the doors need not look at it
    bench: Bench = context.obj
    serve(bench.settings, bench.library())


@app.command()
def work(context: typer.Context) -> None:
    """Deliver, make exports and print ahead for the fronts (`run`) on the same PostgreSQL, until stopped."""
    from bot.working import work

    bench: Bench = context.obj
    work(bench.settings, bench.library())


@app.command()
def talk(
    context: typer.Context,
    programme: Annotated[str, typer.Argument(help="The programme to begin with.")] = "",
    name: Annotated[str, typer.Option("--as", help="Whose conversation to continue.")] = "",
) -> None:
    """Have the same conversation here in the terminal."""
    from bot.terminal import talk

    bench: Bench = context.obj
    talk(bench.settings, bench.library(), programme, name)


@app.command("programmes")
def list_programmes(
    context: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="[ID]", help="Default: all.")] = "",
    open_points: Annotated[
        bool, typer.Option("--open-points", help="What each notice leaves open, and how it is read here.")
    ] = False,
) -> None:
    """Say which programmes there are, and until when each is open."""
    from datetime import UTC, datetime

    bench: Bench = context.obj
    library = bench.library()
    now = datetime.now(UTC)
    offered = [programme for programme in library.offered if wanted in ("", programme.id)]
    width = max((len(programme.id) for programme in offered), default=0)
    for programme in offered:
        window = programme.window
        state = {
            "open": f"open until {window.closes}" if window.closes else "open, no end set",
            "not_yet": f"opens {window.opens}",
            "closed": f"closed {window.closes}",
            "unset": "window not set",
        }[window.state(now)]
        typer.echo(f"{programme.id:<{width}}  {state:<22}  {programme.title}")
        for point in programme.open_points if open_points else ():
            seen = "; the applicant is told" if point.applicant_sees else ""
            typer.echo(f"  {point.title}（{point.clause}）\n    → {point.adopted} [{point.id}{seen}]")
    if not offered:
        raise Failure(f"there is no programme “{wanted}”" if wanted else "no programme can be offered")


@app.command()
def check(
    context: typer.Context,
    wanted: Annotated[list[str] | None, typer.Argument(metavar="[ID|DIR]...", help="Default: all.")] = None,
    catalogues: Annotated[
        bool, typer.Option("--catalogues", help="Also compare the chat's catalogues.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Write new texts into the catalogues first.")
    ] = False,
) -> None:
    """Find what is wrong with programmes and catalogues."""
    from bot.workshop import checking

    bench: Bench = context.obj
    homes = checking.chosen(wanted or [], bench.directories)
    if update and wanted:
        from bot.workshop.catalogues import extend

        for home in homes:
            for path in extend(home):
                typer.echo(f"{path}: new texts are at its end, to be translated")
    problems = [problem for home in homes for problem in checking.programme_problems(home)]
    if catalogues or (update and not wanted):
        from bot.workshop import catalogues as books

        if update and not wanted:
            books.update()
        problems += books.problems()
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise Failure(f"problems found: {len(problems)}")
    looked_at = [home.name for home in homes] + ["the catalogues"] * (catalogues or (update and not wanted))
    typer.echo(f"nothing wrong in {', '.join(looked_at)}")


@app.command()
def new(
    context: typer.Context,
    identifier: Annotated[str, typer.Argument(metavar="ID", help="The new programme, e.g. nanning-2027.")],
    origin: Annotated[str, typer.Option("--from", metavar="ID", help="Default: the closest one.")] = "",
    top: Annotated[
        Path, typer.Option("--in", metavar="DIR", help="Where its directory is made (default: here).")
    ] = Path(),
) -> None:
    """Begin a programme from the closest one; `check` then says what is left to do."""
    from bot.workshop.authoring import scaffold

    bench: Bench = context.obj
    home, model = scaffold(identifier, bench.library(), origin, top)
    typer.echo(f"{home}: made from {model.id} ({model.title})")
    typer.echo(f"next: jiangjian check {home}")


@app.command()
def compare(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="ID|DIR")],
    other: Annotated[str, typer.Argument(metavar="ID|DIR")],
) -> None:
    """Show what one programme says differently from another, e.g. this year's edition from last year's."""
    from bot.workshop import checking
    from bot.workshop.authoring import differences

    bench: Bench = context.obj
    sources = [checking.source_of(word, bench.directories) for word in (one, other)]
    for line in differences(sources[0], sources[1]):
        typer.echo(line)


@app.command()
def preview(
    context: typer.Context,
    wanted: Annotated[str, typer.Argument(metavar="ID|DIR")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the files are written.")],
    png: Annotated[bool, typer.Option("--png", help="Also a picture of every page.")] = False,
) -> None:
    """Print every document of a programme twice: empty, and filled as full as it gets."""
    from bot.workshop import checking
    from bot.workshop.preview import preview
    from forms.loader import load

    bench: Bench = context.obj
    for line in preview(load(checking.source_of(wanted, bench.directories)), out, png):
        typer.echo(line)


@app.command()
def schema(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the schemas are written.")],
) -> None:
    """Write the JSON Schemas with which an editor completes and checks the files of a programme."""
    from bot.workshop.schemas import write

    for path in write(out):
        typer.echo(path)


@app.command()
def rehearse(
    context: typer.Context,
    cases: Annotated[list[Path], typer.Argument(metavar="CASE.yaml...", help="Case files to play.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the PDFs are written.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each case.")] = False,
) -> None:
    """Play case files through the real conversation and compare what comes out."""
    from bot.workshop.rehearsal import rehearse

    bench: Bench = context.obj
    rehearse(bench.settings, bench.library(), cases, out, as_json)


def main() -> None:
    """Run one command; every failure is one sentence on stderr."""
    from bot.house.logs import hook

    hook()
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    except Exception as error:
        if os.environ.get("JIANGJIAN_DEBUG"):
            raise
        typer.echo(_usage(error) or f"jiangjian: {_sentence(error)}", err=True)
        code = getattr(error, "exit_code", 1)
    sys.exit(code or 0)


def _usage(error: Exception) -> str:
    """The help of a group of commands whose name alone was typed, as it is laid out; "" for anything else."""
    return str(error).rstrip() if type(error).__name__ == "NoArgsIsHelpError" else ""


def _sentence(error: Exception) -> str:
    message = getattr(error, "format_message", error.__str__)()  # typer's usage errors format themselves
    if isinstance(error, OSError) and error.filename and error.strerror:  # else it begins with [Errno 2]
        message = f"{error.filename}: {error.strerror[:1].lower()}{error.strerror[1:]}"
    line = " ".join(message.replace("Value error, ", "").split())
    expected = isinstance(error, Failure | OSError) or hasattr(error, "format_message")
    if expected and line:
        return line
    from bot.house.logs import masked

    return f"unexpected {type(error).__name__}: {masked(line)} (JIANGJIAN_DEBUG=1 shows where)"


if __name__ == "__main__":
    main()
