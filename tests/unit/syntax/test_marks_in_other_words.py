"""Somebody who writes `therefore:` for `then:` is told which mark it would be."""

import pytest

import argmap


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("therefore", "then"),
        ("since", "because"),
        ("if", "provided"),
        ("However", "but"),
        ("except", "unless"),
    ],
)
def test_the_mark_that_was_meant_is_offered(written: str, meant: str) -> None:
    map = argmap.parse(f"(a) It rains.\n    {written}: (b) The street is wet.\n")
    (fault,) = map.diagnostics
    assert fault.code == "AM028"
    assert fault.hint is not None
    assert fault.hint.startswith(f"did you mean `{meant}:`?")
