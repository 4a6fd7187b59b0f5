"""The map: everything an argument says, with names resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from attrs import field, frozen

from argmap.diagnostics import Diagnostic, Severity
from argmap.errors import ArgmapError, InvalidValueError, UnknownStatementError
from argmap.model.stance import Stance
from argmap.model.statement import Statement
from argmap.model.step import Contradiction, Ends, Step
from argmap.syntax.document import Document
from argmap.text import Source, Span
from argmap.text.words import by_key, suggestion
from argmap.validators import a, at_least, filled, several

if TYPE_CHECKING:
    import graphviz

    from argmap.drawing.options import OptionValues


_REFERENCES = {
    "statements": ("conditions", "exceptions"),
    "steps": ("ground", "target", "conditions", "exceptions"),
    "contradictions": ("left", "right"),
}


@frozen(kw_only=True)
class Fact:
    """A `key: value` line of the header."""

    key: str = field(validator=filled())
    value: str = field(validator=a(str))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))


@frozen(kw_only=True)
class Section:
    """A heading; `parent` is the index in `ArgumentMap.sections` of the section it lies in; `level` from 1."""

    title: str = field(validator=a(str))
    level: int = field(default=1, validator=at_least(1))
    parent: int | None = field(default=None, validator=at_least(0, optional=True))
    span: Span | None = field(default=None, eq=False, repr=False, validator=a(Span, optional=True))


@frozen(kw_only=True, repr=False)
class ArgumentMap:
    """A whole argument, in the author's order.

    A map built in Python is the equal of one read from a file: spans, `source`, `document` and
    `diagnostics` are not compared.

    Attributes:
        facts: The header's lines; a key may come more than once (`source`).
        document: The lines that the map was read from, with every reference, mark and comment; None for a map built
            in Python.
        diagnostics: What reading the document found; empty for a map built in Python.

    Raises:
        InvalidValueError: an id comes twice, or a reference leads to no statement or section.
    """

    statements: tuple[Statement, ...] = field(default=(), validator=several(Statement))
    steps: tuple[Step, ...] = field(default=(), validator=several(Step))
    contradictions: tuple[Contradiction, ...] = field(default=(), validator=several(Contradiction))
    stances: tuple[Stance, ...] = field(default=(), validator=several(Stance))
    sections: tuple[Section, ...] = field(default=(), validator=several(Section))
    facts: tuple[Fact, ...] = field(default=(), validator=several(Fact))
    source: Source | None = field(default=None, eq=False, repr=False, validator=a(Source, optional=True))
    document: Document | None = field(default=None, eq=False, repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), eq=False, repr=False, validator=several(Diagnostic))

    def __attrs_post_init__(self) -> None:
        for path, problem in self._faults():
            raise InvalidValueError(problem, path)

    def _faults(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """References that lead nowhere, ids used twice, places outside what they are in: where, and what is wrong."""
        known: set[str] = set()
        for place, statement in enumerate(self.statements):
            id, label, section = statement.id, statement.label, statement.section
            if id in known:
                yield ("statements", place, "id"), f"“{id}” is the id of an earlier statement"
            known.add(id)
            if label is not None and label != id:
                yield ("statements", place, "label"), f"must be the same as the id, “{id}”"
            if section is not None and section >= len(self.sections):
                yield ("statements", place, "section"), f"there is no section {section}"
        for place, part in enumerate(self.sections):
            if part.parent is not None and part.parent >= place:
                yield ("sections", place, "parent"), f"there is no earlier section {part.parent}"
        for kind, names in _REFERENCES.items():
            for place, thing in enumerate(getattr(self, kind)):
                for name in names:
                    ids = getattr(thing, name)
                    for id in (ids,) if isinstance(ids, str) else ids:
                        if id not in known:
                            yield (kind, place, name), f"there is no statement “{id}”"
        for place, stance in enumerate(self.stances):
            for id in stance.ids:
                if id not in known:
                    yield (("stances", place, "step" if stance.step else "statement"), f"there is no statement “{id}”")
            if stance.step is not None and stance.object not in self.steps_between:
                yield ("stances", place, "step"), "there is no step between these statements"

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
        if id not in self.by_id:
            raise UnknownStatementError(f"the map has no statement ({id}){suggestion(id, self.by_id, '({})')}")
        return self.by_id[id]

    @property
    def gated(self) -> tuple[Step | Statement, ...]:
        """Whatever may have conditions and exceptions: the steps, then the statements."""
        return self.steps + self.statements

    def sections_around(self, section: int | None) -> list[int]:
        """A section (an index) and those that it lies in, from the innermost; none for None."""
        found = []
        while section is not None:
            found.append(section)
            section = self.sections[section].parent
        return found

    @cached_property
    def steps_to(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps to each statement that has any, by target id, in order."""
        steps = by_key((step.target, step) for step in self.steps)
        return {id: tuple(found) for id, found in steps.items()}

    @cached_property
    def steps_from(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps in whose ground each statement stands, by statement id, in order."""
        steps = by_key((id, step) for step in self.steps for id in dict.fromkeys(step.ground))
        return {id: tuple(found) for id, found in steps.items()}

    @cached_property
    def steps_between(self) -> Mapping[Ends, tuple[Step, ...]]:
        """The steps of each ground and target, of any kind, in order."""
        steps = by_key((step.ends, step) for step in self.steps)
        return {ends: tuple(found) for ends, found in steps.items()}

    @cached_property
    def rivals(self) -> Mapping[str, Sequence[str]]:
        """What each statement that has any contradictions contradicts, by id, in order."""
        both = ((pair.left, pair.right) for pair in self.contradictions)
        return by_key(way for one, other in both for way in ((one, other), (other, one)))

    @cached_property
    def holders(self) -> tuple[str, ...]:
        """Everybody who holds something, in order of first appearance."""
        return tuple(dict.fromkeys(stance.holder for stance in self.stances))

    def __repr__(self) -> str:
        title = f' "{self.title}"' if self.title else ""
        counts = [(len(self.statements), "statement"), (len(self.steps), "step")]
        if not self.ok:
            counts.append((sum(d.severity is Severity.ERROR for d in self.diagnostics), "error"))
        parts = ", ".join(f"{count} {word}{'s' if count != 1 else ''}" for count, word in counts)
        return f"<ArgumentMap{title}: {parts}>"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        """What a notebook shows: the picture, where the map can be drawn."""
        shown = {"text/plain": repr(self)}
        from argmap.rendering import render

        with suppress(ArgmapError):
            shown["image/svg+xml"] = render(self, "svg").decode()
        return shown

    def to_graphviz(self, **options: Unpack[OptionValues]) -> graphviz.Digraph:
        """The picture as a `graphviz.Digraph`, to be changed in Graphviz' own language.

        Takes the options of `argmap.render`. Needs the `graphviz` package, not a layout engine.
        """
        # A deliberate step up from the model's floor, for a convenience that belongs on the object itself.
        from argmap.rendering import to_digraph

        return to_digraph(self, **options)
