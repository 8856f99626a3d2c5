"""Reading the dates that people type (facts: the notices' own styles and what phones produce).

A point in time is ISO text as fine as it is known: "2016", "2016-06" or "2016-06-20".
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from forms.characters import folded, simplified
from forms.message import Message, say
from forms.numerals import to_arabic

PRESENT = "至今"
EARLIEST, LATEST = 1900, 2100

_PRESENT_WORDS = frozenset({"至今", "现在", "目前", "今", "到现在", "到今", "present", "now"})
_VAGUE = re.compile(r"大概|大约|约|左右|前后|好像|可能|应该|吧|的样子")
#: Days of the moon, whose calendar libraries disagree about by a day or a month (`findings/lunardate-new-moons.sh`).
_LUNAR = re.compile(r"[农阴旧老]历|[正冬腊]月|闰.{1,2}月|月(?:初[一二三四五六七八九十\d]|[廿卅])")
_BESIDE = re.compile(r"[(（][农阴旧老]历[^)）]*月[^)）]*[)）]")  # 1978年9月17日（农历八月十五）
_FRAME = re.compile(r"^[是在从自于]+|[起。，,]+$|(?:开始|参加工作|入职|毕业)$")
_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}

_SEP = r"\s*[-./,、。·~—–_\s]\s*"
_CHINESE = re.compile(r"(\d{4}|\d{2})\s*年\s*(?:(\d{1,2})\s*(?:月份?)?\s*(?:(\d{1,2})\s*[日号]?)?)?")
_PARTED = re.compile(rf"(\d{{4}}|\d{{2}}){_SEP}(\d{{1,2}})(?:月份?)?(?:{_SEP}(\d{{1,2}})[日号]?)?")
_SOLID = re.compile(r"(\d{4})(?:(\d\d)(\d\d)?)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{4})\s*年?")
_ENGLISH = re.compile(
    r"(?:(?:the\s+)?(?P<before>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>[a-z]{3,9})\.?,?\s+"
    r"(?:(?:the\s+)?(?P<behind>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:(?:of|in)\s+)?(?P<year>\d{4})",
    re.IGNORECASE,
)
_ENGLISH_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4}),?\s+(?P<month>[a-z]{3,9})\.?(?:\s+(?:the\s+)?(?P<before>\d{1,2})(?:st|nd|rd|th)?)?(?P<behind>)",
    re.IGNORECASE,
)
#: What leads up to a date in English, and what says that it is a guess.
_ENGLISH_FRAME = re.compile(
    r"^(?:(?:i\s+)?(?:started|began|joined|was|it\s+was|it's|since|from|in|on)(?:\s+(?:working|work))?[\s:]+)+|[\s,]*(?:onwards?|please)$",
    re.IGNORECASE,
)
_ENGLISH_VAGUE = re.compile(
    r"^(?:around|about|roughly|maybe|probably|perhaps|i\s+think(?:\s+it\s+was)?|approximately|sometime)\b[\s,]*(?:in\s+)?",
    re.IGNORECASE,
)
_TABLED = re.compile(r"([a-z]{3})-(\d\d)", re.IGNORECASE)
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−─－﹣", "-"))
#: A one that stands where only a dash can: between two figures, or behind a month and before a year.
_ONE_FOR_A_DASH = re.compile(r"(?<=\d)\s*[一ー]\s*(?=\d)|(?<=[月日号年])\s*[一ー]\s*(?=\d{2,4}\s*[年./-])")
_RELATIVE_YEAR = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}

_LONGEST = 60  # no date is longer; what is longer is not tried, however much time it would take
_NUMERAL = "[〇零○一二三四五六七八九十\\d]"
_ONE = (
    rf"(?:{_NUMERAL}{{4}}\s*年(?![度级届])(?!\s*{_NUMERAL}{{1,3}}\s*月)"  # 2018年度 is no date
    rf"|{_NUMERAL}{{2,4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月份?(?:\s*{_NUMERAL}{{1,3}}\s*[日号])?"
    r"|(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])(?:[-./](?:3[01]|[12]\d|0?[1-9]))?(?!\d)"
    r"|(?:19|20)\d{4}(?:\d\d)?(?!\d))"
)
#: A year without its word, run into by what follows: 2019市劳模.
_BARE_YEAR = r"(?:19|20)\d\d(?=[\u4e00-\u9fff])(?![年度级届至到多余个名人元万台次件项里米吨号])"
_HEAD = re.compile(
    rf"({_ONE}|{_BARE_YEAR})(?:起|开始)?(?:\s*(?:[-—–－~～至到]\s*)+({_ONE}|今|现在|目前))?(?!\d)"
)


_WITHIN = re.compile(rf"(?<!\d){_ONE}")
#: A year of two figures, where the words around it say that it is one: 09年调到检修车间.
_SHORT = (
    rf"(?:(?:\d\d|[〇零○一二三四五六七八九]{{2}})\s*年(?![度级届前后内多以的来])(?!\s*{_NUMERAL}{{1,3}}\s*月)"
    rf"|{_BARE_YEAR})"
)
_SAID = re.compile(
    rf"({_ONE}|{_SHORT})(?:份|初|底|起|开始)?(?:\s*(?:[-—–－~～至到]\s*)+({_ONE}|{_SHORT}|今|现在|目前))?(?!\d)"
)
_LEAD_IN = "(?:我们?|本人|是|然后|后来|之后|接着|随后|又|再|并|于|从|自|在|到了?|直到)*"
_NUMBERED = "(?:[（(]?\\d{1,2}[)）、.．]|[①-⑳])"
_BEGINS = (
    rf"(?:(?:^|(?<=[\s，,；;。、|：:]))\s*{_NUMBERED}?|(?<=[\u4e00-\u9fff”）)])(?:{_NUMBERED}|和|以?及|还有))"
    rf"\s*{_LEAD_IN}\s*"
)
_NAMED = "(?:19|20)\\d\\d年?[度届]"
#: Where dictation sets no mark: 当焊工2010年1月至今在南机. What a preposition leads to is in the midst of a clause.
_NO_MARK = "(?<=[\u4e00-\u9fff])(?<![从自于在到至是获得为予的了第和与及以还])"
_WITH_MONTH = rf"{_NUMERAL}{{2,4}}\s*年\s*{_NUMERAL}{{1,3}}\s*月|(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])(?!\d)"
_CLAUSE_OR_NAMED = re.compile(rf"{_BEGINS}(?={_ONE}|{_SHORT}|{_NAMED})|{_NO_MARK}(?={_WITH_MONTH})")
_CLAUSE_OF_STORY = re.compile(rf"{_BEGINS}(?={_ONE}|{_SHORT})|{_NO_MARK}(?={_WITH_MONTH}|(?:19|20)\d\d年)")
_FROM_TODAY = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0}
_FROM_TODAY_TOLD = re.compile(
    "(?P<year>大前年|(?<!大)前年|去年|今年)(?:的)?(?![度前来])|(?P<last>上个?月)|(?:这个|本)月(?!份)"
)
#: 市劳模，2019年评的: a date behind what was won.
_BEHIND = re.compile(
    rf"^(?P<words>[^\t\n]{{2,80}}?)[，,、\s]*(?:是|在|于)?(?P<date>{_ONE})(?:评选?|拿|得|荣?获得?|颁发|发|授予?)(?:上|到)?的?[。.]?$"
)
_APART = re.compile(r"[，,；;、。]\s*$")
_SAME_YEAR = re.compile(r"(?<=[，,；;。、])(?:同|当)年")
_BEFORE_ALL = 20  # characters that may stand before the first date of a sentence: 我获得的荣誉有：
#: The time of day that tables and messengers write behind a date: 0:00, 下午3:30.
_CLOCK = re.compile(
    r"(?<=[\d日号])(?:[ T]+|\s*(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|午夜)\s*)"
    r"\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:\s*[AaPp][Mm])?(?!\d)"
)


class Unreadable(ValueError):  # noqa: N818 - named for what is told to the person
    """Not a date; `message` says what is wrong and what would be right."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _plain(text: str) -> str:
    """The text with one kind of dash, and with January by its number (元月)."""
    dashed = _ONE_FOR_A_DASH.sub("-", text.translate(_DASHES))
    return simplified(dashed).replace("元月", "1月")


