"""Data in braces: the author's own, and what argmap keeps there because Argdown has no words for it.

Everything of ours lies under the one key `argmap`, so that a map written as Argdown comes back as it was:
`{argmap: {role: derived, open: yes}}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import field, frozen

from argmap.formats.argdown import values
from argmap.formats.argdown.values import Value, ValuesError
from argmap.text import Span

KEY = "argmap"


@frozen
class Extras:
    """What braces held: the author's pairs, values as text; and ours."""

    data: tuple[tuple[str, str], ...] = ()
    own: dict[str, Value] = field(factory=dict)

    def word(self, key: str) -> str | None:
        """One of ours that is a word."""
        value = self.own.get(key)
        return value if isinstance(value, str) else None

    def words(self, key: str) -> list[str]:
        """One of ours that is a list of words; whatever else is in it is passed over."""
        value = self.own.get(key)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def extras_of(data: Iterable[tuple[str, Span]], broken: Callable[[str, Span], None]) -> Extras:
    """The extras in one or more pairs of braces, later ones going before earlier ones.

    Args:
        data: The YAML of each, with its place.
        broken: Told of YAML that cannot be read.
    """
    pairs: dict[str, str] = {}
    own: dict[str, Value] = {}
    for text, place in data:
        try:
            found = values.braces(text)
        except ValuesError as error:
            broken(f"this YAML cannot be read: {error}", place)
            continue
        for key, value in found.items():
            if key == KEY and isinstance(value, dict):
                own.update(value)
            elif isinstance(value, str):
                pairs[key] = " ".join(value.split())
            else:
                pairs[key] = values.written(value)
    return Extras(tuple(pairs.items()), own)
