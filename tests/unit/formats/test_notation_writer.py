"""How a map looks when it is written in the notation."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

import argmap
from argmap.formats.format import Written
from argmap.formats.labels import is_label
from argmap.formats.notation import read, write
from argmap.model import ArgumentMap, Attitude, Emphasis, Fact, Role, Stance, Statement, Step, StepKind
from argmap.text import Source

AS_WRITTEN = """\
title: Jaw-jaw in Baghdad
date:  2007-05-28

# The further agenda

(a) Washington has to find a way to negotiate a substantial US troop withdrawal
    from Iraq, starting at the very latest in early 2008.
    > "Washington has to find a way" (paragraph 3)
    + (lives) Until it does, Iraqi and American lives will go on being lost.
    ~ The issue is still divisive within the administration.
    - (leverage) Iran has no interest in letting the troops go.
        + (ducks) They are dispersed, stretched out and vulnerable.
        & (guarantee) While they stay, they are its guarantee.
        - (pact) A broader pact to end hostilities would give it one.
    => (b) To do this, including Iran is unavoidable.
        => (d) The present level of tension needs to be de-escalated. {probably}
            provided: (kind) Iran answers in kind. {implicit}

## Logic

(1) All humans are mortal.
(2) Socrates is human.
--- universal instantiation
    unless: Gods are human.
(3) Socrates is mortal.
(4) Whoever is mortal is to be pitied.
---
(5) Socrates is to be pitied.

