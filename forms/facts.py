"""Facts about a person within a message: 我叫陆建华，男，手机13800000000；民族：壮.

Only what can hardly be taken for anything else: what stands behind its label, numbers that prove themselves by their
shape, and a few set phrases. Which question a fact belongs to is told by the question's label, or by the id that
programmes share. Nothing is judged here: each question reads its own fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from forms.kinds.base import Question
from forms.kinds.options import code_lists
from forms.recited import figures

#: What people call a question, by the id that programmes share. A question of that label belongs there too.
_CALLED: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "本人姓名"),
    "id_number": ("身份证号码", "身份证号", "公民身份号码", "身份证", "证件号码", "证件号"),
    "phone": (
        "手机号码",
        "手机号",
        "联系电话",
        "电话号码",
        "联系方式",
        "联系手机",
        "移动电话",
        "个人电话",
        "手机",
        "电话",
    ),
    "sex": ("性别",),
    "birth": ("出生年月日", "出生年月", "出生日期", "出生时间", "生日"),
    "ethnicity": ("民族",),
    "native_place": ("籍贯",),
    "birthplace": ("出生地",),
    "political_status": ("政治面貌",),
    "education": ("最高学历", "文化程度", "学历"),
    "work_start": ("参加工作时间", "何时参加工作", "参加工作"),
    "employer": ("工作单位全称", "工作单位", "所在单位", "单位名称", "单位全称", "单位"),
    "position": ("职务", "岗位"),
    "title": ("职称",),
    "skill_level": ("职业技能等级", "技能等级", "技术等级"),
    "trade": ("从事工种（专业）", "从事工种", "工种"),
    "postcode": ("邮政编码", "邮编"),
    "email": ("电子邮箱", "电子邮件", "邮箱", "email", "e-mail"),
}
#: The questions whose answers people tell unasked.
PERSONAL = frozenset(_CALLED)
_ENDS = r"，,；;。\n\t|"
_MARKS = " \t\n，,；;。|、：:"
_BEGINS = rf"(?:^|(?<=[\s{_ENDS}、（(]))(?:我的|本人的?|我)?"
#: A number of an identity card, its birth date telling it; typed in groups at most. One that is mistyped is one, too.
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])\d{6}[ -]?(?:19|20)\d\d[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}"
    r"(?:[\dXx×叉]|[艾埃]克斯)(?![\dA-Za-z])",
    re.ASCII,
)
_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)", re.ASCII)
#: Told by its label alone.
_LANDLINE = re.compile(r"(?<![\d.])\(?0\d{2,3}\)?[ -]?\d{7,8}(?:转\d{1,5})?(?!\d)", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_CLAUSE = re.compile(rf"[^\s{_ENDS}、（()）]+")
_DAY = r"(?:19|20)?\d\d(?:年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|[.-]\d{1,2}(?:[.-]\d{1,2})?)"
_BORN = re.compile(rf"(?:我|本人)?(?:(?:出)?生于|出生于?)?(?P<date>{_DAY})(?:出?生人?)?")
_STOPS = rf"(?=[\s{_ENDS}、]|$)"
_CALLS = re.compile(
    rf"{_BEGINS}(?:叫|(?:我的)?名字叫)(?P<value>[\u4e00-\u9fff]{{2,4}}?|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+)"
    rf"(?:{_STOPS}|(?=今年|男|女|在|是|来自))"
)
_UNIT = (
    "[\u4e00-\u9fffA-Za-z0-9（）()]{2,40}?"
    "(?:公司|厂|集团|局|医院|学院|学校|大学|研究院|研究所|中心|合作社|供电所|工务段|车务段|机务段|矿|店)"
)
_WORKS = re.compile(
    rf"{_BEGINS}(?:现在|目前|一直|现)?(?:就?是)?(?:在|就职于|任职于|供职于)(?P<unit>{_UNIT})"
    r"(?:[\u4e00-\u9fff]{0,8}?(?:当|做|任|干|从事)(?:一名|的?是)?(?P<trade>[\u4e00-\u9fff]{1,8}(?:工|师|匠|员|师傅))?"
    r"|[\u4e00-\u9fff]{0,8}?(?:当|任|做)[\u4e00-\u9fff]{0,4}(?:长|书记|主任|助理|经理)"
    rf"|工作|上班)?{_STOPS}"
)
_WORKER = re.compile(
    rf"{_BEGINS}(?:是)?(?P<unit>{_UNIT})的?(?P<trade>[\u4e00-\u9fff]{{1,6}}(?:工|师|匠)){_STOPS}"
)
_IS = re.compile(
    rf"{_BEGINS}(?:就?是)(?:一名|一个|名|个)?(?P<trade>[\u4e00-\u9fff]{{1,6}}(?:工|师|匠)){_STOPS}"
)
_BRACKETS = re.compile(r"[（(]\s*[)）]|[（(]\s*$|^\s*[)）]")
_GREETING = re.compile(r"^(?:(?:大家|[你您]们?|老师们?|各位.{0,4}|领导)好[呀啊]?[！!，,。\s]*)+")
_DANGLING = re.compile(rf"(?:^|(?<=[\s{_ENDS}、]))(?:我的?|本人的?)$")
#: What any fact has in it: most messages have none, and are not searched further.
_HINT = re.compile(
    "|".join(
        (r"[:：@\t是为]|\d{6}|\d{3}[ -]\d|[族叫在于男女生员]", *(w for ws in _CALLED.values() for w in ws))
    )
)
#: What is answered with figures: only behind such a label they need no mark. 工种111 is all of it an answer.
_FIGURES = re.compile(
    "[号码]|电话|手机|座机|联系|证件?$|身份证|邮编|邮箱|mail|出生|生日|时间|日期|年月|参加工作", re.IGNORECASE
)
#: A number behind its label, up to the blank before something else.
_NUMBER = re.compile(r"\s*\+?\d[\dXx× ()（）-]*(?:转\d+)?(?=\s+[\u4e00-\u9fffA-Za-z])")
#: So many labels make a form; fewer may begin words of another meaning: 单位领导, 学历证书.
_DENSE = 3
_LABELLED = 16  # characters of a label and what stands around it
#: Shorter messages, in characters, hold no fact beside an answer.
_SHORTEST = 4
_SEXES = {"男": "男", "女": "女", "男性": "男", "女性": "女", "男的": "男", "女的": "女"}
_PARTY = ("中共党员", "中共预备党员", "共青团员", "党员", "预备党员", "团员")


@dataclass(frozen=True)
class Fact:
    """What a message says to a question, "" where none asks for it; `start` and `end` are where it stands there.

    `sure` tells that it stands behind its label or proves itself, so that it is no part of any other text. `label` is
    what it stands behind.
    """

    question: str
    text: str
    start: int
    end: int
    sure: bool = True
    label: str = ""


def facts(text: str, questions: Sequence[Question]) -> tuple[Fact, ...]:
    """The facts of a message, in its order, at most one for each question; also such as no question asks for."""
    text = figures(text)  # as long as it was
    if len(text) < _SHORTEST or not _HINT.search(text):
        return ()
    owners = _owners(tuple((question.id, question.label) for question in questions))
    taken: list[Fact] = []
    candidates = (
        _labelled(text, owners),
        _tight(text, owners),
        _shaped(text, owners),
        _in_passing(text, owners),
    )
    for fact in chain(*candidates):
        free = all(fact.end <= other.start or fact.start >= other.end for other in taken)
        if free and (not fact.question or all(fact.question != other.question for other in taken)):
            taken.append(fact)
    return tuple(sorted(taken, key=lambda fact: fact.start))


def called(word: str) -> bool:
    """Whether people call something so that they tell of themselves."""
    return any(word.casefold() in words for words in _CALLED.values())


def owner(word: str, questions: Sequence[Question]) -> str:
    """The id of the question that people call so; "" where none is called so, or more than one."""
    owners = _owners(tuple((question.id, question.label) for question in questions))
    return owners.get(word, "") or owners.get(word.casefold(), "")


def remainder(text: str, taken: Sequence[Fact]) -> str:
    """The message without its facts and the marks between them."""
    kept, at = [], 0
    for fact in taken:
        kept.append(text[at : fact.start])
        at = fact.end
    kept.append(text[at:])
    parts = (
        _DANGLING.sub("", _BRACKETS.sub("", _GREETING.sub("", part.strip(_MARKS)))).strip(_MARKS)
        for part in kept
    )
    return "，".join(filter(None, parts))


@lru_cache(maxsize=1024)  # the paths of all programmes on offer
def _owners(questions: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The question's id by what people call it; what may mean either of two questions is left out.

    `questions` are ids and labels.
    """
    owners: dict[str, str] = {}
    for shared, words in _CALLED.items():
        named = [name for name, _ in questions if name == shared]
        same = named or [name for name, label in questions if label in words]
        if len(same) < 2:
            owner = same[0] if same else ""
            owners.update(dict.fromkeys((*words, f"={shared}"), owner))
    labels = [label for _, label in questions]
    owners.update({label: name for name, label in questions if labels.count(label) == 1 and len(label) > 1})
    return owners


