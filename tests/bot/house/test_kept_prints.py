"""Prints that are kept for offices: found again for the very same answers, gone with their case and when unused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.house.documents import Documents
from bot.house.kept_prints import Prints
from storage.files import FileStore
from storage.keyring import Key, Keyring
from tests.bot.house import offices
from tests.bot.house.order_desk import Desk
from tests.bot.household import House

CASE, OTHER = "a" * 32, "b" * 32
DAY = 24 * 3600.0


@pytest.fixture(params=["sealed", "plain"])
def prints(tmp_path: Path, keyring: Keyring, request: pytest.FixtureRequest) -> Prints:
    keyring.settle({CASE: Key.new(), OTHER: Key.new()}, ())
    store = FileStore(tmp_path / "files", keyring=keyring if request.param == "sealed" else None)
    return Prints(tmp_path / "prints", store)


def test_a_print_is_found_by_its_case_and_what_it_depends_on(prints: Prints, tmp_path: Path) -> None:
    prints.keep(CASE, "k1", b"%PDF one %%EOF\n", 3, 0)
    assert prints.find(CASE, "k1", 1) == (b"%PDF one %%EOF\n", 3)
    assert prints.find(CASE, "k2", 1) is None and prints.find(OTHER, "k1", 1) is None
    (kept,) = [path for path in (tmp_path / "prints").rglob("*") if path.is_file()]
    assert kept.stat().st_mode & 0o077 == 0 and kept.parent.stat().st_mode & 0o077 == 0
    prints.drop(CASE)
    assert list(prints.cases()) == []


def test_one_that_was_not_written_to_its_end_is_none(prints: Prints, tmp_path: Path) -> None:
    prints.keep(CASE, "k1", b"%PDF one %%EOF\n", 3, 0)
    (kept,) = [path for path in (tmp_path / "prints").rglob("*") if path.is_file()]
    for left in (b"", b"%PDF one"):
        kept.write_bytes(left)
        assert prints.find(CASE, "k1", 1) is None


def test_what_nobody_uses_goes_after_a_while(prints: Prints) -> None:
    prints.keep(CASE, "k1", b"%%EOF", 1, 0)
    prints.keep(OTHER, "k1", b"%%EOF", 1, 0)
    assert prints.find(OTHER, "k1", 10 * DAY)
    prints.prune(14 * DAY)
    assert list(prints.cases()) == [OTHER]


def test_a_full_disk_keeps_none(tmp_path: Path) -> None:
    prints = Prints(tmp_path / "prints", FileStore(tmp_path / "files", floor=1 << 60))
    prints.keep(CASE, "k1", b"%%EOF", 1, 0)
    assert list(prints.cases()) == []


def test_no_other_directory_is_touched(prints: Prints) -> None:
    for wrong in ("..", "", "A" * 32, f"{CASE}/../x"):
        with pytest.raises(LookupError):
            prints.drop(wrong)


async def test_what_came_in_is_printed_once_ahead_and_packed_without_a_printer(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(house)
    (case,) = await desk.opens("anna")
    assert await desk.exporting.ahead.next() and not await desk.exporting.ahead.next()

    async def unprinted(*_: object) -> None:
        raise AssertionError("it was printed before")

    with monkeypatch.context() as without:
        without.setattr(Documents, "_print", unprinted)
        ready = await desk.makes(case)
    assert b"%PDF" in (await desk.fetches(desk.clerk, ready) or b"")
    await offices.withdrawn(house, case)
    await house.conversation.forget("web", "anna")
    await desk.exporting.sweep()
    assert list(desk.exporting._documents.prints.cases()) == [] and house.stored() == []


async def test_of_what_was_tried_the_latest_is_known(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Years of cases are not remembered; what has just failed is not tried at once again."""
    desk = Desk(house)
    monkeypatch.setattr("bot.house.ahead._REMEMBERED", 2)
    desk.exporting._documents._workers = None  # type: ignore[assignment]  # whatever is wrong with it
    _, two, three = cases = await desk.opens("anna", "ben", "carl")
    for case in cases:
        await desk.exporting.ahead.make(f"{desk.office} {case}")
    assert set(desk.exporting.ahead._tried) == {two, three}


async def test_one_that_cannot_be_printed_ahead_is_not_tried_again_and_again(house: House) -> None:
    desk = Desk(house)
    (case,) = await desk.opens("anna")
    desk.exporting._documents._workers = None  # type: ignore[assignment]  # whatever is wrong with it
    assert await desk.exporting.ahead.next() and not await desk.exporting.ahead.next()
    await offices.withdrawn(house, case)
    house.now += timedelta(days=1)
    assert not await desk.exporting.ahead.next()
