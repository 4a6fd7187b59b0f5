"""Choosing codes: on the command line, and in comments of the file itself."""

from __future__ import annotations

import pytest

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.diagnostics.suppression import is_selected, suppress
from argmap.text import Source, Span


@pytest.mark.parametrize(
    ("code", "select", "ignore", "wanted"),
    [
        ("AM201", (), (), True),
        ("AM201", ("AM2",), (), True),
        ("AM301", ("AM2",), (), False),
        ("AM201", (), ("AM2",), False),
        ("AM201", ("AM201",), ("AM2",), True),
        ("AM201", ("AM2",), ("AM201",), False),
        ("AM201", ("AM2",), ("AM2",), False),
        ("AM201", ("AM",), ("AM3",), True),
    ],
)
def test_the_longer_beginning_wins(code: str, select: tuple[str, ...], ignore: tuple[str, ...], wanted: bool) -> None:
    assert is_selected(code, select, ignore) is wanted


def left(text: str, *codes: tuple[str, str]) -> list[str]:
    """The codes that are still reported about a text, each fault at the given piece of it."""
    found = []
    for code, piece in codes:
        start = text.index(piece)
        found.append(Diagnostic(code, Severity.WARNING, "m", (Label(Span(start, start + len(piece))),)))
    return [one.code for one in suppress(found, Source("x", text))]


def test_a_comment_suppresses_codes_in_the_whole_file() -> None:
    text = "(a) One.\n    // argmap: ignore AM201, am3\n(b) Two.\n"
    assert left(text, ("AM201", "(a)"), ("AM304", "(b)"), ("AM202", "(b)")) == ["AM202"]


def test_a_comment_suppresses_codes_on_the_next_line_alone() -> None:
    text = "(a) One.\r\n// argmap: ignore-next AM2\r\n(b) Two.\r\n(c) Three.\r\n"
    assert left(text, ("AM201", "(a)"), ("AM201", "(b)"), ("AM301", "(b)"), ("AM201", "(c)")) == [
        "AM201", "AM301", "AM201",
    ]  # fmt: skip


def test_names_are_taken_for_codes() -> None:
    text = "(a) One.\n// argmap: ignore Golden, clash\n(b) Two.\n"
    assert left(text, ("AM301", "(a)"), ("AM302", "(b)"), ("AM201", "(b)")) == ["AM302"]
    found = [Diagnostic(code, Severity.NOTE, "m", ()) for code in ("AM101", "AM301", "AM302", "AM390")]

    def wanted(select: tuple[str, ...], ignore: tuple[str, ...] = ()) -> list[str]:
        return [one.code for one in suppress(found, None, select, ignore)]

    assert wanted(("golden",)) == ["AM301"]
    assert wanted(("golden", "am1")) == ["AM101", "AM301"]
    assert wanted(("teaching",)) == ["AM101", "AM301", "AM302", "AM390"]
    assert wanted(("teaching",), ("rabbit", "unknown-label")) == ["AM301", "AM390"]
    assert wanted(("default",)) == ["AM101", "AM390"]
    assert wanted((), ("teaching",)) == ["AM101", "AM390"]


def test_at_the_very_start_after_a_byte_order_mark() -> None:
    assert left("\ufeff// argmap: ignore AM2\n(a) One", ("AM201", "(a)")) == []


@pytest.mark.parametrize("comment", ["ignore", "ignore AM2O1", "ignore AM9", "ignroe AM201", "ignore everything", ""])
def test_a_comment_without_effect_is_reported(comment: str) -> None:
    assert left(f"// argmap: {comment}\n(a) One", ("AM201", "(a)")) == ["AM201", "AM090"]


def test_prose_that_speaks_of_it_is_left_alone() -> None:
    assert left("(a) Write // argmap: ignore AM201 in a comment.", ("AM201", "(a)")) == ["AM201"]
