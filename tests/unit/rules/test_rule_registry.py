"""Rules are found by looking, chosen by code, and told in their docstrings."""

import re
import subprocess
import sys

import pytest

from argmap import rules
from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Statement, Step, StepKind

LONE_REASON = ArgumentMap(
    statements=(
        Statement(id="a", label="a", text="The sea is calm."),
        Statement(id="b", label="b", text="Fishermen sing."),
    ),
    steps=(Step(kind=StepKind.REASON, ground=("b",), target="a"),),
)


def test_codes_and_names_are_unique_and_in_order():
    codes = [rule.code for rule in rules.all_rules()]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch("AM[13]0[0-9]|AM1[0-9]{2}", code) for code in codes)
    names = {rule.name for rule in rules.all_rules()}
    assert len(names) == len(codes)


def test_the_rules_of_the_specification_are_there():
    names = {rule.name for rule in rules.all_rules()}
    assert names >= {
        "unknown-label", "duplicate-label", "near-duplicate-labels", "same-text-twice", "support-circle",
        "bears-on-itself", "both-for-and-against", "unconnected-statement", "repeated-premise",
        "follows-from-itself", "conflicting-stances", "unused-premise", "golden", "rabbit", "holding-hands",
    }  # fmt: skip


@pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda rule: rule.code)
def test_every_explanation_says_what_why_and_shows_both(rule):
    explanation = rule.explanation
    assert explanation.summary.endswith(".")
    assert len(explanation.summary) <= 110
    headings = re.findall(r"^## (.*)$", explanation.text, re.MULTILINE)
    assert headings == ["What it does", "Why it matters", "Example", "Instead"]
    assert "```argmap bad\n" in explanation.text
    assert "```argmap good\n" in explanation.text


def test_teaching_rules_run_only_when_selected():
    assert [d.code for d in rules.run(LONE_REASON)] == []
    assert {d.code for d in rules.run(LONE_REASON, select=["AM3"])} == {"AM301", "AM302", "AM303"}
    assert {d.code for d in rules.run(LONE_REASON, select=["AM301"])} == {"AM301"}
    assert {d.code for d in rules.run(LONE_REASON, select=["AM3"], ignore=["AM302"])} == {"AM301", "AM303"}
    assert all(d.severity is Severity.NOTE for d in rules.run(LONE_REASON, select=["AM3"]))


def test_rules_are_loaded_only_when_asked_for():
    script = (
        "import sys, argmap.rules; before = [m for m in sys.modules if m.startswith('argmap.rules.')];"
        "argmap.rules.EXPLANATIONS; print(before, 'argmap.rules.golden' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out == "['argmap.rules._rule'] True\n"


def test_without_docstrings_rules_still_run():
    script = (
        "import argmap.rules as r; from argmap.model import ArgumentMap as M;"
        "print(list(r.run(M())), len(r.EXPLANATIONS) > 20)"
    )
    out = subprocess.run(
        [sys.executable, "-OO", "-c", script], capture_output=True, text=True, check=True
    ).stdout
    assert out == "[] True\n"
