"""How the time to read and write grows with the map: python tests/benchmarks/imports.py [largest, default
100000].

Prints microseconds a statement at each size, so that anything steeper than linear shows as a row that grows
to the right. Beside them, on the same content and in the same run where they are installed: the arguebuf
package reading its own JSON, and the Argdown command making JSON (ARGDOWN names it; its start-up is in the
figure).
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from argmap.formats import registry
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.text import Source


def _text(n: int) -> str:
    return f"Statement {n} says what it has to say of the matter at hand."


def tree(size: int) -> ArgumentMap:
    """A debate: each statement has three that speak for or against it."""
    return ArgumentMap(
        statements=tuple(Statement(id=f"s{n}", label=f"s{n}", text=_text(n)) for n in range(size)),
        steps=tuple(
            Step(
                kind=StepKind.OBJECTION if n % 3 == 0 else StepKind.REASON,
                ground=(f"s{n}",),
                target=f"s{(n - 1) // 3}",
            )
            for n in range(1, size)
        ),
    )


def kialo(size: int) -> str:
    numbers = ["1"]
    lines = [f"Discussion Title: {size}", "", f"1. {_text(0)}"]
    for n in range(1, size):
        numbers.append(f"{numbers[(n - 1) // 3]}.{(n - 1) % 3 + 1}")
        lines.append(f"{numbers[n]}. {'Con' if n % 3 == 0 else 'Pro'}: {_text(n)}")
    return "\n".join(lines) + "\n"


def arggraph(size: int) -> str:
    lines = ['<arggraph id="x">']
    for n in range(size):
        lines.append(f'<edu id="e{n}">{_text(n)}</edu><adu id="a{n}" type="pro"/>')
        lines.append(f'<edge id="s{n}" src="e{n}" trg="a{n}" type="seg"/>')
        if n:
            kind = "reb" if n % 3 == 0 else "sup"
            lines.append(f'<edge id="c{n}" src="a{n}" trg="a{(n - 1) // 3}" type="{kind}"/>')
    return "\n".join([*lines, "</arggraph>"])


def sadface(size: int) -> str:
    nodes = [{"id": f"a{n}", "type": "atom", "text": _text(n)} for n in range(size)]
    nodes += [
        {"id": f"s{n}", "type": "scheme", "name": "conflict" if n % 3 == 0 else "support"} for n in range(1, size)
    ]
    edges = [{"id": f"i{n}", "source_id": f"a{n}", "target_id": f"s{n}"} for n in range(1, size)]
    edges += [{"id": f"o{n}", "source_id": f"s{n}", "target_id": f"a{(n - 1) // 3}"} for n in range(1, size)]
    return json.dumps({"metadata": {}, "resources": [], "nodes": nodes, "edges": edges})


def arguebuf(size: int) -> str:
    nodes: dict[str, object] = {f"a{n}": {"atom": {"text": _text(n)}} for n in range(size)}
    for n in range(1, size):
        nodes[f"s{n}"] = {"scheme": {"attack": "ATTACK_DEFAULT"} if n % 3 == 0 else {"support": "SUPPORT_DEFAULT"}}
    edges = {f"i{n}": {"source": f"a{n}", "target": f"s{n}"} for n in range(1, size)}
    edges |= {f"o{n}": {"source": f"s{n}", "target": f"a{(n - 1) // 3}"} for n in range(1, size)}
    return json.dumps({"schemaVersion": 1, "nodes": nodes, "edges": edges, "majorClaim": "a0"})


GIVEN: dict[str, Callable[[int], str]] = {
    "kialo": kialo,
    "arggraph": arggraph,
    "sadface": sadface,
    "arguebuf": arguebuf,
}


def best(work: Callable[[], object], rounds: int) -> float:
    """Seconds, the best of some rounds."""
    seconds = []
    for _ in range(rounds):
        gc.collect()
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)


def row(name: str, sizes: list[int], make: Callable[[int], Callable[[], object] | None]) -> None:
    """Print a row: microseconds a statement at each size."""
    cells = []
    for size in sizes:
        work = make(size)
        cells.append("-" if work is None else f"{best(work, 1 if size > 20_000 else 3) / size * 1e6:.1f}")
    print(f"{name:32}" + "".join(f"{cell:>10}" for cell in cells), flush=True)


def _others(sizes: list[int]) -> None:
    try:
        from arguebuf import load
    except ImportError:
        print("arguebuf package: not installed")
    else:
        with tempfile.TemporaryDirectory() as folder:

            def loading(size: int) -> Callable[[], object]:
                path = Path(folder, f"{size}.json")
                path.write_text(arguebuf(size), encoding="utf-8")
                return lambda: load.file(path)

            row("arguebuf package, its JSON", sizes, loading)
    command = os.environ.get("ARGDOWN") or shutil.which("argdown")
    if command is None:
        print("argdown command: not installed")
        return
    writer = registry.by_name("argdown").write
    assert writer is not None
    with tempfile.TemporaryDirectory() as folder:

        def export(size: int) -> Callable[[], object]:
            path = Path(folder, f"{size}.argdown")
            path.write_text(writer(tree(size)).text, encoding="utf-8")
            call = [*command.split(), "json", str(path), folder]
            return lambda: subprocess.run(call, capture_output=True, check=True)

        row("argdown command, to JSON", sizes, export)


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    print(f"{'microseconds a statement':32}" + "".join(f"{size:>10,}" for size in sizes))
    for format in registry.formats():
        reader, writer = format.read, format.write
        if reader is not None:

            def reading(size: int, format=format, reader=reader, writer=writer) -> Callable[[], object] | None:  # type: ignore[no-untyped-def]
                if format.name in GIVEN:
                    text = GIVEN[format.name](size)
                elif writer is not None:
                    text = writer(tree(size)).text
                else:
                    return None
                source = Source(f"x{format.suffixes[0]}", text)
                return lambda: reader(source)

            row(f"read {format.name}", sizes, reading)
        if writer is not None:

            def writing(size: int, writer=writer) -> Callable[[], object]:  # type: ignore[no-untyped-def]
                map = tree(size)
                return lambda: writer(map)

            row(f"write {format.name}", sizes, writing)
    _others(sizes)


if __name__ == "__main__":
    main()
