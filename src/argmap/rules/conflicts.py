"""Rules about two things that cannot both be meant, among them conditions and exceptions."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Contradiction, Stance, Statement, Step, StepKind, does
from argmap.rules._rule import Problem, held_object, in_words, is_joined, name, names, rule


@rule("AM110", Severity.WARNING)
def both_for_and_against(map: ArgumentMap) -> Iterator[Problem]:
    """The same statement speaks both for and against another."""
    opposed = {(c.left, c.right): c for c in map.contradictions if c.left != c.right}
    against = {step.ends: step for step in reversed(map.steps) if not step.kind.supports}
    for step in map.steps if against or opposed else ():
        if not step.kind.supports:
            continue
        other = against.get(step.ends)
        if other is not None and step.target not in step.ground:
            verb = "speak" if is_joined(step) else "speaks"
            yield Problem(
                f"{names(map, step.ground)} {verb} both for and against {name(map, step.target)}",
                (other, "against it here"),
                (step, "for it here"),
                hint="remove one of the two, or write the further premises of each",
            )
        # Only reasons: to derive, by bar or corollary, what contradicts a premise is a proof by contradiction.
        if step.kind is not StepKind.REASON:
            continue
        for id in dict.fromkeys(step.ground):
            clash = opposed.get((id, step.target)) or opposed.get((step.target, id))
            if clash is not None:
                yield Problem(
                    f"{in_words(map, step)}, yet {name(map, id)} contradicts it",
                    (step, "a reason for it here"),
                    (clash, "contradicted here"),
                    hint="remove one of the two: what contradicts a statement cannot be a reason for it",
                )


@rule("AM115", Severity.ERROR)
def conflicting_stances(map: ArgumentMap) -> Iterator[Problem]:
    """Somebody is said to hold two different things of the same statement at the same time."""
    first: dict[object, Stance] = {}
    for stance in map.stances:
        earlier = first.setdefault((stance.holder, stance.object, stance.date), stance)
        if not earlier.agrees_with(stance):
            one, other = (
                f"{does(each.holder, each.attitude)}{{}}{f' ({each.hedge.value})' if each.hedge else ''}"
                for each in (earlier, stance)
            )
            yield Problem(
                f"{stance.holder} {one.format(f' {held_object(map, stance)}')} and also {other.format(' it')}",
                (stance, f"{other.format(' it')} here"),
                (earlier, f"{one.format(' it')} here"),
                hint="remove one of the two; for a change of mind, say when: `{date: 2007-05}`",
            )


@rule("AM118", Severity.WARNING)
def gate_repeats_ground(map: ArgumentMap) -> Iterator[Problem]:
    """A step's condition or exception is already its ground."""
    for step in map.steps:
        ground = set(step.ground)
        for word, gates, then, role, hint in (
            ("unless", step.exceptions, "can never go through", "needs {}, and fails where it holds",
             "write the label of the exception you mean"),
            ("provided", step.conditions, "needs it already", "{} is its ground and its condition",
             "remove the condition, or write the label of the one you mean"),
        ):  # fmt: skip
            for id in dict.fromkeys(gates):
                if id in ground:
                    yield Problem(
                        f"{in_words(map, step)}, {word} {name(map, id)}: the step {then}",
                        (step, role.format(name(map, id))),
                        (map.by_id[id], "the statement"),
                        hint=hint,
                    )


@rule("AM119", Severity.ERROR)
def condition_and_exception(map: ArgumentMap) -> Iterator[Problem]:
    """The same statement is both a condition and an exception."""
    gated: tuple[Statement | Step, ...] = (*map.statements, *map.steps)
    for each in gated:
        exceptions = set(each.exceptions)
        for id in dict.fromkeys(each.conditions):
            if id in exceptions:
                what = each.name if isinstance(each, Statement) else f"that {in_words(map, each)}"
                yield Problem(
                    f"{name(map, id)} is both condition and exception: {what}, provided and unless it holds",
                    (each, f"both provided and unless {name(map, id)}"),
                    (map.by_id[id], "the statement"),
                    hint="remove one of the two",
                )


_HINT = "write the label of the statement you mean, or remove the line"


@rule("AM120", Severity.WARNING)
def gate_on_itself(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is its own condition or its own exception."""
    gated: tuple[Statement | Step, ...] = (*map.statements, *map.steps)
    for each in gated:
        id = each.id if isinstance(each, Statement) else each.target
        for word, gates in (("provided", each.conditions), ("unless", each.exceptions)):
            if id not in gates:
                continue
            gate = f"{word} {name(map, id)}"
            if isinstance(each, Statement):
                yield Problem(f"{each.name} is claimed {gate} itself", (each, ""), hint=_HINT)
            else:
                places = (each, f"leads to {name(map, id)}, {gate}"), (map.by_id[id], "the statement")
                yield Problem(f"{in_words(map, each)}, {gate} itself", *places, hint=_HINT)


@rule("AM121", Severity.WARNING)
def premises_contradict(map: ArgumentMap) -> Iterator[Problem]:
    """Two joined premises contradict each other."""
    opposed: dict[str, dict[str, Contradiction]] = {}
    for contradiction in map.contradictions:
        if contradiction.left != contradiction.right:
            opposed.setdefault(contradiction.left, {}).setdefault(contradiction.right, contradiction)
    for step in map.steps:
        if len(step.ground) < 2 or step.kind.binds:
            continue
        ground = set(step.ground)
        for left in dict.fromkeys(step.ground):
            # The smaller of the two sets, so that a much contradicted premise of many steps stays cheap.
            others = opposed.get(left, {})
            small, large = (others, ground) if len(others) < len(ground) else (ground, others)
            for right in [id for id in small if id in large]:
                both = f"{name(map, left)} and {name(map, right)}"
                yield Problem(
                    f"{in_words(map, step)}, but {both} contradict each other",
                    (step, "joined here"),
                    (others[right], "contradicted here"),
                    hint="give them as two reasons, or remove the contradiction",
                )


@rule("AM124", Severity.WARNING)
def implicit_but_quoted(map: ArgumentMap) -> Iterator[Problem]:
    """A statement is marked as left unsaid, yet quotes the words that say it."""
    for statement in map.statements:
        if statement.implicit and statement.quotations:
            yield Problem(
                f"{statement.name} is marked as left unsaid, yet it quotes the source",
                (statement, "implicit"),
                (statement.quotations[0], "quoted"),
                hint="remove `{implicit}`, or make the quotation a note by leaving out its quotation marks",
            )


@rule("AM125", Severity.WARNING)
def granted_and_objected(map: ArgumentMap) -> Iterator[Problem]:
    """The same point is both an objection and granted."""
    granted = {step.ends: step for step in reversed(map.steps) if step.kind is StepKind.CONCESSION}
    for step in map.steps if granted else ():
        if step.kind is StepKind.OBJECTION and (other := granted.get(step.ends)):
            are = "are" if is_joined(step) else "is"
            ground, target = names(map, step.ground), name(map, step.target)
            yield Problem(
                f"{ground} {are} both an objection to {target} and granted against it",
                (step, "an objection here"),
                (other, "granted here"),
                hint="keep `-` if it counts until answered, `~` if it is outweighed",
            )
