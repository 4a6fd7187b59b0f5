"""Answers in words: short, exact, and never more than the map says.

No sentence here says that a statement is true. Statements are called by `Statement.name`; long lists are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from argmap.analysis.deciders import Cause, Deciders, Decision
from argmap.analysis.fixpoint import FALLS, STANDS
from argmap.analysis.network import Base, Network
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Stance,
    Step,
    StepKind,
    does,
    has_or_have,
    is_or_are,
)

if TYPE_CHECKING:
    from argmap.analysis.commitment import Finding
    from argmap.analysis.derivations import Link

_SHOWN = 3


def listed(parts: Iterable[str], joiner: str = "and", shown: int = 0) -> str:
    """`a`, `a and b`, `a, b and c`; with `shown`, no more than so many and how many others there are."""
    found = list(parts)
    if shown and len(found) > shown + 1:
        found = [*found[:shown], f"{len(found) - shown} more"]
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {joiner} {found[-1]}" if found else ""


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def names(map: ArgumentMap, ids: Iterable[str], joiner: str = "and", shown: int = 0) -> str:
    """Statements by name, as a list in a sentence."""
    return listed((map.by_id[id].name for id in ids), joiner, shown)


def ground(map: ArgumentMap, step: Step) -> str:
    """A step's ground by name, joined statements with `&`."""
    return " & ".join(map.by_id[id].name for id in step.ground)


def arrow(map: ArgumentMap, step: Step) -> str:
    """A binding step as `(a) => (b)`."""
    return f"{ground(map, step)} => {map.by_id[step.target].name}"


def step_words(map: ArgumentMap, step: Step) -> str:
    """What to call a step when speaking of its target."""
    if step.kind is StepKind.COROLLARY:
        return arrow(map, step)
    if step.kind is StepKind.INFERENCE:
        return f"the inference from {names(map, step.ground)}"
    return f"the {step.kind.value} {ground(map, step)}"


def objection_words(map: ArgumentMap, step: Step) -> str:
    """An objection and what it is to, by name."""
    return f"{ground(map, step)}, an objection to {map.by_id[step.target].name}"


def why(deciders: Deciders, number: int, decision: Decision) -> str:
    """The reason for one answer, as a sentence."""
    network = deciders.network
    name = _namer(network)
    cause = decision.cause
    if cause in _PLAIN:
        words = _PLAIN[cause]
        if cause in (Cause.SAID, Cause.PRESUMED):
            words += _defence(deciders, number)
    elif cause is Cause.STEP:
        words = f"{step_words(network.map, network.steps[decision.steps[0]])} goes through"
        words += _defence(deciders, number)
    elif cause is Cause.OBJECTION:
        words = f"{step_words(network.map, network.steps[decision.steps[0]])} goes through"
    elif cause is Cause.BLOCKED:
        words = _blocked(deciders, decision)
    elif cause is Cause.CONTRADICTION:
        words = f"it contradicts {name(decision.by[0])}, which stands"
    elif cause is Cause.CONDITION:
        words = f"its condition {name(decision.by[0])} falls"
    elif cause is Cause.EXCEPTION:
        words = f"its exception {name(decision.by[0])} stands"
    elif cause is Cause.WAITING:
        words = f"it waits for {name(decision.by[0])}, which is undecided"
    else:
        words = _circle(network, number, decision.by)
    return capital(words) + "."


_PLAIN = {
    Cause.SAID: "it is taken as said",
    Cause.PRESUMED: "it is presumed, being a condition",
    Cause.DENIED: "it is only an exception, so it is presumed not to hold",
    Cause.NEEDY: "it is claimed only through a step, and no step leads to it",
    Cause.WITHDRAWN: "it is withdrawn",
    Cause.ASSUMED: "it is assumed",
    Cause.OPEN: "it is left open",
}


class _namer:  # noqa: N801 - reads as a verb where it is used
    def __init__(self, network: Network) -> None:
        self._statements = network.map.statements

    def __call__(self, number: int) -> str:
        return self._statements[number].name


