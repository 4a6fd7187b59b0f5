"""The fonts that PNG and PDF pictures are set in, and which of them has a character."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    import uharfbuzz

# After the text's own family, each character is looked for here, in this order.
_FALLBACKS = (
    "DejaVuSans.ttf",
    "DroidSansFallback.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "NotoSansThai-Regular.ttf",
    "NotoEmoji-Regular.woff",
)
_EMOJI = "NotoEmoji-Regular.woff"
_FIRST_EMOJI = 0x1F000

FontData = tuple[str, bytes, int]
"""A font that somebody else found: a name to tell it by, the file's bytes, the number of the face in it."""


@define(eq=False)
class Face:
    """One font. Measures are in thousandths of the font's size.

    Attributes:
        name: A name that is unique among the faces in use.
        bold, italic: What the outlines already are; the rest is made up (strokes thickened, letters slanted).
    """

    name: str
    data: bytes = field(repr=False)
    index: int = 0
    bold: bool = False
    italic: bool = False

    @cached_property
    def hb_face(self) -> uharfbuzz.Face:
        """The font as HarfBuzz reads it."""
        import uharfbuzz

        return uharfbuzz.Face(self.data, self.index)

    @cached_property
    def hb_font(self) -> uharfbuzz.Font:
        """The font at its own scale."""
        import uharfbuzz

        return uharfbuzz.Font(self.hb_face)

    @cached_property
    def per_em(self) -> int:
        return int(self.hb_face.upem)

    @cached_property
    def _has(self) -> dict[int, int | None]:
        return {}

    def glyph(self, code: int) -> int | None:
        """The number of a character's glyph, or None."""
        known = self._has
        if code not in known:
            known[code] = self.hb_font.get_nominal_glyph(code)
        return known[code]

    @cached_property
    def has_word_space(self) -> bool:
        """Whether there is a space of a usual width; in fonts of pictures it may be as wide as a picture."""
        space = self.glyph(0x20)
        return space is not None and self.hb_font.get_glyph_h_advance(space) < 0.45 * self.per_em

    @cached_property
    def has_outlines(self) -> bool:
        """Whether there are outlines to draw, and not only coloured pictures."""
        tags = set(self.hb_face.table_tags)
        return bool(tags & {"glyf", "CFF ", "CFF2"})


@define(eq=False)
class Faces:
    """All the fonts at hand, from the first wanted to the last resort.

    Attributes:
        found: Called with a character that no bundled font has; gives fonts that may have it, such as those
            installed on the machine. Asked at most once for each character.
        missing: The characters met so far that no font has, for which a box with their code point is drawn.
    """

    found: Callable[[str], Iterable[FontData]] | None = None
    missing: set[str] = field(factory=set)
    _others: list[Face] = field(factory=list)
    _chosen: dict[tuple[str, bool, bool], Face | None] = field(factory=dict)

    def choose(self, cluster: str, bold: bool, italic: bool) -> Face | None:
        """The font for a character and the marks on it; None if no font has the character itself."""
        key = (cluster, bold, italic)
        if key not in self._chosen:
            self._chosen[key] = self._choose(cluster, bold, italic)
        return self._chosen[key]

    def _choose(self, cluster: str, bold: bool, italic: bool) -> Face | None:
        code = ord(cluster[0])
        wanted = [ord(character) for character in cluster if not _invisible(character)] or [code]
        names = [_text_face(bold, italic), *_FALLBACKS]
        if code >= _FIRST_EMOJI or "\ufe0f" in cluster:
            names.insert(0, _EMOJI)
        partial = None
        for face in self._candidates(names, cluster[0]):
            if face.glyph(wanted[0]) is not None:
                if all(face.glyph(mark) is not None for mark in wanted[1:]):
                    return face
                partial = partial or face
        if partial is None and not _invisible(cluster[0]):
            self.missing.add(cluster[0])
        return partial if partial is not None or not _invisible(cluster[0]) else bundled(names[0])

    def _candidates(self, names: list[str], character: str) -> Iterable[Face]:
        for name in names:
            yield bundled(name)
        if unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs"):
            return  # nobody's font should decide what a character means that Unicode gives no meaning
        yield from self._others
        for name, data, index in self.found(character) if self.found else ():
            if all(face.name != name for face in self._others):
                face = Face(name, data, index)
                if face.has_outlines:
                    self._others.append(face)
                    yield face


def _text_face(bold: bool, italic: bool) -> str:
    style = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
    return f"LiberationSans-{style}.ttf"


def _invisible(character: str) -> bool:
    """Whether a character shows nothing by itself, so that no font need have it."""
    category = unicodedata.category(character)
    return category == "Cf" or "\ufe00" <= character <= "\ufe0f" or 0xE0100 <= ord(character) <= 0xE01EF


@cache
def bundled(name: str) -> Face:
    """A font that comes with argmap, by its file's name; read once."""
    data = resources.files("argmap.fonts").joinpath(name).read_bytes()
    if name.endswith(".woff"):
        data = _unpack_woff(data)
    style = name.rpartition("-")[2]
    return Face(name.partition(".")[0], data, 0, "Bold" in style, "Italic" in style)


def _unpack_woff(data: bytes) -> bytes:
    """The OpenType font in a WOFF 1.0 file (W3C Recommendation, 2012, sections 3 to 5)."""
    signature, flavour, _, tables = struct.unpack(">4s4sIH", data[:14])
    if signature != b"wOFF":
        raise ValueError("not a WOFF file")
    entries = [struct.unpack(">4sIIII", data[44 + 20 * i : 64 + 20 * i]) for i in range(tables)]
    power = max(tables.bit_length() - 1, 0)
    header = struct.pack(">4sHHHH", flavour, tables, 16 << power, power, 16 * tables - (16 << power))
    directory, body = [], []
    place = 12 + 16 * tables
    for tag, offset, packed, length, checksum in entries:
        content = data[offset : offset + packed]
        if packed != length:
            content = zlib.decompress(content)
        directory.append(struct.pack(">4sIII", tag, checksum, place, length))
        content += bytes(-length % 4)
        body.append(content)
        place += len(content)
    return b"".join([header, *directory, *body])
