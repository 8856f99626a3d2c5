"""A date (年月日)."""

from __future__ import annotations

from typing import ClassVar, Literal

from forms.kinds.base import Value
from forms.kinds.moments import MomentQuestion


class DateQuestion(MomentQuestion):
    """Value: "2016-06-20"; "2016-06" with `month_enough`; “至今” with `present_ok`."""

    kind: Literal["date"] = "date"
    month_enough: bool = False

    finest: ClassVar[int] = len("2016-06-20")

    def wanted(self) -> int:
        """The day, unless the month is enough."""
        return self.coarsest if self.month_enough else self.finest

    def fullest(self) -> Value:
        """A month and a day of two figures each."""
        return "2012-12-28"
