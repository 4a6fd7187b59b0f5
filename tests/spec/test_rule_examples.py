"""The examples in the rules' explanations do what they say."""

import re

import pytest

import argmap
from argmap import rules
from argmap.checking import check

EXAMPLES = [
    pytest.param(explanation.code, kind, text, id=f"{explanation.code}-{kind}-{number}")
    for explanation in rules.EXPLANATIONS
    for number, (kind, text) in enumerate(
        re.findall(r"^```argmap (bad|good)\n(.*?)^```$", explanation.text, re.MULTILINE | re.DOTALL)
    )
]


def found(text, *more):
    map = argmap.parse(text, "example.argmap")
    return [*check(map, ignore=["AM2"]), *(d for code in more for d in check(map, select=[code]))]


@pytest.mark.parametrize(("code", "kind", "text"), EXAMPLES)
def test_example(code, kind, text):
    diagnostics = found(text, *([code] if code.startswith("AM3") else []))
    if kind == "good":
        assert diagnostics == []
    else:
        assert {d.code for d in diagnostics} == {code}
        for diagnostic in diagnostics:
            assert diagnostic.labels, "a fault in a text has a place"
            assert diagnostic.hint


def test_there_is_an_example_of_each_kind_for_every_rule():
    assert len(EXAMPLES) >= 2 * len(rules.all_rules())
