"""Argdown in and out, on texts made here."""

from __future__ import annotations

import pytest

import argmap
from argmap.formats import registry
from argmap.formats.argdown import data
from argmap.formats.format import Conversion
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Role,
    Stance,
    Statement,
    Step,
    StepKind,
)
from argmap.text import Source


def read(text: str) -> Conversion:
    source = Source("x.argdown", text)
    format = registry.for_reading(source)
    assert format.read is not None
    return format.read(source)


def write(map: ArgumentMap) -> str:
    format = registry.by_name("argdown")
    assert format.write is not None
    return format.write(map).text


def steps(map: ArgumentMap) -> list[tuple[str, str, str]]:
    return [(s.kind.value, " ".join(map[g].text for g in s.ground), map[s.target].text) for s in map.steps]


def test_relations_in_both_directions() -> None:
    map = read("[a]: A\n  + B\n  - C\n    + D\n  <+ E\n  <- F\n  +> [g]: G\n  -> [h]: H\n  >< [i]: I\n").map
    assert steps(map) == [
        ("reason", "B", "A"), ("objection", "C", "A"), ("reason", "D", "C"), ("reason", "E", "A"),
        ("objection", "F", "A"), ("reason", "A", "G"), ("objection", "A", "H"),
    ]  # fmt: skip
    assert map.contradictions == (Contradiction(left="a", right="i"),)


def test_strict_mode_knows_entailment_and_contraries() -> None:
    map = read("===\nmodel:\n  mode: strict\n===\n\n[a]: A\n  + [b]: B\n  - [c]: C\n  - <d>: D\n").map
    assert steps(map) == [("corollary", "B", "A"), ("objection", "D", "A")]
    assert map.contradictions == (Contradiction(left="c", right="a"),)


def test_an_undercut_of_a_sketch_is_an_exception_to_its_step() -> None:
    map = read("[a]: A\n  + <b>: B\n    _ <c>: C\n").map
    assert map.steps[0].exceptions == ("c",)
    assert map["c"].role is Role.CLAIM


def test_premises_and_conclusions() -> None:
    conversion = read(
        "<Proof>: short\n\n(1) A\n  - X\n(2) B {k: v}\n--\nSome rule, another\n--\n(3) C\n(4) D\n----\n"
        "  <_ <U>: U\n(5) E\n  +> [t]: T\n"
    )
    map = conversion.map
    assert steps(map) == [
        ("objection", "X", "A"), ("inference", "A B", "C"), ("inference", "C D", "E"), ("reason", "E", "T"),
    ]  # fmt: skip
    assert [step.rule for step in map.steps] == [None, "Some rule, another", "Proof", None]
    assert map.steps[2].exceptions == ("U",)
    assert [s.role for s in map.statements if s.text in "CE"] == [Role.DERIVED, Role.DERIVED]
    assert next(s for s in map.statements if s.text == "E").notes == ("Proof: short",)
    assert not conversion.diagnostics


def test_uses_reaches_further_up() -> None:
    map = read("(1) A\n(2) B\n--\n{uses: [1, 2]}\n--\n(3) C\n(4) D\n--\n{uses: [1, 3]}\n--\n(5) E\n").map
    assert steps(map) == [("inference", "A B", "C"), ("inference", "A C D", "E")]


def test_text_tags_stress_links_mentions_and_comments() -> None:
    conversion = read(
        "# One #h\n\n[a b]: wrapped // gone\n  *stressed* and __strong__, see @[c d] \\#1 snake_case\n"
        "  [here](https://x.org/a_b) #t #(two words) {k: [1, {x: y}]} <!-- no -->\n\n/* no */\n\n[c d]: C\n"
    )
    statement = conversion.map["a-b"]
    assert statement.text == "wrapped stressed and strong, see (c-d) #1 snake_case here"
    assert [statement.text[e.start : e.end] for e in statement.emphasis] == ["stressed", "strong"]
    assert statement.tags == ("t", "two words")
    assert dict(statement.data) == {"k": '["1", {x: "y"}]', "url": "https://x.org/a_b"}
    assert statement.section == 0
    assert [d.code for d in conversion.diagnostics] == ["AM401"]  # the heading's tag


