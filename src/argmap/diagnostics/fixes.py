"""Applies the fixes that diagnostics carry, or shows them as a unified diff."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from argmap.diagnostics.diagnostic import Diagnostic, Edit
from argmap.text.display import harmless, inert


def apply_fixes(text: str, diagnostics: Iterable[Diagnostic], *, unsafe: bool = False) -> tuple[str, int]:
    """The text with the fixes of these diagnostics applied, and how many were.

    Each fix is applied whole or not at all, and the same fix once however often it is offered. Of two that
    touch the earlier is applied; the other may still be offered when the result is checked again.

    Args:
        text: The source that the diagnostics are about.
        diagnostics: Those without a fix are passed over.
        unsafe: Whether to apply also the fixes that may change what the author meant.
    """
    fixes = {found.fix: None for found in diagnostics if found.fix and (unsafe or found.fix.safe)}
    ordered = (sorted(set(fix.edits), key=lambda edit: (edit.span, edit.replacement)) for fix in fixes)
    ready = [edits for edits in ordered if edits and _sound(edits, len(text))]
    ready.sort(key=lambda edits: edits[0].span)
    taken: list[Edit] = []
    applied = 0
    for edits in ready:
        if not any(_clashes(taken, edit) for edit in edits):
            for edit in edits:
                taken.insert(_place(taken, edit), edit)
            applied += 1
    parts, at = [], 0
    for edit in taken:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]]), applied


def _sound(edits: list[Edit], size: int) -> bool:
    """Whether the edits of one fix lie inside the text and do not touch each other."""
    inside = all(0 <= edit.span.start <= edit.span.end <= size for edit in edits)
    return inside and not any(_touch(one, two) for one, two in pairwise(edits))


def _touch(one: Edit, two: Edit) -> bool:
    """Whether the two share text, or one inserts at the edge of the other, so that order would matter."""
    (start, end), (other_start, other_end) = (one.span.start, one.span.end), (two.span.start, two.span.end)
    if start == end or other_start == other_end:
        return start <= other_end and other_start <= end
    return start < other_end and other_start < end


def _place(taken: list[Edit], edit: Edit) -> int:
    return bisect_left(taken, edit.span, key=lambda other: other.span)


def _clashes(taken: list[Edit], edit: Edit) -> bool:
    """Whether an edit touches one already taken; those are in order and apart, so only neighbours can."""
    at = _place(taken, edit)
    return any(_touch(edit, other) for other in taken[max(0, at - 2) : at + 2])


def unified_diff(before: str, after: str, name: str) -> str:
    """The change as a patch that `patch` and `git apply` understand; empty when there is none.

    Only a line with characters that steer a terminal cannot be applied: they are shown.
    """
    from difflib import unified_diff as compare

    if before == after:
        return ""
    lines = compare(_lines(before), _lines(after), harmless(name), harmless(name))
    return "".join(
        inert(line) if line.endswith("\n") else f"{inert(line)}\n\\ No newline at end of file\n" for line in lines
    )


def _lines(text: str) -> list[str]:
    # Only at line feeds, as patch does; splitlines would also cut at characters that stand inside lines.
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
