"""What a Screen tells of the question that is open."""

from __future__ import annotations

import pytest

from dialogs.asking import ask
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.view import View
from forms.kinds import question
from forms.programme import Programme
from tests.dialogs.talking import NOON

ROWS = question(
    {
        "kind": "records",
        "id": "name",
        "label": "联系人",
        "ask": "还有谁知道？",
        "fields": [
            {"kind": "text", "id": "who", "label": "谁", "ask": "是谁？", "example": "车间主任"},
            {"kind": "phone", "id": "phone", "label": "电话", "ask": "电话是多少？"},
        ],
    }
)


@pytest.mark.parametrize(
    ("draft", "field", "private"),
    [
        (None, "", False),
        ({"rows": [], "row": {}}, "who", False),
        ({"rows": [], "row": {"who": "车间主任"}}, "phone", True),
        ({"rows": [{"who": "车间主任", "phone": "19000000997"}]}, "", False),
    ],
)
def test_the_field_in_turn_of_a_row_is_named(
    small: Programme, draft: object, field: str, private: bool
) -> None:
    interview = Interview(drafts={} if draft is None else {"name": draft})
    asks = ask(View(small, interview, Scene(now=NOON, offered=(small,))), ROWS).asks
    assert asks
    assert (asks.question, asks.field, asks.private) == ("name", field, private)
