"""Answers that the tables do not show: errors, sentences, depth, unlabelled statements, comparisons."""

from __future__ import annotations

import pytest

import argmap
from argmap.analysis.causes import Cause
from argmap.analysis.commitment import FindingKind, between
from argmap.analysis.defeat import fewest_objections
from argmap.analysis.findings import findings
from argmap.analysis.network import Network
from argmap.analysis.printing import positions_text, status_text
from argmap.analysis.sentences import defeat_sentence
from argmap.analysis.standing import Status
from argmap.diagnostics import Severity
from argmap.errors import ArgmapError, DocumentError, UnknownStatementError
from argmap.model import ArgumentMap, Attitude, Role, Stance, Statement, Step, StepKind

DEPTH = 10_000


def deep(kind: StepKind, **stances: Attitude) -> ArgumentMap:
    role = Role.DERIVED if kind.binds else Role.CLAIM
    return ArgumentMap(
        statements=tuple(
            Statement(id=f"s{n}", label=f"s{n}", text=f"Text {n}.", role=role if n else Role.CLAIM)
            for n in range(DEPTH)
        ),
        steps=tuple(Step(kind=kind, ground=(f"s{n}",), target=f"s{n + 1}") for n in range(DEPTH - 1)),
        stances=tuple(Stance(holder="Ann", attitude=a, statement=s) for s, a in stances.items()),
    )


def test_names_that_do_not_resolve() -> None:
    map = argmap.parse("(a) A.\n    + (b)\n")
    with pytest.raises(DocumentError, match=r"\(b\)"):
        argmap.status(map)
    with pytest.raises(DocumentError):
        argmap.positions(map)
    assert list(findings(map)) == []


def test_labels_that_are_not_there() -> None:
    map = argmap.parse("(apple) A.\n")
    with pytest.raises(UnknownStatementError, match="apple"):
        argmap.status(map, withdraw=["aple"])
    with pytest.raises(UnknownStatementError):
        argmap.status(map, assume=["x"])
    with pytest.raises(UnknownStatementError):
        argmap.status(map).rests_on("x")
    with pytest.raises(ArgmapError, match="both"):
        argmap.status(map, withdraw=["apple"], assume=["apple"])


def test_one_label_may_be_given_as_a_string() -> None:
    assert argmap.status(argmap.parse("(ab) A.\n"), withdraw="ab")["ab"].cause is Cause.WITHDRAWN


def test_statements_without_labels_are_named_by_their_words() -> None:
    map = argmap.parse("Tea is better.\n    + It keeps you calm.\n")
    assert argmap.status(map)[map.statements[0].id].why == "The reason “It keeps you calm.” goes through."


def test_circles_and_stand_offs_say_what_they_are() -> None:
    map = argmap.parse("(a) A.\n    + (b) B.\n        + (a)\n(c) C.\n    >< (d) D.\n(e) E.\n    + (c)\n")
    report = argmap.status(map)
    assert {answer.status for answer in report} == {Status.UNDECIDED}
    assert report["a"].why == "It waits for itself, in a circle with (b)."
    assert report["c"].why == "It and (d) contradict each other, and nothing decides between them."
    assert report["e"].why == "It waits for (c), which is undecided."


def test_unanswered_objections_come_in_the_order_they_are_written_in() -> None:
    map = argmap.parse("(a) A.\n    - (x) X.\n(b) B.\n    - (y) Y.\n(a)\n    - (z) Z.\n")
    assert [step.ground for step in argmap.status(map).unanswered] == [("x",), ("y",), ("z",)]


def test_it_takes_as_many_objections_as_there_are_separate_reasons() -> None:
    map = argmap.parse("(a) A.\n" + "".join(f"    + (r{n}) R{n}.\n" for n in range(12)))
    defeat = argmap.status(map).defeated_by("a")
    assert defeat.statements == tuple(f"r{n}" for n in range(12))
    assert defeat.exhausted
    bare = argmap.status(argmap.parse("(a) A.\n")).defeated_by("a")
    assert bare.statements is None
    assert bare.sentence == "One objection to (a) itself is enough; elsewhere no number is."


def test_a_search_that_gives_up_says_so() -> None:
    lines = [f"(p{n}) P{n}.\n" for n in range(20)]
    lines += ["(a) A.\n", *(f"    + (p{n})\n    & (p{m})\n" for n in range(20) for m in range(n))]
    map = argmap.parse("".join(lines))
    network = Network(map)
    claim = network.number("a")
    whole = fewest_objections(network, {}, claim)
    assert whole.exhausted
    assert whole.statements is not None
    assert len(whole.statements) == 19
    cut = fewest_objections(network, {}, claim, work=300)
    assert not cut.exhausted
    assert cut.at_least <= 19
    words = defeat_sentence(map, "a", None, cut.at_least, False)
    assert words == (
        f"One objection to (a) itself is enough; elsewhere {cut.at_least - 1} are not. The search went no further."
    )


