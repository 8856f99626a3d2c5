import pytest

from .speaking import answer, film, prompts, question, refusal, remarks, talk

SHORT = {"max_seconds": 300}
LONG = {"min_seconds": 300, "aspect": "16:9", "resolution": "1920x1080"}


def test_a_video_is_kept_with_its_length() -> None:
    value = answer(question("video", **SHORT), film())
    assert value["seconds"] == 240.0
    assert str(question("video").show(value)) == "工作.mp4（4分钟）"


def test_what_does_not_fit_is_told_and_kept() -> None:
    asked = question("video", **SHORT)
    reading = talk(asked, film(seconds=361.0))
    assert [str(said) for said in reading.said] == [  # type: ignore[union-attr]
        "视频长6分1秒，超过规定的5分钟。请剪短一些再发。"
    ]


def test_what_does_not_fit_is_refused_where_the_question_is_strict() -> None:
    assert "不少于5分钟" in refusal(question("video", **LONG, strict=True), film())


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"seconds": 299.0}, "4分59秒"),
        ({"seconds": 400.0, "width": 1080, "height": 1920}, "横过来"),
        ({"seconds": 400.0, "width": 2560, "height": 1920}, "把画幅设成 16:9 再拍，或者剪成 16:9"),
        ({"seconds": 400.0, "width": 1280, "height": 720}, "1280×720"),
    ],
)
def test_each_measure_has_its_remark(facts: dict[str, float], words: str) -> None:
    asked = question("video", **LONG)
    assert any(words in said for said in remarks(asked, answer(asked, film(**facts))))


def test_a_fitting_video_is_passed_without_a_word() -> None:
    asked = question("video", **LONG)
    assert remarks(asked, answer(asked, film(seconds=300.0))) == []


def test_a_fraction_of_a_second_is_no_excess() -> None:
    asked = question("video", **SHORT)
    assert remarks(asked, answer(asked, film(seconds=300.7))) == []


def test_the_limits_are_told_beforehand() -> None:
    assert prompts(question("video", **LONG)) == "不少于5分钟。\n画面 16:9，横着拍。\n清晰度 1920x1080。"


def test_what_broke_off_is_told_and_where_the_question_is_strict_refused() -> None:
    cut = film(broken_off=True, seconds=61.0)
    asked = question("video", **SHORT)
    assert remarks(asked, answer(asked, cut)) == [
        "视频没有传完整，只收到前面1分1秒。请等它下载完、传完，再重新发一次。"
    ]
    assert "没有传完整" in refusal(question("video", **SHORT, strict=True), cut)
    assert "没有传完整" in "".join(map(str, talk(question("videos"), cut).said))  # type: ignore[union-attr]
