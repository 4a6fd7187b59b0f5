"""Who holds what."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from argmap.model.place import Placed


class Attitude(Enum):
    """What somebody makes of a statement."""

    ACCEPT = "accept"
    DOUBT = "doubt"
    REJECT = "reject"


@frozen(kw_only=True)
class Stance(Placed):
    """One holder's attitude to one statement (by id)."""

    holder: str
    attitude: Attitude
    statement: str
