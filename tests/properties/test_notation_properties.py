"""What holds of every document: the formatter's promises, places, and that a fault costs one line only."""

from __future__ import annotations

import random
from collections import Counter

from fault_injection import good_document
from hypothesis import given, settings
from hypothesis import strategies as st
from random_maps import compared, maps

import argmap
from argmap.formats.notation import write
from argmap.model import ArgumentMap
from argmap.syntax import Line, parse
from argmap.text import Placed, Source

# Lines that are wrong wherever they stand, and say nothing that could be a statement.
WRONG = ("+", "–", "=>", "*", "•", "@", ">", "---x", "##", "->", "but:", "* * *", "!=")


@given(maps())
@settings(max_examples=40, deadline=None)
def test_formatting_keeps_the_map_and_is_done_at_once(map: ArgumentMap) -> None:
    text = write(map).text
    once = argmap.format_text(text)
    assert argmap.parse(once) == argmap.parse(text)
    assert argmap.format_text(once) == once


@given(maps())
@settings(max_examples=40, deadline=None)
def test_words_and_signs_say_the_same(map: ArgumentMap) -> None:
    text = write(map).text
    words = argmap.format_text(text, marks="words")
    signs = argmap.format_text(text, marks="signs")
    assert argmap.parse(words) == argmap.parse(signs) == argmap.parse(text)
    assert argmap.format_text(words, marks="signs") == signs
    assert argmap.format_text(signs, marks="words") == words
    for line in words.split("\n"):
        assert not line.lstrip().startswith(("+ ", "- ", "& ", "~ ", "=> ", ">< ")), line


@given(maps(), st.sampled_from(["\r\n", "\r"]), st.booleans())
@settings(max_examples=30, deadline=None)
def test_line_ends_and_a_byte_order_mark_change_nothing(map: ArgumentMap, end: str, mark: bool) -> None:
    text = write(map).text
    other = ("\ufeff" if mark else "") + text.replace("\n", end)
    assert compared(argmap.parse(other)) == compared(argmap.parse(text))
    formatted = argmap.format_text(other)
    assert formatted.startswith("\ufeff") == mark
    assert formatted.replace(end, "").count("\n") == 0


@given(maps())
@settings(max_examples=40, deadline=None)
def test_places_are_in_the_text_and_in_their_order(map: ArgumentMap) -> None:
    source = Source("x", write(map).text)
    document = parse(source)
    end = 0
    stack: list[Line] = []
    for part in [*document.facts, *document.parts][::-1]:
        stack += part[::-1] if isinstance(part, (list, tuple)) else [part]
    while stack:
        line = stack.pop()
        # A line begins after the one before it ends: its parent's own lines, or its elder sibling's last.
        assert end <= line.start <= line.text_start <= line.end <= len(source.text)
        end = line.end
        stack += (line.children or [])[::-1]


@given(maps())
@settings(max_examples=30, deadline=None)
def test_what_a_statement_says_stands_where_it_says(map: ArgumentMap) -> None:
    text = write(map).text
    read = argmap.parse(text)

    def written(placed: Placed) -> str:
        assert placed.span is not None
        assert placed.span.source is read.source
        return text[placed.span.start : placed.span.end]

    for statement in read.statements:
        for quotation in statement.quotations:
            assert written(quotation)[0] == ">"
        if statement.label is not None:
            assert f"({statement.label})" in written(statement)
    for stance in read.stances:
        words = written(stance)
        assert words == f"({stance.statement})" or words[0] == "@" or (stance.step and "=>" in words)


@given(st.integers(0, 10_000), st.sampled_from(WRONG), st.integers(0, 4))
@settings(max_examples=60, deadline=None)
def test_a_wrong_line_costs_no_other_statement(seed: int, wrong: str, depth: int) -> None:
    good = good_document(seed % 20, blocks=4)
    before = argmap.parse("\n".join(good) + "\n")
    at = random.Random(seed).randrange(3, len(good))
    while good[at].strip() and "goes on" in good[at]:
        at += 1
    faulty = [*good[:at], " " * (4 * depth) + wrong, *good[at:]]
    after = argmap.parse("\n".join(faulty) + "\n")
    assert not after.ok
    said = Counter(statement.text for statement in after.statements)
    for statement in before.statements:
        assert said[statement.text] == 1, (wrong, depth, at)


@given(st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_at_all(text: str) -> None:
    map = argmap.parse(text)
    for diagnostic in map.diagnostics:
        assert diagnostic.span is not None
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
    if map.ok:
        once = argmap.format_text(text)
        assert argmap.format_text(once) == once
