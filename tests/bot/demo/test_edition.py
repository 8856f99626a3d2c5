"""A demo's programme: the one that everybody knows, open today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import MappingProxyType

import pytest

from bot.demo.edition import GONE, LEFT, PROGRAMME, catalogue, moved
from forms.library import Library
from forms.loader import Source
from tests.built_in import built_in

DAYS = [date(2026, 11, 28), date(2027, 2, 17), date(2028, 2, 29), date(2026, 6, 15)]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_its_window_is_open_on_whatever_day_it_is_shown(today: date) -> None:
    (programme,) = catalogue(built_in(), today).offered
    noon = datetime(today.year, today.month, today.day, 4, tzinfo=UTC)
    assert programme.window.state(noon) == "open"
    assert (programme.window.opens, programme.window.closes) == (today - GONE, today + LEFT)


def test_its_stages_follow_the_moved_window() -> None:
    (programme,) = catalogue(built_in(), DAYS[0]).offered
    first, *others = (stage.when for stage in programme.stages)
    assert first == "11月16日—12月1日"
    assert set(others) == {"截止以后"}


def test_it_says_that_it_is_a_demo() -> None:
    (programme,) = catalogue(built_in(), DAYS[0]).offered
    assert programme.title == "2026年“南宁工匠”选树活动（演示）"


def test_the_catalogue_of_the_installation_stays_as_it_is() -> None:
    library = built_in()
    before = [(each.id, each.digest) for each in library.offered]
    (programme,) = catalogue(library, DAYS[0]).offered
    assert [(each.id, each.digest) for each in library.offered] == before
    assert programme.id == PROGRAMME
    assert library.get(programme.digest) is None


def test_a_programme_whose_window_is_written_otherwise_is_not_shown_with_a_wrong_one() -> None:
    source = Source(MappingProxyType({"programme.yaml": "id: other\ntitle: Other\nissued: 2026-01-01\n"}))
    with pytest.raises(LookupError, match="window"):
        moved(source, DAYS[0])


def test_without_the_programme_there_is_no_demo() -> None:
    with pytest.raises(LookupError, match=PROGRAMME):
        catalogue(Library((), (), {}, {}), DAYS[0])
