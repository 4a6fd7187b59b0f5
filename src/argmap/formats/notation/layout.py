"""Where each statement's text and each relation is written: the map laid out as lines, not yet as text.

A relation is written under the statement it is about, a statement's text where it is first met in a place
that gives it its role (a corollary's text under `=>`, a condition's under `provided:`), and a reference
everywhere else. What cannot be nested is written under a reference at the margin: the gates of a statement
in a step, circles, relations across sections, and whatever would be indented more than `DEEPEST` levels.

Nothing here recurses, and every relation is looked at a fixed number of times.
"""

from __future__ import annotations

from collections import deque

from attrs import define, field, frozen

from argmap.model import ArgumentMap, Role, Statement, Step, StepKind
from argmap.text.words import by_key

DEEPEST = 40

_STEP_LINES = frozenset(("REASON", "JOIN", "OBJECTION", "CONCESSION", "COROLLARY"))


@frozen
class NotationLine:
    """One line: a statement (its text when `home`, otherwise a reference), or a bar when `id` is None.

    `mark` is the type of line that the grammar gives its mark; empty for a line without one.
    """

    depth: int
    mark: str
    id: str | None
    home: bool = False
    rule: str | None = None


@frozen
class NotationLayout:
    """The blocks of each section (None: before the first heading), in order, and what could not be placed.

    Attributes:
        displaced: Statements that had to be written at the margin, so that their role changes to a plain
        claim.
        merged: Corollaries from several statements, written as bars.
    """

    sections: tuple[tuple[int | None, tuple[tuple[NotationLine, ...], ...]], ...]
    displaced: tuple[Statement, ...]
    merged: tuple[Step, ...]


@define(eq=False)
class _Item:
    """A line to be written: where its statement's text may stand in this role, and the step's own gates."""

    mark: str
    id: str
    role: Role
    gates: tuple[_Item, ...] = ()
    detached: bool = False


@define(eq=False)
class _Relation:
    """What is written under `owner`: the items, one after another at the same depth; a gate of it is one of
    these."""

    owner: str
    items: tuple[_Item, ...]
    gate: bool = False
    written: bool = False
    detached: tuple[int | None] | None = None


@define(eq=False)
class _Bar:
    """A step in standard form; `after` is the bar whose conclusion is this one's first premise."""

    step: Step
    section: int | None
    after: _Bar | None = None
    then: _Bar | None = None
    written: bool = False


_Pending = tuple[int, _Item | NotationLine, tuple[_Item, ...]]
_Blocks = list[tuple[NotationLine, ...]]


def _gates(conditions: tuple[str, ...], exceptions: tuple[str, ...]) -> tuple[_Item, ...]:
    return (
        *(_Item("CONDITION", id, Role.CONDITION) for id in conditions),
        *(_Item("EXCEPTION", id, Role.EXCEPTION) for id in exceptions),
    )


def lay_out(map: ArgumentMap) -> NotationLayout:
    """Lay out a whole map."""
    return _LayOut(map).run()


