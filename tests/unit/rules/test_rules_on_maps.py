"""What each rule says of small maps built in Python, and what it keeps silent about."""

import json

import pytest

import argmap
from argmap import rules
from argmap.diagnostics import Severity
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Fact,
    Quotation,
    Role,
    Section,
    Stance,
    Statement,
    Step,
    StepKind,
)

KINDS = {
    "+": StepKind.REASON,
    "-": StepKind.OBJECTION,
    "~": StepKind.CONCESSION,
    "=>": StepKind.COROLLARY,
    "---": StepKind.INFERENCE,
}


def statement(label, text=None, **rest):
    return Statement(id=label, label=label, text=text if text is not None else f"The text of {label}.", **rest)


def step(text, **rest):
    """`b & c + a`: b and c together are a reason for a."""
    ground, kind, target = text.rsplit(" ", 2)
    return Step(kind=KINDS[kind], ground=tuple(ground.split(" & ")), target=target, **rest)


def a_map(labels="", *steps, opposed=(), stances=(), **rest):
    statements = rest.pop("statements", None) or tuple(statement(label) for label in labels.split())
    return ArgumentMap(
        statements=statements,
        steps=tuple(step(s) if isinstance(s, str) else s for s in steps),
        contradictions=tuple(Contradiction(left=left, right=right) for left, right in opposed),
        stances=tuple(Stance(holder=h, attitude=Attitude(a), statement=s) for h, a, s in stances),
        **rest,
    )


def codes(map, **options):
    return [diagnostic.code for diagnostic in rules.run(map, **options)]


def messages(map, code):
    return [d.message for d in rules.run(map, select=[code])]


# -- labels and holders --


def labels_found(*labels):
    map = a_map(statements=tuple(statement(label) for label in labels))
    return [(d.severity, d.message) for d in rules.run(map, select=["AM103"])]


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("Iran", "iran", "differ only in case"),
        ("troop-exit", "troop_exit", "hardly differ"),
        ("a", "а", "look the same"),  # the second is Cyrillic
        ("cost", "соst", "look the same"),  # Cyrillic с and о
        ("café", "cafe\u0301", "look the same"),
        ("cost", "ｃｏｓｔ", "look the same"),
    ],
)
def test_labels_that_look_alike_are_warned_of(one, other, how):
    assert labels_found(one, other) == [(Severity.WARNING, f"the labels ({one}) and ({other}) {how}")]


@pytest.mark.parametrize("other", ["gaurantee", "guarntee", "guarrantee", "guarentee"])
def test_labels_one_slip_apart_are_noted(other):
    found = labels_found("guarantee", other)
    assert [severity for severity, _ in found] == [Severity.NOTE]


@pytest.mark.parametrize(
    "labels",
    [
        "1 2 3 10 11 1.1 1-1",
        "p1 p2 P1",
        "a b A B",
        "premise-1 premise-2 premise-10",
        "right rights",
        "guarantee guaranteee",
        "moral amoral",
        "plan-a plan-b",
        "optiona optionb",
        "lives leave live",
        "guarantee warranty",
        "cost-of-war cost-of-peace",
        "not-war not-was",
        "для дня",
    ],
)
def test_labels_that_differ_on_purpose_are_left_alone(labels):
    assert labels_found(*labels.split()) == []


def test_one_label_is_reported_once_however_many_it_resembles():
    assert len(labels_found("Iran", "iran", "IRAN", "iRAN")) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("Republican Party", "Republican party"), ("J. Smith", "J Smith"), ("The Army", "Army")],
)
def test_holders_written_in_two_ways(one, other):
    map = a_map("a b", "b + a", stances=[(one, "accept", "a"), (other, "accept", "b")])
    assert codes(map) == ["AM104"]


@pytest.mark.parametrize(("one", "other"), [("A", "a"), ("Meyer", "Meier"), ("Team 1", "Team 2"), ("Rice", "Gates")])
def test_holders_that_are_two(one, other):
    map = a_map("a b", "b + a", stances=[(one, "accept", "a"), (other, "accept", "b")])
    assert codes(map) == []


