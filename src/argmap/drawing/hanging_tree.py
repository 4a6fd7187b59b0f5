"""What hangs from what: a map as trees, for the hanging layout.

Every statement stands once. What bears on it hangs below it; a second relation of a statement, and one between two
frames, is a tag at both ends. Nothing here measures or places.

A section whose statements all bear on claims elsewhere is drawn inside the trees of those claims, on a ground with its
title. A section with a main claim of its own is a frame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from typing import Literal

from attrs import define, evolve, field, frozen

from argmap.drawing.captions import own_words, said
from argmap.model import ArgumentMap, StepKind
from argmap.text.words import by_key

MOST_TAGS = 1 / 3
"""Above this share of relations drawn as tags, sections are drawn inside other sections' trees."""
MAIN_SHARE = 0.5
"""The share of all statements that must bear on a claim for it to be the map's main claim."""
_LONGEST_TITLE = 32


class Bond(Enum):
    """How a node bears on the one that it hangs from, and how a box says so before the name of that one."""

    REASON = "reason", "for"
    OBJECTION = "objection", "against"
    CONCESSION = "concession", "granted against"
    COROLLARY = "corollary", "follows from"
    INFERENCE = "inference", "gives"
    PREMISE = "premise", "a premise for"
    """One of several that count only together; their join has the sign."""
    CONDITION = "condition", "a condition for"
    EXCEPTION = "exception", "an exception to"
    CONTRADICTION = "contradiction", "contradicts"

    _value_: str
    role: str
    is_gate: bool
    """Whether it limits a step or a statement, and has a word where others have a sign."""

    def __new__(cls, value: str, role: str = "") -> Bond:
        bond = object.__new__(cls)
        bond._value_, bond.role, bond.is_gate = value, role, value in ("condition", "exception")
        return bond


class NodeKind(Enum):
    """What a node is drawn as."""

    STATEMENT = "statement"
    GHOST = "ghost"
    """Stands for a statement of another frame, at the head of what bears on it here."""
    TAG = "tag"
    """Points to what bears on its parent from somewhere else."""
    JOIN = "join"
    """A step from several premises, or by a named rule."""
    GROUND = "ground"
    """A section inside the tree of a claim of another section."""
    BLOCK = "block"
    """All that is in a frame of a flow, placed by an engine."""
    RIVALS = "rivals"
    """Two trees side by side whose roots contradict each other."""


@define(eq=False)
class TreeNode:
    """Something that hangs.

    Attributes:
        id: The statement that is shown or pointed to; empty for a tag that counts what is folded away.
        text: What a ghost, tag, join or ground says.
        bond: How it bears on its parent; None for roots and grounds.
        step: The index in the map of the step that leads to its parent, or None.
        section: The section that its statement stands in, or that the ground shows.
        order: Its place among its siblings: gates, then steps in the author's order, then contradictions.
    """

    kind: NodeKind
    id: str = ""
    text: str = ""
    bond: Bond | None = None
    step: int | None = None
    section: int | None = None
    is_main: bool = False
    order: tuple[int, int] = (0, 0)
    children: list[TreeNode] = field(factory=list)


@define(eq=False)
class TreeFrame:
    """A section with trees of its own, and the frames inside it, in reading order. The outermost has no section.

    Attributes:
        is_bare: Whether it is all that there is, so that only its title is drawn.
    """

    section: int | None
    is_bare: bool = False
    items: list[TreeNode | TreeFrame] = field(factory=list)

    def frames(self) -> Iterator[TreeFrame]:
        """This frame and all inside it, an outer one before those inside it."""
        pending = [self]
        while pending:
            frame = pending.pop()
            yield frame
            pending.extend(item for item in reversed(frame.items) if isinstance(item, TreeFrame))


