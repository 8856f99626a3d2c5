"""In which language somebody is spoken to of whom only the phone's language is known."""

from __future__ import annotations

from dialogs.words import LOCALES

#: What people are spoken to in whose phone tells nothing, and everybody whose language has no catalogue.
_SILENT, _OTHERS = "zh", "en"
#: Languages of China whose speakers read Chinese, as ISO 639 has them.
_OF_CHINA = frozenset(("yue", "wuu", "nan", "hak", "gan", "hsn", "cdo", "za", "ug", "bo", "ii"))


def spoken(tag: str) -> str:
    """The language of ours for a phone's language tag (“zh-hant”, “vi”, ""), whichever script it names."""
    language = tag.replace("_", "-").partition("-")[0].lower()
    if language in LOCALES:
        return language
    return _SILENT if not language or language in _OF_CHINA else _OTHERS
