"""An open document, without any client: what editors and pages show of a map while it is written."""

from __future__ import annotations

import doctest
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap import service
from argmap.diagnostics.fixes import apply_fixes
from argmap.errors import ArgmapError, DocumentError, InvalidValueError
from argmap.project.settings import Settings
from argmap.service import OpenDocument
from argmap.text import Source, Utf16

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.argmap"))
TEXT = """title: Rain
author: Ann

# Weather

(a) Take an *umbrella* 🌂. {probably, #gear, price: 5}
    + (b) It is raining.
        > "It rains." (p. 3)
    & (wet) Rain is wet.
    - (c) It is windy.
        provided: (storm) A storm comes.
    => (d) Take a coat.

@ Ann, the neighbours: accept (a); doubt (d)
"""


def at(text: str) -> tuple[OpenDocument, int]:
    """A document, and the place of `|` in it, which is taken out."""
    offset = text.index("|")
    return OpenDocument(text[:offset] + text[offset + 1 :]), offset


def caret(words: str) -> tuple[OpenDocument, int]:
    """The document, and a place in it that is marked by `|` in some of its words."""
    return OpenDocument(TEXT), TEXT.index(words.replace("|", "")) + words.index("|")


def completed(text: str) -> list[str]:
    document, offset = at(text)
    return [each.text for each in document.complete(offset)]


def test_the_example_in_the_documentation() -> None:
    assert doctest.testmod(service).failed == 0


# -- diagnostics --


def test_each_fault_comes_with_its_fix() -> None:
    document = OpenDocument("(a) Rain.\n    – (b) It is dry.\n")
    assert document.diagnostics[0].code == "AM025"
    assert apply_fixes(document.text, document.diagnostics) == ("(a) Rain.\n    - (b) It is dry.\n", 1)


def test_codes_are_ignored_as_in_the_command() -> None:
    assert [found.code for found in OpenDocument(TEXT, settings=Settings(ignore=("AM3", "AM2"))).diagnostics] == []


# -- places --


@pytest.mark.parametrize("place", ["(|b) It", "It is rai|ning", '"It |rains."', "    + |(b)"])
def test_a_line_and_what_is_under_it_speak_of_its_statement(place: str) -> None:
    document, offset = caret(place)
    found = document.statement_at(offset)
    assert found is not None
    assert found.id == "b"


def test_a_place_between_lines_speaks_of_nothing() -> None:
    document = OpenDocument("(a) Rain.\n\n\n(b) Sun.\n")
    assert document.statement_at(10) is None
    assert document.hover(10) is None
    assert document.definition(10) is None
    assert document.references(10) == ()


def test_hover_says_the_words_the_verdict_and_why() -> None:
    document, offset = caret("doubt (|d)")
    hover = document.hover(offset)
    assert hover is not None
    assert hover.lines[0] == "(d) Take a coat."
    assert hover.lines[-1].endswith("is blocked: (a) falls.")
    assert TEXT[hover.span.start : hover.span.end] == "(d)"


def test_hover_on_a_mark_says_what_it_means() -> None:
    document, offset = caret("    |- (c)")
    hover = document.hover(offset)
    assert hover is not None
    assert hover.lines[0].startswith("an objection: speaks against")


def test_an_unknown_label_leaves_out_the_verdict_only() -> None:
    document, offset = at("(a|) Rain.\n    + (nowhere)\n")
    hover = document.hover(offset)
    assert hover is not None
    assert hover.lines == ("(a) Rain.",)
    assert document.standing is None


def test_definition_and_references_of_a_label() -> None:
    document, offset = caret("accept (|a)")
    definition = document.definition(offset)
    assert definition is not None
    assert definition.start == TEXT.index("(a) Take")
    assert [span.start for span in document.references(offset)] == [definition.start, offset - 1]


def test_the_definition_of_a_statement_without_a_label_is_its_line() -> None:
    document, offset = at("Ra|in.\n")
    definition = document.definition(offset)
    assert definition is not None
    assert (definition.start, definition.end) == (0, 5)


def test_rename_changes_the_label_and_nothing_else() -> None:
    document, offset = caret("accept (|a)")
    changed = TEXT
    for edit in sorted(document.rename(offset, "umbrella"), key=lambda edit: edit.span, reverse=True):
        changed = changed[: edit.span.start] + edit.replacement + changed[edit.span.end :]
    assert changed == TEXT.replace("(a)", "(umbrella)")


@pytest.mark.parametrize(("label", "words"), [("b", "another statement"), ("two words", "is no label"), ("", "is no")])
def test_rename_refuses_what_would_change_the_map(label: str, words: str) -> None:
    document, offset = caret("accept (|a)")
    with pytest.raises(InvalidValueError, match=words):
        document.rename(offset, label)


