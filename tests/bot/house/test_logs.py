"""What stands in the log, and what can never stand there."""

from __future__ import annotations

import ast
import asyncio
import gc
import io
import json
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.house import logs
from bot.house.faults import note

ROOT = Path(__file__).parents[3]
LEVELS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
IDS = ("450103198109129970", "45010319810912997X", "450103 19810912 9970", "450103-19810912-9970")
PHONES = ("19000000997", "190-0000-0997", "0771-2345678", "+8619000000997")
NAMES = ("陆建华", "Lu Jianhua", "lu@example.cn", "南宁南机环保科技有限公司")
PRIVATE = (*IDS, *PHONES, *NAMES)


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged, as lines of JSON."""
    before, into = structlog.get_config(), io.StringIO()
    hooks = (warnings.showwarning, threading.excepthook, sys.unraisablehook)
    logs.configure("json", into)
    logs.hook()
    yield into
    structlog.configure(**before)
    warnings.showwarning, threading.excepthook, sys.unraisablehook = hooks
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, logs._Theirs)]


def lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fails(words: str) -> None:
    told = words  # noqa: F841 - a local variable that a trace could tell
    raise ValueError(words)


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in our code that logs."""
    for package in ("bot", "dialogs", "forms", "storage"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name)
                    and node.func.value.id == "log"
                    and node.func.attr in LEVELS
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_every_key_that_we_log_is_on_the_list() -> None:
    found = list(calls())
    assert len(found) > 40
    unlisted = {
        where: sorted(keys)
        for where, call in found
        if (keys := {str(word.arg) for word in call.keywords} - {*logs.SHAPES, "exc_info", "None"})
    }
    assert not unlisted, "these would be dropped: list them in bot/house/logs.py"


def test_no_call_says_what_an_exception_says() -> None:
    for where, call in calls():
        for word in call.keywords:
            if word.arg == "error":
                assert "str(" not in ast.unparse(word.value), f"{where} logs an exception's words"


def test_every_event_that_we_log_is_a_name_of_ours() -> None:
    for where, call in calls():
        if where.startswith(("bot/house/logs.py", "bot/house/faults.py")):
            continue
        [event] = call.args
        assert isinstance(event, ast.Constant), f"{where} logs an event that is made up as it goes"
        assert logs._word(event.value), f"{where}: {event.value}"


@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("key", [*logs.SHAPES, "event", "answer"])
def test_under_no_key_a_value_gets_through(written: io.StringIO, key: str, private: str) -> None:
    told = {"event": "a.b", key: private}
    structlog.get_logger().warning(**told)
    structlog.get_logger().warning(**{**told, key: [private]})
    structlog.get_logger().warning(**{**told, key: f"it was {private}, they said"})
    if key == "trace":  # made of our lines of code: numbers are masked, names cannot be told from code
        assert private in NAMES or private not in written.getvalue()
    else:
        assert private not in written.getvalue()
    assert len(lines(written)) == 3


def test_what_is_listed_comes_through_as_it_is(written: io.StringIO) -> None:
    told = {
        "case": "0123456789abcdef0123456789abcdef",
        "channel": "telegram",
        "day": "2026-06-15",
        "error": "OperationalError",
        "places": ["message.from.id", "message.text"],
        "seconds": 2.5,
        "size": 0,
        "where": "socket.py:17",
    }
    structlog.get_logger().info("files.swept", **told)
    [line] = lines(written)
    assert {"event": "files.swept", "level": "info", **told}.items() <= line.items()
    assert set(line) == {"event", "level", "timestamp", *told}


@pytest.mark.parametrize("private", PRIVATE)
def test_a_fault_is_its_types_and_lines_of_code(written: io.StringIO, private: str) -> None:
    try:
        try:
            fails(private)
        except ValueError as error:
            raise RuntimeError(f"while it was {private}") from error
    except RuntimeError as error:
        note("web.turn_failed", error)
        structlog.get_logger().exception("demo.not_made")
    for line in lines(written):
        assert line["error"] == "RuntimeError"
        assert "ValueError" in str(line["trace"]) and "in fails" in str(line["trace"])
    assert private not in written.getvalue()


@pytest.mark.parametrize("private", PRIVATE)
def test_what_libraries_say_is_who_and_where(written: io.StringIO, private: str) -> None:
    theirs = logging.getLogger("aiogram.dispatcher")
    theirs.error("Failed to take %s", private)
    theirs.warning(f"It said {private}")
    odd = theirs.makeRecord(theirs.name, logging.ERROR, __file__, 1, private, (private, private), None)
    logs._Theirs().handle(odd)  # which logging itself cannot put together
    try:
        fails(private)
    except ValueError:
        theirs.exception("Cause exception while process update %s", private)
    told = lines(written)
    assert [line["logger"] for line in told] == ["aiogram.dispatcher"] * 4
    assert all("test_logs" in str(line["where"]) for line in told)
    assert told[-1]["error"] == "ValueError" and "in fails" in str(told[-1]["trace"])
    assert private not in written.getvalue()


async def test_a_task_that_nobody_awaits_is_told_without_its_words(written: io.StringIO) -> None:
    async def task() -> None:
        fails(IDS[0])

    asyncio.get_running_loop().create_task(task())
    await asyncio.sleep(0.01)
    gc.collect()
    [line] = lines(written)
    assert (line["logger"], line["says"], line["error"]) == ("asyncio", "never_retrieved", "ValueError")
    assert IDS[0] not in written.getvalue()


def test_a_thread_that_fails_and_a_warning_are_told_without_their_words(written: io.StringIO) -> None:
    thread = threading.Thread(target=fails, args=(IDS[0],))
    thread.start()
    thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logs._warned
        warnings.warn(IDS[0], UserWarning, stacklevel=1)
    told = lines(written)
    assert [line["event"] for line in told] == ["thread.failed", "python.warning"]
    assert [line["error"] for line in told] == ["ValueError", "UserWarning"]
    assert IDS[0] not in written.getvalue()


def test_people_read_it_in_lines() -> None:
    before, into = structlog.get_config(), io.StringIO()
    logs.configure("text", into)
    try:
        fails(IDS[0])
    except ValueError as error:
        note("web.turn_failed", error)
    structlog.configure(**before)
    told = into.getvalue()
    assert "web.turn_failed" in told and "error=ValueError" in told
    assert "\n  File " in told, "lines of code stand below"
    assert IDS[0] not in told and "\x1b" not in told


@pytest.mark.parametrize("private", [*IDS, *PHONES, "lu@example.cn"])
def test_masks_take_numbers_out_however_they_are_spaced(private: str) -> None:
    assert logs.masked(f"Key (value)=({private}) exists") == "Key (value)=(***) exists"


def test_masks_leave_dates_ports_and_ids_alone() -> None:
    plain = "2026-06-15 at 127.0.0.1:8080, case 0123456789abcdef0123456789abcdef, 20480 bytes"
    assert logs.masked(plain) == plain
