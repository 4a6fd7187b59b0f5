"""Steps from statements to a statement, and contradictions between two."""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen

from argmap.text import Span
from argmap.validators import a, several

Ends = tuple[frozenset[str], str]
"""The ground of a step, in no order, and its target."""


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


@frozen(kw_only=True, weakref_slot=False, repr=False)
class Step:
    """One step of an argument; all references are statement ids.

    Attributes:
        ground: One statement, or several that count only together (linked premises), in order, at least one.
        conditions: What the step needs besides (`provided:`).
        exceptions: Where one of these holds, the step does not go through (`unless:`, an undercutter).
        rule: The name beside an inference bar.
        span: Where it is written, or None.
    """

    kind: StepKind = field(validator=a(StepKind))
    ground: tuple[str, ...] = field(validator=several(str, least=1))
    target: str = field(validator=a(str))
    conditions: tuple[str, ...] = field(default=(), validator=several(str))
    exceptions: tuple[str, ...] = field(default=(), validator=several(str))
    rule: str | None = field(default=None, validator=a(str, optional=True))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))

    @property
    def ends(self) -> Ends:
        """The ground and the target: a stance names a step by these."""
        return frozenset(self.ground), self.target

    def __repr__(self) -> str:
        return f"<Step {self.kind.value}: {' & '.join(f'({id})' for id in self.ground)} to ({self.target})>"


@frozen(kw_only=True)
class Contradiction:
    """Two statements that cannot both be held (`><`); symmetric."""

    left: str = field(validator=a(str))
    right: str = field(validator=a(str))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))
