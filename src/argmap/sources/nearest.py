"""The passage of a source that comes nearest to words that are not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from attrs import frozen

from argmap.sources.aligning import Stretch, align
from argmap.sources.original import Original
from argmap.sources.words import is_word, split
from argmap.text import Span

# Bounds that keep a look-up's cost apart from the size of the source: words of the quotation compared,
# words used as anchors, places tried for each, and passages compared in full.
_MOST_WORDS, _ANCHORS, _PLACES, _PASSAGES = 240, 16, 48, 3
_BUCKET = 8
# Less in common than this, and showing the passage would puzzle more than help.
_ALIKE = 0.5


@frozen
class Difference:
    """A stretch where two wordings part: a range of the quoted words and one of the source's text.

    Either may be empty, and then marks the place between two words.
    """

    quoted: Span
    source: Span


@frozen
class Nearest:
    """A passage of the source, how much it has in common with the quotation (0 to 1), and where they part."""

    span: Span
    likeness: float
    differences: tuple[Difference, ...]


def nearest(original: Original, part: str) -> Nearest | None:
    """The passage nearest to some words, or None when nothing in the source is like them.

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
    for bucket, _ in votes.most_common(_PASSAGES):
        start = max(0, bucket * _BUCKET - len(keys) // 4 - _BUCKET)
        end = start + len(keys) * 3 // 2 + 4 * _BUCKET
        passage = [key.casefold() for key in words.keys[start:end]]
        matcher = SequenceMatcher(None, keys, passage, autojunk=False)
        common = sum(block.size for block in matcher.get_matching_blocks())
        likeness = common / len(keys)
        if best is None or likeness > best[0]:
            best = likeness, start, len(passage)
    if best is None or best[0] < _ALIKE:
        return None
    likeness, start, length = best
    passage = words.keys[start : start + length]
    return _compare(quoted.keys[:_MOST_WORDS], quoted.starts, quoted.ends, original, passage, start, likeness)


def _compare(
    quoted: list[str],
    starts: list[int],
    ends: list[int],
    original: Original,
    passage: list[str],
    start: int,
    likeness: float,
) -> Nearest | None:
    words = original.printings[0].words
    steps = align(quoted, passage)
    used = [step for step in steps if step[2] < step[3]]
    if not used:
        return None
    if (one := steps[0])[2] < one[3] and _but_for_its_capital(quoted[0], passage[one[2]]):
        # A quotation may begin with a capital where the source has none; see `find`.
        quoted = [passage[one[2]], *quoted[1:]]
    differences: list[Difference] = []
    for a, b, c, d in _parted(steps, quoted, passage):
        ours = Span(starts[a], ends[b - 1]) if a < b else _gap(starts, ends, a)
        c, d = start + c, start + d
        theirs = Span(words.starts[c], words.ends[d - 1]) if c < d else _gap(words.starts, words.ends, c)
        differences.append(Difference(ours, theirs))
    span = Span(words.starts[start + used[0][2]], words.ends[start + used[-1][3] - 1])
    return Nearest(span, likeness, tuple(differences))


def _but_for_its_capital(quoted: str, found: str) -> bool:
    return quoted[:1].swapcase() + quoted[1:] == found


def _parted(steps: list[Stretch], quoted: list[str], passage: list[str]) -> Iterator[Stretch]:
    """The stretches that differ, each as long as it goes."""
    parted: Stretch | None = None
    for a, b, c, d in steps:
        if quoted[a:b] == passage[c:d]:
            if parted:
                yield parted
            parted = None
        else:
            parted = (parted[0], b, parted[2], d) if parted else (a, b, c, d)
    if parted:
        yield parted


def _gap(starts: list[int], ends: list[int], position: int) -> Span:
    place = ends[position - 1] if position else starts[0]
    return Span(place, place)
