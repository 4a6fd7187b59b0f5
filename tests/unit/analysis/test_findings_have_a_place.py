"""Every finding about a written map points at a line of it."""

from __future__ import annotations

import argmap


def test_what_nobody_could_accept_is_told_where_the_holder_first_speaks() -> None:
    map = argmap.parse(
        "(a) It is and it is not.\n    >< (a)\n\n(b) It rains.\n    + (c) It drips.\n\n@ Ann: accept (b)\n"
    )
    told = [d for d in argmap.check(map) if d.code == "AM203"]
    assert all(d.labels for d in told)
    assert ["reject (a)" in d.message for d in told] == [True]
