"""kill -9 while people answer, edit and send files, and groups talk: nothing is lost, nothing counts twice.

The limits are for a machine that does much else: most of the time goes into starting the bot. The long run is
`python -m tests.soak.telegram_kills`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.telegram.kill_harness import harness


@pytest.mark.timeout(1800)
async def test_nothing_is_lost_while_telegram_is_asked(tmp_path: Path) -> None:
    report = await harness(tmp_path, 6, people=16)
    assert report.clean, report
    assert report.met_work, report
    assert report.corrections, report
    assert report.collisions, report
    assert report.files, report


@pytest.mark.timeout(1800)
async def test_nothing_is_lost_while_telegram_delivers(tmp_path: Path) -> None:
    report = await harness(tmp_path, 3, webhook=True, people=16)
    assert report.clean, report
    assert report.met_work, report
    assert report.corrections, report
    assert report.collisions, report
    assert report.files, report


@pytest.mark.timeout(1800)
async def test_the_harness_finds_what_default_polling_loses(tmp_path: Path) -> None:
    """aiogram's `start_polling` confirms what its tasks have not yet done; everything else is the same.

    Where the kill falls decides whether the answer is gone or only its reply: the person waits in vain for both.
    """
    report = await harness(tmp_path, 3, default_bot=True, patience=6, edits=0, groups=0, files=False)
    assert all(report.waiting), report
    assert report.lost + report.unshown, report
    assert not report.clean
