"""Looks for every quotation of a map in its sources, and reports those that are not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from attrs import frozen

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.model import ArgumentMap, Quotation, Statement
from argmap.sources.matching import Difference, Found, Missing, Passage, closest_passage, find
from argmap.sources.original import Original
from argmap.sources.words import is_word
from argmap.text import Span

# Comparing costs about a millisecond, and past so many misses the map is about some other text.
_MOST_COMPARED = 40
_MOST_LABELS = 3
_EQUAL_WORDS_SHOWN = 6


@frozen
class Located:
    """A quotation, its statement, and the result of the search; no original if none was searched."""

    statement: Statement
    quotation: Quotation
    original: Original | None
    outcome: Found | Missing | None


def locate(map: ArgumentMap, originals: Sequence[Original], missing: Collection[str] = ()) -> Iterator[Located]:
    """Look for every quotation of a map, in the map's order.

    A quotation whose `where` starts with a source's short name (or file name) is looked for in that one
    alone, others in all of them. `missing` are the short names of sources that could not be read ("" for one
    without): a quotation that may be from one of them is never called missing (its outcome is None).
    """
    names = {name: original for original in originals for name in original.names}
    for statement, quotations in _quoting(map):
        for quotation in quotations:
            name = _named(quotation.where, {*names, *missing})
            chosen = [names[name]] if name in names else [] if name else originals
            first: tuple[Original, Missing] | None = None
            outcome: Found | Missing | None = None
            for original in chosen:
                outcome = find(original, quotation.words)
                if isinstance(outcome, Missing):
                    first = first or (original, outcome)
                else:
                    yield Located(statement, quotation, original if outcome else None, outcome)
                    break
            else:
                if first is None or (missing and not name):
                    yield Located(statement, quotation, None, None)
                else:
                    yield Located(statement, quotation, *first)


def _quoting(map: ArgumentMap) -> Iterator[tuple[Statement, Sequence[Quotation]]]:
    """The statements with their quotations, then those of stances; what several stances share comes once."""
    for statement in map.statements:
        yield statement, statement.quotations
    seen: set[object] = set()
    for stance in map.stances:
        new = [each for each in stance.quotations if (each, each.span) not in seen]
        seen.update((each, each.span) for each in new)
        yield map.by_id[stance.ids[-1]], new


def check_quotations(
    map: ArgumentMap, originals: Sequence[Original], missing: Collection[str] = ()
) -> tuple[Diagnostic, ...]:
    """A warning (AM501) for each quotation that no source has, showing the closest passage.

    See `locate` for `missing`.
    """
    diagnostics: list[Diagnostic] = []
    for located in locate(map, originals, missing):
        if isinstance(located.outcome, Missing) and located.original is not None:
            named = _named(located.quotation.where, located.original.names)
            searched = [located.original] if named else list(originals)
            compare = len(diagnostics) < _MOST_COMPARED
            diagnostics.append(_not_found(map, located, located.outcome, searched, compare))
    return tuple(diagnostics)


def _named(where: str | None, names: Collection[str]) -> str | None:
    """The source that a quotation's `where` starts with, if it does: `essay, §3`, `essay §3`, `essay: 3`."""
    if not where or not names:
        return None
    start = where.strip()
    candidates = [re.split(r"[,;:]", start, maxsplit=1)[0].strip(), *start.split(maxsplit=1)[:1]]
    return next((candidate for candidate in candidates if candidate and candidate in names), None)


