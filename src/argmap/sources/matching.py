"""Finding quoted words in a source; and where they are not there, the passage that comes closest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import frozen

from argmap.sources.original import Original, Printing
from argmap.sources.words import CUT, Words, is_word, split
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


# Bounds that keep a look-up's cost independent of the size of the source: words of the quotation compared,
# words used as anchors, places tried for each, and passages compared in full.
_MOST_WORDS, _ANCHORS, _PLACES, _PASSAGES = 240, 16, 48, 3
_SHORT = 12  # a quotation of fewer words is compared with more passages
_BUCKET = 8
# A passage with less in common than this would confuse more than help.
_ALIKE = 0.5


@frozen
class Difference:
    """A stretch where two wordings differ: a range of the quoted words and one of the source's text.

    Either may be empty, and then marks the place between two words.
    """

    quoted: Span
    source: Span


@frozen
class Passage:
    """A passage of the source, how much it has in common with the quotation (0 to 1), and where they differ.

    `quoted` is the range of the quotation that was compared.
    """

    span: Span
    quoted: Span
    likeness: float
    differences: tuple[Difference, ...]


def closest_passage(original: Original, part: str) -> Passage | None:
    """The passage closest to some words, or None when nothing in the source is like them.

    Passages are picked by the rarest words in common and compared word by word (Ratcliff and Obershelp's
    measure, from `difflib`), so the time does not grow with the length of the source; the best one is then
    aligned with the quotation.
    """
    quoted = split(part)
    keys = [key.casefold() for key in quoted.keys[:_MOST_WORDS]]
    printing = original.printings[0]
    words, caseless = printing.words, printing.caseless
    known = [(len(caseless[key]), n) for n, key in enumerate(keys) if is_word(key) and key in caseless]
    votes: Counter[int] = Counter()
    for count, number in sorted(known)[:_ANCHORS]:
        for position in caseless[keys[number]][:_PLACES]:
            bucket = max(0, position - number) // _BUCKET
            for near in (bucket - 1, bucket, bucket + 1):
                votes[near] += 1000 // count if near == bucket else 500 // count
    best: tuple[float, int, int] | None = None
    for bucket, _ in votes.most_common(_PASSAGES if len(keys) > _SHORT else 3 * _PASSAGES):
        start = max(0, bucket * _BUCKET - len(keys) // 4 - _BUCKET)
        end = start + len(keys) * 3 // 2 + 4 * _BUCKET
        passage = [key.casefold() for key in words.keys[start:end]]
        from difflib import SequenceMatcher  # only for words that are not there

        matcher = SequenceMatcher(None, keys, passage, autojunk=False)
        common = sum(block.size for block in matcher.get_matching_blocks())
        # A word cut at an end of the quotation is as good as whole.
        common += keys[0] not in caseless and any(word.endswith(keys[0]) for word in passage)
        common += keys[-1] not in caseless and any(word.startswith(keys[-1]) for word in passage)
        likeness = common / len(keys)
        if best is None or likeness > best[0]:
            best = likeness, start, len(passage)
    if best is None or best[0] < _ALIKE:
        return None
    likeness, start, length = best
    return _compare(quoted, words, start, words.keys[start : start + length], likeness)


def _compare(ours: Words, theirs: Words, start: int, passage: list[str], likeness: float) -> Passage | None:
    """The part of a passage, which begins at word `start` of the source, that fits the quoted words."""
    quoted = ours.keys[:_MOST_WORDS]
    steps = align(quoted, passage)
    used = [step for step in steps if step[2] < step[3]]
    if not used:
        return None
    if (one := steps[0])[2] < one[3] and _differ_in_first_capital(quoted[0], passage[one[2]]):
        # A quotation may begin with a capital where the source has none; see `find`.
        quoted = [passage[one[2]], *quoted[1:]]
    differences = tuple(
        Difference(_range(ours, a, b), _range(theirs, start + c, start + d))
        for a, b, c, d in _differing(steps, quoted, passage)
    )
    span = Span(theirs.starts[start + used[0][2]], theirs.ends[start + used[-1][3] - 1])
    return Passage(span, _range(ours, 0, len(quoted)), likeness, differences)


def _range(words: Words, first: int, end: int) -> Span:
    """Where words stand in their text; for none, the place between two."""
    if first < end:
        return Span(words.starts[first], words.ends[end - 1])
    place = words.ends[first - 1] if first else words.starts[0]
    return Span(place, place)


def _differ_in_first_capital(quoted: str, found: str) -> bool:
    return quoted[:1].swapcase() + quoted[1:] == found


def _differing(steps: list[Stretch], quoted: list[str], passage: list[str]) -> Iterator[Stretch]:
    """The stretches that differ, each as long as it goes."""
    for is_same, run in groupby(steps, lambda step: quoted[step[0] : step[1]] == passage[step[2] : step[3]]):
        if not is_same:
            stretch = list(run)
            yield stretch[0][0], stretch[-1][1], stretch[0][2], stretch[-1][3]


# Aligning the quoted words with a passage.

_FAR = 1 << 30
# A word changed costs less than one taken out and another put in, and no more than one taken out: at an end, the
# source's word takes its place. A cut word, or another capital, costs least. A stretch that was left out without a
# mark costs little more when it is longer, so that words on both sides of it are still found.
_OPEN, _WORD, _SIGN, _LEFT_OUT, _CHANGED, _CUT = 3, 6, 2, 1, 6, 2
_SAME, _OURS, _THEIRS = range(3)

Stretch = tuple[int, int, int, int]


def align(quoted: Sequence[str], passage: Sequence[str]) -> list[Stretch]:
    """The cheapest way to fit quoted words into a passage, whose words before and after may be left unused.

    Gotoh 1982 (opening a gap and extending it have their own costs), with free ends in the passage. Time and
    memory are proportional to the product of the lengths.

    Returns:
        Stretches in order, `(a, b, c, d)`: `quoted[a:b]` stands where the passage has `passage[c:d]`.
    """
    wide = len(passage) + 1
    same, ours, theirs = [0] * wide, [_FAR] * wide, [_FAR] * wide
    came: list[tuple[bytearray, bytearray, bytearray]] = []
    for key in quoted:
        out = _WORD if is_word(key) else _SIGN
        next_same, next_ours, next_theirs = [_FAR] * wide, [_FAR] * wide, [_FAR] * wide
        from_same, from_ours, from_theirs = bytearray(wide), bytearray(wide), bytearray(wide)
        for place in range(wide):
            # The quoted word is not in the passage.
            best, state = same[place], _SAME
            if ours[place] < best:
                best, state = ours[place], _OURS
            if theirs[place] < best:
                best, state = theirs[place], _THEIRS
            next_ours[place], from_ours[place] = best + out, state
            if not place:
                continue
            # It stands for a word of the passage.
            best, state = same[place - 1], _SAME
            if ours[place - 1] < best:
                best, state = ours[place - 1], _OURS
            if theirs[place - 1] < best:
                best, state = theirs[place - 1], _THEIRS
            next_same[place], from_same[place] = best + _change(key, passage[place - 1]), state
            # The passage has a word that is not quoted.
            best, state = next_theirs[place - 1] + _LEFT_OUT, _THEIRS
            if next_same[place - 1] + _OPEN < best:
                best, state = next_same[place - 1] + _OPEN, _SAME
            if next_ours[place - 1] + _OPEN < best:
                best, state = next_ours[place - 1] + _OPEN, _OURS
            next_theirs[place], from_theirs[place] = best, state
        came.append((from_same, from_ours, from_theirs))
        same, ours, theirs = next_same, next_ours, next_theirs
    state, place = min(((s, p) for s in (_SAME, _OURS) for p in range(wide)), key=lambda at: (same, ours)[at[0]][at[1]])
    return _back(came, state, place)


def _change(ours: str, theirs: str) -> int:
    if ours == theirs:
        return 0
    if is_word(ours) != is_word(theirs):
        return _FAR
    short, whole = ours.casefold(), theirs.casefold()
    return _CUT if whole.startswith(short) or whole.endswith(short) else _CHANGED


def _back(came: Sequence[tuple[bytearray, bytearray, bytearray]], state: int, place: int) -> list[Stretch]:
    """The single steps of the way that was found, from its end."""
    row = len(came)
    steps: list[Stretch] = []
    while row:
        before = came[row - 1][state][place]
        if state == _SAME:
            steps.append((row - 1, row, place - 1, place))
            row, place = row - 1, place - 1
        elif state == _OURS:
            steps.append((row - 1, row, place, place))
            row -= 1
        else:
            steps.append((row, row, place - 1, place))
            place -= 1
        state = before
    return steps[::-1]