@ Gates, Rice: accept (a), (b)
@ Republican Party: accept (a); doubt (b)
"""


def trip(text: str) -> str:
    return write(read(Source("x.argmap", text)).map).text


def statement(id: str, text: str, **more: object) -> Statement:
    return Statement(id=id, label=None if id.startswith("%") else id, text=text, **more)  # type: ignore[arg-type]


def written(*statements: Statement, **more: object) -> Written:
    return write(ArgumentMap(statements=statements, **more))  # type: ignore[arg-type]


def test_a_person_would_have_written_it_so() -> None:
    assert trip(AS_WRITTEN) == AS_WRITTEN


@pytest.mark.parametrize(
    "text",
    [
        "(a) One.\n    + (b) Two.\n\n(c) Three.\n    + (b)\n",
        "(a) One.\n    + (b) Two.\n\n(b)\n    unless: Three.\n",
        "(a) A.\n    + B.\n        provided: D.\n        unless: C.\n    & E.\n        + F.\n",
        "(a) One.\n    >< (b) Two.\n        - Three.\n",
        "(a) First paragraph.\n\n    Second paragraph. {open, #tag, key: value}\n",
    ],
)
def test_layouts_that_stay_as_they_are(text: str) -> None:
    assert trip(text) == text


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("But: no", "\\But: no"),
        ("+ 1 is positive", "\\+ 1 is positive"),
        ("(a) is a letter", "\\(a) is a letter"),
        ("Two * three", "Two * three"),
        ("A *star*", "A \\*star\\*"),
        ("A {brace}", "A \\{brace\\}"),
        ("note: this", "\\note: this"),
        ("___", "\\___"),
        ("① One", "\\① One"),
        ("P1. One", "\\P1. One"),
        ("One. Two", "One. Two"),
        ("For years", "For years"),
        ("Evidence", "\\Evidence"),
        ("Reasons for it:", "\\Reasons for it:"),
        ("a\x00b", "a\ufffdb"),
        ("", "…"),
    ],
)
def test_text_that_looks_like_a_mark_is_escaped(text: str, as_written: str) -> None:
    assert written(statement("%1", text)).text == as_written + "\n"
    assert not argmap.parse(as_written + "\n").diagnostics or not text


def test_lines_are_broken_where_they_read_as_going_on() -> None:
    text = written(statement("%1", "word " * 15 + "because of this and (that) and that + more " * 3)).text
    again = read(Source("x.argmap", text))
    assert not again.diagnostics
    assert len(again.map.statements) == 1
    assert max(map(len, text.splitlines())) <= 100


def test_stress_that_cannot_be_marked_is_reported() -> None:
    result = written(statement("a", "unbelievable", emphasis=(Emphasis(2, 9),)))
    assert result.text == "(a) unbelievable\n"
    assert [d.code for d in result.diagnostics] == ["AM401"]


def test_a_label_is_made_from_words_where_one_is_needed() -> None:
    reasons = (
        Step(kind=StepKind.REASON, ground=("%3",), target="%1"),
        Step(kind=StepKind.REASON, ground=("%3",), target="%2"),
    )
    result = written(
        statement("%1", "One."),
        statement("%2", "Two."),
        statement("%3", "The troops are exposed."),
        steps=reasons,
    )
    assert result.text == "One.\n    + (troops-exposed) The troops are exposed.\n\nTwo.\n    + (troops-exposed)\n"
    assert [d.code for d in result.diagnostics] == ["AM404"]


def test_a_label_that_cannot_be_written_is_made_readable() -> None:
    result = written(statement("node 17/b", "One."), statement("node-17-b", "Two."))
    assert result.text == "(node-17-b-2) One.\n\n(node-17-b) Two.\n"


def test_a_corollary_of_two_becomes_a_bar_and_is_reported() -> None:
    step = Step(kind=StepKind.COROLLARY, ground=("a", "b"), target="c")
    result = written(statement("a", "A."), statement("b", "B."), statement("c", "C.", role=Role.DERIVED), steps=(step,))
    assert result.text == "(a) A.\n(b) B.\n---\n(c) C.\n"
    assert [d.code for d in result.diagnostics] == ["AM402"]


def test_a_role_that_nothing_gives_is_reported() -> None:
    result = written(statement("a", "A.", role=Role.DERIVED))
    assert result.text == "(a) A.\n"
    assert [d.code for d in result.diagnostics] == ["AM402"]


def test_header_lines_that_cannot_be_written() -> None:
    result = written(statement("a", "A."), facts=(Fact(key="Created At", value="x\ny"), Fact(key="!", value="z")))
    assert result.text == "created-at: x y\n\n(a) A.\n"
    assert [d.code for d in result.diagnostics] == ["AM404", "AM401"]


@pytest.mark.parametrize("labelled", [True, False])
def test_a_very_deep_map_keeps_its_lines_short(labelled: bool) -> None:
    ids = [f"s{n}" if labelled else f"%{n + 1}" for n in range(5000)]
    map = ArgumentMap(
        statements=tuple(statement(id, f"Statement {n}.") for n, id in enumerate(ids)),
        steps=tuple(Step(kind=StepKind.REASON, ground=(ids[n + 1],), target=ids[n]) for n in range(4999)),
    )
    text = write(map).text
    assert max(map_line for map_line in (len(line) for line in text.split("\n"))) < 250
    again = read(Source("x.argmap", text)).map
    assert len(again.steps) == 4999
    assert not again.diagnostics


def test_labels_agree_with_the_grammar() -> None:
    from argmap.syntax.parser import grammar

    pattern = re.compile(grammar().get_terminal("LABEL").pattern.to_regexp())
    characters = [
        chr(code) for code in [*range(0x250), *range(0x2000, 0x2070), 0x3000, 0xFEFF, 0xFFFD, 0x6F22, 0x1F642]
    ]
    for character in characters:
        if character == "’":  # read as the straight one, and so never written
            continue
        assert is_label(character) == (pattern.fullmatch(f"({character})") is not None), hex(ord(character))


def test_the_formatter_has_nothing_to_change() -> None:
    import argmap

    assert argmap.format_text(AS_WRITTEN) == AS_WRITTEN


@pytest.mark.parametrize(
    "words",
    [
        "because it is so",
        "but it is not",
        "[One]: two",
        "<A>: b",
        "(don't) go",
        "1. One",
        "( 0",
        "(A)B",
        "(a): C",
    ],
)
def test_words_that_look_like_a_mark_or_a_label_are_written_as_words(words: str) -> None:
    for kind in (StepKind.REASON, StepKind.OBJECTION):
        map = ArgumentMap(
            statements=(Statement(id="a", label="a", text="A."), Statement(id="%1", text=words)),
            steps=(Step(kind=kind, ground=("%1",), target="a"),),
        )
        again = argmap.parse(write(map).text)
        assert again.diagnostics == ()
        assert [each.text for each in again.statements] == ["A.", words]


def test_a_line_is_not_broken_where_the_next_would_be_something_else() -> None:
    endless = "a" * 99
    one = write(ArgumentMap(statements=(Statement(id="1", label="1", text=endless),))).text
    assert one == f"(1) {endless}\n"
    for word in ("Pro:", "a)", "iv.", "→", "However,", "—", "①", "①they"):
        text = f"{'word ' * 14}{word} {endless} and more words"
        lines = write(ArgumentMap(statements=(Statement(id="1", label="1", text=text),))).text.splitlines()
        assert not any(line.lstrip().startswith(word) for line in lines), lines


@pytest.mark.parametrize("words", ["in provided: x", "in pro: x", "in so - x", "in Con: x", "in therefore 1. x"])
def test_a_line_is_not_broken_before_words_that_come_to_a_mark(words: str) -> None:
    for before in range(60, 82):
        map = ArgumentMap(statements=(Statement(id="a", label="a", text=f"{'y' * before} {words} and so on"),))
        text = write(map).text
        assert argmap.parse(text) == map, text


@pytest.mark.parametrize("holder", ["\ufeff", "\u200b", " \u2060 ", "\u3164"])
def test_a_holder_whose_name_cannot_be_seen(holder: str) -> None:
    stance = argmap.Stance(holder=holder, attitude=argmap.Attitude.ACCEPT, statement="a")
    written = write(ArgumentMap(statements=(Statement(id="a", label="a", text="x"),), stances=(stance,)))
    assert argmap.parse(written.text).holders == ("…",)
    assert "the holder" in written.diagnostics[0].message


def test_attributes_named_like_a_word_of_the_notation_get_another_name() -> None:
    result = written(statement("%1", "One.", data=(("open", "x"), ("probably", "y"))))
    assert result.text == "One. {open-: x, probably-: y}\n"
    assert [found.code for found in result.diagnostics] == ["AM404", "AM404"]


@pytest.mark.parametrize("note", ["'x is y'", "‘x is y’", "``x is y''", "「引用」", "“x” is y", "'Tis so"])
def test_a_note_that_begins_with_a_quotation_mark_stays_a_note(note: str) -> None:
    map = argmap.parse("(a) One.\n    > note\n")
    map = evolve(map, statements=(evolve(map["a"], notes=(note,)),))
    again = argmap.parse(write(map).text)
    assert not again.diagnostics
    assert again["a"].notes == (note,)


@pytest.mark.parametrize("text", ["-", "+ ", "=>", "Con:", "(b)", "Pro"])
def test_a_text_that_is_a_mark_stays_text_before_attributes(text: str) -> None:
    map = ArgumentMap(statements=(Statement(id="a", label="a", text=text, implicit=True),))
    (again,) = argmap.parse(write(map).text).statements
    assert (again.text, again.label, again.implicit) == (text.strip(), "a", True)


@pytest.mark.parametrize("holder", ["{ Ann", "Ann }{ {Ben", "{", "Ann, and {: Ben"])
def test_a_holder_with_an_open_brace_can_be_read(holder: str) -> None:
    said = Stance(holder=holder, attitude=Attitude.ACCEPT, statement="a")
    map = ArgumentMap(statements=(Statement(id="a", label="a", text="x"),), stances=(said,))
    written = write(map)
    assert argmap.parse(written.text).ok
    assert "became" in written.diagnostics[0].message
