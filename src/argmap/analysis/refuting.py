"""What cannot be accepted without a clash: found by trying it, all worth trying at once.

Propagation alone finds every acceptance that Horn clauses commit to, and most rejections. The rest come of a
statement that leads to a clash by two ways that meet again; those are tried, and only where a contradiction
or a rejected statement can be reached.
"""

from __future__ import annotations

from attrs import frozen

from argmap.analysis.clauses import OWN, Clauses, Held
from argmap.analysis.scenarios import width_of_pass


def refute_all(held: Held, parts: set[int] | None = None) -> None:
    """Find every statement that cannot be accepted beside what is held, and have it rejected.

    Args:
        held: What is held; rejections are added to it.
        parts: The parts of the map (`Clauses.parts`) to look at; all when None.
    """
    while True:
        before = len(held.reasons)
        candidates = _worth_trying(held, parts)
        found: list[int] = []
        width = width_of_pass(4 * len(candidates))
        for start in range(0, len(candidates), width):
            found += _clashing(held, candidates[start : start + width])
        for number in found:
            held.refute(number, before)
        if len(held.reasons) == before:
            return


def _worth_trying(held: Held, parts: set[int] | None) -> list[int]:
    clauses = held.clauses
    ends = clauses.contradicted
    queue = [n for part in (ends if parts is None else sorted(parts)) for n in ends.get(part, ())]
    queue += (literal >> 1 for literal in held.reasons if literal & 1)
    reaching = set(queue)
    for number in queue:  # grows while it is read
        for clause in clauses.losing.get(2 * number + 1, ()):
            for literal in clauses.literals[clause]:
                if literal & 1 and literal >> 1 not in reaching:
                    reaching.add(literal >> 1)
                    queue.append(literal >> 1)
    return [
        number
        for number in sorted(reaching)
        if not held.accepts(number) and not held.rejects(number) and not _as_the_next(held, number, reaching)
    ]


def _as_the_next(held: Held, number: int, reaching: set[int]) -> bool:
    """Whether accepting a statement comes to no more than accepting one other, which is tried instead."""
    clauses, reasons = held.clauses, held.reasons
    relevant = 0
    for clause in clauses.losing.get(2 * number, ()):
        literals = clauses.literals[clause]
        heads = [literal for literal in literals if not literal & 1]
        if any(literal in reasons for literal in literals):
            continue
        if heads and not any(literal >> 1 in reaching for literal in heads):
            continue
        left = [literal for literal in literals if literal != 2 * number + 1 and literal ^ 1 not in reasons]
        relevant += 1
        if relevant > 1 or len(left) != 1 or left[0] & 1:
            return False
    return True


def _clashing(held: Held, candidates: list[int]) -> list[int]:
    """Which candidates, each accepted by itself beside what is held, lead to a clash. One bit for each."""
    clauses, reasons = held.clauses, held.reasons
    full = (1 << len(candidates)) - 1
    tried = {2 * number: 1 << place for place, number in enumerate(candidates)}
    clash = 0
    queue: list[int] = []
    queued: set[int] = set()

    def wake(literal: int) -> None:
        for clause in clauses.losing.get(literal, ()):
            if clause not in queued:
                queued.add(clause)
                queue.append(clause)

    for literal in list(tried):
        wake(literal)
    for clause in queue:  # grows while it is read
        queued.discard(clause)
        literals = clauses.literals[clause]
        lost = [full if literal ^ 1 in reasons else tried.get(literal ^ 1, 0) for literal in literals]
        for place, literal in enumerate(literals):
            if literal in reasons:
                continue
            known = tried.get(literal, 0)
            new = full & ~known
            for other, bits in enumerate(lost):
                if other != place:
                    new &= bits
            if new:
                tried[literal] = known | new
                clash |= new & lost[place]
                wake(literal)
    return [number for place, number in enumerate(candidates) if clash >> place & 1]


@frozen(eq=False, repr=False)
class Trial:
    """How accepting a statement led to a clash.

    Attributes:
        reasons: What was derived beside what was held, in order, each with its clause; the statement tried
        first. clash: The literals that cannot be held together.
    """

    reasons: dict[int, int]
    clash: tuple[int, int]


def trial(held: Held, number: int, before: set[int]) -> Trial:
    """Try a statement again, to tell how it leads to a clash; `before` is what was held at the time."""
    clauses: Clauses = held.clauses
    tried = {2 * number: OWN}
    queue = [2 * number]
    for literal in queue:  # grows while it is read
        for clause in clauses.losing.get(literal, ()):
            literals = clauses.literals[clause]
            left = [o for o in literals if o ^ 1 not in before and o ^ 1 not in tried]
            for other in left if len(left) == 1 else () if left else literals:
                if other in before or other in tried:
                    continue
                tried[other] = clause
                if other ^ 1 in before or other ^ 1 in tried:
                    return Trial(tried, (other, other ^ 1))
                queue.append(other)
    raise AssertionError("a statement was refuted that leads to no clash")
