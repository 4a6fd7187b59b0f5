"""The printers take any text and any places, never raise, and underline what they are told to."""

from __future__ import annotations

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

import argmap
from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Report, Severity
from argmap.diagnostics.fixes import apply_fixes, unified_diff
from argmap.diagnostics.machine import format_github, format_json, format_sarif
from argmap.diagnostics.terminal import format_report, format_summary
from argmap.text import Source, Span
from argmap.text.display import harmless, hiding, settled, width

# Text as found in the wild, weighted towards what is hard to show.
HARD = "\t \n\r\x00\x1b\x7f\x9b\u0301\u0308\u200b\u200d\ufe0f\u202e\u2028\ufeff\ud800日本한👨👩👧🇫🇷שלוםअ्षिab(&%:,"
texts = st.text(st.one_of(st.sampled_from(HARD), st.characters()), max_size=300)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(texts)
    offsets = st.integers(-3, len(text) + 3)
    spans = st.builds(Span, offsets, offsets)
    labels = st.lists(st.builds(Label, spans, st.text(max_size=10)), max_size=4).map(tuple)
    edits = st.lists(st.builds(Edit, spans, st.text(max_size=3)), max_size=3).map(tuple)
    fixes = st.none() | st.builds(Fix, st.text(max_size=5), edits, st.booleans())
    diagnostics = st.builds(
        Diagnostic,
        st.sampled_from(["AM001", "AM101"]),
        st.sampled_from(Severity),
        st.text(max_size=20),
        labels,
        st.none() | st.text(max_size=20),
        fixes,
    )
    return Report(Source(draw(st.text(max_size=8)), text), tuple(draw(st.lists(diagnostics, max_size=4))))


@given(reports(), st.booleans(), st.integers(1, 120))
@settings(max_examples=150, deadline=None)
def test_no_printer_raises(report: Report, color: bool, columns: int) -> None:
    shown = format_report(report, color=color, columns=columns)
    for line in shown.replace("\x1b", "").split("\n"):
        assert harmless(line) == line
    json.loads(format_json([report]))
    json.loads(format_sarif([report]))
    commands = format_github([report])
    assert len(commands.split("\n")) == max(1, len(report.diagnostics))
    format_summary([report])


@given(reports())
@settings(max_examples=150, deadline=None)
def test_fixes_never_raise_and_their_diff_is_empty_only_when_nothing_changed(report: Report) -> None:
    text = report.source.text
    after, count = apply_fixes(text, report.diagnostics)
    assert count or after == text
    assert (unified_diff(text, after, "x") == "") == (after == text)


# What a terminal shows for each piece, and in how many columns; known by hand, not asked of a library.
PIECES = {
    "word": ("word", 4), " ": (" ", 1), "日本": ("日本", 4), "한": ("한", 2), "e\u0301": ("e\u0301", 1),
    "é": ("é", 1), "👨\u200d👩\u200d👧": ("👨\u200d👩\u200d👧", 2), "שלום": ("שלום", 4),
    "—": ("—", 1), "“x”": ("“x”", 3),
    "\x00": ("␀", 1), "\x1b": ("␛", 1), "\u202e": ("<U+202E>", 8), "\u200b": ("<U+200B>", 8), "ﬁ": ("ﬁ", 1),
    "Ａ": ("Ａ", 2), "ж": ("ж", 1), "\u00a0": ("\u00a0", 1), "\ud800": ("<U+D800>", 8), "\t": ("\t", 0),
}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(PIECES)), min_size=1, max_size=12), st.data())
@settings(max_examples=300, deadline=None)
def test_underline_is_as_wide_as_the_text_and_under_it(pieces: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(pieces) - 1))
    line = "".join(pieces)
    start = len("".join(pieces[:chosen]))
    found = Diagnostic("A", Severity.ERROR, "m", (Label(Span(start, start + len(pieces[chosen]))),))
    rows = format_report(Report(Source("x", line), (found,)), columns=2000).split("\n")
    column, shown = 0, ""
    before = size = 0
    for index, piece in enumerate(pieces):
        look, columns = PIECES[piece] if piece != "\t" else (" " * (4 - column % 4), 4 - column % 4)
        if index == chosen:
            before, size = column, columns
        column += columns
        shown += look
    assert rows[3] == f"1 | {shown}".rstrip()
    assert rows[4][4 : 4 + before + size] == " " * before + "^" * size
    assert rows[4][4 + before + size :].lstrip()[:1] in ("", "“")


@given(texts)
def test_width_agrees_with_the_terminal_library(text: str) -> None:
    shown = harmless(text)
    columns = wcswidth(shown)
    if columns >= 0:
        assert width(shown) == columns


MARKS = [
    "(a)",
    "(b) x",
    "\n",
    "\n    ",
    "\t",
    "+ ",
    "- ",
    "=> ",
    "& ",
    "{",
    "}",
    '> "',
    "@ A: accept (b)",
    "---",
    "–",
    "\r",
    "日本",
    "// ",
]


@given(st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=30).map("".join) | texts)
@example("(a)\r+ (a)")
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_the_faults_of_it_can_be_printed_and_mended(text: str) -> None:
    map = argmap.parse(text, "x")
    assert map.source is not None
    report = Report(map.source, argmap.check(map))
    shown = format_report(report, columns=40)
    assert shown.count("\n --> x") + shown.count("\n  --> x") + shown.count("\n   --> x") == len(report.diagnostics)
    json.loads(format_json([report]))
    json.loads(format_sarif([report]))
    format_github([report])
    apply_fixes(text, report.diagnostics)


@given(st.text("ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), st.sampled_from(["", "\ufffd"]))
def test_text_that_is_settled_hides_nothing_and_loses_no_words(text: str, instead: str) -> None:
    after = settled(text, instead)
    assert not hiding(after)
    assert not instead or len(after) == len(text)
    assert [c for c in after if c in "ab "] == [c for c in text if c in "ab "]
