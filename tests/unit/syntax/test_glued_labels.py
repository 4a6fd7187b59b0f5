"""A label that the text follows at once is told of; an ordinary parenthesis at a text's beginning is not."""

import pytest

import argmap


@pytest.mark.parametrize("text", ["(b)Reason", "(b): Reason", "(b). Reason", "(理由)理由です", "(b):Reason"])
def test_no_space_after_a_label(text: str) -> None:
    source = f"(a) One.\n    + {text}\n"
    (fault,) = argmap.parse(source).diagnostics
    assert fault.code == "AM031"
    assert fault.fix is not None
    (edit,) = fault.fix.edits
    mended = argmap.parse(source[: edit.span.start] + edit.replacement + source[edit.span.end :])
    assert mended.ok
    assert mended.statements[1].label == text[1 : text.index(")")]


@pytest.mark.parametrize(
    "text", ["(s)he left", "(re)think it", "(laughs), she said", "(1)", "\\(b)Reason", "(so it is said) Yes"]
)
def test_an_ordinary_parenthesis(text: str) -> None:
    found = argmap.parse(f"(1) One.\n    + {text}\n")
    assert not [fault for fault in found.diagnostics if fault.code == "AM031"]
