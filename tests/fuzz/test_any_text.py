"""No bytes make argmap fall over. ARGMAP_FUZZ=200000 runs that many inputs instead of a few seconds' worth."""

from __future__ import annotations

import os

from any_text import inputs, put_through


def test_any_bytes() -> None:
    formatted = 0
    for number, data in enumerate(inputs(int(os.environ.get("ARGMAP_FUZZ", "400")), seed=3)):
        try:
            formatted += put_through(data)
        except Exception as error:
            raise AssertionError(f"input {number}: {data!r}") from error
    assert formatted > 10  # some are good documents, so that the formatter is tried too
