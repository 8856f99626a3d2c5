"""Documents in as few albums as they fit in."""

from __future__ import annotations

import pytest

from bot.telegram.albums import Sheet, batches


@pytest.mark.parametrize(
    ("many", "albums"),
    [(0, []), (1, [1]), (2, [2]), (10, [10]), (11, [6, 5]), (20, [10, 10]), (21, [7, 7, 7]), (12, [6, 6])],
)
def test_none_is_left_alone_that_need_not_be(many: int, albums: list[int]) -> None:
    sheets = [Sheet(f"{number}.pdf", b"x") for number in range(many)]
    found = list(batches(sheets, 1000))
    assert [len(batch) for batch in found] == albums
    assert [sheet for batch in found for sheet in batch] == sheets


def test_no_album_is_larger_than_what_can_be_sent() -> None:
    sheets = [Sheet(f"{number}.pdf", b"x" * 40) for number in range(5)]
    assert [len(batch) for batch in batches(sheets, 100)] == [2, 2, 1]
    assert [len(batch) for batch in batches(sheets, 10)] == [1] * 5, (
        "one that is too large goes alone, and is refused"
    )
