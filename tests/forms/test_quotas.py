"""How many nominees a union may put forward is told with how many it has; nothing is barred by it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from forms.quotas import Quota
from tests.forms.programmes.cases import programme

CITY = Quota(kinds=("city",), least=2, most=3, clause="三")


@pytest.mark.parametrize(
    ("quota", "count", "told"),
    [
        (CITY, 0, "推荐名额2到3名（三），受理和上报了0名，至少还要2名。"),
        (CITY, 1, "推荐名额2到3名（三），受理和上报了1名，至少还要1名。"),
        (CITY, 2, "推荐名额2到3名（三），受理和上报了2名，最多还可以有1名。"),
        (CITY, 3, "推荐名额2到3名（三），受理和上报了3名，满了。"),
        (CITY, 5, "推荐名额2到3名（三），受理和上报了5名，多了2名。"),
        (
            Quota(kinds=("city",), most=4, clause="三"),
            1,
            "推荐名额最多4名（三），受理和上报了1名，最多还可以有3名。",
        ),
        (
            Quota(kinds=("city",), least=2, most=2, clause="三"),
            2,
            "推荐名额2名（三），受理和上报了2名，满了。",
        ),
    ],
)
def test_a_quota_is_told_with_what_is_left_of_it(quota: Quota, count: int, told: str) -> None:
    assert str(quota.told(count)) == told


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": ["city"], "least": 3, "most": 2, "clause": "三"},
        {"kinds": [], "most": 2, "clause": "三"},
        {"kinds": ["town"], "most": 2, "clause": "三"},
        {"kinds": ["city"], "most": 0, "clause": "三"},
        {"kinds": ["city"], "most": 2, "clause": ""},
    ],
)
def test_a_quota_that_says_nothing_sound_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Quota.model_validate(wrong)


@pytest.mark.parametrize(
    ("kind", "most"), [("city", 3), ("industry", 2), ("county", None), ("province", None)]
)
def test_jiangsu_gives_cities_and_industries_their_own(kind: str, most: int | None) -> None:
    quota = programme("daguo-jiangsu-2026").quota(kind)
    assert (quota.most if quota else None) == most
