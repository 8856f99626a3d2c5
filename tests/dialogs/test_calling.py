"""A person to turn to."""

from __future__ import annotations

import pytest

from dialogs.calling import dialled, number, talking, whom
from dialogs.words import Words
from forms.programme import Programme
from tests.built_in import built_in


@pytest.mark.parametrize(
    ("phone", "area", "shown"),
    [
        ("2805708", "0771", "0771-2805708"),
        ("020—86153036", "", "020-86153036"),
        ("18151666116", "025", "18151666116"),
        ("0771-2805708", "0771", "0771-2805708"),
        ("", "0771", ""),
    ],
)
def test_a_number_is_one_that_can_be_dialled_from_anywhere(phone: str, area: str, shown: str) -> None:
    assert number(phone, area) == shown


@pytest.mark.parametrize(
    ("shown", "href"),
    [
        ("0771-2805708", "tel:+867712805708"),
        ("18151666116", "tel:+8618151666116"),
        ("020-86153036", "tel:+862086153036"),
        ("12351", "tel:12351"),
    ],
)
def test_what_a_telephone_dials(shown: str, href: str) -> None:
    assert dialled(shown) == (shown, href)


@pytest.mark.parametrize("programme", built_in().offered, ids=lambda programme: programme.id)
def test_every_programme_names_a_number_that_stands_in_what_is_said(programme: Programme) -> None:
    words = Words("zh", programme)
    for said in (*talking(programme, programme.office, words), whom(programme, programme.office, words)):
        assert all(shown in said.text for shown, _ in said.dials)
    said = talking(programme, programme.office, words)
    assert any(part.dials for part in said)
    assert "没有人在线" in said[0].text


def test_where_the_notice_gives_no_number_that_is_said() -> None:
    guilin = built_in().named("guilin")
    assert guilin
    text = whom(guilin, guilin.office, Words("zh", guilin)).text
    assert "通知上没有留电话" in text
    assert guilin.office.name in text
