"""How wide text will be, and where to break it into lines.

The widths of Latin text are in `widths.json`, in thousandths of the font's size: those of Arial and the fonts made to
its measure (Liberation Sans, Arimo). All other text is shaped and measured with the fonts that come with argmap; where
that cannot be, every letter counts as wide as the font is high. The font's size is 1.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from math import fsum, inf
from operator import attrgetter, itemgetter
from pkgutil import get_data
from typing import NamedTuple

from argmap.model import Emphasis
from argmap.text.words import lazy


def _shaped(text: str, bold: bool = False) -> float | None:
    from argmap.fonts import shaped_width  # loads what Latin text needs none of

    return shaped_width(text, bold)


class _Widths(dict[str, float]):
    """Width by character, worked out once for each character that is met."""

    def __init__(self, table: dict[str, str], is_bold: bool) -> None:
        super().__init__({each: int(width) / 1000 for width, characters in table.items() for each in characters})
        self._is_bold = is_bold

    def __missing__(self, character: str) -> float:
        width = self._find(character)
        self[character] = width
        return width

    def _find(self, character: str) -> float:
        if character == "\ufe0f":
            return 0.4  # makes the sign before it an emoji, which is so much wider
        category = unicodedata.category(character)
        if category in ("Mn", "Me", "Cf"):
            return 0.0
        if unicodedata.east_asian_width(character) in "WF":
            return 1.0 if ord(character) < 0x1F000 else 1.4
        decomposed = unicodedata.normalize("NFD", character)
        if decomposed[0] != character and decomposed[0] in self:
            return self[decomposed[0]]
        return _shaped(character, self._is_bold) or (1.0 if ord(character) < 0x1F000 else 1.4)


_TABLES = json.loads(get_data("argmap.drawing", "widths.json") or "")
REGULAR = _Widths(_TABLES["regular"], is_bold=False)
BOLD = _Widths(_TABLES["bold"], is_bold=True)
_KNOWN = REGULAR.keys() & BOLD.keys()


# Viewers have fonts of their own for these scripts, some of them a little wider
_OTHER_FONTS = 1.05


@cache
def _joining() -> re.Pattern[str]:
    """Scripts whose letters change with their neighbours, so that only whole words can be measured."""
    return re.compile("[\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")


@lru_cache(maxsize=1 << 14)  # the same words again and again
def width(text: str, bold: bool = False) -> float:
    """The width of a text on one line, in multiples of the font's size."""
    if not is_exact(text) and _joining().search(text) and (found := _shaped(text, bold)) is not None:
        return found * _OTHER_FONTS
    # Since Python 3.12 `sum` rounds floats in another way; `fsum` gives the same picture everywhere.
    return fsum(map((BOLD if bold else REGULAR).__getitem__, text))


def is_exact(text: str) -> bool:
    """Whether widths of the text are those of a font, and not estimates."""
    return (text.isascii() and text.isprintable()) or _KNOWN.issuperset(text)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False


class Run(NamedTuple):
    """A stretch of one line in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    accent: bool = False
    """Painted in the box's hue: the label."""

    @property
    def width(self) -> float:
        return width(self.text, self.bold)


Words = tuple[Run, ...]

# Unlike \s this leaves out the no-break spaces.
_SPACE = " \t\n\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_WORD = re.compile(f"[^{_SPACE}]+")
# The parts of a word between which it may be broken: with a hyphen after U+00AD, without one after U+200B
_SOFT = re.compile("[^\u00ad\u200b]*[\u00ad\u200b]+|[^\u00ad\u200b]+")


@cache
def _unspaced() -> re.Pattern[str]:
    """Scripts written without spaces, which may break between any two characters, but not before a closing sign or
    after an opening. Made when it is needed: so large a set takes milliseconds to compile."""
    return re.compile(
        "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3040-\u30ff\u3100-\u312f\u31a0-\u9fff"
        "\ua000-\ua4cf\uf900-\ufaff\uff00-\uff60\U0001b000-\U0001b2ff\U00020000-\U0003ffff]"
    )


