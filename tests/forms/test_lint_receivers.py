"""What a programme can get wrong about which unions receive its cases."""

from __future__ import annotations

import pytest

from forms.lint import lint
from forms.loader import DefinitionError, Source, load
from tests.forms.definitions import tiny


def found(source: Source) -> list[str]:
    return [str(finding) for finding in lint(load(source), source)]


def told(receivers: str) -> list[str]:
    """What is found with these receivers and not without them."""
    source = tiny(programme=("submit_to: 县总工会}", f"submit_to: 县总工会, received_by: {receivers}}}"))
    return sorted(set(found(source)) - set(found(tiny())))


def test_a_receiver_that_fits_is_no_finding() -> None:
    assert told('[{when: union, name: "{{ name }}", kinds: [county, city]}, {name: 南宁市总工会}]') == []


@pytest.mark.parametrize(
    ("receivers", "why"),
    [
        ('[{name: "{{ nome }}"}]', "reads “nome”"),
        ("[{when: uniom, kinds: [county]}]", "reads “uniom”"),
        ("[{when: union}]", "no union is named, and no kind of them"),
        ("[{}]", "no union is named, and no kind of them"),
        ("[{kinds: [county]}, {kinds: [city]}]", "this one is never taken"),
    ],
)
def test_a_receiver_that_nobody_can_be_is_told(receivers: str, why: str) -> None:
    assert any(line.startswith("programme.yaml:11: ") and why in line for line in told(receivers))


def test_a_kind_of_union_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"programme\.yaml:11: .*'grassroots'"):
        told("[{kinds: [town]}]")
