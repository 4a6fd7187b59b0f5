"""A map in a sentence or two that a screen reader can read in place of the picture."""

from __future__ import annotations

from collections import Counter

from argmap.model import ArgumentMap, Statement, StepKind

# Enough to know what the picture is about; whoever wants all of it reads the outline or the prose export.
_CLAIMS = 4
_WORDS = 160

_NOUNS = {
    StepKind.REASON: ("reason", "reasons"),
    StepKind.OBJECTION: ("objection", "objections"),
    StepKind.CONCESSION: ("granted objection", "granted objections"),
    StepKind.COROLLARY: ("corollary", "corollaries"),
    StepKind.INFERENCE: ("inference", "inferences"),
}


def describe(map: ArgumentMap) -> str:
    """What a map says, as plain sentences: how much there is, then its main claims and what bears on them.

    The main claims are the statements that speak for or against nothing else, the first four of them in the
    author's order. Linear in the size of the map.
    """
    shown = [statement for statement in map.statements if not statement.missing]
    size = _count(len(shown), "statement", "statements")
    within = f" in {_count(len(map.sections), 'section', 'sections')}" if map.sections else ""
    if not shown:
        return "An empty argument map."
    claims = _main_claims(map, shown)
    sentences = [_sentence(map, claim) for claim in claims[:_CLAIMS]]
    if len(claims) > _CLAIMS:
        sentences.append(f"there are {_count(len(claims) - _CLAIMS, 'more main claim', 'more main claims')}")
    holders = len(map.holders)
    held = (
        f" It shows what {_count(holders, 'holder accepts or doubts', 'holders accept or doubt')}."
        if holders
        else ""
    )
    return f"An argument map of {size}{within}: {'; '.join(sentences)}.{held}"


def _main_claims(map: ArgumentMap, shown: list[Statement]) -> list[Statement]:
    """The statements that are no ground, condition or exception of anything (but perhaps of a corollary)."""
    used: set[str] = set()
    derived: set[str] = set()
    for step in map.steps:
        used.update(step.conditions, step.exceptions)
        if step.kind is StepKind.COROLLARY:
            derived.add(step.target)
        else:
            used.update(step.ground)
    for statement in shown:
        used.update(statement.conditions, statement.exceptions)
    claims = [s for s in shown if s.id not in used and s.id not in derived]
    return claims or [s for s in shown if s.id not in used] or shown[:1]


def _sentence(map: ArgumentMap, claim: Statement) -> str:
    label = f"({claim.label}) " if claim.label is not None else ""
    text = " ".join(claim.text.split())
    if len(text) > _WORDS:
        text = text[: _WORDS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    kinds = Counter(step.kind for step in map.steps_to.get(claim.id, ()))
    parts = []
    for verb, group in (
        ("is supported by", (StepKind.REASON,)),
        ("is inferred by", (StepKind.INFERENCE,)),
        ("is opposed by", (StepKind.OBJECTION, StepKind.CONCESSION)),
    ):
        counts = [_count(kinds[kind], *_NOUNS[kind]) for kind in group if kinds[kind]]
        if counts:
            parts.append(f"{verb} {' and '.join(counts)}")
    led = sum(step.kind is StepKind.COROLLARY for step in map.steps_from.get(claim.id, ()))
    if led:
        parts.append(f"leads to {_count(led, *_NOUNS[StepKind.COROLLARY])}")
    return f"{label}“{text.rstrip('.')}” {_list(parts) if parts else 'stands by itself'}"


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}"


def _list(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
