"""What a programme says of itself."""

from __future__ import annotations

import pytest

from tests.forms.programmes.cases import programme


@pytest.mark.parametrize(
    ("identifier", "party", "question"),
    [
        ("daguo-jiangsu-2026", "nominee", "name"),  # which asks for the name of a contact first
        ("nanning-2026", "nominee", "name"),
        ("nanning-2026", "expert", "expert_name"),
        ("liuzhou-2025", "unit", "unit_person"),
        ("nanning-2026", "worker", ""),
    ],
)
def test_a_form_knows_the_question_for_the_name_of_whom_it_is_about(
    identifier: str, party: str, question: str
) -> None:
    assert programme(identifier).form(party).named_by == question
