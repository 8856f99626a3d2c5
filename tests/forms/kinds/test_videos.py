import pytest
from pydantic import ValidationError

from forms.attachment import Attachment

from .speaking import answer, draft, film, keys, prompts, question, refusal, remarks, talk

WANTED = {"min_seconds": 300, "aspect": "16:9", "resolution": "1920x1080"}


def part(name: str, seconds: float = 100.0, **facts: int) -> Attachment:
    return film(file=f"v-{name}", name=f"{name}.mp4", seconds=seconds, **facts)


def test_videos_gather_until_done() -> None:
    asked = question("videos")
    value = answer(asked, part("造型"), part("工作", 140.0), "发完了")
    assert [video["name"] for video in value] == ["造型.mp4", "工作.mp4"]
    assert asked.files(value) == ("v-造型", "v-工作")
    assert asked.printed(value) == "造型.mp4、工作.mp4"
    assert str(asked.show(value)) == "2 段，一共4分钟"


def test_what_came_in_is_told_with_its_length_together() -> None:
    asked = question("videos", **WANTED)
    held = draft(asked, part("造型"), part("工作", 80.0))
    assert (
        prompts(asked, held)
        == "收到 2 段视频（造型.mp4、工作.mp4），一共3分钟。可以接着发，发完了请点“发完了”。"
    )


def test_the_limits_are_told_beforehand() -> None:
    told = prompts(question("videos", **WANTED))
    assert (
        told == "一段或几段都行，一段一段发。\n加起来不少于5分钟。\n画面 16:9，横着拍。\n清晰度 1920x1080。"
    )
    assert "加起来不超过10分钟" in prompts(question("videos", max_seconds=600))


@pytest.mark.parametrize(("last", "short"), [(99.9, True), (100.0, False)])
def test_the_length_counts_over_all_files(last: float, short: bool) -> None:
    asked = question("videos", **WANTED)
    reading = talk(asked, part("一"), part("二"), part("三", last), "!done")
    said = [str(message) for message in reading.said]  # type: ignore[union-attr]
    assert said == (["视频一共4分59秒，规定加起来不少于5分钟。请再补拍一些。"] if short else [])


@pytest.mark.parametrize(("last", "long"), [(100.9, False), (101.0, True)])
def test_a_fraction_of_a_second_is_no_excess(last: float, long: bool) -> None:
    asked = question("videos", max_seconds=200)
    assert bool(remarks(asked, answer(asked, part("一"), part("二", last), "!done"))) is long


@pytest.mark.parametrize(
    ("facts", "words"),
    [({"width": 1080, "height": 1920}, "横过来"), ({"width": 1280, "height": 720}, "1280×720")],
)
def test_each_file_has_its_own_shape(facts: dict[str, int], words: str) -> None:
    asked = question("videos", **WANTED)
    said = remarks(asked, answer(asked, part("好", 300.0), part("坏", **facts), "!done"))
    assert said
    assert all(told.startswith("“坏.mp4”") for told in said)
    assert any(words in told for told in said)


def test_a_misshapen_file_is_told_at_once_and_kept() -> None:
    reading = talk(question("videos", **WANTED), part("竖", width=1080, height=1920))
    assert "横过来" in str(reading.said[0])  # type: ignore[union-attr]
    assert len(reading.draft["videos"]) == 1  # type: ignore[union-attr]


def test_the_last_one_can_be_taken_back() -> None:
    asked = question("videos")
    assert len(answer(asked, part("一"), part("二"), "!undo", "!done")) == 1
    assert keys(asked, draft(asked, part("一"), "!undo")) == []


def test_there_is_no_end_before_the_first_one() -> None:
    asked = question("videos")
    assert keys(asked) == []
    assert "过时" in refusal(asked, "!done")


def test_there_are_only_so_many() -> None:
    asked = question("videos", most=2)
    assert "最多收 2 份" in refusal(asked, part("一"), part("二"), part("三"))


def test_a_standing_answer_is_continued() -> None:
    asked = question("videos")
    before = answer(asked, part("一"), "!done")
    assert len(draft(asked, part("二"), before=asked.reopen(before))["videos"]) == 2


def test_the_least_length_is_not_above_the_greatest() -> None:
    with pytest.raises(ValidationError):
        question("videos", min_seconds=600, max_seconds=300)