@cache
def _labels(words: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    mark = r"\s*[:：]\s*|\s*[是为]\s*|\t\s*|\s*(?=\+?\d{3}|[\w.+-]+@)| +"
    return re.compile(rf"{_BEGINS}(?P<word>{named})(?P<mark>{mark})", re.IGNORECASE)


def _labelled(text: str, owners: Mapping[str, str]) -> Iterator[Fact]:
    words = tuple(word for word in owners if not word.startswith("="))
    by_word = {word.casefold(): owner for word, owner in owners.items()}
    heads = list(_labels(words).finditer(text)) if words else []
    apart = sum(bool(head["mark"].strip(" ")) for head in heads) or len(heads) > 1
    for place, head in enumerate(heads):
        if (
            not head["mark"].strip()
            and "\t" not in head["mark"]
            and not _digits(text, head.end())
            and not apart
        ):
            continue  # a label and a blank alone is no form that was filled in
        if not head["mark"] and not _FIGURES.search(head["word"]):
            continue
        stop = heads[place + 1].start() if heads[place + 1 :] else len(text)
        value = re.match(rf"[^{_ENDS}]+", text[head.end() : stop])
        said = _inside(value[0]) if value else ""
        if figures := _NUMBER.match(said) if _FIGURES.search(head["word"]) else None:
            said = figures[0]  # 电话13800000000 壮族
        if said.strip():
            end = head.end() + len(said.rstrip())
            owner = by_word[head["word"].casefold()]
            yield Fact(owner, said.strip(), head.start(), end, label=head["word"])


def _tight(text: str, owners: Mapping[str, str]) -> Iterator[Fact]:
    """Several labels with nothing behind them but the values, as dictation writes a form: 姓名陆建华 性别男 民族壮."""
    words = tuple(word for word in owners if not word.startswith("=") and len(word) > 1)
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    clauses = re.finditer(
        rf"(?:^|(?<=[\s{_ENDS}]))(?P<word>{named})(?![是为:：])(?P<value>[^\s{_ENDS}:：]+)", text
    )
    heads = list(clauses) if words else []
    for head in heads if len(heads) >= _DENSE else ():
        yield Fact(owners[head["word"]], head["value"], head.start(), head.end(), label=head["word"])


def _inside(value: str) -> str:
    """The value up to a bracket that was opened before its label: 南宁机械厂（电话0771-2805708）."""
    for at, char in enumerate(value):
        if char in ")）" and not re.search("[（(]", value[:at]):
            return value[:at]
    return value


def _digits(text: str, at: int) -> bool:
    return text[at : at + 3].lstrip("+").isdecimal() or "@" in text[at : at + 64]


def _shaped(text: str, owners: Mapping[str, str]) -> Iterator[Fact]:
    """Numbers and addresses that nothing else looks like."""
    for shared, shape in (
        ("id_number", _IDENTITY),
        ("phone", _MOBILE),
        ("phone", _LANDLINE),
        ("email", _EMAIL),
    ):
        owner = owners.get(f"={shared}")
        for match in shape.finditer(text) if owner is not None else ():
            if owner is not None:
                label = _labels_before(shared).search(text[max(match.start() - _LABELLED, 0) : match.start()])
                if label or shape is not _LANDLINE:
                    yield Fact(owner, match[0], match.start() - len(label[0] if label else ""), match.end())


@cache
def _labels_before(shared: str) -> re.Pattern[str]:
    """The label of a fact where words run into it, as dictation has it: 我叫陆建华身份证号4501…."""
    return re.compile(
        rf"(?:我的?|本人的?|单位的?|办公室?的?|公司的?|家里的?)?(?:{'|'.join(_CALLED[shared])})\s*[是为:：]?\s*$",
        re.IGNORECASE,
    )


def _in_passing(text: str, owners: Mapping[str, str]) -> Iterator[Fact]:
    """Set phrases and clauses of one word."""
    called = _CALLS.search(text)
    if called and "=name" in owners:
        yield Fact(owners["=name"], called["value"], called.start(), called.end(), sure=False)
    works = _WORKS.search(text) or _WORKER.search(text)
    if works and "=employer" in owners:
        cut = works.start("trade") if works["trade"] and "=trade" in owners else works.end()
        yield Fact(owners["=employer"], works["unit"], works.start(), cut, sure=False)
        if cut < works.end():
            yield Fact(owners["=trade"], works["trade"], cut, works.end(), sure=False)
    trade = _IS.search(text)
    if trade and not works and "=trade" in owners:
        yield Fact(owners["=trade"], trade["trade"], trade.start(), trade.end(), sure=False)
    for clause in _CLAUSE.finditer(text):
        shared, value = _one_word(clause[0])
        if shared and f"={shared}" in owners:
            yield Fact(owners[f"={shared}"], value, clause.start(), clause.end(), sure=False)


def _one_word(said: str) -> tuple[str, str]:
    """What a clause of one word says: the shared id of its question and the answer; "" where nothing."""
    born = _BORN.fullmatch(said)
    if born and "生" in said:
        return "birth", born["date"]
    if said in _SEXES:
        return "sex", _SEXES[said]
    if said.removeprefix("民族") in _peoples():
        return "ethnicity", said.removeprefix("民族")
    if said.startswith("民族") and f"{said[2:]}族" in _peoples():
        return "ethnicity", said[2:]
    return ("political_status", said) if said in _PARTY else ("", "")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(option.shown for option in code_lists()["ethnic"] if option.shown.endswith("族"))