def _not_found(
    map: ArgumentMap, located: Located, missing: Missing, searched: Sequence[Original], compare: bool
) -> Diagnostic:
    names = " or ".join(dict.fromkeys(original.name for original in searched))
    span = located.quotation.span
    place = () if span is None else (Label(span, "quoted here"),)
    whose = located.statement.name
    if missing.astray:
        message = f"the parts of this quotation for {whose} are in {names}, but not in this order"
        hint = "quote them separately, or in the source's order"
        return Diagnostic("AM501", Severity.WARNING, message, place, hint)
    message = f"{names} does not have these words, quoted for {whose}"
    found = None
    if compare:
        tries = [(original, closest_passage(original, missing.part)) for original in searched]
        near = [(original, passage) for original, passage in tries if passage]
        found = max(near, key=lambda one: one[1].likeness, default=None)
    if found is None:
        cut = missing.part != located.quotation.words.strip()
        which = f"it is “{_short(missing.part)}” that is missing; " if cut else ""
        hint = f"{which}quote the source's own words, or write a note: `> ` without quotation marks"
        return Diagnostic("AM501", Severity.WARNING, message, place, hint)
    original, passage = found
    hint = f"{_whereabouts(original, passage)} has: {_marked(missing.part, original, passage)}"
    labels, fix = _in_the_map(map, located, missing.part, original, passage)
    return Diagnostic("AM501", Severity.WARNING, message, labels or place, hint, fix)


def _whereabouts(original: Original, passage: Passage) -> str:
    touched = original.paragraphs_at(passage.span)
    number = next((paragraph.number for paragraph in touched if not paragraph.is_heading), None)
    return f"paragraph {number} of {original.name}" if number else original.name


def _marked(part: str, original: Original, passage: Passage) -> str:
    """The passage with the differences marked: `[-the quotation's-]` and `{+the source's+}` words."""
    if not passage.differences:
        return f"“{_line(original.text[passage.span.start : passage.span.end])}”"
    pieces: list[str] = []
    after = passage.span.start
    for difference in passage.differences:
        pieces.append(_unchanged(original.text[after : difference.source.start], after == passage.span.start))
        ours = _line(part[difference.quoted.start : difference.quoted.end])
        theirs = _line(original.text[difference.source.start : difference.source.end])
        marked = " ".join([f"[-{ours}-]"] * bool(ours) + [f"{{+{theirs}+}}"] * bool(theirs))
        # A word that only the quotation has falls between two words of the source.
        pieces.append(marked if theirs else f" {marked}" if is_word(ours) else marked)
        after = difference.source.end
    pieces.append(_unchanged(original.text[after : passage.span.end], False, last=True))
    return f"“{''.join(pieces)}” ([-yours-] {{+the source's+}})"


def _unchanged(text: str, first: bool, last: bool = False) -> str:
    """Words that both have, the middle of a long run left out; the spaces around them kept."""
    words = text.split()
    if len(words) > 2 * _EQUAL_WORDS_SHOWN:
        head = [] if first else words[:_EQUAL_WORDS_SHOWN]
        tail = [] if last else words[-_EQUAL_WORDS_SHOWN:]
        words = [*head, "…", *tail]
    before = " " if text[:1].isspace() else ""
    return before + " ".join(words) + (" " if words and text[-1:].isspace() else "")


def _in_the_map(
    map: ArgumentMap, located: Located, part: str, original: Original, passage: Passage
) -> tuple[tuple[Label, ...], Fix | None]:
    """Labels on the words that differ, and the fix; nothing where the words cannot be placed."""
    span = located.quotation.span
    if span is None or map.source is None:
        return (), None
    start = map.source.text.find(part, span.start, span.end)
    if start < 0:
        return (), None
    labels = [Label(span)]
    for difference in passage.differences[:_MOST_LABELS]:
        place = Span(start + difference.quoted.start, start + difference.quoted.end)
        labels.append(Label(place, _difference(difference, original)))
    right = _line(original.text[passage.span.start : passage.span.end])
    if re.search(r'["“”„«»\\]', right):
        return tuple(labels), None
    edit = Edit(Span(start + passage.quoted.start, start + passage.quoted.end), right)
    return tuple(labels), Fix("quote the passage as the source has it", (edit,), safe=False)


def _difference(difference: Difference, original: Original) -> str:
    theirs = _line(original.text[difference.source.start : difference.source.end])
    if not theirs:
        return "the source does not have this"
    if difference.quoted.start == difference.quoted.end:
        return f"the source has “{_short(theirs)}” here"
    return f"the source has “{_short(theirs)}”"


def _line(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"
