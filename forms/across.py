"""Rules across cases: what a case has in common with the others of its programme, without saying what it is.

A case is known to the others only by a key for each such rule: the SHA-256 of the programme, the rule and the
answers that must be the same. Whoever holds the keys alone can count equal ones and no more.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any

from forms.programme import Programme

#: The constant under which conditions read how many other finished cases share a rule's answers, by rule.
PEERS = "peers"


def keys(programme: Programme, scope: Mapping[str, Any]) -> dict[str, str]:
    """The key of a case for every rule across cases, by rule; none for a rule whose answers are not all in."""
    found = {}
    for rule in programme.rules:
        if rule.across and all(name in scope for name in rule.across.same):
            values = (normal(str(scope[name])) for name in rule.across.same)
            found[rule.id] = _digest(programme.id, rule.id, *values)
    return found


def peers(programme: Programme, scope: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, int]:
    """How many other cases share a rule's answers, by rule. `counts` are by key; what they lack is not known yet."""
    return {rule: counts[key] for rule, key in keys(programme, scope).items() if key in counts}


def supposed(programme: Programme, scope: Mapping[str, Any], others: Mapping[str, int]) -> dict[str, int]:
    """Counts by key as a made-up case supposes them: `others` by rule, none where it says nothing."""
    return {key: others.get(rule, 0) for rule, key in keys(programme, scope).items()}


def normal(text: str) -> str:
    """The text as it is compared: full-width and plain marks, letters of either case and blanks are all one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part.encode()).to_bytes(8, "big") + part.encode())
    return digest.hexdigest()
