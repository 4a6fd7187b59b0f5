"""Shapes of trouble: texts made to be slow or deep to read, each at a size and at four times that size.

    python tests/benchmarks/trouble.py [share of the full sizes, default 1.0] [name of a shape…]

prints the seconds to parse, and to format, at both sizes, and their ratio. About 4 is linear; 16 is quadratic.
Machines are noisy: a ratio under 7 is let pass, and a shape that takes no time at all tells nothing.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from collections.abc import Callable, Iterator

import argmap
from argmap.errors import DocumentError

Shape = Callable[[int], str]


def _deep(n: int) -> str:
    return "(r) Root.\n" + "".join(f"{' ' * (i + 1)}+ Reason {i}.\n" for i in range(n))


def _deep_and_back(n: int) -> str:
    return "Root.\n" + "".join(f"{' ' * (n - i)}+ Reason {i}.\n" for i in range(n))


def _misfit(n: int) -> str:
    return "Root.\n" + "".join(f"        + Deep {i}.\n    + Misfit {i}.\n" for i in range(n // 2))


# Each shape with the larger of its two full sizes.
SHAPES: dict[str, tuple[Shape, int]] = {
    "one long line": (lambda n: "(a) " + "word " * n + "\n", 200_000),
    "short lines": (lambda n: "(a) x\n\n" * 1 + "b\n\n" * n, 500_000),
    "empty lines": (lambda n: "(a) x\n" + "\n" * n + "(b) y\n", 1_000_000),
    "unclosed braces": (lambda n: "(a) " + "{" * n + "\n", 200_000),
    "unclosed braces, a line each": (lambda n: "x {probably\n\n" * n, 100_000),
    "braces in braces": (lambda n: "(a) x " + "{" * n + "}" * n + "\n", 100_000),
    "closed braces in a row": (lambda n: "(a) x " + "{open} " * n + "\n", 100_000),
    "labels": (lambda n: "".join(f"(l{i}) Text.\n" for i in range(n)), 100_000),
    "unknown labels": (lambda n: "(a) x\n" + "".join(f"    + (u{i})\n" for i in range(n)), 100_000),
    "one label again and again": (lambda n: "(a) x\n" * n, 100_000),
    "quotations under one statement": (lambda n: "(a) x\n" + '    > "words" (p. 1)\n' * n, 100_000),
    "notes under one statement": (lambda n: "(a) x\n" + "    > words\n" * n, 100_000),
    "stances": (lambda n: "(a) x\n" + "@ Rice: accept (a)\n" * n, 100_000),
    "labels in one stance": (lambda n: "(a) x\n@ Rice: accept " + ", ".join(["(a)"] * n) + "\n", 100_000),
    "clauses in one stance": (lambda n: "(a) x\n@ Rice: " + "; ".join(["accept (a)"] * n) + "\n", 100_000),
    "holders in one stance": (
        lambda n: "(a) x\n@ " + ", ".join(f"H{i}" for i in range(n)) + ": accept (a)\n", 100_000),
    "exceptions of one step": (lambda n: "(a) x\n    + (b) y\n" + "        unless: z\n" * n, 100_000),
    "conditions of one statement": (lambda n: "(a) x\n" + "    provided: z\n" * n, 100_000),
    "joined to one reason": (lambda n: "(a) x\n    + (b) y\n" + "    & z\n" * n, 100_000),
    "premises of one bar": (lambda n: "x\n\n" + "(p) x\n" * 1 + "(a)\n" * n + "---\n(c) y\n", 100_000),
    "a chain of bars": (lambda n: "(a) x\n" + "---\n(b) y\n" * n, 50_000),
    "deep": (_deep, 5_000),
    "deep, outwards": (_deep_and_back, 5_000),
    "in and out": (lambda n: "Root.\n" + "    + a\n        + b\n" * n, 50_000),
    "misfit indentation": (_misfit, 100_000),
    "stars": (lambda n: "(a) " + "*" * n + "\n", 400_000),
    "stressed words": (lambda n: "(a) " + "*x* " * n + "\n", 100_000),
    "backslashes": (lambda n: "(a) x" + "\\" * n + "\n", 400_000),
    "escaped quotation marks": (lambda n: '(a) x\n    > "' + '\\"' * n + "\n", 200_000),
    "quotation marks in one quotation": (lambda n: '(a) x\n    > "' + '" (' * n + "\n", 100_000),
    "blanks inside a line": (lambda n: "(a) x" + " " * n + "y\n", 400_000),
    "blanks at the end": (lambda n: "(a) x {open" + " " * n + "\n", 400_000),
    "colons": (lambda n: "a:" * n + "\n", 200_000),
    "commas in a stance": (lambda n: "(a) x\n@ " + "," * n + ": accept (a)\n", 200_000),
    "parentheses": (lambda n: "(a) x\n    + " + "(" * n + "\n", 200_000),
    "header lines": (lambda n: "".join(f"k{i}: v\n" for i in range(n)) + "\n(a) x\n", 100_000),
    "a long header value": (lambda n: "note: x\n" + "    more\n" * n + "\n(a) x\n", 100_000),
    "headings": (lambda n: "# H\n\n(a) x\n\n" + "## K\n\n" * n, 100_000),
    "deeper headings": (lambda n: "# A\n## B\n### C\n#### D\n##### E\n###### F\n" * n + "(a) x\n", 20_000),
    "attributes": (lambda n: "(a) x {" + ", ".join(f"#t{i}" for i in range(n)) + "}\n", 100_000),
    "unknown attributes": (lambda n: "(a) x {" + ", ".join(f"u{i}" for i in range(n)) + "}\n", 20_000),
    "unknown attributes on lines of their own": (
        lambda n: "(a) x {u,\n" + "".join(f"    u{i},\n" for i in range(n)) + "    u}\n", 20_000),
    "tags on lines of their own": (
        lambda n: "(a) x {open,\n" + "".join(f"    #t{i},\n" for i in range(n)) + "    #u}\n", 100_000),
    "a comma-less attribute in quotation marks": (lambda n: '(a) x {k: "' + '","' * n + '"}\n', 100_000),
    "a long paragraph": (lambda n: "(a) x\n" + "    and more of it\n" * n, 100_000),
    "many paragraphs": (lambda n: "(a) x\n\n" + "    more of it\n\n" * n, 100_000),
    "comments": (lambda n: "(a) x\n" + "// no\n" * n, 100_000),
    "comments inside a statement": (lambda n: "(a) x\n" + "    more\n    // more\n" * n, 100_000),
    "comments, then a statement goes on": (lambda n: "(a) x\n" + "    // more\n" * n + "    more\n", 100_000),
    "other comments, then a statement goes on": (lambda n: "(a) x\n" + "    // no\n" * n + "    more {u}\n", 100_000),
    "misspelled marks": (lambda n: "(a) x\n" + "    – y\n" * n, 100_000),
    "marks with nothing": (lambda n: "(a) x\n" + "    +\n" * n, 100_000),
    "marks under nothing": (lambda n: "+ y\n\n" * n, 100_000),
    "deeper under nothing": (lambda n: "(a) x\n" + "".join(f"{' ' * (i % 97 + 2)}> y\n" for i in range(n)), 50_000),
    "unknown words": (lambda n: "(a) x\n" + "    note: y\n" * n, 100_000),
    "bars without end": (lambda n: "(a) x\n" + "---\n" * n, 100_000),
    "tabs": (lambda n: "(a) x\n" + "\t" * 50 + "+ y\n" + "\t+ z\n" * n, 100_000),
    "tabs only": (lambda n: "\t" * n, 400_000),
    "mixed indentation": (lambda n: "(a) x\n" + "    + y\n\t+ z\n" * (n // 2), 100_000),
    "odd blanks": (lambda n: "(a) x\n" + "\u00a0\u00a0+ y\n" * n, 100_000),
    "control characters": (lambda n: "(a) x\n" + "y\x00\x00\n\n" * n, 100_000),
    "carriage returns": (lambda n: "(a) x\r" + "\r" * n, 400_000),
}  # fmt: skip


def texts(share: float) -> Iterator[tuple[str, str, str]]:
    """Each shape's name, with its text at a quarter of its size and at its size."""
    for name, (shape, size) in SHAPES.items():
        size = max(int(size * share), 8)
        yield name, shape(size // 4), shape(size)


def _seconds(act: Callable[[str], object], text: str) -> float:
    gc.collect()
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        with contextlib.suppress(DocumentError):
            act(text)
        best = min(best, time.perf_counter() - start)
        if best > 1:
            break
    return best


def main() -> None:
    arguments = sys.argv[1:]
    share = float(arguments.pop(0)) if arguments and arguments[0][0].isdigit() else 1.0
    argmap.parse("(a) x\n")
    for name, small, large in texts(share):
        if arguments and name not in arguments:
            continue
        shown = [f"{name:<42}"]
        for act in (argmap.parse, argmap.format_text):
            first, second = _seconds(act, small), _seconds(act, large)
            doubt = "  <--" if second / first > 7 and second > 0.05 else ""
            shown.append(f"{first:9.3f} {second:9.3f} {second / first:6.1f}{doubt:5}")
        print(*shown, flush=True)


if __name__ == "__main__":
    main()
