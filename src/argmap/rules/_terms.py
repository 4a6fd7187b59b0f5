"""The significant words of a statement by their stems, for the teaching rules."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from argmap.model import ArgumentMap
from argmap.text.listing import listed

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


def language(map: ArgumentMap) -> str | None:
    """The language of a map by its `lang:` (English by default); None if its little words are not known."""
    code = (map.fact("lang") or "en").strip().casefold()
    return "english" if code.startswith("en") else None


@lru_cache(maxsize=4096)
def terms(text: str, language: str) -> dict[str, str]:
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


def quoted(words: list[str]) -> str:
    """Words as a sentence lists them: “withdrawal”, “Iraq” or 2 more."""
    shown = [f"“{word[:30]}”" for word in words[:4]]
    return listed([*shown, *([f"{len(words) - 4} more"] if len(words) > 4 else [])], "or")
