"""Whole-process times of the commands, beside bare Python and the layout engine alone; where the rest goes.

    python tests/benchmarks/whole_process.py [FILE] [--argdown PATH]

With `--argdown`, the command of @argdown/cli, a page of 50 statements is checked by both, in turn.
Every line is the median of interleaved runs, so that a noisy machine is noisy for all of them alike.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
EXAMPLE = Path(__file__).parents[2] / "examples" / "withdrawal.argmap"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--argdown")
    arguments = parser.parse_args()
    file = arguments.file
    argmap = [str(Path(sys.executable).with_name("argmap"))]
    with tempfile.TemporaryDirectory() as folder:
        dot = os.path.join(folder, "map.dot")
        subprocess.run([*argmap, "render", str(file), "-o", dot], check=True, capture_output=True)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import argmap": [sys.executable, "-c", "import argmap"],
            "argmap --help": [*argmap, "--help"],
            "argmap check": [*argmap, "check", str(file)],
            "argmap render to .dot": [*argmap, "render", str(file), "-o", dot],
        }
        for form in ("svg", "png", "pdf"):
            commands[f"argmap render to .{form}"] = [
                *argmap,
                "render",
                str(file),
                "-o",
                f"{folder}/map.{form}",
            ]
        if system := shutil.which("dot"):
            commands["system dot alone, same DOT"] = [system, "-Tsvg", f"-o{folder}/alone.svg"]
        times = measure(commands, Path(dot).read_bytes())
    base = times["python -c pass"]
    print(f"{'median ms':>10} {'x python':>9}  {file.name}")
    for name, seconds in times.items():
        print(f"{seconds * 1000:10.0f} {seconds / base:9.1f}  {name}")
    if arguments.argdown:
        beside_argdown(argmap, arguments.argdown)
    inside(file)


def beside_argdown(argmap: list[str], argdown: str) -> None:
    """The check of a page, beside Argdown's reading of the same content (its command without a sub-command)."""
    from pictures import tree

    ours, theirs = tree(50)
    with tempfile.TemporaryDirectory() as folder:
        page, other = Path(folder, "page.argmap"), Path(folder, "page.argdown")
        page.write_text(ours, encoding="utf-8")
        other.write_text(theirs, encoding="utf-8")
        times = measure({"ours": [*argmap, "check", str(page)], "theirs": [argdown, str(other)]}, b"")
    print(
        f"\na page of 50 lines checked, median ms: argmap {times['ours'] * 1000:.0f}, "
        f"Argdown {times['theirs'] * 1000:.0f}, ratio {times['theirs'] / times['ours']:.1f}"
    )


def measure(commands: dict[str, list[str]], given: bytes) -> dict[str, float]:
    runs: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, input=given, capture_output=True, check=False)
            runs[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in runs.items()}


def inside(file: Path) -> None:
    """Where the time of a render goes, in this process: imports paid first, then each stage warm."""
    text = file.read_text(encoding="utf-8")
    print("\nin one process, ms: the first call (with its imports), then warm")
    import argmap
    from argmap.drawing.graph import bare_dot, plan
    from argmap.engine import layout

    map = argmap.parse(text)
    dot = bare_dot(plan(map))
    stages = {
        "parse": lambda: argmap.parse(text),
        "check": lambda: argmap.check(map),
        "plan (to DOT)": lambda: bare_dot(plan(map)),
        "layout": lambda: layout(dot),
        "whole picture": lambda: argmap.render(map),
    }
    for name, stage in stages.items():
        spent = []
        for _ in range(6):
            start = time.perf_counter()
            stage()
            spent.append((time.perf_counter() - start) * 1000)
        print(f"{spent[0]:8.1f} {statistics.median(spent[1:]):8.1f}  {name}")


if __name__ == "__main__":
    main()
