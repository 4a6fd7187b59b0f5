"""How much of a source a map accounts for: measured, as a table to read, and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from attrs import frozen

from argmap.model import ArgumentMap
from argmap.sources.matching import Found
from argmap.sources.original import Original, Paragraph
from argmap.sources.quotations import Located, locate
from argmap.text import Span
from argmap.text.display import as_json as json_text
from argmap.text.words import by_key


@frozen
class Use:
    """A quotation found in a source: its statement (by id), and its ranges of the source's text."""

    statement: str
    spans: tuple[Span, ...]


@frozen
class ParagraphUse:
    """A paragraph and the statements (by id, each once, in the map's order) that rest on words of it."""

    paragraph: Paragraph
    statements: tuple[str, ...]


@frozen
class Coverage:
    """What a map rests on in one source.

    Attributes:
        paragraphs: All of them in order, headings left out.
        uses: The quotations found, in the map's order.
        quoted_words, words: How many words of the source are quoted at least once, and how many it has.
        lost: Quotations that are not in the source, though no other source was meant.
    """

    original: Original
    paragraphs: tuple[ParagraphUse, ...]
    uses: tuple[Use, ...]
    quoted_words: int
    words: int
    lost: tuple[Located, ...] = ()

    @property
    def used(self) -> int:
        """How many paragraphs the map rests on."""
        return sum(1 for one in self.paragraphs if one.statements)

    @property
    def share(self) -> float:
        """The share of the paragraphs that the map rests on, 0 to 1 (0 for a source without any)."""
        return self.used / len(self.paragraphs) if self.paragraphs else 0.0

    @property
    def word_share(self) -> float:
        """The share of the words that are quoted, 0 to 1 (0 for a source without any)."""
        return self.quoted_words / self.words if self.words else 0.0


def measure(map: ArgumentMap, originals: Sequence[Original], missing: Collection[str] = ()) -> tuple[Coverage, ...]:
    """The coverage of each source, in order; see `argmap.sources.quotations.locate` for `missing`."""
    located = by_key((id(each.original), each) for each in locate(map, originals, missing))
    return tuple(_measure(each, located.get(id(each), [])) for each in originals)


def _measure(original: Original, located: list[Located]) -> Coverage:
    uses = tuple(Use(each.statement.id, each.outcome.spans) for each in located if isinstance(each.outcome, Found))
    lost = tuple(each for each in located if not isinstance(each.outcome, Found))
    resting: dict[int, dict[str, None]] = {}
    for use in uses:
        for span in use.spans:
            for paragraph in original.paragraphs_at(span):
                resting.setdefault(paragraph.start, {})[use.statement] = None
    paragraphs = tuple(
        ParagraphUse(paragraph, tuple(resting.get(paragraph.start, ())))
        for paragraph in original.paragraphs
        if not paragraph.is_heading
    )
    words, quoted = _count(original, uses)
    return Coverage(original, paragraphs, uses, quoted, words, lost)


def _count(original: Original, uses: Sequence[Use]) -> tuple[int, int]:
    """The words of a source, and those within some quotation."""
    spans = sorted(span for use in uses for span in use.spans)
    words = original.printings[0].words
    total = quoted = number = 0
    reach = -1
    for key, start in zip(words.keys, words.starts, strict=True):
        if not key[0].isalnum():
            continue
        total += 1
        while number < len(spans) and spans[number].start <= start:
            reach = max(reach, spans[number].end)
            number += 1
        quoted += start < reach
    return total, quoted


def sentence(coverage: Coverage) -> str:
    """The coverage of one source in a sentence."""
    return (
        f"The map rests on {coverage.used} of the {len(coverage.paragraphs)} paragraphs of "
        f"{coverage.original.name} ({coverage.share:.0%}), and quotes {coverage.quoted_words:,} of its "
        f"{coverage.words:,} words ({coverage.word_share:.0%})."
    )


_BEGINNING = 52
_STATEMENTS = 34


