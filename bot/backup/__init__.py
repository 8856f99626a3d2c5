"""`jiangjian backup` and `jiangjian restore`: database and files as they fit together, and the keys apart from them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.house.failure import Failure


def backup(
    context: typer.Context,
    into: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Where the backup is made, below its moment.")
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys", metavar="DIR", help="Where the one current copy of the keyring is kept, apart."
        ),
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option("--keep", min=1, metavar="N", help="Keep the last N backups and remove older ones."),
    ] = None,
) -> None:
    """Copy database and files while people talk; with --keys also the keyring, over the copy before. No master key."""
    from bot.backup.copying import Copying

    if into is None and keys is None:
        raise Failure("say where to: a DIR for database and files, --keys DIR for the keys, or both")
    taking = Copying(context.obj.settings)
    if into is not None:
        for line in taking.take(into, keep or 0):
            typer.echo(line)
    if keys is not None:  # after the database: every row in that copy has its key in this one
        if into is not None and keys.resolve().is_relative_to(into.resolve()):
            raise Failure(
                "--keys: keep the keys apart from the backups, or what was deleted can be read in them"
            )
        typer.echo(taking.take_keys(keys))


def restore(
    context: typer.Context,
    taken: Annotated[
        Path, typer.Argument(metavar="DIR", help="One backup, or a directory of them: the last.")
    ],
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys", metavar="DIR", help="The copy of the keyring; default: the keyring that stands."
        ),
    ] = None,
    older_keys: Annotated[
        bool,
        typer.Option("--older-keys", help="Also where the keys are older: what was said since is dropped."),
    ] = False,
    check: Annotated[bool, typer.Option("--check", help="Only see whether the backup is whole.")] = False,
) -> None:
    """Fill an empty installation from a backup; what has no key any more was deleted since, and is dropped."""
    from bot.backup.restoring import Restoring, verified

    if check:
        typer.echo(verified(taken).told)
        return
    for line in Restoring(context.obj.settings, taken, keys, older_keys).restore():
        typer.echo(line)
