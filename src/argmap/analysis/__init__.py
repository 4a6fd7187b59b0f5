"""What a map means: what stands and why, what a claim rests on, who is committed to what.

Names are loaded when they are first used: `argmap check` asks every map, and should start quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.analysis.causes import Cause as Cause
    from argmap.analysis.commitment import Agreement as Agreement
    from argmap.analysis.commitment import Finding as Finding
    from argmap.analysis.commitment import FindingKind as FindingKind
    from argmap.analysis.commitment import Position as Position
    from argmap.analysis.commitment import Positions as Positions
    from argmap.analysis.commitment import between as between
    from argmap.analysis.commitment import positions as positions
    from argmap.analysis.defeat import Defeat as Defeat
    from argmap.analysis.derivations import ChainStep as ChainStep
    from argmap.analysis.standing import Answer as Answer
    from argmap.analysis.standing import Change as Change
    from argmap.analysis.standing import Status as Status
    from argmap.analysis.standing import StatusReport as StatusReport
    from argmap.analysis.standing import StepStatus as StepStatus
    from argmap.analysis.standing import status as status

_COMMITMENT = ("Agreement", "Finding", "FindingKind", "Position", "Positions", "between", "positions")
_STANDING = ("Answer", "Change", "Status", "StatusReport", "StepStatus", "status")
_WHERE = {
    **dict.fromkeys(_COMMITMENT, "commitment"),
    **dict.fromkeys(_STANDING, "standing"),
    "Cause": "causes",
    "Defeat": "defeat",
    "ChainStep": "derivations",
}

__all__ = sorted(_WHERE)


# Hidden from type checkers: they would take every name for one of type Any.
if not TYPE_CHECKING:

    def __getattr__(name):
        if name not in _WHERE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
        globals()[name] = found
        return found
