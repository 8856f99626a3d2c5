"""A keyring for what is measured, as every installation has one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url

from storage.keyring import KEY, Keyring, Master


def keyring(url: str) -> Keyring:
    """The keyring of a database that goes when the bench is through: beside an SQLite file, in one of PostgreSQL."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        url = f"sqlite:///{Path(str(address.database)).parent / 'keys.sqlite'}"
    return Keyring(url, lambda: (Master.of(bytes(KEY)),))
