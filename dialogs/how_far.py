"""Asked how far the selection is: what is known of this very case, and the steps of the notice."""

from __future__ import annotations

from dialogs import contact, correspondence, handing_in
from dialogs.selected import SORRY, told
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.message import say
from forms.stages import Stage

#: Whole sentences, without blanks and marks, that ask how far the selection is, or what came of it.
_ASKS = (
    r"(请问|审核|想问问?|问一下|我的?|我们|你们|工会|现在|今年的?|到底|那|这次的?|申报的?|材料|评选的?|评审|公示的?|初审|"
    r"终审|审定|专家评审|最后|最终|还要|要|等|大概|一般)*"
)
_WHEN = r"(什么时候|啥时候|几时|几号|哪天|哪一天|多久|多长时间)"
_END = r"(啊|呢|呀|嘛|吗|么|没有?|不|了没有?|了吗|了么)*"
HOW_FAR = (
    rf"{_ASKS}(还没|有没|还)?(有|出|知道)?(结果|名单|消息|进展)(还没|怎么还没|{_WHEN})?(能|可以|会|才)*"
    rf"(出来?|下来|公布|知道|有|看到|定)?(了)?(吗|么|没有?|没呢|呢|是什么|是啥|怎么样|怎样|如何|了没有?|吗)"
    rf"|{_ASKS}(有没有|有无|是否有)(结果|消息|名单|进展)(了)?{_END}"
    rf"|{_ASKS}(结果|名单|消息){_WHEN}(能|可以|会|才)*(出来?|下来|公布|知道|有|看到){_END}"
    rf"|{_ASKS}{_WHEN}(能|可以|会|才|要)*(出|有|知道|公布|看到|等到)?(结果|名单|公示|评审|评选|评完|评出来|定下来|命名|公布|初审){_END}"
    rf"|{_ASKS}{_WHEN}(能|可以|会|才|要)*开始(评审|评选|公示|初审|命名){_END}"
    rf"|{_ASKS}(评审|评选|公示|初审|命名){_WHEN}(能|可以|会|才|要)*(开始|结束|出来|公布){_END}"
    rf"|{_ASKS}(评|审|走|办|进行|进展|排)?到(了)?(哪里?|哪儿|哪一?步|什么地步|什么程度|第几步|哪个阶段|什么阶段)(来)?(了)?{_END}"
    rf"|{_ASKS}(能不能|能|有没有|是不是)?(递补上?|命名|评上|选上|被选上|评选上|通过|过|入选|入围|中|上榜|上名单|在(公示)?名单(上|里)|落选|被刷|轮到(我)?)(的)?(了)?"
    r"(吗|么|没有|没呢|没|不)"
    rf"|{_ASKS}(名单|公示名单)(上|里|中)?(有没有|有|没有|没)我(的名字)?{_END}"
    rf"|{_ASKS}(为什么|为啥|怎么|凭什么)(公示)?(名单)?(上|里|中)?(没有?|不是)我(的名字)?{_END}"
    rf"|{_ASKS}(能|有没有|是不是)?(公示|递补|命名|评审|初审|评选)(轮?到我|完|过|结束|开始)?(了)?(吗|么|没有|没呢|没)"
    rf"|{_ASKS}(为什么|为啥|怎么|凭什么)(我)?(没有?|不)(能)?(评上|选上|通过|过|入选|入围|在名单(上|里)|上名单|公示|递补|命名)(我)?{_END}"
    r"|(is|are|has|have|when|do|did|will|am|what)(there|the|my|i|was|were|is|are|will|a|do|did|know|get)*"
    r"(results?|list|selected|shortlisted|announced|chosen|win)(out|published|announced|public|up|in|yet|already|come|be|is|are)*"
)


def screen(view: View) -> Screen:
    """How far the selection is for this very case, and by which steps of the notice it goes on."""
    words, handed = view.words, view.scene.handed
    if not view.role.leads:
        parts = [Say(words(say("评选的结果只告诉申报的本人，请问本人。")))]
    elif handed and view.lodged:
        parts = [Say(words(handing_in.stands(handed))), *told(view, handed)]
        if handed.result is None and handed.state != "refused":
            parts.append(Say(words(say("现在还没有评选的消息，有了会在这里告诉您。"))))
    else:
        parts = [Say(words(say("还没有递交。递交、受理以后才评选，有结果会在这里告诉您。")))]
    steps = [_step(view, each) for each in view.programme.stages]
    if steps:
        head = words(say("通知里写的步骤："))
        parts.append(Say("\n".join((head, *steps)), "note"))
    else:
        parts.append(Say(words(say("通知没有写受理以后怎么评。")), "note"))
    if view.role.leads and handed and not (handed.result and handed.result.came in SORRY):
        parts.append(correspondence.human(view, handed))
    elif not handed or not view.role.leads:
        parts.append(contact.told(view))
    back = Button(Action("close"), words(say("返回")), "primary", says=True)
    return Screen(tuple(parts), (back, *correspondence.buttons(view)))


def _step(view: View, stage: Stage) -> str:
    words = view.words
    title, clause = words.text(stage.title), stage.clause or "—"
    if not stage.when:
        return words(say("{stage}（{clause}）", stage=title, clause=clause))
    return words(say("{stage}：{when}（{clause}）", stage=title, when=words.text(stage.when), clause=clause))
