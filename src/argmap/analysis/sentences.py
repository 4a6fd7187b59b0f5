"""Facts in words: short, exact, and never more than the map says.

No sentence here says that a statement is true. Statements are called by `Statement.name`; long lists are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from argmap.analysis.causes import Cause, Causes, Decision
from argmap.analysis.network import FALLS, STANDS, Base
from argmap.model import (
    ArgumentMap,
    Attitude,
    Contradiction,
    Qualifier,
    Stance,
    Step,
    StepKind,
    does,
    has_or_have,
    is_or_are,
)
from argmap.text.words import listed

if TYPE_CHECKING:
    from argmap.analysis.derivations import ChainStep

_SHOWN = 3


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def names(map: ArgumentMap, ids: Iterable[str], joiner: str = "and", shown: int = 0) -> str:
    """Statements by name, as a list in a sentence."""
    return listed((map.by_id[id].name for id in ids), joiner, shown)


def _ground(map: ArgumentMap, step: Step) -> str:
    """A step's ground by name, joined statements with `&`."""
    return " & ".join(map.by_id[id].name for id in step.ground)


def _arrow(map: ArgumentMap, step: Step) -> str:
    """A binding step as `(a) => (b)`."""
    return f"{_ground(map, step)} => {map.by_id[step.target].name}"


def objection_words(map: ArgumentMap, step: Step) -> str:
    """An objection and what it is to, by name: `(b) & (c) against (a)`."""
    return f"{_ground(map, step)} against {map.by_id[step.target].name}"


def _step_words(map: ArgumentMap, step: Step) -> str:
    """A step, in a sentence about its target."""
    if step.kind is StepKind.COROLLARY:
        return _arrow(map, step)
    if step.kind is StepKind.INFERENCE:
        return f"the inference from {names(map, step.ground)}"
    return f"the {step.kind.value} {_ground(map, step)}"


# Why a statement stands, falls or is undecided.


def why(causes: Causes, number: int, decision: Decision) -> str:
    """The reason for one answer, as a sentence."""
    map = causes.network.map
    cause = decision.cause
    other = map.statements[decision.by[0]].name if decision.by else ""
    if cause is Cause.BLOCKED:
        words = _blocked(causes, decision.steps)
    elif cause is Cause.CIRCLE:
        words = _circle(causes, number, decision.by)
    else:
        step = _step_words(map, causes.network.step(decision.steps[0])) if decision.steps else ""
        words = _WHY[cause].format(other=other, step=step)
    if cause in (Cause.SAID, Cause.PRESUMED, Cause.STEP):
        words += _defence(causes, number)
    return capital(words) + "."


_WHY = {
    Cause.SAID: "it is taken as said",
    Cause.PRESUMED: "it is presumed, being a condition",
    Cause.DENIED: "it is only an exception, so it is presumed not to hold",
    Cause.UNSUPPORTED: "it is claimed only through a step, and no step leads to it",
    Cause.WITHDRAWN: "it is withdrawn",
    Cause.ASSUMED: "it is assumed",
    Cause.OPEN: "it is left open",
    Cause.STEP: "{step} goes through",
    Cause.OBJECTION: "{step} goes through",
    Cause.CONTRADICTION: "it contradicts {other}, which stands",
    Cause.CONDITION: "its condition {other} falls",
    Cause.EXCEPTION: "its exception {other} stands",
    Cause.WAITING: "it waits for {other}, which is undecided",
}


def _blocked(causes: Causes, steps: Sequence[int]) -> str:
    if len(steps) == 1:
        step = causes.network.step(steps[0])
        return f"{_step_words(causes.network.map, step)} is blocked: {_blocker(causes, steps[0])}"
    reasons = dict.fromkeys(_blocker(causes, step) for step in steps[: _SHOWN + 1])
    if len(steps) > _SHOWN + 1:
        return f"every step for it is blocked: {', '.join(list(reasons)[:_SHOWN])}, and so on"
    return f"every step for it is blocked: {listed(reasons)}"


def _blocker(causes: Causes, step: int) -> str:
    """What blocks a step: `(x) falls`, `its condition (x) falls` or `its exception (x) stands`."""
    network = causes.network
    blocker = causes.blocker(step)
    name = network.map.statements[blocker].name
    if causes.state.values[blocker] == STANDS:
        return f"its exception {name} stands"
    return f"{name} falls" if network.ids[blocker] in network.step(step).ground else f"its condition {name} falls"


