"""The words around a picture: what is shown on hover, a step as a sentence, the whole map in a sentence or two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from argmap.drawing.boxes import flag_text
from argmap.drawing.overlay import Flag
from argmap.drawing.scene import safe_link
from argmap.drawing.view import tops
from argmap.model import ArgumentMap, Quotation, Stance, Statement, Step, StepKind, does
from argmap.text.words import listed

# Enough to know what the picture is about; all of it is in the outline and in the prose export.
_CLAIMS = 4
_WORDS = 160

_NOUNS = {
    StepKind.REASON: ("reason", "reasons"),
    StepKind.OBJECTION: ("objection", "objections"),
    StepKind.CONCESSION: ("granted objection", "granted objections"),
    StepKind.COROLLARY: ("corollary", "corollaries"),
    StepKind.INFERENCE: ("inference", "inferences"),
}

_TITLES = {
    StepKind.REASON: "reason {ground} for {target}",
    StepKind.OBJECTION: "objection {ground} to {target}",
    StepKind.CONCESSION: "granted against {target}: {ground}",
    StepKind.COROLLARY: "corollary {target} of {ground}",
    StepKind.INFERENCE: "inference from {ground} to {target}",
}
_BRACES = re.compile(r"\{(\w+)\}")


def own_words(map: ArgumentMap) -> Mapping[str, str]:
    """argmap's own words in the language of a map, by the English ones; those that its author gives come first."""
    lang = (map.fact("lang") or "").split("-")[0].casefold()
    found = dict(_words().get(lang, {})) if lang in ("de", "fr", "es") else {}
    for fact in map.facts:
        if fact.key == "words":
            pairs = (pair.partition("=") for pair in fact.value.split(";"))
            found.update((english.strip(), own.strip()) for english, _, own in pairs if own.strip())
    return found


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    import json
    from importlib import resources

    found: Mapping[str, Mapping[str, str]] = json.loads(
        resources.files("argmap.drawing").joinpath("words.json").read_bytes()
    )
    return found


def web_address(statement: Statement) -> str | None:
    """The author's `url`, where it is one that a picture may link to."""
    return next((value for key, value in statement.data if key == "url" and safe_link(value)), None)


def said(words: Mapping[str, str], text: str, **values: str) -> str:
    """A text of argmap's own in the language of a map, its braces filled."""
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), words.get(text, text))


def _names(map: ArgumentMap, ids: Sequence[str], words: Mapping[str, str], joint: str = "and") -> str:
    return f" {words.get(joint, joint)} ".join(map.by_id[id].name for id in ids)


def stance_text(map: ArgumentMap, stance: Stance, words: Mapping[str, str] = {}) -> str:
    """A stance on a statement or on a step to it, with all details, as lines of its tooltip."""
    ground, verb = _names(map, stance.ids[:-1], words), does(stance.holder, stance.attitude)
    about = said(words, "the step to it from {ground}", ground=ground) if ground else words.get("it", "it")
    lines = [f"{stance.holder} {words.get(verb, verb)} {about}{stance.details}"]
    return "\n".join([*lines, *(_quotation(each) for each in stance.quotations)])


def _quotation(quotation: Quotation) -> str:
    return f"“{quotation.words}”" + (f" ({quotation.where})" if quotation.where else "")


def tooltip(
    statement: Statement, stances: Sequence[str], hidden: int, flags: Sequence[Flag], words: Mapping[str, str] = {}
) -> str:
    """Everything said about a statement, a line each."""
    lines = [" ".join(filter(None, (f"({statement.label})" if statement.label else "", statement.text)))]
    about = [statement.qualifier.value] if statement.qualifier else []
    about += ["left unsaid in the source"] if statement.implicit else []
    about += ["put forward, not asserted"] if statement.open else []
    about += ["claimed only with a proof"] if statement.unproved else []
    about = [words.get(each, each) for each in about] + [f"#{tag}" for tag in statement.tags]
    if about:
        lines.append(", ".join(about))
    lines.extend(_quotation(each) for each in statement.quotations)
    lines.extend(statement.notes)
    lines.extend(f"{key}: {value}" for key, value in statement.data)
    lines.extend(stances)
    lines.extend(flag_text(flag, words) for flag in flags)
    if hidden:
        lines.append(f"{hidden:,} {words.get('more inside', 'more inside')}")
    return "\n".join(lines)


