"""A picture on sheets of paper: whole on one if its text stays readable, otherwise cut between boxes and sections.

A tree that is too large for a sheet is cut below statements. What hung from such a statement goes on under a ghost of
it on another sheet; both ends name the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from attrs import evolve

from argmap.drawing.hanging import Hanging
from argmap.drawing.hanging_layout import COLUMNS, GAP, Arrangement, PlacedNode, arrange
from argmap.drawing.hanging_tree import Bond, NodeKind, TreeFrame, TreeNode
from argmap.drawing.heading import MARGIN, PictureHeading
from argmap.drawing.options import Options
from argmap.drawing.scene import Part, Scene
from argmap.drawing.shape import Size
from argmap.errors import ConfigError
from argmap.model import ArgumentMap

PAPERS = {
    "A3": (841.89, 1190.55),
    "A4": (595.28, 841.89),
    "A5": (419.53, 595.28),
    "Letter": (612.0, 792.0),
    "Legal": (612.0, 1008.0),
    "Tabloid": (792.0, 1224.0),
    "16:9": (540.0, 960.0),
}
"""Width and height in points, upright."""
EDGE = 17.0
"""The edge of a sheet; with the picture's own margin it comes to a centimetre, which every printer can do without."""
FOOT = 14.0
"""The room for the line at the foot of a sheet."""
LEAST = 7 / 11
"""How small a picture may become: its text of 11 points is then 7."""

_COMFORTABLE = 9 / 11
# Above so many statements, time matters more than one sheet less
_MANY = 200
_CAREFUL = 1.02  # numbers of pages are put in after everything was measured
_ALMOST = 0.85
_FULLEST = 0.7
_EMPTIEST = 0.01
_FEWER = 0.6
_LONGEST = 160

_Path = tuple[TreeFrame, ...]


def paper_size(name: str) -> Size:
    """The size of a paper by its name, in any case, upright.

    Raises:
        ConfigError: there is no such paper.
    """
    size = next((size for each, size in PAPERS.items() if each.casefold() == name.casefold()), None)
    if size is None:
        raise ConfigError(f"no paper is called {name!r}: choose one of {', '.join(PAPERS)}")
    return size


def ways_to_hold(paper: str) -> list[Size]:
    """A paper on its side, and upright where it is no slide."""
    short, long = paper_size(paper)
    return [(long, short)] if ":" in paper else [(long, short), (short, long)]


def room_on(sheet: Size) -> Size:
    """The room for a picture on a sheet."""
    return sheet[0] - 2 * EDGE, sheet[1] - 2 * EDGE - FOOT


def scale_on(scene: Scene, sheet: Size) -> float:
    """How large a picture comes out on a sheet: at most at its natural size."""
    room = room_on(sheet)
    return min(room[0] / scene.width, room[1] / scene.height, 1.0)


def print_out(map: ArgumentMap, options: Options, paper: str, flow: Scene | None) -> list[Scene]:
    """The pictures for sheets of paper, one a sheet.

    Args:
        flow: The map in a flow layout, where that suits it. It is taken if its text stays comfortable on one sheet, or
            as large as that of hanging trees.
    """
    ways = ways_to_hold(paper)

    def size(scenes: Sequence[Scene]) -> float:
        """How large a picture on one sheet comes out; less than nothing for each sheet more."""
        return max(scale_on(scenes[0], way) for way in ways) if len(scenes) == 1 else -len(scenes)

    best = [flow] if flow is not None and size([flow]) >= LEAST else None
    for way in ways if len(map.statements) <= _MANY else ways[:1]:
        if best is not None and size(best) >= _COMFORTABLE:
            break
        tried = _Sheets(map, options, room_on(way)).scenes()
        best = tried if best is None or size(tried) > size(best) else best
    assert best is not None
    return best