def _defence(causes: Causes, number: int) -> str:
    """What speaks against a statement that stands, and why it has no effect."""
    network, values = causes.network, causes.state.values
    statements = network.map.statements
    parts = []
    for step in network.objections.get(number, ())[: _SHOWN + 1]:
        words = _step_words(network.map, network.step(step))
        premises = network.premises(step)
        if len(premises) == 1 and values[premises[0]] == FALLS:
            parts.append(f"{words} falls")
        else:
            parts.append(f"{words} is blocked, since {_blocker(causes, step)}")
    objections = len(network.objections.get(number, ()))
    for other, value in network.requires.get(number, [])[objections:]:
        name = statements[other].name
        if value == STANDS:
            presumed = network.base[other] is Base.PRESUMED and other not in causes.fixed
            parts.append(f"its condition {name} {'is presumed' if presumed else 'stands'}")
        elif other in network.rivals.get(number, ()):
            parts.append(f"{name}, which it contradicts, falls")
        else:
            parts.append(f"its exception {name} falls")
    if len(parts) > _SHOWN + 1:
        parts = [*parts[:_SHOWN], "and everything else against it fails too"]
    return "".join(f"; {part}" for part in parts)


def _circle(causes: Causes, number: int, ring: Sequence[int]) -> str:
    network = causes.network
    way = [network.map.statements[other].name for other in ring if other != number]
    if not way:
        return "it waits for itself"
    if len(ring) == 2 and ring[0] in network.rivals.get(number, ()):
        return f"it and {way[0]} contradict each other, and nothing decides between them"
    return f"it waits for itself, in a circle with {listed(way, shown=_SHOWN)}"


def defeat_sentence(map: ArgumentMap, claim: str, members: Sequence[str] | None, at_least: int, exhausted: bool) -> str:
    """What a search for the fewest objections found."""
    name = map.by_id[claim].name
    itself = f"One objection to {name} itself is enough"
    if members is None:
        if exhausted:
            return f"{itself}; elsewhere no number is."
        return f"{itself}; elsewhere {at_least - 1} are not. The search went no further."
    if not members:
        return f"{name} falls as written, so no objection is needed."
    where = names(map, members, shown=12)
    if len(members) == 1:
        return f"{itself}; elsewhere it takes one too, for instance to {where}."
    if exhausted:
        return f"{itself}; elsewhere it takes {len(members)}, for instance to {where}."
    return (
        f"{itself}; elsewhere {len(members)} would do, to {where}, and fewer than {at_least} would not. "
        "The search did not settle the numbers between."
    )


# What somebody is committed to.


def clause_words(map: ArgumentMap, clause: Step | Contradiction) -> str:
    """A clause as a reader may see it, `(a) & (b) => (c)` or `(a) >< (b)`, with its conditions and exceptions."""
    if isinstance(clause, Contradiction):
        return f"{map.by_id[clause.left].name} >< {map.by_id[clause.right].name}"
    return _arrow(map, clause) + _gates(map, clause)


def _gates(map: ArgumentMap, step: Step) -> str:
    """The conditions and exceptions of a step and of its target: ` provided (k) unless (x)`."""
    target = map.by_id[step.target]
    words = ""
    if conditions := dict.fromkeys((*step.conditions, *target.conditions)):
        words += f" provided {names(map, conditions)}"
    if exceptions := dict.fromkeys((*step.exceptions, *target.exceptions)):
        words += f" unless {names(map, exceptions, 'or')}"
    return words


def distinct(links: Iterable[ChainStep]) -> list[Step | Contradiction]:
    """The steps and contradictions of a chain, each once, in order."""
    return list({id(link.source): link.source for link in links if link.source is not None}.values())


def chain_words(map: ArgumentMap, links: Sequence[ChainStep], most: int = 4) -> str:
    """The steps of a chain: `(a) => (b) => (c)` where each continues the last, otherwise one by one."""
    sources = distinct(links)
    if len(sources) > most:
        return f"a chain of steps that ends with {clause_words(map, sources[-1])}"
    parts: list[str] = []
    end = ""
    for source in sources:
        words = clause_words(map, source)
        if end and isinstance(source, Step) and _ground(map, source) == end:
            parts[-1] += words[len(end) :]
        elif parts and isinstance(source, Step) and parts[-1].startswith(f"{map.by_id[source.target].name} => "):
            # Backwards, from what is rejected: (b) => (c), then (a) => (b).
            parts[-1] = words + parts[-1].removeprefix(map.by_id[source.target].name)
        else:
            parts.append(words)
        end = map.by_id[source.target].name if isinstance(source, Step) and not _gates(map, source) else ""
    return listed(parts)


def _stance_words(map: ArgumentMap, stances: Sequence[Stance]) -> str:
    """`Rice accepts (a) and (b) and rejects (c)`."""
    parts = []
    for attitude in Attitude:
        ids = list(dict.fromkeys(stance.ids[0] for stance in stances if stance.attitude is attitude))
        if ids:
            parts.append(f"{does(stances[0].holder, attitude)} {names(map, ids, shown=5)}")
    return f"{stances[0].holder} {listed(parts)}"