def test_an_address_in_a_link_is_not_a_script() -> None:
    conversion = read("[a]: see [this](javascript:alert(1))\n")
    assert conversion.map["a"].data == ()
    assert "javascript" in conversion.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[a]: A\n\n  + B\n", "nothing above it"),
        ("[a]: A\n+ B\n", "not indented"),
        ("[a]: A\n  + B\n - C\n", "fits no line above"),
        ("[a] more\n", "words after a name"),
        ("see [a] there\n", "in the middle of a text"),
        ("(1) A\n(2) B\n", "premises without a conclusion"),
        ("text\n(1) A\n", "begins a line in the middle"),
        ("[a]: A {k: [}\n", "YAML"),
        ("[a]: A {k: &x 1}\n", "anchors"),
        ("===\na: *x\n===\n", "front matter"),
        ("[a]: A\n  +\n  - B\n", "a mark with nothing after it"),
    ],
)
def test_faults_are_told_and_cost_little(text: str, part: str) -> None:
    conversion = read(text + "\n[z]: still here\n")
    assert any(part in d.message for d in conversion.diagnostics), conversion.diagnostics
    assert all(d.span is not None for d in conversion.diagnostics)
    assert conversion.map["z"].text == "still here"


def test_any_words_go_out_and_come_back() -> None:
    words = [
        "+ a", "- b", "(1) c", "1. d", "* e", "# f", "[g]: h", "<i>", "@[j]", "{k: l}", "a // b",
        "http://x.y/*z*/", "_m_", "**n**", "\\o", "===", "----", "--- so", "-> p", ".v. :heart:",
        "a <!-- b --> c", "~q", "> r", "one\n\ntwo",
    ]  # fmt: skip
    map = ArgumentMap(statements=tuple(Statement(id=f"%{n}", text=text) for n, text in enumerate(words, 1)))
    assert [s.text for s in read(write(map)).map.statements] == words


def test_what_argdown_cannot_say_comes_back_and_is_told() -> None:
    map = ArgumentMap(
        statements=(
            Statement(id="a", label="a", text="A", exceptions=("e",)),
            Statement(id="b", label="b", text="B"),
            Statement(id="c", label="c", text="C"),
            Statement(id="d", label="d", text="D", role=Role.CONDITION),
            Statement(id="e", label="e", text="E", role=Role.EXCEPTION),
        ),
        steps=(
            Step(kind=StepKind.CONCESSION, ground=("b",), target="a"),
            Step(kind=StepKind.OBJECTION, ground=("b", "c"), target="a"),
            Step(kind=StepKind.COROLLARY, ground=("c",), target="a", conditions=("d",)),
        ),
        stances=(Stance(holder="Ann", attitude=Attitude.DOUBT, statement="b"),),
    )
    format = registry.by_name("argdown")
    assert format.write is not None
    written = format.write(map)
    assert [d.code for d in written.diagnostics].count("AM402") == 7
    back = read(written.text).map
    assert sorted(back.statements, key=lambda s: s.id) == list(map.statements)
    assert sorted(map.steps, key=repr) == sorted(back.steps, key=repr)
    assert back.stances == map.stances


def test_depth_costs_no_recursion() -> None:
    text = "[a]: A\n" + "".join(f"{' ' * n}+ s{n}\n" for n in range(1, 3000))
    map = read(text).map
    assert len(map.steps) == 2999
    assert len(read(write(map)).map.steps) == 2999


@pytest.mark.parametrize(
    "text",
    [
        "/*" * 50_000, "{a" * 50_000, "[a" * 50_000, "<a" * 50_000, "#(" * 50_000, "*_" * 50_000, "**a_" * 50_000,
        "===\n" + "[" * 50_000 + "\n===\n", "[](" * 50_000, "\\" * 50_001, "<!--" * 50_000,
        "{a: " + "[" * 50_000 + "}", "\n \n" * 50_000,
    ],
)  # fmt: skip
def test_what_would_take_quadratic_time_is_read(text: str) -> None:
    read(text)  # a reader that looks ahead from every sign takes minutes here


