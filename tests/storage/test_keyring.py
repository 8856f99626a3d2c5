"""Keys are wrapped by a master key, rotated while in use, and gone without a trace where they are destroyed."""

from __future__ import annotations

import binascii
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Select, create_engine, text
from sqlalchemy.event import listen, remove

from storage.conflicts import Conflict
from storage.keyring import Key, Keyring, Master, Unusable

ONE, TWO = "11" * 32, "22" * 32
ANNA, BERT = "a" * 32, "b" * 32
SOON = datetime.now(UTC) + timedelta(days=1)


def given(*keys: str) -> Callable[[], tuple[Master, ...]]:
    return lambda: Master.read(" ".join(keys))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'keys.sqlite'}"
    return str(request.getfixturevalue("postgresql")())


@pytest.fixture
def ring(where: str) -> Iterator[Keyring]:
    with closing(Keyring(where, given(ONE))) as ring:
        yield ring


@pytest.mark.parametrize(
    "written",
    [
        ONE,
        ONE.upper(),
        binascii.b2a_base64(bytes.fromhex(ONE), newline=False).decode(),
        binascii.b2a_base64(bytes.fromhex(ONE), newline=False).decode().rstrip("="),
        f"  {ONE}\n",
    ],
)
def test_a_master_key_is_read_as_hexadecimal_digits_or_base64(written: str) -> None:
    assert Master.read(written) == Master.read(ONE)
    assert len(Master.read(ONE)[0].id) == 8


@pytest.mark.parametrize("written", ["hunter2", ONE[:-2], f"{ONE}00", "zz" * 32, "密" * 32])
def test_what_is_no_master_key_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="a master key"):
        Master.read(written)


@pytest.mark.parametrize("between", [",", " ", "\n", ", "])
def test_of_several_master_keys_the_first_wraps(between: str) -> None:
    assert [each.id for each in Master.read(between.join((TWO, ONE)))] == [
        Master.read(TWO)[0].id,
        Master.read(ONE)[0].id,
    ]


def test_a_key_is_there_for_every_process_as_soon_as_it_is_settled(where: str, ring: Keyring) -> None:
    assert ring.get(ANNA) is None
    key = Key.new()
    ring.settle({ANNA: key}, ())
    with closing(Keyring(where, given(ONE))) as other:
        found = other.get(ANNA)
        assert found
        assert found.secret == key.secret
        assert other.there([ANNA, BERT]) == {ANNA}


def test_many_keys_are_opened_at_once(where: str, ring: Keyring) -> None:
    keys = {secrets.token_hex(16): Key.new() for _ in range(1203)}
    ring.settle(keys, ())
    with closing(Keyring(where, given(ONE))) as other:
        other.warm([*keys, BERT])
        assert all((found := other.get(each)) and found.secret == key.secret for each, key in keys.items())
        assert other.there([*keys, BERT]) == set(keys)
        assert other.owners(most=5000) == (), "they may be of rows that are not written yet"
        other.clock = lambda: SOON
        assert other.owners(most=5000) == tuple(sorted(keys))


def test_whoever_is_second_to_make_a_key_does_it_again(where: str, ring: Keyring) -> None:
    ring.settle({ANNA: Key.new()}, ())
    with closing(Keyring(where, given(ONE))) as other, pytest.raises(Conflict):
        other.settle({ANNA: Key.new()}, ())


def test_a_key_that_belongs_to_somebody_else_does_not_open(where: str, ring: Keyring) -> None:
    ring.settle({ANNA: Key.new(), BERT: Key.new()}, ())
    _swap(where)
    with closing(Keyring(where, given(ONE))) as other:
        with pytest.raises(Unusable, match="was changed"):
            other.get(ANNA)
        assert set(other.damaged()) == {ANNA, BERT}


