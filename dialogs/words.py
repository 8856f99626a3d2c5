"""Putting Messages and programme texts into a person's language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from forms.message import Message, Own
from forms.programme import Programme

LOCALES = {"zh": "中文", "en": "English"}


@cache
def catalogue(locale: str) -> dict[str, str]:
    """The chat's sentences in a language, by their Chinese. Chinese itself has none."""
    path = Path(__file__).parent / "locale" / f"{locale}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            str(entry.id): str(entry.string)
            for entry in read_po(file, locale=locale)
            if entry.id and entry.string
        }


class Words:
    """One language. Called with a Message it gives the sentence."""

    def __init__(self, locale: str, programme: Programme | None = None) -> None:
        self.locale = locale
        self._catalogue = catalogue(locale)
        self._texts = programme.translations.get(locale, {}) if programme else {}
        self._comma = "、" if locale == "zh" else ", "

    def __call__(self, message: Message | str) -> str:
        """The sentence in this language; plain text is taken for a text of the programme, unless it is `Own`."""
        if isinstance(message, Own):
            return str(message)
        if isinstance(message, str):
            return self.text(message)
        sentence, values = self._catalogue.get(message.text, message.text), message.values
        if not values and "{" not in sentence:
            return sentence
        return sentence.format_map({name: self._value(value) for name, value in values.items()})

    def _value(self, value: object) -> str:
        if isinstance(value, tuple):
            return self._comma.join(map(self._value, value))
        return self(value) if isinstance(value, Message | str) else str(value)

    def text(self, text: str) -> str:
        """A text of the programme in this language."""
        return self._texts.get(text, text)

    def of(self, programme: Programme, text: str) -> str:
        """A text of some other programme in this language."""
        return programme.translate(text, self.locale)
