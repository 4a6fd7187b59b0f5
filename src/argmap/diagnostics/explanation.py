"""The page behind each code: `explanations/AM101.md` is what `argmap explain AM101` prints.

    # AM101 unknown-label (error)

    A label is used that no statement has.

    ## What it means
    ...

Each page has a heading with code, name and usual severity, a summary of one sentence, and sections. A fenced
block headed `argmap bad` must raise the code and one headed `argmap good` must not: the tests run them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from attrs import frozen

from argmap.diagnostics.diagnostic import Severity
from argmap.errors import ConfigError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PAGE = re.compile(r"# (AM\d{3}) ([a-z0-9-]+) \((\w+)\)\n\n([^\n]+)\n\n(.*)", re.DOTALL)


def _pages() -> Traversable:
    # Imported here: it takes longer than all of the diagnostics, and most commands explain nothing.
    from importlib.resources import files

    return files("argmap.diagnostics") / "explanations"


@frozen
class Explanation:
    """A code, its kebab-case name, its usual severity, a one-line summary, and the sections in Markdown."""

    code: str
    name: str
    severity: Severity
    summary: str
    text: str


@cache
def codes() -> tuple[str, ...]:
    """Every code that argmap can report, in order."""
    return tuple(sorted(page.name.removesuffix(".md") for page in _pages().iterdir()))


SETS = {"default": ("AM0", "AM1", "AM2", "AM39", "AM4", "AM5"), "teaching": ("AM30",)}
"""Codes that are selected together, by name."""


def prefixes(given: Iterable[str], *, selects: bool = False) -> tuple[str, ...]:
    """Codes, beginnings of codes, names of codes and of sets, in either case, as beginnings of codes.

    Args:
        given: What is unknown stays as it is, and begins no code.
        selects: Whether this is a selection. There, a set comes on top of the default.
    """
    found: list[str] = []
    for each in given:
        name = each.lower()
        if name in SETS:
            found += (*SETS[name], *(SETS["default"] if selects else ()))
        else:
            found.append(each.upper() if name.startswith("am") else _by_name().get(name, each))
    return tuple(found)


def unknown_code(given: Iterable[str]) -> str | None:
    """The first of these that is no code, no beginning of one, and no name."""
    for each in given:
        if not each or not all(any(code.startswith(prefix) for code in codes()) for prefix in prefixes([each])):
            return each
    return None


def refuse_unknown(given: Iterable[str], file: object = None) -> None:
    """Raise a `ConfigError` for what is no code, no beginning of one, and no name; `file` is where it was written."""
    if (unknown := unknown_code(given)) is not None:
        at = f"{file}: " if file else ""
        raise ConfigError(f"{at}there is no code {unknown!r}: write AM201, its name, or AM2 (argmap explain lists all)")


@cache
def _by_name() -> dict[str, str]:
    return {text.name: text.code for text in explanations()}


def explanation(code: str) -> Explanation:
    """The explanation of one of `codes()`."""
    match = _PAGE.fullmatch((_pages() / f"{code}.md").read_text(encoding="utf-8"))
    assert match is not None, f"the page of {code} does not have the form of the others"
    code, name, severity, summary, text = match.groups()
    return Explanation(code, name, Severity(severity), summary, text)


def explanations() -> tuple[Explanation, ...]:
    """The explanation of every code, in order."""
    return tuple(map(explanation, codes()))