def test_yaml_is_text_and_never_objects() -> None:
    assert data.braces("{a: yes, b: 2018-01-01, c: 1.0}") == {"a": "yes", "b": "2018-01-01", "c": "1.0"}
    for hostile in (
        "{a: !!python/object/apply:os.system [x]}",
        "{a: &b [1], c: *b}",
        "{a: " + "[" * 99 + "]" * 99 + "}",
        "{a: [" + "b, " * 20_000 + "b]}",
        "{a: [" + "b, " * 500_000 + "b]}",
        "{[a]: b}",
    ):
        with pytest.raises(data.DataError):
            data.braces(hostile)


def test_words_that_look_like_a_comment_are_no_comment() -> None:
    from argmap.formats.argdown import FORMAT
    from argmap.model import ArgumentMap, Statement

    map = ArgumentMap(statements=(Statement(id="%1", text="<!-- 0", data=(("title", "-->"),)),))
    assert FORMAT.write is not None
    assert FORMAT.read is not None
    text = FORMAT.write(map).text
    assert [each.text for each in FORMAT.read(Source("x", text)).map.statements] == ["<!-- 0"]


@pytest.mark.parametrize(
    ("bar", "rule", "ground"),
    [
        ("-- Modus ponens --", "Modus ponens", "One Two"),
        ("--Modus ponens--", "Modus ponens", "One Two"),
        ("-- Modus ponens\n--", "Modus ponens", "One Two"),
        ("--\nModus ponens --", "Modus ponens", "One Two"),
        ("--\nModus ponens\n--", "Modus ponens", "One Two"),
        ("  -- {uses: [1,2]} --  ", None, "One Two"),
        ("-- MP, DS {uses: [1]} ---", "MP, DS", "One"),
    ],
)
def test_every_form_of_an_inference_line(bar: str, rule: str | None, ground: str) -> None:
    conversion = read(f"(1) One\n(2) Two\n-----\n(3) Three\n{bar}\n  <_ [x]: But\n(4) Four\n" if "1]" in bar else
                      f"(1) One\n(2) Two\n{bar}\n  <_ [x]: But\n(4) Four\n")  # fmt: skip
    assert not conversion.diagnostics
    step = conversion.map.steps[-1]
    assert (step.rule, step.exceptions) == (rule, ("x",))
    assert " ".join(conversion.map[id].text for id in step.ground).startswith(ground)


def test_shortcodes_are_read_as_by_argdown_and_never_written_by_accident() -> None:
    text = "a .v_. b .<->. c .[]. d :love: e:A: and N.A.T.O. but U.S.A. and 3.14. x:z: w"
    as_read = "a ⊻ b ↔ c ◻ d 😍 e∀ and N∀T𝗢 but U.S.A. and 3.14. x:z: w"
    assert read(f"[t]: {text}").map["t"].text == as_read
    map = ArgumentMap(statements=(Statement(id="t", label="t", text=text),))
    assert read(write(map)).map["t"].text == text


@pytest.mark.parametrize(
    ("text", "stressed", "lost"),
    [
        ("***both***", [("both", True)], 0),
        ("x ___both___ y", [("both", True)], 0),
        ("***a* b**", [("a b", True)], 1),
        ("*a **b***", [("a b", False)], 1),
        ("**a *b* c**", [("a b c", True)], 1),
        ("snake_case_name *is* one", [("is", False)], 0),
    ],
)
def test_stress_within_stress(text: str, stressed: list[tuple[str, bool]], lost: int) -> None:
    conversion = read(f"[t]: {text}")
    one = conversion.map["t"]
    assert "*" not in one.text
    assert [(one.text[each.start : each.end], each.strong) for each in one.emphasis] == stressed
    assert [found.code for found in conversion.diagnostics] == ["AM401"] * lost


