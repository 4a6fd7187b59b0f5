"""How the rules' time grows with the map: python tests/benchmarks/rules.py [largest, default 100000].

Prints microseconds a statement at each size, per shape of map, so that anything steeper than linear shows as
a row that grows to the right; then the slowest rules. Read the ratios: machines are noisy.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from argmap import rules
from argmap.model import ArgumentMap, Attitude, Contradiction, Stance, Statement, Step, StepKind

KINDS = (StepKind.REASON, StepKind.REASON, StepKind.OBJECTION, StepKind.COROLLARY)


def _statements(n: int, label: Callable[[int], str] = "s{}".format) -> tuple[Statement, ...]:
    return tuple(
        Statement(id=label(i), label=label(i), text=f"Statement {i} says what it says of the matter.") for i in range(n)
    )


def _tree(n: int) -> ArgumentMap:
    steps = tuple(Step(kind=KINDS[i % 4], ground=(f"s{i}",), target=f"s{i // 3}") for i in range(1, n))
    return ArgumentMap(statements=_statements(n), steps=steps)


def _chain(n: int) -> ArgumentMap:
    steps = tuple(Step(kind=StepKind.REASON, ground=(f"s{i}",), target=f"s{i - 1}") for i in range(1, n))
    return ArgumentMap(statements=_statements(n), steps=steps)


def _ring(n: int) -> ArgumentMap:
    steps = tuple(Step(kind=StepKind.REASON, ground=(f"s{i}",), target=f"s{(i + 1) % n}") for i in range(n))
    return ArgumentMap(statements=_statements(n), steps=steps)


def _tangle(n: int) -> ArgumentMap:
    steps = tuple(
        Step(kind=StepKind.REASON, ground=(f"s{i}", f"s{i * 7919 % n}"), target=f"s{(i * 31 + 17) % n}")
        for i in range(n)
    )
    return ArgumentMap(statements=_statements(n), steps=steps)


def _star(n: int) -> ArgumentMap:
    steps = tuple(Step(kind=StepKind.OBJECTION, ground=(f"s{i}",), target="s0") for i in range(1, n))
    contradictions = tuple(Contradiction(left="s0", right=f"s{i}") for i in range(1, n))
    return ArgumentMap(statements=_statements(n), steps=steps, contradictions=contradictions)


def _one_step(n: int) -> ArgumentMap:
    ground = tuple(f"s{i}" for i in range(1, n))
    return ArgumentMap(
        statements=_statements(n),
        steps=(Step(kind=StepKind.REASON, ground=ground, target="s0", exceptions=ground),),
    )


def _alike(n: int) -> ArgumentMap:
    """Labels that differ in one letter each, and holders likewise: the worst for near-duplicates."""

    def label(i: int) -> str:
        return f"argument{chr(0x4E00 + i % 20_000)}{chr(0x4E00 + i // 20_000)}about"

    stances = tuple(Stance(holder=f"H{label(i)}", attitude=Attitude.ACCEPT, statement=label(i)) for i in range(n))
    return ArgumentMap(statements=_statements(n, label), stances=stances)


def _same_text(n: int) -> ArgumentMap:
    return ArgumentMap(statements=tuple(Statement(id=f"%{i}", text="It is all the same to me.") for i in range(n)))


SHAPES = (_tree, _chain, _ring, _tangle, _star, _one_step, _alike, _same_text)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    by_default = rules.selected()
    print(f"{'microseconds a statement':<26}" + "".join(f"{size:>12,}" for size in sizes) + "   (with advice)")
    each: dict[str, float] = {}
    for shape in SHAPES:
        row = []
        for size in sizes:
            map = shape(size)
            _ = map.by_id
            spent = {True: 0.0, False: 0.0}
            for rule in rules.all_rules():
                begun = time.perf_counter()
                for _diagnostic in rule.run(map):
                    pass
                seconds = time.perf_counter() - begun
                spent[rule in by_default] += seconds
                if shape is _tree and size == sizes[-1]:
                    each[rule.name] = seconds
            row.append(spent[True] / size * 1e6)
        advised = (spent[True] + spent[False]) / sizes[-1] * 1e6
        print(f"{shape.__name__[1:]:<26}" + "".join(f"{value:>12.2f}" for value in row) + f"{advised:>16.2f}")
    print(f"\nthe slowest rules on a tree of {sizes[-1]:,}, ms")
    for name, seconds in sorted(each.items(), key=lambda item: -item[1])[:8]:
        print(f"  {name:<26}{seconds * 1000:>8.1f}")


if __name__ == "__main__":
    main()
