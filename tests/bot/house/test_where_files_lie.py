"""The setting that says where files lie: a bucket that cannot be used is told at the start, and a passing house has none."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doctor import house as looked_at
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.house.sweeping import Swept
from forms.printing.workers import Unanswered
from storage import s3
from storage.files import FileStore
from storage.migrations import upgrade
from storage.s3 import Bucket
from storage.uploads import LEASE
from tests.bot.house.test_uploads import sends
from tests.bot.household import House, Someone, library, picture
from tests.storage.rings import kept_at
from tests.storage.s3_server import Server
from tests.storage.stores import content
from tests.storage.test_files import keep


@pytest.mark.parametrize(
    "url", ["/srv/files", "s3://", "s3://bucket?endpoint=host", "s3://key:secret@bucket"]
)
def test_what_is_no_address_of_a_bucket_is_told(tmp_path: Path, url: str) -> None:
    with pytest.raises(Failure, match="JIANGJIAN_FILES"):
        wiring.place(Settings(data=tmp_path, files=url))


async def test_files_go_to_the_bucket_that_is_named_and_nothing_of_them_stays_here(
    bucket_url: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/jiangjian.sqlite"
    upgrade(url)
    with closing(kept_at(url)) as kept:
        given = Settings(data=tmp_path / "var", files=bucket_url)
        store = wiring.store(given, kept)
        file, _ = await keep(store, b"12345")
        assert content(wiring.store(given, kept), file) == b"12345"
    assert not [path for path in (tmp_path / "var").rglob("*") if path.is_file()]
    assert [each.level for each in looked_at.files(wiring.place(given))] == ["ok"]
    gone = Settings(data=tmp_path, files=bucket_url.replace("bucket-", "nothing-"))
    with pytest.raises(Failure, match="nothing-"):
        wiring.place(gone)


async def test_in_a_bucket_what_no_row_speaks_of_goes_once_nobody_has_written_to_it_for_a_while(
    house: House, anna: Someone, bucket: Bucket
) -> None:
    """More than one list of the bucket tells of, and some lie where others are no file's."""
    house.store = FileStore(bucket, keyring=house.database.keyring)
    house.open(library())
    await anna.begins()
    kept = (await sends(anna, picture())).file
    exports = house.store.beside("exports")
    left = [(await keep(house.store, b"12345"))[0] for _ in range(10)]
    exported, _ = await keep(exports, b"12345")

    def lying() -> tuple[set[str], set[str]]:
        one, other = (set().union(*dict(store.lying()).values()) for store in (house.store, exports))
        return one, other

    assert lying() == ({kept, *left}, {exported})
    house.now = datetime.now(UTC)
    assert await house.conversation.sweep() == Swept(), "their row may be on its way"
    await house.conversation.exports.sweep()
    assert lying() == ({kept, *left}, {exported})
    house.now += timedelta(hours=2)
    assert await house.conversation.sweep() == Swept(orphans=10)
    assert lying() == ({kept}, {exported}), "a store beside is swept by whoever knows its rows"
    await house.conversation.exports.sweep()
    assert lying() == ({kept}, set()) and content(house.store, kept)


def test_a_passing_house_keeps_its_files_in_its_own_directory(tmp_path: Path) -> None:
    given = Settings(data=tmp_path, files="s3://bucket/of/everybody")
    assert wiring.passing(given, tmp_path / "demo").files == ""


async def test_while_the_bucket_does_not_answer_nobody_sends_and_nothing_is_kept_of_it(
    house: House, anna: Someone, bucket: Bucket, s3_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(s3, "_PATIENCE", timedelta(seconds=3))
    house.store = FileStore(bucket, keyring=house.database.keyring)
    house.open(library())
    await anna.begins()
    sent = await sends(anna, picture())
    s3_server.end()
    try:
        with pytest.raises(Unanswered):
            await sends(anna, picture())
        assert await house.conversation.photo("web", "anna", sent.file) is None
    finally:
        s3_server.start()
    house.now += 2 * LEASE
    await house.conversation.sweep()
    assert await house.rows("file") == 1, "what could not be let go then goes with the next sweep"
    assert await house.conversation.photo("web", "anna", sent.file)
    assert (await sends(anna, picture((700, 900)))).trouble is None
    assert await house.rows("file") == 2
