"""What each line of the notation means: a specification to read."""

from __future__ import annotations

import pytest

import argmap
from argmap.model import ArgumentMap, Attitude, Emphasis, Qualifier, Role, StepKind


def read(text: str) -> ArgumentMap:
    map = argmap.parse(text)
    assert map.diagnostics == ()
    return map


def steps(map: ArgumentMap) -> list[tuple[str, tuple[str, ...], str]]:
    return [(step.kind.value, step.ground, step.target) for step in map.steps]


class TestStatements:
    def test_a_label_and_its_text(self):
        (statement,) = read("(a) It rained.\n").statements
        assert (statement.id, statement.label, statement.text) == ("a", "a", "It rained.")
        assert statement.role is Role.CLAIM

    def test_without_labels_their_ids_survive_an_edit_elsewhere(self):
        one, two, three = read("One.\n    + Two.\n\nThree *times*.\n").statements
        assert all(s.label is None and s.id.startswith("%") for s in (one, two, three))
        map = read("Zero.\n\n(a) A.\n    + Three\n      times.\n    - Two.\n")
        assert [s.id for s in map.statements[2:]] == [three.id, two.id]

    def test_without_labels_the_same_text_is_counted(self):
        first, _, second, third = (s.id for s in read("One.\n\nTwo.\n\nOne.\n\nOne.\n").statements)
        assert (second, third) == (f"{first}-2", f"{first}-3")

    @pytest.mark.parametrize(
        "label", ["a", "A", "1", "1.2", "self-evident", "a_b", "é", "漢字", "خ", "क्या", "ab.c-d_e"]
    )
    def test_labels_of_any_script(self, label):
        assert read(f"({label}) Text.\n")[label].text == "Text."

    def test_case_matters(self):
        assert [s.id for s in read("(a) One.\n(A) Two.\n").statements] == ["a", "A"]

    @pytest.mark.parametrize("words", ["(as it were) it rained", "It (a) rained", "() x", "(a)x", "(a, b) x"])
    def test_other_parentheses_are_text(self, words):
        (statement,) = read(f"{words}\n").statements
        assert (statement.label, statement.text) == (None, words)

    def test_deeper_text_goes_on(self):
        assert read("(a) It rained\n    all day\n  long.\n")["a"].text == "It rained all day long."

    def test_text_goes_on_under_a_label_alone(self):
        assert read("(a)\n    It rained.\n")["a"].text == "It rained."

    def test_after_a_blank_line_a_paragraph(self):
        assert read("(a) One.\n\n    Two\n    more.\n\n    Three.\n")["a"].text == "One.\n\nTwo more.\n\nThree."

    def test_a_reference_may_stand_before_the_statement(self):
        map = read("Root.\n    + (a)\n\n(a) It rained.\n")
        root, a = map.statements
        assert steps(map) == [("reason", ("a",), root.id)]
        assert (root.label, a.id) == (None, "a")


