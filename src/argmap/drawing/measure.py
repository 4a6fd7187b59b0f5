"""How wide text will be, without any font at hand.

Widths are those of Arial and the fonts made to its measure (Liberation Sans, Arimo) for Latin, Greek and
Cyrillic,
and deliberately generous class averages for every other script: a box may have a little room to spare, but
text
never leaves it. Unit: the font's size is 1.
"""

from __future__ import annotations

import unicodedata

# Thousandths of the font size.
_REGULAR = {
    191: "'",
    222: "ijl‘’ι",
    260: "|",
    278: " \u00a0!,./:;I[\\]ft·Ιϊ",
    333: "()-`r“”„‚¡‹›‐‑",
    334: "{}",
    355: '"•',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzçγνгґ",
    556: "#$0123456789?L_abdeghnopqu–€£«»§¿¢¥†‡ß",
    584: "+<=>~−×÷±¬≈≤≥≠",
    611: "FTZΖΤ",
    667: "&ABEKPSVXYΑΒΕΚΡΧΥАБВЕКРУ",
    722: "CDHNRUwСДНЛ",
    737: "©®",
    778: "GOQΟΘО",
    833: "MmΜМш",
    889: "%æ",
    944: "WЖШ",
    1000: "—…™‰ÆŒœщЩЮюЫыФ",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " \u00a0,./I\\ijl‘’·",
    280: "|",
    333: "!()-:;[]`ft¡‹›‐‑",
    389: "*r{}•",
    400: "°",
    474: '"',
    500: "z“”„‚",
    556: "#$0123456789J_aceksvxy–€£«»§¢¥",
    584: "+<=>^~−×÷±¬≈≤≥≠",
    611: "?FLTZbdghnopqu¿ß",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    737: "©®",
    778: "GOQw",
    833: "M",
    889: "%mæ",
    944: "W",
    1000: "—…™‰ÆŒœ",
    975: "@",
}
# First code point, generous width; each row reaches to the next.
_BLOCKS = (
    (0x0000, 600),
    (0x0370, 640),  # Greek, lower case mostly
    (0x0391, 800),
    (0x03B1, 700),
    (0x0400, 800),  # Cyrillic
    (0x0430, 690),
    (0x0460, 900),
    (0x0530, 1000),  # Armenian
    (0x0590, 720),  # Hebrew
    (0x0600, 860),  # Arabic and its neighbours
    (0x0900, 950),  # the Indic scripts
    (0x0E00, 800),  # Thai, Lao
    (0x0F00, 1000),
    (0x1E00, 620),  # more Latin with marks, as if unknown below
    (0x2000, 1000),  # punctuation and symbols
    (0xA000, 1000),
    (0xD7B0, 1000),
    (0x1F000, 1400),  # emoji
    (0x20000, 1050),
)


def _block_width(character: str) -> float:
    code = ord(character)
    found = 1000
    for first, width in _BLOCKS:
        if code < first:
            break
        found = width
    return found / 1000


class _Widths(dict[str, float]):
    """Width by character, worked out once for each character that is met."""

    def __init__(self, table: dict[int, str], factor: float) -> None:
        super().__init__()
        self._factor = factor
        for width, characters in table.items():
            for character in characters:
                self[character] = width / 1000

    def __missing__(self, character: str) -> float:
        width = self._find(character)
        self[character] = width
        return width

    def _find(self, character: str) -> float:
        if character == "\ufe0f":
            return 0.4  # makes the sign before it an emoji, which is so much wider
        category = unicodedata.category(character)
        if category in ("Mn", "Me", "Cf") and character != "\u00ad":
            return 0.0
        if unicodedata.east_asian_width(character) in "WF":
            return 1.05 if ord(character) < 0x1F000 else 1.4
        decomposed = unicodedata.normalize("NFD", character)
        if decomposed[0] != character and decomposed[0] in self:
            return self[decomposed[0]]
        return _block_width(character) * self._factor


REGULAR = _Widths(_REGULAR, 1.0)
BOLD = _Widths(_BOLD, 1.08)


def width(text: str, bold: bool = False) -> float:
    """The width of a text on one line, in multiples of the font's size."""
    return sum(map((BOLD if bold else REGULAR).__getitem__, text))


_KNOWN = frozenset("".join(_REGULAR.values())) & frozenset("".join(_BOLD.values()))


def is_exact(text: str) -> bool:
    """Whether widths of the text are those of a font, and not guesses with room to spare."""
    return _KNOWN.issuperset(text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False