def test_an_include_is_reported_at_its_place() -> None:
    conversion = read("[a]: A\n\n@include(./b.argdown)\n\n[b]: B\n")
    (found,) = conversion.diagnostics
    assert "@include(./b.argdown)" in found.message
    assert found.span is not None
    assert found.span.start == 8
    assert [one.text for one in conversion.map.statements] == ["A", "B"]


def test_argdown_in_a_markdown_page() -> None:
    page = "On [a]: x.\n\n```argdown\n[a]: A\n  + B\n```\n\n- no\n\n~~~ argdown-map\n[a]\n  - C\n~~~\n\n[no]: no\n"
    source = Source("essay.md", page)
    assert registry.for_reading(source).name == "argdown"
    map = read(page).map
    assert steps(map) == [("reason", "B", "A"), ("objection", "C", "A")]
    assert [page[each.span.start : each.span.end] for each in map.statements if each.span][1:] == ["B", "C"]


def test_an_exception_undercuts_its_own_step_only() -> None:
    statements = tuple(Statement(id=id, label=id, text=id.upper()) for id in "abcx")
    reasons = (
        Step(kind=StepKind.REASON, ground=("b",), target="a", exceptions=("x",)),
        Step(kind=StepKind.OBJECTION, ground=("c",), target="a", exceptions=("x",)),
        Step(kind=StepKind.REASON, ground=("b",), target="c"),
    )
    map = ArgumentMap(statements=statements, steps=reasons)
    text = write(map)
    assert "----" not in text
    assert text.count("_ [x]") == 2
    assert {(s.kind, s.ground, s.target, s.exceptions) for s in read(text).map.steps} == {
        (s.kind, s.ground, s.target, s.exceptions) for s in reasons
    }


def test_hyphens_in_a_rule_do_not_end_the_inference() -> None:
    map = argmap.parse("(1) One.\n(2) Two.\n--- a -- b\n(3) Three.\n")
    text = registry.by_name("argdown").write(map).text
    assert "\n--\na \\-\\- b\n--\n" in text
    (step,) = registry.by_name("argdown").read(Source("x.argdown", text)).map.steps
    assert step.rule == "a -- b"


def test_an_indentation_between_two_levels_is_the_outer_one_as_argdown_reads_it() -> None:
    map = read("[a]: A\n    + [b]: B\n        - [e]: E\n            - [g]: G\n      - [c]: C\n        + [d]: D\n").map
    assert steps(map)[-2:] == [("objection", "C", "A"), ("reason", "D", "C")]


def test_an_attack_on_an_argument_by_what_attacks_its_premise_is_said_once() -> None:
    body = "\n<x>\n\n(1) [a]: A\n(2) [c]: C\n----\n(3) [d]: D\n"
    once = read(f"[b]: B\n  -> [a]\n  -> <x>\n{body}")
    assert not once.diagnostics
    assert all(not step.exceptions for step in once.map.steps)
    other = read(f"[b]: B\n  -> [d]\n  -> <x>\n{body}")
    assert [step.exceptions for step in other.map.steps if len(step.ground) == 2] == [("b",)]


def test_front_matter_may_be_indented() -> None:
    map = read("===\n    title: Cars\n    ===\n\n    [a]: A\n").map
    assert [(fact.key, fact.value) for fact in map.facts] == [("title", "Cars")]
    assert [one.text for one in map.statements] == ["A"]


@pytest.mark.parametrize("more", ["----\n(9) More.\n", "  + [z]\n"])
def test_an_objection_whose_conclusion_is_used_again_keeps_it(more: str) -> None:
    bar = "--\n{argmap: {step: objection}}\n--\n"
    map = argmap.parse(f"[z]: q\n\n(1) [a]: x\n(2) [b]: y\n{bar}(3) Not: q\n  -> [z]\n{more}", format="argdown")
    assert "Not: q" in [statement.text for statement in map.statements]
    assert len(map.steps) == 3
