"""The same ID number in other cases of a programme: told on the case, with their numbers, and never of whom."""

from __future__ import annotations

import pytest

from dialogs.desk.desk_scene import TwinBrief
from tests.dialogs.desk.desks import at, dossier, press, scene, screen, words

OTHER = TwinBrief("f" * 32, "1111-2222", "accepted")


@pytest.mark.parametrize(
    ("here", "elsewhere", "told"),
    [
        ((OTHER,), 0, "还有：1111-2222（已受理）。请核对"),
        ((OTHER,), 2, "还有：1111-2222（已受理）；别的工会还有2件。"),
        ((), 1, "别的工会还有1件。"),
        ((), 0, ""),
    ],
)
def test_other_cases_are_told_by_their_numbers(
    here: tuple[TwinBrief, ...], elsewhere: int, told: str
) -> None:
    said = words(screen("case", dossier=dossier(twins=here, twins_elsewhere=elsewhere)))
    assert (told in said) if told else "同一个身份证号" not in said


def test_another_case_with_that_number_is_one_press_away() -> None:
    there = scene("case", dossier=dossier(twins=(OTHER,)))
    assert (
        press(screen("case", dossier=there.dossier), "打开1111-2222", at("case"), there).desk.stay
        == OTHER.stay
    )
