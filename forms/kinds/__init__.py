"""The kinds of question. Each module beside this one is a kind; a new file is a new kind."""

from __future__ import annotations

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache
from typing import Any

from forms.kinds.base import Question


@cache
def registry() -> dict[str, type[Question]]:
    """Every kind by its name in YAML."""
    kinds: dict[str, type[Question]] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name == "base":
            continue
        for item in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if (
                isinstance(item, type)
                and issubclass(item, Question)
                and item.__module__.endswith(module.name)
            ):
                kind = item.model_fields["kind"].default
                if isinstance(kind, str):
                    kinds[kind] = item
    return kinds


def question(raw: dict[str, Any]) -> Question:
    """A question of the kind that it names. Raises ValueError (pydantic's, where fields are wrong)."""
    kind = registry().get(str(raw.get("kind")))
    if kind is None:
        wrong, kinds = str(raw.get("kind")), sorted(registry())
        near = get_close_matches(wrong, kinds, n=1)
        meant = f": “{near[0]}”?" if near else ""
        raise ValueError(f"there is no kind “{wrong}”{meant} (known: {', '.join(kinds)})")
    return kind.model_validate(raw)
