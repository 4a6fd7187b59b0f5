"""The teaching rules: advice, off unless selected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step, StepKind
from argmap.rules._rule import Problem, name, rule
from argmap.text.words import lazy, listed

Terms = dict[str, str]

_CALLED = {StepKind.REASON: "reason for", StepKind.OBJECTION: "objection to", StepKind.INFERENCE: "inference to"}


@rule("AM301", Severity.NOTE, default=False)
def golden(map: ArgumentMap) -> Iterator[Problem]:
    """A reason rests on a single premise (the Golden rule)."""
    language = _language(map)
    for step in map.steps:
        if step.kind in _CALLED and _is_single(step):
            missing = ""
            if language is not None:
                premise, claim = (_terms(map[id].text, language) for id in (step.ground[0], step.target))
                sides = [_new(premise, claim), _new(claim, premise)]
                if premise and claim and all(sides):
                    missing = f"; a missing one would join {_quoted(sides[0])} with {_quoted(sides[1])}"
            yield Problem(
                f"the {_CALLED[step.kind]} {name(map, step.target)} has a single premise,"
                f" {name(map, step.ground[0])}{missing}",
                (step, "one premise"),
                hint="join with `&` what else must hold for it to bear on the claim (`{implicit}` if unsaid)",
            )


def _is_single(step: Step) -> bool:
    return len({*step.ground, *step.conditions}) == 1


def _new(terms: Terms, beside: Iterable[str]) -> list[str]:
    """The words of a text whose terms are not beside it."""
    return list(dict.fromkeys(word for term, word in terms.items() if term not in beside))


@rule("AM302", Severity.NOTE, default=False)
def rabbit(map: ArgumentMap) -> Iterator[Problem]:
    """A term of the conclusion is in none of its premises (the Rabbit rule)."""
    for step, target, premises in _judged(map):
        brought = set().union(*premises.values())
        if new := _new(target, brought):
            yield Problem(
                f"no premise of this {step.kind.value} for {name(map, step.target)} mentions {_quoted(new, 'or')}",
                (step, "the premises"),
                (map.by_id[step.target], "the conclusion"),
                hint="add the missing premise with `&`, or use the same word for the same thing",
            )


@rule("AM303", Severity.NOTE, default=False)
def holding_hands(map: ArgumentMap) -> Iterator[Problem]:
    """A term of a premise appears nowhere else in the step (Holding Hands)."""
    for step, target, premises in _judged(map):
        times = Counter(term for terms in (target, *premises.values()) for term in terms)
        in_premises = Counter(term for terms in premises.values() for term in terms)
        for id in dict.fromkeys(step.ground):
            terms = premises[id]
            alone = _new(terms, [term for term in terms if times[term] > 1])
            # A premise has two hands: one for another premise, and a second term that is in common.
            hands = sum(times[term] > 1 for term in terms)
            if alone and (hands < 2 or all(in_premises[term] == 1 for term in terms)):
                yield Problem(
                    f"{name(map, id)} mentions {_quoted(alone, 'or')}, which nothing else in this"
                    f" {step.kind.value} mentions",
                    (map.by_id[id], "the premise"),
                    (map.by_id[step.target], "the conclusion"),
                    hint="add the linking premise with `&`, or use the same word for the same thing",
                )


def _judged(map: ArgumentMap) -> Iterator[tuple[Step, Terms, dict[str, Terms]]]:
    """Each reason or inference of several premises whose terms are known: the conclusion's, and each premise's."""
    if (language := _language(map)) is None:
        return
    for step in map.steps:
        ids = dict.fromkeys((*step.ground, *step.conditions))
        if step.kind in (StepKind.REASON, StepKind.INFERENCE) and len(ids) > 1 and step.target not in ids:
            target = _terms(map[step.target].text, language)
            premises = {id: _terms(map[id].text, language) for id in ids}
            if target and all(premises.values()):
                yield step, target, premises


# Greek writes its question mark as a semicolon.
_ASKS = lazy(r"(?:[?？؟﹖⁇⁈⁉‽፧\u037e]|(?<=[\u0370-\u03ff\u1f00-\u1fff]);|(?<![\u2e80-\uffef])\uff1b)[?!？！….\s]*\Z")
_AFTER = lazy(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\Z")
_WRAPPED = lazy(r"(?:“.*”|‘.*’|\".*\"|'.*'|«.*»|„.*[“”]|「.*」|\(.*\)|\*.*\*|_.*_)\Z", re.DOTALL)


@rule("AM304", Severity.NOTE, default=False)
def question_as_claim(map: ArgumentMap) -> Iterator[Problem]:
    """A question takes part in a step."""
    gates = (id for each in map.gated for id in (*each.conditions, *each.exceptions))
    parts = dict.fromkeys(gates, "is a condition or an exception")
    parts.update((step.target, "is objected to") for step in map.steps)
    parts.update((id, "is used to support or object") for step in map.steps for id in step.ground)
    parts.update((step.target, "is given support") for step in map.steps if step.kind.supports)
    for statement in map.statements:
        if statement.id in parts and _is_question(statement.text):
            yield Problem(
                f"{statement.name} is a question, and {parts[statement.id]}",
                (statement, "a question"),
                hint="write the statement that it implies",
            )


def _is_question(text: str) -> bool:
    """Whether a text asks: as a whole, also in quotation marks, and not where it only reports a question."""
    text = text.strip()
    if _WRAPPED.match(text):
        text = text[1:-1]
    return _ASKS.search(_AFTER.sub("", text[-1000:]) or text) is not None


_WORD = lazy(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’-][^\W_]+)*")
# A text of more terms than this is a paragraph, and is not judged as one statement.
_MOST = 40
_LANGUAGES = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}


def _language(map: ArgumentMap) -> str | None:
    """The language of a map by its header's `lang:` (English by default); None if its words are not known."""
    said = re.split("[-_ ]", (map.fact("lang") or "en").strip().casefold())[0]
    return next((code for code, name in _LANGUAGES.items() if said in (code, name)), None)


