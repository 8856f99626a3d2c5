"""A career (个人简历) as it bears on what else is told: the first job, the months at work, other trades, the employer.

Rows are those of a `records` question: `start`, `end` (“至今” while it goes on), `where` and `what`. What is schooling and
which trade a row names is read from words, so nothing here refuses anybody: it shows the staff where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from forms.spans import ordinal
from forms.unit_names import stem

Row = Mapping[str, Any]

_PRESENT = "至今"
_SCHOOL = re.compile(
    r"学校|学院|大学|中学|小学|职高|技校|中专|高中班|附中|党校|电大|^.{2,8}[一二三四五六七八九十]中$|学堂"
)
_STUDY = re.compile(
    r"初中|高中|中专|大专|专科|本科|硕士|博士|研究生|专业|学生|就读|读书|学习|学员|技工班|预科|函授|中技|高技"
)
#: Who works at a school. An apprentice works, a student on placement is still a student.
_TEACHES = re.compile(
    r"教师|老师|教员|讲师|教授|教练|实训|辅导员|员工|职工|工人|厨|保安|电工|维修|司机|后勤|校医|校长|主任|科长|干事"
)
#: Courses beside the work; they neither begin nor interrupt it.
_ASIDE = re.compile(r"函授|自考|自学考试|业余|在职|夜大|电大|成人|网络教育|开放大学|培训班|党校|短训")
#: A named trade: 厨师, 电工, 驾驶员, 司机. Ranks and posts within any trade say nothing of which one it is.
_TRADE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:工|师|师傅|司机|驾驶员|售货员|收银员|服务员|保管员|快递员|保安|会计|出纳|文员)"
)
_ANY_TRADE = re.compile(
    r"(?:特级|首席|高级|中级|初级|助理|一级|二级|三级|主任|总|副总)*(?:技师|工程师|工|学徒工|学工|员工|职工|普工|操作工|工人|技工|技术工|徒工|民工|杂工|临时工|合同工|派遣工|实习工|老师|教师|讲师|技术员)$"
)
_COMMON = frozenset("工师傅员长手的高中初级技术车间班组副正总首席特助理主任岗位操作一线生产机")
_REACH = 2  # so many characters of a name in common, at the least, make it the same name


def at_school(row: Row) -> bool:
    """Whether a row is schooling: a school by its name, and nobody who works there."""
    where, what = str(row.get("where", "")), str(row.get("what", ""))
    if _TEACHES.search(what) and not _STUDY.search(what):
        return False
    return bool(_SCHOOL.search(where)) or (
        bool(_STUDY.fullmatch(what)) and not where.endswith(("公司", "厂", "部", "店"))
    )


_AT_HOME = re.compile(r"在家|务农|待业|失业|无业|下岗|养病|病休|复读|带孩子|照顾(?:家人|老人|孩子)|家庭主妇")


def jobs(rows: Iterable[Row]) -> list[Row]:
    """The rows that are work, at no school and not at home, those alone that say when they began."""
    return [
        row
        for row in rows
        if row.get("start")
        and not at_school(row)
        and not _AT_HOME.search(f"{row.get('where', '')}{row.get('what', '')}")
    ]


def first_job(rows: Sequence[Row], near: str = "") -> str:
    """The month in which the first job of a career began; empty without any.

    Whoever worked, went back to school and then began for good may count either beginning: the one that lies nearest to
    a month `near` is meant.
    """
    begun = sorted(str(row["start"])[:7] for row in jobs(rows))
    if not begun:
        return ""
    ends = [str(row["end"])[:7] for row in rows if _full_time(row) and row.get("end", _PRESENT) != _PRESENT]
    again = [month for end in ends if (month := next((month for month in begun if month >= end), ""))]
    beginnings = [begun[0], *again] if near else begun
    return min(beginnings, key=lambda month: abs(ordinal(month) - ordinal(near))) if near else begun[0]


def _full_time(row: Row) -> bool:
    return at_school(row) and not _ASIDE.search(f"{row.get('where', '')}{row.get('what', '')}")


def studying_at(rows: Iterable[Row], moment: str) -> list[Row]:
    """The full-time schooling in the midst of which a moment lies: a year and more before its end."""
    schooling = []
    for row in rows:
        if not row.get("start") or not _full_time(row):
            continue
        ends = row.get("end", "")
        midst = ends == _PRESENT or (bool(ends) and ordinal(ends) - ordinal(moment) > _YEAR)
        if midst and ordinal(row["start"]) < ordinal(moment):
            schooling.append(row)
    return schooling


def months_in(rows: Iterable[Row], since: str, until: str) -> int:
    """The months from `since` to `until` that lie in any of the rows, each counted once."""
    ends = sorted(
        (
            max(ordinal(str(row["start"])), ordinal(since)),
            ordinal(until)
            if row.get("end", _PRESENT) == _PRESENT
            else min(ordinal(str(row["end"])), ordinal(until)),
        )
        for row in rows
        if row.get("start")
    )
    total, covered = 0, ordinal(since)
    for begins, stops in ends:
        total += max(0, stops - max(begins, covered))
        covered = max(covered, stops)
    return total


def months_at_work(rows: Sequence[Row], since: str, until: str) -> int:
    """The months of a career from `since` to `until` that do not lie in a gap of more than a quarter, nor at school."""
    closed: list[dict[str, Any]] = []
    for row in sorted(jobs(rows), key=lambda row: str(row["start"])):
        last = closed[-1] if closed else None
        if last and last["end"] != _PRESENT and 0 < ordinal(str(row["start"])) - ordinal(last["end"]) <= _GAP:
            last["end"] = str(row["start"])  # from one employer to the next, nobody counts the weeks between
        closed.append({"start": str(row["start"]), "end": str(row.get("end") or _PRESENT)})
    return months_in(closed, since, until)


_YEAR, _GAP = 12, 4


def other_trades(rows: Iterable[Row], trade: str, since: str) -> list[Row]:
    """The jobs since a month that name another trade: 厨师 beside 焊工. A post (班长) or a rank (高级技师) names none."""
    others = []
    for row in jobs(rows):
        what, ends = str(row.get("what", "")), str(row.get("end", _PRESENT))
        if ends != _PRESENT and ordinal(ends) <= ordinal(since):
            continue
        named = [name for name in re.split(r"[、，,；;/和兼及\s]", what) if name]
        if named and all(_names_another(name, trade) for name in named):
            others.append(row)
    return others


def _names_another(name: str, trade: str) -> bool:
    if not _TRADE.fullmatch(name) or _ANY_TRADE.fullmatch(name):
        return False
    return not (set(name) - _COMMON) & (set(trade) - _COMMON) and bool(set(trade) - _COMMON)


def employer_now(rows: Sequence[Row]) -> str:
    """Where the job is that goes on to this day; empty where none or several do."""
    here = [str(row.get("where", "")) for row in jobs(rows) if row.get("end") == _PRESENT]
    return here[0] if len(here) == 1 else ""


def unlike(one: str, other: str) -> bool:
    """Whether two names of a unit have too little in common to be one: what is left of a company's legal form decides."""
    mine, theirs = (
        stem(one[:]),
        stem(other[:]),
    )  # the slice is what makes an answer that is still missing say so
    if not mine or not theirs or mine in theirs or theirs in mine:
        return False
    pairs = {mine[at : at + _REACH] for at in range(len(mine) - 1)}
    return not any(theirs[at : at + _REACH] in pairs for at in range(len(theirs) - 1))
