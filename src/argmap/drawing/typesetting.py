"""Lines of text turned into glyphs at places, in any script: what PNG and PDF pictures are made of.

Each line is split where the direction, the style, the script or the font changes (Unicode UAX #9 and #24);
each part is shaped by HarfBuzz. A character that no font has becomes a box with its code point: never a
silent blank.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from attrs import define, frozen

from argmap.drawing.bidi import first_strong, levels, visual_runs
from argmap.drawing.faces import Face, Faces, bundled

SLANT = 0.2  # of made-up italics: a fifth of the height, as browsers do
BOLDEN = 0.03  # of made-up bold: this part of the size is added around the outline
_BOX_WIDTH = 0.9  # of a code point's box; all its measures are parts of the size
_BOX_HEIGHT = 0.76
_BOX_DIGIT = 0.33


@frozen
class Span:
    """A stretch of one line in one style; the size in points."""

    text: str
    size: float
    bold: bool = False
    italic: bool = False
    colour: str = "#000000"
    struck: bool = False


@frozen
class Glyph:
    """A glyph, its place in points from the start of its line (y upwards), and the text it stands for.

    Of several glyphs for one cluster of characters, the first has the text and the others have none.
    """

    number: int
    x: float
    y: float
    advance: float
    text: str


@define
class Piece:
    """Glyphs of one font, in one style, in the order in which they are shown."""

    face: Face
    size: float
    colour: str
    bolden: bool
    slant: bool
    glyphs: list[Glyph]
    text: str
    """What the piece says, in reading order."""
    right_to_left: bool = False
    strike: tuple[float, float] | None = None
    """Where the line through struck words begins and ends, in points from the start of the line of text."""

    @property
    def strike_height(self) -> tuple[float, float]:
        """How high that line lies over the base line, and how thick it is."""
        return 0.26 * self.size, 0.07 * self.size


@frozen
class Box:
    """The substitute for a character that no font has: an outline with the code point in it."""

    x: float
    size: float
    colour: str
    character: str

    @property
    def width(self) -> float:
        return _BOX_WIDTH * self.size

    @property
    def outline(self) -> tuple[float, float, float, float, float]:
        """x, y (of the lower left corner, upwards), width, height, and the line's width."""
        edge = 0.05 * self.size
        return (self.x + edge, -0.06 * self.size, self.width - 2 * edge, _BOX_HEIGHT * self.size, edge)

    def digits(self, faces: Faces) -> list[Piece]:
        """The code point in two rows of hexadecimal digits."""
        digits = f"{ord(self.character):04X}"
        half = (len(digits) + 1) // 2
        pieces = []
        for row, words in enumerate((digits[:half], digits[half:])):
            line = set_line([Span(words, _BOX_DIGIT * self.size, colour=self.colour)], faces)
            dx = self.x + (self.width - line.width) / 2
            dy = (0.38 - 0.36 * row) * self.size
            for piece in line.pieces:
                piece.glyphs = [Glyph(g.number, g.x + dx, g.y + dy, g.advance, g.text) for g in piece.glyphs]
                pieces.append(piece)
        return pieces


@frozen
class Line:
    """A line as it is shown: its pieces and substitutes from left to right, and its width in points."""

    pieces: tuple[Piece, ...]
    boxes: tuple[Box, ...]
    width: float
    text: str


def set_line(spans: Sequence[Span], faces: Faces, right_to_left: bool | None = None) -> Line:
    """Lay out one line.

    Args:
        spans: Its text in reading order.
        faces: The fonts at hand.
        right_to_left: The line's own direction; None to take it from the first strong character.
    """
    text = "".join(span.text for span in spans)
    base = (first_strong(text) or 0) if right_to_left is None else int(right_to_left)
    style = [index for index, span in enumerate(spans) for _ in span.text]
    pieces: list[Piece] = []
    boxes: list[Box] = []
    x = 0.0
    found = levels(text, base)
    for start, end in visual_runs(found):
        backwards = bool(found[start] % 2)
        parts = _same_font(text, style, spans, start, end, faces)
        for first, last, face in reversed(parts) if backwards else parts:
            span = spans[style[first]]
            if face is None:
                for character in (
                    text[last - 1 : first - 1 if first else None : -1] if backwards else text[first:last]
                ):
                    box = Box(x, span.size, span.colour, character)
                    boxes.append(box)
                    x += box.width
                continue
            piece, width = _shape(text[first:last], face, span, x, backwards)
            pieces.append(piece)
            x += width
    return Line(tuple(pieces), tuple(boxes), x, text)


