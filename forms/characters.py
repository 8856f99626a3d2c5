"""Characters as Unicode folds and unifies them: what people's keyboards make of one and the same sign."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """Full-width letters, digits and marks as plain ones, for answers that are codes rather than words."""
    return unicodedata.normalize("NFKC", text).strip()


def narrow(text: str) -> str:
    """The text with digits of any script as 0 to 9 and full-width letters and marks as plain ones: one character for one.

    What stands where in it stands there in the text itself. What only holds a digit (①, ²) is none.
    """
    return text if text.isascii() else "".join(map(_narrow, text))


def _narrow(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and not plain.isdecimal() else char


def suggestion(char: str) -> str | None:
    """The unified form (NFKC) of a compatibility ideograph, else None.

    Twelve characters of the block U+F900–FAFF are unified ideographs in their own right and have none.
    """
    if not ("\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f"):
        return None
    unified = unicodedata.normalize("NFKC", char)
    return None if unified == char else unified
