"""A small programme that has one of everything the engine cares for."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.loader import load, read
from forms.programme import Programme
from tests.dialogs.talking import Person


@pytest.fixture(scope="session")
def small() -> Programme:
    here = Path(__file__).parent / "small"
    return load(read(here, here.parent / "_none"))


@pytest.fixture
def person(small: Programme) -> Person:
    return Person(small)


@pytest.fixture
def begun(person: Person) -> Person:
    person.begins()
    return person
