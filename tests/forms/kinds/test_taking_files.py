"""What photo, scans, video and videos have in common."""

from typing import Any, get_args

import pytest

from forms.attachment import Attachment, Detail
from forms.kinds.taking_files import NAMES

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


def sent(trouble: str, detail: str, **more: Any) -> Attachment:
    return photo(
        name="事迹", media="unknown", mime="application/octet-stream", trouble=trouble, detail=detail, **more
    )


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        ("prose", "wps", ("WPS 文字", "另存为", ".docx", "粘贴")),
        ("prose", "word97", ("旧版 Word", "另存为")),
        ("prose", "rtf", ("RTF", "另存为")),
        ("prose", "ofd", ("OFD", "另存为", "粘贴")),
        ("prose", "html", ("网页", "另存为")),
        ("prose", "web_archive", ("MHT", "另存为")),
        ("prose", "pages", ("Pages", "另存为")),
        ("prose", "xlsx", ("Excel", "粘贴")),
        ("prose", "plain_text", ("纯文本", "粘贴")),
        ("prose", "archive", ("压缩包", "解压")),
        ("scans", "ofd", ("OFD", "PDF", "拍成照片")),
        ("scans", "docx", ("Word", "PDF")),
        ("scans", "xlsx", ("Excel", "PDF")),
        ("scans", "archive", ("压缩包", "解压")),
        ("scans", "psd", ("Photoshop", "JPG")),
        ("photo", "raw_photo", ("RAW", "JPG")),
        ("photo", "svg", ("SVG", "JPG")),
        ("photo", "pdf", ("PDF", "发一张照片")),
        ("video", "other_film", ("AVI", "mp4")),
        ("videos", "archive", ("压缩包", "解压")),
        ("video", "program", ("程序", "mp4")),
    ],
)
@pytest.mark.parametrize("trouble", ["unknown_type", "disguised"])
def test_another_format_is_named_with_what_to_do(
    kind: str, detail: str, words: tuple[str, ...], trouble: str
) -> None:
    told = refusal(question(kind), sent(trouble, detail))
    assert all(word in told for word in words), told


@pytest.mark.parametrize(
    ("trouble", "detail", "words"),
    [
        ("unreadable", "cut_off", "没有传完整"),
        ("unreadable", "no_pages", "一页也没有"),
        ("unreadable", "fields_only", "XFA"),
        ("empty", "only_pictures", "只有图片"),
        ("too_large", "long_text", "文字太多"),
        ("too_large", "many_pages", "页数太多"),
    ],
)
def test_what_is_the_matter_is_said_where_it_is_known(trouble: str, detail: str, words: str) -> None:
    for kind in ("photo", "scans", "video", "prose"):
        assert words in refusal(question(kind), sent(trouble, detail))


def test_every_detail_has_its_words() -> None:
    """Each is a name of what it is, or tells what is the matter by itself."""
    for detail in get_args(Detail):
        told = refusal(question("scans"), sent("unreadable", detail))
        assert detail in NAMES or "打不开，可能没传完整或已损坏" not in told, detail


def test_a_film_with_sound_alone_is_told_so() -> None:
    assert "只有声音" in refusal(question("video"), film(trouble="unreadable", detail="sound"))


def test_a_heic_that_does_not_open_is_known_under_any_name() -> None:
    told = refusal(question("photo"), photo(name="照片.jpg", mime="image/heif", trouble="unreadable"))
    assert "HEIC" in told and "兼容性最佳" in told


def test_the_film_of_a_live_photo_is_told_from_a_film() -> None:
    assert "实况照片" in refusal(question("photo"), film(name="IMG_0001.MOV", seconds=2.9))
    assert "不是这里要的文件" in refusal(question("photo"), film(seconds=60.0))


def test_a_pdf_where_words_are_wanted_is_told_what_would_do() -> None:
    told = refusal(question("prose"), scan())
    assert "PDF" in told and "docx" in told and "粘贴" in told
