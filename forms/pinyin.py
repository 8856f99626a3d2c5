"""How names are typed by their sound: every way in which somebody may spell one in letters.

A character may be read in several ways and nobody can tell which is a person's own: all of them count, that of the
surname first. The readings are pypinyin's for single characters, which lists what the Hanyu Da Zidian and the Unihan
database have; its own choice among them is wrong for surnames (覃 as tán, 翟 as dí), so none is made here.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import product
from pathlib import Path

#: Surnames that are read otherwise than their characters mostly are: as pinyin-pro 3.26 has them (lib/data/surname.ts),
#: beside 盖 as 《现代汉语词典》 has it.
_SURNAMES = {
    "覃": "qin",
    "翟": "zhai",
    "单": "shan",
    "仇": "qiu",
    "区": "ou",
    "解": "xie",
    "曾": "zeng",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "乐": "yue",
    "缪": "miao",
    "隗": "kui",
    "牟": "mou",
    "能": "nai",
    "乜": "nie",
    "阚": "kan",
    "肖": "xiao",
    "那": "na",
    "都": "du",
}
_DOUBLE = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "乐正": ("yue", "zheng"),
    "子车": ("zi", "ju"),
    "宰父": ("zai", "fu"),
}
#: A name with more ways than this is spelt in its first one, and with one character read otherwise at a time.
_MOST = 48
#: Beyond this many characters nobody types a name by its letters.
_LONGEST = 16


@cache
def _all() -> dict[str, str]:
    """By code point in decimal, the readings of a character with their tones, parted by commas.

    The file is read and not the package imported: that would bring the phrases along, 46 MB that nothing here asks for.
    """
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    by_code: dict[str, str] = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text("utf-8"))
    return by_code


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """How a character is read, without tones, the usual one first: 行 is xing, hang, heng. Letters are themselves.

    ü is v as on a keyboard, and then yu as in a passport and u: 吕 is lv, lyu, lu. () for what is neither.
    """
    if character.isascii():
        return (character.casefold(),) if character.isalnum() else ()
    toned = _all().get(str(ord(character)), "")
    toneless: dict[str, None] = {}
    for reading in filter(None, toned.split(",")):
        for spelt in _typed(reading):
            toneless.setdefault(spelt)
    return tuple(toneless)


def letters(text: str) -> str:
    """A spelling as it is compared: small letters and digits alone, ü as v: “Lǚ Xiǎo-míng” is lvxiaoming."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()).replace(
        "u\u0308", "v"
    )
    # A tone may stand between u and its dots: ǚ is u, diaeresis, caron in every normal form.
    return "".join(char for char in plain if char.isascii() and char.isalnum())


def spellings(name: str) -> frozenset[str]:
    """Everything from which on a name can be typed by its sound: whoever types a beginning of one of these means it.

    For 覃小明 among others qinxiaoming and tanxiaoming, qxm, qinxm, and xiaoming, xm, ming for the given name alone.
    """
    read = [ways for char in name[:_LONGEST] if (ways := readings(char))]
    if not read or name.isascii():
        return frozenset()
    first = _DOUBLE.get(name[:2]) or ((_SURNAMES[name[0]],) if name[0] in _SURNAMES else ())
    for at, reading in enumerate(first[: len(read)]):
        read[at] = tuple(dict.fromkeys((reading, *read[at])))
    sounds: set[str] = set()
    for way in _combined(read):
        initials = "".join(syllable[0] for syllable in way)
        for at in range(len(way)):
            sounds.add("".join(way[at:]))
            sounds.add(initials[at:])
            sounds.add(way[at] + initials[at + 1 :])
    return frozenset(sounds)


def _combined(read: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    ways = 1
    for each in read:
        ways *= len(each)
    if ways <= _MOST:
        yield from product(*read)
        return
    first = tuple(each[0] for each in read)
    yield first
    for at, each in enumerate(read):
        for other in each[1:]:
            yield (*first[:at], other, *first[at + 1 :])


def _typed(reading: str) -> tuple[str, ...]:
    plain = letters(reading)
    if "v" not in plain:
        return (plain,) if plain else ()
    return (plain, plain.replace("v", "yu" if plain.endswith("v") else "u"), plain.replace("v", "u"))
