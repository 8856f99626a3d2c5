"""What stages after handing in can say wrongly is found, and sound ones have no findings."""

from __future__ import annotations

import pytest

from forms.loader import Source
from tests.forms.definitions import tiny
from tests.forms.test_lint import found

_OPEN = """
open_points:
  - {id: gap, title: 没写, adopted: 由工作人员定, clause: 七}
"""
_REVIEW = 'id: first, title: 评审, kind: review, clause: 七, ratio: "1:1.5"'
_NAMING = "{id: naming, title: 命名, kind: naming, clause: 七}"


def reasons(stages: list[str], places: int | None = 10) -> list[str]:
    files = tiny().files
    own = "".join(f"\n  - {stage}" for stage in stages)
    counted = "" if places is None else f"places: {places}\n"
    text = f"{files['programme.yaml']}{counted}stages:{own}{_OPEN}"
    findings = found(Source({**files, "programme.yaml": text}))
    return [finding.reason for finding in findings if finding.remedy != "translate it in locale/en.po"]


@pytest.mark.parametrize(
    ("stages", "why"),
    [
        (
            [
                "{title: 申报}",
                f"{{{_REVIEW}}}",
                "{id: list, title: 公示, kind: notice, days: 5, clause: 七}",
                _NAMING,
            ],
            "",
        ),
        (['{title: 评审, ratio: "1:1.5"}'], ""),
        (['{title: 评审, kind: review, clause: 七, ratio: "1:1.5"}'], "the stage “评审” has no id"),
        (["{id: first, title: 评审, kind: review}"], "the stage “first” has no clause"),
        (
            [f"{{{_REVIEW}}}", "{id: first, title: 再评, kind: review, clause: 七}"],
            "there is a stage “first” before",
        ),
        ([f"{{{_REVIEW}, days: 5}}"], "“first” is no notice and says “days”"),
        (["{title: 公示, days: 5}"], "“公示” is no notice and says “days”"),
        (
            ["{id: naming, title: 命名, kind: naming, ratio: '1:1', clause: 七}"],
            "“naming” is no review and says “ratio”",
        ),
        ([f"{{{_REVIEW}, most: places}}"], "“first” gives both a ratio and a number"),
        (
            ["{id: first, title: 评审, kind: review, most: places, reserve: 10, clause: 七}"],
            "“first” has a reserve and no ratio",
        ),
        (
            [f"{{{_REVIEW}}}", '{id: second, title: 再评, kind: review, clause: 七, ratio: "1:2"}'],
            "“second” lets 1:2 go on, after “first” let 1:1.5",
        ),
        ([_NAMING, f"{{{_REVIEW}}}"], "“first” comes after the stage that gives the title"),
        ([f"{{{_REVIEW}, open_point: gab}}"], "“first” names the open point “gab”, which is not there"),
        (["{id: list, title: 公示, kind: notice, clause: 七}"], "nobody says how many days “list” has"),
        (["{id: list, title: 公示, kind: notice, decides: days, open_point: gap, clause: 七}"], ""),
        (
            ["{id: list, title: 公示, kind: notice, decides: days, clause: 七}"],
            "“list” leaves something to staff and tells no open point",
        ),
        (
            ["{id: list, title: 公示, kind: notice, days: 5, decides: days, open_point: gap, clause: 七}"],
            "“list” leaves days to staff although they are given",
        ),
        (
            [f"{{{_REVIEW}, decides: places, open_point: gap}}"],
            "“first” leaves places to staff although they are given",
        ),
        ([f"{{{_REVIEW}, decides: number, open_point: gap}}"], ""),
        (
            ["{id: first, title: 评审, kind: review, decides: number, open_point: gap, clause: 七}"],
            "“first” has no number that staff could set another for",
        ),
    ],
)
def test_stages_can_be_walked_as_they_stand(stages: list[str], why: str) -> None:
    told = reasons(stages)
    assert (len(told), why in "".join(told)) == (bool(why), True), told


def test_where_the_notice_gives_no_places_the_first_stage_of_each_office_asks_for_them() -> None:
    second = '{id: second, title: 再评, kind: review, clause: 七, ratio: "1:1.3"}'
    other = "{id: other, title: 上报, kind: review, by: 省总工会, clause: 七, most: places}"
    asks = f"{{{_REVIEW}, decides: places, open_point: gap}}"
    assert reasons([asks, second], places=None) == []
    assert reasons([f"{{{_REVIEW}}}", second], places=None) == ["nobody says how many places “first” has"]
    assert reasons([asks, other], places=None) == ["nobody says how many places “other” has"]


@pytest.mark.parametrize(
    ("second", "why"),
    [("industry", []), ("city", ["there is a quota for “city” before this one"])],
)
def test_two_quotas_for_one_kind_of_union_are_found(second: str, why: list[str]) -> None:
    files = tiny().files
    quotas = "".join(f"\n  - {{kinds: [{kind}], most: 2, clause: 三}}" for kind in ("city", second))
    text = f"{files['programme.yaml']}quotas:{quotas}\n"
    findings = found(Source({**files, "programme.yaml": text}))
    assert [each.reason for each in findings if each.remedy != "translate it in locale/en.po"] == why
