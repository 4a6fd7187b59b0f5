"""Where paragraphs begin and end."""

from __future__ import annotations

from argmap.sources.original import Original, find_paragraphs
from argmap.text import Span


def texts(text: str, markdown: bool = False) -> list[str]:
    return [text[p.start : p.end] for p in find_paragraphs(text, markdown)]


def test_blank_lines_part_paragraphs() -> None:
    assert texts("One\ntwo.\n\n \nThree.\r\n\r\nFour.") == ["One\ntwo.", "Three.", "Four."]


def test_unbroken_lines_are_paragraphs_by_themselves() -> None:
    long = "word " * 60
    assert texts(f"{long}\nShort.\n{long}\n") == [long.strip(), "Short.", long.strip()]


def test_markdown_headings_are_not_counted_and_items_stand_apart() -> None:
    text = "# Title\nIntro.\n\n- one\n- two\n  more\n\nOld title\n=========\n\nEnd."
    found = find_paragraphs(text, markdown=True)
    assert [p.number for p in found] == [0, 1, 2, 3, 0, 4]
    assert texts(text, markdown=True)[3] == "- two\n  more"


def test_offsets_are_true_with_a_byte_order_mark() -> None:
    text = "\ufeffOne.\n\nTwo."
    assert texts(text) == ["One.", "Two."]


def test_a_text_of_nothing_has_no_paragraph() -> None:
    assert find_paragraphs("") == ()
    assert find_paragraphs(" \n\n\t\n") == ()


def test_a_passage_across_paragraphs_touches_each() -> None:
    original = Original("x.txt", "One.\n\nTwo.\n\nThree.")
    assert [p.number for p in original.paragraphs_at(Span(2, 8))] == [1, 2]
    assert [p.number for p in original.paragraphs_at(Span(6, 10))] == [2]
