"""`jiangjian packet`: all of a case as the receiving office is to have it, the joint letters among them."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from bot.house.conversation import Conversation


def packet(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="As `recover find` lists it.")],
    out: Annotated[Path, typer.Option("--out", help="The directory to write into.")],
) -> None:
    """Print everything that the receiving office is to have of a case."""
    from bot.house import wiring

    settings, library = context.obj.settings, context.obj.library()
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings))
        crew = stack.enter_context(wiring.workers(settings))
        conversation = wiring.conversation(settings, library, kept, crew)
        runner = stack.enter_context(asyncio.Runner())
        runner.run(_print(conversation, case, out))


async def _print(conversation: Conversation, case: str, out: Path) -> None:
    """Write the documents one by one and say where each of them is. Raises `Failure`."""
    from forms.printing.renderer import RenderFailed

    written = 0
    try:
        async for _, printed in conversation.for_office(case):
            file = out / printed.filename
            await asyncio.to_thread(_write, file, printed.content)
            typer.echo(f"{file} ({printed.pages} pages)" if printed.pages else str(file))
            written += 1
    except LookupError as error:
        raise Failure(f"there is no case “{case}” that can be printed") from error
    except RenderFailed as error:
        raise Failure(f"could not be printed: {error}") from error
    if not written:
        raise Failure(f"nothing is due for the case “{case}” yet")


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A packet holds numbers of identity papers: nobody else on this machine reads it
        file.touch(mode=0o600)
        file.write_bytes(content)
    except OSError as error:
        raise Failure(f"{file}: cannot be written ({error.strerror})") from error
