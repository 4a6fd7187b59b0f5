"""Stance lines: what is understood, and what is told where a semicolon is missing."""

from __future__ import annotations

import pytest

import argmap
from argmap.diagnostics.fixes import apply_fixes

MAP = "(a) Tea is good.\n(b) Coffee is good.\n(doubt) Nothing is certain.\n\n@ Ann: "


def held(map: argmap.ArgumentMap) -> list[tuple[str, str]]:
    return [(stance.attitude.value, stance.statement) for stance in map.stances]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("accept (a), doubt (b)", "accept (a); doubt (b)"),
        ("accept (a) , doubt (b)", "accept (a) ; doubt (b)"),
        ("accept (a) doubt (b)", "accept (a); doubt (b)"),
        ("accept (a) and doubt (b)", "accept (a); doubt (b)"),
        ("accept (a), and doubt (b)", "accept (a); doubt (b)"),
        ("accept (a),\n    doubt (b)", "accept (a);\n    doubt (b)"),
        ("accept (a),\n    // she said so\n    doubt (b)", "accept (a);\n    // she said so\n    doubt (b)"),
    ],
)
def test_a_verb_after_a_comma_needs_a_semicolon(written: str, mended: str) -> None:
    map = argmap.parse(MAP + written)
    (fault,) = map.diagnostics
    assert fault.code == "AM053"
    assert (MAP + written)[fault.labels[0].span.start : fault.labels[0].span.end] == "doubt"
    assert fault.hint is not None
    assert "`;` before `doubt`" in fault.hint
    assert held(map) == []
    text, count = apply_fixes(MAP + written, map.diagnostics)
    assert (text, count) == (MAP + mended, 1)
    assert argmap.parse(text).diagnostics == ()
    assert held(argmap.parse(text)) == [("accept", "a"), ("doubt", "b")]


def test_each_missing_semicolon_is_told_and_mended() -> None:
    text = MAP + "accept (a), doubts (b), reject (doubt)"
    map = argmap.parse(text)
    assert [fault.code for fault in map.diagnostics] == ["AM053", "AM051", "AM053"]
    assert held(map) == []
    text, count = apply_fixes(text, map.diagnostics)
    assert count == 3
    assert text == MAP + "accept (a); doubt (b); reject (doubt)"


@pytest.mark.parametrize("written", ["accept (doubt), (a)", "accept (a), (doubt); doubt (b)", "accept (a) and (doubt)"])
def test_a_label_that_is_a_verb_is_a_label(written: str) -> None:
    map = argmap.parse(MAP + written)
    assert map.diagnostics == ()
    assert ("accept", "doubt") in held(map)


def test_under_a_statement_the_first_verb_may_go_without_labels() -> None:
    map = argmap.parse("(a) Tea is good.\n    @ Ann: accept, doubt (b)\n(b) Coffee is good.")
    assert [fault.code for fault in map.diagnostics] == ["AM053"]
    assert held(map) == []
    text, _ = apply_fixes(map.document.text, map.diagnostics)
    assert held(argmap.parse(text)) == [("accept", "a"), ("doubt", "b")]
