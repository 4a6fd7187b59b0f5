"""Who holds what."""

from __future__ import annotations

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
