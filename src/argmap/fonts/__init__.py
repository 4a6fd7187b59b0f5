"""The fonts that PNG and PDF pictures are set in and all pictures are measured with, the same on every machine.

Files as published, but for the last, which is unpacked from its WOFF:

| file | from | licence |
|---|---|---|
| LiberationSans-*.ttf 2.1.5 | Liberation fonts | SIL Open Font License 1.1 |
| DejaVuSans.ttf 2.37 | DejaVu fonts | Bitstream Vera; changes in the public domain |
| DroidSansFallback.ttf 2.55b | Android | Apache License 2.0 |
| NotoSansDevanagari-Regular.ttf, NotoSansThai-Regular.ttf | Noto fonts | SIL Open Font License 1.1 |
| NotoEmoji-Regular.ttf | Noto Emoji, as packed by Fontsource 5.3.2 | SIL Open Font License 1.1 |

The licences' texts are in `licences/`.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_left
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

_TEXT_FONT = "LiberationSans-Regular.ttf"
_FALLBACKS = (
    "DejaVuSans.ttf",
    "DroidSansFallback.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoEmoji-Regular.ttf",
)


def folder() -> Path:
    """Where the fonts are."""
    return Path(str(resources.files("argmap.fonts")))


@cache
def in_text_font(character: str) -> bool:
    """Whether the text's own family has a character, and so its bold and italic."""
    return _has(_TEXT_FONT, character)


@cache
def in_any_font(character: str) -> bool:
    """Whether a character can be shown, or shows nothing by itself."""
    return (
        in_text_font(character)
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or 0xE0100 <= ord(character) <= 0xE01EF
        or any(_has(name, character) for name in _FALLBACKS)
    )


_OF_A_SCRIPT = re.compile(
    "(.+?) (?:LETTER|SYLLABLE|SYLLABICS|VOWEL|CONSONANT|SUBJOINED|SIGN|MARK|TONE|DIGIT|CHARACTER|HIEROGLYPH|IDEOGRAPH)"
)


def script(character: str) -> str:
    """The script of what is written, in words (`Tibetan`); of anything else its code point."""
    found = _OF_A_SCRIPT.match(unicodedata.name(character, ""))
    is_written = unicodedata.category(character)[0] in "LMNP"
    return found[1].title() if found and is_written else f"U+{ord(character):04X}"


@cache
def shaped_width(text: str, bold: bool = False) -> float | None:
    """The width of a text as these fonts shape it, the font's size being 1; None without HarfBuzz, or for emoji."""
    names: list[str] = []
    for character in text:
        if names and unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
            names.append(names[-1])  # marks are shaped with their letter
        else:
            fitting = (name for name in (_TEXT_FONT, *_FALLBACKS) if _has(name, character))
            names.append(next(fitting, _FALLBACKS[-1]))
    if _FALLBACKS[-1] in names:
        return None
    try:
        import uharfbuzz
    except ImportError:
        return None
    total = 0.0
    for name, group in groupby(zip(names, text, strict=True), key=lambda pair: pair[0]):
        buffer = uharfbuzz.Buffer()
        buffer.add_str("".join(character for _, character in group))
        buffer.guess_segment_properties()
        font = _shaper(name.replace("Regular", "Bold") if bold and name == _TEXT_FONT else name)
        uharfbuzz.shape(font, buffer)
        total += sum(position.x_advance for position in buffer.glyph_positions) / font.face.upem
    return total


@cache
def _shaper(name: str) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(folder() / name))))


def _has(name: str, character: str) -> bool:
    code = ord(character)
    lasts, ranges = _ranges(name)
    at = bisect_left(lasts, code)
    if at == len(ranges):
        return False
    first, glyphs = ranges[at]
    return first <= code and (glyphs is None or glyphs[code - first] != 0)


_Range = tuple[int, tuple[int, ...] | None]


@cache
def _ranges(name: str) -> tuple[list[int], list[_Range]]:
    """The characters of a font, as its `cmap` table (OpenType) has them, in ranges.

    The last character of each range, and its first with the glyphs of all; None where they all have one.
    """
    with (folder() / name).open("rb") as file:
        (tables,) = struct.unpack(">4xH6x", file.read(12))
        directory = {tag: place for tag, _, *place in struct.iter_unpack(">4sIII", file.read(16 * tables))}
        start, length = directory[b"cmap"]
        file.seek(start)
        cmap = file.read(length)
    (count,) = struct.unpack_from(">2xH", cmap)
    encodings = sorted(struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count]))
    # Windows' tables are last, and of these the one for all of Unicode.
    found = cmap[encodings[-1][2] :]
    ranges = _wide(found) if found[:2] == b"\0\x0c" else _narrow(found)
    return [last for last, _ in ranges], [rest for _, rest in ranges]


def _wide(table: bytes) -> list[tuple[int, _Range]]:
    """Format 12: groups of characters whose glyphs follow one another."""
    (count,) = struct.unpack_from(">12xI", table)
    groups = struct.iter_unpack(">III", table[16 : 16 + 12 * count])
    return [(last, (first, None)) for first, last, _ in groups]


def _narrow(table: bytes) -> list[tuple[int, _Range]]:
    """Format 4: four arrays of segments, and an array of glyphs that some of the segments point into."""
    (doubled,) = struct.unpack_from(">6xH", table)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", table, 14)
    firsts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    offsets_at = 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    ranges: list[tuple[int, _Range]] = []
    for index, (first, last, offset) in enumerate(zip(firsts, lasts, offsets, strict=True)):
        if first == 0xFFFF:
            continue
        place = offsets_at + 2 * index + offset
        glyphs = struct.unpack_from(f">{last - first + 1}H", table, place) if offset else None
        ranges.append((last, (first, glyphs)))
    return ranges