@cache
def _words(code: str) -> tuple[frozenset[str], tuple[str, ...], dict[str, str]]:
    """A language's words without matter of their own, endings of such words, and forms with the word they are of."""
    from importlib.resources import files

    little: set[str] = set()
    forms: dict[str, str] = {}
    text = (files("argmap.rules") / "words" / f"{code}.txt").read_text(encoding="utf-8")
    for first, *others in map(str.split, text.splitlines()):
        if first == "little:":
            little.update(others)
        elif first != "#":
            forms.update(dict.fromkeys((first, *others), first))
    return frozenset(little), tuple(word[1:] for word in little if word[0] == "*"), forms


@lru_cache(maxsize=4096)
def _terms(text: str, code: str) -> Terms:
    """The significant terms of a text, from term to word as written; empty if the text is too long to judge."""
    little = _words(code)[0]
    found: dict[str, str] = {}
    for match in _WORD.finditer(text):
        word = match[0].casefold().replace("'", "’")
        for part in () if word in little else re.split("[’-]", word):
            if term := _term(part, code):
                found.setdefault(term, match[0])
        if len(found) > _MOST:
            return {}
    return found


@lru_cache(maxsize=20_000)
def _term(word: str, code: str) -> str:
    """What a word counts as: the stem of the word that it is a form of; empty for a little word."""
    little, endings, forms = _words(code)
    if word not in forms and (len(word) < 2 or word in little or word.endswith(endings)):
        return ""
    return str(_stemmer(code).stemWord(forms.get(word, word)))


@cache
def _stemmer(code: str) -> Any:
    from snowballstemmer import stemmer

    return stemmer(_LANGUAGES[code])


def _quoted(words: list[str], joiner: str = "and") -> str:
    """Words as a sentence lists them: “withdrawal”, “Iraq” or 2 more."""
    shown = [f"“{word[:30]}”" for word in words[:4]]
    return listed([*shown, *([f"{len(words) - 4} more"] if len(words) > 4 else [])], joiner)
