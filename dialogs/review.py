"""Checking the answers, handing in, and the finished packet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs import corrected, correspondence, handing_in, invited, inviting, returned
from dialogs.interview import Interview
from dialogs.turn import Action, Button, Card, Group, Line, Say, Screen, Summary
from dialogs.verdicts import told
from dialogs.view import IN_PAPERS, View
from forms.answers import wording
from forms.dates import spoken
from forms.documents import Paper
from forms.kinds.base import Question
from forms.message import say
from forms.packet import BUNDLE, PACKET, due_documents, due_papers, filename, packet_filename
from forms.parties import LEADING
from forms.programme import Section
from forms.rules import Verdict


def summary(view: View) -> Screen:
    """Every answer with an edit link, what is still missing, and the way to hand in."""
    words = view.words
    # What is pending although everything is filled in will not decide itself.
    left = ("met",) if view.ready else ("met", "pending")
    doubtful = [
        v for v in view.verdicts if v.outcome not in left and not (v.rule.quiet and v.outcome == "met")
    ]
    problems = _problems(view, doubtful)
    sent_back = returned.group(view)
    groups = [
        Group(words.text(section.title), lines, _count(view, lines), folded=True)
        for section in view.form.sections
        if (lines := _lines(view, section))
    ]
    if problems:
        first = Group(words(say("先看这几处")), problems, words(say("{count}处", count=len(problems))))
        groups.insert(0, first)
    if sent_back:
        groups.insert(0, sent_back)
    parts: list[Say | Summary] = [_standing(view), *returned.notes(view), *corrected.told(view)]
    parts.extend(told(view, doubtful))
    look = say("请检查答案：一节一节点开看。要改哪一项就点哪一项，改完会回到这里。")
    look = say("已经递交了，这里可以一节一节点开看。") if view.in_hand else look
    parts.append(Say(words(look)))
    parts.append(Summary(tuple(groups)))
    buttons: list[Button] = []
    if view.sent_back:
        buttons.append(Button(Action("resume"), words(say("接着改")), "primary", says=True))
    elif view.in_hand:
        buttons.append(Button(Action("close"), words(say("看材料")), "primary", says=True))
    elif view.ready:
        label = say("没问题，生成练习材料") if view.rehearsing else say("没问题，生成盖章材料")
        label = label if view.role.leads else say("没问题，交上我这一份")
        label = say("没问题，再次递交") if handing_in.again(view) else label
        buttons.append(Button(Action("finish"), words(label), "primary", says=True))
    else:
        buttons.append(Button(Action("resume"), words(say("接着填")), "primary", says=True))
    if "papers" in view.role.pages:
        buttons.append(Button(Action("papers"), words(say("材料清单"))))
    buttons.extend(corrected.buttons(view))
    buttons.append(Button(Action("menu"), words(say("菜单"))))
    return Screen(parts=tuple(parts), buttons=tuple(buttons), cards=cards(view), progress=view.progress(None))


def _lines(view: View, section: Section) -> tuple[Line, ...]:
    own = {question.id for question in section.questions}
    return tuple(line(view, question) for question in view.steps if question.id in own)


def _count(view: View, lines: Sequence[Line]) -> str:
    """How many lines a section has, and whether any of them wants a hand."""
    open_lines = sum(each.state in {"missing", "wrong"} for each in lines)
    if open_lines:
        return view.words(say("{count}项，{left}处要补、要改", count=len(lines), left=open_lines))
    return view.words(say("{count}项 ✓", count=len(lines)))


def _problems(view: View, verdicts: Sequence[Verdict]) -> tuple[Line, ...]:
    """What wants a hand, each line once: answers that lack or are wrong, and those on which a failed rule rests."""
    weighed = [view.questions_of(verdict)[:1] for verdict in verdicts if verdict.outcome != "pending"]
    wanted = [
        *view.missing,
        *(view.question(name) for name in view.wrong),
        *(q for each in weighed for q in each),
    ]
    return tuple(line(view, view.question(name)) for name in dict.fromkeys(q.id for q in wanted))


def line(view: View, question: Question) -> Line:
    """One question with its answer, masked where its kind masks it, and the way to edit it."""
    words, interview = view.words, view.interview
    label = words.text(question.label)
    edit = Button(Action("edit", question.id), words(say("改：{label}", label=label)))
    if question.id not in interview.answers:
        if view.on_paper(question):
            return Line(label, words(say("（没同意发，交纸质的）")), edit, "skipped")
        if question.optional:
            return Line(label, words(say("（没有填）")), edit, "skipped")
        return Line(label, words(say("（还没填）")), edit, "missing")
    shown = words(question.show(interview.answers[question.id]))
    typed = view.remarked_on.get(question.id)
    remarks = view.remarks(question) if typed is None else typed
    if _judged(view, question):
        remarks = ()
    text = " ".join(words(remark.message) for remark in remarks)
    return Line(label, shown, edit, "wrong" if question.id in view.wrong else "ok", text)


def _judged(view: View, question: Question) -> bool:
    """Whether a doubt about a file is a verdict's already: what would be remarked on is said once, there."""
    if not question.accepts_files or question.id in view.wrong:
        return False
    doubtful = (v for v in view.verdicts if v.outcome == "verify")
    return any(view.questions_of(verdict) == (question,) for verdict in doubtful)