class TestRelations:
    @pytest.mark.parametrize(
        ("sign", "word", "kind"),
        [
            ("+", "because:", StepKind.REASON),
            ("-", "but:", StepKind.OBJECTION),
            ("~", "although:", StepKind.CONCESSION),
        ],
    )
    def test_ground_under_its_target(self, sign, word, kind):
        for mark in (sign, word):
            (step,) = read(f"(a) One.\n    {mark} (b) Two.\n").steps
            assert (step.kind, step.ground, step.target) == (kind, ("b",), "a")

    @pytest.mark.parametrize("mark", ["=>", "then:"])
    def test_a_corollary_follows_from_the_line_above(self, mark):
        map = read(f"(a) One.\n    {mark} (b) Two.\n")
        assert steps(map) == [("corollary", ("a",), "b")]
        assert map["b"].role is Role.DERIVED

    @pytest.mark.parametrize("mark", ["&", "and:"])
    def test_joined_they_count_together(self, mark):
        map = read(f"(a) x\n    + (b) y\n        + (c) z\n    {mark} (d) w\n    {mark} (e) v\n")
        assert steps(map) == [("reason", ("b", "d", "e"), "a"), ("reason", ("c",), "b")]

    def test_other_lines_may_stand_before_what_is_joined_only_if_deeper(self):
        assert [d.code for d in argmap.parse("(a) x\n    + (b) y\n    > note\n    & (c) z\n").diagnostics] == ["AM022"]

    @pytest.mark.parametrize("mark", ["><", "contradicts:"])
    def test_contradictions(self, mark):
        (contradiction,) = read(f"(a) x\n    {mark} (b) y\n").contradictions
        assert (contradiction.left, contradiction.right) == ("a", "b")

    def test_an_empty_line_between_changes_nothing(self):
        assert read("(a) x\n\n    + (b) y\n\n\n    & (c) z\n") == read("(a) x\n    + (b) y\n    & (c) z\n")

    def test_any_depth_of_indentation_will_do(self):
        deep = "(a) x\n        + (b) y\n         - (c) z\n        => (d) w\n"
        assert read(deep) == read("(a) x\n    + (b) y\n        - (c) z\n    => (d) w\n")

    def test_a_reference_takes_relations_of_its_own(self):
        assert steps(read("(a) x\n\n(b) y\n\n(a)\n    + (b)\n")) == [("reason", ("b",), "a")]


class TestGates:
    def test_under_a_marked_line_they_speak_of_the_step(self):
        map = read("(a) x\n    + (b) y\n        unless: (c) z\n        provided: (d) w\n")
        (step,) = map.steps
        assert (step.exceptions, step.conditions) == (("c",), ("d",))
        assert (map["c"].role, map["d"].role) == (Role.EXCEPTION, Role.CONDITION)
        assert map["b"].exceptions == map["b"].conditions == ()

    def test_under_a_joined_line_they_speak_of_the_same_step(self):
        (step,) = read("(a) x\n    + (b) y\n    & (c) z\n        unless: (d) w\n").steps
        assert (step.ground, step.exceptions) == (("b", "c"), ("d",))

    def test_under_a_statement_by_itself_they_speak_of_it(self):
        map = read("(a) x\n    unless: (c) z\n    provided: (d) w\n")
        assert (map["a"].exceptions, map["a"].conditions) == (("c",), ("d",))

    def test_under_a_gate_they_speak_of_its_statement(self):
        map = read("(a) x\n    unless: (c) z\n        unless: (d) w\n")
        assert map["c"].exceptions == ("d",)

    def test_under_a_bar(self):
        (step,) = read("(a) x\n---\n    unless: (c) z\n(b) y\n").steps
        assert (step.ground, step.target, step.exceptions) == (("a",), "b", ("c",))


class TestBars:
    def test_standard_form(self):
        map = read("(1) All humans are mortal.\n(2) Socrates is human.\n--- universal instantiation\n(3) So is he.\n")
        (step,) = map.steps
        assert (step.kind, step.ground, step.target) == (StepKind.INFERENCE, ("1", "2"), "3")
        assert step.rule == "universal instantiation"
        assert map["3"].role is Role.DERIVED

    def test_bars_chain(self):
        map = read("(1) x\n-----\n(2) y\n(3) z\n---\n(4) w\n")
        assert steps(map) == [("inference", ("1",), "2"), ("inference", ("2", "3"), "4")]
        assert map.steps[0].rule is None

    def test_an_empty_line_ends_a_run(self):
        assert read("(1) x\n\n(2) y\n---\n(3) z\n").steps[0].ground == ("2",)

    def test_what_is_under_a_premise_does_not_end_it(self):
        map = read("(1) x\n    + (r) y\n(2)\n    provided: (s) q\n---\n(3) z\n\n(2) w\n")
        assert steps(map) == [("reason", ("r",), "1"), ("inference", ("1", "2"), "3")]


