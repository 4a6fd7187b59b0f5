"""From a Document to an ArgumentMap: which label is which statement, and what bears on what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from attrs import Factory, define, evolve

from argmap.diagnostics import Diagnostic, Edit, Fix, Label
from argmap.model.argument_map import ArgumentMap, Fact, Section
from argmap.model.stance import Attitude, HeldStep, Stance
from argmap.model.statement import Emphasis, Qualifier, Quotation, Role, Statement, UnlabelledIds
from argmap.model.step import Contradiction, Ends, Step, StepKind
from argmap.syntax.document import BarText, ClaimText, Document, LabelUse, Line, QuotationText, StanceText
from argmap.syntax.messages import completed, fault, write
from argmap.text import Span
from argmap.text.words import nearest

_GROUND = {kind.name: kind for kind in (StepKind.REASON, StepKind.OBJECTION, StepKind.CONCESSION)}
_ROLE = {"COROLLARY": Role.DERIVED, "EXCEPTION": Role.EXCEPTION, "CONDITION": Role.CONDITION}
_GATES = ("CONDITION", "EXCEPTION")
# Looking for the nearest label takes time in proportion to the labels: not for every one of a great many.
_MOST_SUGGESTIONS = 50
_MOST_COMPARED = 10_000
_MOST_STANCES = 100_000
_MOST_STEPS = 3


def resolve(document: Document) -> ArgumentMap:
    """Resolve the names of a document. Never raises on its content.

    The map's `diagnostics` are the document's with those of names added, in order of place. A label that is used and
    written nowhere becomes a statement that is `missing`.
    """
    return _Resolver(document).run()


@define(eq=False, repr=False)
class _Beside:
    """What is written under a statement, wherever that is, other than steps; or under a step."""

    quotations: list[Quotation] = Factory(list)
    notes: list[str] = Factory(list)
    conditions: list[str] = Factory(list)
    exceptions: list[str] = Factory(list)


@define(eq=False, repr=False)
class _Step:
    """A step while it is gathered."""

    kind: StepKind
    ground: list[str]
    target: str
    span: Span
    rule: str | None = None
    gates: _Beside = Factory(_Beside)

    def made(self) -> Step:
        return Step(
            kind=self.kind,
            ground=tuple(self.ground),
            target=self.target,
            conditions=tuple(self.gates.conditions),
            exceptions=tuple(self.gates.exceptions),
            rule=self.rule,
            span=self.span,
        )


class _Resolver:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = document.source
        self.found: list[Diagnostic] = []
        self.statements: list[Statement] = []
        self.defined: dict[str, Line] = {}
        self.used: dict[str, Span] = {}
        self.beside: dict[str, _Beside] = {}
        self.steps: list[Step | _Step] = []
        self.contradictions: list[Contradiction] = []
        self.held_labels: dict[str, Span] = {}
        self.held: list[tuple[Line, str | None]] = []
        self.sections: list[Section] = []
        self.section: int | None = None
        self.unlabelled = UnlabelledIds()
        self.mentioned: list[tuple[tuple[LabelUse, ...], set[str]]] = []

    def run(self) -> ArgumentMap:
        document = self.document
        for part in document.parts:
            if isinstance(part, tuple):
                self._run(part)
            elif part.type == "HEADING":
                self._heading(part)
            else:
                self._stance(part, None)
                self._under(part, None, None)
        if self.beside:
            self.statements = [self._with_beside(statement) for statement in self.statements]
        self.statements += self._missing()
        self._mentioned()
        self._joined_names()
        stances = tuple(self._stances())
        found = [*document.diagnostics]
        if self.found:
            found += completed(self.found, document.text)
            found.sort(key=lambda diagnostic: diagnostic.labels[0].span.start)
        return ArgumentMap(
            statements=tuple(self.statements),
            steps=tuple([step.made() if isinstance(step, _Step) else step for step in self.steps]),
            contradictions=tuple(self.contradictions),
            stances=stances,
            sections=tuple(self.sections),
            facts=tuple(
                Fact(key=line.label or "", value=str(line.content), span=self._span(line)) for line in document.facts
            ),
            source=self.source,
            document=document,
            diagnostics=tuple(found),
        )

    def _span(self, line: Line) -> Span:
        return Span(line.start, line.start + line.size, self.source)

    # -- structure --

    def _run(self, run: tuple[Line, ...]) -> None:
        """An unbroken run of statements; each bar makes a step from those above it to the one below."""
        premises: list[str] = []
        bar: Line | None = None
        for line in run:
            if line.type == "BAR":
                bar = line
                continue
            if line.says_nothing:
                if bar is not None:
                    # It concludes to nothing, and makes no step; but what stands under the bar is read.
                    self._under(bar, None, _Step(StepKind.INFERENCE, premises, "", self._span(bar)))
                bar = None
                if premises:
                    self._under(line, premises[-1], None)
                continue
            span = self._span(line)
            is_named = bar is not None and isinstance(bar.content, BarText) and bar.content.premises
            role = Role.DERIVED if bar is not None and (premises or is_named) else Role.CLAIM
            id = self._claim(line, role, span)
            if bar is not None:
                ground, rule = self._bar(bar, premises, id)
                step = _Step(StepKind.INFERENCE, ground, id, self._span(bar), rule or None)
                if ground:  # none: what stood above the bar was refused, and said nothing
                    self.steps.append(step)
                self._under(bar, None, step)
                premises, bar = [], None
            premises.append(id)
            self._under(line, id, None)

    def _bar(self, bar: Line, run: list[str], conclusion: str) -> tuple[list[str], str]:
        """The premises of a bar, those that it names or else the run above it, and its rule."""
        said = bar.content
        if not isinstance(said, BarText):
            return run, str(said)
        for use in (*said.premises, *said.mentioned):
            if use.label == conclusion:
                self.found.append(fault("conclusion-as-premise", use.span, use.label))
                return run, said.rule
        self.mentioned.append((said.mentioned, set(run)))
        for use in said.premises:
            self.used.setdefault(use.label, use.span)
        return list(dict.fromkeys(use.label for use in said.premises)) or run, said.rule

    def _mentioned(self) -> None:
        """Warn of labels in a bar's words that are not exactly its premises."""
        for uses, run in self.mentioned:
            labels = {use.label for use in uses if use.label in self.defined}
            if labels and labels != run:
                self.found.append(fault("labels-in-bar", uses[0].span, uses[0].label))

    def _joined_names(self) -> None:
        """Note a name like `Ann and Ben` where one of the two is a holder elsewhere."""
        places: dict[str, Span] = {}
        for line, _ in self.held:
            said, span = line.content, self._span(line)
            assert isinstance(said, StanceText)
            places.update((name, span) for name in said.holders if name not in places)
        for name, span in places.items():
            parts = re.split(r" (?:and|&) ", name)
            other = next((places[part] for part in parts if part in places), None)
            if len(parts) > 1 and other is not None:
                at = self.document.text.find(name, span.start)
                fix = write(Span(at, at + len(name)), ", ".join(parts), is_safe=False) if at > 0 else None
                self.found.append(fault("one-name", span, name, fix=fix, also=(Label(other, "another stance"),)))

    def _under(self, line: Line, id: str | None, step: _Step | None) -> None:
        """Everything indented under a line, at any depth, in the order of the text.

        `id` is the statement of the line (a bar has none), `step` the step that the line makes.
        """
        if not line.children:
            return
        # One frame for each open line: its children still to come, the last first; its statement; its step; the step
        # or the conditions that a `&` would join.
        stack: list[list[Any]] = [[[*line.children[::-1]], id, step, None]]
        while stack:
            frame = stack[-1]
            children, above, gated, joinable = frame
            if not children:
                stack.pop()
                continue
            child: Line = children.pop()
            type = child.type
            if type == "STANCE":
                self._stance(child, above)
                if child.children:
                    stack.append([[*child.children[::-1]], None, None, None])
                continue
            if type == "QUOTATION":
                if above is not None:  # otherwise it is the evidence of a stance
                    self._quotation(child, above)
                continue
            if type == "STRAY":
                frame[3] = None  # what is joined to it is not joined to the reason above it
                if child.says_nothing:
                    if child.children and (above is not None or gated is not None):
                        # Under a bar there is no statement above, and a condition under this line is one of its step.
                        stack.append([[*child.children[::-1]], above, gated if above is None else None, None])
                    continue
            span = self._span(child)
            is_condition = type == "JOIN" and isinstance(joinable, _Beside)
            child_id = self._claim(child, _ROLE.get("CONDITION" if is_condition else type, Role.CLAIM), span)
            made: _Step | None = None
            kind = _GROUND.get(type)
            if kind is not None and above is not None:
                if (children and children[-1].type == "JOIN") or _has_gate(child):
                    made = _Step(kind, [child_id], above, span)
                    self.steps.append(made)
                    frame[3] = made
                else:  # nothing is joined to it and nothing gates it
                    self.steps.append(Step(kind=kind, ground=(child_id,), target=above, span=span))
                    frame[3] = None
            elif is_condition:
                joinable.conditions.append(child_id)
            elif type == "JOIN":
                made = joinable
                if made is not None:
                    made.ground.append(child_id)
            elif type == "COROLLARY" and above is not None:
                made = _Step(StepKind.COROLLARY, [above], child_id, span)
                self.steps.append(made)
            elif type == "EXCEPTION":
                self._gates(gated, above).exceptions.append(child_id)
            elif type == "CONDITION":
                frame[3] = self._gates(gated, above)
                frame[3].conditions.append(child_id)
            elif type == "CONTRADICTION" and above is not None:
                self.contradictions.append(Contradiction(left=above, right=child_id, span=span))
            if child.children:
                stack.append([[*child.children[::-1]], child_id, made, None])

    def _gates(self, step: _Step | None, id: str | None) -> _Beside:
        """What an `unless:` or a `provided:` speaks of: the step of the line above it, or else its statement."""
        if step is not None:
            return step.gates
        assert id is not None  # a bar always has its step
        return self._beside(id)

    def _beside(self, id: str) -> _Beside:
        return self.beside.setdefault(id, _Beside())

    def _with_beside(self, statement: Statement) -> Statement:
        beside = self.beside.get(statement.id)
        if beside is None:
            return statement
        return evolve(
            statement,
            quotations=tuple(beside.quotations),
            notes=tuple(beside.notes),
            conditions=tuple(beside.conditions),
            exceptions=tuple(beside.exceptions),
        )

    def _heading(self, line: Line) -> None:
        level = self.document.level(line)
        parent = self.section
        while parent is not None and self.sections[parent].level >= level:
            parent = self.sections[parent].parent
        self.sections.append(Section(title=str(line.content), level=level, parent=parent, span=self._span(line)))
        self.section = len(self.sections) - 1

    # -- what lines say --

    def _claim(self, line: Line, role: Role, span: Span) -> str:
        """The id of the statement that a line writes or refers to."""
        label, content = line.label, line.content
        if label is not None:
            if not line.text:
                if label not in self.used:
                    self.used[label] = self._label_span(line)
                return label
            first = self.defined.setdefault(label, line)
            if first is not line:
                self._duplicate(line, first, label)
                label = None
        if isinstance(content, str):
            statement = Statement(
                id=label or self.unlabelled.id_of(content),
                text=content,
                label=label,
                role=role,
                section=self.section,
                span=span,
            )
        else:
            assert isinstance(content, ClaimText)
            statement = self._statement(content, label, role, span)
        self.statements.append(statement)
        return statement.id

    def _statement(self, content: ClaimText, label: str | None, role: Role, span: Span) -> Statement:
        """A statement whose text has stress or attributes."""
        named: dict[str, dict[str, None]] = {"QUALIFIER": {}, "FLAG": {}, "TAG": {}, "PAIR": {}}
        for attribute in content.attributes:
            named[attribute.type][attribute.name] = None
        return Statement(
            id=label or self.unlabelled.id_of(content.text),
            text=content.text,
            label=label,
            role=role,
            emphasis=tuple(Emphasis(*stressed) for stressed in content.emphasis),
            qualifier=next((Qualifier(name) for name in named["QUALIFIER"]), None),
            implicit="implicit" in named["FLAG"],
            open="open" in named["FLAG"],
            unproved="unproved" in named["FLAG"],
            tags=tuple(named["TAG"]),
            data=tuple((a.name, a.value) for a in content.attributes if a.type == "PAIR"),
            section=self.section,
            span=span,
        )

    def _quotation(self, line: Line, id: str) -> None:
        said = line.content
        assert isinstance(said, QuotationText)
        if said.is_quoted:
            self._beside(id).quotations.append(self._quoted(line, said))
        else:
            self._beside(id).notes.append(said.words)

    def _quoted(self, line: Line, said: QuotationText) -> Quotation:
        return Quotation(words=said.words, where=said.where, span=self._span(line))

    def _stance(self, line: Line, above: str | None) -> None:
        said = line.content
        assert isinstance(said, StanceText)
        self.held.append((line, above))
        for holding in said.held:
            for use in holding.uses:
                self.held_labels.setdefault(use.label, use.span)

    def _stances(self) -> Iterator[Stance]:
        """Who holds what; a part of a stance that names what is not there says nothing."""
        # A line can say as much as the product of its holders and its labels.
        most = max(_MOST_STANCES, len(self.document.text))
        count = 0
        steps: set[Ends] | None = None
        for line, above in self.held:
            said = line.content
            assert isinstance(said, StanceText)
            values = {attribute.name: attribute.value for attribute in said.attributes}
            common: dict[str, Any] = {
                "date": values.get("date"),
                "by": values.get("by"),
                "hedge": next((Qualifier(a.name) for a in said.attributes if a.type == "QUALIFIER"), None),
                "quotations": tuple(
                    self._quoted(child, child.content)
                    for child in line.children or ()
                    if isinstance(child.content, QuotationText) and child.content.is_quoted
                ),
            }
            for holding in said.held:
                held: list[tuple[str | HeldStep, Span]] = [(use.label, use.span) for use in holding.labels]
                target = holding.target
                if any(use.label not in self.defined for use in holding.uses):
                    continue
                if target is not None:
                    held_step = HeldStep(ground=tuple(use.label for use in holding.labels), target=target.label)
                    place = Span(holding.labels[0].span.start, target.span.end, self.source)
                    if steps is None:
                        steps = {(frozenset(step.ground), step.target) for step in self.steps}
                    if held_step.ends not in steps:
                        self._no_step(held_step, place)
                        continue
                    held = [(held_step, place)]
                elif not held and above is not None:
                    held = [(above, self._span(line))]
                count += len(held) * len(said.holders)
                if count > most:
                    self.found.append(fault("too-large", self._span(line), f"{most:,}", "stances"))
                    return
                for object, place in held:
                    about: dict[str, Any] = {"step" if isinstance(object, HeldStep) else "statement": object}
                    for holder in said.holders:
                        yield Stance(holder=holder, attitude=Attitude(holding.verb), span=place, **about, **common)

    def _no_step(self, held: HeldStep, place: Span) -> None:
        """Report that a stance is on a step that is not there."""
        ground = " & ".join(f"({label})" for label in held.ground)
        others = [step.ground for step in self.steps if step.target == held.target][:_MOST_STEPS]
        named = ", ".join(f"`{', '.join(f'({id})' for id in other)} => ({held.target})`" for other in others)
        name = "other-step" if others else "no-step"
        self.found.append(fault(name, place, ground, held.target, named, *re.findall("`(.*?)`", named)[:1]))

    # -- names --

    def _label_span(self, line: Line) -> Span:
        span = self.document.label_span(line)
        assert span is not None
        return span

    def _duplicate(self, line: Line, first: Line, label: str) -> None:
        labels = (Label(self._label_span(line)), Label(self._label_span(first), "first given here"))
        free = next(other for n in count(2) if (other := f"{label}-{n}") not in self.defined)
        again = write(Span(labels[0].span.end, line.end), "", title=f"write `({label})` alone")
        fix = again if line.text == first.text else None
        self.found.append(fault("repeated-label", labels[0].span, label, free, fix=fix, also=labels[1:]))

    def _missing(self) -> list[Statement]:
        missing: list[Statement] = []
        used = {**self.held_labels, **self.used}
        unknown = [label for label in used if label not in self.defined]
        suggestions = min(_MOST_SUGGESTIONS, _MOST_COMPARED // (len(self.defined) + 1))
        for number, label in enumerate(unknown):
            span = used[label]
            near = nearest(label, self.defined) if number < suggestions else None
            if near:
                also = (Label(self._label_span(self.defined[near]), "the nearest label"),)
                uses = re.finditer(re.escape(f"({label})"), self.document.text)
                fix = Fix(f"write `({near})`", tuple(Edit(Span(*use.span()), f"({near})") for use in uses), safe=False)
                self.found.append(fault("misspelled-label", span, label, near, fix=fix, also=also))
            else:
                self.found.append(fault("unknown-label", span, label))
            if label in self.used:
                missing.append(Statement(id=label, text="", label=label, missing=True, span=span))
        return missing


def _has_gate(line: Line) -> bool:
    return line.children is not None and any(child.type in _GATES for child in line.children)