def test_rename_needs_a_label() -> None:
    document, offset = at("Ra|in.\n")
    with pytest.raises(InvalidValueError, match="no label here"):
        document.rename(offset, "x")


# -- the text as an editor shows it --


def test_symbols_are_an_outline() -> None:
    assert [(each.depth, each.name, each.kind) for each in OpenDocument(TEXT).symbols] == [
        (0, "Weather", "a section"),
        (1, "(a)", "a statement"),
        (2, "(b)", "a reason"),
        (2, "(wet)", "a joined premise"),
        (2, "(c)", "an objection"),
        (3, "(storm)", "a condition"),
        (2, "(d)", "a corollary"),
    ]


def test_what_is_under_a_line_can_be_folded() -> None:
    folded = [TEXT[span.start : span.end] for span in OpenDocument(TEXT).folds]
    assert [(each.split()[0], each.split("\n")[-1].strip()) for each in folded] == [
        ("#", "@ Ann, the neighbours: accept (a); doubt (d)"),
        ("(a)", "=> (d) Take a coat."),
        ("+", '> "It rains." (p. 3)'),
        ("-", "provided: (storm) A storm comes."),
    ]


def test_every_word_that_means_something_is_highlighted() -> None:
    found = [(TEXT[each.span.start : each.span.end], each.kind) for each in OpenDocument(TEXT).highlights]
    assert found[:7] == [
        ("title:", "key"),
        ("author:", "key"),
        ("# Weather", "heading"),
        ("(a)", "label"),
        ("probably", "attribute"),
        ("#gear", "attribute"),
        ("price: 5", "attribute"),
    ]
    assert ('"It rains." (p. 3)', "quotation") in found
    assert ("provided:", "mark") in found
    assert found[-7:] == [
        ("@", "mark"),
        ("Ann", "holder"),
        ("the neighbours", "holder"),
        ("accept", "verb"),
        ("(a)", "label"),
        ("doubt", "verb"),
        ("(d)", "label"),
    ]


def test_formatting_is_the_formatter_s() -> None:
    assert OpenDocument("(a)  Rain.\n  +  (b) Wet.").formatted() == "(a) Rain.\n    + (b) Wet.\n"
    with pytest.raises(DocumentError):
        OpenDocument("    + (b) Wet.").formatted()


# -- completion --


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|", "title: "),
        ("title: x\nau|", "author: "),
        ("(a) A\n    |", "+ "),
        ("(a) A\n    be|", "because: "),
        ("(a) A\n    + (|", "a)"),
        ("(a) A\n    + (|)", "a"),
        ("(a) A {pro|", "probably"),
        ("(a) A {#one}\n(b) B {#|}", "#one"),
        ("(a) A\n@ Bob: accept (a)\n@ B|", "Bob"),
        ("(a) A\n@ B: |", "accept"),
        ("(a) A\n@ B: accept (a); d|", "doubt"),
        ("(a) A\n@ B: accept (|)", "a"),
        ("(a) A\n@ B: r|", "retract"),
        ("(a) A\n@ B: accept (a) {|", "date: "),
        ("(a) A\n@ B: accept (a) {date: 2007, pro|", "probably"),
        ("(a) A {unp|", "unproved"),
        ("(a) A\n@ B: accept |", "(a)"),
        ("(a) A\n(b) B\n@ B: accept (b), |", "(a)"),
        ("(a) A\n(b) B\n@ B: doubt (b) => |", "(a)"),
        ("(a) A\n@ B: accept (a); |", "retract"),
        ("(a) A\n@ B: reject (a)\n    @ |", "B"),
        ("(a) A\n(b) B\n--- from (b), (|", "a)"),
        ("(a) A\n--- modus ponens, from |", "(a)"),
        ('(a) A\n@ "Smith, Jr.": accept (a)\n@ |', '"Smith, Jr."'),
        ('(a) A\n@ "Smith, Jr.": accept (a)\n@ Bob, "Smi|', '"Smith, Jr."'),
        ("(a) 🌂\n    because: (|", "a)"),
    ],
)
def test_completion_offers(text: str, expected: str) -> None:
    assert expected in completed(text)


@pytest.mark.parametrize(
    "text",
    [
        "(a) Some text |",
        "(a) A\n\nSee (|",
        "(a) A\n@ Bob: accept (a)\n@ Bob|",
        "(a) A\n@ Bob: accept (a) |",
        "(a) A\n    + |",
        "(a) A\n    > |",
        "(a) A\n# |",
        "(a) A\n--- by |",
        "(a) A\n@ Bob: accept (" + "a" * 9000 + "|",
    ],
)
def test_completion_is_silent_where_there_is_nothing_to_complete(text: str) -> None:
    assert completed(text) == []


