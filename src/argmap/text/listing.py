"""Several things as a list in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(parts: Iterable[str], joiner: str = "and", shown: int = 0) -> str:
    """`a`, `a and b`, `a, b and c`; with `shown`, at most so many and the number of the others."""
    found = list(parts)
    if shown and len(found) > shown + 1:
        found = [*found[:shown], f"{len(found) - shown} more"]
    return f" {joiner} ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))