@define
class _LayOut:
    map: ArgumentMap
    placed: set[str] = field(factory=set)
    owned: dict[str, list[_Relation]] = field(factory=dict)
    gates: dict[str, tuple[_Item, ...]] = field(factory=dict)
    gated: set[str] = field(factory=set)
    bars: list[_Bar] = field(factory=list)
    reserved: set[str] = field(factory=set)
    nested: set[str] = field(factory=set)
    hosts: dict[str, list[_Relation | _Bar]] = field(factory=dict)
    detached: dict[int | None, list[_Relation]] = field(factory=dict)
    displaced: list[Statement] = field(factory=list)
    merged: list[Step] = field(factory=list)
    later: deque[tuple[str, tuple[_Item, ...]]] = field(factory=deque)

    def run(self) -> NotationLayout:
        self._collect()
        self._settle()
        members = by_key((statement.section, statement) for statement in self.map.statements)
        bars = by_key((bar.section, bar) for bar in self.bars)
        sections: list[tuple[int | None, _Blocks]] = []
        for section in (None, *range(len(self.map.sections))):
            blocks = self._section(members.get(section, []), bars.get(section, []), section)
            sections.append((section, blocks))
        section, blocks = sections[-1]
        for owner in self.owned:
            self._again(owner, blocks, section)
        return NotationLayout(
            tuple((section, tuple(blocks)) for section, blocks in sections if blocks or section is not None),
            tuple(self.displaced),
            tuple(self.merged),
        )

    def _section_of(self, id: str) -> int | None:
        return self.map.by_id[id].section

    # What there is to write.

    def _collect(self) -> None:
        for step in self.map.steps:
            gates = _gates(step.conditions, step.exceptions)
            many = step.kind is StepKind.COROLLARY and len(step.ground) > 1
            if many:
                self.merged.append(step)
            if many or step.kind is StepKind.INFERENCE:
                self._collect_bar(step, gates)
                continue
            mark = step.kind.name
            first, *others = step.ground
            if step.kind is StepKind.COROLLARY:
                self._own(_Relation(first, (_Item(mark, step.target, Role.DERIVED, gates),)))
                continue
            joined = tuple(_Item("JOIN", id, Role.CLAIM) for id in others)
            self._own(_Relation(step.target, (_Item(mark, first, Role.CLAIM, gates), *joined)))
            for id in step.ground:
                if id != step.target and self._section_of(id) == self._section_of(step.target):
                    self.nested.add(id)
        order = {statement.id: place for place, statement in enumerate(self.map.statements)}
        for pair in self.map.contradictions:
            self._own(_Relation(pair.left, (_Item("CONTRADICTION", pair.right, Role.CLAIM),)))
            together = self._section_of(pair.left) == self._section_of(pair.right)
            if together and order[pair.left] < order[pair.right]:
                self.nested.add(pair.right)
        for statement in self.map.statements:
            self.gates[statement.id] = _gates(statement.conditions, statement.exceptions)
            for gate in self.gates[statement.id]:
                self._host(gate, _Relation(statement.id, (gate,), gate=True))

    def _own(self, relation: _Relation) -> None:
        self.owned.setdefault(relation.owner, []).append(relation)
        for item in relation.items:
            for each in (item, *item.gates):
                self._host(each, relation)

    def _host(self, item: _Item, host: _Relation | _Bar) -> None:
        if item.role is not Role.CLAIM and self.map.by_id[item.id].role is item.role:
            self.hosts.setdefault(item.id, []).append(host)

    def _collect_bar(self, step: Step, gates: tuple[_Item, ...]) -> None:
        derived = self.map.by_id[step.target].role is Role.DERIVED
        bar = _Bar(step, self._section_of(step.target if derived else step.ground[0]))
        self.bars.append(bar)
        for id in step.ground:
            premise = self.map.by_id[id]
            if premise.role is Role.CLAIM and premise.section == bar.section:
                self.reserved.add(id)
        for each in (_Item("", step.target, Role.DERIVED), *gates):
            self._host(each, bar)

    def _settle(self) -> None:
        """Chain the bars, and detach relations that a statement of another section needs for its text."""
        last: dict[str, _Bar] = {}
        for bar in self.bars:
            before = last.get(bar.step.ground[0])
            if before is not None and before.then is None and before.section == bar.section:
                before.then, bar.after = bar, before
            last[bar.step.target] = bar
        homeless: list[Statement] = []
        relied: set[int] = set()
        for statement in self.map.statements:
            if statement.role is Role.CLAIM or statement.missing:
                continue
            hosts = self.hosts.get(statement.id, ())
            home = next((host for host in hosts if self._place_of(host) == (statement.section,)), None)
            if home is None:
                homeless.append(statement)
            else:
                relied.add(id(home))
        for statement in sorted(homeless, key=lambda each: len(self.hosts.get(each.id, ()))):
            for host in self.hosts.get(statement.id, ()):
                if isinstance(host, _Relation) and id(host) not in relied and host.detached is None:
                    host.detached = (statement.section,)
                    self.detached.setdefault(statement.section, []).append(host)
                    if host.gate:
                        host.items[0].detached = True
                if self._place_of(host) == (statement.section,):
                    break

    def _place_of(self, host: _Relation | _Bar) -> tuple[int | None, ...]:
        if isinstance(host, _Bar):
            return (host.section,)
        return host.detached or (self._section_of(host.owner),)

    # Writing it.

    def _section(self, statements: list[Statement], bars: list[_Bar], section: int | None) -> _Blocks:
        blocks: _Blocks = []
        starts: dict[str, _Bar] = {}
        for bar in bars:
            if bar.after is None:
                starts.setdefault(next((id for id in bar.step.ground if id in self.reserved), ""), bar)
        for statement in statements:
            bar_here = starts.get(statement.id)
            if bar_here is not None:
                self._write_bars(bar_here, blocks, section)
            elif statement.id not in self.nested and statement.id not in self.reserved:
                self._write_root(statement, blocks, section)
        for bar in bars:
            self._write_bars(bar, blocks, section)
        for relation in self.detached.get(section, ()):
            self._write_apart(relation, blocks, section)
        for statement in statements:
            self._write_root(statement, blocks, section)
        for statement in statements:
            self._write_left_over(statement, blocks, section)
        return blocks

    def _write_root(self, statement: Statement, blocks: _Blocks, section: int | None) -> None:
        if statement.role is Role.CLAIM and not statement.missing and statement.id not in self.placed:
            self._block([(0, _Item("", statement.id, Role.CLAIM), ())], blocks, section)

    def _write_apart(self, relation: _Relation, blocks: _Blocks, section: int | None) -> None:
        relation.written = True
        self._block([(0, _Item("", relation.owner, Role.CLAIM), relation.items)], blocks, section)

    def _write_left_over(self, statement: Statement, blocks: _Blocks, section: int | None) -> None:
        if statement.missing:
            self._again(statement.id, blocks, section)
            return
        for host in self.hosts.get(statement.id, ()):
            if statement.id in self.placed:
                return
            if isinstance(host, _Bar) or host.written or host.detached:
                continue
            if host.gate:
                if host.owner in self.gated:
                    continue
                host.items[0].detached = True
            self._write_apart(host, blocks, section)
        if statement.id not in self.placed:
            if statement.role is not Role.CLAIM:
                self.displaced.append(statement)
            self._block([(0, _Item("", statement.id, statement.role), ())], blocks, section)

    def _again(self, id: str, blocks: _Blocks, section: int | None) -> None:
        """Write what a statement still owns under a reference to it."""
        gates = self._take_gates(id)
        if gates or any(not relation.written and not relation.detached for relation in self.owned.get(id, ())):
            self.later.append((id, gates))
            self._block([], blocks, section)

    def _write_bars(self, bar: _Bar | None, blocks: _Blocks, section: int | None) -> None:
        pending: list[_Pending] = []
        while bar is not None and not bar.written:
            bar.written = True
            step = bar.step
            premises = step.ground[1:] if pending else step.ground
            pending += [(0, _Item("", id, Role.CLAIM), ()) for id in premises]
            pending.append((0, NotationLine(0, "BAR", None, rule=step.rule), _gates(step.conditions, step.exceptions)))
            pending.append((0, _Item("below", step.target, Role.DERIVED), ()))
            bar = bar.then
        if pending:
            self._block(pending, blocks, section)

    def _block(self, pending: list[_Pending], blocks: _Blocks, section: int | None) -> None:
        """Write a block, and after it the blocks of references it leaves behind."""
        if pending:
            blocks.append(self._lines(pending, section))
        while self.later:
            id, gates = self.later.popleft()
            blocks.append(self._lines([(0, _Item("again", id, Role.CLAIM), gates)], section))

    def _lines(self, pending: list[_Pending], section: int | None) -> tuple[NotationLine, ...]:
        lines: list[NotationLine] = []
        stack = pending[::-1]
        while stack:
            depth, item, under = stack.pop()
            if isinstance(item, NotationLine):
                lines.append(item)
                stack.extend((depth + 1, gate, ()) for gate in reversed(under))
                continue
            id = item.id
            home = self._at_home(item, section)
            lines.append(NotationLine(depth, "" if item.mark in ("below", "again") else item.mark, id, home))
            inner: list[_Pending] = [(depth + 1, each, ()) for each in (*item.gates, *under)]
            if home:
                self.placed.add(id)
                gates = self._take_gates(id)
                if item.mark in _STEP_LINES:  # here they would speak of the step
                    if gates:
                        self.later.append((id, gates))
                else:
                    inner += [(depth + 1, gate, ()) for gate in gates]
                    gates = ()
                if depth >= DEEPEST and not gates and id in self.owned:
                    self.later.append((id, ()))
            if (home and depth < DEEPEST) or item.mark == "again":
                inner += [(depth + 1, each, ()) for each in self._take(id)]
            stack.extend(reversed(inner))
        return tuple(lines)

    def _at_home(self, item: _Item, section: int | None) -> bool:
        statement = self.map.by_id[item.id]
        if statement.missing or item.id in self.placed or (statement.role, statement.section) != (item.role, section):
            return False
        return item.mark in ("", "below") or item.id not in self.reserved

    def _take_gates(self, id: str) -> tuple[_Item, ...]:
        if id in self.gated:
            return ()
        self.gated.add(id)
        return tuple(gate for gate in self.gates.get(id, ()) if not gate.detached)

    def _take(self, id: str) -> list[_Item]:
        """The items of every relation this statement owns that is not written yet."""
        items: list[_Item] = []
        for relation in self.owned.get(id, ()):
            if not relation.written and not relation.detached:
                relation.written = True
                items += relation.items
        return items
