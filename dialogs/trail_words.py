"""What the trail tells: everything that staff can do to a case or with it, and a word for each; and how it can break.

Applicants' turns are no entries: they stand in the history of their own interview.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from forms.message import Message, Own, say

Kind = Literal[
    # Looked at, taken along
    "seen",
    "fetched",
    "exported",
    "downloaded",
    # Where it lies, and who has it
    "handed_in",
    "withdrawn",
    "consent_withdrawn",
    "taken_over",
    "assigned",
    "ranked",
    # What staff did with it
    "remarked",
    "remark_dropped",
    "settled",
    "unsettled",
    "corrected",
    "stated",
    "unstated",
    "ticked",
    "unticked",
    "given_back",
    "replied",
    "code_issued",
    # What was decided
    "returned",
    "accepted",
    "passed_up",
    "refused",
    "undone",
    "stage_moved",
    # The office itself
    "seat_given",
    "seat_taken",
    "seat_ended",
    # What is gone
    "erasure_kept",
    "deleted",
]

KINDS: Mapping[Kind, Message] = {
    "seen": say("看了材料"),
    "fetched": say("打开或下载了材料文件"),
    "exported": say("导出了材料"),
    "downloaded": say("下载了导出的材料"),
    "handed_in": say("递交了"),
    "withdrawn": say("撤回了"),
    "consent_withdrawn": say("撤回了对一份材料的同意"),
    "taken_over": say("接手办理"),
    "assigned": say("分派给同事"),
    "ranked": say("排了推荐顺序"),
    "remarked": say("写了修改意见"),
    "remark_dropped": say("删了一条没发出的修改意见"),
    "settled": say("认定了待核实的一条"),
    "unsettled": say("撤销了一条认定"),
    "corrected": say("代改了笔误"),
    "stated": say("写了受理工会自己填的内容"),
    "unstated": say("撤销了受理工会自己填的一处修改"),
    "ticked": say("登记收到纸质材料"),
    "unticked": say("取消了纸质材料的登记"),
    "given_back": say("退还了原件"),
    "replied": say("回复了留言"),
    "code_issued": say("补发了恢复码"),
    "returned": say("退回修改"),
    "accepted": say("受理了"),
    "passed_up": say("报送上级"),
    "refused": say("决定不予受理"),
    "undone": say("撤销了刚才的决定"),
    "stage_moved": say("登记了评选阶段的结果"),
    "seat_given": say("给了席位"),
    "seat_taken": say("接受了席位"),
    "seat_ended": say("收回了席位"),
    "erasure_kept": say("答复了暂不删除"),
    "deleted": say("删除了申报"),
}

#: What whoever handed in may read of it afterwards; what staff only prepare, or settle among themselves, is not theirs.
TOLD: frozenset[Kind] = frozenset(KINDS) - {
    "taken_over",
    "assigned",
    "ranked",
    "remarked",
    "remark_dropped",
    "stage_moved",  # how often, and when, would tell of an objection; results are told by themselves
    "seat_given",
    "seat_taken",
    "seat_ended",
}
#: What others who wrote for the case may read of it: that it was looked at and taken along, not what was decided.
LOOKED: frozenset[Kind] = frozenset(("seen", "fetched", "exported", "downloaded"))

#: Who did what the trail tells: staff from a seat, whoever the case is about or wrote for it, whoever runs the machine,
#: or the house itself, when something was due.
Actor = Literal["staff", "party", "operator", "house"]

ACTORS: Mapping[Actor, Message] = {
    "staff": say("工会工作人员"),
    "party": say("本人"),
    "operator": say("系统管理员"),
    "house": say("系统自动"),
}

_WORDS: Mapping[str, Message] = {str(kind): message for kind, message in KINDS.items()}


def word(kind: str) -> Message:
    """What a kind is called; one that an older or newer version wrote is called as it stands."""
    return _WORDS.get(kind) or Message("{kind}", {"kind": Own(kind)})


#: How a trail can be found broken: a number that lacks; a row that is not what was written; a day that nobody closed
#: though one after it was; days whose entries are fewer or more than when the day was closed, or others; a closing
#: that is not what was written.
Fault = Literal["gap", "changed", "unclosed", "fewer", "more", "others", "head_changed"]

_FAULTS: Mapping[Fault, Message] = {
    "gap": say("{chain}：第{number}条不见了"),
    "changed": say("{chain}：第{number}条和写下时不一样，或者它前面的被删改了"),
    "unclosed": say("{day}没有日终记录，后面的日子却有"),
    "fewer": say("{day}结束时一共有{kept}条，现在只有{found}条"),
    "more": say("{day}结束时一共有{kept}条，现在有{found}条"),
    "others": say("{day}的条目和那天结束时的不一样"),
    "head_changed": say("{day}的日终记录和写下时不一样"),
}


@dataclass(frozen=True)
class Break:
    """The first place where a trail is not what was written: an entry of a chain, or the end of a day (ISO)."""

    fault: Fault
    chain: str = ""
    number: int = 0
    day: str = ""
    kept: int = 0
    found: int = 0

    @property
    def message(self) -> Message:
        """It in words."""
        values = {name: value for name, value in asdict(self).items() if name != "fault"}
        return Message(_FAULTS[self.fault].text, values)