@dataclass(frozen=True)
class Moment:
    """A point in time as fine as it was given. Not `sure`: a guess was needed (16年, 大概, 去年).

    `century` tells that the guess was the century and nothing else.
    """

    iso: str
    sure: bool = True
    century: bool = False


def means_present(text: str) -> bool:
    """Whether the text says that something still goes on."""
    return folded(text).strip("。.").casefold() in _PRESENT_WORDS


def read(text: str, today: date) -> Moment:
    """What point in time a text means. Raises `Unreadable`."""
    plain = to_arabic(_plain(without_clock(_BESIDE.sub("", folded(text[:_LONGEST])))))
    if len(text) > _LONGEST:
        raise Unreadable(_unread())
    if by_the_moon(text):
        raise Unreadable(say("这里写公历（阳历）的日子。请把农历换成公历，例如：2016年6月"))
    plain, guesses = _ENGLISH_VAGUE.subn("", _ENGLISH_FRAME.sub("", plain))
    stripped = _FRAME.sub("", _FRAME.sub("", _VAGUE.sub("", plain).strip())).strip()
    sure = _VAGUE.search(plain) is None and not guesses
    for word, shift in _RELATIVE_YEAR.items():
        if word in stripped:
            stripped, sure = stripped.replace(word, f"{today.year + shift}年"), False
    near = _near(stripped, today)
    if near:
        return Moment(near, False)
    parts = _parts(stripped)
    if parts is None:
        raise Unreadable(_unread())
    year, month, day = parts
    short = len(year) == 2
    if short:
        century = 2000 if int(year) <= today.year % 100 else 1900
        year = str(century + int(year))
    iso = checked(int(year), int(month) if month else None, int(day) if day else None)
    return Moment(iso, sure and not short, sure and short)


