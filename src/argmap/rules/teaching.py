"""The teaching rules: advice, off unless selected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Problem, name, rule
from argmap.text.words import listed

_CALLED = {
    StepKind.REASON: "reason for",
    StepKind.OBJECTION: "objection to",
    StepKind.INFERENCE: "inference to",
}


@rule("AM301", Severity.NOTE, default=False)
def golden(map: ArgumentMap) -> Iterator[Problem]:
    """A reason rests on a single premise (the Golden rule)."""
    for step in map.steps:
        if step.kind in _CALLED and len({*step.ground, *step.conditions}) == 1:
            called = f"{_CALLED[step.kind]} {name(map, step.target)}"
            yield Problem(
                f"the {called} has a single premise, {name(map, step.ground[0])}",
                (step, "one premise"),
                hint="join with `&` what else must hold for it to bear on the claim (`{implicit}` if unsaid)",
            )


@rule("AM302", Severity.NOTE, default=False)
def rabbit(map: ArgumentMap) -> Iterator[Problem]:
    """A term of the conclusion is in none of its premises (the Rabbit rule)."""
    if (spoken := _language(map)) is None:
        return
    for step in map.steps:
        target = map.by_id.get(step.target)
        if step.kind not in (StepKind.REASON, StepKind.INFERENCE) or target is None:
            continue
        brought: set[str] = set()
        for id in (*step.ground, *step.conditions):
            if (premise := map.by_id.get(id)) is not None:
                brought.update(_terms(premise.text, spoken))
        new = [word for stem, word in _terms(target.text, spoken).items() if stem not in brought]
        if new and brought:
            yield Problem(
                f"no premise of this {step.kind.value} for {name(map, step.target)} mentions {_quoted(new)}",
                (step, "the premises"),
                (target, "the conclusion"),
                hint="add the missing premise with `&`, or use the same word for the same thing",
            )


@rule("AM303", Severity.NOTE, default=False)
def holding_hands(map: ArgumentMap) -> Iterator[Problem]:
    """A term of a premise appears nowhere else in the step (Holding Hands)."""
    if (spoken := _language(map)) is None:
        return
    for step in map.steps:
        if step.kind not in (StepKind.REASON, StepKind.INFERENCE):
            continue
        ids = dict.fromkeys((*step.ground, *step.conditions, step.target))
        said = {
            id: _terms(statement.text, spoken) for id in ids if (statement := map.by_id.get(id)) is not None
        }
        if not all(said.values()):
            continue
        times = Counter(stem for each in said.values() for stem in each)
        for id in dict.fromkeys(step.ground):
            alone = [word for stem, word in said.get(id, {}).items() if times[stem] == 1]
            if alone and id != step.target:
                what = f"this {step.kind.value}"
                yield Problem(
                    f"{name(map, id)} mentions {_quoted(alone)}, which nothing else in {what} mentions",
                    (map.by_id.get(id), "the premise"),
                    (map.by_id.get(step.target), "the conclusion"),
                    hint="add the linking premise with `&`, or use the same word for the same thing",
                )


_QUESTION_MARKS = ("?", "？", "؟", "?”", "?’", '?"', "?'")


@rule("AM304", Severity.NOTE, default=False)
def question_as_claim(map: ArgumentMap) -> Iterator[Problem]:
    """A question takes part in a step."""
    supported = {step.target for step in map.steps if step.kind.supports}
    used = {id for step in map.steps for id in step.ground}
    for statement in map.statements:
        if statement.text.endswith(_QUESTION_MARKS) and (statement.id in supported or statement.id in used):
            part = "is given support" if statement.id in supported else "is used to support or object"
            yield Problem(
                f"{statement.name} is a question, and {part}",
                (statement, "a question"),
                hint="write the statement that it implies",
            )


_LITTLE_WORDS = {
    "english": frozenset(
        """
        a about above according across actually after again against all almost already also although always
        am among an and another any anybody anyone anything are around as at away be became because become
        becomes been before began being below between both but by came can cannot certain certainly clearly
        come comes could did do does doing done down during each either else enough entirely even ever every
        everybody everyone everything far few first for from further gave get gets give given gives go goes
        going gone got great had has have having he hence her here hers him his how however if in indeed
        instead into is it its itself just keep kept last least less let like likely little long made make
        makes making many may maybe me might more moreover most much must my near nearly need needs neither
        never nevertheless next no nobody none nor not nothing now of off often on once one ones only or
        other others our out over own perhaps possible possibly presumably probably put quite rather really
        same say says see seem seems several shall she should simply since so some somebody someone
        something sometimes soon still such surely than that the their them themselves then there thereby
        therefore these they thing things this those though through thus to too toward towards true truly
        two under unless until up upon us use used uses very was way ways we well went were what whatever
        when where whether which while who whoever whole whom whose why will with within without would yes
        yet you your
        """.split()  # noqa: SIM905, a list would be unreadable
    )
}
"""By language (as the stemmer calls it), the words that carry no matter of their own."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# A text of more terms than this is a paragraph, and is not judged as one statement.
_MOST = 40


def _language(map: ArgumentMap) -> str | None:
    """The language of a map by its `lang:` (English by default); None if its little words are not known."""
    code = (map.fact("lang") or "en").strip().casefold()
    return "english" if code.startswith("en") else None


@lru_cache(maxsize=4096)
def _terms(text: str, language: str) -> dict[str, str]:
    """The significant terms of a text, from stem to word as written; empty if the text is too long to judge."""
    found: dict[str, str] = {}
    little = _LITTLE_WORDS[language]
    for match in _WORD.finditer(text):
        for part in re.split(r"['’]s\b|-", match[0].casefold()):
            if len(part) > 1 and part not in little and "'" not in part and "’" not in part:
                found.setdefault(_stem(part, language), match[0])
        if len(found) > _MOST:
            return {}
    return found


@lru_cache(maxsize=20_000)
def _stem(word: str, language: str) -> str:
    return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    from snowballstemmer import stemmer

    return stemmer(language)


def _quoted(words: list[str]) -> str:
    """Words as a sentence lists them: “withdrawal”, “Iraq” or 2 more."""
    shown = [f"“{word[:30]}”" for word in words[:4]]
    return listed([*shown, *([f"{len(words) - 4} more"] if len(words) > 4 else [])], "or")
