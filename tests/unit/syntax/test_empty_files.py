"""A file without an argument says so, whatever else it has."""

from __future__ import annotations

import pytest

import argmap


@pytest.mark.parametrize("text", ["", "\ufeff", "\n\n", "// to do\n", "title: Tea\n", "title: Tea\n\n// to do\n"])
def test_no_statement(text: str) -> None:
    (fault,) = argmap.parse(text).diagnostics
    assert (fault.code, fault.span) == ("AM003", argmap.Span(0, 0))


@pytest.mark.parametrize("text", ["Tea is good.", "title: Tea\n\nTea is good.", "(a)", "+ Tea is good."])
def test_something_is_said(text: str) -> None:
    assert "AM003" not in [fault.code for fault in argmap.parse(text).diagnostics]
