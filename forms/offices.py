"""Receiving unions as an operator writes them down, `offices.yaml`, and what can be wrong with them.

They are named by their names alone: those who pass cases on to a union call it by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from forms.explaining import explained
from forms.kinds.base import Frozen
from forms.notation import Block, DefinitionError, block, place_of
from forms.office_names import HEIGHT, Kind, same
from forms.programme import Programme
from forms.unit_names import normal


def _one_line(text: str, shortest: int, longest: int) -> str:
    if not (shortest <= len(text) <= longest) or text != text.strip() or not text.isprintable():
        raise ValueError(
            f"write it in one line of {shortest} to {longest} characters, without blanks around it"
        )
    return text


Name = Annotated[str, AfterValidator(partial(_one_line, shortest=2, longest=60))]
Line = Annotated[str, AfterValidator(partial(_one_line, shortest=0, longest=200))]
_ADVICE = "docs/offices.md says what may stand here"


class Office(Frozen):
    """A union that receives cases and passes them on to the one `above`.

    `aliases` are what it is called besides; a name that leaves out the city or the 区 needs none. `programmes` are the
    ids of those that it receives; where none is named, those of the nearest union above that names some, else all.
    `corrects` allows its staff to mend a slip on somebody's behalf.
    """

    name: Name
    kind: Kind
    above: str = ""
    aliases: tuple[Name, ...] = ()
    programmes: tuple[str, ...] = ()
    phone: Line = ""
    address: Line = ""
    hours: Line = ""
    corrects: bool = False


def _some(offices: tuple[Office, ...]) -> tuple[Office, ...]:
    if not offices:
        raise ValueError("there is none in it")
    return offices


class Offices(Frozen):
    """All unions of an installation: `offices.yaml`."""

    offices: Annotated[tuple[Office, ...], AfterValidator(_some)]


@dataclass(frozen=True)
class Fault:
    """Something wrong with the office at `index`: in which key, what it is, and what would mend it."""

    index: int
    key: str
    reason: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.reason}{f' ({self.remedy})' if self.remedy else ''}"


def read(
    file: str, text: str, programmes: Sequence[Programme]
) -> tuple[tuple[Office, ...], tuple[DefinitionError, ...]]:
    """The offices of a file, and everything wrong with them by line: () and what keeps it from being read at all."""
    try:
        whole = block(file, text)
    except DefinitionError as error:
        return (), (error,)
    try:
        offices = Offices.model_validate(whole).offices
    except ValidationError as error:
        return (), _in_order(explained(error, whole, (), Offices, _ADVICE))
    return offices, _in_order(_placed(whole, fault) for fault in faults(offices, programmes))


def _placed(whole: Block, fault: Fault) -> DefinitionError:
    return place_of(whole, ("offices", fault.index, fault.key)).error(fault.reason, fault.remedy)


def _in_order(errors: Iterator[DefinitionError]) -> tuple[DefinitionError, ...]:
    return tuple(sorted(errors, key=lambda error: error.line))


def faults(offices: Sequence[Office], programmes: Sequence[Programme]) -> Iterator[Fault]:
    """What is wrong with offices that can be read one by one. `programmes` are all that are offered here."""
    by_name = {office.name: office for office in offices}
    yield from _called_alike(offices, by_name)
    yield from _ways_up(offices, by_name)
    offered = [programme.id for programme in programmes]
    for index, office in enumerate(offices):
        for name in office.programmes:
            if name not in offered:
                near = get_close_matches(name, offered, n=1)
                remedy = f"“{near[0]}”?" if near else f"known: {', '.join(offered)}"
                yield Fault(index, "programmes", f"there is no programme “{name}”", remedy)
    yield from _unreached(offices, by_name, programmes)


def way_up(office: Office, by_name: Mapping[str, Office]) -> tuple[Office, ...]:
    """The offices above one, the nearest first; a circle ends where it closes."""
    chain: list[Office] = []
    while (above := by_name.get(office.above)) and above not in chain:
        chain.append(above)
        office = above
    return tuple(chain)


def places_above(office: Office, by_name: Mapping[str, Office]) -> tuple[tuple[Kind, str], ...]:
    """Kind and name of the offices above one, the highest first: as `forms.office_names` wants them."""
    return tuple((each.kind, each.name) for each in reversed(way_up(office, by_name)))


def listed(office: Office, by_name: Mapping[str, Office]) -> tuple[str, ...]:
    """The programmes that an office receives, its own or those of the nearest above that names some; () for all."""
    return next((each.programmes for each in (office, *way_up(office, by_name)) if each.programmes), ())


def called(offices: Sequence[Office], by_name: Mapping[str, Office], typed: str) -> tuple[Office, ...]:
    """The offices that a name can mean; one that has the very name or alias goes before all others."""
    exact = [
        each for each in offices if normal(typed) in {normal(name) for name in (each.name, *each.aliases)}
    ]
    if exact:
        return tuple(exact)
    return tuple(
        each
        for each in offices
        if any(same(typed, name, places_above(each, by_name)) for name in (each.name, *each.aliases))
    )


def _called_alike(offices: Sequence[Office], by_name: Mapping[str, Office]) -> Iterator[Fault]:
    """A name or alias that stands twice, or names another office as well."""
    seen: dict[str, Office] = {}
    for index, office in enumerate(offices):
        for at, name in enumerate((office.name, *office.aliases)):
            key = "aliases" if at else "name"
            if (other := seen.get(normal(name))) is not None:
                whose = "it" if other is office else f"“{other.name}”"
                reason = f"“{name}” stands here twice: {whose} is called that already"
                yield Fault(index, key, reason, "leave one of them out")
                continue
            seen[normal(name)] = office
            for another in called([each for each in offices if each.name != office.name], by_name, name):
                if normal(another.name) != normal(name):
                    reason = f"“{name}” can mean “{another.name}” as well"
                    yield Fault(index, key, reason, "write the name out, with the city or county before it")


def _ways_up(offices: Sequence[Office], by_name: Mapping[str, Office]) -> Iterator[Fault]:
    circled: set[str] = set()
    for index, office in enumerate(offices):
        if not office.above:
            continue
        above = by_name.get(office.above)
        if above is None:
            near = get_close_matches(office.above, sorted(by_name), n=1, cutoff=0.5)
            remedy = f"“{near[0]}”?" if near else "add it, or leave “above” out"
            yield Fault(index, "above", f"there is no office “{office.above}”", remedy)
            continue
        chain = [each.name for each in way_up(office, by_name)]
        if office.name in chain:
            if office.name not in circled:
                circle = " → ".join((office.name, *chain))
                yield Fault(
                    index, "above", f"the way up goes round in a circle: {circle}", "end it somewhere"
                )
            circled |= set(chain)
        elif HEIGHT[above.kind] <= HEIGHT[office.kind]:
            reason = f"“{above.name}” ({above.kind}) does not stand above an office of the kind {office.kind}"
            higher = [kind for kind, height in HEIGHT.items() if height > HEIGHT[office.kind]]
            remedy = f"above it stands: {', '.join(higher)}" if higher else "leave “above” out"
            yield Fault(index, "above", reason, remedy)


def _unreached(
    offices: Sequence[Office], by_name: Mapping[str, Office], programmes: Sequence[Programme]
) -> Iterator[Fault]:
    """An office at which no case can ever arrive: no route of its programmes leads there, and nobody passes any on."""
    reached = {office.name for office in offices if _received(office, by_name, programmes)}
    for office in offices:
        if office.name in reached:
            reached |= {each.name for each in way_up(office, by_name)}
    for index, office in enumerate(offices):
        if office.name not in reached:
            what = ", ".join(listed(office, by_name)) or "any programme"
            reason = (
                f"no case can arrive at “{office.name}”: no route of {what} leads to the kind {office.kind}"
            )
            yield Fault(
                index, "name", f"{reason}, and no office below passes any on", "mend kind or programmes"
            )


def _received(office: Office, by_name: Mapping[str, Office], programmes: Sequence[Programme]) -> bool:
    wanted = listed(office, by_name)
    routes = [route for each in programmes if not wanted or each.id in wanted for route in each.routes]
    if not routes:  # an unknown programme is told as such
        return bool(wanted)
    return any(
        not route.received_by or any(office.kind in each.kinds for each in route.received_by)
        for route in routes
    )