class TestInside:
    @pytest.mark.parametrize(
        ("written", "text", "emphasis"),
        [
            ("a *b* c", "a b c", (Emphasis(2, 3),)),
            ("a **b c** d", "a b c d", (Emphasis(2, 5, strong=True),)),
            ("*a* and **b**", "a and b", (Emphasis(0, 1), Emphasis(6, 7, strong=True))),
            ("2 * 3 * 4", "2 * 3 * 4", ()),
            ("a*b*c", "a*b*c", ()),
            (r"\*a\*", "*a*", ()),
            ("*a", "*a", ()),
            ("日本*語*です", "日本語です", (Emphasis(2, 3),)),
            (r"\{x\} \\ \n", "{x} \\ \\n", ()),
        ],
    )
    def test_stress_and_escapes(self, written, text, emphasis):
        statement = read(f"(a) {written}\n")["a"]
        assert (statement.text, statement.emphasis) == (text, emphasis)

    @pytest.mark.parametrize(
        "line", ["+ x", "=> x", "# x", "// x", "> x", "@ x", "--- x", "(a) x", "because: x", "title: x"]
    )
    def test_a_backslash_first_makes_any_line_text(self, line):
        (statement,) = read(f"\\{line}\n").statements
        assert statement.text == line

    def test_attributes(self):
        statement = read('(a) x {probably, implicit, open, #one, #two/b, url: http://x.y, k: "a, b"}\n')["a"]
        assert statement.text == "x"
        assert statement.qualifier is Qualifier.PROBABLY
        assert statement.implicit
        assert statement.open
        assert statement.tags == ("one", "two/b")
        assert statement.data == (("url", "http://x.y"), ("k", "a, b"))

    def test_attributes_on_a_line_of_their_own(self):
        statement = read("(a) x\n    {open,\n    implicit, #t}\n")["a"]
        assert (statement.text, statement.open, statement.tags) == ("x", True, ("t",))

    def test_braces_elsewhere_are_text(self):
        assert read("(a) the set {1, 2} is finite\n")["a"].text == "the set {1, 2} is finite"


class TestUnderAStatement:
    @pytest.mark.parametrize(
        ("line", "words", "where"),
        [
            ('> "so it is"', "so it is", None),
            ('> "so it is" (p. 4)', "so it is", "p. 4"),
            ("> “so it is” (§ 2 (b))", "so it is", "§ 2 (b)"),
            ("> „so ist es“", "so ist es", None),
            ("> « ainsi »", "ainsi", None),
            (r'> "he said \"so\""', 'he said "so"', None),
            ('> "a" (b) "c" (d)', 'a" (b) "c', "d"),
            ('> "a (b)"', "a (b)", None),
        ],
    )
    def test_quotations(self, line, words, where):
        (quotation,) = read(f"(a) x\n    {line}\n")["a"].quotations
        assert (quotation.words, quotation.where) == (words, where)

    def test_notes(self):
        assert read("(a) x\n    > see below\n    > and above\n")["a"].notes == ("see below", "and above")

    def test_a_quotation_goes_on(self):
        (quotation,) = read('(a) x\n    > "so\n      it is" (p. 4)\n')["a"].quotations
        assert (quotation.words, quotation.where) == ("so it is", "p. 4")

    def test_stances_under_a_statement_may_leave_the_label_out(self):
        map = read("(a) x\n    @ Rice, Gates: accept\n")
        assert [(s.holder, s.attitude, s.statement) for s in map.stances] == [
            ("Rice", Attitude.ACCEPT, "a"), ("Gates", Attitude.ACCEPT, "a")]  # fmt: skip


