"""Why a stage after handing in cannot be changed so, in words. What comes before a dot is the sort of a code."""

from __future__ import annotations

from collections.abc import Mapping

from forms.message import Message, say

#: By code; {names} are filled in by `halt`.
HALTS: Mapping[str, Message] = {
    "figure_wrong": say("这个数字不对：{figure}。请写一个正整数。"),
    "reason_missing.figure": say("这是通知没写明、由您定的，请写上理由。"),
    "starts_wrong": say("公示开始的日子太远了，请再看一下年份。"),
    "begun": say("“{stage}”已经开始了。"),
    "not_its_turn": say("还没轮到“{stage}”：前面的步骤要先走完。"),
    "not_begun": say("“{stage}”还没有开始。"),
    "closed": say("“{stage}”已经结束了，名单不能再改。"),
    "moved_on": say("“{stage}”刚才有人改过了，这一次没有记下。请看一下现在的情况再定。"),
    "still_on": say("“{stage}”还没有结束，先结束它。"),
    "nothing": say("还没有选人。"),
    "not_here": say("选的人里有没走到“{stage}”这一步的，没有记下。"),
    "outcome": say("“{stage}”这一步不能这样记。"),
    "place": say("名次从1开始。"),
    "objected": say("这个人有异议还没有核实完，先写下核实的结果。"),
    "place.twice": say("有两个人都排在第{place}，请排开。"),
    "outcome.naming": say("命名这一步不能递补，请先重新打开公示这一步。"),
    "nobody.waiting": say("没有可以递补的人了。"),
    "not_here.waiting": say("这个人不在递补的名单里。"),
    "reason_missing.unwritten": say("通知没有写可以递补，要递补请写上理由。"),
    "reason_missing.turn": say("前面还有人在等，不按顺序递补请写上理由。"),
    "outcome.objection": say("公示的时候才记异议。"),
    "reason_missing.objection": say("请写明反映了什么情况。"),
    "not_listed": say("这个人不在公示的名单上，或者已经记过异议。"),
    "no_objection": say("这个人没有待核实的异议。"),
    "reason_missing.answer": say("请写明核实的结果。"),
    "nobody.named": say("没有可以命名的人。"),
    "nobody": say("“{stage}”还没有一个人通过，不能结束。"),
    "undecided.named": say("还有{count}人没有命名；不命名的要写明理由。"),
    "undecided": say("“{stage}”还有{count}人没有写结果。"),
    "objected.open": say("还有{count}个异议没有核实完，公示不能结束。"),
    "not_over": say("公示到{day}才满，过了那一天才能结束。"),
    "unknown": say("这个项目里没有“{stage}”这一步。"),
    "reason_missing": say("请写上理由。"),
    "starts_missing": say("请写明公示从哪一天开始。"),
    "starts_missing.needless": say("这一步不是公示，没有开始公示的日子。"),
    "figure_missing.places": say("通知没有写名额，请先写明今年有多少个，并写上理由。"),
    "figure_missing.days": say("通知没有写公示几天，请写明天数，并写上理由。"),
    "figure_given": say("“{stage}”的数字通知已经写明（{clause}），不能另定。"),
    "built_on": say("“{later}”已经记了结果，“{stage}”不能再打开。"),
    "beyond": say("超过人数了：这样有{count}人，最多{most}人。没有记下。{sentence}"),
    "beyond.reserves": say("后备超过人数了：这样有{count}人，最多{most}人。没有记下。{sentence}"),
}


def halt(code: str, **values: object) -> Message:
    """The sentence of a code. Raises KeyError for one that there is not."""
    return Message(HALTS[code].text, values)
