"""Rules across cases: what a case has in common with the others of its programme, without saying what it is.

A case is known to the others only by keys for each such rule: the SHA-256 of the programme, the rule and the
answers that must be the same, and another one of what these answers have in common with nearly the same names. Whoever
holds the keys alone can count equal ones and no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from forms.programme import Programme
from forms.unit_names import normal, stem

#: The constant under which conditions read how many other finished cases share a rule's answers, by rule.
PEERS = "peers"
#: As `PEERS`, counting those with nearly the same names too.
NEAR = "near"
#: Behind the id of a rule: the key of what nearly the same names have in common.
NEARLY = "~"


def keys(programme: Programme, scope: Mapping[str, Any]) -> dict[str, str]:
    """The keys of a case for every rule across cases, by rule; none for a rule whose answers are not all in.

    Each rule has two: by its id the key of the very answers, by its id and “~” that of the stems of their names.
    """
    digests = {}
    for rule in programme.rules:
        if rule.across and all(name in scope for name in rule.across.same):
            values = [str(scope[name]) for name in rule.across.same]
            digests[rule.id] = _digest(programme.id, rule.id, *map(normal, values))
            nearly = rule.id + NEARLY
            digests[nearly] = _digest(programme.id, nearly, *map(stem, values))
    return digests


def peers(own: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, int]:
    """How many other cases share a rule's answers, by rule, where a case has its `own` keys.

    `counts` are by key; what they lack is not known yet.
    """
    return {rule: counts[key] for rule, key in own.items() if key in counts and not rule.endswith(NEARLY)}


def near(own: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, int]:
    """As `peers`, counting those with nearly the same names too."""
    return {rule[:-1]: counts[key] for rule, key in own.items() if key in counts and rule.endswith(NEARLY)}


def supposed(programme: Programme, scope: Mapping[str, Any], others: Mapping[str, int]) -> dict[str, int]:
    """Counts by key as a made-up case supposes them: `others` by rule, none where it says nothing.

    Under the id of a rule and “~” stands how many more have nearly the same names.
    """
    counts = {}
    for rule, key in keys(programme, scope).items():
        same = others.get(rule.removesuffix(NEARLY), 0)
        counts[key] = same + (others.get(rule, 0) if rule.endswith(NEARLY) else 0)
    return counts


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part.encode()).to_bytes(8, "big") + part.encode())
    return digest.hexdigest()
