"""Codes as they are made, shown and typed.

A short code is two groups of five characters, a lasting one five groups of four: 49 and 98 bits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

#: No 0 O, 1 I L, U: nothing that is mistaken for another when read out. 30 characters.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN = frozenset("01ILOU")
_SHORT, _LASTING = 10, 20
_GROUPS = {_SHORT: 5, _LASTING: 4}
#: So many figures and letters at the least stand in every code, so that no number and no words are taken for one.
_FIGURES = _LETTERS = 2

#: More characters that no code has make it a word or a number of something.
_SLIPS = {_SHORT: 2, _LASTING: 6}

_LINK = re.compile(r"\S*(?:/resume#|[?&]start=join_)([0-9A-Z-]+)\S*", re.IGNORECASE)
_CALLED = re.compile(
    r"^\s*(?:我的|这是)?(?:恢复码|口令|/?recovery code|/?recovery|/resume|code)\s*(?:是|为|[:：=])?\s*",
    re.IGNORECASE,
)
_BETWEEN = r"[\s\-_.·,，、‐-―−~～/|+*一丨ー]{1,3}"
_GROUPED = {
    length: re.compile(
        rf"(?<![0-9A-Z])[0-9A-Z]{{{size}}}(?:{_BETWEEN}[0-9A-Z]{{{size}}}){{{length // size - 1}}}(?![0-9A-Z])"
    )
    for length, size in _GROUPS.items()
}
_SEPARATORS = re.compile(r"[\s\-_.·,，、‐-―−~～/|+*一丨ー]+")
#: Between the groups of a code that came out too short, too long or in other groups; and how its groups are then.
_PLAIN_BETWEEN = re.compile(r"[\s\-_.·‐-―−~～]+")
_LEAST_LETTERS, _LEAST_RUNS = 8, 3
_ANSWER = re.compile(r"^\s*(?:答案|answer)\s*[:：]\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """What may be a code in what somebody typed.

    `certain` tells that it is meant as one even where it opens nothing; `slipped` that it holds characters which no
    code has (0 O 1 I L U). `wanted` is how many characters it should have where it is too short or too long, else 0.
    """

    code: str
    certain: bool
    slipped: bool = False
    wanted: int = 0


def short_code() -> str:
    """A fresh code for a quarter of an hour: “ABCDE-23456”."""
    return _drawn(_SHORT)


def long_code() -> str:
    """A fresh code as long as a lasting one, for the union to hand out."""
    return _drawn(_LASTING)


def _drawn(length: int) -> str:
    while True:
        word = "".join(secrets.choice(_ALPHABET) for _ in range(length))
        if _mixed(word):
            return shown(word)


def lasting_code(key: bytes, purpose: str) -> str:
    """The code that belongs to a purpose under a key, always the same: “ABCD-2345-EFGH-6789-JKMN”."""
    for attempt in count():
        mac = hmac.digest(key, f"{purpose}\x00{attempt}".encode(), "sha256")
        number, figures = int.from_bytes(mac), []
        for _ in range(_LASTING):
            number, rest = divmod(number, len(_ALPHABET))
            figures.append(_ALPHABET[rest])
        word = "".join(figures)
        if _mixed(word):
            return shown(word)
    raise AssertionError


def shown(code: str) -> str:
    """A code in its groups."""
    plain = _plain(code)
    size = _GROUPS.get(len(plain), len(plain) or 1)
    return "-".join(plain[start : start + size] for start in range(0, len(plain), size))


def digest_of(code: str) -> str:
    """The SHA-256 of a code, however it was typed: case, width, spaces and hyphens do not matter."""
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def typed(text: str) -> Typed | None:
    """The code in a text that somebody typed at a question; None where there is none.

    Whoever means an answer that looks like a code writes 答案： in front of it.
    """
    if len(text) > 500 or _ANSWER.match(text):
        return None
    folded = unicodedata.normalize("NFKC", text)
    link = _LINK.fullmatch(folded.strip())
    if link:
        return _read(link[1], certain=True)
    called = _CALLED.match(folded)
    whole = _plain(folded[called.end() :] if called else folded)
    if len(whole) in _GROUPS and whole.isascii() and whole.isalnum():
        grouped = any(pattern.search(folded.upper()) for pattern in _GROUPED.values())
        grouped = grouped and (len(whole) == _SHORT or _lettered(whole))
        one_word = len(whole) == _LASTING and not _SEPARATORS.search(folded.strip())
        regrouped = _nearly(folded.upper(), whole)
        code = _read(whole, certain=bool(called) or grouped or one_word or regrouped)
        if code or called:
            return code
    for piece in _pieces(folded.upper()):
        code = _read(piece, certain=len(_plain(piece)) == _SHORT or _lettered(_plain(piece)))
        if code:
            return code
    if (called and _attempted(whole)) or _nearly(folded.upper(), whole):
        short = called is not None and "口令" in called[0]
        return Typed(whole, certain=True, wanted=_SHORT if short else _LASTING)
    return None


def given(text: str) -> Typed:
    """What was typed where nothing but a code is asked for."""
    return typed(text) or Typed(_plain(unicodedata.normalize("NFKC", text))[:64], certain=True)


def answer(text: str) -> str:
    """A text without the word that says it is an answer, where what follows would be taken for a code."""
    marked = _ANSWER.match(text)
    rest = text[marked.end() :] if marked else ""
    return rest if rest and typed(rest) else text


def _read(piece: str, *, certain: bool) -> Typed | None:
    plain = _plain(piece)
    if len(plain) not in _GROUPS or not plain.isalnum() or not plain.isascii() or not _mixed(plain):
        return None
    slips = sum(char in _MISTAKEN for char in plain)
    if slips > _SLIPS[len(plain)]:
        return None
    return Typed(plain, certain, slipped=bool(slips))


def _pieces(text: str) -> Iterator[str]:
    for pattern in _GROUPED.values():
        for match in pattern.finditer(text):
            yield match[0]


def _nearly(text: str, plain: str) -> bool:
    """Whether a text is a lasting code with a character too few or too many, or in other groups than it was given in.

    Figures and letters change as often as in a code and stand in its groups, so that it is no number and no sentence.
    """
    if abs(len(plain) - _LASTING) > 1 or not (plain.isascii() and plain.isalnum()):
        return False
    if not _lettered(plain) or len(re.findall("[A-Z]+", plain)) < _LEAST_RUNS or not _mixed(plain):
        return False
    if sum(char in _MISTAKEN for char in plain) > 1:
        return False
    parts = [part for part in _PLAIN_BETWEEN.split(text) if part]
    size = _GROUPS[_LASTING]
    grouped = sum(len(part) == size for part in parts) >= _LASTING // size - 2
    mixed = sum(_mixture(part) for part in parts)
    return len(parts) <= 2 or (grouped and mixed > 1 and max(map(len, parts)) <= 2 * size)


def _lettered(plain: str) -> bool:
    """Whether there are as many letters as in nearly any lasting code: lists of grades and numbers have fewer."""
    return sum(char.isalpha() for char in plain) >= _LEAST_LETTERS


def _mixture(part: str) -> bool:
    return any(char.isdecimal() for char in part) and any(char.isalpha() for char in part)


def _attempted(plain: str) -> bool:
    """Whether what follows the word “recovery code” is an attempt at one: of about its length, and mixed."""
    return plain.isascii() and plain.isalnum() and 8 <= len(plain) <= 24 and _mixed(plain)


def _plain(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _mixed(plain: str) -> bool:
    figures = sum(char.isdecimal() for char in plain)
    return figures >= _FIGURES and len(plain) - figures >= _LETTERS
