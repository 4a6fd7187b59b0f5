"""Two labels are so similar that a reader could confuse them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Problem, rule
from argmap.rules._similar_names import collisions, shape, typing_errors

_HINT = "give one of them a name that is clearly different"


@rule("AM103", Severity.WARNING)
def near_duplicate_labels(map: ArgumentMap) -> Iterator[Problem]:
    labelled = {s.label: s for s in map.statements if s.label is not None and not s.missing}
    pairs = {later: (earlier, "look the same") for later, earlier in collisions(labelled, shape)}
    for later, earlier in collisions(labelled, _folded):
        pairs.setdefault(later, (earlier, _difference(later, earlier)))
    for later, (earlier, how) in pairs.items():
        yield Problem(
            f"the labels ({earlier}) and ({later}) {how}",
            (labelled[later], "this one"),
            (labelled[earlier], "and this one"),
            hint=_HINT,
        )
    for later, earlier in typing_errors(label for label in labelled if label not in pairs):
        yield Problem(
            f"the labels ({earlier}) and ({later}) differ by one typing error",
            (labelled[later], "this one"),
            (labelled[earlier], "and this one"),
            hint=_HINT,
            severity=Severity.NOTE,
        )


def _folded(label: str) -> str:
    """The label without case and with one kind of separator; nothing where there are too few letters."""
    key = re.sub(r"[-_.]+", "-", shape(label).casefold())
    return key if sum(char.isalpha() for char in key) >= 3 else ""


def _difference(one: str, other: str) -> str:
    return "differ only in case" if one.casefold() == other.casefold() else "hardly differ"
