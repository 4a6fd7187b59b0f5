"""How to speak of a holder: one of them, or many."""

from __future__ import annotations

import re

from argmap.model.stance import Attitude

_BEFORE_MANY = [
    "the",
    "some",
    "most",
    "many",
    "all",
    "both",
    "several",
    "few",
    "other",
    "these",
    "those",
    "our",
    "their",
]
_AFTER_HEAD = r" (?:of|in|for|from|who|that|at|on|against) "
_MANY = r"""
    .+\ (?:and|&)\ .+                                              # Smith and Jones
    | (?:BEFORE)\ .*
      (?:(?<![sui])s|people|police|men|women|children|media|others)   # the Arab governments
    | [^\W\d_A-Z][^A-Z]*(?:(?<![sui])s|people|police|men|women|children)   # critics
    | (?:.*\ )?(?:Democrats|Republicans|Conservatives|Liberals|Greens|Critics|Opponents|Supporters|Teachers
      |Students|Parents|Scientists|Economists|Experts|Voters|Politicians)
    """.replace("BEFORE", "|".join(_BEFORE_MANY))
_ONE = r"(?:.* )?(?:united states|united nations|netherlands|philippines|news|times)"


def is_many(holder: str) -> bool:
    """Whether a name is plainly that of many, in English: `the Arab governments`, `critics`.

    A name that does not say is one: `Gates`, `the military`.
    """
    head = re.split(_AFTER_HEAD, holder.strip(), maxsplit=1)[0]  # the House of Lords: one House
    start, _, rest = head.partition(" ")
    told = f"{start.lower()} {rest}" if rest and start.lower() in _BEFORE_MANY else head
    return bool(re.fullmatch(_MANY, told, re.VERBOSE)) and not re.fullmatch(_ONE, head.lower())


def does(holder: str, attitude: Attitude) -> str:
    """`accepts`, or `accept` where the holder is many."""
    return attitude.value if is_many(holder) else f"{attitude.value}s"


def is_or_are(holder: str) -> str:
    return "are" if is_many(holder) else "is"


def has_or_have(holder: str) -> str:
    return "have" if is_many(holder) else "has"
