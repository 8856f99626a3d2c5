import pytest

from forms.counting import count


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("焊工", 2),
        ("焊工，班长。", 6),
        ("“陈𬍛跳焊法”", 7),
        ("3 mm筋板", 4),
        ("12.5%", 1),
        ("co2 welding", 2),
        ("棚温超过45℃", 6),
        ("Ⅰ级片", 3),
        ("从2.8 mm压到0.6 mm以内", 9),
        ("一\n\n二", 2),
        ("！？：；", 4),
        ("……", 2),
        ("２０１６", 4),
    ],
)
def test_a_text_is_counted_as_word_counts_it(text: str, length: int) -> None:
    assert count(text) == length
