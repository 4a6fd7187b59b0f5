"""How rules speak of statements and steps."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.model import ArgumentMap, Step, StepKind

_SHOWN = 5


def name(map: ArgumentMap, id: str) -> str:
    """A statement as a sentence names it."""
    statement = map.by_id.get(id)
    return statement.name if statement is not None else f"({id})"


def names(map: ArgumentMap, ids: Iterable[str]) -> str:
    """Several statements as a sentence names them: `(a), (b) and (c)`; long lists are cut."""
    all_ids = list(dict.fromkeys(ids))
    shown = [name(map, id) for id in all_ids[:_SHOWN]]
    if len(all_ids) > _SHOWN:
        shown.append(f"{len(all_ids) - _SHOWN} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def in_words(map: ArgumentMap, step: Step) -> str:
    """A step as the predicate of a sentence: `(b) is a reason for (a)`."""
    ground, target = names(map, step.ground), name(map, step.target)
    many = len(set(step.ground)) > 1
    are = "are together" if many else "is"
    match step.kind:
        case StepKind.REASON:
            return f"{ground} {are} a reason for {target}"
        case StepKind.OBJECTION:
            return f"{ground} {are} an objection to {target}"
        case StepKind.CONCESSION:
            return f"{ground} {are} a point granted against {target}"
        case StepKind.COROLLARY | StepKind.INFERENCE:
            return f"{target} follows from {ground}"