def clash(map: ArgumentMap, who: str, id: str, stances: Sequence[Stance], links: Sequence[ChainStep]) -> str:
    """That somebody is committed both ways; without a full stop, as are the next two."""
    by = chain_words(map, links)
    if not by:
        return f"{who} both {does(who, Attitude.ACCEPT)} and {does(who, Attitude.REJECT)} {map.by_id[id].name}"
    which = "which clashes with itself" if len(stances) == 1 else "which clash"
    return f"{_stance_words(map, stances)}, {which} by {by}"


def disowned(
    map: ArgumentMap, who: str, ids: Sequence[str], stances: Sequence[Stance], links: Sequence[ChainStep]
) -> str:
    """That somebody doubts what follows from their stances: one statement, or several on one chain."""
    doubted, doubts = names(map, ids), does(who, Attitude.DOUBT)
    if not links:
        return f"{who} both {does(who, Attitude.ACCEPT)} and {doubts} {doubted}"
    if not stances:
        return _unacceptable(map, who, ids[-1], links)
    follow = "follows" if len(ids) == 1 else "follow"
    return f"{_stance_words(map, stances)} but {doubts} {doubted}, which {follow} by {chain_words(map, links)}"


def unacknowledged(
    map: ArgumentMap, who: str, id: str, attitude: Attitude, stances: Sequence[Stance], links: Sequence[ChainStep]
) -> str:
    """That somebody is silent on what follows from their stances."""
    if not stances:
        return _unacceptable(map, who, id, links)
    rejects = attitude is Attitude.REJECT
    must = f"{has_or_have(who)} to reject" if rejects else f"{is_or_are(who)} committed to"
    by = chain_words(map, links)
    return f"{_stance_words(map, stances)}, and so {must} {map.by_id[id].name}, by {by}, without saying so"


def _unacceptable(map: ArgumentMap, who: str, id: str, links: Sequence[ChainStep]) -> str:
    return f"{who} cannot accept {map.by_id[id].name}, whatever else is held: {chain_words(map, links)}"


def ways_out(map: ArgumentMap, stances: Sequence[Stance], links: Sequence[ChainStep]) -> Iterator[str]:
    """How a clash can be resolved: by dropping one of the stances, or by denying one of the steps."""
    for stance in stances:
        yield f"no longer {stance.attitude.value} {map.by_id[stance.ids[0]].name}"
    for source in distinct(links):
        yield f"deny {clause_words(map, source)}"


def tension(
    map: ArgumentMap,
    who: str,
    id: str,
    qualifier: Qualifier | None,
    stances: Sequence[Stance],
    links: Sequence[ChainStep],
) -> str:
    """That somebody rejects, or has to reject, what probably follows from their stances."""
    how = qualifier.value if qualifier else "plainly"
    name, grounds = map.by_id[id].name, [stance for stance in stances if stance.statement != id]
    rejects = any(stance.statement == id for stance in stances)
    denied = f"{does(who, Attitude.REJECT)} it" if rejects else f"{has_or_have(who)} to reject it"
    granted = _stance_words(map, grounds) if grounds else who
    return f"{granted}, from which {name} {how} follows by {chain_words(map, links)}, but {who} {denied}"


def owes_exception(map: ArgumentMap, who: str, id: str, rejects: bool, links: Sequence[ChainStep]) -> str:
    """That somebody grants the ground of a step with exceptions, but neither its target nor an exception."""
    (step,) = distinct(links)
    assert isinstance(step, Step)
    target = map.by_id[id]
    exceptions = list(dict.fromkeys((*step.exceptions, *target.exceptions)))
    given = names(map, dict.fromkeys((*step.ground, *step.conditions, *target.conditions)))
    denied = does(who, Attitude.REJECT if rejects else Attitude.DOUBT)
    one_of = "one of " if len(exceptions) > 1 else ""
    return (
        f"{who} {is_or_are(who)} committed to {given} but {denied} {target.name}, and would have to accept"
        f" {one_of}{names(map, exceptions, 'or')}, since {clause_words(map, step)}"
    )


def rejected_condition(map: ArgumentMap, who: str, id: str, rejects: bool, links: Sequence[ChainStep]) -> str:
    """That somebody accepts a statement whose only step needs what they do not grant."""
    (step,) = distinct(links)
    assert isinstance(step, Step)
    target, denied = map.by_id[step.target].name, does(who, Attitude.REJECT if rejects else Attitude.DOUBT)
    return (
        f"{who} {does(who, Attitude.ACCEPT)} {target} but {denied} {map.by_id[id].name}, a condition of the only"
        f" step to {target}, from {_ground(map, step)}"
    )
