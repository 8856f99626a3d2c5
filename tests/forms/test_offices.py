"""What can be wrong with offices.yaml is told by file and line, with what would mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.office_names import Kind
from forms.offices import Office, faults, listed, places_above, read, way_up
from tests.built_in import built_in

SAMPLE = Path(__file__).parents[2] / "docs/examples/offices.yaml"


def told(text: str) -> list[str]:
    return [str(error) for error in read("offices.yaml", text, built_in().offered)[1]]


def office(name: str, kind: Kind = "county", above: str = "", *programmes: str) -> Office:
    return Office(name=name, kind=kind, above=above, programmes=programmes)


def test_the_sample_is_right_and_serves_every_programme() -> None:
    offices, wrong = read(SAMPLE.name, SAMPLE.read_text("utf-8"), built_in().offered)
    assert wrong == ()
    by_name = {each.name: each for each in offices}
    served = {name for each in offices for name in listed(each, by_name)}
    assert served == {each.id for each in built_in().offered}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "offices.yaml:1: “offices” is missing (add “offices:”)"),
        ("offices: []", "offices.yaml:1: “offices”: there is none in it"),
        ("- 甲", "offices.yaml:1: a mapping (key: value) is expected"),
        ("offices:\n  - {name: 甲县总工会, kind: county\n", "offices.yaml:3:"),
        ("offices:\n  - 甲县总工会\n", "offices.yaml:2:"),
        (
            "offices:\n  - {name: 甲县总工会, kind: town}\n",
            "offices.yaml:2: “kind”: Input should be 'grassroots'",
        ),
        ("offices:\n  - {name: 甲县总工会, kind: county, abov: 乙}\n", "unknown key “abov” (“above”?)"),
        ("offices:\n  - {name: 甲县总工会, kind: county, phone: 5550101}\n", "(put it in quotes)"),
        (
            "offices:\n  - {name: ' 甲县总工会', kind: county}\n",
            "“name”: write it in one line of 2 to 60 characters",
        ),
        (f"offices:\n  - {{name: {'甲' * 61}, kind: county}}\n", "“name”: write it in one line"),
        ("offices:\n  - {name: 甲县总工会, kind: county, aliases: ['']}\n", "write it in one line"),
        (
            "offices:\n  - name: 甲县总工会\n    kind: county\n    kind: city\n",
            "offices.yaml:4: “kind” stands here twice",
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line(text: str, line: str) -> None:
    offices, _ = read("offices.yaml", text, built_in().offered)
    assert offices == ()
    assert any(line in each for each in told(text)), told(text)


def lines(*rows: str) -> str:
    return "offices:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


CITY = "name: 桂林市总工会, kind: city, programmes: [guilin]"
COUNTY = "name: 七星区总工会, kind: county, above: 桂林市总工会"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((CITY, COUNTY.replace("桂林市", "桂林")), "3: there is no office “桂林总工会” (“桂林市总工会”?)"),
        (
            (CITY, COUNTY, COUNTY),
            "4: “七星区总工会” stands here twice: “七星区总工会” is called that already",
        ),
        (
            (CITY, f"{COUNTY}, aliases: [桂林市总工会]"),
            "3: “桂林市总工会” stands here twice: “桂林市总工会” is called that already",
        ),
        (
            (CITY, f"{COUNTY}, aliases: [七星区 总工会]"),
            "3: “七星区 总工会” stands here twice: it is called that already",
        ),
        (
            (CITY, COUNTY, "name: 象山区总工会, kind: county, above: 桂林市总工会, aliases: [七星工会]"),
            "4: “七星工会” can mean “七星区总工会” as well",
        ),
        (
            (CITY, COUNTY, "name: 中山路工会, kind: grassroots, above: 七星区总工会"),
            "4: no case can arrive at “中山路工会”: no route of guilin leads to the kind grassroots",
        ),
        (
            ("name: 甲市总工会, kind: city, programmes: [gulin]",),
            "2: there is no programme “gulin” (“guilin”?)",
        ),
        (
            (CITY, COUNTY, "name: 象山区总工会, kind: county, above: 七星区总工会"),
            "4: “七星区总工会” (county) does not stand above an office of the kind county (above it stands: city, province)",
        ),
        (
            (f"{CITY}, above: 七星区总工会", "name: 七星区总工会, kind: county"),
            "2: “七星区总工会” (county) does not stand above an office of the kind city (above it stands: province)",
        ),
        (
            (f"{CITY}, above: 七星区总工会", COUNTY),
            "2: the way up goes round in a circle: 桂林市总工会 → 七星区总工会 → 桂林市总工会",
        ),
        (
            (f"{CITY}, above: 桂林市总工会", COUNTY),
            "2: the way up goes round in a circle: 桂林市总工会 → 桂林市总工会",
        ),
    ],
)
def test_what_does_not_fit_together_is_told_at_its_line(rows: tuple[str, ...], expected: str) -> None:
    found = told(lines(*rows))
    assert any(f"offices.yaml:{expected}" in each for each in found), found


def test_a_circle_is_told_once() -> None:
    found = told(lines(f"{CITY}, above: 七星区总工会", COUNTY))
    assert sum("circle" in each for each in found) == 1


def test_a_province_stands_under_nothing() -> None:
    found = told(
        lines("name: 甲省总工会, kind: province, above: 乙省总工会", "name: 乙省总工会, kind: province")
    )
    assert any("(leave “above” out)" in each for each in found)


def test_the_way_up_ends_even_in_a_circle() -> None:
    one, two = office("甲市总工会", "city", "乙县总工会"), office("乙县总工会", "county", "甲市总工会")
    by_name = {each.name: each for each in (one, two)}
    assert way_up(one, by_name) == (two, one)


def test_programmes_are_those_of_the_nearest_union_above_that_names_some() -> None:
    province, city = (
        office("丙省总工会", "province", "", "nanning-2026"),
        office("甲市总工会", "city", "丙省总工会"),
    )
    county, own = (
        office("乙县总工会", "county", "甲市总工会"),
        office("丁县总工会", "county", "甲市总工会", "guilin"),
    )
    by_name = {each.name: each for each in (province, city, county, own)}
    assert listed(county, by_name) == ("nanning-2026",)
    assert listed(own, by_name) == ("guilin",)
    assert listed(office("戊县总工会"), by_name) == ()
    assert places_above(county, by_name) == (("province", "丙省总工会"), ("city", "甲市总工会"))


def test_an_office_that_passes_nothing_on_and_names_nothing_receives_every_programme() -> None:
    assert not list(faults([office("甲县总工会")], built_in().offered))
