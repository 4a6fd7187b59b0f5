"""What a map means: what stands and why, what a claim rests on, who is committed to what."""

from argmap.analysis.agreement import Agreement, between
from argmap.analysis.commitment import Finding, FindingKind, Position, Positions, positions
from argmap.analysis.deciders import Cause
from argmap.analysis.derivations import Link
from argmap.analysis.standing import Answer, Change, Felling, Status, StatusReport, StepStatus, status

__all__ = [
    "Agreement",
    "Answer",
    "Cause",
    "Change",
    "Felling",
    "Finding",
    "FindingKind",
    "Link",
    "Position",
    "Positions",
    "Status",
    "StatusReport",
    "StepStatus",
    "between",
    "positions",
    "status",
]
