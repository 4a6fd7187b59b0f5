"""Where in the source a model object was written.

Never part of equality, so that a map built in Python equals the same map read from a file.
"""

from __future__ import annotations

from typing import TypeVar

from attrs import field, frozen

from argmap.text import Span

NOWHERE = -1
_P = TypeVar("_P", bound="Placed")


class _Kept:
    """What is kept of a place. A size instead of an end: Python has the small numbers already made, and a large map
    has hundreds of thousands of places."""

    __slots__ = ("_size", "start")

    start: int
    _size: int


@frozen(kw_only=True, init=False, slots=False)
class Placed(_Kept):
    """Base of everything that may have been written somewhere: from `start` to `end`, in code points."""

    __slots__ = ()

    start: int = field(default=NOWHERE, eq=False, repr=False)
    end: int = field(default=NOWHERE, eq=False, repr=False)

    @property
    def span(self) -> Span | None:
        """The place in the source, or None for an object built in Python."""
        return None if self.start < 0 else Span(self.start, self.end)


def _end(placed: Placed) -> int:
    return placed.start + placed._size


def _set_end(placed: Placed, end: int) -> None:
    object.__setattr__(placed, "_size", end - placed.start)  # a subclass's __init__ sets `start` first


# After the decorator, which has taken the field of that name for its own.
setattr(Placed, "end", property(_end, _set_end))  # noqa: B010


def unfrozen(cls: type[_P]) -> type[_P]:
    """A class like a frozen one, whose objects can be filled, and are frozen by being given that class.

    The two have the same slots, which is what Python asks. To set an attribute of a frozen object takes five times as
    long, and a large map has hundreds of thousands of them.
    """
    # Both, or Python calls one through the other: they share a slot.
    setters = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"_Unfrozen{cls.__name__}", (cls,), {"__slots__": (), **setters})
