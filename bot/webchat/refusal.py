"""Saying no in a sentence: the HTTP status of every trouble that a person can meet at this door."""

from __future__ import annotations

from collections.abc import Mapping

from bot.house import troubles
from dialogs.words import LOCALES, Words, catalogue

STATUSES: Mapping[str, int] = {
    "bad_request": 400,
    "cut_short": 400,
    "empty": 400,
    "no_session": 401,
    "foreign_origin": 403,
    "wrong_pin": 403,
    "plain_pin": 400,
    "no_pin": 409,
    "pin_locked": 429,
    "not_found": 404,
    "not_allowed": 405,
    "not_proven": 403,
    "launch_over": 403,
    "not_agreed": 409,
    "too_slow": 408,
    "cleared": 409,
    "at_desk": 409,
    "moved_on": 409,
    "no_case": 409,
    "not_begun": 409,
    "export_over": 410,
    "export_recalled": 410,
    "export_failed": 410,
    "export_gone": 410,
    "export_no_table": 410,
    "export_no_room": 410,
    "too_large": 413,
    "too_long": 413,
    "too_many_files": 413,
    "too_much": 413,
    "encoded": 415,
    "crowded": 429,
    "crowded_files": 429,
    "too_fast": 429,
    "broken": 500,
    "not_printed": 500,
    "fonts_awaited": 503,
    "no_room": 507,
}


#: What the page refuses by itself, before anything is sent.
_AT_ONCE = ("too_large", "too_long")


def at_once() -> dict[str, dict[str, str]]:
    """The sentences of what the page refuses by itself, by language and code, with their {names} to be filled in."""
    texts = {code: troubles.SENTENCES[code].text for code in _AT_ONCE}
    return {
        locale: {code: catalogue(locale).get(text, text) for code, text in texts.items()}
        for locale in LOCALES
    }


class Refusal(Exception):  # noqa: N818 - an answer, not a defect
    """A request that is answered with the words of `bot.house.troubles`. `code` is what the page's script goes by.

    `retry` is in seconds, told in the sentence and beside it; `values` fill the sentence.
    """

    def __init__(self, code: str, *, retry: int = 0, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.retry = retry
        self.status = STATUSES[code]
        sentence = troubles.words(code, when=troubles.wait(retry), **values)
        self.chinese = Words("zh")(sentence)
        self.english = Words("en")(sentence)

    def as_json(self) -> dict[str, object]:
        """What goes over the wire."""
        body: dict[str, object] = {"error": self.code, "say": {"zh": self.chinese, "en": self.english}}
        if self.retry:
            body["retry"] = self.retry
        return body


def of_status(status: int) -> Refusal:
    """The refusal that fits a plain HTTP error."""
    codes = {404: "not_found", 405: "not_allowed", 413: "too_much"}
    return Refusal(codes.get(status, "broken" if status >= 500 else "bad_request"))
