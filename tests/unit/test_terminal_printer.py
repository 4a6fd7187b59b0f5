"""What a person sees at a terminal: the words, the place, the underline."""

from __future__ import annotations

import pytest

from argmap.diagnostics import Diagnostic, Fix, Label, Report, Severity
from argmap.diagnostics.terminal import format_diagnostic, format_report, format_summary, wants_color
from argmap.text import Source, Span


def at(text: str, piece: str, say: str = "", nth: int = 0) -> Label:
    start = -1
    for _ in range(nth + 1):
        start = text.index(piece, start + 1)
    return Label(Span(start, start + len(piece)), say)


def printed(text: str, *labels: Label, hint: str | None = None, fix: Fix | None = None, columns: int = 100) -> str:
    found = Diagnostic("AM101", Severity.ERROR, "no statement is called (pakt)", labels, hint, fix)
    return format_diagnostic(found, Source("essay.argmap", text), columns=columns)


def test_one_place_with_hint() -> None:
    text = "(a) One.\n    - (pakt)\n"
    assert printed(text, at(text, "(pakt)", "used here"), hint="did you mean (pact)?") == (
        "error[AM101]: no statement is called (pakt)\n"
        " --> essay.argmap:2:7\n"
        "  |\n"
        "2 |     - (pakt)\n"
        "  |       ^^^^^^ used here\n"
        "  = hint: did you mean (pact)?\n"
    )


def test_two_places_far_apart() -> None:
    text = "(a) One.\n\n\n\n\n\n\n\n\n(a) Two.\n"
    assert printed(text, at(text, "(a)", "again here", 1), at(text, "(a)", "first here")) == (
        "error[AM101]: no statement is called (pakt)\n"
        "  --> essay.argmap:10:1\n"
        "   |\n"
        " 1 | (a) One.\n"
        "   | --- first here\n"
        "...\n"
        "10 | (a) Two.\n"
        "   | ^^^ again here\n"
    )


def test_two_places_on_one_line() -> None:
    text = "(a) One (b) two\n"
    assert printed(text, at(text, "(b)", "the second"), at(text, "(a)", "the first")).splitlines()[3:] == [
        "1 | (a) One (b) two",
        "  | ---     ^^^ the second",
        "  | |",
        "  | the first",
    ]


def test_places_that_overlap_have_a_row_each() -> None:
    text = "+ (a) One\n"
    rows = printed(text, at(text, "(a)", "the label"), at(text, "+ (a)", "the line")).splitlines()
    assert rows[4:] == ["  |   ^^^ the label", "  | ----- the line"]


def test_a_place_over_several_lines_is_opened_and_closed() -> None:
    text = "(a) One\n    two\n    three.\n"
    rows = printed(text, at(text, "One\n    two\n    three", "all this")).splitlines()
    assert rows[3:] == [
        "1 | (a) One",
        "  |     ^^^ from here",
        "2 |     two",
        "3 |     three.",
        "  |     ^^^^^ to here: all this",
    ]


@pytest.mark.parametrize(
    ("line", "piece", "shown", "marks"),
    [
        ("\t+ (a) x", "(a)", "    + (a) x", "      ^^^"),
        ("x\t(a)", "(a)", "x   (a)", "    ^^^"),
        ("日本語 (a)", "(a)", "日本語 (a)", "       ^^^"),
        ("日本語", "本", "日本語", "  ^^"),
        ("e\u0301te\u0301 (a)", "(a)", "e\u0301te\u0301 (a)", "    ^^^"),
        ("e\u0301", "\u0301", "e\u0301", "^"),
        ("👨‍👩‍👧 (a)", "(a)", "👨‍👩‍👧 (a)", "   ^^^"),
        ("שלום (a)", "(a)", "שלום (a)", "     ^^^ “(a)”"),
        ("a\x00b\x1b[2J", "b", "a␀b␛[2J", "  ^"),
        ("a\u202eb", "\u202e", "a<U+202E>b", " ^^^^^^^^"),
        ("a\ud800b", "b", "a<U+D800>b", "         ^"),
        ("\ufeffa", "a", "a", "^"),
        ("a\u2028b", "b", "a<U+2028>b", "         ^"),
        ("a\u00a0b", "\u00a0", "a\u00a0b", " ^"),
    ],
)
def test_underline_is_under_the_fault(line: str, piece: str, shown: str, marks: str) -> None:
    rows = printed(line, at(line, piece)).splitlines()
    assert rows[3:5] == [f"1 | {shown}", f"  | {marks}"]


def test_a_long_line_is_cut_to_the_fault() -> None:
    text = "x" * 500 + " FAULT " + "y" * 500
    quoted, marks = printed(text, at(text, "FAULT"), columns=40).splitlines()[3:5]
    assert len(quoted) == len("1 | ") + 40
    assert quoted.startswith("1 | …xxx")
    assert quoted.endswith("yyy…")
    assert quoted[marks.index("^") : marks.rindex("^") + 1] == "FAULT"


def test_two_places_far_apart_on_a_long_line_are_both_shown() -> None:
    text = "(a)" + "x" * 5000 + "(b)"
    shown = printed(text, at(text, "(b)", "second"), at(text, "(a)", "first"), columns=40)
    assert "(a)" in shown
    assert "(b)" in shown
    assert shown.count("\n1 | ") == 2


def test_a_fix_says_how_to_apply_it() -> None:
    assert "= fix: write `-` (argmap check --fix does it)" in printed("– x", fix=Fix("write `-`", ()))
    assert "--fix" not in printed("– x", fix=Fix("write `-`", (), safe=False))


def test_nothing_of_the_author_steers_the_terminal() -> None:
    found = Diagnostic("AM101", Severity.ERROR, "no \x1b]0;x\x07", (Label(Span(0, 1), "\x1b[1m"),), "\x9b1m\nnext")
    shown = format_diagnostic(found, Source("a\x1b[31m\nb", "x"))
    assert not any((ord(sign) < 32 and sign != "\n") or ord(sign) == 0x9B for sign in shown)


def test_a_diagnostic_without_a_place() -> None:
    found = Diagnostic("AM107", Severity.WARNING, "a circle", hint="break it")
    assert format_diagnostic(found, None) == "warning[AM107]: a circle\n  = hint: break it\n"


def test_colour_only_wraps() -> None:
    import re

    text = "(a) One.\n    - (pakt)\n"
    report = Report(Source("e", text), (Diagnostic("A", Severity.ERROR, "m", (at(text, "(pakt)", "x"),), "h"),))
    colored = format_report(report, color=True)
    assert "\x1b[1;31m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == format_report(report)


@pytest.mark.parametrize(
    ("environment", "terminal", "wanted"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_when_there_is_colour(environment: dict[str, str], terminal: bool, wanted: bool) -> None:
    assert wants_color(environment, terminal) is wanted


def test_summary_counts_kinds_files_and_fixes() -> None:
    def report(*severities: Severity, fix: Fix | None = None) -> Report:
        return Report(Source("x", ""), tuple(Diagnostic("A", each, "m", fix=fix) for each in severities))

    assert format_summary([report(Severity.ERROR, Severity.ERROR, Severity.WARNING)]) == (
        "2 errors and 1 warning in 1 file"
    )
    assert format_summary([report(), report()]) == "no problems in 2 files"
    assert format_summary([report(Severity.ERROR, Severity.WARNING, Severity.NOTE)]) == (
        "1 error, 1 warning and 1 note in 1 file"
    )
    assert format_summary([report(Severity.ERROR, fix=Fix("x", ()))]) == (
        "1 error in 1 file; argmap check --fix can fix 1"
    )
