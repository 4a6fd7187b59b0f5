"""What a format is, and what reading and writing one gives back.

A format is a module or package of `argmap.formats` with a `FORMAT` in it; `argmap.formats.registry` finds it.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import field, frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.model import ArgumentMap
from argmap.text import Source


@frozen
class Conversion:
    """A map read from another format. The diagnostics point into the text that was read."""

    map: ArgumentMap
    diagnostics: tuple[Diagnostic, ...] = ()


@frozen
class Written:
    """A map written in another format, and what was lost on the way, placed in the map's own source."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether everything was carried over (a changed name is not a loss)."""
        return all(found.severity is Severity.NOTE for found in self.diagnostics)

    def summary(self, map: ArgumentMap) -> dict[str, int]:
        """How many statements and relations of the map there are, and how many things were changed or lost."""
        from argmap.formats.losses import is_loss

        changed = sum(found.code in ("AM402", "AM404") for found in self.diagnostics)
        return {
            "statements": len(map.statements),
            "relations": len(map.steps) + len(map.contradictions) + len(map.stances),
            "changed": changed,
            "lost": sum(is_loss(found) for found in self.diagnostics),
        }


def _last_paragraph(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[-1].split())


@frozen
class Format:
    """A format: how it is known, and how it is read and written.

    `read` raises `argmap.errors.FormatError` where the text is not in the format at all, and nothing else on
    any text; what is in the format but cannot be carried over becomes a diagnostic (see
    `argmap.formats.losses`).

    Attributes:
        name: As `--from` and `--to` take it: "argdown".
        title: As people write it: "Argdown".
        suffixes: With the dot, longest first where one ends another: (".argdown", ".ad").
        summary: What it can and cannot carry, a line or two: the last paragraph of what is given, such as a docstring.
        read, write: None where the format goes one way only. Heavy imports belong inside them.
        sniff: A test of the content, where suffixes are shared (.json, .xml, .txt). Never raises.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    summary: str = field(converter=_last_paragraph)
    read: Callable[[Source], Conversion] | None
    write: Callable[[ArgumentMap], Written] | None
    sniff: Callable[[Source], bool] | None = None