def heard(text: str, today: date) -> Moment:
    """As `read`, and the one date within a sentence for a guess: 我2012年7月份到的南宁. Raises `Unreadable`."""
    try:
        return read(text, today)
    except Unreadable as error:
        plain = to_arabic(_plain(folded(text[:_LONGEST])))
        dated = _WITHIN.findall(plain)
        if (
            len(text) > _LONGEST
            or by_the_moon(text)
            or len(dated) != 1
            or re.search(r"\d", _WITHIN.sub("", plain))
        ):
            raise
        try:
            return Moment(read(dated[0], today).iso, False)
        except Unreadable:
            raise error from None


def by_the_moon(text: str) -> bool:
    """Whether a date of the lunar calendar is told, not only noted in brackets beside one of the solar calendar."""
    return _LUNAR.search(_BESIDE.sub("", text)) is not None


def _unread() -> Message:
    return say("没看懂这个时间。请写几年几月，例如：2016年6月")


def checked(year: int, month: int | None, day: int | None) -> str:
    """ISO text of a real date as fine as given; 0 is refused as any other wrong number. Raises `Unreadable`."""
    if not EARLIEST <= year <= LATEST:
        raise Unreadable(say("年份“{year}”好像打错了。请写四位数的年份，例如：2016年6月", year=year))
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise Unreadable(say("没有 {month} 月，月份是 1 到 12。请再写一次，例如：2016年6月", month=month))
    if day is None:
        return f"{year:04d}-{month:02d}"
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unreadable(
            say(
                "{year}年{month}月没有 {day} 日，最多到 {last} 日。请再写一次。",
                year=year,
                month=month,
                day=day,
                last=last,
            )
        )
    return f"{year:04d}-{month:02d}-{day:02d}"


def spoken(iso: str) -> Message:
    """The point in time as people say it."""
    if iso == PRESENT:
        return say("至今")
    year, *rest = (int(part) for part in iso.split("-"))
    match rest:
        case [month, day]:
            return say("{year}年{month}月{day}日", year=year, month=month, day=day)
        case [month]:
            return say("{year}年{month}月", year=year, month=month)
        case _:
            return say("{year}年", year=year)


def leading(line: str) -> tuple[list[str], str]:
    """The dates that a line begins with (none, one, or the two ends of a period) and the rest of the line."""
    plain = _plain(line[:_LONGEST])  # as long as it was: what follows is cut from the line itself
    head = _HEAD.match(plain) if len(plain) == len(line[:_LONGEST]) else _HEAD.match(line[:_LONGEST])
    if not head:
        return [], line
    return [part for part in head.groups() if part], line[head.end() :]


def without_clock(text: str) -> str:
    """The text less the times of day behind its dates: 2019/7/1 0:00 is what a table makes of 2019年7月1日."""
    return _CLOCK.sub("", text)


