"""What photo, scans, video and videos have in common."""

from typing import Any

import pytest

from .speaking import film, photo, question, refusal, scan


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("empty", "是空的"),
        ("too_large", "太大了"),
        ("too_many_pixels", "尺寸太大"),
        ("unreadable", "打不开"),
        ("unknown_type", "收不了"),
        ("disguised", "对不上"),
        ("locked", "密码"),
    ],
)
@pytest.mark.parametrize("kind", ["photo", "scans", "video", "videos", "prose"])
def test_every_trouble_is_refused_with_its_own_sentence(kind: str, trouble: str, words: str) -> None:
    assert words in refusal(question(kind), photo(trouble=trouble))


@pytest.mark.parametrize("kind", ["photo", "scans", "video", "videos"])
def test_text_is_answered_with_how_to_send_a_file(kind: str) -> None:
    assert "附件" in refusal(question(kind), "明天发")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("photo", scan()), ("photo", film()), ("video", photo()), ("videos", photo()), ("scans", film())],
)
def test_another_medium_is_refused(kind: str, wrong: Any) -> None:
    assert "不是这里要的文件" in refusal(question(kind), wrong)


@pytest.mark.parametrize("trouble", ["unknown_type", "disguised", "unreadable"])
@pytest.mark.parametrize("kind", ["photo", "scans"])
def test_a_photo_in_the_format_of_iphones_is_answered_with_what_to_set(kind: str, trouble: str) -> None:
    told = refusal(question(kind), photo(name="IMG_0001.HEIC", trouble=trouble))
    assert "兼容性最佳" in told and "截个图" in told


def test_an_unknown_file_is_told_only_what_is_taken_here() -> None:
    told = refusal(question("photo"), photo(name="照片.cdr", trouble="unknown_type"))
    assert "视频" not in told and "Word" not in told
    assert "请发一张照片" in told
