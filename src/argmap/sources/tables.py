"""Coverage as a table to read and as JSON."""

from __future__ import annotations

import json
from typing import Any

from argmap.model import ArgumentMap
from argmap.sources.coverage import Coverage, ParagraphUse, Use
from argmap.sources.page import sentence

_BEGINNING = 52
_STATEMENTS = 34


def as_table(coverage: Coverage, map: ArgumentMap, *, only_passed_over: bool = False) -> str:
    """A line a paragraph: its number, its first words, and the statements that rest on it; then the sums."""
    rows = [one for one in coverage.paragraphs if not (only_passed_over and one.statements)]
    lines = [f"{'¶':>4}  {'begins':{_BEGINNING}}  statements"] if rows else []
    lines += [
        f"{one.paragraph.number:>4}  {_beginning(coverage, one)}  {_statements(map, one)}" for one in rows
    ]
    lines += ["", sentence(coverage)] if rows else [sentence(coverage)]
    if coverage.lost:
        count = f"{len(coverage.lost)} quotations are" if len(coverage.lost) > 1 else "1 quotation is"
        lines.append(f"{count} not in {coverage.original.name}: `argmap check` shows the nearest passages.")
    return "\n".join(line.rstrip() for line in lines)


def as_json(coverages: tuple[Coverage, ...]) -> str:
    """All of it as JSON; offsets count code points of the source from 0."""
    return json.dumps({"sources": [_data(one) for one in coverages]}, ensure_ascii=False, indent=2)


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
    # No more is looked at than can be shown, whatever the paragraph's length.
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
