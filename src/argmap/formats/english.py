"""Statements as parts of English sentences: lists, clauses, and small first letters where they are safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import define, field

from argmap.model import ArgumentMap, Attitude, Qualifier, Stance, Statement
from argmap.model.holder import is_many

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+[\"”’')\]]*\s*\Z")
_INNER_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_a-z])")
# Words that begin a sentence in English and are no names.
_ORDINARY = frozenset(
    (  # noqa: SIM905 - a list of so many strings is worse to read
        "a about above according across advice after again against air alcohol all almost along"
        " already also although always among an and animal another any anybody anyone anything are"
        " around art as at away bad banning beauty because beer before behind being below beside best"
        " better between beyond big birth both bread but by can cannabis certain children clearly coal"
        " coffee common could crime culture death despite did do does doing during each early either"
        " electricity else energy enough even ever every everybody everyone everything evidence"
        " experience fate few fewer finally fire first food for free freedom from full further gas"
        " given giving glass good great growth had half happiness has have having he health heat her"
        " here high higher his history housing how however human humans if in including indeed"
        " information instead into is it its itself just justice keeping knowledge lack lacking"
        " language large larger last late later law least less let letting life like little local long"
        " love low lower luck making many mathematics may maybe meat men merely might milk modern"
        " money more moreover most much music must my national nature near nearly neither never new no"
        " nobody none nor not nothing now of often oil old older on once one only or other others"
        " otherwise our out over own pain paper peace people perhaps petrol philosophy pleasure plenty"
        " poor possibly poverty power private probably progress property providing public quite rain"
        " rather reading real recent religion rent research rich salt school science several shall she"
        " should similarly since sleep small smaller smoke snow so society some somebody someone"
        " something sometimes soon sport steel still strong studies such sugar surely taking tea"
        " testimony than that the their them themselves then there therefore these they this those"
        " though three through throughout thus time to tobacco today together too toward towards trade"
        " traffic travel truth two under unless unlike until up upon us using very war was water we"
        " weak were what whatever when whenever where whereas wherever whether which while who whoever"
        " whose why will wine with within without women work working worse worst would writing yes yet"
        " you young your"
    ).split()
)
_SINGULAR_VERBS = frozenset(
    (  # noqa: SIM905
        "is has was does says needs wants grows makes takes gives causes helps kills leads costs works means"
        " brings keeps holds remains requires allows depends supports opposes believes argues claims thinks"
        " knows lives gets goes comes becomes answers fears seems shows"
    ).split()
)
_MODALS = frozenset(("will", "would", "should", "can", "could", "must", "may", "might", "did", "had"))
_COMMON_ENDINGS = (
    "ed", "ing", "tion", "tions", "sion", "ness", "ment", "ments", "ity", "ism", "ance", "ence", "ship",
    "cracy", "ogy", "cide",
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
            return "name" if text[:1].isalpha() else "ordinary"
        word = match[0]
        small = word.lower()
        if word == small or word in ("I", "I'm", "I’m", "I've", "I’ve", "I'd", "I’d", "I'll", "I’ll"):
            return "name"  # it stays as it is
        if len(word) > 1 and word[1:] != word[1:].lower():
            return "name"
        if small in _ORDINARY:
            return "ordinary"
        following = re.match(r"\s+([^\W\d_])", text[match.end() :])
        if small in self._names or (following is not None and following[1].isupper()):
            return "name"
        if small in self._small or small.endswith(_COMMON_ENDINGS):
            return "ordinary"
        after = _WORD.search(text, match.end())
        verb = after[0] if after is not None and text[match.end() : after.start()] == " " else ""
        singular = verb in _SINGULAR_VERBS
        if small.endswith("s") and not small.endswith(("ss", "us", "is")) and not singular:
            return "ordinary"  # Whales feed …
        # A bare singular before its verb is a name (Iran has …), or one of the ordinary words listed above.
        return "name" if singular or verb in _MODALS else "unknown"


def qualified(statement: Statement, clause: str) -> str:
    """A clause with its qualifier in front."""
    return clause if statement.qualifier is None else f"{statement.qualifier.value} {clause}"


ADVERBS = {
    Qualifier.CERTAINLY: "Certainly",
    Qualifier.PROBABLY: "Probably",
    Qualifier.PRESUMABLY: "Presumably",
    Qualifier.POSSIBLY: "Possibly",
}


def verb_ending(holders: Sequence[str]) -> str:
    """The `s` of a verb after these names, or nothing where they are many."""
    return "" if len(holders) > 1 or is_many(holders[0]) else "s"


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