def test_completion_offers_no_label_that_is_only_referred_to() -> None:
    assert completed("(a) A\n    + (nowhere)\n    + (|") == ["a)"]


def test_at_the_margin_no_mark_is_offered_that_needs_a_statement_above() -> None:
    assert "+ " not in completed("(a) A\n|")
    assert "title: " not in completed("(a) A\n|")


# -- the picture --


def test_each_statement_and_step_drawn_has_its_place() -> None:
    document = OpenDocument(TEXT)
    drawing = document.draw(id_prefix="p-")
    places = {each.statement: each for each in drawing.elements if each.kind == "statement"}
    assert set(places) == {each.id for each in document.map.statements}
    for id, each in places.items():
        assert each.span == document.map[id or ""].span
        assert f'id="{each.id}"' in drawing.svg
    assert any(each.kind == "step" and each.span for each in drawing.elements)


def test_what_a_screen_reader_says_of_a_box() -> None:
    names = {each.statement: each.name for each in OpenDocument(TEXT).draw().elements}
    assert names["b"] == "(b) It is raining; reason for (a), joined with (wet); stands"
    assert names["c"] == "(c) It is windy; objection to (a); stands"
    assert names["storm"] == "(storm) A storm comes; condition of objection (c) to (a); stands"
    assert names["d"] == "(d) Take a coat; corollary of (a); falls"


def test_hanging_signs_have_places_too() -> None:
    drawing = OpenDocument(TEXT).draw(layout="hanging")
    assert {each.kind for each in drawing.elements if each.span} >= {"statement", "step"}


def test_what_if_says_what_changes() -> None:
    drawing = OpenDocument(TEXT).draw(withdraw=["c"])
    assert [each.split(".")[0] for each in drawing.sentences] == [
        "(a): falls → stands",
        "(c): stands → falls",
        "(d): falls → stands",
    ]
    assert "with (c) withdrawn" in drawing.svg
    assert OpenDocument(TEXT).draw().sentences == ()


def test_the_map_as_a_holder_sees_it() -> None:
    drawing = OpenDocument(TEXT).draw(holder="Ann")
    assert "As seen by Ann" in drawing.svg
    assert any("(d)" in sentence for sentence in drawing.sentences)
    with pytest.raises(ArgmapError):
        OpenDocument(TEXT).draw(holder="Nobody")


def test_what_could_be_understood_is_drawn() -> None:
    drawing = OpenDocument("(a) Rain.\n    + (nowhere)\n    ?? what\n").draw()
    assert "Rain." in drawing.svg


# -- any text --


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_everything_can_be_asked_everywhere_in_the_examples(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = OpenDocument(text, str(path))
    for offset in range(0, len(text), 97):
        document.complete(offset)
        hover = document.hover(offset)
        assert hover is None or 0 <= hover.span.start <= hover.span.end <= len(text)
        definition = document.definition(offset)
        assert definition is None or document.statement_at(definition.start) == document.statement_at(offset)
    spans = [each.span for each in document.highlights]
    assert all(one.end <= other.start for one, other in pairwise(spans))


PIECES = st.sampled_from([*re.findall(r"\s+|\S+", TEXT), "\r\n", "\t", "{", "}", "@", "(", ":", "---", "🌂"])


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join), st.integers(0, 120))
def test_no_text_makes_it_fail(text: str, offset: int) -> None:
    document = OpenDocument(text)
    offset = min(offset, len(text))
    for span in (*document.folds, *(each.span for each in (*document.highlights, *document.symbols))):
        assert 0 <= span.start <= span.end <= len(text)
    for completion in document.complete(offset):
        assert completion.span.end == offset
    document.hover(offset)
    document.references(offset)
    document.definition(offset)


@given(st.text(alphabet=st.sampled_from("ab\r\n\u00e9\U0001f302\ufeff"), max_size=30))
@settings(deadline=None)
def test_utf_16_counts_as_utf_16_does(text: str) -> None:
    units = Utf16(Source("t", text))
    for offset in range(len(text) + 1):
        counted = len(text[:offset].encode("utf-16-le")) // 2
        assert units.units(offset) == counted
        assert units.offset(counted) == offset
        line, character = units.position(offset)
        if text[offset - 1 : offset] != "\r" and text[offset : offset + 1] != "\n":
            assert units.offset_at(line, character) == offset
    assert units.offset(10**6) == len(text)
    assert units.offset_at(10**6, 0) == len(text)


def test_a_place_inside_an_emoji_is_its_beginning() -> None:
    assert Utf16(Source("t", "a🌂b")).offset(2) == 1
    assert Utf16(Source("t", "a🌂b\nc")).offset_at(0, 99) == 3
