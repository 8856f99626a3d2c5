"""Words that open a page and may be an answer as well."""

from __future__ import annotations

import pytest

from dialogs.ambiguous import TWOFOLD
from dialogs.command_words import command
from tests.dialogs.hall import at


@pytest.mark.parametrize("word", TWOFOLD)
def test_each_opens_the_page_that_its_command_opens(word: str) -> None:
    assert TWOFOLD[word] == command(word)


@pytest.mark.parametrize("word", TWOFOLD)
def test_where_no_text_is_asked_for_it_is_the_command(word: str) -> None:
    person = at("id_number")
    person.says(word)
    assert person.interview.pending is None
    assert "id_number" not in person.interview.answers
    assert person.interview.page or person.interview.locale == "en"


def test_a_field_of_a_row_takes_it_at_once() -> None:
    person = at("life")
    person.presses("一项一项填")
    person.says("2003年7月", "至今", "材料")
    assert [row["where"] for row in person.interview.drafts["life"]["rows"]] == ["材料"]
