"""The chat's catalogues: every `say(...)` of the code against `dialogs/locale/<language>.po`."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, normalize, read_po, write_po

from bot.house.failure import Failure
from forms.library import shared_of
from forms.lint import translations
from forms.loader import load, read

ROOT = Path(__file__).parents[2]
LOCALES = ("en",)
_SPEAKING = ("forms", "dialogs", "bot")
_HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"""


def extracted() -> dict[str, str]:
    """Every sentence that the code says, with the file that says it first."""
    sentences: dict[str, str] = {}
    for package in _SPEAKING:
        for file, _, sentence, _, _ in extract_from_dir(
            ROOT / package, [("**.py", "python")], keywords={"say": None}
        ):
            if isinstance(sentence, str):
                sentences.setdefault(sentence, f"{package}/{file}")
    return sentences


def problems() -> Iterator[str]:
    """What is missing, left over, doubtful or filled differently, one line each."""
    said = extracted()
    for locale in LOCALES:
        path = _path(locale)
        shown = path.relative_to(ROOT)
        catalogue = _read(path, locale)
        messages = {str(message.id): message for message in catalogue if message.id}
        for sentence, file in sorted(said.items()):
            message = messages.get(sentence)
            if message is None or not message.string:
                yield f"{shown}:1: no translation of “{sentence}” ({file})"
                continue
            line = message.lineno or 1
            if message.fuzzy:
                yield f"{shown}:{line}: the translation of “{sentence}” is marked fuzzy"
            if _blanks(sentence) != _blanks(str(message.string)):
                yield f"{shown}:{line}: the translation of “{sentence}” fills other placeholders"
        for sentence, message in sorted(messages.items()):
            if sentence not in said:
                yield f"{shown}:{message.lineno or 1}: nothing says “{sentence}” any more"


def update() -> None:
    """Write every sentence into the catalogues: new ones untranslated, those no longer said left out."""
    said = extracted()
    for locale in LOCALES:
        path = _path(locale)
        old = {str(message.id): message for message in _read(path, locale) if message.id}
        fresh = Catalog(locale=locale, project="jiangjian", charset="utf-8", fuzzy=False)
        for sentence in sorted(said):
            before = old.get(sentence)
            fresh.add(sentence, before.string if before else "", flags=before.flags if before else ())
        # no header with its date and no line numbers: the file changes only when a sentence does
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            write_po(file, fresh, no_location=True, width=0, sort_output=True, omit_header=True)


def extend(home: Path) -> list[str]:
    """Write the texts of a programme that have no translation yet into its catalogues; gives the files written."""
    source = read(home, shared_of(home))
    programme = load(source)
    written = []
    for locale in translations.LOCALES:
        path = home / "locale" / f"{locale}.po"
        old = path.read_text("utf-8") if path.is_file() else ""
        translated = {message.id for message in _read(path, locale)} | programme.translations.get(
            locale, {}
        ).keys()
        fresh = [
            text
            for text in dict.fromkeys(text for _, text in translations.texts(programme))
            if text not in translated
        ]
        if fresh:
            path.parent.mkdir(exist_ok=True)
            entries = "".join(f'\nmsgid {normalize(text, width=0)}\nmsgstr ""\n' for text in fresh)
            path.write_text((old or _HEAD) + entries, "utf-8")
            written.append(str(path))
    return written


def _path(locale: str) -> Path:
    return ROOT / "dialogs" / "locale" / f"{locale}.po"


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale)
    try:
        with path.open("rb") as file:
            return read_po(file, locale=locale, abort_invalid=True)
    except PoFileError as error:
        raise Failure(f"{path.relative_to(ROOT)}:{error.lineno}: {error}") from error


def _blanks(sentence: str) -> frozenset[str]:
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)
    except ValueError:
        return frozenset({"unreadable"})
