"""How rules speak of statements and steps."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.model import ArgumentMap, Step, StepKind

_SHOWN, _LOOKED_AT = 5, 50


def name(map: ArgumentMap, id: str) -> str:
    """A statement as a sentence names it."""
    statement = map.by_id.get(id)
    return statement.name if statement is not None else f"({id})"


def names(map: ArgumentMap, ids: Sequence[str]) -> str:
    """Several statements as a sentence names them: `(a), (b) and (c)`; long lists are cut."""
    # A step of thousands of premises may be spoken of thousands of times, so only its beginning is looked at.
    distinct = list(dict.fromkeys(ids[:_LOOKED_AT]))
    rest = max(len(ids) - _LOOKED_AT, 0) + max(len(distinct) - _SHOWN, 0)
    shown = [name(map, id) for id in distinct[:_SHOWN]]
    if rest:
        shown.append(f"{rest} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def several(step: Step) -> bool:
    """Whether a step's ground is more than one statement."""
    return any(id != step.ground[0] for id in step.ground)


def in_words(map: ArgumentMap, step: Step) -> str:
    """A step as the predicate of a sentence: `(b) is a reason for (a)`."""
    ground, target = names(map, step.ground), name(map, step.target)
    are = "are together" if several(step) else "is"
    match step.kind:
        case StepKind.REASON:
            return f"{ground} {are} a reason for {target}"
        case StepKind.OBJECTION:
            return f"{ground} {are} an objection to {target}"
        case StepKind.CONCESSION:
            return f"{ground} {are} a point granted against {target}"
        case StepKind.COROLLARY | StepKind.INFERENCE:
            return f"{target} follows from {ground}"
