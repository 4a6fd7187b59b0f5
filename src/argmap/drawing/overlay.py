"""What is laid over a map: which statements stand and fall, or what somebody holds. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen


class OverlayMark(Enum):
    """Something an overlay says of one statement: its name, its sign, and what it is called in a picture."""

    STANDS = "stands", ""
    FALLS = "falls", "↓"
    UNDECIDED = "undecided", "◇"
    WITHDRAWN = "withdrawn", "✂", "withdrawn here"
    """Where the cut was made: it falls because it was asked to."""
    ASSUMED = "assumed", "!", "assumed here"
    ACCEPTED = "accepted", "✓", "accepts"
    REJECTED = "rejected", "✕", "rejects"
    DOUBTED = "doubted", "?", "doubts"
    MUST_ACCEPT = "must accept", "→ ✓", "committed to accept, unsaid"
    """Committed to accept, without having said so."""
    MUST_REJECT = "must reject", "→ ✕", "committed to reject, unsaid"
    CLASH = "clash", "!!"
    """Committed both ways, or against what was said."""
    DISOWNED = "disowned", "→", "committed to it all the same"
    """Doubted, though committed to it."""

    _value_: str
    sign: str
    meaning: str

    def __new__(cls, value: str, sign: str, meaning: str = "") -> OverlayMark:
        mark = object.__new__(cls)
        mark._value_, mark.sign, mark.meaning = value, sign, meaning or value
        return mark


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