# -- texts --


def texts_found(*texts):
    statements = tuple(statement(f"s{i}", text) for i, text in enumerate(texts))
    return codes(a_map(statements=statements), select=["AM105"])


def test_the_same_text_twice_whatever_its_marks():
    assert texts_found("Lives are being lost.", "“Lives  are being\nlost!”") == ["AM105"]
    assert texts_found("すべての人間は死ぬものだ。", "すべての人間は死ぬものだ。") == ["AM105"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Are lives being lost?", "Are lives being lost."),
        ("It grew by -5 in all.", "It grew by 5 in all."),
        ("The rate is 1.5 percent.", "The rate is 15 percent."),
        ("That is simply not true.", "That is simply not true."),
        ("No, never.", "No, never."),
        ("", ""),
        ("…", "…"),
    ],
)
def test_texts_that_are_not_the_same(one, other):
    assert texts_found(one, other) == []


# -- circles and self-relations --


def test_a_circle_is_drawn_out_from_what_was_written_first():
    assert messages(a_map("a b c", "c + b", "a => c", "b + a"), "AM106") == [
        "support goes round in a circle: (a) → (c) → (b) → (a)"
    ]


def test_of_a_knot_the_shortest_circle_is_drawn_and_of_two_knots_both():
    one = ["a + b", "b + c", "c + d", "d + a", "d + c"]
    two = ["x --- y", "y & z --- x"]
    assert messages(a_map("a b c d x y z", *one, *two), "AM106") == [
        "support goes round in a circle: (c) → (d) → (c)",
        "support goes round in a circle: (x) → (y) → (x)",
    ]


def test_a_long_circle_is_cut_in_the_middle():
    labels = [f"s{i}" for i in range(100)]
    steps = [f"{one} + {other}" for one, other in zip(labels, labels[1:] + labels[:1], strict=True)]
    (message,) = messages(a_map(" ".join(labels), *steps), "AM106")
    drawn = message.removeprefix("support goes round in a circle: ")
    assert drawn == "(s0) → (s1) → (s2) → (s3) → … 93 more … → (s97) → (s98) → (s99) → (s0)"


@pytest.mark.parametrize(
    "steps", [["b - a", "a + b"], ["b - a", "a - b"], ["b + a", "c + a", "c + b"], ["b ~ a", "a + b"]]
)
def test_no_circle_without_support_all_the_way_round(steps):
    assert codes(a_map("a b c", *steps), select=["AM106"]) == []


def test_a_circle_of_ten_thousand_is_found_without_recursion():
    labels = [f"s{i}" for i in range(10_000)]
    steps = [f"{one} + {other}" for one, other in zip(labels, labels[1:] + labels[:1], strict=True)]
    assert codes(a_map(" ".join(labels), *steps), select=["AM106"]) == ["AM106"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a + a", "AM107"),
        ("a - a", "AM107"),
        ("a ~ a", "AM107"),
        ("a & b + a", "AM107"),
        ("a => a", "AM108"),
        ("a & b --- a", "AM108"),
    ],
)
def test_what_bears_on_itself(written, code):
    assert codes(a_map("a b", written, "b + a")) == [code]


def test_what_contradicts_itself():
    assert codes(a_map("a b", "b + a", opposed=["aa"])) == ["AM109"]


# -- for and against --


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["b + a", "b - a"], ["AM110"]),
        (["b ~ a", "b => a"], ["AM110"]),
        (["b & c + a", "c & b - a"], ["AM110"]),
        (["b & c + a", "b - a"], []),
        (["b + a", "b - c", "c + a"], []),
        (["b - a", "b ~ a"], ["AM125"]),
    ],
)
def test_for_and_against(steps, expected):
    assert codes(a_map("a b c", *steps, "c + b"), ignore=["AM106"]) == expected


def test_a_reason_that_contradicts_its_claim_but_not_a_proof_by_absurdity():
    assert codes(a_map("a b", "b + a", opposed=["ab"])) == ["AM110"]
    assert codes(a_map("a b", "b + a", opposed=["ba"])) == ["AM110"]
    assert codes(a_map("a b", "b --- a", opposed=["ba"])) == []


