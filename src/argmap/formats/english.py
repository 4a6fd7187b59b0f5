"""Statements as parts of English sentences: lists, clauses, and small first letters where they are safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import define, field

from argmap.model import ArgumentMap, Attitude, Qualifier, Stance, Statement

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+[\"”’')\]]*\s*\Z")
_INNER_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_a-z])")
# Words that begin a sentence in English and are no names.
_ORDINARY = frozenset(
    (  # noqa: SIM905 - a list of so many strings is worse to read
        "a about above according across after again against all almost along already also although"
        " always among an and another any anybody anyone anything are around as at away banning"
        " because before behind being below beside between beyond both but by can certain children"
        " clearly could despite did do does doing during each either else enough even ever every"
        " everybody everyone everything few fewer finally first for from further given giving had half"
        " has have having he her here his how however humans if in including indeed instead into is it"
        " its itself just keeping lack lacking last later least less let letting like little long"
        " making many may maybe men merely might more moreover most much must my near nearly neither"
        " never new no nobody none nor not nothing now of often old on once one only or other others"
        " otherwise our out over own people perhaps plenty possibly probably providing quite rather"
        " recent several shall she should similarly since so some somebody someone something sometimes"
        " soon still studies such surely taking than that the their them themselves then there"
        " therefore these they this those though three through throughout thus to today together too"
        " toward towards two under unless unlike until up upon us using very was we were what whatever"
        " when whenever where whereas wherever whether which while who whoever whose why will with"
        " within without women working would yes yet you your"
    ).split()
)
_COMMON_ENDINGS = (
    "ing", "tion", "tions", "sion", "ness", "ment", "ments", "ity", "ism", "ance", "ence", "ship",
)  # fmt: skip


def listed(items: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    text = text.strip()
    if not text or _END.search(text):
        return text
    return text.rstrip(",;:") + "."


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


@define
class English:
    """Knows which words of a map can lose the capital they have at the start of a sentence."""

    _small: set[str] = field(factory=set)
    _names: set[str] = field(factory=set)

    @classmethod
    def of(cls, texts: Iterable[str]) -> English:
        """Learn from texts: a word met in small letters is ordinary, one met with a capital inside a
        sentence a name."""
        english = cls()
        for text in texts:
            for sentence in re.split(r"[.!?:;…]\s+|\n+", text):
                words = _WORD.findall(sentence)
                for place, word in enumerate(words):
                    if word[:1].islower():
                        english._small.add(word)
                    elif place:
                        english._names.add(word.lower())
        return english

    def is_clause(self, text: str) -> bool:
        """Whether a text can stand inside a sentence: one sentence, no question, and a first word that can
        be small or has to be big."""
        text = flat(text)
        if not text or text.rstrip("\"”’')").endswith(("?", "!")) or _INNER_END.search(text) or ":" in text:
            return False
        return self._first(text) != "unknown" and len(text) <= 240

    def clause(self, text: str) -> str:
        """A text as it stands inside a sentence: no full stop, a small first letter where the word is
        ordinary."""
        text = flat(text)
        text = re.sub(r"\.+([\"”’')\]]*)\Z", r"\1", text) if not text.endswith("...") else text
        return text[:1].lower() + text[1:] if self._first(text) == "ordinary" else text

    def _first(self, text: str) -> str:
        """Whether the first word is `ordinary`, a `name`, or `unknown`."""
        match = _WORD.match(text)
        if match is None:
            return "ordinary" if not text[:1].isalpha() else "name"
        word = match[0]
        small = word.lower()
        if word == small:
            return "name"  # as it is
        if word in ("I", "I'm", "I’m", "I've", "I’ve") or (len(word) > 1 and word[1:] != word[1:].lower()):
            return "name"
        if small in _ORDINARY:
            return "ordinary"
        if small in self._small and small not in self._names:
            return "ordinary"
        if small in self._names:
            return "name"
        return "ordinary" if small.endswith(_COMMON_ENDINGS) else "unknown"


def qualified(statement: Statement, clause: str) -> str:
    """A clause with its qualifier in front."""
    return clause if statement.qualifier is None else f"{statement.qualifier.value} {clause}"


ADVERBS = {
    Qualifier.CERTAINLY: "Certainly",
    Qualifier.PROBABLY: "Probably",
    Qualifier.PRESUMABLY: "Presumably",
    Qualifier.POSSIBLY: "Possibly",
}


def held_alike(map: ArgumentMap) -> list[tuple[list[str], dict[Attitude, list[str]]]]:
    """Who holds what: holders of the very same things together, and the ids of what they hold."""
    held: dict[str, dict[Attitude, list[Stance]]] = {}
    for stance in map.stances:
        held.setdefault(stance.holder, {}).setdefault(stance.attitude, []).append(stance)
    alike: dict[object, tuple[list[str], dict[Attitude, list[str]]]] = {}
    for holder, attitudes in held.items():
        ids = {
            attitude: [s.statement for s in attitudes[attitude]]
            for attitude in Attitude
            if attitude in attitudes
        }
        key = tuple((attitude, tuple(each)) for attitude, each in ids.items())
        alike.setdefault(key, ([], ids))[0].append(holder)
    return list(alike.values())
