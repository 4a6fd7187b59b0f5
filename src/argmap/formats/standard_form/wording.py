"""What the three kinds of standard form say in the same words."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from argmap.diagnostics import Diagnostic
from argmap.formats.carrying import ALL, Feature, report
from argmap.formats.english import ADVERBS, English, ended
from argmap.formats.losses import Losses
from argmap.model import ArgumentMap, Statement


def above(map: ArgumentMap) -> str:
    """The line under the title: who, when, and the rest of the header."""
    known = [fact.value for fact in map.facts if fact.key in ("author", "date")]
    others = [
        f"{fact.key}: {fact.value}" for fact in map.facts if fact.key not in ("title", "author", "date")
    ]
    titles = [f"title: {fact.value}" for fact in map.facts if fact.key == "title"][1:]
    return ", ".join([*known, *titles, *others])


def said_with(map: ArgumentMap, markup: Callable[[Statement], str]) -> Callable[[Statement], str]:
    """How to say a statement as a whole sentence, with its qualifier in front."""
    english = English.of(statement.text for statement in map.statements)

    def said(statement: Statement) -> str:
        if statement.missing:
            return "…"
        if statement.qualifier is None:
            return ended(markup(statement))
        adverb = ADVERBS[statement.qualifier]
        text = statement.text
        clause = english.clause(text)
        if clause[:1] != text[:1]:
            return ended(f"{adverb}, {markup(evolve(statement, text=clause[:1] + text[1:]))}")
        if english.is_clause(text):
            return ended(f"{adverb}, {markup(statement)}")
        return ended(f"{adverb}: {markup(statement)}")

    return said


def left_out(map: ArgumentMap, *more: Feature) -> tuple[Diagnostic, ...]:
    """What standard form has no place for."""
    losses = Losses()
    report(map, ALL - {Feature.TAGS, Feature.DATA, *more}, "standard form", losses)
    return losses.diagnostics