def test_joined_premises_that_contradict_each_other():
    assert codes(a_map("a b c", "b & c + a", opposed=["cb"])) == ["AM121"]
    assert codes(a_map("a b c", "b & c --- a", opposed=["cb"])) == []
    assert codes(a_map("a b c", "b + a", "c + a", opposed=["cb"])) == []


# -- connections --


def test_what_is_connected_to_nothing():
    assert messages(a_map("a b c", "b + a"), "AM111") == ["(c) is connected to nothing"]
    assert codes(a_map("a b c", "b + a", stances=[("Rice", "accept", "c")])) == []
    assert codes(a_map("a b c", "b + a", opposed=["ca"])) == []
    assert codes(a_map("a")) == []
    assert messages(a_map("a b c"), "AM111") == ["none of the 3 statements is connected to another"]


def test_many_of_a_kind_are_one_line() -> None:
    many = a_map("a b c d e f g h", "b + a")
    assert messages(many, "AM111") == ["6 statements are connected to nothing: (c), (d), (e), (f), (g) and 1 more"]
    alike = a_map(statements=tuple(statement(label, "All is one and the same.") for label in "abcd"))
    assert messages(alike, "AM105") == ["(a) and 3 others say the same"]


def test_gates_connect():
    gated = (
        statement("a", conditions=("b",)),
        statement("b", role=Role.CONDITION),
        statement("c"),
        statement("d"),
    )
    assert codes(a_map("", "d + c", statements=gated)) == []


def test_a_label_that_is_never_written_is_not_reported_again():
    missing = (statement("a"), statement("b"), Statement(id="c", label="c", text="", missing=True))
    assert codes(a_map("", "b + a", statements=missing)) == []


def test_premises_left_out_of_an_inference():
    assert messages(a_map("p q c", "q --- c"), "AM117") == [
        "(p) is a premise of nothing: a blank line separates it from (q)"
    ]
    assert messages(a_map("p c r", "p --- c"), "AM117") == ["(r) is a premise of nothing: no bar comes after it"]
    assert codes(a_map("p q c", "q --- c")) == ["AM117"]


def test_a_loose_statement_in_another_section_is_no_premise():
    statements = (statement("p"), statement("c"), statement("x", section=0))
    assert codes(a_map("", "p --- c", statements=statements, sections=(Section(title="Else"),))) == ["AM111"]


# -- repetitions --


def test_repetitions():
    assert codes(a_map("a b c", "b & c & b + a")) == ["AM112"]
    assert codes(a_map("a b c", "b & c + a", "c & b + a")) == ["AM113"]
    assert codes(a_map("a b", "b + a", "b => a")) == []
    assert codes(a_map("a b c", "b + a", step("b + a", exceptions=("c",)))) == []
    assert codes(a_map("a b", opposed=["ab", "ba"])) == ["AM114"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("accept", "reject", ["AM115"]), ("doubt", "accept", ["AM115"]), ("accept", "accept", ["AM116"])],
)
def test_stances_of_one_holder(one, other, expected):
    assert codes(a_map("a b", "b + a", stances=[("Rice", one, "a"), ("Rice", other, "a")])) == expected
    assert codes(a_map("a b", "b + a", stances=[("Rice", one, "a"), ("Gates", other, "a")])) == []
    assert codes(a_map("a b", "b + a", stances=[("Rice", one, "a"), ("Rice", other, "b")])) == []


# -- gates --


@pytest.mark.parametrize(
    ("gates", "expected"),
    [
        ({"exceptions": ("b",)}, "AM118"),
        ({"conditions": ("b",)}, "AM118"),
        ({"conditions": ("c",), "exceptions": ("c",)}, "AM119"),
        ({"conditions": ("a",)}, "AM120"),
        ({"exceptions": ("a",)}, "AM120"),
    ],
)
def test_gates_of_a_step(gates, expected):
    assert codes(a_map("a b c", step("b + a", **gates), "c + b")) == [expected]


