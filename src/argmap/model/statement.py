"""A statement: something said, with all that is said about it; and the ids of those without a label."""

from __future__ import annotations

from binascii import crc32
from enum import Enum
from typing import Any

from attrs import field, frozen

from argmap.errors import InvalidValueError
from argmap.text import Span
from argmap.validators import a, at_least, filled, pairs_of_strings, several, wrong


class Role(Enum):
    """How a statement's text is introduced where it is written; decides what holds when no step leads to it."""

    CLAIM = "claim"
    """Said outright (by itself, as a reason or objection, above a bar): taken as said."""
    DERIVED = "derived"
    """Written under `=>` or below a bar: claimed only through a step."""
    CONDITION = "condition"
    """Written under `provided:`: presumed, and whatever leans on it says so."""
    EXCEPTION = "exception"
    """Written under `unless:`: presumed not to hold."""


class Qualifier(Enum):
    """How strongly a statement is put forward (Toulmin's modal qualifier)."""

    CERTAINLY = "certainly"
    PROBABLY = "probably"
    PRESUMABLY = "presumably"
    POSSIBLY = "possibly"


@frozen
class Emphasis:
    """A stressed range of a statement's plain text (`*one*`, or `**two**` when strong); offsets into that text."""

    start: int = field(validator=at_least(0))
    end: int = field(validator=at_least(0))
    strong: bool = field(default=False, validator=a(bool))


def _inside_text(statement: Statement, attribute: Any, value: tuple[Emphasis, ...]) -> None:
    last = 0
    for each in value:
        if not last <= each.start < each.end <= len(statement.text):
            problem = f"{each.start} to {each.end} is outside the text, or not after the one before"
            raise wrong(statement, attribute, problem, InvalidValueError)
        last = each.end


@frozen(kw_only=True)
class Quotation:
    """Words of a source that a statement rests on, and where in the source they are said to be."""

    words: str = field(validator=a(str))
    where: str | None = field(default=None, validator=a(str, optional=True))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))


@frozen(kw_only=True, weakref_slot=False, repr=False)
class Statement:
    """Something said.

    Attributes:
        id: Unique in its map: the label, or where there is none, `%` and a digest of the text.
        text: Plain text as a reader reads it: no markup, no escapes; paragraphs separated by a blank line.
        emphasis: Stressed ranges of `text`, in order, not overlapping.
        conditions, exceptions: Ids of statements that gate this one (`provided:`, `unless:` written under a
            statement that stands by itself).
        unproved: Claimed only through the steps to it, like a statement below a bar.
        notes: Remarks (`> ` lines without quotation marks).
        data: The author's own attributes, `{key: value}`, in order; `url` makes its box a link.
        section: Index into `ArgumentMap.sections`, or None outside any.
        missing: True for a label that is used but written nowhere; such a map has errors.
        span: Where it is written, or None.
    """

    id: str = field(validator=filled())
    text: str = field(validator=a(str))
    label: str | None = field(default=None, validator=filled(optional=True))
    role: Role = field(default=Role.CLAIM, validator=a(Role))
    emphasis: tuple[Emphasis, ...] = field(default=(), validator=[several(Emphasis), _inside_text])
    qualifier: Qualifier | None = field(default=None, validator=a(Qualifier, optional=True))
    implicit: bool = field(default=False, validator=a(bool))
    open: bool = field(default=False, validator=a(bool))
    unproved: bool = field(default=False, validator=a(bool))
    tags: tuple[str, ...] = field(default=(), validator=several(str))
    data: tuple[tuple[str, str], ...] = field(default=(), validator=pairs_of_strings)
    quotations: tuple[Quotation, ...] = field(default=(), validator=several(Quotation))
    notes: tuple[str, ...] = field(default=(), validator=several(str))
    conditions: tuple[str, ...] = field(default=(), validator=several(str))
    exceptions: tuple[str, ...] = field(default=(), validator=several(str))
    section: int | None = field(default=None, validator=at_least(0, optional=True))
    missing: bool = field(default=False, validator=a(bool))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))

    def __repr__(self) -> str:
        words = " ".join(self.text.split())
        return f"<Statement ({self.id}) {words if len(words) <= 60 else words[:59] + '…'}>"

    @property
    def name(self) -> str:
        """How to speak of it in a sentence: `(label)`, or its first words in quotation marks."""
        if self.label is not None:
            return f"({self.label})"
        words = " ".join(self.text.split())
        return f"“{words}”" if len(words) <= 40 else f"“{words[:39].rsplit(' ', 1)[0]}…”"


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
