"""Names that a reader could confuse. Linear: names are compared by keys, never all with all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

# Letters of other scripts that look like a Latin letter in every common typeface.
_LOOKS_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁһԛԝ"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ",
    "ABESIJKMHOPCTXYaesijopcyxdhqwABEZHIKMNOPTYXocj",
)

# Above this many names they were made by a program, so typing errors are unlikely.
_MOST_TYPED_NAMES = 5_000
_LEAST_LETTERS, _MOST_LETTERS = 6, 60


def shape(name: str) -> str:
    """A name with look-alike letters made one: equal shapes look the same on the page."""
    if name.isascii():
        return name
    return unicodedata.normalize("NFKC", name).translate(_LOOKS_LIKE)


def collisions(names: Iterable[str], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Pairs (later, first) of different names with one key; an empty key meets nothing."""
    first: dict[str, str] = {}
    for name in dict.fromkeys(names):
        found = key(name)
        if found and (earlier := first.setdefault(found, name)) != name:
            yield name, earlier


def typing_errors(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs (later, earlier) of long names that differ by one typing error inside a word.

    A letter too many, too few, wrong, or two swapped; not at either end (`right`, `rights`; `moral`,
    `amoral`; `plan-a`, `plan-b`), and never where there is a digit in the name.
    """
    typed = [
        name
        for name in dict.fromkeys(names)
        if _LEAST_LETTERS <= len(name) <= _MOST_LETTERS and not re.search(r"\d", name)
    ]
    if len(typed) > _MOST_TYPED_NAMES:
        return
    # Two names with one typing error between them become equal when the right letter is left out of either.
    met: dict[str, str] = {}
    for name in typed:
        near: str | None = None
        for i in range(len(name)):
            earlier = met.setdefault(name[:i] + name[i + 1 :], name)
            if near is None and earlier != name and _one_error(name, earlier):
                near = earlier
        if near is None and (whole := met.get(name)) is not None and _one_error(name, whole):
            near = whole
        met.setdefault(name, name)
        if near is not None:
            yield name, near


def _one_error(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    end = 0
    while end < len(short) - start and short[-1 - end] == long[-1 - end]:
        end += 1
    left, right = short[start : len(short) - end], long[start : len(long) - end]
    if len(right) > 2 or (len(right) == 2 and left != right[::-1]):
        return False
    # Inside a word of some length: short words often differ by a letter.
    before = len(re.split(r"[\W_]", long[:start])[-1])
    after = len(re.split(r"[\W_]", long[len(long) - end :])[0])
    return before > 0 and after > 0 and before + len(right) + after >= _LEAST_LETTERS
