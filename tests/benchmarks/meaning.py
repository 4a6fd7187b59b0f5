"""How the time to answer grows with the map: python tests/benchmarks/meaning.py [largest, default 100000].

Prints microseconds a statement at each size, per shape of map and question, so that anything steeper than
linear shows as a row that grows to the right. Read the ratios: machines are noisy.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from argmap.analysis.commitment import positions
from argmap.analysis.findings import findings
from argmap.analysis.standing import status
from argmap.model import ArgumentMap, Attitude, Contradiction, Role, Stance, Statement, Step, StepKind

KINDS = (StepKind.REASON, StepKind.REASON, StepKind.OBJECTION, StepKind.COROLLARY)
HOLDERS = 5


def _statements(n: int, derived: bool = False) -> tuple[Statement, ...]:
    role = Role.DERIVED if derived else Role.CLAIM
    return tuple(
        Statement(id=f"s{i}", label=f"s{i}", text=f"Statement {i}.", role=role if i else Role.CLAIM) for i in range(n)
    )


def _stances(n: int, each: int = 20) -> tuple[Stance, ...]:
    dice = random.Random(3)
    return tuple(
        Stance(holder=f"H{h}", attitude=dice.choice(list(Attitude)), statement=f"s{dice.randrange(n)}")
        for h in range(HOLDERS)
        for _ in range(each)
    )


def tree(n: int) -> ArgumentMap:
    """Reasons, objections and corollaries, four to a statement."""
    steps = tuple(Step(kind=KINDS[i % 3], ground=(f"s{i}",), target=f"s{i // 4}") for i in range(1, n))
    return ArgumentMap(statements=_statements(n), steps=steps, stances=_stances(n))


def chain(n: int) -> ArgumentMap:
    """One corollary after another, accepted at the top by one holder, rejected at the end by another."""
    steps = tuple(Step(kind=StepKind.COROLLARY, ground=(f"s{i}",), target=f"s{i + 1}") for i in range(n - 1))
    stances = (
        Stance(holder="A", attitude=Attitude.ACCEPT, statement="s0"),
        Stance(holder="B", attitude=Attitude.REJECT, statement=f"s{n - 1}"),
    )
    return ArgumentMap(statements=_statements(n, True), steps=steps, stances=stances)


def tangle(n: int) -> ArgumentMap:
    """Anything to anything near by: linked corollaries, contradictions, conditions, exceptions, circles."""
    dice = random.Random(5)

    def near(i: int) -> str:
        return f"s{max(0, min(n - 1, i + dice.randint(-30, 30)))}"

    steps = tuple(
        Step(
            kind=dice.choice(KINDS),
            ground=tuple(near(i) for _ in range(dice.choice((1, 1, 2)))),
            target=f"s{i}",
            conditions=(near(i),) if dice.random() < 0.1 else (),
            exceptions=(near(i),) if dice.random() < 0.1 else (),
        )
        for i in range(n)
    )
    pairs = tuple(Contradiction(left=f"s{i}", right=near(i)) for i in range(0, n, 50))
    return ArgumentMap(statements=_statements(n), steps=steps, contradictions=pairs, stances=_stances(n))


def _status(map: ArgumentMap) -> None:
    report = status(map)
    _ = report.by_status, report.unanswered


def _answers(map: ArgumentMap) -> None:
    for answer in status(map):
        _ = answer.why


def _what_if(map: ArgumentMap) -> None:
    _ = status(map, withdraw=["s1"]).changed


def _rests_on(map: ArgumentMap) -> None:
    report = status(map)
    report.rests_on("s0")
    report.rests_on(f"s{len(map.statements) // 2}")


def _fewest(map: ArgumentMap) -> None:
    status(map).defeated_by("s0")


def _positions(map: ArgumentMap) -> None:
    for position in positions(map):
        _ = position.must_accept, position.must_reject


def _sentences(map: ArgumentMap) -> None:
    for position in positions(map):
        for finding in position.findings:
            _ = finding.sentence


def _notes(map: ArgumentMap) -> None:
    list(findings(map))


QUESTIONS: tuple[Callable[[ArgumentMap], None], ...] = (
    _status,
    _answers,
    _what_if,
    _rests_on,
    _fewest,
    _positions,
    _sentences,
    _notes,
)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    print("microseconds a statement".ljust(24), *(f"{size:>10,}" for size in sizes), "   seconds at the largest")
    for shape in (tree, chain, tangle):
        maps = [shape(size) for size in sizes]
        for question in QUESTIONS:
            cells = []
            for map in maps:
                begun = time.perf_counter()
                question(map)
                cells.append(time.perf_counter() - begun)
            each = (f"{took / size * 1e6:10.1f}" for took, size in zip(cells, sizes, strict=True))
            print(
                f"{shape.__name__} {question.__name__[1:]}".ljust(24),
                *each,
                f"   {cells[-1]:6.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
