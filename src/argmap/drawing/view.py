"""Which part of a map to show, and how much each box hides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve, frozen

from argmap.drawing.options import Level, LineKind, Options
from argmap.errors import NothingToDrawError, UnknownStatementError
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.text.words import by_key, suggestion

# As many boxes as an overview may have and still be one: whole levels are added while they fit.
OVERVIEW_BOXES = 36

_KIND_OF_STEP = {
    StepKind.REASON: LineKind.REASONS,
    StepKind.OBJECTION: LineKind.OBJECTIONS,
    StepKind.CONCESSION: LineKind.CONCESSIONS,
    StepKind.COROLLARY: LineKind.COROLLARIES,
    StepKind.INFERENCE: LineKind.INFERENCES,
}


@frozen(kw_only=True, eq=False, repr=False)
class View:
    """The part of a map that is shown.

    Attributes:
        statements: Ids of those shown, in the map's order.
        steps: Indices into `ArgumentMap.steps`.
        contradictions: Indices into `ArgumentMap.contradictions`.
        kinds: The kinds of line that may be drawn.
        hidden: By the id of a statement that is shown, how many are folded away under it.
        hidden_in_section: By section index, how many are folded away in a section none of whose own are
            shown.
        ghosts: Those that are shown only because something of the sections asked for bears on them.
    """

    statements: Mapping[str, None]
    steps: tuple[int, ...]
    contradictions: tuple[int, ...]
    kinds: frozenset[LineKind]
    hidden: Mapping[str, int]
    hidden_in_section: Mapping[int, int]
    ghosts: frozenset[str] = frozenset()

    @property
    def partial(self) -> bool:
        return bool(self.hidden or self.hidden_in_section)


def select(map: ArgumentMap, options: Options, folded: Mapping[str, int] | None = None) -> View:
    """What the options ask to see; `folded` is how much is folded into a statement before.

    Raises:
        UnknownStatementError: a label, section title or tag that the map does not have.
        NothingToDrawError: nothing is left.
    """
    for id in (*options.focus, *options.fold):
        map[id]
    kinds = frozenset(options.only or LineKind)
    under = children(map, kinds)
    shown: dict[str, None] = {statement.id: None for statement in map.statements}
    ghosts: set[str] = set()
    if options.focus:
        reached = _reach(_with_corollaries(map, under, options.focus, kinds), options.focus, options.depth)
        shown = {id: None for id in shown if id in reached}
    if options.only:
        reached = _reach(under, options.focus or tops(map), None)
        shown = {id: None for id in shown if id in reached}
    if options.sections:
        wanted = _sections(map, options.sections)
        inside = {id for id in shown if map.by_id[id].section in wanted}
        ghosts = _claims_outside(map, inside, kinds) & {*shown}
        shown = {id: None for id in shown if id in inside or id in ghosts}
    if options.tags:
        shown = _tagged(map, shown, options.tags)
    if options.fold:
        start = options.focus or [id for id in tops(map) if id in shown]
        # Reached without going through what is folded; what nothing reaches (a circle) stays as it is.
        reached = _reach(under, start, None)
        closed = dict(under)
        for id in options.fold:
            closed[id] = ()
        kept = _reach(closed, [*start, *options.fold], None)
        for id in options.fold:
            # A folded box may itself lie under another folded one: only tops bring things in.
            if id not in _reach(closed, start, None):
                kept.pop(id, None)
        shown = {id: None for id in shown if id in kept or id not in reached}
    if options.level is Level.CLAIMS:
        claims = options.focus or [id for id in tops(map) if id in shown]
        reached = _reach(under, claims, 1)
        shown = {id: None for id in shown if id in reached}
    if options.overview:
        shown = _overview(under, [id for id in tops(map) if id in shown], shown)
    if not shown:
        what = "the choice leaves nothing" if map.statements else "the map has no statement"
        raise NothingToDrawError(f"there is nothing to draw: {what}")
    hidden: dict[str, int] = {}
    in_section: dict[int, int] = {}
    shortened = options.fold or options.overview or options.level is Level.CLAIMS
    if shortened or (options.focus and options.depth is not None):
        parents = _parents(under, [*options.focus, *tops(map)])
        hidden, in_section = _count(map, shown, parents, options)
    for id, count in (folded or {}).items():
        if id in shown:
            hidden[id] = hidden.get(id, 0) + count
    return View(
        statements=shown,
        ghosts=frozenset(ghosts & {*shown}),
        steps=tuple(
            index
            for index, step in enumerate(map.steps)
            if step.target in shown
            and not ghosts.issuperset((step.target, *(id for id in step.ground if id in shown)))
            and _KIND_OF_STEP[step.kind] in kinds
            and any(id in shown for id in step.ground)
        ),
        contradictions=tuple(
            index
            for index, each in enumerate(map.contradictions)
            if LineKind.CONTRADICTIONS in kinds
            and each.left in shown
            and each.right in shown
            and not ghosts.issuperset((each.left, each.right))
        ),
        kinds=kinds,
        hidden=hidden,
        hidden_in_section=in_section,
    )


def _claims_outside(map: ArgumentMap, inside: Collection[str], kinds: Collection[LineKind]) -> set[str]:
    """What some statements bear on or contradict that is not among them, where they bear on nothing there."""
    found: set[str] = set()
    for id in inside:
        targets = {step.target for step in map.steps_from.get(id, ()) if _KIND_OF_STEP[step.kind] in kinds}
        if targets.isdisjoint(inside):
            found |= targets
    for each in map.contradictions if LineKind.CONTRADICTIONS in kinds else ():
        pair = {each.left, each.right}
        found |= pair if len(pair.intersection(inside)) == 1 else set()
    return found.difference(inside)


def as_shown(map: ArgumentMap, view: View, focus: Collection[str]) -> ArgumentMap:
    """The map in which ghosts are in no section, and reasons in focus have the gates of steps that are not shown."""
    changed: dict[str, Statement] = {id: evolve(map[id], section=None) for id in view.ghosts}
    for step in map.steps:
        id = step.ground[0]
        if len(step.ground) == 1 and id in focus and step.target not in view.statements:
            own = changed.get(id, map[id])
            conditions = tuple(dict.fromkeys((*own.conditions, *step.conditions)))
            exceptions = tuple(dict.fromkeys((*own.exceptions, *step.exceptions)))
            changed[id] = evolve(own, conditions=conditions, exceptions=exceptions)
    if all(map[id] == statement for id, statement in changed.items()):
        return map
    return evolve(map, statements=tuple(changed.get(each.id, each) for each in map.statements))


def tops(map: ArgumentMap) -> list[str]:
    """The statements that nothing else is said for or against or given from, in order; never none of any."""
    below: set[str] = set()
    for step in map.steps:
        below.update((step.target,) if step.kind is StepKind.COROLLARY else step.ground)
    for gated in map.gated:
        below.update(gated.conditions, gated.exceptions)
    found = [statement.id for statement in map.statements if statement.id not in below]
    return found or [statement.id for statement in map.statements[:1]]


def children(map: ArgumentMap, kinds: frozenset[LineKind]) -> dict[str, tuple[str, ...]]:
    """What hangs on each statement, as an outline would have it."""
    under: dict[str, dict[str, None]] = {}

    def hang(parent: str, child: str) -> None:
        under.setdefault(parent, {})[child] = None

    def gates(parent: str, gated: Step | Statement) -> None:
        for id in gated.conditions if LineKind.CONDITIONS in kinds else ():
            hang(parent, id)
        for id in gated.exceptions if LineKind.EXCEPTIONS in kinds else ():
            hang(parent, id)

    for step in map.steps:
        if _KIND_OF_STEP[step.kind] not in kinds:
            continue
        if step.kind is StepKind.COROLLARY:
            hang(step.ground[0], step.target)
            for id in step.ground[1:]:
                hang(step.target, id)
        else:
            for id in step.ground:
                hang(step.target, id)
        gates(step.target, step)
    for statement in map.statements:
        gates(statement.id, statement)
    if LineKind.CONTRADICTIONS in kinds:
        for each in map.contradictions:
            hang(each.left, each.right)
    return {id: tuple(children) for id, children in under.items()}


def _with_corollaries(
    map: ArgumentMap, under: Mapping[str, tuple[str, ...]], focus: Iterable[str], kinds: frozenset[LineKind]
) -> dict[str, tuple[str, ...]]:
    """For a focus on a corollary, also what it is a corollary of; for one on a premise, what the bar
    yields."""
    extended = dict(under)
    for id in focus if LineKind.COROLLARIES in kinds else ():
        corollaries = (step for step in map.steps_to.get(id, ()) if step.kind is StepKind.COROLLARY)
        extra = (each for step in corollaries for each in step.ground)
        extended[id] = tuple(dict.fromkeys([*under.get(id, ()), *extra]))
    return extended


def _reach(under: Mapping[str, tuple[str, ...]], start: Iterable[str], depth: int | None) -> dict[str, None]:
    found: dict[str, None] = dict.fromkeys(start)
    level = found
    while level and depth != 0:
        level = {child: None for id in level for child in under.get(id, ()) if child not in found}
        found |= level
        depth = None if depth is None else depth - 1
    return found


def _sections(map: ArgumentMap, titles: Iterable[str]) -> set[int]:
    """The sections of these titles with all inside them."""
    by_title = by_key((section.title.casefold().strip(), index) for index, section in enumerate(map.sections))
    wanted: set[int] = set()
    for title in titles:
        found = by_title.get(title.casefold().strip())
        if found is None:
            hint = suggestion(title, [section.title for section in map.sections], "“{}”")
            raise UnknownStatementError(f"the map has no section “{title}”{hint}")
        wanted.update(found)
    for index, section in enumerate(map.sections):
        if section.parent in wanted:
            wanted.add(index)
    return wanted


def _tagged(map: ArgumentMap, shown: Mapping[str, None], tags: Iterable[str]) -> dict[str, None]:
    wanted = {tag.removeprefix("#").casefold() for tag in tags}
    known = {tag.casefold(): tag for statement in map.statements for tag in statement.tags}
    for tag in wanted:
        if tag not in known:
            raise UnknownStatementError(f"no statement has the tag #{tag}{suggestion(tag, known.values(), '#{}')}")
    chosen = {id for id in shown if wanted & {tag.casefold() for tag in map.by_id[id].tags}}
    # Linked premises count only together: one brings the others.
    for step in map.steps:
        if len(step.ground) > 1 and step.target in chosen and not chosen.isdisjoint(step.ground):
            chosen.update(step.ground)
    return {id: None for id in shown if id in chosen}


def _overview(under: Mapping[str, tuple[str, ...]], start: Iterable[str], shown: Mapping[str, None]) -> dict[str, None]:
    """Whole levels from the top, as many as fit; of too many tops, the first."""
    level = list(dict.fromkeys(start))[:OVERVIEW_BOXES]
    kept: dict[str, None] = dict.fromkeys(level)
    while level:
        level = list(
            dict.fromkeys(child for id in level for child in under.get(id, ()) if child in shown and child not in kept)
        )
        if len(kept) + len(level) > OVERVIEW_BOXES:
            break
        kept.update(dict.fromkeys(level))
    return {id: None for id in shown if id in kept}


def _parents(under: Mapping[str, tuple[str, ...]], start: Iterable[str]) -> dict[str, str]:
    """The nearest way down to each statement."""
    parents: dict[str, str] = {}
    queue = list(dict.fromkeys(start))
    seen = set(queue)
    for id in queue:  # grows while it is read
        new = [child for child in under.get(id, ()) if child not in seen]
        parents.update(dict.fromkeys(new, id))
        seen.update(new)
        queue += new
    return parents


def _count(
    map: ArgumentMap, shown: Mapping[str, None], parents: Mapping[str, str], options: Options
) -> tuple[dict[str, int], dict[int, int]]:
    hidden: dict[str, int] = {}
    in_section: dict[int, int] = {}
    owner: dict[str, str | None] = {id: id for id in shown}
    holding = {map.by_id[id].section for id in shown}
    sections_shown = {each for section in holding for each in map.sections_around(section)}
    for statement in map.statements:
        if statement.id in shown:
            continue
        trail = []
        up: str | None = statement.id
        while up is not None and up not in owner:
            trail.append(up)
            up = parents.get(up)
        found = owner[up] if up is not None else None
        for each in trail:
            owner[each] = found
        if found is not None:
            hidden[found] = hidden.get(found, 0) + 1
        if options.overview and statement.section is not None and statement.section not in sections_shown:
            in_section[statement.section] = in_section.get(statement.section, 0) + 1
    return hidden, in_section
