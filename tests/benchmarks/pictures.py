"""How long a picture takes: the whole process, beside the layout engine alone and beside another tool.

`engine` is the layout of bare boxes, once the engine is loaded, and `system` the same by the machine's own `dot` as a
process; `own` is the rest. An engine that takes longer than it may is `>60s`.

Run as `python tests/benchmarks/pictures.py [--argdown PATH] [--runs 5]`. Prints the best of the runs, in
milliseconds, and ratios; all in one run on one machine, so that ratios can be compared. `--argdown` is the command of
@argdown/cli.
"""

from __future__ import annotations

import argparse
import math
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from argmap.converting import parse
from argmap.drawing.graph import bare_dot, plan
from argmap.drawing.svg import to_svg
from argmap.engine import TIMEOUT, layout
from argmap.errors import EngineError
from argmap.rendering import lay_out

EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal.argmap"
WORDS = [
    "the", "of", "a", "public", "policy", "school", "students", "evidence", "shows", "that", "taxes",
    "rise", "when", "people", "vote", "for", "change", "because", "many", "studies", "find", "clear",
    "harm", "to", "health", "and", "trust", "in", "local", "news", "would", "improve", "city",
    "traffic", "while", "critics", "say", "cost", "is", "high",
]  # fmt: skip


def best(runs: int, act: Callable[[], object]) -> float:
    """The least of the times, milliseconds; infinite where an engine takes longer than it may."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        try:
            act()
        except EngineError:
            if time.perf_counter() - start < TIMEOUT:
                raise
            return math.inf
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def shown(took: float, width: int) -> str:
    return f"{f'>{TIMEOUT:g}s' if math.isinf(took) else f'{took:.0f}':>{width}}"


def run(*command: str, text: bytes | None = None, where: str | None = None) -> None:
    done = subprocess.run(command, input=text, capture_output=True, cwd=where, check=False)
    if done.returncode:
        raise SystemExit(f"{command} failed: {done.stderr.decode()[-500:]}")


def tree(count: int) -> tuple[str, str]:
    """The same tree in both notations: three to five children, two reasons to an objection."""
    chance = random.Random(1)
    children: list[list[int]] = [[] for _ in range(count)]
    marks, texts, next_one = [""], [], 1
    for parent in range(count):
        for _ in range(chance.randint(3, 5)):
            if next_one < count:
                children[parent].append(next_one)
                marks.append(chance.choice("++-"))
                next_one += 1
    texts = [
        " ".join(chance.choices(WORDS, k=max(4, int(chance.gauss(12, 2))))).capitalize() + "." for _ in range(count)
    ]
    ours, theirs = [], []
    stack = [(0, 0)]
    while stack:
        number, depth = stack.pop()
        mark = marks[number] + " " if marks[number] else ""
        ours.append(f"{'    ' * depth}{mark}(S{number}) {texts[number]}")
        theirs.append(f"{'  ' * depth}{mark}[S{number}]: {texts[number]}")
        stack.extend((child, depth + 1) for child in reversed(children[number]))
    return "\n".join(ours) + "\n", "\n".join(theirs) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--argdown")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    python, system = sys.executable, shutil.which("dot")
    inputs = {"example": (EXAMPLE.read_text("utf-8"), "")} | {str(n): tree(n) for n in (30, 100, 1000, 10_000)}
    print(
        f"{'map':>8} {'whole':>7} {'engine':>7} {'own':>6} {'system':>7} {'parse':>6} {'plan':>6} {'paint':>6} "
        f"{'argdown':>8} ratio"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, (ours, theirs) in inputs.items():
            runs = arguments.runs if name != "10000" else 1
            file = Path(folder) / f"m{name}.argmap"
            file.write_text(ours, "utf-8")
            made = plan(parse(ours, name))
            bare = bare_dot(made)
            whole = best(runs, lambda: run(python, "-m", "argmap", "render", str(file)))  # noqa: B023
            alone = best(runs, lambda: layout(bare))  # noqa: B023
            others = best(runs, lambda: layout(bare, engine="system")) if system else 0.0  # noqa: B023
            map = parse(ours, name)
            reading = best(runs, lambda: parse(ours, name))  # noqa: B023
            drawing = best(runs, lambda: bare_dot(plan(map)))  # noqa: B023
            scene, _ = lay_out(map)
            painting = best(runs, lambda: to_svg(scene))  # noqa: B023
            line = f"{name:>8} {whole:7.0f} {shown(alone, 7)} "
            line += f"{'' if math.isinf(alone) else f'{whole - alone:.0f}':>6} {shown(others, 7)} "
            line += f"{reading:6.0f} {drawing:6.0f} {painting:6.0f}"
            if arguments.argdown and theirs and name != "10000":
                other = Path(folder) / f"m{name}.argdown"
                other.write_text(theirs, "utf-8")
                command = (arguments.argdown, "map", "-f", "svg", str(other), folder)
                took = best(min(3, runs), lambda: run(*command, where=folder))  # noqa: B023
                line += f" {took:8.0f} {took / whole:5.1f}"
            print(line, flush=True)
        start = best(arguments.runs, lambda: run(python, "-c", "pass"))
        loading = best(
            arguments.runs,
            lambda: run(python, "-c", "import argmap.cli.render, argmap.engine.sandbox, argmap.converting"),
        )
    print(f"Python alone {start:.0f}, with the imports {loading:.0f}; all in milliseconds, best of {arguments.runs}")


if __name__ == "__main__":
    main()