def step_title(map: ArgumentMap, step: Step, words: Mapping[str, str] = {}) -> str:
    """`reason (lives) for (a)`."""
    return said(words, _TITLES[step.kind], ground=_names(map, step.ground, words), target=map.by_id[step.target].name)


def step_text(map: ArgumentMap, step: Step, words: Mapping[str, str]) -> tuple[str, str]:
    """The title of a step, and the step to be read out."""
    title = step_title(map, step, words)
    together = f" {words.get('together', 'together')}" if len(step.ground) > 1 else ""
    text = f"{_names(map, step.ground, words)}{together}: {title}"
    if step.rule:
        text += f", {said(words, 'by {rule}', rule=step.rule)}"
    for word, ids, joint in (("provided", step.conditions, "and"), ("unless", step.exceptions, "or")):
        text += f", {words.get(word, word)} {_names(map, ids, words, joint)}" if ids else ""
    return title, text + "."


def rivals_text(one: str, other: str, words: Mapping[str, str]) -> tuple[str, str]:
    """A contradiction as a title, and to be read out."""
    title, text = "{one} contradicts {other}", "{one} and {other} cannot both be held."
    return said(words, title, one=one, other=other), said(words, text, one=one, other=other)


def roles(map: ArgumentMap) -> dict[str, tuple[str, ...]]:
    """What each statement does in the argument, by its id: `reason 2 of 3 for (a), joined with (guarantee)`."""

    def name(id: str) -> str:
        return map.by_id[id].name

    def gates(gated: Step | Statement, what: str) -> None:
        for id in gated.conditions:
            found[id].append(f"condition of {what}")
        for id in gated.exceptions:
            found[id].append(f"exception to {what}")

    found: dict[str, list[str]] = {statement.id: [] for statement in map.statements}
    totals = Counter((step.kind, step.target) for step in map.steps)
    counts: Counter[tuple[StepKind, str]] = Counter()
    for step in map.steps:
        key = (step.kind, step.target)
        counts[key] += 1
        nth = f" {counts[key]} of {totals[key]}" if totals[key] > 1 else ""
        for id in step.ground:
            others = [name(other) for other in step.ground if other != id]
            joined = f", joined with {listed(others, shown=2)}" if others else ""
            if step.kind is StepKind.INFERENCE:
                found[id].append(f"premise for {name(step.target)}{joined}")
            elif step.kind is not StepKind.COROLLARY:
                between = "for" if step.kind is StepKind.REASON else "to"
                found[id].append(f"{_NOUNS[step.kind][0]}{nth} {between} {name(step.target)}{joined}")
        if step.kind in (StepKind.COROLLARY, StepKind.INFERENCE):
            verb = "corollary of" if step.kind is StepKind.COROLLARY else "concluded from"
            found[step.target].append(f"{verb} {listed([name(id) for id in step.ground], shown=3)}")
        gates(step, step_title(map, step))
    for statement in map.statements:
        gates(statement, statement.name)
    for pair in map.contradictions:
        found[pair.left].append(f"contradicts {name(pair.right)}")
        found[pair.right].append(f"contradicts {name(pair.left)}")
    return {id: tuple(each) or ("main claim",) for id, each in found.items()}


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
    claims = [claim for id in tops(map) if not (claim := map.by_id[id]).missing] or shown[:1]
    sentences = [_sentence(map, claim) for claim in claims[:_CLAIMS]]
    if len(claims) > _CLAIMS:
        sentences.append(f"there are {_count(len(claims) - _CLAIMS, 'more main claim', 'more main claims')}")
    holders = len(map.holders)
    held = _count(holders, "holder accepts or doubts", "holders accept or doubt")
    shows = f" It shows what {held}." if holders else ""
    return f"An argument map of {size}{within}: {'; '.join(sentences)}.{shows}"


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
    return f"{label}“{text.rstrip('.')}” {listed(parts) if parts else 'stands by itself'}"


def _count(number: int, one: str, many: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many}"