class TestTheRest:
    def test_stances(self):
        map = read("(a) x\n(b) y\n\n@ The  Party: accept (a); doubt (b), (a); reject (b)\n")
        assert [(s.holder, s.attitude.value, s.statement) for s in map.stances] == [
            ("The Party", "accept", "a"), ("The Party", "doubt", "b"), ("The Party", "doubt", "a"),
            ("The Party", "reject", "b")]  # fmt: skip

    def test_the_header(self):
        map = read("title:  A map\nauthor: One\nmy-key: a: b\n    and more\n\n(a) x\n")
        assert [(f.key, f.value) for f in map.facts] == [
            ("title", "A map"), ("author", "One"), ("my-key", "a: b and more")]  # fmt: skip

    def test_sections_nest(self):
        map = read("(z) w\n\n# A\n\n(a) x\n\n## B\n\n(b) y\n\n# C\n\n(c) z\n")
        assert [(s.title, s.level, s.parent) for s in map.sections] == [
            ("A", 1, None),
            ("B", 2, 0),
            ("C", 1, None),
        ]
        assert [map[id].section for id in "zabc"] == [None, 0, 1, 2]

    def test_comments_say_nothing(self):
        assert read("// no\n(a) x\n// no\n    // no\n    + (b) y\n        // no\n        more\n") == read(
            "(a) x\n    + (b) y\n        more\n"
        )

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_line_ends_and_a_byte_order_mark(self, end, mark):
        text = "title: T\n\n(a) x\n    more\n\n    still\n    + (b) y\n"
        assert read(mark + text.replace("\n", end)) == read(text)

    def test_the_last_line_needs_no_end(self):
        assert read("(a) x\n    + (b) y") == read("(a) x\n    + (b) y\n")

    def test_tabs_throughout(self):
        assert read("(a) x\n\t+ (b) y\n\t\t- (c) z\n") == read("(a) x\n    + (b) y\n        - (c) z\n")

    def test_blanks_at_line_ends_say_nothing(self):
        assert read("(a) x  \n    + (b) y\t\n   \n") == read("(a) x\n    + (b) y\n")

    @pytest.mark.parametrize("text", ["Ἀλήθεια.", "हाँ, है।", "זה נכון.", "هذا صحيح؟", "👩‍👩‍👧 yes", "ไทย", "e\u0301"])
    def test_any_script(self, text):
        map = read(f"(a) {text}\n    + (b) {text}\n")
        assert map["a"].text == map["b"].text == text

    def test_places_are_offsets_into_the_text(self):
        text = "(a) x\n    + (b) y\n        more\n"
        map = read(text)
        assert [text[s.span.start : s.span.end] for s in map.statements if s.span] == [
            "(a) x",
            "+ (b) y\n        more",
        ]
        (step,) = map.steps
        assert step.span is not None
        assert text[step.span.start : step.span.end].startswith("+ (b)")


class TestDepth:
    def test_five_thousand_levels(self):
        text = "".join(f"{' ' * depth}{'+ ' if depth else ''}Level {depth}.\n" for depth in range(5000))
        map = read(text)
        assert len(map.steps) == 4999
        assert argmap.parse(argmap.format_text(text)) == map
        assert [d for d in argmap.check(map) if d.severity is argmap.Severity.ERROR] == []


def test_the_formatter_keeps_an_odd_blank_before_attributes() -> None:
    text = "=\u00a0 {implicit}\n"
    assert argmap.format_text(text) == "=\u00a0 {implicit}\n"


def test_a_condition_under_a_refused_line_under_a_bar_is_a_condition_of_its_step() -> None:
    map = argmap.parse("(a) One.\n---\n    # Two\n        provided: (b) Three.\n(c) Four.\n")
    assert [d.code for d in map.diagnostics] == ["AM021"]
    assert map.steps[0].conditions == ("b",)


def test_the_formatter_keeps_a_comment_between_the_lines_of_attributes() -> None:
    text = "(a) A claim. {open,\n    // why\n    #tag,\n    // no more\n    }\n"
    assert argmap.format_text(text) == text
    assert argmap.parse(text)["a"].tags == ("tag",)
    assert argmap.format_text("(a) A claim. {open,#tag\n    }\n") == "(a) A claim. {open,#tag\n    }\n"
    for end in ("\r", "\r\n"):
        other = "(a) A claim. {open, #tag,\n    #t}\n".replace("\n", end)
        assert argmap.format_text(other) == other


def test_the_fault_of_numbered_lines_stands_at_their_first_number() -> None:
    map = argmap.parse("title: T\n\nP1. All men are mortal.\nP2. Socrates is a man.\nC. Socrates is mortal.\n")
    (found,) = map.diagnostics
    assert found.code == "AM025"
    assert found.span is not None
    assert map.source is not None
    assert map.source.text[found.span.start : found.span.end].strip() == "P1."