def test_gates_of_a_statement():
    assert codes(
        a_map("", "b + a", statements=(statement("a", conditions=("b",), exceptions=("b",)), statement("b")))
    ) == ["AM119"]
    assert codes(a_map("", "b + a", statements=(statement("a", exceptions=("a",)), statement("b")))) == ["AM120"]


# -- header, sections, quotations --


@pytest.mark.parametrize("date", ["2007-02-30", "2007-13-01", "2007-13", "31/31/2007", "31.4.2007", "1900-2-29"])
def test_impossible_dates(date):
    assert codes(a_map("a", facts=(Fact(key="date", value=date),))) == ["AM122"]


@pytest.mark.parametrize(
    "date",
    ["2007-05-28", "2007-05", "2007", "28 May 2007", "c. 350 BC", "28/05/2007", "05/28/2007", "29.2.2000",
     "2006-2007", "2007-05-28T10:00", "n.d.", "", "令和元年", "1789-07-14 to 1799-11-09"],
)  # fmt: skip
def test_dates_as_authors_write_them(date):
    assert codes(a_map("a", facts=(Fact(key="date", value=date), Fact(key="note", value="2007-99-99")))) == []


def test_empty_sections_of_a_map_built_in_python():
    sections = (Section(title="One"), Section(title="Inner", level=2, parent=0), Section(title="Two"))
    statements = (statement("a", section=1), statement("b", section=1))
    assert messages(a_map("", "b + a", statements=statements, sections=sections), "AM123") == [
        "nothing is written under the heading “Two”"
    ]


def test_an_implicit_statement_quotes_nobody():
    quoting = (statement("a", implicit=True, quotations=(Quotation(words="So it is"),)), statement("b"))
    assert codes(a_map("", "b + a", statements=quoting)) == ["AM124"]
    noted = (statement("a", implicit=True, notes=("So it is",)), statement("b"))
    assert codes(a_map("", "b + a", statements=noted)) == []


# -- advice --


def advice(*statements_and_steps, **facts):
    statements = tuple(statement(label, text) for label, text in statements_and_steps[0].items())
    map = a_map(
        "",
        *statements_and_steps[1:],
        statements=statements,
        facts=tuple(Fact(key=k, value=v) for k, v in facts.items()),
    )
    return [(d.code, d.message) for d in rules.run(map, select=["AM3"])]


SOCRATES = {"c": "Socrates is mortal.", "h": "Socrates is human.", "a": "All humans are mortal."}


def test_a_whole_syllogism_needs_no_advice():
    assert advice(SOCRATES, "h & a + c") == []


def test_golden_rabbit_and_holding_hands():
    assert advice(SOCRATES, "h + c") == [
        (
            "AM301",
            "the reason for (c) has a single premise, (h); a missing one would join “human” with “mortal”",
        )
    ]
    philosopher = {**SOCRATES, "h": "Socrates is a philosopher."}
    assert advice(philosopher, "h & a + c") == [
        ("AM303", "(h) mentions “philosopher”, which nothing else in this reason mentions"),
        ("AM303", "(a) mentions “humans”, which nothing else in this reason mentions"),
    ]
    immortal = {**SOCRATES, "c": "Socrates is wise."}
    assert advice(immortal, "h & a + c")[0] == ("AM302", "no premise of this reason for (c) mentions “wise”")


def test_advice_is_silent_on_terms_in_a_language_without_words():
    dutch = {"c": "Socrates is sterfelijk.", "h": "Socrates is een mens.", "a": "Een mens is een dier."}
    assert advice(dutch, "h & a + c", lang="nl") == []
    assert advice(dutch, "h + c", lang="nl") == [("AM301", "the reason for (c) has a single premise, (h)")]


