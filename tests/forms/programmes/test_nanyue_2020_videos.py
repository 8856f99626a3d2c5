"""2020年“南粤工匠”: the videos, as the notice wants them."""

from __future__ import annotations

from typing import Any

import pytest

from forms.kinds.videos import VideosQuestion
from tests.forms.programmes.cases import played, programme
from tests.forms.programmes.test_nanyue_2020 import NANYUE, said


def lengths(*seconds: float) -> list[dict[str, Any]]:
    [video] = played(NANYUE, "city-union").answers["videos"]
    return [{**video, "seconds": each} for each in seconds]


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        ((270.0,), "not_met"),
        ((299.9,), "not_met"),
        ((300.0,), "met"),
        ((150.0, 150.0), "met"),
        ((150.0, 120.0), "not_met"),
        ((100.0, 100.0, 99.9), "not_met"),
        ((60.0,) * 5, "met"),
        ((1800.0,), "met"),
    ],
)
def test_the_length_of_all_videos_together_counts(seconds: tuple[float, ...], outcome: str) -> None:
    case = played(NANYUE, "city-union", videos=lengths(*seconds))
    assert case.verdicts["video_length"] == outcome
    assert case.conclusion == ("eligible" if outcome == "met" else "material_error")


def test_the_length_is_told_with_its_sum() -> None:
    case = played(NANYUE, "city-union", videos=lengths(150.0, 120.0))
    assert said(case, "video_length", "reckoning") == "视频2段，一共4分30秒"
    assert said(case, "video_length", "unmet") == "不到5分钟"


@pytest.mark.parametrize(
    ("width", "height", "outcome"),
    [
        (1920, 1080, "met"),
        (3840, 2160, "met"),
        (1280, 720, "not_met"),
        (1080, 1920, "not_met"),
        (1919, 1080, "not_met"),
        (1920, 1079, "not_met"),
    ],
)
def test_the_smallest_picture_counts(width: int, height: int, outcome: str) -> None:
    fine, other = lengths(300.0, 60.0)
    case = played(NANYUE, "city-union", videos=[fine, {**other, "width": width, "height": height}])
    assert case.verdicts["video_size"] == outcome


@pytest.mark.parametrize(
    ("width", "height", "outcome"),
    [
        (1920, 1080, "met"),
        (3840, 2160, "met"),
        (2560, 1920, "not_met"),
        (1920, 1200, "not_met"),
        (2560, 1080, "not_met"),
        (1080, 1920, "not_met"),
    ],
)
def test_every_picture_is_sixteen_to_nine(width: int, height: int, outcome: str) -> None:
    fine, other = lengths(300.0, 60.0)
    case = played(NANYUE, "city-union", videos=[fine, {**other, "width": width, "height": height}])
    assert case.verdicts["video_aspect"] == outcome
    assert case.conclusion == ("eligible" if outcome == "met" else "material_error")


def test_a_video_that_was_not_sent_is_for_the_staff() -> None:
    for shots, words in (({}, "还没有拍"), ({"work": ""}, "没有传到这里")):
        case = played(NANYUE, "city-union", videos=None, shots=shots)
        assert case.conclusion == "review"
        assert words in said(case, "video_given", "verify")
    assert (
        "video_given" not in played(NANYUE, "city-union", videos=None, shots=None).verdicts
    )  # not asked yet


def test_the_video_is_asked_as_the_notice_wants_it() -> None:
    asked = programme(NANYUE).form("nominee").questions["videos"]
    assert isinstance(asked, VideosQuestion)
    minutes = programme(NANYUE).figures["video_minutes"].value
    assert (asked.min_seconds, asked.aspect, asked.resolution) == (minutes * 60, "16:9", "1920x1080")