def _standing(view: View) -> Say:
    words = view.words
    if view.sent_back:
        return Say(words(say("退回的还有{count}处没改，先看下面。", count=len(view.sent_back))), "problem")
    if view.missing or view.wrong:
        left = len(view.missing) + len(view.wrong)
        return Say(words(say("还有{left}处要补或要改，先看下面标出来的。", left=left)), "problem")
    if not view.role.leads:
        return _own_part(view)
    if view.late and not view.interview.practice:
        return Say(words(say("申报时间已经过了，只能按练习打印。可以问一下工作人员能不能补报。")), "problem")
    if view.rehearsing:
        return Say(words(say("现在打印出来带“样张”，不能用来报送。")), "note")
    if view.conclusion in IN_PAPERS:
        return Say(words(say("都填好了，但下面标着的材料还要补好、换好，再报送。")), "note")
    if view.conclusion == "pending" and _awaited(view):
        sentence = say("您这边都填好了。有的条件要等请来的人写完才判断得了：说“进度”，看还差谁。")
        return Say(words(sentence), "note")
    if view.conclusion == "pending":
        return Say(words(say("都填好了，但有条件还判断不了，下面已经标出来了，请问一下工作人员。")), "note")
    return Say(words(say("都填好了。")), "met")


def _awaited(view: View) -> bool:
    """Whether others are still to write their part, or to be asked for it."""
    return "asking" in view.role.pages and any(
        inviting.lacking(view, each)
        or any(one.stands and one.state != "done" for one in inviting.of(view, each.party))
        for each in inviting.wanted(view)
    )


def cards(view: View) -> tuple[Card, ...]:
    """The documents that can be looked at now; before the end they are marked as drafts."""
    if not view.role.leads:
        return invited.own_cards(view)
    note = (
        view.words(say("样张"))
        if view.rehearsing
        else ""
        if view.interview.finished_at
        else view.words(say("草稿"))
    )
    return tuple(
        Card(
            document.id,
            view.words.text(document.title),
            filename(document, view.scope),
            " ".join(part for part in (document.annex, note) if part),
            "xlsx" if document.sheet else "pdf",
        )
        for document in due_documents(view.programme, view.scope, LEADING)
    )


def whole(view: View) -> tuple[Card, ...]:
    """The packet in one: to be printed at a go, and to be sent or kept."""
    words, documents = view.words, due_documents(view.programme, view.scope, LEADING)
    note = words(say("电子表格在 ZIP 里")) if any(document.sheet for document in documents) else ""
    return (
        Card(
            PACKET, words(say("全部材料，一个 PDF")), packet_filename(view.programme, view.scope, "pdf"), note
        ),
        Card(
            BUNDLE,
            words(say("全部材料，一个压缩包")),
            packet_filename(view.programme, view.scope, "zip"),
            format="zip",
        ),
    )


def _own_part(view: View) -> Say:
    """How a part beside the nominee's stands once all of it is there."""
    words = view.words
    if view.barred:
        sentence = say("都填好了。上面有一条不满足，这一份算不算数，由工作人员认定。")
        return Say(words(sentence), "note")
    if view.late and not view.interview.practice:
        return Say(words(say("都填好了，但申报时间已经过了，收不收由受理的工会定。")), "note")
    return Say(words(say("都填好了。")), "met")


_OWN = say("我写的都是我了解的真实情况，我愿意对它负责。")


def declare(view: View) -> Screen:
    """What is declared before a part is done, and with the nominee's the packet is made."""
    words = view.words
    done = say("属实，生成材料") if view.role.leads else say("属实，交上")
    done = say("属实，接着递交") if handing_in.again(view) else done
    return Screen(
        parts=(
            Say(words(say("最后一步，请读一遍下面的声明："))),
            Say(words.text(view.programme.declaration) if view.role.leads else words(_OWN), "note"),
            Say(words(say("以上都属实，同意吗？")), "ask"),
        ),
        buttons=(
            Button(Action("declare"), words(done), "primary", says=True),
            Button(Action("summary"), words(say("再看看答案")), says=False),
        ),
    )


