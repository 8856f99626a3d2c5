"""`jiangjian doctor`: looks at all that an installation needs, changes nothing, and says what to do."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.house.failure import Failure


def doctor(
    context: typer.Context,
    online: Annotated[
        bool,
        typer.Option(
            "--online", help="Also ask Telegram about the bot, and the public address about itself."
        ),
    ] = False,
) -> None:
    """Say of each thing that is needed whether it is well, and what to do where it is not."""
    from bot.doctor.looking import looks
    from bot.doctor.online import asked
    from bot.doctor.seen import looked

    bench = context.obj
    findings = []
    for seen in looked(looks(bench.settings, bench.directories)):
        findings.append(seen)
        typer.echo(seen)
    for seen in asyncio.run(asked(bench.settings)) if online else ():
        findings.append(seen)
        typer.echo(seen)
    faults = sum(seen.level == "fault" for seen in findings)
    if faults:
        raise Failure(f"faults found: {faults}")
