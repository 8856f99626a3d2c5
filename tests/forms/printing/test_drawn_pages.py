"""Pages are compared by how they look."""

from __future__ import annotations

import pytest

from forms.printing.drawn_pages import differing_pages
from forms.printing.renderer import render


def pdf(*texts: str) -> bytes:
    pages = "".join(f"<p style='break-after: page'>{text}</p>" for text in texts[:-1])
    return render(f"<body>{pages}<p>{texts[-1]}</p></body>", (), {}).content


@pytest.mark.parametrize(
    ("one", "other", "pages"),
    [
        (("甲", "乙", "丙"), ("甲", "乙", "丙"), ()),
        (("甲", "乙", "丙"), ("甲", "一", "丙"), (2,)),
        (("甲", "乙", "丙"), ("一", "乙", "二"), (1, 3)),
        (("甲", "乙"), ("甲", "乙", "丙"), (3,)),
        (("甲", "乙", "丙"), ("甲",), (2, 3)),
    ],
)
def test_the_pages_that_look_otherwise(
    one: tuple[str, ...], other: tuple[str, ...], pages: tuple[int]
) -> None:
    assert differing_pages(pdf(*one), pdf(*other)) == pages


def test_what_is_written_otherwise_and_looks_the_same_does_not_differ() -> None:
    plain = render("<body><p>甲</p></body>", (), {}).content
    marked = render("<body><p class='x'><span>甲</span></p></body>", ("p.y {color: red}",), {}).content
    assert differing_pages(plain, marked) == ()
