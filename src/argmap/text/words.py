"""What many rooms need: the nearest word to one that is none, lists in words or by key, patterns made when needed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any, TypeVar, cast

_K = TypeVar("_K")
_V = TypeVar("_V")

# A long list is not searched: the comparison takes time in proportion, and a large file may have many such words.
_MOST = 2000


def nearest(word: str, candidates: Collection[str], likeness: float = 0.6) -> str | None:
    """The candidate most like `word`, ignoring case; None if none is near, or there are very many.

    Args:
        likeness: How much of the two must be the same, 0 to 1. File names share suffixes and need more.
    """
    if len(candidates) > _MOST or len(word) > 100:
        return None
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), candidate)
    near = get_close_matches(word.casefold(), list(folded), 1, likeness)
    return folded[near[0]] if near else None


def suggestion(word: str, candidates: Collection[str], form: str = "{}", otherwise: str = "") -> str:
    """`; did you mean (a)?`, with the nearest candidate written in a form; or what else to say where none is near."""
    near = nearest(word, candidates)
    return f"; did you mean {form.format(near)}?" if near else otherwise


def listed(parts: Iterable[str], joiner: str = "and", shown: int = 0) -> str:
    """`a`, `a and b`, `a, b and c`; with `shown`, at most so many and the number of the others."""
    found = list(parts)
    if shown and len(found) > shown + 1:
        found = [*found[:shown], f"{len(found) - shown} more"]
    return f" {joiner} ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def by_key(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, list[_V]]:
    """The values of each key, in order."""
    found: dict[_K, list[_V]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def unused(wanted: str, taken: set[str], counts: dict[str, int]) -> str:
    """A name, with a number behind it where it is taken; it is taken from now on. `counts` has the last numbers."""
    name = wanted
    while name in taken:
        counts[wanted] = counts.get(wanted, 1) + 1
        name = f"{wanted}-{counts[wanted]}"
    taken.add(name)
    return name


class _LazyPattern:
    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._source), name)
        setattr(self, name, found)  # the next time, it is there
        return found


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, compiled at its first use: compiling takes a good part of a short command's time."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
