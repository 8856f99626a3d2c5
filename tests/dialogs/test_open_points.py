"""What a notice leaves open, told in chat."""

from __future__ import annotations

from forms.programme import OpenPoint
from tests.dialogs.talking import Person


def test_whoever_asks_reads_every_open_point_with_the_reading_adopted(begun: Person) -> None:
    quiet = OpenPoint(id="mail", title="信箱写了两个", adopted="用第一个", clause="七")
    points = (*begun.programme.open_points, quiet)
    begun.programme = begun.programme.model_copy(update={"open_points": points})
    asked = begun.asked
    begun.says("未明之处")
    assert begun.tone("note") == [
        "通知里没说清：字数写了两种。这里按：从严（七）",
        "通知里没说清：信箱写了两个。这里按：用第一个（七）",
    ]
    begun.presses("返回")
    assert begun.asked == asked


def test_the_conditions_show_only_what_concerns_the_applicant(begun: Person) -> None:
    quiet = OpenPoint(id="mail", title="信箱写了两个", adopted="用第一个", clause="七")
    points = (*begun.programme.open_points, quiet)
    begun.programme = begun.programme.model_copy(update={"open_points": points})
    begun.says("条件对照")
    assert "字数写了两种" in begun.text
    assert "信箱写了两个" not in begun.text


def test_a_notice_without_open_points_says_so(begun: Person) -> None:
    begun.programme = begun.programme.model_copy(update={"open_points": ()})
    begun.says("未明之处")
    assert begun.text == "这份通知没有没说清的地方。"
