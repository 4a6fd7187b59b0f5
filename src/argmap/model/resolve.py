"""From a Document to an ArgumentMap: who is under whom, which label is which statement."""

from __future__ import annotations

from typing import TypeVar

from attrs import Factory, define, evolve

from argmap.diagnostics import Diagnostic, Label, Severity, in_source
from argmap.model.argument_map import ArgumentMap, Fact, Section
from argmap.model.ids import UnlabelledIds
from argmap.model.stance import Attitude, Stance
from argmap.model.statement import (
    Emphasis,
    Qualifier,
    Quotation,
    Role,
    Statement,
)
from argmap.model.step import Contradiction, Step, StepKind
from argmap.syntax.document import Document, Line
from argmap.syntax.faults import attributes_of_reference
from argmap.syntax.header_faults import misspelled_fact, repeated_fact
from argmap.syntax.inline import has_markup, plain, read_inline, read_quotation
from argmap.syntax.stances import read_stance
from argmap.text import Span
from argmap.text.nearest import nearest

_T = TypeVar("_T")
_GROUND = {
    "REASON": StepKind.REASON,
    "OBJECTION": StepKind.OBJECTION,
    "CONCESSION": StepKind.CONCESSION,
}
_ROLE = {"COROLLARY": Role.DERIVED, "EXCEPTION": Role.EXCEPTION, "CONDITION": Role.CONDITION}
_GATES = ("CONDITION", "EXCEPTION")
_ATTITUDE = {attitude.value: attitude for attitude in Attitude}
_QUALIFIER = {qualifier.value: qualifier for qualifier in Qualifier}
_SINGLE_FACTS = ("title", "author", "date", "lang")


def resolve(document: Document, *, spend: bool = False) -> ArgumentMap:
    """Resolve the names of a document. Never raises on its content.

    The map's `diagnostics` are the document's with those of names and of what stands inside lines added, in order
    of place. A label used and written nowhere becomes a statement that is `missing`.

    Args:
        spend: Take the document to pieces on the way, for a caller who has no further use for it: a large one and
            its map together would take half as much memory again.
    """
    return _Resolver(document, spend).run()


def _says_nothing(line: Line) -> bool:
    """Whether this is a refused line with nothing in it that could be a statement."""
    return line.type == "STRAY" and not line.text and line.label is None


def _has_gate(line: Line) -> bool:
    return line.children is not None and any(child.type in _GATES for child in line.children)


@define(eq=False, repr=False)
class _Step:
    """A step while it is gathered."""

    kind: StepKind
    ground: list[str]
    target: str
    span: Span
    rule: str | None = None
    gates: _Beside | None = None

    def made(self) -> Step:
        gates = self.gates
        return Step(
            kind=self.kind,
            ground=tuple(self.ground),
            target=self.target,
            conditions=tuple(gates.conditions) if gates is not None else (),
            exceptions=tuple(gates.exceptions) if gates is not None else (),
            rule=self.rule,
            span=self.span,
        )


@define(eq=False, repr=False)
class _Beside:
    """What is written under a statement, wherever that is, other than steps; or under a step."""

    quotations: list[Quotation] = Factory(list)
    notes: list[str] = Factory(list)
    conditions: list[str] = Factory(list)
    exceptions: list[str] = Factory(list)


