"""Who holds what, and how to speak of a holder: one of them, or many."""

from __future__ import annotations

import re
from enum import Enum

from attrs import field, frozen

from argmap.text import Span
from argmap.validators import a, filled


class Attitude(Enum):
    """What somebody makes of a statement."""

    ACCEPT = "accept"
    DOUBT = "doubt"
    REJECT = "reject"


@frozen(kw_only=True)
class Stance:
    """One holder's attitude to one statement (by id)."""

    holder: str = field(validator=filled())
    attitude: Attitude = field(validator=a(Attitude))
    statement: str = field(validator=a(str))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))


_BEFORE_MANY = frozenset(("the", "some", "many", "most", "all", "several", "these", "those", "our", "other"))
_MANY = frozenset(("people", "police", "men", "women", "children", "they", "we", "you", "i"))
_MANY_ALONE = ("ans", "ists", "ers", "ors", "ics", "ents", "ants", "crats", "ives", "als", "ees")
_ONE = frozenset(("united states", "united nations", "netherlands", "philippines", "news", "times"))
_TAIL = r"\s+(?:who|whom|which|that|of|in|for|from|with|at|on|against|under)\s.*"


def is_many(holder: str) -> bool:
    """Whether a name looks like that of many, in English: `the Arab governments`, `critics`, `Smith and Jones`.

    A name that does not say is one: `Gates`, `the military`.
    """
    words = re.sub(_TAIL, "", holder, flags=re.DOTALL).split()  # the House of Lords: one House
    if not words:
        return False
    last = words[-1].lower()
    if last in _MANY or ("and" in words[1:-1] or "&" in words[1:-1]):
        return True
    if not last.endswith("s") or last.endswith(("ss", "us", "is", "'s", "’s")) or len(last) < 3:
        return False
    if last in _ONE or " ".join(words[-2:]).lower() in _ONE:
        return False
    name = len(words) == 1 or (words[-1][:1].isupper() and words[0].lower() not in _BEFORE_MANY)
    return not name or last.endswith(_MANY_ALONE)


def does(holder: str, attitude: Attitude) -> str:
    """`accepts`, or `accept` where the holder is many."""
    return attitude.value if is_many(holder) else f"{attitude.value}s"


def is_or_are(holder: str) -> str:
    return "are" if is_many(holder) else "is"


def has_or_have(holder: str) -> str:
    return "have" if is_many(holder) else "has"
