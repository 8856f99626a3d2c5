"""Rows of `records` told in sentences: 2015年获市劳模，2018年获…；我2003年技校毕业进了柳钢当焊工，2010年…，一直到现在.

What is made of a sentence is a guess, to be shown and asked about before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.dates import PRESENT, clauses
from forms.kinds.awards import award, verb
from forms.kinds.base import Answer, Check, Circumstances, Given, Question, Unfinished
from forms.kinds.lines import of_a_year, plainly, read_line
from forms.kinds.moments import MomentQuestion
from forms.kinds.text import TextQuestion
from forms.kinds.told import Told

_MARKS = " \t，,；;。.、：:"
_NOW = re.compile(
    r"[，,]?(?:后来)?(?:就|也|还)?(?:一直|直)?(?:[干做])?(?:(?<!参加)工作)?(?:至今|[到至](?:了)?(?:现在|今天?|目前)(?!的)|(?:现在|目前)(?:还|仍|也|就)?(?:(?=[当任做干是])|在?(?:干|岗|职|那里|这里)?$))"
)
_GRADUATED = re.compile(
    r"^[^，,进到去在当]{0,12}?毕业(?:之?后|以后)?[，,]?|^参加工作[，,]?|^毕业(?:分配)?(?:后)?[，,]?"
)
_WENT = re.compile(
    r"(?:都|一直|就|均|仍|还|先|又)*(?:进(?!出口|修|步|口)(?:入|到)?[了的]?|调(?:入|到|去|往|进)了?|转(?:入|到|去|往|岗到|业到)了?"
    r"|分(?:配)?(?:到|去|入|进|往)了?|考(?:入|到|上|进|取)了?|到(?!家)了?|去了?|来到?了?|在(?!线)|于(?!都|洪|是)|加入了?|入职了?"
    r"|回来(?:后|就)?在?|回到?了?|上了?(?=[^，,]{0,8}[校院])|就[读职]于|应聘到了?|任职于)"
)
_DOING = (
    "(?:担任|当(?![选地代阳])上?了?|(?<![主责上信])任|做|(?<![骨主])干(?![部警线])|从事|(?<![中小大科文数])学习?(?![校院])|读书?|念书?"
    "|上[的了]?(?=初中|高中|小学|大学|中专|大专|本科)|工作(?![室站服])|上班|打工|搞|提[了为]|提拔[为成]|升[为任了])"
)
#: Words for a place that name none.
_NO_PLACE = frozenset(["转正", "出师", "毕业", "退伍", "厂", "工厂", "单位", "公司", "学校", "厂里", "外地"])
_POST = re.compile(rf"^(?P<where>.*?)[，,]?{_DOING}(?P<what>.*)$")
#: A unit and a post with nothing between: 南机厂焊工.
_UNIT_AND_POST = re.compile(
    "(?P<where>[^，,：:\\s]{1,30}(?:公司|厂|集团|局|车间|中心|[大支]队|站|段|研究所|供电所|医院|学院|店|矿))"
    "(?P<what>[^，,：:\\s]{0,6}(?:工|师|员|班长|组长|队长|段长|学徒|助理|主任|经理|书记|烧焊|电焊|维修|检修))"
    "|(?P<school>[^，,：:\\s]{1,30}(?:中学|小学|学校|技校|学院|大学))(?P<taught>初中|高中|小学|中专|大专|本科|[^，,：:\\s]{1,8}专业)"
)
#: What is a part of the unit that was spoken of before.
_PART = re.compile(
    r"^(?!.*(?:公司|(?<!分)厂|集团|学校|学院|中学|小学|技校|局|中心|医院)).{0,8}(?:车间|班组?|工段|分厂|科|部|室|处|队)$"
)
#: What people date in a life that is no post of their own.
_ASIDE = re.compile(
    rf"[{_MARKS}]*(?:(?:出?生|结婚|入党|入团)[^{_MARKS}]{{0,6}}|(?:参加工作|[^{_MARKS}]{{0,6}}毕业)[了后]?)[{_MARKS}]*"
)
_LEFT = re.compile(rf"[{_MARKS}]*(?:就|才|正式|顺利)?(?:毕业|结业|退伍|离职|辞职)[了后]?[{_MARKS}]*")
_SCHOOL = re.compile(r"(?:学校|技校|学院|中学|小学|一中|二中|三中|职高|(?<!^)大学)$")
_AND_THEN = re.compile(r"[，,]?(?:先|就|又|后来|并)+$")
#: 2016、2017、2018年都获公司先进: one honour in each of the years. Without a verb it is the honour's name.
_SEVERAL_YEARS = re.compile(
    r"(?<!\d)(?P<years>(?:19|20)\d\d年?(?:[、，,和及与]\s*(?:19|20)\d\d年?)+)"
    r"(?:都|均|分别|先后|连续(?:[二两三四五六七八九十\d]+年)?)*(?=被|荣?获|评|得(?!力|胜)|拿|当选|蝉联)"
    r"(?P<words>[^，,；;。\n]{2,})"
)


def told(
    fields: Sequence[Question], lines: Sequence[str], period: Sequence[str], about: Circumstances
) -> list[Told]:
    """The rows that sentences tell; empty where they are none, or not made of dated clauses.

    `period` names the start and end of a story in months, and is empty for other tables.
    """
    text = "，".join(plainly(line, not period, about) for line in lines)
    cut = _cut(text if period else _SEVERAL_YEARS.sub(_one_by_one, text), bool(period))
    if any("\t" in line for line in lines) or (not period and len(cut) < len(lines)):
        return []
    if not cut or any(not words.strip(_MARKS) for _, words in cut):
        return []
    rows = [_row(fields, dates, words, period, about) for dates, words in cut]
    if len(rows) <= len(lines) and not any(row.guessed for row in rows):
        return []  # set out as rows
    place = next((field.id for field in fields if isinstance(field, TextQuestion)), "")
    whole = _chained(rows, period, place) if period and place else rows
    named = not period and all(row.said > 1 or of_a_year(str(row.row.get(place, ""))) for row in whole)
    return whole if named or all(row.said > 1 for row in whole) else []


def _one_by_one(found: re.Match[str]) -> str:
    """The years that share what was won, each with it."""
    return "，".join(f"{year}年{found['words']}" for year in re.findall(r"\d{4}", found["years"]))


def _cut(text: str, story: bool) -> list[tuple[list[str], str]]:
    """The dated clauses of a text. In a story what is no post is left out; a leaving of school ends the row before it."""
    cut: list[tuple[list[str], str]] = []
    for dates, words in clauses(text, story):
        if not story or not _ASIDE.fullmatch(words):
            cut.append((dates, words))
        elif _LEFT.fullmatch(words) and cut and len(cut[-1][0]) == len(dates) == 1:
            cut[-1][0].append(dates[0])
    return cut


def _row(
    fields: Sequence[Question], dates: list[str], words: str, period: Sequence[str], about: Circumstances
) -> Told:
    said = words.strip(_MARKS)
    framed = 0 if period else verb(said)
    apart = said[framed:].strip()
    if re.search(r"\S\s+\S", apart):  # set apart as in a table
        line = read_line(fields, f"{'—'.join(dates[:2])} {apart}".strip(), about)
        line.guessed = line.guessed or framed > 0
        if line.said > 2:
            return line
    row = Told()
    moments = [field for field in fields if isinstance(field, MomentQuestion)]
    for moment, moment_said in zip(moments, dates, strict=False):
        _at(row, moment, moment_said, about)
    wordy = [field for field in fields if isinstance(field, TextQuestion)]
    spoken = _post(said) if period else award(said)
    if period and spoken.pop("now", ""):
        _at(row, next(field for field in moments if field.id == period[1]), PRESENT, about)
    row.guessed = spoken.pop("sure", "") == ""
    for field, text in zip(wordy, (spoken.get("first", ""), spoken.get("second", "")), strict=False):
        reading = field.parse(Given(text=text), None, about) if text else None
        if isinstance(reading, Answer):
            row.row[field.id] = reading.value
    return row


def _at(row: Told, moment: Question, said: str, about: Circumstances) -> None:
    reading = moment.parse(Given(text=said), None, about)
    if isinstance(reading, Answer | Check):
        row.row[moment.id] = reading.value
    elif isinstance(reading, Unfinished) and reading.draft:
        row.known[moment.id] = reading.draft


def _post(said: str) -> dict[str, str]:
    """Where somebody was and as what; `now` where it still goes on."""
    plain = _NOW.sub("，", said, count=1)
    now = "yes" if plain != said else ""
    plain = _GRADUATED.sub("", plain.strip(_MARKS), count=1).strip(_MARKS)
    went = _WENT.match(plain)
    rest = plain[went.end() :] if went else plain
    post = _POST.match(rest)
    if post:
        where, what = _AND_THEN.sub("", post["where"].strip(_MARKS)), post["what"].strip(_MARKS)
    else:
        where, what = (part.strip(_MARKS) for part in (*re.split("[，,：:]", rest, maxsplit=1), "")[:2])
        if not what and (both := _UNIT_AND_POST.fullmatch(where)):
            where, what = both["where"] or both["school"], both["what"] or both["taught"]
    if not where and _SCHOOL.search(what):
        where, what = what, ""
    sure = "" if post or went or now else "yes"
    return {"first": "" if where in _NO_PLACE else where, "second": what, "now": now, "sure": sure}


def _chained(rows: list[Told], period: Sequence[str], place: str) -> list[Told]:
    """Where one post follows another, each ends as the next begins, and is in the same unit where it names none.

    A part is one of the unit before.
    """
    start, end = period
    unit = ""
    for row, following in zip(rows, [*rows[1:], Told()], strict=True):
        if end not in row.row and end not in row.known:
            if start in following.row:
                row.row[end] = following.row[start]
            elif start in following.known:
                row.known[end] = following.known[start]
                following.follows = True
        where = row.row.get(place, "")
        if unit and not where:
            row.row[place] = unit
        elif unit and _PART.match(where) and not where.startswith(unit):
            row.row[place] = unit + where
        elif where:
            unit = "" if _SCHOOL.search(where) else where
    return rows