class _Resolver:
    def __init__(self, document: Document, spend: bool) -> None:
        self.spend = spend
        self.parts = self._taken(document.parts)
        self.header = document.facts
        self.faults = document.diagnostics
        self.source = document.source
        self.text = document.text
        self.found: list[Diagnostic] = []
        self.statements: list[Statement] = []
        self.defined: dict[str, Statement] = {}
        self.used: dict[str, Span] = {}
        self.beside: dict[str, _Beside] = {}
        self.steps: list[Step | _Step] = []
        self.contradictions: list[Contradiction] = []
        self.stances: list[Stance] = []
        self.sections: list[Section] = []
        self.section: int | None = None
        self.unlabelled = UnlabelledIds()

    def run(self) -> ArgumentMap:
        while self.parts:
            part = self.parts.pop()
            if isinstance(part, list):
                self._run(part)
            elif part.type == "HEADING":
                self._heading(part)
            elif part.type == "STANCE":
                self._stance(part, None)
        statements = self.statements
        for index, statement in enumerate(statements if self.beside else ()):
            if (beside := self.beside.get(statement.id)) is not None:
                statements[index] = evolve(
                    statement,
                    quotations=tuple(beside.quotations),
                    notes=tuple(beside.notes),
                    conditions=tuple(beside.conditions),
                    exceptions=tuple(beside.exceptions),
                )
        statements += self._missing()
        self.defined = {}
        facts = self._facts()
        found = [*self.faults, *self.found]
        found.sort(key=lambda diagnostic: diagnostic.labels[0].span.start)
        return ArgumentMap(
            statements=tuple(statements),
            steps=tuple([step.made() if isinstance(step, _Step) else step for step in self.steps]),
            contradictions=tuple(self.contradictions),
            stances=tuple(self.stances),
            sections=tuple(self.sections),
            facts=facts,
            source=self.source,
            diagnostics=in_source(found, self.source),
        )

    def _taken(self, lines: list[_T]) -> list[_T]:
        """Lines, the last first, to pop from; where the document is spent, it has them no longer."""
        taken = lines[::-1]
        if self.spend:
            lines.clear()
        return taken

    def _span(self, line: Line) -> Span:
        return Span(line.start, line.start + line.size, self.source)

    # -- structure --

    def _run(self, run: list[Line]) -> None:
        """An unbroken run of statements; each bar makes a step from those above it to the one below."""
        premises: list[str] = []
        bar: Line | None = None
        lines = self._taken(run)
        while lines:
            line = lines.pop()
            if line.type == "BAR":
                bar = line
                continue
            if _says_nothing(line):
                if (
                    bar is not None
                ):  # it concludes to nothing, and makes no step; what is said under it is said
                    self._under(bar, None, _Step(StepKind.INFERENCE, premises, "", self._span(bar)))
                bar = None
                if line.children and premises:
                    self._under(line, premises[-1], None)
                continue
            role = Role.DERIVED if bar is not None and premises else Role.CLAIM
            id = self._claim(line, role, self._span(line))
            if bar is not None:
                rule = plain(bar.text) or None
                step = _Step(StepKind.INFERENCE, premises, id, self._span(bar), rule)
                if premises:  # none: what stood above the bar was refused, and said nothing
                    self.steps.append(step)
                self._under(bar, None, step)
                premises, bar = [], None
            premises.append(id)
            self._under(line, id, None)

    def _under(self, line: Line, id: str | None, step: _Step | None) -> None:
        """Everything indented under a line, at any depth, in the order of the text.

        `id` is the statement of the line (a bar has none), `step` the step that the line makes.
        """
        if not line.children:
            return
        # One frame for each open line: its children still to come, its statement, its step, the last ground step.
        stack: list[tuple[list[Line], str | None, _Step | None]] = [(self._taken(line.children), id, step)]
        joinable: list[_Step | None] = [None]
        while stack:
            children, above, gated = stack[-1]
            if not children:
                stack.pop()
                joinable.pop()
                continue
            child = children.pop()
            type = child.type
            if type in ("QUOTATION", "STANCE"):
                if above is not None:
                    self._quotation(child, above) if type == "QUOTATION" else self._stance(child, above)
                continue
            if type == "STRAY":
                joinable[-1] = None  # what is joined to it cannot count together with the one above it
                if _says_nothing(child):
                    if child.children:
                        # Under a bar there is no statement above, and what gates anything gates its step.
                        stack.append((self._taken(child.children), above, gated if above is None else None))
                        joinable.append(None)
                    continue
            span = self._span(child)
            child_id = self._claim(child, _ROLE.get(type, Role.CLAIM), span)
            made: _Step | None = None
            kind = _GROUND.get(type)
            if kind is not None and above is not None:
                if (children and children[-1].type == "JOIN") or _has_gate(child):
                    made = _Step(kind, [child_id], above, span)
                    self.steps.append(made)
                    joinable[-1] = made
                else:  # nothing can be joined to it nor gate it
                    self.steps.append(Step(kind=kind, ground=(child_id,), target=above, span=span))
                    joinable[-1] = None
            elif type == "JOIN":
                made = joinable[-1]
                if made is not None:
                    made.ground.append(child_id)
            elif type == "COROLLARY" and above is not None:
                made = _Step(StepKind.COROLLARY, [above], child_id, span)
                self.steps.append(made)
            elif type == "EXCEPTION":
                self._gate(gated, above).exceptions.append(child_id)
            elif type == "CONDITION":
                self._gate(gated, above).conditions.append(child_id)
            elif type == "CONTRADICTION" and above is not None:
                self.contradictions.append(Contradiction(left=above, right=child_id, span=span))
            if child.children:
                stack.append((self._taken(child.children), child_id, made))
                joinable.append(None)

    def _gate(self, step: _Step | None, id: str | None) -> _Beside:
        """What an `unless:` or a `provided:` speaks of: the step of the line above it, or else its statement."""
        if step is not None:
            if step.gates is None:
                step.gates = _Beside()
            return step.gates
        assert id is not None  # a bar always has its step
        return self._beside(id)

    def _beside(self, id: str) -> _Beside:
        beside = self.beside.get(id)
        if beside is None:
            beside = self.beside[id] = _Beside()
        return beside

    def _claim(self, line: Line, role: Role, span: Span) -> str:
        """The id of the statement that a line writes or refers to."""
        label = line.label
        if label is not None:
            if self._refers(line):
                if label not in self.used:
                    at = self.text.index("(", line.start)
                    self.used[label] = Span(at, at + len(label) + 2, self.source)
                return label
            first = self.defined.get(label)
            if first is not None:
                self._duplicate(line, first)
                label = None
        if line.joined is None and not has_markup(self.text, line.text_start, line.end):
            text = line.text
            statement = Statement(
                id=label or self.unlabelled.id_of(text),
                text=text,
                label=label,
                role=role,
                section=self.section,
                span=span,
            )
        else:
            statement = self._statement(line, label, role, span)
        self.statements.append(statement)
        if label is not None:
            self.defined[label] = statement
        return statement.id

    def _refers(self, line: Line) -> bool:
        """Whether a line with a label says nothing else."""
        if line.lead == line.size:
            return not line.joined
        if self.text[line.start + line.lead] == "{":
            text = line.text
            if text.find("}") == len(text) - 1:
                self.found.append(attributes_of_reference(line))
                return True
        return False

    def _heading(self, line: Line) -> None:
        text = self.text
        level = 0
        while text[line.start + level : line.start + level + 1] == "#":
            level += 1
        parent = self.section
        while parent is not None and self.sections[parent].level >= level:
            parent = self.sections[parent].parent
        self.sections.append(
            Section(title=plain(line.text), level=level, parent=parent, span=self._span(line))
        )
        self.section = len(self.sections) - 1

    # -- what lines say --

    def _statement(self, line: Line, label: str | None, role: Role, span: Span) -> Statement:
        inline = read_inline(line, self.text, self.found)
        return Statement(
            id=label or self.unlabelled.id_of(inline.text),
            text=inline.text,
            label=label,
            role=role,
            emphasis=tuple(Emphasis(*stressed) for stressed in inline.emphasis),
            qualifier=_QUALIFIER[inline.qualifier] if inline.qualifier else None,
            implicit="implicit" in inline.flags,
            open="open" in inline.flags,
            tags=inline.tags,
            data=inline.data,
            section=self.section,
            span=span,
        )

    def _quotation(self, line: Line, id: str) -> None:
        read = read_quotation(line, self.found)
        beside = self._beside(id)
        if read.quoted:
            beside.quotations.append(Quotation(words=read.text, where=read.where, span=self._span(line)))
        else:
            beside.notes.append(read.text)

    def _stance(self, line: Line, above: str | None) -> None:
        read = read_stance(line, self.text, under_statement=above is not None, found=self.found)
        for held in read.held:
            attitude = _ATTITUDE[held.verb]
            places = [(label, Span(start, end, self.source)) for label, start, end in held.labels]
            for label, span in places:
                self.used.setdefault(label, span)
            if not places and above is not None:
                places = [(above, self._span(line))]
            self.stances += [
                Stance(holder=holder, attitude=attitude, statement=id, span=span)
                for id, span in places
                for holder in read.holders
            ]

    def _facts(self) -> tuple[Fact, ...]:
        facts: list[Fact] = []
        first: dict[str, Line] = {}
        for line in self.header:
            key = line.label or ""
            doubt = misspelled_fact(line)
            if doubt is not None:
                self.found.append(doubt)
            if key in first and key in _SINGLE_FACTS:
                self.found.append(repeated_fact(line, first[key]))
            first.setdefault(key, line)
            value = " ".join(line.text.split("\n"))
            facts.append(Fact(key=key, value=value, span=self._span(line)))
        return tuple(facts)

    # -- names --

    def _duplicate(self, line: Line, first: Statement) -> None:
        label = line.label
        at = self.text.index("(", line.start)
        assert first.span is not None
        first_at = self.text.index("(", first.span.start)
        length = len(label or "") + 2
        self.found.append(
            Diagnostic(
                "AM102",
                Severity.ERROR,
                f"the label ({label}) is given to two statements",
                (Label(Span(at, at + length)), Label(Span(first_at, first_at + length), "given here first")),
                "give one of them another label; to speak of the first again, write the label alone",
            )
        )

    def _missing(self) -> list[Statement]:
        missing: list[Statement] = []
        unknown = [label for label in self.used if label not in self.defined]
        for count, label in enumerate(unknown):
            span = self.used[label]
            # Looking for the nearest takes time in proportion to the labels: not for every one of a great many.
            near = nearest(label, self.defined) if count < 50 else None
            self.found.append(
                Diagnostic(
                    "AM101",
                    Severity.ERROR,
                    f"no statement has the label ({label})",
                    (Label(span),),
                    f"did you mean ({near})?"
                    if near
                    else "write the statement after its label, here or anywhere",
                )
            )
            missing.append(Statement(id=label, text="", label=label, missing=True, span=span))
        return missing