def _swap(where: str) -> None:
    engine = create_engine(where.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        rows = connection.execute(text("SELECT id, wrapped FROM sealing_key"))
        wrapped = {row.id: row.wrapped for row in rows}
        for owner, other in ((ANNA, BERT), (BERT, ANNA)):
            change = text("UPDATE sealing_key SET wrapped = :wrapped WHERE id = :id")
            connection.execute(change, {"wrapped": wrapped[other], "id": owner})
    engine.dispose()


@pytest.mark.parametrize("keys", [(TWO,), (TWO, "33" * 32)])
def test_keys_under_a_master_key_that_is_not_given_are_refused_in_one_line(
    where: str, ring: Keyring, keys: tuple[str, ...]
) -> None:
    ring.settle({ANNA: Key.new()}, ())
    with pytest.raises(Unusable, match=Master.read(ONE)[0].id) as refused:
        Keyring(where, given(*keys))
    assert "\n" not in str(refused.value)


def test_a_keyring_without_a_master_key_does_not_open(where: str) -> None:
    with pytest.raises(Unusable, match="no master key"):
        Keyring(where, lambda: ())


def test_a_keyring_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 40)
    with pytest.raises(Unusable, match="cannot be opened"):
        Keyring(f"sqlite:///{tmp_path / 'keys.sqlite'}", given(ONE))


def test_of_a_destroyed_key_nothing_is_left_in_the_files(tmp_path: Path) -> None:
    path = tmp_path / "keys.sqlite"
    with closing(Keyring(f"sqlite:///{path}", given(ONE))) as ring:
        ring.settle({secrets.token_hex(16): Key.new() for _ in range(50)} | {ANNA: Key.new()}, ())
        engine = create_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            wrapped = connection.execute(
                text("SELECT wrapped FROM sealing_key WHERE id = :id"), {"id": ANNA}
            ).scalar_one()
        engine.dispose()
        assert wrapped.encode() in _bytes(tmp_path)
        ring.settle({}, [ANNA])
        assert ring.get(ANNA) is None
        assert wrapped.encode() not in _bytes(tmp_path)
        assert ANNA.encode() not in _bytes(tmp_path)


def _bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.iterdir())


def test_rotation_goes_on_where_it_was_ended_and_nobody_notices(where: str) -> None:
    masters = [ONE]
    ring = Keyring(where, lambda: Master.read(" ".join(masters)))
    keys = {secrets.token_hex(16): Key.new() for _ in range(1100)}
    ring.settle(keys, ())
    masters.insert(0, TWO)
    with closing(Keyring(where, given(TWO, ONE))) as rotating:
        assert rotating.rotate() == 500
        assert {each.keys for each in rotating.kept()} == {500, 600}
        late = {secrets.token_hex(16): Key.new()}
        ring.settle(late, ())  # a process that has known the old one alone puts new keys under the new one
    with closing(Keyring(where, given(TWO, ONE))) as again:
        while again.rotate():
            pass
        assert [(each.master, each.keys) for each in again.kept()] == [(Master.read(TWO)[0].id, 1101)]
    ring.drop(next(iter(keys)))
    assert all((found := ring.get(each)) and found.secret == key.secret for each, key in keys.items())
    ring.close()
    with closing(Keyring(where, given(TWO))) as after:
        assert all(
            (found := after.get(each)) and found.secret == key.secret for each, key in (keys | late).items()
        )


def test_a_running_process_opens_keys_that_were_wrapped_anew_meanwhile(where: str) -> None:
    masters = [ONE]
    with closing(Keyring(where, lambda: Master.read(" ".join(masters)))) as running:
        key = Key.new()
        with closing(Keyring(where, given(ONE))) as other:
            other.settle({ANNA: key}, ())
        masters[:] = [TWO, ONE]
        with closing(Keyring(where, given(TWO, ONE))) as rotating:
            rotating.rotate()
        masters[:] = [TWO]
        found = running.get(ANNA)
        assert found
        assert found.secret == key.secret


# What is let go


