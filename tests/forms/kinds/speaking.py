"""A question under test, and what a person says to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from forms.attachment import Attachment
from forms.kinds import registry
from forms.kinds.base import Answer, Check, Circumstances, Given, Problem, Question, Reading, Unfinished

TODAY = date(2026, 6, 15)
HERE = Circumstances(today=TODAY, area_code="0771")
DRAWN = Circumstances(
    today=TODAY,
    unprintable=lambda text: tuple(char for char in text if char in "😀☃"),
    suggestion=lambda char: "笑" if char == "😀" else None,
)


def question(kind: str, **keys: Any) -> Question:
    return registry()[kind].model_validate(
        {"kind": kind, "id": "asked", "label": "问", "ask": "请回答。", **keys}
    )


def hear(
    asked: Question, said: str | Given | Attachment, draft: Any = None, about: Circumstances = HERE
) -> Reading:
    """What the question makes of one thing: text, a file, or “!key” for a press on a key."""
    if isinstance(said, Attachment):
        said = Given(attachment=said)
    elif isinstance(said, str):
        said = Given(key=said[1:]) if said.startswith("!") else Given(text=said)
    return asked.parse(said, draft, about)


def talk(
    asked: Question, *said: str | Given | Attachment, draft: Any = None, about: Circumstances = HERE
) -> Reading:
    """What comes of several things said one after the other."""
    first, *further = said
    reading = hear(asked, first, draft, about)
    for one in further:
        draft = reading.draft if isinstance(reading, Unfinished) else draft
        reading = hear(asked, one, draft, about)
    return reading


def answer(
    asked: Question, *said: str | Given | Attachment, about: Circumstances = HERE, draft: Any = None
) -> Any:
    reading = talk(asked, *said, about=about, draft=draft)
    assert isinstance(reading, Answer), reading
    return reading.value


def checked(asked: Question, *said: str | Given, about: Circumstances = HERE) -> tuple[Any, str]:
    reading = talk(asked, *said, about=about)
    assert isinstance(reading, Check), reading
    return reading.value, str(reading.message)


def refusal(
    asked: Question, *said: str | Given | Attachment, about: Circumstances = HERE, draft: Any = None
) -> str:
    reading = talk(asked, *said, about=about, draft=draft)
    assert isinstance(reading, Problem), reading
    return str(reading.message)


def draft(asked: Question, *said: str | Given | Attachment, before: Any = None) -> Any:
    reading = talk(asked, *said, draft=before)
    assert isinstance(reading, Unfinished), reading
    return reading.draft


def prompts(asked: Question, held: Any = None) -> str:
    return "\n".join(str(message) for message in asked.prompt(held))


def keys(asked: Question, held: Any = None) -> list[str]:
    return [key.value for key in asked.keys(held)]


def remarks(asked: Question, value: Any, about: Circumstances = HERE) -> list[str]:
    return [str(remark.message) for remark in asked.remarks(value, about)]


def photo(**facts: Any) -> Attachment:
    base = {"file": "a1.jpg", "name": "照片.jpg", "media": "image", "mime": "image/jpeg", "size": 60_000}
    return Attachment.model_validate({**base, "width": 620, "height": 868, "background": "white", **facts})


def scan(name: str = "证书.pdf", **facts: Any) -> Attachment:
    base = {
        "file": f"s-{name}",
        "name": name,
        "media": "pdf",
        "mime": "application/pdf",
        "size": 90_000,
        "pages": 1,
    }
    return Attachment.model_validate({**base, **facts})


def film(**facts: Any) -> Attachment:
    base = {"file": "v1.mp4", "name": "工作.mp4", "media": "video", "mime": "video/mp4", "size": 9_000_000}
    return Attachment.model_validate({**base, "width": 1920, "height": 1080, "seconds": 240.0, **facts})
