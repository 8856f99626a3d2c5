"""Where a case goes: to the union that its answers name where the notice lets it go there, else a person is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.destinations import Destinations, destinations
from forms.offices import Office, read
from forms.programme import Programme
from tests.built_in import built_in
from tests.forms.programmes.cases import case_paths, played, programme

SAMPLE = Path(__file__).parents[2] / "docs/examples/offices.yaml"
OFFICES = {
    office.name: office for office in read(SAMPLE.name, SAMPLE.read_text("utf-8"), built_in().offered)[0]
}


def going(identifier: str, *, among: dict[str, Office] | None = None, **scope: Any) -> Destinations:
    return destinations(OFFICES if among is None else among, programme(identifier), scope)


def kinds(found: Destinations) -> set[str]:
    return {OFFICES[name].kind for name in found.offices}


@pytest.mark.parametrize(
    ("identifier", "scope", "office"),
    [
        *(
            (
                "nanning-2026",
                {"route": route, "channel": "county", "office_name": "江南区总工会"},
                "南宁市江南区总工会",
            )
            for route in ("self", "unit", "other")
        ),
        ("nanning-2026", {"route": "experts", "office_name": "横州市总工会"}, "横州市总工会"),
        (
            "nanning-2026",
            {"route": "self", "channel": "county", "office_name": "高新区总工会"},
            "南宁高新技术产业开发区总工会",
        ),
        (
            "nanning-2026",
            {"route": "self", "channel": "committee", "office_name": "南宁市市直机关工会工委"},
            "南宁市市直机关工会工委",
        ),
        (
            "nanning-2026",
            {"route": "unit", "channel": "industry", "office_name": "市教育工会"},
            "南宁市教育工会",
        ),
        (
            "nanning-2026",
            {"route": "unit", "channel": "grassroots", "office_name": "邕宁港机械有限公司工会"},
            "南宁邕宁港机械有限公司工会",
        ),
        ("nanning-2026", {"route": "other", "channel": "office"}, "南宁市总工会"),
        ("liuzhou-2025", {"route": "self"}, "柳州市总工会"),
        ("liuzhou-2025", {"route": "experts"}, "柳州市总工会"),
        ("liuzhou-2025", {"route": "unit", "channel": "city"}, "柳州市总工会"),
        (
            "liuzhou-2025",
            {"route": "unit", "channel": "county", "county_union": "融水县总工会"},
            "融水苗族自治县总工会",
        ),
        *(
            ("guilin", {"route": route, "office_name": "七星区总工会"}, "桂林市七星区总工会")
            for route in ("self", "unit", "experts")
        ),
        ("daguo-jiangsu-2026", {"route": "unit", "recommending_unit": "苏州市总工会"}, "苏州市总工会"),
        (
            "daguo-jiangsu-2026",
            {"route": "unit", "recommending_unit": "省机械冶金石化工会"},
            "江苏省机械冶金石化工会",
        ),
        ("nanyue-2020", {"route": "city_union", "recommender": "佛山总工会"}, "佛山市总工会"),
        (
            "nanyue-2020",
            {"route": "province", "recommender": "广东省机械冶金产业工会"},
            "广东省机械冶金产业工会",
        ),
    ],
)
def test_whoever_is_named_and_may_receive_it_does(
    identifier: str, scope: dict[str, Any], office: str
) -> None:
    assert going(identifier, **scope) == Destinations((office,), certain=True)
    assert going(identifier, **scope).sole == office


@pytest.mark.parametrize(
    ("identifier", "scope", "offered"),
    [
        # nobody here is called that
        ("guilin", {"route": "self", "office_name": "雁山区总工会"}, {"county"}),
        (
            "nanning-2026",
            {"route": "self", "channel": "industry", "office_name": "市卫健系统工会"},
            {"industry"},
        ),
        # the notice lets no city union receive it
        ("guilin", {"route": "unit", "office_name": "桂林市总工会"}, {"county"}),
        ("nanning-2026", {"route": "experts", "office_name": "南宁市教育工会"}, {"county"}),
        # nothing is said yet
        ("guilin", {"route": "self"}, {"county"}),
        ("liuzhou-2025", {"route": "unit"}, {"county", "city"}),
        ("liuzhou-2025", {"route": "unit", "channel": "county"}, {"county"}),
        ("daguo-jiangsu-2026", {"route": "unit"}, {"city", "industry"}),
        # only that it is some industry's union
        ("daguo-jiangsu-2026", {"route": "unit", "recommending_unit": "省产业工会"}, {"industry"}),
        # no such unit has a desk here
        ("nanyue-2020", {"route": "province", "recommender": "中国南方航空集团工会"}, {"industry"}),
    ],
)
def test_where_it_is_not_certain_a_person_is_asked(
    identifier: str, scope: dict[str, Any], offered: set[str]
) -> None:
    found = going(identifier, **scope)
    assert not found.certain
    assert found.sole is None
    assert kinds(found) == offered


def test_only_unions_of_the_programme_are_offered() -> None:
    found = going("guilin", route="self", office_name="柳州市柳南区总工会")
    assert all(OFFICES[name].above == "桂林市总工会" for name in found.offices)


def test_whom_the_answers_name_is_offered_before_the_others_where_the_two_do_not_fit() -> None:
    found = going("nanning-2026", route="self", channel="industry", office_name="青秀区总工会")
    assert found.offices[0] == "南宁市青秀区总工会"
    assert not found.certain
    assert kinds(found) == {"county", "industry"}


def test_the_likeliest_come_first() -> None:
    found = going("guilin", route="self", office_name="我在象山区上班，交那边的工会")
    assert found.offices[0] == "桂林市象山区总工会"
    assert not found.certain


def test_a_single_one_that_nothing_names_is_asked_about_as_well() -> None:
    one = {"桂林市七星区总工会": OFFICES["桂林市七星区总工会"]}
    found = going("guilin", among=one, route="self", office_name="桂林市雁山区总工会")
    assert found == Destinations(("桂林市七星区总工会",))


def test_two_unions_of_one_name_are_both_offered_and_none_is_taken() -> None:
    drum = {
        name: Office(name=name, kind="county", above=above, programmes=("guilin",))
        for name, above in (("南京市鼓楼区总工会", "南京市总工会"), ("徐州市鼓楼区总工会", "徐州市总工会"))
    }
    cities = {name: OFFICES[name] for name in ("南京市总工会", "徐州市总工会")}
    found = going("guilin", among={**cities, **drum}, route="self", office_name="鼓楼区总工会")
    assert found == Destinations(tuple(drum))
    named = going("guilin", among={**cities, **drum}, route="self", office_name="徐州鼓楼区总工会")
    assert named.sole == "徐州市鼓楼区总工会"


def test_where_no_union_here_receives_the_programme_there_is_none() -> None:
    jiangsu = {name: office for name, office in OFFICES.items() if "江苏" in name + office.above}
    assert going("guilin", among=jiangsu, route="self", office_name="七星区总工会") == Destinations()
    assert going("guilin", among={}, route="self") == Destinations()


def test_where_the_city_alone_has_a_desk_it_is_offered_for_what_the_counties_receive() -> None:
    city = {"桂林市总工会": OFFICES["桂林市总工会"]}
    found = going("guilin", among=city, route="self", office_name="七星区总工会")
    assert found == Destinations(("桂林市总工会",))


def test_an_authority_that_is_no_union_receives_only_where_it_is_kept_under_its_name() -> None:
    wanted = "佛山市工业和信息化局"
    assert going("nanyue-2020", route="city_industry", recommender=wanted) == Destinations()
    bureau = {**OFFICES, wanted: Office(name=wanted, kind="city", programmes=("nanyue-2020",))}
    assert going("nanyue-2020", among=bureau, route="city_industry", recommender=wanted).sole == wanted


def test_without_a_route_it_goes_nowhere_yet() -> None:
    assert going("nanning-2026", office_name="青秀区总工会", channel="county") == Destinations()


def test_a_programme_that_says_nothing_goes_by_the_name_of_where_the_papers_go() -> None:
    silent = programme("guilin")
    routes = tuple(route.model_copy(update={"received_by": ()}) for route in silent.routes)
    older: Programme = silent.model_copy(update={"routes": routes})
    assert (
        destinations(OFFICES, older, {"route": "self", "office_name": "七星区"}).sole == "桂林市七星区总工会"
    )
    asked = destinations(OFFICES, older, {"route": "self"})
    assert not asked.certain
    assert "桂林市总工会" in asked.offices


@pytest.mark.parametrize("identifier", sorted(each.id for each in built_in().offered))
def test_every_case_of_every_programme_goes_somewhere_or_is_asked_about(identifier: str) -> None:
    ways = set()
    for path in case_paths(identifier):
        scope = played(identifier, path.stem).scope
        found = destinations(OFFICES, programme(identifier), scope)
        bureau = scope.get("route") == "city_industry"
        assert bool(found.offices) is not bureau, path.stem
        ways.add((scope["route"], found.certain))
    routes = {route.id for route in programme(identifier).routes} - {"city_industry"}
    assert {route for route, certain in ways if certain} == routes