@frozen(kw_only=True, eq=False)
class Forest:
    """A map as trees in frames.

    Attributes:
        frame_of: The section in whose frame each statement is drawn.
        also: What the box of a statement says of its other relations: `also for (jaw)`.
        relations, tags: How many relations are shown, and how many of them as tags.
    """

    frame: TreeFrame
    frame_of: Mapping[str, int | None]
    also: Mapping[str, tuple[str, ...]]
    main: str | None
    relations: int
    tags: int

    def nodes(self) -> Iterator[TreeNode]:
        """Every node, a parent before its children, in reading order."""
        pending: list[TreeNode | TreeFrame] = [self.frame]
        while pending:
            each = pending.pop()
            if isinstance(each, TreeFrame):
                pending.extend(reversed(each.items))
            else:
                yield each
                pending.extend(reversed(each.children))


@frozen(eq=False)
class _Relation:
    """One statement that may hang from another.

    `rank` and `order` are its place among its siblings; a gate of a step hangs from where that step (`of`) is drawn.
    """

    child: str
    parent: str
    bond: Bond
    rank: Literal[0, 1, 2]
    order: int
    step: int | None = None
    joined: bool = False
    of: _Relation | None = None


def plant(
    map: ArgumentMap,
    statements: Mapping[str, None],
    steps: Sequence[int],
    contradictions: Sequence[int],
    gates: Collection[Bond] = (Bond.CONDITION, Bond.EXCEPTION),
    folded: Mapping[int, int] | None = None,
) -> Forest:
    """Decide what hangs from what in a part of a map.

    Args:
        statements: Their ids, in the map's order.
        steps, contradictions: Indices into those of the map.
        gates: Which kinds of gate to show.
        folded: By section, how many of its statements are folded away, where none is shown.
    """
    relations = _relations(map, statements, steps, contradictions, gates)
    return _Planter(map, statements, relations, folded or {}).forest()


def _relations(
    map: ArgumentMap,
    shown: Mapping[str, None],
    steps_shown: Sequence[int],
    contradictions: Sequence[int],
    gates_shown: Collection[Bond],
) -> list[_Relation]:
    """Every relation shown: steps first, then gates, then contradictions."""
    steps: list[_Relation] = []
    gates: list[_Relation] = []
    words = [(bond, f"{bond.value}s") for bond in (Bond.CONDITION, Bond.EXCEPTION) if bond in gates_shown]
    for index in steps_shown:
        step = map.steps[index]
        bond = Bond(step.kind.value)
        ground = [id for id in dict.fromkeys(step.ground) if id in shown]
        if not ground or step.target not in shown:
            continue
        if step.kind is StepKind.COROLLARY and len(step.ground) == 1:
            own = [_Relation(step.target, ground[0], bond, 1, index, index)]
        elif len(step.ground) == 1 and not step.rule:
            own = [_Relation(ground[0], step.target, bond, 1, index, index)]
        else:
            own = [_Relation(id, step.target, Bond.PREMISE, 1, index, index, True) for id in ground]
        steps += own
        for bond, name in words:
            for id in getattr(step, name):
                if id in shown:
                    gates.append(_Relation(id, step.target, bond, 0, len(gates), index, of=own[0]))
    for id in shown:
        for bond, name in words:
            for gate in getattr(map.by_id[id], name):
                if gate in shown:
                    gates.append(_Relation(gate, id, bond, 0, len(gates)))
    rivals = [
        _Relation(each.right, each.left, Bond.CONTRADICTION, 2, index)
        for index, each in ((index, map.contradictions[index]) for index in contradictions)
        if each.left in shown and each.right in shown
    ]
    return [*steps, *gates, *rivals]


def tag_text(
    map: ArgumentMap, words: Mapping[str, str], ids: Sequence[str], there: int | None, here: int | None
) -> str:
    """Statements as a tag names them, with their frame where that is another."""
    names = ", ".join(map.by_id[id].name for id in ids[:3])
    if len(ids) > 3:
        names = said(words, "{names} and {count} more", names=names, count=str(len(ids) - 3))
    if there == here or there is None:
        return names
    title = map.sections[there].title
    title = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
    return said(words, "{names} in {title}", names=names, title=title)