def test_advice_in_other_languages():
    german = {"c": "Sokrates ist sterblich.", "h": "Sokrates ist ein Mensch.", "a": "Alle Menschen sterben."}
    assert advice(german, "h + c", lang="de-CH") == [
        (
            "AM301",
            "the reason for (c) has a single premise, (h); a missing one would join “Mensch” with “sterblich”",
        )
    ]
    assert [code for code, _ in advice(german, "h & a + c", lang="de")] == ["AM302", "AM303"]
    french = {"c": "Socrate est mortel.", "h": "Socrate est un homme.", "a": "Tous les hommes sont mortels."}
    assert advice(french, "h & a + c", lang="fr") == []
    spanish = {"c": "Debemos irnos.", "h": "Irnos salva vidas.", "a": "Se debe salvar cada vida."}
    assert advice(spanish, "h & a + c", lang="es") == []


def test_words_of_one_stem_are_one_term_and_words_of_one_beginning_are_not():
    forms = {"c": "Withdrawal helps.", "h": "Withdrawing helped."}
    assert [code for code, _ in advice(forms, "h + c")] == ["AM301"]
    beginnings = {"c": "Mortals vote.", "h": "Mortgages vote.", "a": "Votes count."}
    assert [code for code, _ in advice(beginnings, "h & a + c")] == ["AM302", "AM303", "AM303"]
    irregular = {"c": "Women taught men.", "h": "A woman teaches.", "a": "Who teaches, teaches a man."}
    assert advice(irregular, "h & a + c") == []
    police = {"c": "The policy is wise.", "h": "The police are wise.", "a": "Wise police are polite."}
    assert ("AM302", "no premise of this reason for (c) mentions “policy”") in advice(police, "h & a + c")
    ought = {"c": "We should leave.", "h": "Leaving saves lives.", "a": "Saving lives is good."}
    assert ("AM302", "no premise of this reason for (c) mentions “should”") in advice(ought, "h & a + c")


def test_a_condition_counts_as_a_premise():
    assert advice(SOCRATES, step("h + c", conditions=("a",))) == []


def test_questions_under_and_over_marks():
    texts = {"c": "Is Socrates mortal?", "h": "Socrates is mortal, being human.", "q": "Who knows?"}
    assert [m for code, m in advice(texts, "h + c", "q - h") if code == "AM304"] == [
        "(c) is a question, and is given support",
        "(q) is a question, and is used to support or object",
    ]


def test_a_mark_that_stands_under_nothing_is_told_once() -> None:
    """A newcomer who forgets to indent hears of the indentation, not also of unconnected statements."""
    found = argmap.check(argmap.parse("(a) The claim.\n- an objection\n+ a reason\n"))
    assert [one.code for one in found] == ["AM021", "AM021"]


@pytest.mark.parametrize(
    ("text", "code", "marked"),
    [
        ("(a) One.\n    + (b) Two, see (a).\n        + (d) Four.\n    & (a)\n    + (e) Five.\n", "AM107", (4, 7)),
        ("(a) One.\n    + (a)\n", "AM107", (2, 5)),
        ("(a) One.\n    + (b) Two.\n    // no\n    & (c) Three.\n    and: (b)\n    - (b)\n", "AM112", (5, 10)),
    ],
)  # fmt: skip
def test_what_is_wrong_with_joined_premises_is_told_on_their_line(
    text: str, code: str, marked: tuple[int, int]
) -> None:
    map = argmap.parse(text)
    found = [each for each in argmap.check(map) if each.code == code]
    assert len(found) == 1
    assert map.source is not None
    assert map.source.place(found[0].labels[0].span.start) == marked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(a) One \u202etwo.", ["AM130"]),
        ("(a) One.\n// \u2066 a comment\n    + two", ["AM130"]),
        ("(a) \u202dOne\u202c.", ["AM130"]),  # closed, but an override
        ("(a) One\u2069.", ["AM130"]),
        ("(a) One \u2067שתיים\u2069, \u202bשלוש\u202c.", []),
        ("(a) אחת\u200f, שתיים.", []),
    ],
)
def test_text_that_hides_its_order(text, found):
    assert [one.code for one in argmap.check(argmap.parse(text)) if one.code == "AM130"] == found
    escaped = json.dumps({"argmap": 1, "statements": [{"id": "a", "text": text}]})
    map = argmap.parse(escaped, format="json")
    assert [one.code for one in argmap.check(map) if one.code == "AM130"] == found
