"""The passage of a source that comes nearest to words that are not in it."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher

from attrs import frozen

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

    Passages are picked by the rarest words in common, then compared word by word (Ratcliff and Obershelp's
    measure, from `difflib`), so the time does not grow with the product of the two lengths.
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
    best: tuple[float, int, SequenceMatcher[str]] | None = None
    for bucket, _ in votes.most_common(_PASSAGES):
        start = max(0, bucket * _BUCKET - len(keys) // 4 - _BUCKET)
        end = start + len(keys) * 3 // 2 + 4 * _BUCKET
        passage = [key.casefold() for key in words.keys[start:end]]
        matcher = SequenceMatcher(None, keys, passage, autojunk=False)
        common = sum(block.size for block in matcher.get_matching_blocks())
        likeness = common / len(keys)
        if best is None or likeness > best[0]:
            best = likeness, start, matcher
    if best is None or best[0] < _ALIKE:
        return None
    likeness, start, matcher = best
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    # Words that the passage has before its first match or after its last are not part of it.
    first = max(0, blocks[0].b - blocks[0].a)
    last = min(
        len(words) - start, blocks[-1].b + blocks[-1].size + len(keys) - blocks[-1].a - blocks[-1].size
    )
    return _compare(
        quoted.keys[:_MOST_WORDS], quoted.starts, quoted.ends, original, start + first, start + last, likeness
    )


def _compare(
    quoted: list[str],
    starts: list[int],
    ends: list[int],
    original: Original,
    first: int,
    last: int,
    likeness: float,
) -> Nearest:
    words = original.printings[0].words
    passage = words.keys[first:last]
    if quoted[0].swapcase()[:1] + quoted[0][1:] == passage[0]:
        # A quotation may begin with a capital where the source has none; see `find`.
        quoted = [passage[0], *quoted[1:]]
    differences: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, quoted, passage, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        ours = Span(starts[a], ends[b - 1]) if a < b else _gap(starts, ends, a)
        theirs = (
            Span(words.starts[first + c], words.ends[first + d - 1])
            if c < d
            else _gap(words.starts, words.ends, first + c)
        )
        differences.append(Difference(ours, theirs))
    return Nearest(Span(words.starts[first], words.ends[last - 1]), likeness, tuple(differences))


def _gap(starts: list[int], ends: list[int], position: int) -> Span:
    place = ends[position - 1] if position else starts[0]
    return Span(place, place)