def counted(count: int, words: Mapping[str, str]) -> str:
    """So many statements, in words."""
    return said(words, "{count} statement" if count == 1 else "{count} statements", count=f"{count:,}")


class _Planter:
    """The state of one forest while it grows.

    Attributes:
        parent: The relation by which a statement hangs. Roots have none.
        frame: The section whose frame a statement is drawn in.
        rival: Roots that stand side by side, both ways.
    """

    def __init__(
        self, map: ArgumentMap, statements: Mapping[str, None], relations: list[_Relation], folded: Mapping[int, int]
    ) -> None:
        self.map = map
        self.words = own_words(map)
        self.folded = folded
        self.place = {id: index for index, id in enumerate(statements)}
        self.section = {id: map.by_id[id].section for id in statements}
        self.relations = relations
        self.parent: dict[str, _Relation] = {}
        self.tree: dict[str, str] = {}
        self.main: str | None = None
        self.frame: dict[str, int | None] = {}
        self.rival: dict[str, str] = {}
        self.nodes: dict[str, TreeNode] = {}
        self.ghosts: dict[tuple[str, int | None], TreeNode] = {}
        self.joins: dict[int, tuple[TreeNode, int | None]] = {}
        self.far: dict[tuple[str, int | None, Bond], list[str]] = {}
        self.also: dict[str, dict[Bond, dict[str, None]]] = {}
        self.tags = 0

    def forest(self) -> Forest:
        self._hang_all(but=Bond.COROLLARY)
        self.main = self._find_main()
        self.parent, self.tree = {}, {}
        self._hang_all()
        self._find_frames()
        self._find_rivals()
        if len(self.relations) - len(self.parent) > MOST_TAGS * len(self.relations):
            self._find_rivals(anywhere=True)
            self._find_frames()
        self.nodes = {
            id: TreeNode(NodeKind.STATEMENT, id, section=self.section[id], is_main=id == self.main) for id in self.place
        }
        self._make_joins()
        self._make_children()
        self._make_far_tags()
        self._make_grounds()
        return Forest(
            frame=self._frame_tree(),
            frame_of=self.frame,
            also={id: self._also(id, roles) for id, roles in self.also.items()},
            main=self.main,
            relations=len(self.relations),
            tags=self.tags,
        )

    # What each statement hangs from

    def _tree_of(self, id: str) -> str:
        """The root of the tree that a statement is in."""
        root = id
        while root in self.tree:
            root = self.tree[root]
        while id != root:
            self.tree[id], id = root, self.tree[id]
        return root

    def _above(self, relation: _Relation) -> str:
        """What the child would hang from; a gate of a plain step hangs from the statement that has its sign."""
        of = relation.of
        if of is not None and not of.joined and self.parent.get(of.child) is of:
            return of.child
        return relation.parent if of is None else of.parent

    def _hang(self, relation: _Relation) -> None:
        """Hang a statement, unless it hangs already, is the main claim, or would come to hang from itself."""
        parent = self._above(relation)
        if relation.child in self.parent or relation.child in (self.main, self._tree_of(parent)):
            return
        self.parent[relation.child] = relation
        self.tree[relation.child] = parent

    def _hang_all(self, but: Bond | None = None) -> None:
        """Let every statement hang from what it is written for: by steps first, and in its own section first."""
        for gates in (False, True):
            for near in (True, False):
                for each in self.relations:
                    if each.bond is but or each.rank == 2 or each.bond.is_gate is not gates:
                        continue
                    if (self.section[each.child] == self.section[each.parent]) is near:
                        self._hang(each)

    def _top_down(self) -> tuple[list[str], dict[str, str]]:
        """All statements, each after the one that it hangs from; and that one, for those that hang."""
        above = {id: self._above(relation) for id, relation in self.parent.items()}
        below = by_key((parent, id) for id, parent in above.items())
        order = [id for id in self.place if id not in above]
        for id in order:  # grows while it is read
            order.extend(below.get(id, ()))
        return order, above

    def _find_main(self) -> str | None:
        """The claim that most bears on, where that is most of the map."""
        order, above = self._top_down()
        weight = dict.fromkeys(self.place, 1)
        for id in reversed(order):
            if id in above:
                weight[above[id]] += weight[id]
        main = max(weight, key=lambda id: weight[id], default=None)
        return main if main is not None and weight[main] >= max(2.0, MAIN_SHARE * len(weight)) else None

    # Sections

    def _find_frames(self) -> None:
        """The frame of every statement: its section, or where that has none, the frame of what it hangs from."""
        order, above = self._top_down()
        framed = {each for id in order if id not in above for each in self.map.sections_around(self.section[id])}
        tags = len(self.relations) - len(self.parent)
        while True:
            frame = self.frame = {}
            across: dict[int, int] = {}
            for id in order:
                own, parent = self.section[id], above.get(id)
                frame[id] = own if parent is None or own in framed else frame[parent]
                if parent is not None and frame[id] != frame[parent] and own is not None:
                    across[own] = across.get(own, 0) + 1
            if not across or tags + sum(across.values()) <= MOST_TAGS * len(self.relations):
                break
            most = sorted(across, key=lambda section: (-across[section], section))
            framed.difference_update(most[: 1 + len(most) // 8])
        for id, relation in list(self.parent.items()):
            if relation.bond.is_gate and frame[id] != frame[above[id]]:
                del self.parent[id]

    def _find_rivals(self, *, anywhere: bool = False) -> None:
        """Put roots that contradict each other side by side; let other rivals hang from each other."""
        for index, each in enumerate(self.relations):
            is_near = self.frame[each.parent] == self.frame[each.child]
            if each.rank != 2 or not (is_near or anywhere):
                continue
            pair = (each.parent, each.child)
            free = [id for id in pair if id not in self.parent and id not in self.rival]
            if len(set(free)) == 2 and is_near:
                self.rival[each.parent], self.rival[each.child] = each.child, each.parent
            elif free:
                if free[0] != each.child:
                    each = self.relations[index] = evolve(each, child=each.parent, parent=each.child)
                self._hang(each)

    # Nodes

    def _host(self, parent: str, frame: int | None) -> TreeNode:
        """The node that what bears on a statement hangs from in a frame."""
        if self.frame[parent] == frame:
            return self.nodes[parent]
        key = (parent, frame)
        if key not in self.ghosts:
            text = tag_text(self.map, self.words, [parent], self.frame[parent], frame)
            self.ghosts[key] = TreeNode(NodeKind.GHOST, parent, text, section=frame)
        return self.ghosts[key]

    def _make_joins(self) -> None:
        """A node for every step from several premises or by a named rule, hung from the step's target."""
        for each in self.relations:
            if not each.joined:
                continue
            hung = self.parent.get(each.child) is each
            if each.order not in self.joins:
                step = self.map.steps[each.order]
                bond, target = Bond(step.kind.value), each.parent
                premises = (id for id in step.ground if self._is_premise(id, each.order))
                first = next(premises, target)
                frame = self.frame[first]
                node = TreeNode(NodeKind.JOIN, target, step.rule or "", bond, each.step, self.section[first])
                node.order = each.rank, each.order
                self._host(target, frame).children.append(node)
                if frame != self.frame[target]:
                    self.far.setdefault((target, frame, bond), []).append(first)
                self.joins[each.order] = node, frame
            if hung and self.frame[each.child] != self.joins[each.order][1]:
                del self.parent[each.child]

    def _is_premise(self, id: str, step: int) -> bool:
        relation = self.parent.get(id)
        return relation is not None and relation.joined and relation.order == step

    def _make_children(self) -> None:
        """Hang every statement, and a tag for each relation of one that hangs from something else."""
        drawn = {step: node for step, (node, _) in self.joins.items()}
        for each in self.relations:
            if each.rank == 2 and self.rival.get(each.child) == each.parent:
                continue
            step = each.order if each.joined else each.of.order if each.of is not None else None
            parent = self._above(each)
            here = self.joins[step][1] if step in self.joins else self.frame[parent]
            host = self.nodes[parent] if step is None else drawn[step]
            if self.parent.get(each.child) is each:
                node, own = self.nodes[each.child], self.frame[each.child]
                if own != here:
                    host = self._host(parent, own)
                    self.far.setdefault((parent, own, each.bond), []).append(each.child)
            else:
                there = self.frame[each.child]
                node = TreeNode(NodeKind.TAG, each.child, tag_text(self.map, self.words, [each.child], there, here))
                self.also.setdefault(each.child, {}).setdefault(each.bond, {})[each.parent] = None
                self.tags += 1
            node.bond, node.step, node.order = each.bond, each.step, (each.rank, each.order)
            host.children.append(node)
            if step is None and each.step is not None:
                drawn[each.step] = node

    def _make_far_tags(self) -> None:
        """Beside a statement, one tag for all that bears on it in one way from another frame."""
        for (parent, frame, bond), ids in self.far.items():
            text = tag_text(self.map, self.words, ids, frame, self.frame[parent])
            node = TreeNode(NodeKind.TAG, ids[0], text, bond, order=self.nodes[ids[0]].order)
            self.nodes[parent].children.append(node)
            self.tags += len(ids)

    def _make_grounds(self) -> None:
        """Put children in order; those of another section than their parent's together on grounds."""
        hosts = [*self.nodes.values(), *self.ghosts.values(), *(node for node, _ in self.joins.values())]
        for host in hosts:
            children: list[TreeNode] = []
            for node in sorted(host.children, key=lambda node: node.order):
                own = node.section
                if node.kind is NodeKind.TAG or own is None or own == host.section:
                    children.append(node)
                    continue
                if not children or children[-1].kind is not NodeKind.GROUND or children[-1].section != own:
                    title = self.map.sections[own].title
                    children.append(TreeNode(NodeKind.GROUND, host.id, title, section=own))
                children[-1].children.append(node)
            host.children = children

    def _frame_tree(self) -> TreeFrame:
        """The trees in their frames, in reading order; a main claim comes first in its frame."""
        roots: dict[int | None, list[tuple[bool, int, TreeNode]]] = {}
        for id, node in self.nodes.items():
            if id in self.parent:
                continue
            if id in self.rival:
                other = self.rival[id]
                if other == self.main or (id != self.main and self.place[other] < self.place[id]):
                    continue
                self.nodes[other].bond = Bond.CONTRADICTION
                node = TreeNode(NodeKind.RIVALS, id, section=node.section, children=[node, self.nodes[other]])
            roots.setdefault(self.frame[id], []).append((id != self.main, self.place[id], node))
        for (_, section), ghost in self.ghosts.items():
            first = ghost
            while first.kind is not NodeKind.STATEMENT and first.children:
                first = first.children[0]
            roots.setdefault(section, []).append((True, self.place[first.id], ghost))
        for inner, count in self.folded.items():
            node = TreeNode(NodeKind.TAG, text=counted(count, self.words), section=inner)
            roots.setdefault(inner, []).append((True, len(self.place), node))
        frames = {
            section: TreeFrame(section)
            for section in sorted({s for each in roots for s in self.map.sections_around(each)})
        }
        whole = TreeFrame(None)
        for section, frame in [(None, whole), *frames.items()]:
            found = sorted(roots.get(section, ()), key=lambda each: each[:2])
            frame.items.extend(node for *_, node in found)
        for section, frame in frames.items():
            outer = self.map.sections[section].parent
            (whole if outer is None else frames[outer]).items.append(frame)
        if len(whole.items) == 1 and isinstance(whole.items[0], TreeFrame):
            whole.items[0].is_bare = True
        return whole

    def _also(self, id: str, roles: Mapping[Bond, Mapping[str, None]]) -> tuple[str, ...]:
        words = self.words
        also = f"{words.get('also', 'also')} " if id in self.parent else ""
        return tuple(
            f"{also}{words.get(bond.role, bond.role)} {', '.join(self.map.by_id[other].name for other in others)}"
            for bond, others in roles.items()
        )
