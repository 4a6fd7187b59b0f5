"""What a map means: what stands and why, what a claim rests on, who is committed to what."""

from argmap.analysis.deciders import Cause
from argmap.analysis.standing import Answer, Change, Felling, Status, StatusReport, StepStatus, status

__all__ = ["Answer", "Cause", "Change", "Felling", "Status", "StatusReport", "StepStatus", "status"]
