"""Ids of statements without a label."""

from __future__ import annotations

from binascii import crc32


class UnlabelledIds:
    """Makes the ids of one map's unlabelled statements from their text: `%` and a checksum of it.

    Such an id survives an edit anywhere else in the file. No label can be one. Statements with the same text (or,
    rarely, the same checksum) are counted: `%5d41402a`, `%5d41402a-2`, …
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def id_of(self, text: str) -> str:
        """The id of the next unlabelled statement, which says `text`."""
        id = f"%{crc32(text.encode('utf-8', 'surrogatepass')):08x}"
        count = self._counts[id] = self._counts.get(id, 0) + 1
        return id if count == 1 else f"{id}-{count}"
