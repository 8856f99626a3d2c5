import pytest

from .speaking import answer, photo, question, refusal, remarks, talk


def test_a_photo_is_kept_with_its_measurements() -> None:
    assert answer(question("photo"), photo()) == {
        "file": "a1.jpg",
        "name": "照片.jpg",
        "mime": "image/jpeg",
        "size": 60_000,
        "width": 620,
        "height": 868,
        "background": "white",
    }


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"width": 868, "height": 620}, "不是 2 寸照片的比例"),
        ({"width": 626, "height": 413}, "请把它转正再发"),
        ({"width": 295, "height": 413}, "1 寸照片"),
        ({"width": 413, "height": 660}, "不是 2 寸照片的比例"),
        ({"width": 800, "height": 800}, "不是 2 寸照片的比例"),
        ({"width": 1080, "height": 1920}, "不是 2 寸照片的比例"),
        ({"width": 390, "height": 520}, "至少要 413 像素"),
        ({"width": 500, "height": 868}, "不是 2 寸照片的比例"),
        ({"width": 412, "height": 577}, "至少要 413 像素"),
        ({"size": 19_000}, "20 KB 到 5 MB"),
        ({"size": 6_000_000}, "5.7 MB"),
    ],
)
def test_a_photo_that_would_not_print_is_refused_with_what_would(facts: dict[str, int], words: str) -> None:
    assert words in refusal(question("photo"), photo(**facts))


@pytest.mark.parametrize(
    ("width", "height"),
    [
        (413, 579),
        (413, 625),
        (413, 531),
        (4130, 5790),
        (413, 626),  # 35×53 mm at 300 dpi
        (414, 627),
        (826, 1252),
        (827, 1252),
        (1240, 1878),  # at 900 dpi
        (390, 567),  # 33×48 mm at 300 dpi, the passport's, sold as 小二寸
        (780, 1134),
        (450, 600),  # 3:4, as phones crop
        (1080, 1350),  # 4:5, as beautifiers crop
        (3024, 4032),
    ],
)
def test_every_size_sold_as_two_inches_is_taken(width: int, height: int) -> None:
    assert answer(question("photo"), photo(width=width, height=height))


def test_another_background_is_told_at_once_and_never_blocks() -> None:
    asked = question("photo", background="white")
    reading = talk(asked, photo(background="red"))
    assert [str(said) for said in reading.said] == [  # type: ignore[union-attr]
        "照片底色看起来是红色，这里要白色底。如果确实不是，请换一张再发。"
    ]
    assert not any(remark.blocking for remark in asked.remarks(answer(asked, photo(background="red")), None))  # type: ignore[arg-type]


def test_a_background_that_cannot_be_told_is_left_to_the_person() -> None:
    asked = question("photo", background="white")
    assert "看不准" in remarks(asked, answer(asked, photo(background="mixed")))[0]
    assert remarks(asked, answer(asked, photo())) == []


def test_it_is_shown_by_name_and_size() -> None:
    asked = question("photo")
    assert str(asked.show(answer(asked, photo()))) == "照片.jpg（620×868）"
    assert asked.files(answer(asked, photo())) == ("a1.jpg",)


@pytest.mark.parametrize("mime", ["image/webp", "image/avif", "image/heif"])
def test_a_denser_format_may_have_fewer_bytes(mime: str) -> None:
    assert answer(question("photo"), photo(mime=mime, size=9_000))
