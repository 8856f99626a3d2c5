"""Whose room is used up gets it back from files that they have replaced or taken out again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms.attachment import Attachment
from storage.uploads import Quota, QuotaExceeded
from tests.bot.house.test_uploads import KB, big, sends
from tests.bot.household import House, Someone, library, picture, stream


@pytest.mark.parametrize("told", [True, False], ids=["declared", "streamed"])
@pytest.mark.parametrize("quota", [Quota(files=2), Quota(size=500 * KB)], ids=["files", "bytes"])
async def test_what_was_taken_out_again_makes_room(
    house: House, anna: Someone, quota: Quota, told: bool
) -> None:
    async def send() -> Attachment:
        content = big(240 * KB)
        size = len(content) if told else None
        return await house.conversation.receive("web", "anna", "a.jpg", stream(content), size)

    house.open(library(), quota)
    await anna.fills()
    kept = await send()
    await anna.take(file=kept)
    await anna.take(file=await send())
    with pytest.raises(QuotaExceeded):
        await send()
    await anna.presses("删掉最后一份")
    waits = await house.rows("file")
    with pytest.raises(QuotaExceeded):
        await send()
    assert await house.rows("file") == waits, "what has just come may still be on its way into an answer"
    house.now += timedelta(minutes=16)
    again = await send()
    assert {path.name for path in house.stored()} == {kept.file, again.file}
    assert await house.rows("file") == 2
    await anna.take(file=again)
    house.now += timedelta(minutes=16)
    with pytest.raises(QuotaExceeded):
        await send()
    assert {path.name for path in house.stored()} == {kept.file, again.file}, "what is answered with stays"


async def test_room_is_made_of_ones_own_files_alone(house: House, anna: Someone) -> None:
    ben = Someone(house, "ben")
    await ben.begins()
    theirs = await sends(ben, picture())
    house.open(library(), Quota(files=1))
    await anna.fills()
    first = await sends(anna, picture())
    house.now += timedelta(minutes=16)
    second = await sends(anna, picture())
    assert {path.name for path in house.stored()} == {theirs.file, second.file}
    assert await house.conversation.attachment("web", "anna", first.file) is None
