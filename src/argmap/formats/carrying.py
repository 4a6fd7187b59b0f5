"""What a map can say, feature by feature, and the report of what a format has no place for.

A writer names the features it carries; every use of another in a map is one AM401, where it stands.
"""

from __future__ import annotations

from enum import Enum

from argmap.formats.losses import Losses
from argmap.model import ArgumentMap, Role, Step, StepKind, does


class Feature(Enum):
    """Something that a map can say; the value completes “no place for …”."""

    FACTS = "the header"
    SECTIONS = "sections"
    STANCES = "who holds what"
    CONTRADICTIONS = "contradictions"
    GATES = "conditions and exceptions of a statement"
    CONDITIONS = "conditions of a step"
    EXCEPTIONS = "exceptions of a step"
    RULES = "the names of rules"
    EMPHASIS = "stress"
    QUALIFIERS = "qualifiers"
    IMPLICIT = "what is left unsaid"
    OPEN = "what is put forward but not asserted"
    TAGS = "tags"
    DATA = "the author's own attributes"
    QUOTATIONS = "quotations"
    NOTES = "notes"
    LABELS = "labels"
    ROLES = "whether a statement is claimed outright"


ALL = frozenset(Feature)


def report(map: ArgumentMap, carried: frozenset[Feature], format: str, losses: Losses) -> None:
    """Report every use of a feature that is not carried.

    Args:
        format: The format's title, as a sentence begins with it.
    """

    def lacks(feature: Feature) -> bool:
        return feature not in carried

    def lose(feature: Feature, what: str, where: object) -> None:
        losses.left_out(f"{what}: {format} has no place for {feature.value}", where)  # type: ignore[arg-type]

    if lacks(Feature.FACTS):
        for fact in map.facts:
            lose(Feature.FACTS, f"the header line “{fact.key}”", fact)
    if lacks(Feature.SECTIONS):
        for section in map.sections:
            lose(Feature.SECTIONS, f"the heading “{section.title}”", section)
    for statement in map.statements:
        name = statement.name
        if lacks(Feature.LABELS) and statement.label is not None:
            lose(Feature.LABELS, f"the label ({statement.label})", statement)
        if lacks(Feature.ROLES) and statement.role is not Role.CLAIM:
            lose(
                Feature.ROLES, f"that {name} is a {statement.role.value} and not claimed outright", statement
            )
        if lacks(Feature.EMPHASIS):
            for stress in statement.emphasis:
                lose(
                    Feature.EMPHASIS,
                    f"the stress on “{statement.text[stress.start : stress.end]}”",
                    statement,
                )
        if lacks(Feature.QUALIFIERS) and statement.qualifier is not None:
            lose(Feature.QUALIFIERS, f"the qualifier “{statement.qualifier.value}” of {name}", statement)
        if lacks(Feature.IMPLICIT) and statement.implicit:
            lose(Feature.IMPLICIT, f"that {name} is left unsaid", statement)
        if lacks(Feature.OPEN) and statement.open:
            lose(Feature.OPEN, f"that {name} is not asserted", statement)
        if lacks(Feature.TAGS):
            for tag in statement.tags:
                lose(Feature.TAGS, f"the tag #{tag} of {name}", statement)
        if lacks(Feature.DATA):
            for key, _ in statement.data:
                lose(Feature.DATA, f"the attribute “{key}” of {name}", statement)
        if lacks(Feature.QUOTATIONS):
            for quotation in statement.quotations:
                lose(Feature.QUOTATIONS, f"a quotation of {name}", quotation if quotation.span else statement)
        if lacks(Feature.NOTES):
            for _ in statement.notes:
                lose(Feature.NOTES, f"a note of {name}", statement)
        if lacks(Feature.GATES):
            for id in (*statement.conditions, *statement.exceptions):
                lose(Feature.GATES, f"that {name} depends on {said(map, id)}", statement)
    for step in map.steps:
        if lacks(Feature.CONDITIONS):
            for id in step.conditions:
                lose(Feature.CONDITIONS, f"that {described(map, step)} needs {said(map, id)}", step)
        if lacks(Feature.EXCEPTIONS):
            for id in step.exceptions:
                lose(Feature.EXCEPTIONS, f"that {said(map, id)} would defeat {described(map, step)}", step)
        if lacks(Feature.RULES) and step.rule is not None:
            lose(Feature.RULES, f"the rule “{step.rule}”", step)
    if lacks(Feature.CONTRADICTIONS):
        for pair in map.contradictions:
            lose(
                Feature.CONTRADICTIONS,
                f"that {said(map, pair.left)} contradicts {said(map, pair.right)}",
                pair,
            )
    if lacks(Feature.STANCES):
        for stance in map.stances:
            held = does(stance.holder, stance.attitude)
            lose(Feature.STANCES, f"that {stance.holder} {held} {said(map, stance.statement)}", stance)


def said(map: ArgumentMap, id: str) -> str:
    """How to speak of a statement in a sentence."""
    statement = map.by_id.get(id)
    return f"({id})" if statement is None else statement.name


def described(map: ArgumentMap, step: Step) -> str:
    """How to speak of a step in a sentence."""
    words = {
        StepKind.REASON: "the reason {} for {}",
        StepKind.OBJECTION: "the objection {} to {}",
        StepKind.CONCESSION: "the concession {} against {}",
        StepKind.COROLLARY: "the step from {} to {}",
        StepKind.INFERENCE: "the inference from {} to {}",
    }[step.kind]
    return words.format(" and ".join(said(map, id) for id in step.ground), said(map, step.target))
