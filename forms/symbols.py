"""Characters of symbol fonts, which stand at places of their own, as the characters that they look like."""

from __future__ import annotations

_PRIVATE = 0xF000  # Word keeps a symbol font's 256 places at U+F000 to U+F0FF

# Adobe's Symbol encoding, 0x20 to 0x7E and from 0xA0; \0 stands for pieces of brackets and for what no print has. Here and
# below, a sign that the print's faces lack is the nearest one that they have: a ticked box is √.
_SYMBOL_LOW = (
    " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙθΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\0αβχδεφγηιφκλμνοπθρστυπωξψζ{|}~"
)
_SYMBOL_HIGH = (
    "€\0′≤/∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0\0\0\0\0\0⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√·¬∧∨⇔⇐↑⇒↓◊〈®©™∑\0\0\0\0\0\0\0\0\0\0\0〉∫"
)
_SYMBOL = {
    start + at: char
    for start, row in ((0x20, _SYMBOL_LOW), (0xA0, _SYMBOL_HIGH))
    for at, char in enumerate(row)
    if char != "\0"
}
# What is used of the dingbats in running text (Unicode L2/12-130): bullets, boxes, marks, arrows, circled figures.
_WINGDINGS = (
    {0x20: " ", 0x28: "☎", 0x29: "☎", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□"}
    | {0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "×"}
    | {0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA2: "○", 0xA4: "◎", 0xA5: "◎", 0xA7: "▪", 0xA8: "□"}
    | {0xAA: "★", 0xAB: "★", 0xD8: "▶", 0xDC: "→", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→"}
    | {0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "×", 0xFC: "✓", 0xFD: "×", 0xFE: "√"}
    | {0x80: "⓪", 0x8B: "⓿"}
    | {0x81 + at: chr(0x2460 + at) for at in range(10)}
    | {0x8C + at: chr(0x2776 + at) for at in range(10)}
)
_WINGDINGS_2 = (
    {0x20: " ", 0x4F: "×", 0x50: "✓", 0x51: "×", 0x52: "√", 0x53: "×", 0x54: "×", 0x96: "·", 0x97: "●"}
    | {0x98: "●", 0x99: "○", 0xA0: "■", 0xA1: "■", 0xA2: "□", 0xA3: "□", 0xAE: "◆", 0x69: "⓪"}
    | {0x6A + at: chr(0x2460 + at) for at in range(10)}
)
_WINGDINGS_3 = {
    0x20: " ",
    0x66: "←",
    0x67: "→",
    0x68: "↑",
    0x69: "↓",
    0x70: "▲",
    0x71: "▼",
    0x74: "◀",
    0x75: "▶",
}
_WEBDINGS = {0x20: " ", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "×", 0x33: "◀", 0x34: "▶"}
_IN_LISTS = frozenset(
    (0x6C, 0x6E, 0x6F, 0x71, 0x72, 0x75, 0x76, 0x9F, 0xA7, 0xA8, 0xD8, 0xE0, 0xE8, 0xFC, 0xFE)
)  # where no other symbol font is met with
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


#: What a symbol font's place is met with in text that has lost its font: pasted bullets, nearly all of Wingdings.
UNNAMED: dict[int, str] = {
    _PRIVATE + 0xB7: _SYMBOL[0xB7],
    **{_PRIVATE + code: char for code, char in _WINGDINGS.items() if code in _IN_LISTS},
}


def is_symbolic(font: str | None) -> bool:
    """Whether a font's letters are pictures."""
    return (font or "").casefold() in _FONTS


def spelled(font: str | None, code: int) -> str | None:
    """The character that a symbol font shows at a place (0x20 to 0xFF, or in Word's private block); None if unknown.

    Outside these fonts a character of the usual planes is itself.
    """
    places = _FONTS.get((font or "").casefold())
    private = _PRIVATE <= code <= _PRIVATE + 0xFF
    if places is None:
        return None if private or not 0x20 <= code <= 0x10FFFF else chr(code)
    place = code - _PRIVATE if private else code
    if place <= 0xFF:
        return places.get(place)
    return chr(code) if code <= 0x10FFFF else None
