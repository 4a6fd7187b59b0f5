"""What is laid over a map: which statements stand and fall, or what somebody holds. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen


class OverlayMark(Enum):
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


SIGNS: Mapping[OverlayMark, str] = {
    OverlayMark.STANDS: "",
    OverlayMark.FALLS: "↓",
    OverlayMark.UNDECIDED: "◇",
    OverlayMark.WITHDRAWN: "✂",
    OverlayMark.ASSUMED: "!",
    OverlayMark.ACCEPTED: "✓",
    OverlayMark.REJECTED: "✕",
    OverlayMark.DOUBTED: "?",
    OverlayMark.MUST_ACCEPT: "→ ✓",
    OverlayMark.MUST_REJECT: "→ ✕",
    OverlayMark.CLASH: "!!",
    OverlayMark.DISOWNED: "→",
}

MEANINGS: Mapping[OverlayMark, str] = {
    OverlayMark.STANDS: "stands",
    OverlayMark.FALLS: "falls",
    OverlayMark.UNDECIDED: "undecided",
    OverlayMark.WITHDRAWN: "withdrawn here",
    OverlayMark.ASSUMED: "assumed here",
    OverlayMark.ACCEPTED: "accepts",
    OverlayMark.REJECTED: "rejects",
    OverlayMark.DOUBTED: "doubts",
    OverlayMark.MUST_ACCEPT: "committed to accept, unsaid",
    OverlayMark.MUST_REJECT: "committed to reject, unsaid",
    OverlayMark.CLASH: "clash",
    OverlayMark.DISOWNED: "committed to it all the same",
}


@frozen(kw_only=True)
class Flag:
    """One mark on one box; `holder` is named where there are two holders, `note` follows in words (`given
    (kind)`)."""

    mark: OverlayMark
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
