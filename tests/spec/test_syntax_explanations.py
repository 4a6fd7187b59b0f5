"""The examples in the explanations of the notation's own codes do what they say, and no more."""

from __future__ import annotations

import re

import pytest

import argmap
from argmap.syntax.explanations import EXPLANATIONS

# Their text cannot hold an example: `argmap explain` would print its control character.
WITHOUT_EXAMPLES = {"AM002"}
FENCE = re.compile(r"^```argmap (bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(text.code, kind, example, id=f"{text.code}-{kind}")
    for text in EXPLANATIONS
    for kind, example in FENCE.findall(text.text)
]


@pytest.mark.parametrize(("code", "kind", "example"), EXAMPLES)
def test_example(code: str, kind: str, example: str) -> None:
    found = argmap.check(argmap.parse(example))
    if kind == "good":
        assert found == ()
    else:
        assert {fault.code for fault in found if fault.code < "AM1"} == {code}
        for fault in found:
            assert fault.labels
            assert fault.hint


@pytest.mark.parametrize("text", EXPLANATIONS, ids=lambda text: text.code)
def test_each_has_a_bad_example_and_a_good_one(text: argmap.diagnostics.Explanation) -> None:
    kinds = {kind for kind, _ in FENCE.findall(text.text)}
    assert kinds == (set() if text.code in WITHOUT_EXAMPLES else {"bad", "good"})


@pytest.mark.parametrize("text", EXPLANATIONS, ids=lambda text: text.code)
def test_it_can_be_read_in_a_terminal(text: argmap.diagnostics.Explanation) -> None:
    assert max(map(len, text.text.splitlines())) <= 100
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text.text) is None


def test_severities_are_those_of_the_diagnostics() -> None:
    severities = {text.code: text.severity for text in EXPLANATIONS}
    for text in EXPLANATIONS:
        for _, example in FENCE.findall(text.text):
            for fault in argmap.parse(example).diagnostics:
                assert fault.severity is severities.get(fault.code, fault.severity)