def _same_font(
    text: str, style: list[int], spans: Sequence[Span], start: int, end: int, faces: Faces
) -> list[tuple[int, int, Face | None]]:
    """The stretches of one style, script and font in a stretch of one direction."""
    parts: list[tuple[int, int, Face | None]] = []
    scripts: list[str] = []
    index = start
    while index < end:
        stop = _cluster_end(text, index, end)
        span = spans[style[index]]
        cluster = text[index:stop]
        face = faces.choose(_plain_space(cluster), span.bold, span.italic)
        if cluster == " " and parts and style[parts[-1][0]] == style[index] and parts[-1][2] is not None:
            # A space is much the same in all fonts for text; the last one's keeps a sentence in one piece.
            face = parts[-1][2] if parts[-1][2].has_word_space else face
        script = _script(cluster[0])
        if parts and _joins(parts[-1], style, index, face, scripts[-1], script):
            parts[-1] = (parts[-1][0], stop, face)
            scripts[-1] = scripts[-1] or script
        else:
            parts.append((index, stop, face))
            scripts.append(script)
        index = stop
    return parts


def _joins(
    part: tuple[int, int, Face | None], style: list[int], index: int, face: Face | None, old: str, new: str
) -> bool:
    return part[2] is face and style[part[0]] == style[index] and (not old or not new or old == new)


def _cluster_end(text: str, start: int, end: int) -> int:
    """Where the character at `start` ends with all that belongs to it: marks, selectors, joined ones."""
    index = start + 1
    flag = 0x1F1E6 <= ord(text[start]) <= 0x1F1FF
    if flag and index < end and 0x1F1E6 <= ord(text[index]) <= 0x1F1FF:
        index += 1
    while index < end:
        character = text[index]
        if unicodedata.category(character) in ("Mn", "Mc", "Me") or 0x1F3FB <= ord(character) <= 0x1F3FF:
            index += 1
        elif character == "\u200d":
            joins = index + 1 < end and ord(text[index + 1]) >= 0x2190 and ord(text[start]) >= 0x2190
            index += 2 if joins else 1
        elif 0xE0020 <= ord(character) <= 0xE007F:
            index += 1
        else:
            break
    return index


def _plain_space(cluster: str) -> str:
    """The cluster, an odd space in it made an ordinary one: some fonts have only that."""
    return " " + cluster[1:] if unicodedata.category(cluster[0]) in ("Zs", "Zl", "Zp") else cluster


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """A name for a letter's script, empty for what all scripts share. Only equality matters (UAX #24)."""
    if not character.isalpha():
        return ""
    word = unicodedata.name(character, "").partition(" ")[0]
    return (
        "" if word in ("MODIFIER", "COMBINING", "FEMININE", "MASCULINE", "MICRO", "DOUBLE-STRUCK") else word
    )


_SPACES = {ord(c): " " for c in "\u00a0\u1680\u2007\u202f\u205f\u3000\u2028\u2029\t\n\r"}


def _shape(text: str, face: Face, span: Span, x: float, backwards: bool) -> tuple[Piece, float]:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    shown = text.translate(_SPACES) if face.glyph(0x3000) is None else text
    buffer.add_codepoints([ord(character) for character in shown])
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS  # so that marks can be told apart
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if backwards else "ltr"
    uharfbuzz.shape(face.hb_font, buffer)
    scale = span.size / face.per_em
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    glyphs = []
    told: set[int] = set()
    place = x
    for info, position in zip(infos, positions, strict=True):
        cluster = info.cluster
        words = "" if cluster in told else text[cluster : ends[cluster]]
        told.add(cluster)
        advance = position.x_advance * scale
        glyphs.append(
            Glyph(
                info.codepoint, place + position.x_offset * scale, position.y_offset * scale, advance, words
            )
        )
        place += advance
    piece = Piece(
        face,
        span.size,
        span.colour,
        span.bold and not face.bold,
        span.italic and not face.italic,
        glyphs,
        text,
        backwards,
        (x, place) if span.struck else None,
    )
    return piece, place - x


def ascent_and_descent(size: float) -> tuple[float, float]:
    """How far text of a size reaches above and below its base line, in points; both positive."""
    extents = bundled("LiberationSans-Regular.ttf").hb_font.get_font_extents("ltr")
    return extents.ascender * size / 2048, -extents.descender * size / 2048