def test_a_key_that_is_destroyed_while_it_is_read_is_remembered_by_nobody(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.settle({ANNA: Key.new(), BERT: Key.new()}, ())
    ring.forget()
    look = ring._looked

    def destroyed_meanwhile(wanted: Select[Any]) -> Sequence[Any]:
        found = look(wanted)
        ring.settle({}, [ANNA])
        return found

    with monkeypatch.context() as patch:
        patch.setattr(ring, "_looked", destroyed_meanwhile)
        ring.warm([ANNA, BERT])
    monkeypatch.setattr(ring, "_looked", lambda _wanted: [])
    assert ring.get(ANNA) is None
    assert ring.get(BERT), "the others of the same look are"


@pytest.mark.parametrize("number", [1, 2000])
def test_a_key_that_others_destroyed_while_it_is_read_is_remembered_by_nobody(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    ring.settle({ANNA: Key.new()}, ())
    ring.forget()
    look = ring._looked

    def told_meanwhile(wanted: Select[Any]) -> Sequence[Any]:
        found = look(wanted)
        for owner in (ANNA, *(f"{at:032}" for at in range(number))):
            ring.drop(owner)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(ring, "_looked", told_meanwhile)
        assert ring.get(ANNA)
    monkeypatch.setattr(ring, "_looked", lambda _wanted: [])
    assert ring.get(ANNA) is None


def test_a_new_key_that_is_destroyed_before_it_is_remembered_is_not(
    where: str, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = ring._hold

    def late(keys: Mapping[str, Key], age: int) -> None:
        ring.settle({}, [ANNA])
        hold(keys, age)

    with monkeypatch.context() as patch:
        patch.setattr(ring, "_hold", lambda keys, age: late(keys, age) if keys else None)
        ring.settle({ANNA: Key.new()}, ())
    assert ring.get(ANNA) is None


def test_a_key_without_a_row_that_is_used_outlasts_the_sweep_that_has_seen_it_idle(
    where: str, ring: Keyring
) -> None:
    ring.settle({ANNA: Key.new(), BERT: Key.new()}, ())
    ring.clock = lambda: SOON
    idle = ring.owners()
    assert idle == (ANNA, BERT)
    with closing(Keyring(where, given(ONE))) as other:
        other.clock = lambda: SOON
        other.settle({}, (), [ANNA])
    assert ring.let_idle(idle) == 1
    assert ring.there(idle) == {ANNA}


def test_whoever_uses_a_key_that_was_swept_meanwhile_begins_again(where: str, ring: Keyring) -> None:
    ring.settle({ANNA: Key.new()}, ())
    with closing(Keyring(where, given(ONE))) as other:
        assert other.get(ANNA)
        ring.clock = lambda: SOON
        assert ring.let_idle([ANNA]) == 1
        assert ring.get(ANNA) is None
        with pytest.raises(Conflict):
            other.settle({BERT: Key.new()}, (), [ANNA])
        assert other.there([ANNA, BERT]) == set(), "all of it or nothing"


def test_keys_are_put_in_order_so_that_of_two_processes_one_waits_for_the_other(
    where: str, ring: Keyring
) -> None:
    keys = {secrets.token_hex(16): Key.new() for _ in range(40)}
    ring.settle(keys, ())
    engine = create_engine(where.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        order = "rowid" if where.startswith("sqlite") else "ctid"
        put = connection.execute(text(f"SELECT id FROM sealing_key ORDER BY {order}")).scalars().all()
    engine.dispose()
    assert put == sorted(keys)


def test_a_cold_key_is_fetched_with_one_statement(ring: Keyring) -> None:
    ring.settle({ANNA: Key.new()}, ())
    ring.forget()
    said: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    listen(Engine, "before_cursor_execute", heard)
    try:
        assert ring.get(ANNA)
        assert ring.get(ANNA)
    finally:
        remove(Engine, "before_cursor_execute", heard)
    assert [each for each in said if not each.startswith("BEGIN")] == said[-1:]


def test_after_a_restart_of_the_server_keys_are_found_again(postgresql: Callable[[], str]) -> None:
    url = postgresql()
    with closing(Keyring(url, given(ONE))) as ring:
        ring.settle({ANNA: Key.new()}, ())
        assert ring.there([ANNA])
        engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            others = "pid <> pg_backend_pid() AND datname = current_database()"
            connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        engine.dispose()
        ring.forget()
        assert ring.get(ANNA)
        ring.settle({BERT: Key.new()}, ())
