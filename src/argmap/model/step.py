"""Steps from statements to a statement, and contradictions between two."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from attrs import fields, frozen

from argmap.model.place import NOWHERE, Placed, unfrozen


class StepKind(Enum):
    """What a step does to its target."""

    REASON = "reason"
    """`+`, because: speaks for the target."""
    OBJECTION = "objection"
    """`-`, but: speaks against the target, and counts until answered."""
    CONCESSION = "concession"
    """`~`, although: speaks against the target; granted and outweighed."""
    COROLLARY = "corollary"
    """`=>`, then: whoever grants the ground must grant the target."""
    INFERENCE = "inference"
    """An inference bar in standard form; binds like a corollary."""

    @property
    def supports(self) -> bool:
        """Whether a step of this kind speaks for its target."""
        return self in (StepKind.REASON, StepKind.COROLLARY, StepKind.INFERENCE)

    @property
    def binds(self) -> bool:
        """Whether granting the ground commits one to the target."""
        return self in (StepKind.COROLLARY, StepKind.INFERENCE)


class _Kept(Placed):
    """What is kept of a step: its conditions, its exceptions and its rule as one, since most have none of them."""

    __slots__ = ("_beside", "ground", "kind", "target")

    _beside: tuple[tuple[str, ...], tuple[str, ...], str | None]


_NOTHING: tuple[tuple[str, ...], tuple[str, ...], str | None] = ((), (), None)


@frozen(kw_only=True, init=False, slots=False)
class Step(_Kept):  # type: ignore[override]  # attrs' own initialiser is never called
    """One step of an argument; all references are statement ids.

    Attributes:
        ground: One statement, or several that count only together (linked premises), in order, at least one.
        conditions: What the step needs besides (`provided:`).
        exceptions: Where one of these holds, the step does not go through (`unless:`, an undercutter).
        rule: The name beside an inference bar.
    """

    # As with a statement, what it has is one matter, and where it is kept another.
    __slots__ = ()

    kind: StepKind
    ground: tuple[str, ...]
    target: str
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    rule: str | None = None

    def __init__(
        self,
        *,
        kind: StepKind,
        ground: tuple[str, ...],
        target: str,
        conditions: tuple[str, ...] = (),
        exceptions: tuple[str, ...] = (),
        rule: str | None = None,
        start: int = NOWHERE,
        end: int = NOWHERE,
    ) -> None:
        beside = (conditions, exceptions, rule)
        kept = (_NOTHING if beside == _NOTHING else beside, ground, kind, target)
        for name, value in zip(_Kept.__slots__, kept, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, ({field.name: getattr(self, field.name) for field in fields(Step)},)


def _part(place: int) -> Callable[[Step], Any]:
    return lambda step: step._beside[place]


# After the decorator, which takes what stands in a class under a field's name for the field's default.
for _place, _name in enumerate(("conditions", "exceptions", "rule")):
    setattr(Step, _name, property(_part(_place)))


def _again(values: dict[str, Any]) -> Step:
    return Step(**values)


_Unfrozen = unfrozen(Step)


def plain_step(kind: StepKind, ground: tuple[str, ...], target: str, start: int, size: int) -> Step:
    """A step without conditions, exceptions or rule; `start` and `size` are its place, in code points."""
    step = _Unfrozen.__new__(_Unfrozen)
    made: Any = step  # to a type checker its attributes are read-only
    made.start = start
    made._size = size
    made._beside = _NOTHING
    made.kind = kind
    made.ground = ground
    made.target = target
    made.__class__ = Step  # the same slots: it is frozen from here on
    return step


@frozen(kw_only=True)
class Contradiction(Placed):
    """Two statements that cannot both be held (`><`); symmetric."""

    left: str
    right: str