def _hindrance(deciders: Deciders, step: int) -> str:
    """Why a step is blocked: `(x) falls`, or `its exception (x) stands`."""
    network = deciders.network
    blocker = deciders.blocker(step)
    name = network.map.statements[blocker].name
    if deciders.state.values[blocker] == STANDS:
        return f"its exception {name} stands"
    if network.ids[blocker] in network.steps[step].ground:
        return f"{name} falls"
    return f"its condition {name} falls"


def _blocked(deciders: Deciders, decision: Decision) -> str:
    map = deciders.network.map
    if len(decision.steps) == 1:
        step = deciders.network.steps[decision.steps[0]]
        return f"{step_words(map, step)} is blocked: {_hindrance(deciders, decision.steps[0])}"
    reasons = dict.fromkeys(_hindrance(deciders, step) for step in decision.steps[: _SHOWN + 1])
    extra = len(decision.steps) - _SHOWN - 1
    if extra > 0:
        return f"every step for it is blocked: {', '.join(list(reasons)[:_SHOWN])}, and so on"
    return f"every step for it is blocked: {listed(reasons)}"


def _defence(deciders: Deciders, number: int) -> str:
    """What was said against a statement that stands, and why it does not tell."""
    network = deciders.network
    name = _namer(network)
    parts = []
    for step in network.objections.get(number, ())[: _SHOWN + 1]:
        words = step_words(network.map, network.steps[step])
        if len(network.needs[step]) == 1 and deciders.state.values[network.needs[step][0]] == FALLS:
            parts.append(f"{words} falls")
        else:
            parts.append(f"{words} is blocked, since {_hindrance(deciders, step)}")
    parts += (f"{name(other)}, which it contradicts, falls" for other in network.rivals.get(number, ()))
    for other in network.gate_needs.get(number, ()):
        presumed = network.base[other] is Base.PRESUMED and other not in deciders.fixed
        parts.append(f"its condition {name(other)} {'is presumed' if presumed else 'stands'}")
    parts += (f"its exception {name(other)} falls" for other in network.gate_bars.get(number, ()))
    if not parts:
        return ""
    extra = len(parts) - _SHOWN
    if extra > 1:
        parts = [*parts[:_SHOWN], "and whatever else speaks against it fails too"]
    return "; " + "; ".join(parts)


def _circle(network: Network, number: int, ring: Sequence[int]) -> str:
    name = _namer(network)
    if len(ring) == 1:
        return "it waits for itself"
    if len(ring) == 2 and ring[0] in network.rivals.get(number, ()):
        return f"it and {name(ring[0])} contradict each other, and nothing decides between them"
    way = [name(other) for other in ring if other != number]
    return f"it waits for itself, in a circle with {listed(way, shown=_SHOWN)}"


def felling_sentence(
    map: ArgumentMap, claim: str, members: Sequence[str] | None, at_least: int, exhausted: bool
) -> str:
    """What a search for the fewest objections came to."""
    name = map.by_id[claim].name
    if members is None:
        if exhausted:
            return f"No objections elsewhere would fell {name}: only one to {name} itself."
        return f"No {at_least - 1} objections elsewhere would fell {name}; the search went no further."
    if not members:
        return f"{name} does not need felling: as written, it falls."
    told = names(map, members, shown=12)
    if len(members) == 1:
        return f"One successful objection is enough to fell {name}, for instance at {told}."
    if exhausted:
        return f"It takes {len(members)} successful objections to fell {name}, for instance at {told}."
    return (
        f"{len(members)} successful objections would fell {name}: at {told}. "
        f"Fewer than {at_least} would not; whether any number between would was not found out."
    )


def clause_words(map: ArgumentMap, link: Step | Contradiction) -> str:
    """A clause as a reader may see it, `(a) & (b) => (c)` or `(a) >< (b)`, with what it needs besides."""
    if isinstance(link, Contradiction):
        return f"{map.by_id[link.left].name} >< {map.by_id[link.right].name}"
    return arrow(map, link) + _besides(map, link)


