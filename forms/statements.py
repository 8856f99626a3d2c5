"""What a receiving union writes itself about a case, from its seat, as a programme declares it."""

from __future__ import annotations

from pydantic import Field

from forms.kinds.base import Condition, Frozen


class Statement(Frozen):
    """What the union that receives a case writes into its papers itself (推荐理由), with the form of the party `office`.

    `title` is what it is called (“推荐单位填写的内容”), `task` what is to be done (“写推荐理由”). It is asked for where
    `when` holds over the nominee's names. The questions of the form read these as `nominee.<name>`, in what they
    suggest too; what was answered is the only row of `offices` in rules and prints.
    """

    title: str
    task: str
    clause: str = Field(min_length=1)
    when: Condition = ""
