"""Rules about what is written twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Contradiction, Stance, Statement, Step, does
from argmap.rules._rule import Problem, held_object, in_words, name, premise_place, rule
from argmap.text import Placed

# Signs that carry meaning (-5, 3 < 4, 10%) stay; marks between words go.
_MARKS = re.compile(r"[\s.,;:!'\"“”‘’«»„…()\[\]—–]+|-(?!\d)")
# What such a text is about depends on where it is written, except where `it` only stands for what comes.
_POINTING = re.compile(
    r"(?:this|that|these|those|it|he|she|they)\b(?! (?:is|s|was|would be|seems) (?:\w+ ){1,5}(?:to|that|for|when|if) )"
)
_ANSWERS = re.compile(
    "(?:yes|no|not|never|so|indeed|of course|certainly|perhaps|maybe|true|false|wrong|right|why|none| )+"
)


@rule("AM105", Severity.WARNING)
def same_text_twice(map: ArgumentMap) -> Iterator[Problem]:
    """Two statements say the same, word for word."""
    # Keyed by hash, since the keys together are as long as the document.
    first: dict[int, Statement] = {}
    again: dict[str, list[Statement]] = {}
    for statement in map.statements:
        if statement.missing:
            continue
        key = _compared(statement.text)
        if not key:
            continue
        earlier = first.setdefault(hash(key), statement)
        if (
            earlier is not statement
            and (statement.label is None or statement.label != earlier.label)
            and _compared(earlier.text) == key
        ):
            again.setdefault(earlier.id, []).append(statement)
    for id, repeated in again.items():
        earlier = map.by_id[id]
        label = "a label" if earlier.label is None else f"({earlier.label})"
        if len(repeated) > 1:
            who = f"{earlier.name} and {len(repeated)} others"
        elif earlier.label is None and repeated[0].label is None:
            who = f"two statements, {earlier.name},"
        else:
            who = f"{earlier.name} and {repeated[0].name}"
        yield Problem(
            f"{who} say the same",
            (repeated[0], "repeated here"),
            (earlier, "first written here"),
            *((statement, "and here") for statement in repeated[1:_SHOWN]),
            hint=f"write it once, and refer to it by {label}",
        )


_SHOWN = 5


def _compared(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("cannot", "can not")
    key = _MARKS.sub(" ", re.sub(r"n't\b", " not", text).replace("&", "and")).strip()
    words = key.split(" ")
    # Scripts without spaces have no words to count; they get by with fewer letters.
    enough = len(words) >= 2 or (not key.isascii() and len(key) >= 8 and _unspaced(key))
    return key if enough and not _ANSWERS.fullmatch(key) and not _POINTING.match(key) else ""


def _unspaced(text: str) -> bool:
    return all(char == " " or char >= "\u0e00" for char in text)


@rule("AM112", Severity.WARNING)
def repeated_premise(map: ArgumentMap) -> Iterator[Problem]:
    """The same premise is joined to itself."""
    for step in map.steps:
        if len(step.ground) == 1 or len(set(step.ground)) == len(step.ground):
            continue
        for id, count in Counter(step.ground).items():
            if count > 1:
                times = "twice" if count == 2 else f"{count} times"
                yield Problem(
                    f"{name(map, id)} is joined to itself as a premise for {name(map, step.target)}",
                    (premise_place(map, step, id), f"{name(map, id)} is in this step {times}"),
                    (map.by_id[id], "the premise"),
                    hint="remove the repetition, or write the label of the premise you mean",
                )


@rule("AM113", Severity.WARNING)
def repeated_step(map: ArgumentMap) -> Iterator[Problem]:
    """The same step is written twice."""
    first: dict[int, Step] = {}
    for step in map.steps:
        earlier = first.setdefault(hash(_said(step)), step)
        if earlier is not step and _said(earlier) == _said(step):
            yield _twice(in_words(map, step), step, earlier)


def _twice(what: str, again: Placed, earlier: Placed, hint: str = "remove one of the two") -> Problem:
    places = (again, "repeated here"), (earlier, "first written here")
    return Problem(f"{what}: this is written twice", *places, hint=hint)


def _said(step: Step) -> tuple[object, ...]:
    gates = (frozenset(step.conditions), frozenset(step.exceptions))
    return step.kind, step.target, frozenset(step.ground), gates


@rule("AM114", Severity.NOTE)
def repeated_contradiction(map: ArgumentMap) -> Iterator[Problem]:
    """The same contradiction is written twice."""
    first: dict[frozenset[str], Contradiction] = {}
    for contradiction in map.contradictions:
        earlier = first.setdefault(frozenset((contradiction.left, contradiction.right)), contradiction)
        if earlier is not contradiction:
            left, right = name(map, contradiction.left), name(map, contradiction.right)
            hint = "a contradiction is symmetric: remove one of the two"
            yield _twice(f"{left} contradicts {right}", contradiction, earlier, hint)


@rule("AM116", Severity.NOTE)
def repeated_stance(map: ArgumentMap) -> Iterator[Problem]:
    """The same stance is written twice."""
    first: dict[object, Stance] = {}
    for stance in map.stances:
        said = stance.holder, stance.object, stance.attitude, stance.date, stance.hedge, stance.by
        earlier = first.setdefault(said, stance)
        if earlier is not stance:
            held = f"{does(stance.holder, stance.attitude)} {held_object(map, stance)}"
            yield _twice(f"{stance.holder} {held}", stance, earlier)
