"""What the inspection makes of plain texts, in whatever codec they come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.readable import PlainFile

Look = Callable[[bytes, str], Attachment]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def at(content: bytes, name: str) -> Attachment:
        path = tmp_path / "stored"
        path.write_bytes(content)
        return inspect(PlainFile(path), "stored", name, Caps())

    return at


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_in_every_codec(look: Look, codec: str) -> None:
    assert look("焊工陈𬍛\r\n班长".encode(codec), "事迹.txt").text == "焊工陈𬍛\n班长"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "big5"])
@pytest.mark.parametrize("text", ["攻克薄板焊接難題", "一、攻克薄板焊接難題。\n二、帶徒弟3名。"])
def test_a_text_file_whose_codec_nothing_tells(look: Look, codec: str, text: str) -> None:
    assert look(text.encode(codec), "事迹.txt").text == text


def test_a_rare_character_of_gb_18030_makes_no_other_codec_of_it(look: Look) -> None:
    assert look("陈\ue81e，焊工".encode("gb18030"), "事迹.txt").text.endswith("，焊工")
