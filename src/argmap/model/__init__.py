"""The resolved argument map: statements, the steps between them, and who holds what."""

from argmap.model.argument_map import ArgumentMap, Fact, Section
from argmap.model.stance import Attitude, HeldStep, Stance, counting, does, has_or_have, is_or_are
from argmap.model.statement import Emphasis, Qualifier, Quotation, Role, Statement
from argmap.model.step import Contradiction, Step, StepKind

__all__ = [
    "ArgumentMap",
    "Attitude",
    "Contradiction",
    "Emphasis",
    "Fact",
    "HeldStep",
    "Qualifier",
    "Quotation",
    "Role",
    "Section",
    "Stance",
    "Statement",
    "Step",
    "StepKind",
    "counting",
    "does",
    "has_or_have",
    "is_or_are",
]
