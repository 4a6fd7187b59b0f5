"""A statement: something said, with all that is said about it."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
from typing import Any

from attrs import evolve, fields, frozen

from argmap.model.place import NOWHERE, Placed, unfrozen
from argmap.text import Source


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

    start: int
    end: int
    strong: bool = False


@frozen(kw_only=True)
class Quotation(Placed):
    """Words of a source that a statement rests on, and where in the source they are said to be."""

    words: str
    where: str | None = None


@frozen(weakref_slot=False)
class _Rest:
    """What few statements have; all others share the one that has none of it."""

    emphasis: tuple[Emphasis, ...] = ()
    qualifier: Qualifier | None = None
    implicit: bool = False
    open: bool = False
    tags: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    missing: bool = False


_NOTHING = _Rest()


class _Kept(Placed):
    """What is kept of a statement.

    A text that is read as it stands in its source is not copied: `_said` is then the source, and the text what is
    left of the statement's place after `_lead` characters.
    """

    __slots__ = ("_lead", "_rest", "_said", "id", "label", "role", "section")

    _said: str | Source
    _lead: int
    _rest: _Rest


@frozen(kw_only=True, init=False, slots=False)
class Statement(_Kept):  # type: ignore[override]  # attrs' own initialiser is never called
    """Something said.

    Attributes:
        id: Unique in its map: the label, or `%1`, `%2`, … in order of appearance where there is none.
        text: Plain text as a reader reads it: no markup, no escapes; paragraphs separated by a blank line.
        emphasis: Stressed ranges of `text`, in order, not overlapping.
        conditions, exceptions: Ids of statements that gate this one (`provided:`, `unless:` written under a
            statement that stands by itself).
        notes: Remarks (`> ` lines without quotation marks).
        data: The author's own attributes, `{key: value}`, in order; `url` makes its box a link.
        section: Index into `ArgumentMap.sections`, or None outside any.
        missing: True for a label that is used but written nowhere; such a map has errors.
    """

    # These say what a statement has, to a reader, to `attrs.evolve` and to whatever goes by an attrs class's fields.
    # Where it is kept is another matter (`_Kept`, `_Rest`): a slot for each was most of a large map's memory.
    __slots__ = ()

    id: str
    text: str
    label: str | None = None
    role: Role = Role.CLAIM
    emphasis: tuple[Emphasis, ...] = ()
    qualifier: Qualifier | None = None
    implicit: bool = False
    open: bool = False
    tags: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    quotations: tuple[Quotation, ...] = ()
    notes: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    section: int | None = None
    missing: bool = False

    def __init__(
        self,
        *,
        id: str,
        text: str,
        label: str | None = None,
        role: Role = Role.CLAIM,
        emphasis: tuple[Emphasis, ...] = (),
        qualifier: Qualifier | None = None,
        implicit: bool = False,
        open: bool = False,
        tags: tuple[str, ...] = (),
        data: tuple[tuple[str, str], ...] = (),
        quotations: tuple[Quotation, ...] = (),
        notes: tuple[str, ...] = (),
        conditions: tuple[str, ...] = (),
        exceptions: tuple[str, ...] = (),
        section: int | None = None,
        missing: bool = False,
        start: int = NOWHERE,
        end: int = NOWHERE,
    ) -> None:
        rest = _Rest(
            emphasis,
            qualifier,
            implicit,
            open,
            tags,
            data,
            quotations,
            notes,
            conditions,
            exceptions,
            missing,
        )
        kept = (0, rest if rest != _NOTHING else _NOTHING, text, id, label, role, section)
        for name, value in zip(_Kept.__slots__, kept, strict=True):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, ({field.name: getattr(self, field.name) for field in fields(Statement)},)

    @property
    def name(self) -> str:
        """How to speak of it in a sentence: `(label)`, or its first words in quotation marks."""
        if self.label is not None:
            return f"({self.label})"
        words = " ".join(self.text.split())
        return f"“{words}”" if len(words) <= 40 else f"“{words[:39].rsplit(' ', 1)[0]}…”"


def _text(statement: Statement) -> str:
    said = statement._said
    if said.__class__ is str:
        return said
    start = statement.start
    return said.text[start + statement._lead : start + statement._size]  # type: ignore[union-attr]


# After the decorator, which takes what stands in a class under a field's name for the field's default.
setattr(Statement, "text", property(_text))  # noqa: B010
for _field in fields(_Rest):
    setattr(Statement, _field.name, property(attrgetter(f"_rest.{_field.name}")))


def _again(values: dict[str, Any]) -> Statement:
    return Statement(**values)


_SLOTS = ("start", "_size", *_Kept.__slots__)
_Unfrozen = unfrozen(Statement)


def plain_statement(
    source: Source,
    id: str,
    label: str | None,
    role: Role,
    section: int | None,
    start: int,
    lead: int,
    size: int,
) -> Statement:
    """A statement whose text is the last `size - lead` of the `size` characters from `start` of its source."""
    statement = _Unfrozen.__new__(_Unfrozen)
    made: Any = statement  # to a type checker its attributes are read-only
    made.start = start
    made._size = size
    made._lead = lead
    made._said = source
    made._rest = _NOTHING
    made.id = id
    made.label = label
    made.role = role
    made.section = section
    made.__class__ = Statement  # the same slots: it is frozen from here on
    return statement


def with_rest(statement: Statement, **rest: Any) -> Statement:
    """The same statement with other `quotations`, `notes`, `conditions`, `exceptions`, …, its text not copied."""
    copy = _Unfrozen.__new__(_Unfrozen)
    made: Any = copy
    for name in _SLOTS:
        setattr(made, name, getattr(statement, name))
    made._rest = evolve(statement._rest, **rest)
    made.__class__ = Statement
    return copy