def finished(view: View) -> Screen:
    """The packet: documents to open, what to do with them, where they go."""
    words, programme = view.words, view.programme
    if view.rehearsing:
        kind = say("练习材料生成好了，每页都带“样张”。")
    elif view.wrong:
        kind = say("有{count}处答案要先改好，才能报送。请点“检查答案”。", count=len(view.wrong))
    elif view.conclusion in IN_PAPERS:
        kind = say("材料生成好了，可以打印盖章。下面标着的补好、换好，再报送。")
    else:
        kind = say("材料生成好了，可以打印盖章了。")
    begun = view.in_hand is not None and view.in_hand.result is not None
    parts = [*handing_in.standing(view), *corrected.told(view)]
    if not begun:  # the selection is on: there is nothing to be brought any more
        parts.extend((Say(words(kind), "problem" if view.wrong else "met"), _filing(view)))
    parts.extend(told(view, (v for v in view.verdicts if v.outcome != "met")))
    if begun:
        parts.append(Say(words(say("您的材料都在下面，可以点开看、下载。"))))
    elif view.in_hand:
        parts.append(Say(words(say("下面每份都可以点开看、下载。"))))
    else:
        parts.append(Say(words(say("下面每份都可以点开看、下载。要改哪里，点“检查答案”，改完重新生成。"))))
    parts.extend(handing_in.why_not(view))
    ways = handing_in.ways(view)
    primary = any(button.style == "primary" for button in ways)
    return Screen(
        parts=tuple(parts),
        buttons=(
            *ways,
            *corrected.buttons(view),
            Button(Action("papers"), words(say("材料清单")), "plain" if primary else "primary"),
            Button(Action("summary"), words(say("检查答案"))),
            Button(Action("verdicts"), words(say("条件对照"))),
            *correspondence.buttons(view),
            Button(Action("menu"), words(say("菜单"))),
        ),
        cards=(*cards(view), *whole(view)),
        title=words.text(programme.title),
    )


def _filing(view: View) -> Say:
    words, programme = view.words, view.programme
    lines = [words.text(programme.filing)] if programme.filing else []
    route = view.scope.get("route")
    if route:
        way = programme.route(str(route))
        target = wording(way.hand_in, view.scope, words.text) or words.text(way.submit_to)
        lines.append(words(say("交到：{office}", office=target)))
    if programme.window.closes and not view.late:
        day = spoken(programme.window.closes.isoformat())
        lines.append(words(say("{day}前交（{clause}）", day=day, clause=programme.window.clause)))
    if lines and view.rehearsing:
        lines.insert(0, words(say("正式报送时这样交：")))
    return Say("\n".join(lines), "note")


def papers(view: View) -> Screen:
    """Everything due: what, how many, in what form, and whether the chat already has it."""
    words = view.words
    lines = []
    for number, paper in enumerate(due_papers(view.programme, view.scope), 1):
        state = f"  [{_had(view, paper)}]" if paper.question else ""
        copies = words(say("{copies}份", copies=paper.copies)) if paper.copies else ""
        head = " ".join(part for part in (words.text(paper.title), copies, words.text(paper.form)) if part)
        lines.append(
            words(say("{number}. {paper}（{clause}）", number=number, paper=head, clause=paper.clause))
            + state
        )
        if paper.note:
            lines.append(f"   {words.text(paper.note)}")
    return Screen(
        parts=(Say(words(say("报送时要交这些："))), Say("\n".join(lines), "note")),
        buttons=(Button(Action("close"), words(say("返回")), "primary", says=True),),
    )


def _had(view: View, paper: Paper) -> str:
    """What the chat has of a paper, and whether it is still due on paper."""
    words = view.words
    question = view.form.questions.get(paper.question)
    if question and view.on_paper(question):
        return words(say("没同意发电子版，请自己备好纸质的"))
    if question is None or paper.question not in view.interview.answers:
        return words(say("还没传") if question is None or question.accepts_files else say("还没填"))
    if question.keyboard != "none":
        return words(say("写好了，打印出来交"))
    if paper.on_paper:
        return words(say("电子版已收到，纸质的还要交{copies}份", copies=paper.copies))
    return words(say("已收到"))


def finish(interview: Interview, now: datetime) -> Interview:
    """The interview as handed in at `now`."""
    return interview.model_copy(update={"finished_at": now.isoformat(timespec="seconds"), "page": ""})
