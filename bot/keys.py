"""`jiangjian keys`: the keys under which everything that people say is sealed."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from typing import TYPE_CHECKING

import typer

from bot.house.failure import Failure

if TYPE_CHECKING:
    from bot.house.settings import Settings
    from storage.unit import Unit

app = typer.Typer(
    help="See to the keys under which everything that people say is sealed.", no_args_is_help=True
)


@app.command("list")
def list_keys(context: typer.Context) -> None:
    """Say how many keys there are under each master key, and where the keyring and the master key lie."""
    from bot.house import masters, wiring
    from storage.files import ALL_SEALED

    settings: Settings = context.obj.settings
    first = masters.masters(settings)()[0].id
    with wiring.keyring(settings) as keyring:
        kept, files = keyring.kept(), keyring.get(ALL_SEALED)
    typer.echo(f"keyring     {wiring.named(settings.keys_url)}")
    typer.echo(f"master key  {masters.file_of(settings) or 'JIANGJIAN_MASTER_KEY'}")
    typer.echo(
        f"files       {'all sealed' if files else 'some are not sealed yet: `jiangjian run` is at it'}"
    )
    for each in kept:
        typer.echo(f"{each.master}  {each.keys:>9} keys{'  wraps new ones' if each.master == first else ''}")
    if first not in {each.master for each in kept}:
        typer.echo(f"{first}  {0:>9} keys  wraps new ones")


@app.command()
def rotate(context: typer.Context) -> None:
    """Wrap every key anew under a new master key, while people talk. What was ended half way is gone on with.

    Where a file holds the master key, the new one is made here and the old one taken out at the end. Where the
    environment holds it, put the new one in front of the old one, start every process again, and then do this.
    """
    from bot.house import masters, wiring
    from storage.keyring import KEY

    settings: Settings = context.obj.settings
    path = masters.file_of(settings)
    given = masters.masters(settings)()
    if len(given) == 1:
        if path is None:
            raise Failure(
                "JIANGJIAN_MASTER_KEY holds one key alone: put a new one in front of it, with a comma between, and start "
                "every process again; then do this once more"
            )
        masters.write(path, (secrets.token_hex(KEY), *path.read_text("ascii").split()))
    first = masters.masters(settings)()[0].id
    with wiring.keyring(settings) as keyring:
        number = 0
        while some := keyring.rotate():
            number += some
        kept = {each.master: each.keys for each in keyring.kept()}
    if path is not None:
        masters.write(path, tuple(path.read_text("ascii").replace(",", " ").split()[:1]))
    typer.echo(f"master key {first} wraps all {kept.get(first, 0)} keys; {number} were wrapped anew")
    old = (
        "every other key may be taken out of JIANGJIAN_MASTER_KEY now"
        if path is None
        else f"{path} holds it alone"
    )
    typer.echo(f"{old}; keep a copy of it apart from the keyring")


@app.command()
def check(context: typer.Context) -> None:
    """Prove that every key opens, and every row with its key; say what does not fit."""
    from bot.house import wiring
    from bot.house.archive import Archive
    from storage import keyless
    from storage.sealed_columns import looked_through

    settings: Settings = context.obj.settings
    with wiring.database(settings) as kept:
        damaged = tuple(kept.keyring.damaged())

        def look(unit: Unit) -> tuple[Counter[str], keyless.Keyless]:
            return Counter(looked_through(unit)), keyless.found(unit)

        counts, gone = asyncio.run(Archive(kept, context.obj.library()).read(look))
        keys = sum(each.keys for each in kept.keyring.kept())
    for owner in damaged:
        typer.echo(f"key {owner} does not open: it was changed")
    for what, number in sorted(counts.items()):
        if what:
            typer.echo(f"{what}: {number} rows do not open")
    if gone.rows:
        typer.echo(f"{gone.rows} rows have no key any more; the service lets them go")
    if damaged or counts.total() > counts[""]:
        raise Failure("keys and rows do not fit one another")
    typer.echo(f"every key opens ({keys}), and every sealed text ({counts['']})")
