"""Lines a second from text to model, beside Argdown's own parser in the same run; and the peak of memory.

    npm install --prefix FOLDER @argdown/core
    python tests/benchmarks/parsing.py [FOLDER] [largest, default 1000000]

Both read the same tree of statements, reasons and objections, each in its own notation: one statement a line. Times
are those of a warm process, the best of three (one above 100,000 lines). Argdown's are of its parser and the model
it makes, without any of its later stages; ours are with all diagnostics of notation and names. Argdown is left out
above 100,000 lines, and where it fails that is said. Memory is the peak of a fresh process over one that has only
started Python.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = (  # noqa: SIM905
    "the of a public policy school students evidence shows that taxes rise when people vote for change because many "
    "studies find clear harm to health and trust in local news would improve city traffic while critics say cost is "
    "high but benefits over ten years are larger for most families"
).split()
MOST_ARGDOWN = 100_000
NODE = """
const { ArgdownApplication, ParserPlugin, ModelPlugin } = require('@argdown/core');
const fs = require('fs');
const app = new ArgdownApplication();
app.addPlugin(new ParserPlugin(), 'parse-input');
app.addPlugin(new ModelPlugin(), 'build-model');
const out = {};
for (const [lines, file] of Object.entries(JSON.parse(process.argv[1]))) {
  const input = fs.readFileSync(file, 'utf8');
  let best = Infinity, found = 0;
  try {
    for (let i = 0; i < 3; i++) {
      const start = process.hrtime.bigint();
      const response = app.run({ process: ['parse-input', 'build-model'], input, logLevel: 'silent' });
      best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
      found = Object.keys(response.statements || {}).length;
    }
    out[lines] = [best, found];
  } catch (error) { out[lines] = [null, String(error).slice(0, 80)]; }
}
console.log(JSON.stringify(out));
"""


def tree(lines: int, seed: int = 1) -> list[tuple[int, str, str]]:
    """Depth, sign and text of each line: three to five under each, as deep as that makes it."""
    pick = random.Random(seed)
    children: list[list[int]] = [[] for _ in range(lines)]
    texts = []
    at, parent = 1, 0
    for _ in range(lines):
        text = " ".join(pick.choice(WORDS) for _ in range(max(4, int(pick.gauss(12, 2)))))
        texts.append(text.capitalize() + ".")
    while at < lines:
        for _ in range(min(pick.randint(3, 5), lines - at)):
            children[parent].append(at)
            at += 1
        parent += 1
    out = []
    stack = [(0, 0)]
    while stack:
        number, depth = stack.pop()
        out.append((depth, pick.choice("++-") if depth else "", f"{number} {texts[number]}"))
        stack.extend((child, depth + 1) for child in reversed(children[number]))
    return out


def ours(rows: list[tuple[int, str, str]]) -> str:
    """The tree in argmap's notation."""
    lines = []
    for depth, sign, text in rows:
        number, _, words = text.partition(" ")
        lines.append("    " * depth + (f"{sign} " if sign else "") + f"(s{number}) {words}")
    return "title: A synthetic tree\n\n" + "\n".join(lines) + "\n"


def theirs(rows: list[tuple[int, str, str]]) -> str:
    """The tree in Argdown's notation."""
    lines = []
    for depth, sign, text in rows:
        number, _, words = text.partition(" ")
        lines.append("  " * depth + (f"{sign} " if sign else "") + f"[s{number}]: {words}")
    return "===\ntitle: A synthetic tree\n===\n\n" + "\n".join(lines) + "\n"


def seconds(text: str, times: int) -> tuple[float, int]:
    """The best time from text to model, and how many statements were found."""
    import argmap

    argmap.parse("(a) Once, to load the grammar.\n")
    best = float("inf")
    map = None
    for _ in range(times):
        del map
        start = time.perf_counter()
        map = argmap.parse(text)
        best = min(best, time.perf_counter() - start)
    assert map is not None
    assert map.ok
    return best, len(map.statements)


def peak(file: Path, act: str) -> float:
    """The peak of memory, in MB, of a fresh process that does this with the file (Linux)."""
    # Not getrusage, whose peak a process inherits from the one that started it.
    code = f"import sys\n{act}\nprint(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    done = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True, check=True)
    return float(done.stdout) / 1024


def argdown(folder: Path, files: dict[int, Path]) -> dict[str, list[object]]:
    """Best seconds and statements found by Argdown, by lines."""
    named = json.dumps({str(lines): str(file) for lines, file in files.items()})
    done = subprocess.run(
        ["node", "--max-old-space-size=4096", "--stack-size=4000", "-e", NODE, named],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, list[object]] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    arguments = sys.argv[1:]
    folder = Path(arguments.pop(0)) if arguments and not arguments[0].isdigit() else None
    largest = int(arguments[0]) if arguments else 1_000_000
    sizes = [size for size in (1_000, 10_000, 100_000, 1_000_000) if size <= largest]
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        rows = {size: tree(size) for size in sizes}
        other: dict[str, list[object]] = {}
        if folder is not None:
            files = {}
            for size in (size for size in sizes if size <= MOST_ARGDOWN):
                files[size] = scratch / f"{size}.argdown"
                files[size].write_text(theirs(rows[size]), encoding="utf-8")
            other = argdown(folder, files)
        print(f"{'lines':>9} {'argmap':>12} {'a line':>9} {'Argdown':>12} {'times':>6}")
        for size in sizes:
            text = ours(rows[size])
            best, found = seconds(text, 3 if size <= 100_000 else 1)
            assert found == size
            shown = f"{size:>9} {size / best:>10,.0f}/s {best / size * 1e6:>6.2f} µs"
            took, statements = other.get(str(size), (None, ""))
            if isinstance(took, float):
                shown += f" {size / took:>10,.0f}/s {took / best:>6.1f}"
                shown += "" if statements == size else f"  (it found {statements} statements)"
            elif statements:
                shown += f"  Argdown failed: {statements}"
            print(shown, flush=True)
        file = scratch / "100000.argmap"
        file.write_text(ours(rows.get(100_000) or tree(100_000)), encoding="utf-8")
        bare = peak(file, "")
        import_only = peak(file, "import argmap; argmap.parse('(a) x')")
        read = peak(file, "import argmap; map = argmap.parse(open(sys.argv[1], encoding='utf-8').read())")
        size = file.stat().st_size / 2**20
        print(f"\nmemory at 100,000 lines, {size:.0f} MB of text:", end=" ")
        print(f"{read - bare:.0f} MB over bare Python ({bare:.0f} MB),")
        print(f"of which {import_only - bare:.0f} MB is the program itself")


if __name__ == "__main__":
    main()
