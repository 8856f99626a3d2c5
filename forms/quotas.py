"""How many nominees a union may put forward (推荐名额), by its kind: shown to whoever recommends, never a bar."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from forms.kinds.base import Frozen
from forms.message import Message, say
from forms.office_names import Kind


class Quota(Frozen):
    """What the notice gives each union of these `kinds`: from `least` to `most` nominees."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    least: Annotated[int, Field(ge=0)] = 0
    most: Annotated[int, Field(ge=1)]
    clause: str = Field(min_length=1)

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.least > self.most:
            raise ValueError(f"least: {self.least} is more than most: {self.most}")
        return self

    def told(self, count: int) -> Message:
        """How many of them are used, with the clause; `count` cases were found good."""
        values = {"count": count, "clause": self.clause}
        number = say("{most}名", most=self.most)
        if self.least and self.least != self.most:
            number = say("{least}到{most}名", least=self.least, most=self.most)
        elif not self.least:
            number = say("最多{most}名", most=self.most)
        if count > self.most:
            over = count - self.most
            return say(
                "推荐名额{number}（{clause}），受理和上报了{count}名，多了{over}名。",
                number=number,
                over=over,
                **values,
            )
        if count < self.least:
            missing = self.least - count
            return say(
                "推荐名额{number}（{clause}），受理和上报了{count}名，至少还要{missing}名。",
                number=number,
                missing=missing,
                **values,
            )
        if count == self.most:
            return say("推荐名额{number}（{clause}），受理和上报了{count}名，满了。", number=number, **values)
        left = self.most - count
        return say(
            "推荐名额{number}（{clause}），受理和上报了{count}名，最多还可以有{left}名。",
            number=number,
            left=left,
            **values,
        )
