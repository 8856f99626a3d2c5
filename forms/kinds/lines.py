"""Rows of `records` as people type them: a whole row in one line, in words or in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from forms.dates import Unreadable, absolute, dated_behind, leading, means_present, read, without_clock
from forms.kinds.awards import unframed
from forms.kinds.base import Answer, Check, Circumstances, Given, Question, Unfinished
from forms.kinds.moments import MomentQuestion
from forms.kinds.name import NameQuestion
from forms.kinds.place import PlaceQuestion
from forms.kinds.prose import ProseQuestion
from forms.kinds.text import TextQuestion
from forms.kinds.told import Told
from forms.understanding import meaning

#: A number or a sign in front of a row; symbol fonts keep theirs in the private use area.
_BULLET = re.compile(
    r"^\s*(?:[（(]?\d{1,2}(?:[、)）]|[.．](?!\d)|[.．](?=(?:19|20)\d\d[年./-]))"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、"
    r"|[\u2460-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]"
    r"|[-–—•·*∙‣◦▪▫◆◇●○■□▲△►▶➢➤➔❖★☆※✓✔√☑→\ue000-\uf8ff])[\s\xa0]*"
)
#: 从05年7月份进厂: the date is told, not listed.
_SINCE = re.compile("^(?:我|本人)?(?:从|自从?|打)(?=[\\d〇零一二][\\d〇零一二三四五六七八九]{1,3}[年./-])")
#: What says only that a post began, and names none.
_BEGAN = re.compile("(?:就|开始|正式)*(?:参加工作|上班|进厂|入职|工作)(?:了|的)?")
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】", "[": "]"}
_WORDY = (TextQuestion, NameQuestion, PlaceQuestion, ProseQuestion)  # these take nearly any word
_LONGEST_LINE = 1000
_NO_MORE = frozenset(["跳过", "略过", "没有了", "没了", "写完了", "完了", "skip"])
_ORDINAL = re.compile(r"第?\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}、?")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.0+)?", re.ASCII)
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
#: What stands above the columns of a table.
_HEADING = re.compile(
    r"(?:序号?|编号|年月|起始|开始|截止|结束|.{0,4}(?:时间|日期|年份)|起止.{0,4}|.{0,6}(?:名称|单位|学校|职务|岗位|专业|级别)|荣誉|奖项|经历"
    r"|证明人|备注)"
)
_OF_A_YEAR = re.compile(r"(?:19|20)\d\d(?:[-—–～~至到](?:19|20)?\d\d)?(?:年度|年?[届级]|年连续).{2,}")
_OF_YEARS = re.compile(r"(?:19|20)\d\d年?(?:[、，,和及与]\s*(?:19|20)\d\d年?)+\D{2,}")
_HONOUR = re.compile(
    "(?![没不无未])[\u4e00-\u9fff“”（）()·\\d、]{1,40}(?:[章奖]|能手|标兵|模范|劳模|先锋|称号|工匠|大师|状元|冠军|名|红旗手|带头人|新秀|尖兵|之星|好人"
    "|先进(?:个人|工作者|生产者)?|(?:优秀|先进)(?:员工|职工|党员|教师|班组长|工人|个人))(?:[（(].{0,20}[)）])?"
)
_OFFICE = re.compile(".{0,20}(?:总工会|工会|[厅局委]|政府|办公室|协会|学会|联合会|集团|公司|组委会|[厂社])")
#: A dash with no date behind it: 2002.7- 南宁机械厂.
_OPEN_END = re.compile("^ *[-—–~～至到]+ *(?=[^\\s\\d\t])")
_DATED_AT_THE_END = re.compile(r"^(?P<words>.+?)\s*[（(]\s*(?P<date>[^（()）]*\d年?[^（()）]*)[)）]\s*$")


def bare(line: str) -> str:
    """The line less the number or the sign in front of it, and the times of day behind its dates."""
    return without_clock(_SINCE.sub("", _BULLET.sub("", _BULLET.sub("", line[:_LONGEST_LINE]))))


def plainly(line: str, won: bool, about: Circumstances) -> str:
    """The bare line with its years in figures (去年), and only what was `won` where it tells that somebody won it."""
    plain = absolute(bare(line), about.today)
    return dated_behind(unframed(plain)) if won else plain


def regrouped(lines: Sequence[str], most: int) -> list[str]:
    """The lines, with those put together that are the cells of one row: a date by itself, and words below it."""
    dated = [bool(leading(bare(line))[0]) for line in lines]
    alone = [not leading(bare(line))[1].strip() for line in lines]
    if (
        not lines
        or not dated[0]
        or dated != [date and single for date, single in zip(dated, alone, strict=True)]
    ):
        return list(lines)
    rows: list[list[str]] = []
    for line, begins in zip(lines, dated, strict=True):
        if begins and not (rows and len(rows[-1]) == 1):
            rows.append([])
        rows[-1].append(line.strip())
    return list(lines) if any(not 1 < len(row) <= most for row in rows) else ["\t".join(row) for row in rows]


def heading(line: str) -> bool:
    """Whether it is the line of headings above the columns of a table."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    return len(cells) > 1 and all(_HEADING.fullmatch(cell) for cell in cells)


def of_a_year(line: str) -> bool:
    """Whether it names something by its year, which is no date of its own: 2018年度先进工作者."""
    return any(called.match(bare(line)) for called in (_OF_A_YEAR, _OF_YEARS))


def honoured(name: str) -> bool:
    """Whether it is what an honour is called: 广西技术能手, 先进生产者（2015、2016）."""
    return _HONOUR.fullmatch(name.strip()) is not None


