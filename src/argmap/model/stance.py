"""Who holds what, when and how firmly; and how to speak of a holder: one of them, or many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cache
from pkgutil import get_data

from attrs import field, frozen

from argmap.errors import InvalidValueError
from argmap.model.statement import Qualifier, Quotation
from argmap.model.step import Ends
from argmap.text import Span
from argmap.text.words import by_key
from argmap.validators import a, a_date, filled, several


class Attitude(Enum):
    """What somebody makes of a statement or a step."""

    ACCEPT = "accept"
    DOUBT = "doubt"
    REJECT = "reject"
    RETRACT = "retract"
    """Holds it no longer, and says nothing more of it."""


@frozen(kw_only=True)
class HeldStep:
    """The steps between a ground and a target, of any kind, as a stance names them; ids, the ground in any order."""

    ground: tuple[str, ...] = field(validator=several(str, least=1))
    target: str = field(validator=a(str))

    @property
    def ends(self) -> Ends:
        return frozenset(self.ground), self.target


@frozen(kw_only=True)
class Stance:
    """One holder's attitude to one statement (by id) or step.

    Attributes:
        date: Since when: YYYY, YYYY-MM or YYYY-MM-DD.
        hedge: How firmly it is held, if that is said.
        by: Who reports it.
        quotations: Words of a source that show it.
    """

    holder: str = field(validator=filled())
    attitude: Attitude = field(validator=a(Attitude))
    statement: str | None = field(default=None, validator=a(str, optional=True))
    step: HeldStep | None = field(default=None, validator=a(HeldStep, optional=True))
    date: str | None = field(default=None, validator=a_date)
    hedge: Qualifier | None = field(default=None, validator=a(Qualifier, optional=True))
    by: str | None = field(default=None, validator=filled(optional=True))
    quotations: tuple[Quotation, ...] = field(default=(), validator=several(Quotation))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))

    def __attrs_post_init__(self) -> None:
        if (self.statement is None) == (self.step is None):
            raise InvalidValueError("must be about either a statement or a step", ("statement",), "Stance")

    @property
    def object(self) -> str | Ends:
        """What it is about: equal for two stances on the same statement or step."""
        return self.statement if self.step is None else self.step.ends  # type: ignore[return-value]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all statements that it names."""
        return (self.statement,) if self.statement is not None else (*self.step.ground, self.step.target)  # type: ignore[union-attr]

    @property
    def effect(self) -> tuple[Attitude, Qualifier | None]:
        """The attitude and hedge as they count: `certainly` is no hedge; a hedged rejection counts as a doubt."""
        if self.hedge is None or self.hedge is Qualifier.CERTAINLY:
            return self.attitude, None
        if self.attitude is Attitude.REJECT:
            return Attitude.DOUBT, None
        return self.attitude, self.hedge if self.attitude is Attitude.ACCEPT else None

    @property
    def details(self) -> str:
        """How firmly, when and by whose report, as words in parentheses; nothing where none is said."""
        parts = [self.hedge.value if self.hedge else "", self.date or "", f"reported by {self.by}" if self.by else ""]
        return f" ({', '.join(filter(None, parts))})" if any(parts) else ""

    def agrees_with(self, other: Stance) -> bool:
        """Whether another stance of the same holder on the same object says the same, whatever its date."""
        hedges = {None if one.hedge is Qualifier.CERTAINLY else one.hedge for one in (self, other)}
        return self.attitude is other.attitude and len(hedges) == 1


def counting(stances: Iterable[Stance], on: str | None = None) -> Iterator[Stance]:
    """The stances that count: of each holder on each statement or step the latest, unless it is taken back.

    Undated ones are the oldest. Two of the same date that differ say nothing.

    Args:
        on: A date; stances taken later are left out. A stance of 2007 is one of every day of that year.
    """
    past = (each for each in stances if on is None or each.date is None or each.date[: len(on)] <= on)
    for group in by_key(((stance.holder, stance.object), stance) for stance in past).values():
        latest = max(stance.date or "" for stance in group)
        first, *others = [stance for stance in group if (stance.date or "") == latest]
        if first.attitude is not Attitude.RETRACT and all(one.agrees_with(first) for one in others):
            yield first


_ONE_OF_TWO = ("united states", "united nations")
_TAIL = r"\s+(?:who|whom|which|that|of|in|for|from|with|at|on|against|under)\s.*"


@cache
def _words(kind: str) -> tuple[str, ...]:
    """Words by which an English name shows whether it is that of many: of each kind, a line of `holders.txt`."""
    lines = (get_data("argmap.model", "holders.txt") or b"").decode().splitlines()
    return tuple(next(line for line in lines if line.startswith(f"{kind}:")).split()[1:])


def is_many(holder: str) -> bool:
    """Whether a name looks like that of many, in English: `the Arab governments`, `critics`, `Smith and Jones`.

    A name that does not say is one: `Gates`, `the military`.
    """
    words = re.sub(_TAIL, "", holder, flags=re.DOTALL).split()  # the House of Lords: one House
    if not words:
        return False
    last = words[-1].lower()
    if last in _words("many") or ("and" in words[1:-1] or "&" in words[1:-1]):
        return True
    if len(words) == 2 and words[0].lower() in _words("before-many") and last in _words("many-after-the"):
        return True
    if not last.endswith("s") or last.endswith(("ss", "us", "is", "'s", "’s")) or len(last) < 3:
        return False
    if last in _words("one") or " ".join(words[-2:]).lower() in _ONE_OF_TWO:
        return False
    name = len(words) == 1 or (words[-1][:1].isupper() and words[0].lower() not in _words("before-many"))
    return not name or last.endswith(_words("many-endings"))


def does(holder: str, attitude: Attitude) -> str:
    """`accepts`, or `accept` where the holder is many."""
    return attitude.value if is_many(holder) else f"{attitude.value}s"


def is_or_are(holder: str) -> str:
    return "am" if holder.lower() == "i" else "are" if is_many(holder) else "is"


def has_or_have(holder: str) -> str:
    return "have" if is_many(holder) else "has"
