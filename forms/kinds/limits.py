"""Limits on the length of a text (字数), as notices state them."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from forms.kinds.base import Frozen, Remark
from forms.message import Message, say

_BAND = 10  # per cent around “左右” that pass without a word
_FAR = 30  # per cent beyond which “左右” is not kept any more


class Limit(Frozen):
    """A number of characters, by the notice's word for it.

    `within` 以内 is a hard cap, `at_least` 不少于 a hard floor, `between` both, from `least` to `value`; `about` 左右
    is a band, `bare` asks for a remark only. With `within`, `least` is for a notice that says both 以内 and 左右: fewer
    characters get a remark.
    """

    value: int = Field(gt=0)
    measure: Literal["within", "about", "bare", "at_least", "between"] = "within"
    least: int = Field(0, ge=0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.value:
            raise ValueError("“least” is more than “value”")
        if self.least and self.measure not in ("within", "between"):
            raise ValueError("“least” goes with “within” and “between” only")
        if self.measure == "between" and not self.least:
            raise ValueError("“between” needs “least”: from how many characters on")
        return self

    def band(self, per_cent: int = _BAND) -> tuple[int, int]:
        """The fewest and the most characters that keep the limit, here with the leeway in per cent.

        Where nothing caps a text, the most is what a form is tried out with: twice the fewest.
        """
        if self.measure in ("within", "between"):
            return self.least, self.value
        if self.measure == "at_least":
            return self.value, 2 * self.value
        return -(-self.value * (100 - per_cent) // 100), self.value * (100 + per_cent) // 100

    @property
    def bounds(self) -> tuple[int, int]:
        """The fewest and the most characters that keep the limit; 0 for a most that nothing sets."""
        low, high = self.band()
        return low, high if self._capped else 0

    @property
    def _capped(self) -> bool:
        return self.measure != "at_least"

    def says(self) -> Message:
        """What is wanted."""
        low, high = self.band()
        match self.measure:
            case "at_least":
                return say("不少于 {value} 字", value=self.value)
            case "between":
                return say("不少于 {low} 字，不超过 {high} 字", low=low, high=high)
            case "within" if not self.least:
                return say("不超过 {value} 字", value=self.value)
        return say("要求 {value} 字左右（{low}–{high}）", value=self.value, low=low, high=high)

    def stands(self, count: int) -> Message:
        """How a text of so many characters stands to the limit."""
        low, high = self.band()
        if count < low:
            return say("还差约 {short} 字", short=low - count)
        if self._capped and count > high:
            return say("多了约 {over} 字，请删减一些", over=count - high)
        if self.measure in ("within", "between"):
            return say("还可以写 {left} 字", left=high - count)
        return say("字数合适")

    def remark(self, count: int) -> Remark | None:
        """What is to be said about a text of so many characters; None where it keeps the limit."""
        low, high = self.band()
        if low <= count and (count <= high or not self._capped):
            return None
        if self.measure in ("at_least", "between") and count < low:
            return Remark(
                say(
                    "现在 {count} 字，规定不少于 {value} 字，请再写至少 {short} 字再提交。",
                    count=count,
                    value=low,
                    short=low - count,
                ),
                blocking=True,
            )
        if self.measure in ("within", "between") and count > high:
            return Remark(
                say(
                    "现在 {count} 字，规定 {value} 字以内，请删掉至少 {over} 字再提交。",
                    count=count,
                    value=self.value,
                    over=count - self.value,
                ),
                blocking=True,
            )
        fewest, most = self.band(_FAR)
        if self.measure == "about" and not fewest <= count <= most:
            return Remark(
                say(
                    "现在 {count} 字，和要求的 {value} 字左右差得太多，改到 {low}–{high} 字再提交。",
                    count=count,
                    value=self.value,
                    low=low,
                    high=high,
                ),
                blocking=True,
            )
        return Remark(
            say(
                "现在 {count} 字，要求 {value} 字左右，最好改到 {low}–{high} 字。",
                count=count,
                value=self.value,
                low=low,
                high=high,
            )
        )
