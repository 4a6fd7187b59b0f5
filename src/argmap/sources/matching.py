"""Finding quoted words in a source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from attrs import frozen

from argmap.sources.original import Original, Printing
from argmap.sources.words import CUT, is_word, split
from argmap.text import Span

# A capital changed to fit the quoting sentence, as editors mark it: [T]he.
_CHANGED_LETTER = re.compile(r"\[(\w)\](?=\w)")
_FIRST_LETTER = re.compile(r"\W*[^\W\d_]")
_EDITORIAL = re.compile(r"\[[^\[\]]*\]")


@frozen
class Found:
    """Where quoted words stand in a source: one range of its text for each part between cuts, in order."""

    spans: tuple[Span, ...]


@frozen
class Missing:
    """Quoted words that are not there: `part` is the first part between cuts that was not found.

    With `astray`, every part is somewhere in the source, but not in this order.
    """

    part: str
    astray: bool = False


def find(original: Original, words: str) -> Found | Missing | None:
    """Look for quoted words in a source.

    Blind to spacing, line breaks, and the styles of quotation marks and dashes, and to Markdown's markup.
    `…`, `...`, `[…]` stand for words left out; `[T]he` and `[the army]` are an editor's changes, unless the
    source has those very brackets. A full stop or comma at either end of the quotation need not be in the
    source, and its first letter may be a capital or not, as the sentence around it asks. None when the
    quotation holds no word to look for.
    """
    missing: Missing | None = None
    for wording, shown in _wordings(words):
        parts = _parts(wording)
        if not parts:
            continue
        for printing in original.printings:
            outcome = _place(printing, [keys for keys, _ in parts])
            if not isinstance(outcome, int):
                places = printing.words
                return Found(
                    tuple(
                        Span(places.starts[at], places.ends[at + len(keys) - 1])
                        for at, (keys, _) in zip(outcome, parts, strict=True)
                    )
                )
            if shown and printing is original.printings[0]:
                astray = all(_next(printing, keys, 0) >= 0 for keys, _ in parts)
                missing = Missing(wording[slice(*parts[outcome][1])], astray)
    return missing


def _wordings(words: str) -> Iterator[tuple[str, bool]]:
    """The quotation as it may stand in the source, and whether to show this wording when none does."""
    plain = words
    if "[" in words:
        yield words, False
        changed = _CHANGED_LETTER.sub(lambda found: found[1].swapcase(), words)
        plain = _EDITORIAL.sub(CUT, changed)
    yield plain, True
    if first := _FIRST_LETTER.match(plain):
        yield plain[: first.end() - 1] + plain[first.end() - 1].swapcase() + plain[first.end() :], False


def _parts(wording: str) -> list[tuple[list[str], tuple[int, int]]]:
    """The parts of a quotation between its cuts: keys, and their range in the wording."""
    words = split(wording)
    keys = words.keys
    parts: list[tuple[list[str], tuple[int, int]]] = []
    start = 0
    for position in range(len(keys) + 1):
        if position < len(keys) and keys[position] != CUT:
            continue
        first, last = start, position
        # The brackets of `[…]` go with the cut, and the signs at a part's ends are the quoting writer's own.
        while first < last and not is_word(keys[first]):
            first += 1
        while last > first and not is_word(keys[last - 1]):
            last -= 1
        if first < last:
            parts.append((keys[first:last], (words.starts[first], words.ends[last - 1])))
        start = position + 1
    return parts


def _place(printing: Printing, parts: Sequence[list[str]]) -> list[int] | int:
    """The position of each part, or the number of the first part that is not there."""
    places: list[int] = []
    after = 0
    for number, keys in enumerate(parts):
        place = _next(printing, keys, after)
        if place < 0:
            return number
        places.append(place)
        after = place + len(keys)
    # The first part may also stand nearer to the last one: take the closest.
    for number in range(len(parts) - 2, -1, -1):
        places[number] = _last(printing, parts[number], places[number], places[number + 1])
    return places


def _candidates(printing: Printing, keys: list[str]) -> tuple[list[int], int]:
    """The positions in the source of the rarest of some words, and its number among them."""
    rarest: list[int] = []
    offset = 0
    for number, key in enumerate(keys):
        positions = printing.index.get(key)
        if positions is None:
            return [], 0
        if number == 0 or len(positions) < len(rarest):
            rarest, offset = positions, number
    return rarest, offset


def _next(printing: Printing, keys: list[str], after: int) -> int:
    """The first position from `after` at which the words stand, or -1."""
    positions, offset = _candidates(printing, keys)
    there, count, first = printing.words.keys, len(keys), keys[0]
    for number in range(bisect_left(positions, after + offset), len(positions)):
        start = positions[number] - offset
        # The first word is compared by itself, as making a slice costs more than most comparisons.
        if there[start] == first and there[start : start + count] == keys:
            return start
    return -1


def _last(printing: Printing, keys: list[str], found: int, before: int) -> int:
    """The last position at which the words stand and end by `before`; `found` is one such."""
    positions, offset = _candidates(printing, keys)
    for number in range(bisect_left(positions, before) - 1, -1, -1):
        start = positions[number] - offset
        if start <= found:
            break
        if start + len(keys) <= before and printing.words.keys[start : start + len(keys)] == keys:
            return start
    return found