class _Sheets(Hanging):
    """A map's hanging trees, spread over sheets that have the same room."""

    def __init__(self, map: ArgumentMap, options: Options, room: Size) -> None:
        super().__init__(map, options)
        self.room = room
        self.is_first = True
        self.sheets: list[list[tuple[_Path, TreeNode | TreeFrame]]] = [[]]
        # By the tag at a cut, the ghost under which the tree goes on
        self.continued: dict[TreeNode, TreeNode] = {}
        self.usual = self._widths()
        self.capacity = room[0] * room[1] / LEAST**2
        self.areas: dict[TreeNode, float] = {}

    def scenes(self) -> list[Scene]:
        """A picture for each sheet, the main claim on the first."""
        planted = self.forest
        frames = [planted.frame]
        if not self._fits(planted.frame):
            for item in planted.frame.items:
                self._place(item, ())
            frames = [_framed(sheet) for sheet in self.sheets if sheet]
            self._add_pages(frames)
        found = []
        for number, frame in enumerate(frames):
            self.is_first = number == 0
            self.forest = evolve(planted, frame=frame)
            self.arrangement = self._arranged(frame, self.usual)
            found.append(self.scene())
        return found

    def heading(self, room: float) -> PictureHeading:
        """The heading, which only the first sheet has."""
        return super().heading(room) if self.is_first else PictureHeading(None)

    # What fits

    def _arranged(self, frame: TreeFrame, widths: Sequence[float]) -> Arrangement:
        around = (2 * MARGIN, 2 * MARGIN + self.heading(self.room[0] / LEAST).height)
        return arrange(evolve(self.forest, frame=frame), self, self.room, around, widths)

    def _fits(self, frame: TreeFrame) -> bool:
        """Whether what is in a frame can be read on one sheet."""
        least = LEAST * _CAREFUL
        if fsum(map(self._area, evolve(self.forest, frame=frame).nodes())) > self.capacity:
            return False
        # One width of boxes is mostly enough to see it.
        scale = self._arranged(frame, self.usual[:1]).scale
        is_close = scale >= least * _ALMOST and len(self.view.statements) <= _MANY
        return scale >= least or (is_close and self._arranged(frame, self.usual).scale >= least)

    def _area(self, node: TreeNode) -> float:
        """About the area that a node takes without its children."""
        if node.kind is NodeKind.RIVALS:
            return 0.0
        if node not in self.areas:
            width, height = self.node(node, self.usual[0])
            self.areas[node] = (width + COLUMNS) * (height + GAP)
        return self.areas[node]

    # Filling sheets

    def _place(self, item: TreeNode | TreeFrame, path: _Path) -> None:
        """Put a frame or a tree on the sheet that is open, or on the next, or in pieces on several."""
        if self._put(item, path):
            return
        if isinstance(item, TreeFrame):
            for each in item.items:
                self._place(each, (*path, item))
            return
        self.is_first = self.sheets == [[]]
        for piece in self._pieces(item, path):
            if not self._put(piece, path):
                self.sheets += [[(path, piece)]]

    def _put(self, item: TreeNode | TreeFrame, path: _Path) -> bool:
        """Put something whole on the sheet that is open, or on the next; False if it fits neither."""
        here, alone = self.sheets[-1], [(path, item)]
        self.is_first = len(self.sheets) == 1
        if self._fits(_framed([*here, *alone])):
            here += alone
            return True
        self.is_first = False
        if here and self._fits(_framed(alone)):
            self.sheets.append(alone)
            return True
        return False

    def _pieces(self, tree: TreeNode, path: _Path) -> list[TreeNode]:
        """A tree in as many pieces as it takes for each to fit a sheet, in reading order."""
        done: list[TreeNode] = []
        pending = [(tree, _FULLEST)]
        while pending:
            piece, share = pending.pop()
            if share < _EMPTIEST or self._fits(_framed([(path, piece)])):
                done.append(piece)
                continue
            cut = self._cut(piece, share * self.capacity)
            pending += [(each, share * _FEWER) for each in reversed(cut)]
        return done

    def _cut(self, tree: TreeNode, most: float) -> list[TreeNode]:
        """A tree cut into pieces that each take at most an area, if statements and joins allow it."""
        nodes: list[TreeNode] = []
        parents: dict[TreeNode, TreeNode] = {}
        pending = [tree]
        while pending:
            node = pending.pop()
            nodes.append(node)
            parents.update((child, node) for child in node.children)
            pending.extend(reversed(node.children))
        places = {node: place for place, node in enumerate(nodes)}
        weights: dict[TreeNode, float] = {}
        pieces: list[tuple[int, TreeNode]] = []

        def weigh(node: TreeNode) -> None:
            weights.update((child, self._area(child)) for child in node.children if child in self.continued)
            weights[node] = self._area(node) + fsum(weights[child] for child in node.children)

        def runs(node: TreeNode) -> list[list[TreeNode]]:
            """The children of a node in runs that fit, at least one child in each."""
            found: list[list[TreeNode]] = [[]]
            used = self._area(node)
            for child in node.children:
                if found[-1] and used + weights[child] > most:
                    found.append([])
                    used = self._area(node)
                found[-1].append(child)
                used += weights[child]
            return found

        for node in reversed(nodes):
            weigh(node)
            if weights[node] <= most or node.kind is NodeKind.RIVALS:
                continue
            if node.kind is NodeKind.GROUND:
                clones = [evolve(node, children=run) for run in runs(node)]
                for clone in clones:
                    weigh(clone)
                    places[clone] = places[clone.children[0]] - 1
                    parents.update((child, clone) for child in clone.children)
                siblings = parents[node].children
                at = siblings.index(node)
                siblings[at : at + 1] = clones
                parents.update((clone, parents[node]) for clone in clones)
            elif node.kind in (NodeKind.STATEMENT, NodeKind.GHOST):
                below = sorted(_heads(node), key=lambda each: weights[each] - self._area(each))
                while below and weights[node] > most:
                    head = below.pop()
                    if weights[head] - self._area(head) < 2 * self._area(head):
                        break
                    pieces.append((places[head] + 1, self._continue(head, head.children, ())))
                    while head is not node:
                        weigh(head)
                        head = parents[head]
                    weigh(node)
                if weights[node] > most:
                    first, *others = runs(node)
                    for run in others:
                        pieces.append((places[run[0]], self._continue(node, run, first)))
                        first = node.children
                    weigh(node)
        return [tree, *(piece for _, piece in sorted(pieces, key=lambda each: each[0]))]

    def _continue(self, node: TreeNode, children: Sequence[TreeNode], kept: Sequence[TreeNode]) -> TreeNode:
        """Move children of a node to a ghost of it, and leave those that are kept and a tag that leads there."""
        statement = self.map.by_id[node.id]
        words = " ".join(statement.text.split())
        if len(words) > _LONGEST:
            words = f"{words[: _LONGEST - 1].rsplit(' ', 1)[0]}…"
        label = f"({statement.label})" if statement.label is not None else ""
        ghost = TreeNode(NodeKind.GHOST, node.id, f"{label} {words.rstrip('.')}".strip(), children=list(children))
        tag = TreeNode(NodeKind.TAG, node.id, label, Bond.PREMISE)
        self.continued[tag] = ghost
        node.children = [*kept, tag]
        return ghost

    # Pages

    def _add_pages(self, frames: Sequence[TreeFrame]) -> None:
        """Let tags and ghosts say on which page the statement is, where that is another."""
        pages: dict[str, int] = {}
        pages_of: dict[TreeNode, int] = {}
        on_pages = [list(evolve(self.forest, frame=frame).nodes()) for frame in frames]
        for page, nodes in enumerate(on_pages, 1):
            pages.update((node.id, page) for node in nodes if node.kind is NodeKind.STATEMENT)
            pages_of.update((node, page) for node in nodes)
        for page, nodes in enumerate(on_pages, 1):
            for node in nodes:
                if node in self.continued:
                    there = pages_of[self.continued[node]]
                elif node.kind in (NodeKind.GHOST, NodeKind.TAG):
                    there = pages.get(node.id, page)
                else:
                    continue
                if there != page:
                    node.text = f"{node.text}, p. {there}".removeprefix(", ")

    def _box_part(self, placed: PlacedNode) -> Part:
        part, node = super()._box_part(placed), placed.node
        names = {ghost: f"continued-{number}" for number, ghost in enumerate(self.continued.values(), 1)}
        if node in self.continued:
            return evolve(part, target=names[self.continued[node]])
        return evolve(part, id=names[node]) if node in names else part


def _heads(node: TreeNode) -> list[TreeNode]:
    """The nearest statements below a node that have something below them."""
    found: list[TreeNode] = []
    pending = list(node.children)
    while pending:
        each = pending.pop()
        if each.kind is NodeKind.STATEMENT:
            found += [each] if each.children else []
        else:
            pending += each.children
    return found


def _framed(sheet: Sequence[tuple[_Path, TreeNode | TreeFrame]]) -> TreeFrame:
    """The outermost frame of a sheet: each item in the frames on its path."""
    outermost = TreeFrame(None)
    for path, item in sheet:
        frame = outermost
        for each in path:
            last = frame.items[-1] if frame.items else None
            if not (isinstance(last, TreeFrame) and last.section == each.section):
                last = evolve(each, items=[])
                frame.items.append(last)
            frame = last
        frame.items.append(item)
    return outermost