_NOT_FIRST = set(
    "、。，．・：；？！）］｝〕〉》」』】〗〟’”ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々,.:;?!)]}%…"
    "ะาำๅๆฯະາຳໆຯ"  # Thai and Lao: vowels that follow their letter, and signs that end a word
)
_NOT_LAST = set("（［｛〔〈《「『【〖〝‘“([{เแโใไເແໂໃໄ")  # Thai and Lao vowels stand before their letter
_AFTER = set("/?&=-_.,;:#%+@\\|")
_THAI = lazy("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_JOINERS = "\u200d\u2060"


class _Piece(NamedTuple):
    """Part of a text that stays on one line: `start` and `end` are offsets into it, `hyphen` the room of one there."""

    start: int
    end: int
    width: float
    spaced: bool
    hyphen: float = 0.0


_MOST_BALANCED = 200  # lines; of more, nobody sees how even they are


@lru_cache(maxsize=2048)  # a map that is drawn at each edit has nearly the same texts again
def wrap(
    text: str, limit: float, emphasis: tuple[Emphasis, ...] = (), first: float = 0.0, balance: bool = False
) -> tuple[Words, ...]:
    """Break a text into lines.

    Args:
        text: One paragraph; white space of any length counts as one space.
        limit: The longest line, in multiples of the font's size. Only a single character can be wider.
        emphasis: Stressed ranges, drawn italic, or bold where strong.
        first: Room already taken on the first line.
        balance: Make the lines about equally long, without adding any.
    """
    bold = [(mark.start, mark.end) for mark in emphasis if mark.strong]
    pieces = _pieces(text, limit, bold)
    if not pieces:
        return ((),)
    ranges = _fill(pieces, limit, first)
    if balance and 1 < len(ranges) <= _MOST_BALANCED:
        skipped = ranges[:1] if ranges[0] == (0, 0) else []
        ranges = skipped + _balance(pieces, limit, 0.0 if skipped else first)
    return tuple([_runs(text, start, end, emphasis) for start, end in ranges])


def rows_of(text: str, limit: float) -> tuple[str, ...]:
    """A text broken into lines, without the looks of its words."""
    return tuple("".join(run.text for run in row) for row in wrap(text, limit))


def length(words: Words) -> float:
    """How wide a line is, in multiples of the font's size."""
    return fsum([width(run.text, run.bold) for run in words])


def _pieces(text: str, limit: float, bold: Sequence[tuple[int, int]]) -> Sequence[_Piece]:
    words, widest = _words(text, tuple(bold))
    space = REGULAR[" "]
    if widest + space <= limit:
        return words
    pieces = []
    for piece in words:
        start, end, size, spaced, _ = piece
        if size + space <= limit and (text.isascii() or not _unspaced().search(text, start, end)):
            pieces.append(piece)
            continue
        table = BOLD if _meets(bold, start, end) else REGULAR
        word = text[start:end]
        for part_start, part_end in _split(word, limit, table):
            part = fsum([table[character] for character in word[part_start:part_end]])
            pieces.append(_Piece(start + part_start, start + part_end, part, spaced))
            spaced = False
    return pieces


@lru_cache(maxsize=2048)
def _words(text: str, bold: tuple[tuple[int, int], ...]) -> tuple[Sequence[_Piece], float]:
    """The words of a text, and the width of the widest, infinite where some may have to be broken.

    Kept, since the same texts are broken at several widths when a picture looks for its shape.
    """
    if text.isascii() and not bold:
        plain = [_Piece(*match.span(), width(match[0]), True) for match in _WORD.finditer(text)]
        return plain, max([piece.width for piece in plain], default=0.0)
    pieces = []
    for match in _WORD.finditer(text):
        begin = match.start()
        for part in _SOFT.finditer(match[0]) if "\u00ad" in match[0] or "\u200b" in match[0] else (match,):
            start, end = part.span() if part is match else (begin + part.start(), begin + part.end())
            strong = _meets(bold, start, end)
            ending = REGULAR["-"] if part[0][-1] == "\u00ad" else 0.0
            pieces.append(_Piece(start, end, width(part[0], strong), start == begin, ending))
    if not text.isascii() and _unspaced().search(text):
        return pieces, inf
    return pieces, max([piece.width for piece in pieces], default=0.0)


def _meets(ranges: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of some ranges, which are in order, has a part of this one."""
    place = bisect_right(ranges, start, key=itemgetter(1)) if ranges else 0
    return place < len(ranges) and ranges[place][0] < end


def _split(word: str, limit: float, table: dict[str, float]) -> list[tuple[int, int]]:
    """Where a long or unspaced word may be broken: between ideographs, in a URL after its signs, otherwise anywhere."""
    parts: list[tuple[int, int]] = []
    start, size, good = 0, 0.0, 0
    unspaced = _unspaced()
    for index, character in enumerate(word):
        advance = table[character]
        if index > start and _may_break(word, index):
            if unspaced.match(character) or unspaced.match(word[index - 1]):
                if not (_THAI.match(character) and size + advance <= limit / 3):
                    parts.append((start, index))
                    start, size, good = index, 0.0, index
            elif word[index - 1] in _AFTER and not character.isdigit():
                good = index
        if size + advance > limit and index > start:
            cut = good if good > start else _grapheme_start(word, index, start)
            if cut > start:
                parts.append((start, cut))
                start = cut
                size = fsum([table[each] for each in word[start:index]])
                good = start
        size += advance
    parts.append((start, len(word)))
    return parts


def _may_break(word: str, index: int) -> bool:
    before, after = word[index - 1], word[index]
    if after in _NOT_FIRST or before in _NOT_LAST or after in _JOINERS or before in _JOINERS:
        return False
    return not unicodedata.category(after).startswith("M")


def _grapheme_start(word: str, index: int, start: int) -> int:
    """The nearest place at or before `index` that does not part a letter from its marks."""
    place = index
    while place > start and (
        unicodedata.category(word[place]).startswith("M")
        or word[place] in _JOINERS
        or word[place - 1] in _JOINERS
        or 0x1F3FB <= ord(word[place]) <= 0x1F3FF
    ):
        place -= 1
    return place if place > start else index


def _fill(pieces: Sequence[_Piece], limit: float, first: float) -> list[tuple[int, int]]:
    """Greedy line filling: the range of the text on each line."""
    space = REGULAR[" "]
    lines: list[tuple[int, int]] = []
    start, end, size = -1, -1, first
    for begins, ends, wide, spaced, hyphen in pieces:
        gap = space if spaced and start >= 0 else 0.0
        if start >= 0 and size + gap + wide + hyphen > limit:
            lines.append((start, end))
            start, end, size = begins, ends, wide
            continue
        if start < 0 and first and size + wide > limit:
            # Not even one word beside what is there already: the first line holds nothing more.
            lines.append((0, 0))
            size = 0.0
        size += gap + wide
        start = begins if start < 0 else start
        end = ends
    lines.append((start, end))
    return lines


# The last line may be shorter than the others
_LAST = 0.5


def _balance(pieces: Sequence[_Piece], limit: float, first: float) -> list[tuple[int, int]]:
    """The fewest lines, as even as can be: the sum of the squares of the room left is least (Knuth and Plass 1981)."""
    space = REGULAR[" "]
    sizes = [piece.width for piece in pieces]
    # With the gap after each
    spaced = [size + (space if after.spaced else 0.0) for size, after in zip(sizes, pieces[1:], strict=False)]
    # For each number of pieces: the lines they take, the sum of the squares, and where the last line starts
    best = [(0, 0.0, 0)]
    for end, piece in enumerate(pieces, 1):
        hyphen, weight = (piece.hyphen, 1.0) if end < len(pieces) else (0.0, _LAST)
        start, size = end - 1, hyphen + sizes[end - 1]
        fewest, least, begin = len(pieces), inf, start
        while True:
            room = limit - size - (0.0 if start else first)
            if room < 0 and start < end - 1:
                break
            lines, squares, _ = best[start]
            squares += room * room * weight
            if lines < fewest or (lines == fewest and squares <= least):
                fewest, least, begin = lines, squares, start
            if not start:
                break
            start -= 1
            size += spaced[start]
        best.append((fewest + 1, least, begin))
    ranges = []
    end = len(pieces)
    while end:
        start = best[end][2]
        ranges.append((pieces[start].start, pieces[end - 1].end))
        end = start
    return ranges[::-1]


def _runs(text: str, start: int, end: int, emphasis: Sequence[Emphasis]) -> Words:
    if not emphasis and "\u00ad" not in text:
        plain = _tidy(text[start:end])
        return (Run(plain),) if plain else ()
    runs: list[Run] = []
    place = start
    for number in range(bisect_right(emphasis, start, key=attrgetter("end")), len(emphasis)):
        mark = emphasis[number]
        if mark.start >= end:
            break
        if mark.start > place:
            runs.append(Run(_tidy(text[place : mark.start])))
        stop = min(mark.end, end)
        runs.append(Run(_tidy(text[max(mark.start, place) : stop]), bold=mark.strong, italic=not mark.strong))
        place = stop
    if place < end:
        runs.append(Run(_tidy(text[place:end])))
    if text[end - 1 : end] == "\u00ad" and end < len(text):
        runs[-1] = runs[-1]._replace(text=f"{runs[-1].text}-")
    return tuple(run for run in runs if run.text)


_SPACES = lazy(f"[{_SPACE}]+")
_BREAKS = {0x200B: None, 0xAD: None}


def _tidy(text: str) -> str:
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", text).translate(_BREAKS)
