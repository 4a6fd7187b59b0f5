"""Whatever looks like a space is one, everywhere but in an indentation, where it is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

import argmap
from argmap.syntax.lexer import LineLexer
from argmap.syntax.marks import BLANKS

TEXT = """\
title: A
author: B

# Part

(a) One.
    + (b) Two.
    & (d) Four.
    because: Five.
    - (c)
    ~ Six.
    => Seven.
    >< Eight.
    unless: Nine.
    provided: Ten.
    > note
    > "words" (p. 3)
    @ Ann: accept

(c) Three. {probably, open}
--- from (a), (b) by rule
(e) Eleven.

@ Ann, Ben: accept (a), (b); doubt (c)
"""


@pytest.mark.parametrize("blank", [blank for blank in BLANKS if blank.isspace()], ids=lambda blank: f"{ord(blank):04X}")
def test_any_blank_separates(blank: str) -> None:
    depths = [(len(line) - len(line.lstrip(" ")), line.lstrip(" ")) for line in TEXT.splitlines()]
    text = "\n".join(" " * depth + said.replace(" ", blank) for depth, said in depths)
    map = argmap.parse(text)
    assert map.diagnostics == ()
    meant = argmap.parse(TEXT)
    assert (map.steps, map.contradictions) == (meant.steps, meant.contradictions)
    assert [(s.holder, s.ids) for s in map.stances] == [(s.holder, s.ids) for s in meant.stances]
    assert [(f.key, f.value) for f in map.facts] == [(f.key, f.value) for f in meant.facts]


@pytest.mark.parametrize(
    "blank", [blank for blank in BLANKS if blank not in " \t"], ids=lambda blank: f"{ord(blank):04X}"
)
@pytest.mark.parametrize("line", ["+ Two.", "- (c) Two.", "=> Two.", "because: Two.", "@ Ann: accept"])
def test_any_blank_after_a_mark(line: str, blank: str) -> None:
    mark, text = line.split(" ", 1)
    map = argmap.parse(f"(a) One.\n    {mark}{blank}{text}\n")
    assert map == argmap.parse(f"(a) One.\n    {line}\n")
    assert map.ok


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "examples").glob("*.argmap")), ids=lambda path: path.stem
)
def test_texts_of_plain_blanks_are_read_alike_by_the_quicker_patterns(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = path.read_text("utf-8") + "\n(x)\n\t+\tTabs\n\t  & more \n> x\n-\n(y)z\n---  by rule\n(z) End\t\n#  Title \n"
    quick = argmap.parse(text)
    monkeypatch.setattr(LineLexer, "lines", lambda lexer, _: lexer._lines_with(BLANKS))
    full = argmap.parse(text)
    assert (quick, quick.diagnostics) == (full, full.diagnostics)