def _besides(map: ArgumentMap, step: Step) -> str:
    """The conditions and exceptions of a step and of its target: ` provided (k) unless (x)`."""
    target = map.by_id[step.target]
    words = ""
    if conditions := dict.fromkeys((*step.conditions, *target.conditions)):
        words += f" provided {names(map, conditions)}"
    if exceptions := dict.fromkeys((*step.exceptions, *target.exceptions)):
        words += f" unless {names(map, exceptions, 'or')}"
    return words


def distinct(links: Iterable[Link]) -> list[Step | Contradiction]:
    """The steps and contradictions of a chain, each once, in order."""
    return list({id(link.source): link.source for link in links if link.source is not None}.values())


def chain_words(map: ArgumentMap, links: Sequence[Link], most: int = 4) -> str:
    """The steps of a chain: `(a) => (b) => (c)` where each goes on from the last, else one by one."""
    sources = distinct(links)
    if len(sources) > most:
        return f"a chain of steps that ends with {clause_words(map, sources[-1])}"
    parts: list[str] = []
    end = ""
    for source in sources:
        words = clause_words(map, source)
        if end and isinstance(source, Step) and ground(map, source) == end:
            parts[-1] += words[len(end) :]
        else:
            parts.append(words)
        end = map.by_id[source.target].name if isinstance(source, Step) and not _besides(map, source) else ""
    return listed(parts)


def stance_words(map: ArgumentMap, stances: Sequence[Stance]) -> str:
    """`accepts (a) and (b) and rejects (c)`."""
    parts = []
    for attitude in (Attitude.ACCEPT, Attitude.REJECT, Attitude.DOUBT):
        ids = list(dict.fromkeys(stance.statement for stance in stances if stance.attitude is attitude))
        if ids:
            parts.append(f"{does(stances[0].holder, attitude)} {names(map, ids, shown=5)}")
    return listed(parts)


def commitment_sentence(map: ArgumentMap, finding: Finding, links: Sequence[Link]) -> str:
    """A commitment that is disowned or not acknowledged, in words."""
    name = map.by_id[finding.statement].name
    who = finding.holder
    if finding.kind.value == "disowned" and not links:
        return f"{who} both {does(who, Attitude.ACCEPT)} and {does(who, Attitude.DOUBT)} {name}."
    by = chain_words(map, links)
    said = stance_words(map, finding.stances)
    if not finding.stances:
        return f"{who} cannot accept {name}, whatever else is held: {by}."
    if finding.kind.value == "disowned":
        return f"{who} {said} but {does(who, Attitude.DOUBT)} {name}, which follows by {by}."
    if finding.attitude is Attitude.REJECT:
        return f"{who} {said}, and so {has_or_have(who)} to reject {name}, by {by}, without saying so."
    return f"{who} {said}, and so {is_or_are(who)} committed to {name}, by {by}, without saying so."


def clash_sentence(map: ArgumentMap, finding: Finding, links: Sequence[Link]) -> str:
    """A clash in words, with the ways out."""
    name = map.by_id[finding.statement].name
    said = stance_words(map, finding.stances)
    by = chain_words(map, links)
    out = listed(finding.ways_out, "or", shown=6)
    if not by:
        who = finding.holder
        both = f"both {does(who, Attitude.ACCEPT)} and {does(who, Attitude.REJECT)}"
        return f"{who} {both} {name}. A way out: {out}."
    together = "which clashes with itself" if len(finding.stances) == 1 else "which clash"
    return f"{finding.holder} {said}, {together} by {by}. A way out: {out}."


def ways_out(map: ArgumentMap, stances: Sequence[Stance], links: Sequence[Link]) -> Iterator[str]:
    """How a clash can be mended: by dropping one of the stances, or by denying one of the steps."""
    for stance in stances:
        yield f"no longer {stance.attitude.value} {map.by_id[stance.statement].name}"
    for source in distinct(links):
        yield f"deny {clause_words(map, source)}"
