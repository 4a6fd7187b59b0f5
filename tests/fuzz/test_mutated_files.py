"""No file of another format makes a map that cannot be written. ARGMAP_FUZZ=20000 runs that many inputs."""

from __future__ import annotations

import os
from itertools import islice

from importers import inputs, put_through


def test_mutated_files_come_in_and_go_out() -> None:
    read = 0
    for number, (name, text) in enumerate(islice(inputs(seed=5), int(os.environ.get("ARGMAP_FUZZ", "150")))):
        try:
            read += put_through(name, text)
        except Exception as error:
            raise AssertionError(f"input {number} of seed 5, {name}: {text[:500]!r}") from error
    assert read > 50
