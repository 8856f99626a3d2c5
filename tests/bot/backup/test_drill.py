"""The drill: people talk, a backup is made meanwhile, the machine is lost, and everybody goes on where they were."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.backup.copying import Copying
from bot.backup.inventory import latest
from bot.backup.restoring import Restoring
from bot.house import wiring
from storage import keyless
from storage.chunks import MARK
from storage.tables import file
from tests.bot.backup.installation import Installation, Places

WALKERS = 4


async def rows(installation: Installation, column: object) -> set[str]:
    found = await installation.database.read(
        lambda unit: unit.connection.execute(select(column)).scalars().all()
    )
    return set(found)


@pytest.mark.timeout(600)
async def test_everybody_goes_on_where_they_were(places: Places, tmp_path: Path) -> None:
    here = places.new("here")
    backups, keys = tmp_path / "backups", tmp_path / "keys"
    with here.open():
        anna = await here.someone("anna")
        await anna.fills()
        first = await here.sends(anna)
        ben = await here.someone("ben")
        await ben.begins()
        await ben.says("个人申报", "焊工")
        carl = await here.someone("carl")
        await carl.fills()
        carls = await here.sends(carl, "卡尔的证书.jpg")
        stood = {
            each.address: str(each.screen.parts)
            for each in (await here.someone("anna"), await here.someone("ben"))
        }

        stop, acknowledged, all_there = asyncio.Event(), Counter[str](), asyncio.Event()

        async def chatters(address: str) -> None:
            comes = await here.someone(address)
            await comes.begins()
            while not stop.is_set():
                await comes.says("个人申报", "菜单")
                acknowledged[address] = comes.screen.revision
                if len(acknowledged) == WALKERS:
                    all_there.set()

        talking = [asyncio.create_task(chatters(f"walker{number}")) for number in range(WALKERS)]
        await all_there.wait()
        before = acknowledged.copy()
        await asyncio.to_thread(Copying(here.settings).take, backups)
        await asyncio.to_thread(Copying(here.settings).take_keys, keys)
        after = acknowledged.copy()
        stop.set()
        await asyncio.gather(*talking)
        assert after.total() > before.total() > 0, "people talked while it was made"

        dora = await here.someone("dora")  # who comes after the backup
        await dora.fills()
        assert await here.conversation.forget("web", "carl")
        await asyncio.to_thread(Copying(here.settings).take_keys, keys)
    places.lose(here)

    there = places.new("there")
    restoring = Restoring(there.settings, backups, keys, older_keys=False)
    told = "\n".join(await asyncio.to_thread(restoring.restore))
    assert "dropped, since they were deleted after the backup: 1 conversations, 1 files" in told
    with there.open():
        for address, parts in stood.items():
            comes = await there.someone(address)
            assert str(comes.screen.parts) == parts, f"{address} sees what they saw"
        ben = await there.someone("ben")
        await ben.says("2015年7月")
        assert ben.asked != "trade_start", "and goes on"
        anna = await there.someone("anna")
        preview = await there.conversation.photo("web", "anna", first)
        assert preview and preview.startswith(b"\xff\xd8")
        second = await there.sends(anna)
        assert {first, second} <= await rows(there, file.c.id)

        # Whoever deleted after the backup is gone from it: rows, bytes and key.
        assert carls not in await rows(there, file.c.id)
        assert not list((there.settings.data / "files").rglob(carls))
        carl = await there.someone("carl")
        assert "同意" in str(carl.screen.buttons), "nobody is known there"
        assert (await there.database.read(keyless.found)).rows == 0
        for address, revision in before.items():
            walker = await there.someone(address)
            assert walker.screen.revision >= revision > 0, "what was acknowledged before is there"
        dora = await there.someone("dora")
        assert "同意" in str(dora.screen.buttons), "what was said after the backup is lost, and nothing else"
    taken = latest(backups)
    assert taken
    [bytes_] = [taken.home / "files" / name for name in taken.files if name.endswith(carls)]
    assert bytes_.read_bytes().startswith(MARK), "what lies in the backup of theirs is sealed"
    with wiring.keyring(there.settings) as keyring:
        assert keyring.get(carls) is None and keyring.get(first), "and there is no key to it"