def read_line(fields: Sequence[Question], line: str, about: Circumstances) -> Told:
    """What a line says about the fields: dates at its head or apart, then what fits, then the words in order."""
    heard = Told()
    moments = [field for field in fields if isinstance(field, MomentQuestion)]
    text = plainly(line, len(moments) == 1, about)
    dates, rest = leading(text) if not _OF_YEARS.match(text) else ([], text)
    at_the_end = None if dates or "\t" in text else _DATED_AT_THE_END.match(text)
    if at_the_end and moments and _reads(heard, moments[0], at_the_end["date"].strip(), about):
        rest = at_the_end["words"]
    for moment, said in zip(moments, dates, strict=False):
        _reads(heard, moment, said, about)
    if len(dates) > len(moments):
        return Told()
    wordy = [field for field in fields if isinstance(field, _WORDY)]
    if len(moments) > 1:
        rest = _OPEN_END.sub("", rest)
    parts = _cells(heard, text, rest, moments) if "\t" in text else _words(heard, fields, rest)
    for field in fields:
        if not heard.says(field) and not isinstance(field, _WORDY):
            fitting = next((part for part in parts if part and _reads(heard, field, part, about)), None)
            if fitting is None and isinstance(field, MomentQuestion) and "\t" in text:
                fitting = next((part for part in parts if _counted(heard, field, part, about)), None)
            if fitting is not None:
                parts.remove(fitting)
    if len(moments) > 1 and dates:
        parts = [part for part in parts if not _BEGAN.fullmatch(part)]
    for index, field in enumerate(wordy, 1):
        last = index == len(wordy)
        if parts[:1]:
            _reads(heard, field, " ".join(filter(None, parts)) if last else parts[0], about)
        parts = parts[1:]
    if len(moments) == 1 and len(wordy) == 2:
        _given_first(heard, wordy)
    row = {field.id: heard.row[field.id] for field in fields if field.id in heard.row}
    return Told(row, heard.known, heard.guessed)


def _given_first(heard: Told, wordy: Sequence[Question]) -> None:
    """Put right who gave an honour where it stands before what it is called: 自治区总工会 五一劳动奖章."""
    what, giver = (str(heard.row.get(field.id, "")) for field in wordy)
    if _OFFICE.fullmatch(what) and not honoured(what) and honoured(giver):
        heard.row[wordy[0].id], heard.row[wordy[1].id] = giver, what


def _cells(heard: Told, text: str, rest: str, moments: Sequence[MomentQuestion]) -> list[str]:
    """The cells behind the dates at the head; a number of its own in front of a row is none of them.

    One that is left empty, or holds a dash alone, is that of a date that is not known.
    """
    cells = [cell.strip() for cell in rest.split("\t")]
    if rest == text:
        return cells[1:] if moments and _ORDINAL.fullmatch(cells[0]) else cells
    if not cells[0].strip("-–—~～"):
        del cells[0]
    for moment in moments:
        if not heard.says(moment) and cells and not cells[0].strip("-–—~～"):
            del cells[0]
    return cells


def _words(heard: Told, fields: Sequence[Question], rest: str) -> list[str]:
    parts = _split(rest, str.isspace)
    needed = sum(not heard.says(field) and not field.optional for field in fields)
    if rest[:1] and rest[:1] in "—–":  # 2018年12月——广西技术能手——人社厅
        return _split(rest, lambda char: char in "—–")
    listed = rest[:1] and rest[:1] in "，,、；;|｜：:"
    if (len(parts) < needed or listed) and not _OF_YEARS.match(rest):
        parts = _split(rest, lambda char: char.isspace() or char in "，,；;|｜、/")
    return parts


def _reads(heard: Told, field: Question, text: str, about: Circumstances) -> bool:
    if isinstance(field, MomentQuestion) and not _dated(text, about):
        return False  # a year within other words (2019年先进工作者) is no answer of its own
    reading = field.parse(Given(text=text), None, about)
    # The row is told back, so a guess at a year or a bare province needs no question of its own.
    guessable = isinstance(field, MomentQuestion | PlaceQuestion)
    if isinstance(reading, Answer) or (guessable and isinstance(reading, Check)):
        heard.row[field.id] = reading.value
        return True
    if isinstance(field, MomentQuestion) and isinstance(reading, Unfinished) and reading.draft:
        heard.known[field.id] = reading.draft
        return True
    return False


def _counted(heard: Told, field: MomentQuestion, text: str, about: Circumstances) -> bool:
    """Whether a cell is the number of a day, as spreadsheets count them: 43647 is 1 July 2019."""
    if not _SERIAL.fullmatch(text):
        return False
    day = _EPOCH + timedelta(days=int(float(text)))
    heard.guessed = day <= about.today and _reads(heard, field, day.isoformat(), about)
    return heard.guessed


def _dated(text: str, about: Circumstances) -> bool:
    try:
        return means_present(text) or bool(read(text, about.today))
    except Unreadable:
        return False


def word(given: Given) -> str:
    """What was typed, to be held against a list of words."""
    return (given.text or "").strip("。.！! ").casefold()


def no_more(text: str) -> bool:
    """Whether it says that there are no more rows; typed within a row it passes over a field."""
    return word(Given(text=text)) in _NO_MORE or meaning(text) == "none"


def _split(text: str, between: Any) -> list[str]:
    """The parts of a text, brackets and quotes kept whole."""
    parts, part, closing = [], "", ""
    for char in text:
        if closing:
            closing = "" if char == closing else closing
        elif char in _BRACKETS and _BRACKETS[char] in text:
            closing = _BRACKETS[char]
        elif between(char):
            parts.append(part)
            part = ""
            continue
        part += char
    return [kept for kept in (part.strip("，,；;、：: ") for part in [*parts, part]) if kept]
