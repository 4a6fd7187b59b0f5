"""Reading recovers: of many faults each is told on its line, and the rest is read as if they were not."""

from fault_injection import KINDS, good_document, inject, measure

import argmap
from argmap.checking import check


def test_the_good_documents_are_good():
    for seed in range(5):
        text = "\n".join(good_document(seed)) + "\n"
        assert [d for d in check(argmap.parse(text)) if d.severity.value != "note"] == []


def test_many_kinds_of_fault_are_put_into_long_documents():
    assert len({kind.name for kind in KINDS}) >= 15
    faulty = inject(0)
    assert len(faulty.faults) == 12
    assert 250 <= len(faulty.lines) <= 350


def test_twelve_faults_in_three_hundred_lines():
    tally = measure(range(40))
    assert len(tally.put) == len(KINDS)
    assert tally.told_share >= 0.99, tally.missed[:3]
    assert tally.spurious_share <= 0.01, tally.spurious[:3]
    assert tally.orphans == []


def test_what_is_joined_to_a_refused_line_is_not_joined_to_the_one_above_it():
    map = argmap.parse("(a) It is so.\n    + (b) One reason.\n    * (c) A bullet.\n    & (d) Joined to it.\n")
    assert [d.code for d in check(map)] == ["AM025"]
    assert [step.ground for step in map.steps] == [("b",)]
