"""What is laid over a map: which statements stand and fall, or what somebody holds. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen


class Mark(Enum):
    """Something an overlay says of one statement."""

    STANDS = "stands"
    FALLS = "falls"
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"
    """Where the cut was made: it falls because it was asked to."""
    ASSUMED = "assumed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DOUBTED = "doubted"
    MUST_ACCEPT = "must accept"
    """Committed to accept, without having said so."""
    MUST_REJECT = "must reject"
    CLASH = "clash"
    """Committed both ways, or against what was said."""
    DISOWNED = "disowned"
    """Doubted, though committed to it."""


SIGNS: Mapping[Mark, str] = {
    Mark.STANDS: "",
    Mark.FALLS: "↓",
    Mark.UNDECIDED: "◇",
    Mark.WITHDRAWN: "✂",
    Mark.ASSUMED: "!",
    Mark.ACCEPTED: "✓",
    Mark.REJECTED: "✕",
    Mark.DOUBTED: "?",
    Mark.MUST_ACCEPT: "→ ✓",
    Mark.MUST_REJECT: "→ ✕",
    Mark.CLASH: "!!",
    Mark.DISOWNED: "→",
}

MEANINGS: Mapping[Mark, str] = {
    Mark.STANDS: "stands",
    Mark.FALLS: "falls",
    Mark.UNDECIDED: "undecided",
    Mark.WITHDRAWN: "withdrawn here",
    Mark.ASSUMED: "assumed here",
    Mark.ACCEPTED: "accepts",
    Mark.REJECTED: "rejects",
    Mark.DOUBTED: "doubts",
    Mark.MUST_ACCEPT: "committed to accept, unsaid",
    Mark.MUST_REJECT: "committed to reject, unsaid",
    Mark.CLASH: "clash",
    Mark.DISOWNED: "committed to it all the same",
}


@frozen(kw_only=True)
class Flag:
    """One mark on one box; `holder` is named where there are two holders, `note` follows in words (`given
    (kind)`)."""

    mark: Mark
    holder: str = ""
    note: str = ""


@frozen(kw_only=True)
class Overlay:
    """What to lay over a map.

    Attributes:
        flags: By statement id, in the order to be shown. Several holders' may be on one box.
        blocked: Indices into `ArgumentMap.steps` of the steps that do not go through; their lines are greyed.
        caption: What the picture shows, in a few words: "with (pact) withdrawn", "as the Republican Party
            sees it".
        holders: Whose positions are shown; empty for what stands.
    """

    flags: Mapping[str, tuple[Flag, ...]] = field(factory=dict)
    blocked: frozenset[int] = frozenset()
    caption: str = ""
    holders: tuple[str, ...] = ()