@pytest.mark.parametrize("kind", [StepKind.REASON, StepKind.OBJECTION, StepKind.COROLLARY])
def test_depth_is_no_trouble(kind: StepKind) -> None:
    map = deep(kind)
    report = argmap.status(map)
    last = f"s{DEPTH - 1}"
    expected = Status.STANDS if kind.supports or DEPTH % 2 else Status.FALLS
    assert report.status(last) is expected
    assert len(report.rests_on(last)) == (DEPTH - 1 if kind.supports else 0)
    assert sum(1 for _ in report.chain(last)) == DEPTH
    assert len(list(report)) == DEPTH


def test_a_deep_chain_of_commitments() -> None:
    map = deep(StepKind.COROLLARY, s0=Attitude.ACCEPT, s9999=Attitude.REJECT)
    (position,) = argmap.positions(map)
    clash = position.findings[0]
    assert clash.kind is FindingKind.CLASH
    assert [stance.statement for stance in clash.stances] == ["s0", "s9999"]
    assert "by a chain of steps that ends with (s9998) => (s9999)." in clash.sentence
    assert len(clash.chain) == 30
    (position,) = argmap.positions(deep(StepKind.COROLLARY, s0=Attitude.ACCEPT))
    assert len(position.must_accept) == DEPTH - 1
    assert len(position.findings[-1].sentence) < 200
    assert len(position.chain("s9999")) == DEPTH - 1


def test_chains_are_in_the_order_of_reasoning() -> None:
    """Each step comes right after those that it needs, also where two lines of reasoning meet, and backwards."""
    text = (
        "(a) A.\n    => (b) B.\n\n(k) K.\n    => (l) L.\n\n(b)\n    => (z) Z.\n        provided: (l)\n\n"
        "@ Ann: accept (a), (k); doubt (z)\n@ Bo: accept (k); reject (z)\n"
    )
    ann, bo = argmap.positions(argmap.parse(text))
    assert ann.findings[0].sentence == (
        "Ann accepts (a) and (k) but doubts (z), which follows by (k) => (l) and (a) => (b) => (z) provided (l)."
    )
    assert bo.findings[0].sentence == (
        "Bo accepts (k) and rejects (z), and so has to reject (a), "
        "by (k) => (l) and (a) => (b) => (z) provided (l), without saying so."
    )


def test_the_author_has_said_what_the_map_says() -> None:
    text = "author: Ann\n\n(a) A.\n    => (b) B.\n\n@ {}: accept (a)\n"
    for holder, codes in (("Ann", []), ("author", []), ("Bo", ["AM203"])):
        assert [d.code for d in findings(argmap.parse(text.format(holder)))] == codes


def test_a_clash_of_the_authors_own_is_a_warning() -> None:
    text = "author: Ann\n\n(a) A.\n    => (b) B.\n\n@ {}: accept (a); reject (b)\n"
    for holder, severity in (("author", "warning"), ("Ann", "warning"), ("Bo", "note")):
        (found,) = [d for d in findings(argmap.parse(text.format(holder))) if d.code == "AM201"]
        assert found.severity is Severity(severity)
        assert found.span is not None
        assert "(a) => (b)" in found.message
        assert "way out" not in found.message
        assert found.hint == "no longer accept (a), or no longer reject (b), or deny (a) => (b)"


def test_common_ground_disputes_and_crux() -> None:
    map = argmap.parse(
        "(a) A.\n    => (b) B.\n        => (c) C.\n(x) X.\n(y) Y.\n"
        "@ Ann: accept (a), (b), (c), (x)\n@ Bo: accept (a); doubt (b), (c); reject (x), (y)\n"
    )
    found = between(map, "Ann", "Bo")
    assert (found.both_say, found.both_committed, found.disputes) == (("a",), ("b", "c"), ("b", "c", "x"))
    assert [(s.holder, s.attitude.value, s.statement) for s in found.crux] == [
        ("Ann", "accept", "x"),
        ("Bo", "reject", "x"),
    ]
    with pytest.raises(ArgmapError, match="did you mean Ann"):
        between(map, "An", "Bo")


def test_tables_are_harmless_and_fit() -> None:
    map = argmap.parse(
        "(a) 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 \x1b[31m red and on.\n"
        "    + (b) " + "x" * 200 + "\n\n@ Ann\u202eevil: accept (a)\n"
    )
    from argmap.text.display import width

    for text in (status_text(argmap.status(map), 60), positions_text(map, list(argmap.positions(map)), 60)):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert max(width(line) for line in text.split("\n")) <= 62
