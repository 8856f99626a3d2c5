"""Which union a case goes to: what its programme, route and answers say of it, held against the unions that are kept.

One is taken only where the answers name it and the notice lets its kind receive the route; in every other case a person
is asked, and what they may choose from is found here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.answers import wording
from forms.expressions import Pending, expression, sentence
from forms.office_names import Kind, hinted
from forms.offices import Office, called, listed, places_above
from forms.programme import Programme, Receiver, Route


@dataclass(frozen=True)
class Destinations:
    """The offices that a case may go to, by their ids, the likeliest first; none where none here receives it.

    Where it is not `certain`, the person is asked, even about a single one.
    """

    offices: tuple[str, ...] = ()
    certain: bool = False

    @property
    def sole(self) -> str | None:
        """The office that it goes to without a question; None where there is one to ask, or nowhere to go."""
        return self.offices[0] if self.certain else None


def destinations(kept: Mapping[str, Office], programme: Programme, scope: Mapping[str, Any]) -> Destinations:
    """Where a case goes. `kept` are the offices that are open, by id; `scope` the names of the nominee's answers."""
    try:
        route = programme.route(str(scope.get("route", "")))
    except KeyError:
        return Destinations()
    by_name = {office.name: office for office in kept.values()}
    receiving = {
        identifier: office
        for identifier, office in kept.items()
        if programme.id in (listed(office, by_name) or (programme.id,))
    }
    if not receiving:
        return Destinations()
    taken = _taken(route, scope)
    typed = _name(route, taken, scope)
    allowed: set[Kind] = {kind for each in ([taken] if taken else route.received_by) for kind in each.kinds}
    ids = {office.name: identifier for identifier, office in receiving.items()}
    meant = [ids[each.name] for each in called(tuple(receiving.values()), by_name, typed)] if typed else []
    clear = taken is not None or not route.received_by
    if len(meant) == 1 and clear and (not allowed or receiving[meant[0]].kind in allowed):
        return Destinations((meant[0],), certain=True)
    if route.received_by and not allowed:  # only who is named receives it
        return Destinations(tuple(meant))
    return Destinations(_to_choose(receiving, programme, route, allowed, meant, by_name, typed))


def _to_choose(  # noqa: PLR0913, PLR0917  # what is kept, and all that is known of the case
    receiving: Mapping[str, Office],
    programme: Programme,
    route: Route,
    allowed: set[Kind],
    meant: Sequence[str],
    by_name: Mapping[str, Office],
    typed: str,
) -> tuple[str, ...]:
    """What a person may choose from: those that are meant, then those of a kind that the notice lets receive it.

    Where no union of such a kind is here, those that say of themselves that they receive the programme.
    """
    possible = {kind for each in route.received_by for kind in each.kinds}
    named = [each for each in meant if not possible or receiving[each].kind in possible]
    fitting = [each for each, office in receiving.items() if not allowed or office.kind in allowed]
    offered = [*named, *fitting] or [
        each for each, office in receiving.items() if programme.id in office.programmes
    ]

    def further(identifier: str) -> bool:
        office = receiving[identifier]
        return not (typed and hinted(typed, office.name, places_above(office, by_name)))

    rest = sorted(dict.fromkeys(each for each in offered if each not in named), key=further)
    return (*named, *rest)


def _taken(route: Route, scope: Mapping[str, Any]) -> Receiver | None:
    """The receiver of this very case; None while that waits for an answer, and where none is for it."""
    try:
        return next(
            (each for each in route.received_by if not each.when or expression(each.when).holds(scope)), None
        )
    except Pending:
        return None


def _name(route: Route, taken: Receiver | None, scope: Mapping[str, Any]) -> str:
    """What the answers call the union; "" where nothing does."""
    try:
        if taken:
            return sentence(taken.name).text(scope) if taken.name else ""
        if not route.received_by:
            return wording(route.hand_in, scope) or route.submit_to
    except Pending:
        return ""
    for each in route.received_by:  # which receiver it is waits; whom the answers name may be known already
        try:
            if each.name and (text := sentence(each.name).text(scope)):
                return text
        except Pending:
            continue
    return ""
