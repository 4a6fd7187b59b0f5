"""The map: everything an argument says, with names resolved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.errors import UnknownStatementError
from argmap.model.stance import Stance
from argmap.model.statement import Statement
from argmap.model.step import Contradiction, Step
from argmap.text import Source, Span
from argmap.text.nearest import nearest

if TYPE_CHECKING:
    import graphviz


@frozen(kw_only=True)
class Fact:
    """A `key: value` line of the header."""

    key: str
    value: str
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class Section:
    """A heading; `parent` is the index in `ArgumentMap.sections` of the section it lies in; `level` from 1."""

    title: str
    level: int = 1
    parent: int | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class ArgumentMap:
    """A whole argument, in the author's order.

    A map built in Python is the equal of one read from a file: spans, `source` and `diagnostics` are not
    compared.

    Attributes:
        facts: The header's lines; a key may come more than once (`source`).
        diagnostics: What reading the document found; empty for a map built in Python.
    """

    statements: tuple[Statement, ...] = ()
    steps: tuple[Step, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    stances: tuple[Stance, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[Fact, ...] = ()
    source: Source | None = field(default=None, eq=False, repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), eq=False, repr=False)

    @property
    def ok(self) -> bool:
        """Whether reading the document found no error."""
        return not any(d.severity is Severity.ERROR for d in self.diagnostics)

    def fact(self, key: str) -> str | None:
        """The first value of a header key, or None."""
        return next((fact.value for fact in self.facts if fact.key == key), None)

    @property
    def title(self) -> str | None:
        return self.fact("title")

    @property
    def author(self) -> str | None:
        return self.fact("author")

    @property
    def date(self) -> str | None:
        return self.fact("date")

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """The statements by id."""
        return {statement.id: statement for statement in self.statements}

    def __getitem__(self, id: str) -> Statement:
        """The statement with this id (its label, where it has one).

        Raises:
            UnknownStatementError: there is none; the text offers the nearest label.
        """
        try:
            return self.by_id[id]
        except KeyError:
            near = nearest(id, self.by_id)
            hint = f"; did you mean ({near})?" if near else ""
            raise UnknownStatementError(f"the map has no statement ({id}){hint}") from None

    @cached_property
    def steps_to(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps to each statement that has any, by target id, in order."""
        steps: dict[str, list[Step]] = {}
        for step in self.steps:
            steps.setdefault(step.target, []).append(step)
        return {id: tuple(found) for id, found in steps.items()}

    @cached_property
    def steps_from(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps in whose ground each statement stands, by statement id, in order."""
        steps: dict[str, list[Step]] = {}
        for step in self.steps:
            for id in dict.fromkeys(step.ground):
                steps.setdefault(id, []).append(step)
        return {id: tuple(found) for id, found in steps.items()}

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Everybody who holds something, in order of first appearance."""
        return tuple(dict.fromkeys(stance.holder for stance in self.stances))

    def to_graphviz(self, **options: Any) -> graphviz.Digraph:
        """The picture as a `graphviz.Digraph`, to be changed in Graphviz' own language.

        Takes the options of `argmap.render`. Needs the `graphviz` package, not a layout engine.
        """
        # A deliberate step up from the model's floor, for a convenience that belongs on the object itself.
        from argmap.rendering import to_digraph

        return to_digraph(self, **options)
