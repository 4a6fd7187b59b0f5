"""A map at a coarser level: each argument is one statement, with its premises folded into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from attrs import evolve, field, frozen

from argmap.drawing.options import Level, Options
from argmap.drawing.overlay import Flag
from argmap.model import ArgumentMap, Contradiction, Statement, Step, StepKind

MANY_ARGUMENTS = 5
"""An imported map with so many arguments is drawn at their level, unless another is asked for."""


@frozen(eq=False)
class Folding:
    """A map whose arguments are folded.

    Attributes:
        premises: By the id of an argument, the id and the words of each premise that is folded into it.
        argument: By the id of a folded premise, that of its argument.
        moved: By the place of a step, where it is in the map that is folded.
        left_out: How many statements without a label bear on nothing, and nothing on them: a text's other sentences.
    """

    map: ArgumentMap
    premises: Mapping[str, tuple[tuple[str, str], ...]] = field(factory=dict)
    argument: Mapping[str, str] = field(factory=dict)
    moved: Mapping[int, int] = field(factory=dict)
    left_out: int = 0


def at_level(map: ArgumentMap, options: Options) -> tuple[Folding, Options]:
    """The map at the level that the options ask for, and the options with arguments in place of folded premises.

    Imported maps of many arguments are folded unless another level is asked for.
    """
    is_imported = map.source is not None and map.document is None
    if options.level is Level.STATEMENTS or (options.level is Level.AUTO and not is_imported):
        return Folding(map), options
    folding = fold(map)
    if options.level is Level.AUTO and len(folding.premises) < MANY_ARGUMENTS:
        return Folding(map), options
    overlay = options.overlay
    if overlay is not None:
        flags: dict[str, tuple[Flag, ...]] = {}
        for id, marks in overlay.flags.items():
            id = folding.argument.get(id, id)
            flags[id] = tuple(dict.fromkeys((*flags.get(id, ()), *marks)))
        blocked = frozenset(folding.moved[index] for index in overlay.blocked if index in folding.moved)
        overlay = evolve(overlay, flags=flags, blocked=blocked)
    focus, fold_away = (
        tuple(dict.fromkeys(folding.argument.get(id, id) for id in ids)) for ids in (options.focus, options.fold)
    )
    return folding, evolve(options, focus=focus, fold=fold_away, overlay=overlay)


def fold(map: ArgumentMap) -> Folding:
    """Make a statement of every argument: an inference, or a step from several premises.

    A premise that nothing else uses is folded into its argument, and what bears on it bears on the argument. Another
    is a reason for it; these reasons come behind the other steps. What has no label and no relation is left out.
    """
    uses = Counter(id for step in map.steps for id in step.ground)
    for gated in map.gated:
        uses.update((*gated.conditions, *gated.exceptions))
    for pair in map.contradictions:
        # What an inference contradicts is attacked by it; two that nothing leads to are rivals, and claims.
        if pair.left not in map.steps_to and pair.right not in map.steps_to:
            uses.update((pair.left, pair.right))
    inside: dict[int, list[str]] = {}
    home: dict[str, int] = {}
    for index, step in enumerate(map.steps):
        if step.kind is StepKind.INFERENCE or len(step.ground) > 1:
            alone = [id for id in dict.fromkeys(step.ground) if uses[id] == 1 and id != step.target]
            # What has no name should have more to say than one premise does.
            if alone and (step.rule or len(alone) > 1):
                inside[index] = alone
                home.update(dict.fromkeys(alone, index))
    # An unnamed inference to a premise is part of the argument that has the premise.
    for index in list(inside):
        step, outer = map.steps[index], home.get(map.steps[index].target, index)
        if outer != index and step.rule is None and not step.conditions and not step.exceptions:
            inside[outer] += inside.pop(index)
            home.update(dict.fromkeys(inside[outer], outer))
    taken = {*map.by_id}
    made: dict[int, Statement] = {}
    for index, ids in inside.items():
        within = [map.by_id[id] for id in ids]
        made[index] = _argument(map, map.steps[index], within, f"%argument-{index + 1}", taken)
        taken.add(made[index].id)
    argument = {id: made[index].id for id, index in home.items()}
    premises = {made[index].id: tuple((id, _sentence(map.by_id[id])) for id in ids) for index, ids in inside.items()}
    steps: list[Step] = []
    shared: list[Step] = []
    moved: dict[int, int] = {}
    for index, step in enumerate(map.steps):
        target = argument.get(step.target, step.target)
        own = next((argument[id] for id in step.ground if id in argument), None)
        if own is None:
            moved[index] = len(steps)
            steps.append(evolve(step, target=target))
            continue
        others = [id for id in dict.fromkeys(step.ground) if id not in argument]
        shared += [Step(kind=StepKind.REASON, ground=(id,), target=own) for id in others]
        if own != target:
            moved[index] = len(steps)
            steps.append(evolve(step, ground=(own,), target=target, rule=None))
    bare = {each.id for each in map.statements if each.label is None and not (each.conditions or each.exceptions)}
    bare -= {*uses, *map.steps_to, *(id for pair in map.contradictions for id in (pair.left, pair.right))}
    bare = bare if map.steps else set()
    statements: list[Statement] = []
    for statement in map.statements:
        if statement.id in bare:
            continue
        if statement.id not in argument:
            statements.append(statement)
        elif (index := home[statement.id]) in made:
            statements.append(made.pop(index))
    pairs: dict[frozenset[str], Contradiction] = {}
    for each in map.contradictions:
        left, right = argument.get(each.left, each.left), argument.get(each.right, each.right)
        if left != right:
            pairs.setdefault(frozenset((left, right)), evolve(each, left=left, right=right))
    left_out = {*argument, *bare}
    ends = {step.ends for step in (*steps, *shared)} if map.stances else set()
    folded = evolve(
        map,
        statements=tuple(statements),
        steps=(*steps, *shared),
        contradictions=tuple(pairs.values()),
        stances=tuple(
            stance
            for stance in map.stances
            if (stance.object in ends if stance.step else stance.statement not in left_out)
        ),
    )
    return Folding(folded, premises, argument, moved, len(bare))


def _argument(map: ArgumentMap, step: Step, premises: list[Statement], id: str, taken: Collection[str]) -> Statement:
    """An argument as a statement: its title, and the remark that begins with that, as importers leave it."""
    title = (step.rule or "").partition(": ")[0]
    remarks = (note for note in map.by_id[step.target].notes if title and note.startswith(f"{title}: "))
    names = " + ".join(each.name for each in premises)
    is_free = title != "" and title not in taken
    return Statement(
        id=title if is_free else id,
        label=title if is_free else None,
        text=next(remarks, "").removeprefix(f"{title}: ") if is_free else step.rule or names,
        notes=tuple(note for each in premises for note in (_sentence(each), *each.notes)),
        conditions=tuple(dict.fromkeys(gate for each in premises for gate in each.conditions)),
        exceptions=tuple(dict.fromkeys(gate for each in premises for gate in each.exceptions)),
        section=premises[0].section,
        span=step.span,
    )


def _sentence(statement: Statement) -> str:
    return f"{statement.name} {statement.text}" if statement.label else statement.text
