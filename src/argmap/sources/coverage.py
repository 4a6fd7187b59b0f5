"""How much of a source a map accounts for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attrs import frozen

from argmap.model import ArgumentMap
from argmap.sources.matching import Found
from argmap.sources.original import Original
from argmap.sources.paragraphs import Paragraph
from argmap.sources.quotations import Located, locate
from argmap.text import Span


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


def measure(
    map: ArgumentMap, originals: Sequence[Original], missing: Collection[str] = ()
) -> tuple[Coverage, ...]:
    """The coverage of each source, in order; see `argmap.sources.quotations.locate` for `missing`."""
    uses: dict[int, list[Use]] = {number: [] for number in range(len(originals))}
    lost: dict[int, list[Located]] = {number: [] for number in range(len(originals))}
    number_of = {id(original): number for number, original in enumerate(originals)}
    for located in locate(map, originals, missing):
        if located.original is None:
            continue
        number = number_of[id(located.original)]
        if isinstance(located.outcome, Found):
            uses[number].append(Use(located.statement.id, located.outcome.spans))
        else:
            lost[number].append(located)
    return tuple(
        _measure(original, tuple(uses[number]), tuple(lost[number]))
        for number, original in enumerate(originals)
    )


def _measure(original: Original, uses: tuple[Use, ...], lost: tuple[Located, ...]) -> Coverage:
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
