"""A month (年月)."""

from __future__ import annotations

from typing import Literal

from forms.kinds.base import Value
from forms.kinds.moments import MomentQuestion


class MonthQuestion(MomentQuestion):
    """Value: "2016-06", or “至今” with `present_ok`. A day that was given is left out."""

    kind: Literal["month"] = "month"

    def fullest(self) -> Value:
        """A month of two figures."""
        return "2012-12"
