"""What every test stands on."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are laid out for the terminal; a parallel test runner brings a width of its own."""
    monkeypatch.setenv("COLUMNS", "100")
