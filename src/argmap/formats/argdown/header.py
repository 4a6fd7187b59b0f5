"""Argdown's front matter and a map's facts and stances, both ways."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.formats.argdown.extras import KEY
from argmap.formats.argdown.values import Value
from argmap.formats.losses import Losses
from argmap.model import Attitude, Fact, Stance
from argmap.text import Span

# Front matter that says something about the text; all other keys set up Argdown's picture or its parser.
_FACTS = {
    "title": "title", "subTitle": "subtitle", "author": "author", "date": "date", "source": "source",
    "lang": "lang", "abstract": "abstract",
}  # fmt: skip
_KEYS = {fact: key for key, fact in _FACTS.items()}
_PRESENTATION = {"model", "color", "map", "dot", "group", "selection", "style", "html", "parser", "images"}


def facts_of(settings: Mapping[str, Value], place: Span | None, losses: Losses) -> tuple[Fact, ...]:
    """What front matter says about the text; the rest is reported."""
    facts: list[Fact] = []
    for key, value in settings.items():
        if key == KEY:
            continue
        if isinstance(value, str) and (key in _FACTS or key not in _PRESENTATION):
            text = " ".join(value.split())
        elif isinstance(value, list) and key in _FACTS and all(isinstance(one, str) for one in value):
            text = ", ".join(" ".join(str(one).split()) for one in value)
        elif key == "model" and value in ({"mode": "strict"}, {"mode": "loose"}):
            continue  # acted upon
        else:
            losses.left_out(f"{key}: settings for Argdown's own picture have no place in a map", place)
            continue
        name = _FACTS.get(key, "-".join(key.split()))
        facts.append(Fact(key=name, value=text, span=place))
    own = settings.get(KEY)
    kept = own.get("facts") if isinstance(own, dict) else None
    facts += (
        Fact(key=str(pair[0]), value=str(pair[1]), span=place)
        for pair in (kept if isinstance(kept, list) else ())
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
    )
    return tuple(facts)


def stances_of(
    settings: Mapping[str, Value], ids: Mapping[str, str], place: Span | None, losses: Losses
) -> tuple[Stance, ...]:
    """The stances that argmap keeps in front matter: `argmap: {stances: [[holder, attitude, title], …]}`."""
    own = settings.get(KEY)
    kept = own.get("stances") if isinstance(own, dict) else None
    stances: list[Stance] = []
    for each in kept if isinstance(kept, list) else ():
        if isinstance(each, list) and len(each) == 3 and all(isinstance(one, str) for one in each):
            holder, attitude, title = map(str, each)
            if title in ids and attitude in {one.value for one in Attitude}:
                stances.append(
                    Stance(holder=holder, attitude=Attitude(attitude), statement=ids[title], span=place)
                )
                continue
        losses.skipped("a stance of somebody on no known statement", place)
    return tuple(stances)


def settings_for(facts: tuple[Fact, ...], stances: list[list[Value]]) -> dict[str, Value]:
    """The front matter for a map's facts, and for stances as holder, attitude, title."""
    settings: dict[str, Value] = {}
    own: dict[str, Value] = {}
    rest: list[Value] = []
    for fact in facts:
        key = _KEYS.get(fact.key)
        if key and key not in settings and fact.value == " ".join(fact.value.split()):
            settings[key] = fact.value
        else:
            rest.append([fact.key, fact.value])
    if rest:
        own["facts"] = rest
    if stances:
        own["stances"] = list(stances)
    if own:
        settings[KEY] = own
    return settings
