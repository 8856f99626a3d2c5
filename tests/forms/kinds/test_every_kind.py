"""What holds for every kind, whatever is sent."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from forms.dates import PRESENT
from forms.kinds import registry
from forms.kinds.base import Answer, Check, Given, Problem, Question, Unfinished
from forms.kinds.id_number import check_character
from forms.kinds.options import find
from forms.kinds.text import one_line
from forms.library import BUILT_IN
from forms.message import Message
from forms.typed import Unacceptable, normalise

from .speaking import HERE, TODAY, film, hear, photo, question, scan, talk
from .test_records import honours, resume

OPTIONS: list[Any] = ["国有企业", {"value": "b", "label": "民营企业"}, {"value": "其他", "own_text": True}]

HAN = st.sampled_from("韦立辉陈𬍛王䶮农国强焊工班长桂南公司武鸣")
WORDS = st.text(st.one_of(HAN, st.sampled_from("ab12，。（）· ")), min_size=1).map(
    lambda text: " ".join(text.split())
)
LINES = WORDS.map(one_line).filter(bool)
DAYS = st.dates(date(1900, 1, 1), TODAY)
MONTHS = DAYS.map(lambda day: day.isoformat()[:7])


def id_numbers() -> st.SearchStrategy[str]:
    birth = st.dates(date(1900, 1, 1), TODAY).map(lambda day: day.strftime("%Y%m%d"))
    first = st.builds(
        "{}{:04}{}{:03}".format,
        st.sampled_from(["45", "11", "81"]),
        st.integers(0, 9999),
        birth,
        st.integers(0, 999),
    )
    return first.map(lambda digits: digits + check_character(digits))


def own_words() -> st.SearchStrategy[str]:
    offered = question("choice", options=OPTIONS).offered  # type: ignore[attr-defined]
    return LINES.filter(lambda text: find(text, offered, offered) is None)


def rows() -> st.SearchStrategy[list[dict[str, Any]]]:
    @st.composite
    def row(draw: st.DrawFn) -> dict[str, Any]:
        start, end = sorted((draw(MONTHS), draw(MONTHS)))
        return {
            "start": start,
            "end": draw(st.sampled_from([end, PRESENT])),
            "where": draw(LINES),
            "what": draw(LINES),
        }

    return st.lists(row(), min_size=1, max_size=4).map(
        lambda found: sorted(found, key=lambda row: row["start"])
    )


def honour_rows() -> st.SearchStrategy[list[dict[str, Any]]]:
    row = st.fixed_dictionaries(
        {"date": MONTHS, "name": LINES}, optional={"level": st.sampled_from(["自治区", "市"])}
    )
    whole = st.builds(lambda first, by: {**first, "by": by}, row, LINES)
    ordered = whole.map(
        lambda row: {name: row[name] for name in ("date", "name", "level", "by") if name in row}
    )
    return st.lists(ordered, min_size=1, max_size=4)


def ticked() -> st.SearchStrategy[dict[str, str]]:
    ticks = st.fixed_dictionaries({}, optional={"国有企业": st.just(""), "b": st.just(""), "其他": LINES})
    return ticks.filter(bool).map(
        lambda found: {name: found[name] for name in ("国有企业", "b", "其他") if name in found}
    )


PHONES = st.sampled_from(
    [
        "19000000101",
        "0771-2805708",
        "0771-2805708转801",
        "010-12345678",
        "+852 2123 4567",
        "1900000010",
        "95588",
    ]
)
PARAGRAPHS = st.lists(LINES, min_size=1, max_size=5).map("\n".join)

SPOKEN: list[tuple[Question, st.SearchStrategy[Any]]] = [
    (question("text"), LINES),
    (question("text", shape="postcode"), st.from_regex(r"[0-9]{6}", fullmatch=True)),
    (question("name"), st.text(HAN, min_size=2, max_size=20)),
    (question("name"), st.just("买买提·吐尔逊")),
    (question("place"), st.text(HAN, min_size=2, max_size=20)),
    (question("prose"), PARAGRAPHS),
    (question("prose", limit={"value": 2000, "measure": "about"}), PARAGRAPHS),
    (question("choice", options=OPTIONS), st.sampled_from(["国有企业", "b"]) | own_words()),
    (
        question("choice", codes="ethnic", common=["汉族"]),
        st.sampled_from(["汉族", "壮族", "基诺族", "穿青人"]),
    ),
    (question("choices", options=OPTIONS), ticked()),
    (question("yes-no", yes="同意", no="不同意"), st.booleans()),
    (question("number", unit="项"), st.integers(0, 10**11)),
    (question("month", present_ok=True), MONTHS | st.just(PRESENT)),
    (question("date"), DAYS.map(date.isoformat)),
    (question("date", month_enough=True), MONTHS | DAYS.map(date.isoformat)),
    (question("id-number"), id_numbers()),
    (question("phone"), PHONES),
    (resume(), rows()),
    (honours(), honour_rows()),
]
OTHERS = [
    question("photo"),
    question("video", min_seconds=300, strict=True),
    question("videos", min_seconds=300, aspect="16:9", resolution="1920x1080"),
    question("scans"),
    question("scans", most=1),
]


def test_every_kind_is_tried_here() -> None:
    assert {asked.kind for asked in [*OTHERS, *(asked for asked, _ in SPOKEN)]} == set(registry())


@pytest.mark.parametrize(
    ("asked", "values"), SPOKEN, ids=[f"{n}-{asked.kind}" for n, (asked, _) in enumerate(SPOKEN)]
)
def test_a_value_can_be_given_again(asked: Question, values: st.SearchStrategy[Any]) -> None:
    @settings(max_examples=60, deadline=None)
    @given(values)
    def holds(value: Any) -> None:
        reading = talk(asked, *asked.replay(value))
        assert isinstance(reading, Answer | Check), reading
        assert reading.value == value
        assert json.loads(json.dumps(value)) == value
        asked.remarks(value, HERE)
        assert str(asked.show(value))
        assert isinstance(asked.printed(value), str)
        assert set(asked.derive(value)) == set(asked.derives)

    holds()


SENT = st.one_of(
    st.text(max_size=60),
    LINES,
    PARAGRAPHS,
    st.sampled_from(
        [
            "!done",
            "!undo",
            "!add",
            "!skip",
            "!cancel",
            "!pick",
            "!drop:0",
            "!drop:7",
            "!back",
            "!yes",
            "!no",
            "!more",
            "!append",
            "!restart",
            "!present",
            "!x",
        ]
    ),
    st.sampled_from(
        [
            "国有企业",
            "其他",
            "2016年",
            "6",
            "16年6月",
            "至今",
            "2016年6月—至今\u3000甲\u3000乙",
            "2018年12月\u3000甲\u3000市\u3000乙",
            "是",
            "不",
        ]
    ),
    st.sampled_from(
        [photo(), photo(trouble="locked"), photo(width=None, height=None), scan(), film(), film(seconds=9.0)]
    ),
)


@pytest.mark.parametrize(
    "asked",
    [*(asked for asked, _ in SPOKEN), *OTHERS],
    ids=lambda asked: f"{asked.kind}-{len(asked.model_dump_json())}",
)
def test_whatever_is_sent_is_read_without_fail(asked: Question) -> None:
    @settings(max_examples=80, deadline=timedelta(seconds=2))
    @given(st.lists(SENT, min_size=1, max_size=8))
    def holds(sent: list[Any]) -> None:
        draft = None
        for one in sent:
            if isinstance(one, str) and not one.startswith("!"):
                try:
                    one = normalise(one)  # noqa: PLW2901 - as the door does
                except Unacceptable:
                    assume(False)
            reading = hear(asked, one, draft)
            match reading:
                case Answer():
                    assert json.loads(json.dumps(reading.value)) == reading.value
                    asked.remarks(reading.value, HERE)
                    str(asked.show(reading.value))
                    asked.printed(reading.value)
                    asked.files(reading.value)
                    draft = asked.reopen(reading.value)
                case Unfinished():
                    draft = json.loads(json.dumps(reading.draft))
                case Problem() | Check():
                    assert str(reading.message)
            assert all(str(message) for message in asked.prompt(draft))
            values = [key.value for key in asked.keys(draft)]
            assert len(set(values)) == len(values)

    holds()


@pytest.mark.parametrize("asked", [asked for asked, _ in SPOKEN], ids=lambda asked: asked.kind)
def test_twenty_thousand_characters_are_read_in_a_moment(asked: Question) -> None:
    for text in (
        "焊" * 20_000,
        "1" * 20_000,
        "2016年6月—" * 3_000,
        " a" * 10_000,
        "（" * 20_000,
        "一\n" * 10_000,
        "-·" * 10_000,
    ):
        hear(asked, text)


@pytest.mark.parametrize("asked", [*(asked for asked, _ in SPOKEN), *OTHERS], ids=lambda asked: asked.kind)
def test_a_refusal_is_a_sentence_that_waits_for_its_language(asked: Question) -> None:
    reading = asked.parse(Given(key="no such key"), None, HERE)
    assert isinstance(reading, Problem)
    assert isinstance(reading.message, Message)


@pytest.mark.parametrize("asked", [asked for asked, _ in SPOKEN], ids=lambda asked: asked.kind)
def test_the_fullest_answer_is_one_that_a_person_could_give(asked: Question) -> None:
    for value in asked.variants():
        reading = talk(asked, *asked.replay(value))
        assert isinstance(reading, Answer | Check), reading
        assert reading.value == value
        assert not [remark for remark in asked.remarks(value, HERE) if remark.blocking]
    assert asked.variants()[0] == asked.fullest()


@pytest.mark.parametrize("asked", OTHERS, ids=lambda asked: asked.kind)
def test_the_fullest_answer_names_sample_files_that_there_are(asked: Question) -> None:
    value = asked.fullest()
    assert asked.files(value)
    assert all((BUILT_IN / "_shared" / "files" / name).is_file() for name in asked.files(value))
    assert asked.remarks(value, HERE) == ()
