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
import unicodedata
from functools import cache
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

FAMILIES = {
    "LiberationSans-Regular.ttf": "Liberation Sans",
    "DejaVuSans.ttf": "DejaVu Sans",
    "DroidSansFallback.ttf": "Droid Sans Fallback",
    "NotoSansDevanagari-Regular.ttf": "Noto Sans Devanagari",
    "NotoSansThai-Regular.ttf": "Noto Sans Thai",
    "NotoEmoji-Regular.ttf": "Noto Emoji",
}
"""By its file, the family of each font: the text's own, then those for what it has not."""
_TEXT_FONT, *_FALLBACKS = FAMILIES


# What the fonts surely have, the text's own and then the others. For these HarfBuzz is not loaded, which takes a while.
_LATIN = re.compile("[ -~\u00a0-\u017f–—‘-”†•…−→▲]")
_SIGNS = "✓✕∴⇒"


def folder() -> Path:
    """Where the fonts are."""
    return Path(str(resources.files("argmap.fonts")))


@cache
def in_text_font(character: str) -> bool:
    """Whether the text's own family has a character, and so its bold and italic."""
    return character not in _SIGNS and (_LATIN.match(character) is not None or _has(_TEXT_FONT, character))


@cache
def in_any_font(character: str) -> bool:
    """Whether a character can be shown, or shows nothing by itself."""
    return (
        character in _SIGNS
        or in_text_font(character)
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
    try:
        import uharfbuzz
    except ImportError:
        return None
    names: list[str] = []
    for character in text:
        if names and unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf"):
            names.append(names[-1])  # marks are shaped with their letter
        else:
            fitting = (name for name in (_TEXT_FONT, *_FALLBACKS) if _has(name, character))
            names.append(next(fitting, _FALLBACKS[-1]))
    if _FALLBACKS[-1] in names:
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
    """Whether a font has a sign for a character."""
    return ord(character) in _code_points(name)


@cache
def _code_points(name: str) -> Any:
    return _shaper(name).face.unicodes
