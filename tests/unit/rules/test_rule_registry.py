"""Rules are found by looking, and chosen by code."""

import re
import subprocess
import sys

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


def test_the_rules_of_a_file_are_in_the_order_of_their_codes():
    last: dict[str, str] = {}
    for module, line, code in sorted(
        (rule.check.__module__, rule.check.__code__.co_firstlineno, rule.code) for rule in rules.all_rules()
    ):
        assert code > last.get(module, ""), f"{module}:{line}"
        last[module] = code


def test_the_rules_of_the_specification_are_there():
    names = {rule.name for rule in rules.all_rules()}
    assert names >= {
        "near-duplicate-labels", "same-text-twice", "support-circle",
        "bears-on-itself", "both-for-and-against", "unconnected-statement", "repeated-premise",
        "follows-from-itself", "conflicting-stances", "unused-premise", "golden", "rabbit", "holding-hands",
    }  # fmt: skip


def test_teaching_rules_run_only_when_selected():
    assert [d.code for d in rules.run(LONE_REASON)] == []
    for select in ("AM3", "am301", "golden", "Golden", "teaching"):
        assert {d.code for d in rules.run(LONE_REASON, select=[select])} == {"AM301"}
    for ignore in ("AM3", "AM301", "golden", "teaching"):
        assert not list(rules.run(LONE_REASON, select=["AM3"], ignore=[ignore]))
    by_default = rules.selected()
    assert set(by_default) < set(rules.selected(["teaching"]))
    assert rules.selected(["default"]) == by_default
    assert rules.selected(["teaching"], ["teaching"]) == by_default
    assert all(d.severity is Severity.NOTE for d in rules.run(LONE_REASON, select=["AM3"]))


def test_rules_are_loaded_only_when_asked_for():
    script = (
        "import sys, argmap.rules; before = [m for m in sys.modules if m.startswith('argmap.rules.')];"
        "argmap.rules.all_rules(); print(before, 'argmap.rules.teaching' in sys.modules);"
        "print('snowballstemmer' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out == "['argmap.rules._rule'] True\nFalse\n"