def as_table(coverage: Coverage, map: ArgumentMap, *, only_passed_over: bool = False) -> str:
    """A line a paragraph: its number, its first words, and the statements that rest on it; then the sums."""
    rows = [one for one in coverage.paragraphs if not (only_passed_over and one.statements)]
    lines = [f"{'¶':>4}  {'begins':{_BEGINNING}}  statements"] if rows else []
    lines += [f"{one.paragraph.number:>4}  {_beginning(coverage, one)}  {_statements(map, one)}" for one in rows]
    lines += ["", sentence(coverage)] if rows else [sentence(coverage)]
    if coverage.lost:
        count = f"{len(coverage.lost)} quotations are" if len(coverage.lost) > 1 else "1 quotation is"
        lines.append(f"{count} not in {coverage.original.name}: `argmap check` shows the closest passages.")
    return "\n".join(line.rstrip() for line in lines)


def as_json(coverages: tuple[Coverage, ...]) -> str:
    """All of it as JSON; offsets count code points of the source from 0."""
    return json_text({"sources": [_data(one) for one in coverages]})


def _data(coverage: Coverage) -> dict[str, Any]:
    return {
        "source": coverage.original.name,
        "short": coverage.original.short,
        "paragraphs": len(coverage.paragraphs),
        "paragraphs_used": coverage.used,
        "share": round(coverage.share, 4),
        "words": coverage.words,
        "words_quoted": coverage.quoted_words,
        "word_share": round(coverage.word_share, 4),
        "not_found": len(coverage.lost),
        "uses": [
            {
                "paragraph": one.paragraph.number,
                "start": one.paragraph.start,
                "end": one.paragraph.end,
                "statements": list(one.statements),
            }
            for one in coverage.paragraphs
        ],
        "quotations": [
            {
                "statement": use.statement,
                "spans": [[span.start, span.end] for span in use.spans],
                "paragraphs": _paragraphs(coverage, use),
            }
            for use in coverage.uses
        ],
    }


def _paragraphs(coverage: Coverage, use: Use) -> list[int]:
    touched = (one for span in use.spans for one in coverage.original.paragraphs_at(span))
    return list(dict.fromkeys(one.number for one in touched if not one.is_heading))


def _beginning(coverage: Coverage, one: ParagraphUse) -> str:
    start, end = one.paragraph.start, one.paragraph.end
    # Only as much is read as can be shown.
    words = " ".join(_printable(coverage.original.text[start : min(end, start + 4 * _BEGINNING)]).split())
    shown = words if len(words) <= _BEGINNING else words[: _BEGINNING - 1].rsplit(" ", 1)[0] + "…"
    return f"{shown:{_BEGINNING}}"


def _statements(map: ArgumentMap, one: ParagraphUse) -> str:
    if not one.statements:
        return "–"
    names = [map[id].name for id in one.statements]
    shown = list(names)
    while len(shown) > 1 and len(" ".join(shown)) > _STATEMENTS:
        shown.pop()
    more = len(names) - len(shown)
    return _printable(" ".join(shown) + (f" and {more} more" if more else ""))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c.isspace() else "\ufffd" for c in text)


@frozen
class Stretch:
    """A stretch of text: the first use covering it, whether several do, and those that begin and end here."""

    start: int
    end: int
    use: int | None
    several: bool
    beginning: Sequence[int]
    ending: Sequence[int]


def stretches(coverage: Coverage) -> dict[int, list[Stretch]]:
    """By the start of each paragraph, its text in stretches, cut where a quotation begins or ends."""
    spans = [use.spans for use in coverage.uses]
    begin = by_key((span.start, number) for number, each in enumerate(spans) for span in each)
    end = by_key((span.end, number) for number, each in enumerate(spans) for span in each)
    ends = {paragraph.start: paragraph.end for paragraph in coverage.original.paragraphs}
    found: dict[int, list[Stretch]] = {start: [] for start in ends}
    covering: dict[int, None] = {}
    paragraph, paragraph_end = 0, 0
    for first, last in pairwise(sorted({*begin, *end, *ends, *ends.values()})):
        for number in end.get(first, ()):
            covering.pop(number, None)
        covering |= dict.fromkeys(begin.get(first, ()))
        if first in ends:
            paragraph, paragraph_end = first, ends[first]
        if first < paragraph_end:
            beginning = [number for number in begin.get(first, ()) if spans[number][0].start == first]
            ending = [number for number in end.get(last, ()) if spans[number][-1].end == last]
            covered_by = next(iter(covering), None)
            found[paragraph].append(Stretch(first, last, covered_by, len(covering) > 1, beginning, ending))
    return found