def absolute(text: str, today: date) -> str:
    """The text with the years and months that are told from today on in figures: 去年5月 is 2025年5月."""

    def figures(told: re.Match[str]) -> str:
        if told["year"]:
            return f"{today.year + _FROM_TODAY[told['year']]}年"
        month = today.replace(day=1) - timedelta(days=1) if told["last"] else today
        return f"{month.year}年{month.month}月"

    return _FROM_TODAY_TOLD.sub(figures, text)


def dated_behind(line: str) -> str:
    """A line with the date at its head that it tells behind: 市劳模，2025年评的."""
    match = _BEHIND.match(line)
    return f"{match['date']} {match['words'].strip(' ，,、')}" if match else line


def clauses(text: str, story: bool = False) -> list[tuple[list[str], str]]:
    """A sentence cut before each date that begins a clause: the dates and the words of each.

    Empty where it does not begin with one, nor with a few words before several. A clause may begin with a month right
    behind the words of the one before, and in a `story` with a year. Else what is named by its year (2018年度先进工作者) is a
    clause of its own without a date.
    """
    text = _SAME_YEAR.sub(lambda same: f"{_year_before(text, same.start())}年", text)
    plain = text.translate(_DASHES)
    begins = _CLAUSE_OF_STORY if story else _CLAUSE_OR_NAMED
    starts = list({start.end(): start for start in reversed(list(begins.finditer(plain)))}.values())[::-1]
    if not starts or starts[0].start() > (_BEFORE_ALL if len(starts) > 1 else 0):
        return []
    ends = [start.start() for start in starts[1:]] + [len(plain)]
    cut = []
    for start, end in zip(starts, ends, strict=True):
        clause = _SAID.match(plain, start.end())
        if clause:
            cut.append(([part for part in clause.groups() if part], text[clause.end() : end]))
        elif not _APART.search(text[: start.end()]) and not _APART.search(text[start.end() : end]):
            return []  # 2018年度先进工作者 2019年1月 公司 is one row
        else:
            cut.append(([], text[start.end() : end]))
    return cut if any(dates for dates, _ in cut) else []


def _year_before(text: str, at: int) -> str:
    """The last year of four figures before a place in a text; "同" where there is none, which leaves it as it was."""
    years = [year[0] for year in re.finditer(r"(?:19|20)\d\d(?=年)", text[:at])]
    return years[-1] if years else "同"


def _near(text: str, today: date) -> str:
    first = today.replace(day=1)
    match text:
        case "今天" | "今日":
            return today.isoformat()
        case "昨天":
            return (today - timedelta(days=1)).isoformat()
        case "本月" | "这个月":
            return first.isoformat()[:7]
        case "上月" | "上个月":
            return (first - timedelta(days=1)).isoformat()[:7]
        case _:
            return ""


def _parts(text: str) -> tuple[str, str | None, str | None] | None:
    if match := _CHINESE.fullmatch(text) or _PARTED.fullmatch(text):
        return match[1], match[2], match[3]
    if match := _SOLID.fullmatch(text):
        if len(text) == 6 and not EARLIEST <= int(match[1]) <= LATEST:
            return text[:2], text[2:4], text[4:]
        return match[1], match[2], match[3]
    if match := _MONTH_FIRST.fullmatch(text):
        return match[2], match[1], None
    if match := _YEAR_LAST.fullmatch(text):
        return match[3], *_month_and_day(match[1], match[2])
    if match := _ENGLISH.fullmatch(text) or _ENGLISH_YEAR_FIRST.fullmatch(text):
        month = _MONTHS.get(match["month"][:3].casefold())
        return (match["year"], str(month), match["before"] or match["behind"]) if month else None
    if match := _TABLED.fullmatch(text):  # Dec-18, as a table shows a month
        month = _MONTHS.get(match[1].casefold())
        return (match[2], str(month), None) if month else None
    if len(leading(text)[0]) == 2:
        raise Unreadable(say("这里只填一个时间，请不要写一段时间。例如：2016年6月"))
    return None


def _month_and_day(one: str, other: str) -> tuple[str, str]:
    if int(one) > 12:
        return other, one
    if int(other) > 12 or one == other:
        return one, other
    raise Unreadable(say("分不清哪个是月、哪个是日。请先写年再写月，例如：2016年6月20日"))
