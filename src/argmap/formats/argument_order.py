"""A map as numbered arguments: premises before conclusions, each line with where it comes from.

An argument is what hangs together by reasons, corollaries, bars, conditions and exceptions. Objections and
granted points are arguments of their own, after the one they speak against.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import define, field, frozen

from argmap.formats.page import by_rule, capitalised, held_alike, renumbered, verb_ending, with_numbers
from argmap.model import ArgumentMap, Role, Statement, Step, StepKind
from argmap.text.words import listed


@frozen
class Entry:
    """One numbered line."""

    number: int
    statement: Statement
    justification: str


@frozen
class PrintedArgument:
    """Numbered lines that belong together.

    Attributes:
        section: Its index in the map's sections; -1 before the first heading.
        heading: What it is: "Argument for (3)", "Objection to (3)"; empty for statements that stand alone.
        entries: May be empty, when everything in it was numbered before.
        closing: What an objection or granted point comes to, and from what; two empty texts for an argument.
    """

    heading: str
    section: int
    entries: tuple[Entry, ...]
    closing: tuple[str, str] = ("", "")


@frozen
class StandardForm:
    """All the arguments of a map, in order, and the remarks that go under them."""

    arguments: tuple[PrintedArgument, ...]
    remarks: tuple[str, ...]
    sources: tuple[tuple[int, Statement], ...]
    """Statements with quotations or notes, with their numbers."""


def arrange(map: ArgumentMap) -> StandardForm:
    """The standard form of a map. Linear in its size; recurses nowhere."""
    return _Arrange(map).run()


@define(slots=False)
class _Arrange:
    map: ArgumentMap
    group: dict[str, int] = field(factory=dict)
    members: list[list[str]] = field(factory=list)
    numbers: dict[str, int] = field(factory=dict)
    supported: dict[str, list[Step]] = field(factory=dict)
    against: dict[str, list[Step]] = field(factory=dict)
    used: set[str] = field(factory=set)

    def run(self) -> StandardForm:
        for each in self.map.steps:
            (self.supported if each.kind.supports else self.against).setdefault(each.target, []).append(each)
            self.used.update(each.ground)
        self._group()
        opposing = {id for steps in self.against.values() for step in steps for id in step.ground}
        main = [place for place, ids in enumerate(self.members) if not any(id in opposing for id in ids)]
        main.sort(key=lambda place: self._section(place))
        order: list[tuple[int, int, Step | None]] = []
        done: set[int] = set()
        # The main arguments, each followed by what speaks against it; then what only goes round in circles.
        for start in (*main, *range(len(self.members))):
            stack: list[tuple[int, Step | None]] = [(start, None)] if start not in done else []
            while stack:
                place, step = stack.pop()
                order.append((start, place, step))
                if place in done:
                    continue
                done.add(place)
                self._number(place)
                stack += [
                    (self.group[each.ground[0]], each)
                    for id in sorted(self.members[place], key=self.numbers.__getitem__, reverse=True)
                    for each in reversed(self.against.get(id, ()))
                ]
        shown: set[int] = set()
        arguments: list[PrintedArgument] = []
        for start, place, step in order:
            arguments.append(self._argument(place, step, self._section(start), first=place not in shown))
            shown.add(place)
        return StandardForm(
            tuple(self._together(arguments)),
            tuple(self._remarks()),
            tuple(
                (self.numbers[s.id], with_numbers(s, self.by_label))
                for s in sorted(self.map.statements, key=lambda s: self.numbers[s.id])
                if s.quotations or s.notes
            ),
        )

    @cached_property
    def by_label(self) -> dict[str, int]:
        """The numbers by label, once every statement has one."""
        return {s.label: self.numbers[s.id] for s in self.map.statements if s.label is not None}

    def _section(self, place: int) -> int:
        section = self.map.by_id[self.members[place][0]].section
        return -1 if section is None else section

    def _group(self) -> None:
        """Put together what hangs together."""
        near: dict[str, list[str]] = {statement.id: [] for statement in self.map.statements}

        def tie(one: str, other: str) -> None:
            if self.map.by_id[one].section == self.map.by_id[other].section:
                near[one].append(other)
                near[other].append(one)

        for step in self.map.steps:
            first = step.ground[0]
            with_it = step.target if step.kind is StepKind.COROLLARY else first
            for id in (*step.ground[1:], *step.conditions, *step.exceptions):
                tie(with_it, id)
            outright = self.map.by_id[first].role is not Role.DERIVED
            if step.kind.supports and not (step.kind is StepKind.COROLLARY and outright):
                tie(first, step.target)
        for statement in self.map.statements:
            for id in (*statement.conditions, *statement.exceptions):
                tie(statement.id, id)
        for statement in self.map.statements:
            if statement.id in self.group:
                continue
            place = len(self.members)
            self.members.append([])
            self.group[statement.id] = place
            pending = [statement.id]
            while pending:
                at = pending.pop()
                self.members[place].append(at)
                for id in near[at]:
                    if id not in self.group:
                        self.group[id] = place
                        pending.append(id)
        order = {statement.id: n for n, statement in enumerate(self.map.statements)}
        for ids in self.members:
            ids.sort(key=order.__getitem__)

    def _before(self, id: str) -> list[str]:
        """What has to be read before a statement."""
        found: list[str] = []
        for step in self.supported.get(id, ()):
            found += [*step.ground, *step.conditions, *step.exceptions]
        statement = self.map.by_id[id]
        here = self.group[id]
        return [each for each in (*found, *statement.conditions, *statement.exceptions) if self.group[each] == here]

    def _finals(self, ids: Sequence[str]) -> list[str]:
        """Those of a group's statements that lead to no other."""
        leads_on = {before for id in ids for before in self._before(id)}
        return [id for id in ids if id not in leads_on]

    def _number(self, place: int) -> None:
        """Number a group's statements, premises before conclusions."""
        ids = self.members[place]
        for final in (*self._finals(ids), *ids):
            stack = [(final, False)]
            entered: set[str] = set()
            while stack:
                id, ready = stack.pop()
                if id in self.numbers:
                    continue
                if ready:
                    self.numbers[id] = len(self.numbers) + 1
                elif id not in entered:
                    entered.add(id)
                    stack.append((id, True))
                    stack += [(before, False) for before in reversed(self._before(id))]

    def _argument(self, place: int, step: Step | None, section: int, first: bool) -> PrintedArgument:
        ids = sorted(self.members[place], key=self.numbers.__getitem__)
        entries = tuple(
            Entry(self.numbers[id], with_numbers(self.map.by_id[id], self.by_label), self._justify(self.map.by_id[id]))
            for id in ids
        )
        if step is None:
            finals = self._finals(ids) or ids[-1:]
            steps = [step for id in ids for step in self.supported.get(id, ())]
            heading = f"Argument for {self._refer(finals)}" if len(ids) > 1 or steps else ""
            if all(step.kind is StepKind.COROLLARY for step in steps) and steps:
                grounds = dict.fromkeys(id for step in steps for id in step.ground if self.group[id] != place)
                heading = f"What follows from {self._refer(list(grounds))}" if grounds else heading
            return PrintedArgument(heading, section, entries)
        number = self.numbers[step.target]
        ground = f"from {self._list(step.ground)}{self._gates(step)}"
        if step.kind is StepKind.CONCESSION:
            heading = f"Granted against ({number})"
            closing = (f"This speaks against ({number}), but is outweighed.", ground)
        else:
            heading = f"Objection to ({number})"
            answers = [
                answer.ground
                for id in step.ground
                for answer in self.against.get(id, ())
                if answer.kind is StepKind.OBJECTION
            ]
            answer = f"; answered by {listed([self._list(each) for each in answers])}" if answers else ""
            closing = (f"({number}) does not stand.", ground + answer)
        return PrintedArgument(heading, section, entries if first else (), closing)

    def _together(self, arguments: list[PrintedArgument]) -> list[PrintedArgument]:
        """Statements that stand alone, one after another, are one list."""
        out: list[PrintedArgument] = []
        for argument in arguments:
            last = out[-1] if out else None
            if last is not None and not argument.heading and not last.heading and last.section == argument.section:
                out[-1] = PrintedArgument("", last.section, (*last.entries, *argument.entries))
            else:
                out.append(argument)
        return out

    # Words.

    def _list(self, ids: tuple[str, ...]) -> str:
        return ", ".join(str(self.numbers[id]) for id in ids)

    def _refer(self, ids: Sequence[str]) -> str:
        return listed([f"({self.numbers[id]})" for id in ids])

    def _gates(self, step: Step) -> str:
        given = f", given {self._bare(step.conditions)}" if step.conditions else ""
        return given + (f", unless {self._bare(step.exceptions, 'or')}" if step.exceptions else "")

    def _bare(self, ids: Sequence[str], word: str = "and") -> str:
        return listed([str(self.numbers[id]) for id in ids], word)

    def _justify(self, statement: Statement) -> str:
        parts: list[str] = []
        for step in self.supported.get(statement.id, ()):
            word = "follows from" if step.kind is StepKind.COROLLARY else "from"
            rule = f" {by_rule(renumbered(step.rule, self.by_label))}" if step.rule else ""
            parts.append(f"{word} {self._list(step.ground)}{rule}{self._gates(step)}")
        if not parts:
            parts.append(self._said(statement))
        elif statement.implicit:
            parts.append("unstated")
        if statement.open:
            parts.append("put forward, not asserted")
        if statement.unproved:
            parts.append("claimed only with a proof")
        if statement.conditions:
            parts.append(f"holds given {self._bare(statement.conditions)}")
        if statement.exceptions:
            parts.append(f"holds unless {self._bare(statement.exceptions, 'or')}")
        return "; ".join(parts)

    def _said(self, statement: Statement) -> str:
        """How a statement stands that no step leads to."""
        if statement.role is Role.CONDITION:
            return "presumed, unstated" if statement.implicit else "presumed"
        if statement.role is Role.EXCEPTION:
            return "presumed not to hold"
        if statement.role is Role.DERIVED:
            return "to be shown"
        word = "premise" if statement.id in self.used else "claim"
        return f"unstated {word}" if statement.implicit else word

    def _remarks(self) -> list[str]:
        remarks: list[str] = []
        if any(len(steps) > 1 for steps in self.supported.values()):
            remarks.append("Numbers joined by commas count only together; a semicolon parts separate reasons.")
        for pair in self.map.contradictions:
            one, other = sorted((self.numbers[pair.left], self.numbers[pair.right]))
            remarks.append(f"({one}) and ({other}) cannot both hold.")
        for holders, held in held_alike(self.map):
            verb = verb_ending(holders)
            does = []
            for stances in held:
                said = [one.ids[0] for one in stances if one.step is None]
                objects = [self._refer(said)] * bool(said)
                steps = [one.ids for one in stances if one.step is not None]
                objects += [f"the step from {self._refer(ids[:-1])} to {self._refer(ids[-1:])}" for ids in steps]
                does.append(f"{stances[0].attitude.value}{verb} {listed(objects)}{stances[0].details}")
            remarks.append(f"{capitalised(listed(holders))} {listed(does)}.")
        return remarks
