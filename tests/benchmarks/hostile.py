"""Maps under 100 KB that a stranger made to take long: none may take over two seconds on a quiet machine.

    python tests/benchmarks/hostile.py [PART OF A NAME]...

Each is what a product of two lengths once was, or could be. Times are of the library, without starting Python.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Iterator

import argmap
from argmap.analysis.commitment import positions
from argmap.analysis.standing import status
from argmap.converting import convert
from argmap.formats import registry
from argmap.formatting import format_text
from argmap.rendering import render

LARGEST = 100_000
MOST_SECONDS = 2.0


def check(text: str) -> object:
    return argmap.check(argmap.parse(text))


def hold(text: str) -> object:
    return positions(argmap.parse(text))


def stand(text: str) -> object:
    return status(argmap.parse(text))


def fmt(text: str) -> object:
    try:
        return format_text(text)
    except argmap.DocumentError:
        return None


def draw(text: str) -> object:
    return render(argmap.parse(text), "svg", partial=True)


def read(format: str) -> Callable[[str], object]:
    def reading(text: str) -> object:
        try:
            return argmap.check(argmap.parse(text, format=format))
        except argmap.FormatError:
            return None

    return reading


def write(format: str) -> Callable[[str], object]:
    def writing(text: str) -> object:
        return convert(argmap.parse(text), registry.by_name(format))

    return writing


def holders(count: int, each: int) -> str:
    """So many holders with so many stances each, on statements that bind one another."""
    labels = count * each // 20
    lines = [f"(s{n}) Statement {n}.\n    => (t{n}) It follows.\n\n" for n in range(labels)]
    pick = random.Random(1)
    for holder in range(count):
        chosen = " ".join(f"(s{pick.randrange(labels)})" for _ in range(each))
        lines.append(f"@ h{holder}: {pick.choice(('accept', 'reject'))} {chosen}\n")
    return "".join(lines)


def web(statements: int, mark: str = "+", each: int = 3, holders: int = 0) -> str:
    """A map in which everything bears on everything."""
    pick = random.Random(2)
    lines = []
    for n in range(statements):
        lines.append(f"(s{n}) Statement {n}.\n")
        lines += [f"    {mark} (s{pick.randrange(statements)})\n" for _ in range(each)]
        lines.append("\n")
    for holder in range(holders):
        chosen = ", ".join(f"(s{pick.randrange(statements)})" for _ in range(10))
        lines.append(f"@ h{holder}: {pick.choice(('accept', 'reject', 'doubt'))} {chosen}\n")
    return "".join(lines)


def chain(length: int, mark: str) -> str:
    return "(s0) x\n" + "".join(f"\n(s{n}) x\n    {mark} (s{n - 1})\n" for n in range(1, length))


def ring(length: int, mark: str) -> str:
    return "".join(f"(s{n}) x\n    {mark} (s{(n + 1) % length})\n\n" for n in range(length))


def aif(nodes: int, edges: int) -> str:
    pick = random.Random(3)
    kinds = ("I", "RA", "CA")
    made = {
        "nodes": [{"nodeID": str(n), "text": "x", "type": kinds[n % 3]} for n in range(nodes)],
        "edges": [{"fromID": str(pick.randrange(nodes)), "toID": str(pick.randrange(nodes))} for _ in range(edges)],
    }
    return json.dumps(made, separators=(",", ":"))


def repeated(unit: str, size: int = LARGEST - 200) -> str:
    return unit * (size // len(unit))


def numbered(unit: str, count: int) -> str:
    return "".join(unit.replace("N", str(n)) for n in range(count))


def hostile() -> Iterator[tuple[str, Callable[[str], object], str]]:
    """Each map: what it is, what is done with it, and its text."""
    many = holders(200, 50)
    yield "positions of 200 holders with 50 stances each", hold, many
    yield "check of 200 holders with 50 stances each", check, many
    yield "check of a random map with 300 holders", check, web(1000, "=>", 2, 300)
    yield "positions of a random map with 300 holders", hold, web(1000, "=>", 2, 300)
    yield "check of a random map of contradictions with 300 holders", check, web(1000, "><", 2, 300)
    few = "(a) x\n    => (b) y\n    => (c) z\n\n" + numbered("@ holder N: accept (a); doubt (c)\n", 2500)
    yield "check of 2,500 holders", check, few
    yield "positions of 2,500 holders, printed", printed_positions, few
    product = "(a0) x\n" + numbered("    => (bN) y\n", 900) + "\n" + numbered("@ holder N: accept (a0)\n", 900)
    yield "positions of holders and statements, printed", printed_positions, product
    yield "check of holders and statements", check, product
    fallen = "(z) q\n" + numbered("    - oN\n", 2500) + numbered("\n(sN) x\n    => (z)\n", 2500)
    yield "corollaries of what many objections defeat", check, fallen
    yield "prose of what many objections defeat", write("prose"), fallen
    premises = numbered("(sN) x\n\n", 3000) + "(a) x\n    + (s0)\n" + numbered("    & (sN)\n", 2999)
    yield "argdown of 3,000 premises with labels", write("argdown"), premises
    yield "latex of reasons of one statement", write("standard-form-latex"), "(a) x\n" + repeated("    + y\n")
    yield (
        "a line of stances that is a product",
        check,
        (
            numbered("(sN) x\n\n", 2000)
            + "@ "
            + ", ".join(f"h{n}" for n in range(4000))
            + ": accept "
            + " ".join(f"(s{n})" for n in range(2000))
        ),
    )
    yield (
        "fmt of 900 unknown labels beside 900 known",
        fmt,
        (numbered("(known-label-N) x\n\n", 900) + numbered("(x) z\n    + (knwon-lable-N)\n\n", 900)),
    )
    yield (
        "check of 900 unknown labels beside 900 known",
        check,
        (numbered("(known-label-N) x\n\n", 900) + "(x) z\n" + numbered("    + (knwon-lable-N)\n", 900)),
    )
    yield (
        "4,000 unknown labels beside 2,000 known",
        check,
        (numbered("(k-N) x\n\n", 2000) + "(x) z\n" + numbered("    + (q-N)\n", 4000)),
    )
    yield "30,000 attributes on one line", check, "(a) x " + repeated("{}")[:90_000]
    yield "30,000 faults of attributes on one line", check, "(a) x " + repeated("{:}")
    yield "30,000 faults of attributes on one line, printed", printed, "(a) x " + repeated("{:}")
    yield "open braces", check, "(a) x " + repeated("{")
    yield "closed braces", check, "(a) x " + repeated("}")
    yield "attributes of one key", check, "(a) x {" + numbered("k: N, ", 12_000)[:95_000] + "}"
    yield "tags", check, "(a) x {" + numbered("#tN ", 12_000)[:95_000] + "}"
    yield "argdown of 12,000 joined premises", write("argdown"), "(a) x\n    + b\n" + repeated("    & y\n")
    for name in ("argmap", "prose", "outline", "standard-form", "aif", "json", "mermaid", "graphml"):
        yield f"{name} of 12,000 joined premises", write(name), "(a) x\n    + b\n" + repeated("    & y\n")
    yield (
        "aif of edges between two nodes",
        read("aif"),
        (
            '{"nodes":[{"nodeID":"1","text":"x","type":"I"},{"nodeID":"2","text":"","type":"RA"}],"edges":['
            + ",".join(['{"fromID":"1","toID":"2"}'] * 3800)
            + "]}"
        ),
    )
    yield "aif of a random graph", read("aif"), aif(900, 1900)
    yield "aif of circles", read("aif"), aif(90, 2900)
    yield (
        "aif of 31,000 empty edges",
        read("aif"),
        '{"nodes":[],"edges":[' + repeated("{},", 95_000) + "{}]}",
    )
    yield "stars", check, "(a) " + repeated("*a ")
    yield "stars that close", check, "(a) " + repeated("*a* ")
    yield "backslashes", check, "(a) " + repeated("\\")
    yield "quotation marks", check, "(a) x\n    > " + repeated('"')
    yield "quotations", check, "(a) x\n" + repeated('    > "words"\n')
    yield "control characters", check, "(a) " + repeated("\x01x")
    yield "lines with a control character", check, repeated("(a) \x01\n\n")
    yield "marks of direction", check, "(a) " + repeated("\u2066", 33_000)
    yield "one word", check, "(a) " + repeated("x")
    yield "one word, drawn", draw, "(a) " + repeated("x", 20_000)
    yield "the same statement", check, repeated("The same statement again.\n\n")
    yield "almost the same statement", check, numbered("The same statement again N.\n\n", 3000)
    yield "reasons of one statement", check, "(a) x\n" + repeated("    + y\n")
    yield "objections, status", stand, "(a) x\n" + repeated("    - y\n")
    yield "a chain of reasons, status", stand, chain(3500, "+")
    yield "a chain of objections, status", stand, chain(3500, "-")
    yield "a web of objections, status", stand, web(1200, "-")
    yield "a web of reasons, check", check, web(1200, "+")
    yield "a web of corollaries, positions", hold, web(1200, "=>", 3, 50)
    yield "contradictions, positions", hold, web(1200, "><", 3, 50)
    yield "headings", check, repeated("# x\n")
    yield "headings, drawn", draw, repeated("# x\n\ny\n\n", 30_000)
    yield "deeper and deeper", check, "".join(" " * n + f"+ x{n}\n" for n in range(400))
    yield "indentations without end", check, "(a) x\n" + repeated(" ") + "+ y\n"
    yield "blank lines", check, repeated("\n")
    yield "blank lines, then a statement", check, repeated("\n") + "(a) x\n"
    yield "blank lines, then a fact", check, repeated(" \n") + "title: x\n"
    yield "blank lines in front matter", check, "---\n" + repeated("\n") + "(a) x\n"
    yield "comments in front matter", check, "---\n" + repeated("# x\n") + "(a) x\n"
    yield "facts without an end of front matter", check, "---\n" + repeated("a: b\n") + "(a) x\n"
    yield "fences that nothing ends", check, repeated("```a\n")
    yield "fences of every length", check, "".join("`" * (3 + n) + "\n" for n in range(430))
    yield "commas of holders", check, "(a) x\n\n@ " + repeated("a, ") + ": accept (a)\n"
    yield "labels held", check, "(a) x\n\n@ b: accept " + repeated("(a) ")
    yield "sources", check, repeated("source: x = y.txt\n") + '\n(a) x\n    > "y"\n'
    yield "facts", check, numbered("kN: v\n", 11_000)[:95_000] + "\n(a) x\n"
    yield "comments", check, "(a) x\n" + repeated("// argmap: ignore AM201\n")
    yield "argdown lists", read("argdown"), repeated("- a\n")
    yield "argdown stars", read("argdown"), "[a]: " + repeated("*a ")
    yield "argdown brackets", read("argdown"), repeated("[a]")
    yield (
        "arggraph edges",
        read("arggraph"),
        ("<arggraph><adu id='a'/>" + repeated("<edge id='e' src='a' trg='a' type='sup'/>", 95_000) + "</arggraph>"),
    )
    yield "stressed words, drawn", draw, "(a) " + repeated("*a* b **c** ", 78_000)
    yield "sections, drawn", draw, numbered("# S N\n\nx N\n\n", 4200)
    yield "a circle of reasons, status, printed", printed_status, ring(3000, "+")
    yield "a circle of objections, status, printed", printed_status, ring(3001, "-")
    yield "a circle of reasons, check", check, ring(3000, "+")
    layers = numbered("    - oN\n", 2500) + numbered("\n(sN) x\n    - (z)\n", 2500)
    yield "prose of objections under objections", write("prose"), "(z) q\n" + layers
    yield "prose of reasons under reasons", write("prose"), "(z) q\n" + layers.replace("- ", "+ ")
    yield "prose of bars to one statement", write("prose"), "(z) q\n" + numbered("\n(pN) x\n----\n(z)\n", 3000)
    yield (
        "prose of a long reason for many",
        write("prose"),
        "(z) " + "word " * 4000 + "\n" + numbered("\n(pN) x\n    + (z)\n", 3000),
    )
    yield "mentions", check, "(z) q\n\n(a) " + repeated("as in (z) ", 80_000)
    yield (
        "corollaries with exceptions, positions",
        hold,
        (
            "".join(f"(s{n}) x\n    => (s{n + 1})\n        unless: (s{n * 7 % 1800})\n\n" for n in range(1800))
            + "(s1800) y\n\n"
            + numbered("@ hN: accept (s0); reject (s1800)\n", 200)
        ),
    )
    meeting = "".join(
        f"(s{n}) x\n    => (a{n}) y\n    => (b{n}) z\n\n(a{n})\n& (b{n})\n----\n(s{n + 1})\n\n" for n in range(400)
    )
    yield (
        "premises that meet again and again, each holder another stance",
        check,
        meeting + "(s400) q\n\n" + "".join(f"@ h{n}: reject (s{400 - n})\n" for n in range(300)),
    )
    pick = random.Random(4)
    gated = "".join(
        f"(s{n}) x\n    => (s{pick.randrange(300)})\n        unless: (s{pick.randrange(300)})\n"
        f"    => (s{pick.randrange(300)})\n    >< (s{pick.randrange(300)})\n\n"
        for n in range(300)
    )
    yield (
        "exceptions and contradictions, 300 holders of four stances",
        check,
        gated + "".join(f"@ h{n}: accept (s{n}); reject (s{n * 7 % 300}) (s{n * 5 % 300})\n" for n in range(300)),
    )
    yield (
        "300 holders of three stances on 3,000 corollaries",
        check,
        web(300, "=>", 10)
        + "".join(f"@ h{n}: accept (s{n}) (s{n * 3 % 300}); reject (s{(n * 7 + 2) % 300})\n" for n in range(300)),
    )
    yield (
        "400 holders who each leave out another step",
        check,
        "".join(f"(s{n}) x\n    => (s{n + 1})\n\n" for n in range(600))
        + "(s600) y\n    >< (s0)\n\n"
        + "".join(f"@ h{n}: deny (s{n}) => (s{n + 1}); accept (s0)\n" for n in range(400)),
    )
    yield "two marks a line", check, "(x) y\n" + numbered("    - + aN\n", 6000)
    yield "two labels a line", check, numbered("(aN) (bN)\n\n", 6000)
    yield "kialo", read("kialo"), "Discussion Title: x\n\n1. x\n" + repeated("1.1. Pro: a\n")


def printed(text: str) -> object:
    from argmap.diagnostics import Report
    from argmap.diagnostics.machine import format_github, format_json
    from argmap.diagnostics.terminal import format_report

    map = argmap.parse(text)
    assert map.source is not None
    report = Report(map.source, argmap.check(map))
    return format_report(report), format_json([report]), format_github([report])


def printed_positions(text: str) -> object:
    from argmap.analysis.printing import positions_text

    map = argmap.parse(text)
    return positions_text(map, list(positions(map)), 100)


def printed_status(text: str) -> object:
    from argmap.analysis.printing import status_data, status_text

    report = status(argmap.parse(text))
    return status_text(report, 100, every=True), status_data(report)


def main(wanted: list[str]) -> int:
    slow = 0
    render(argmap.parse("(a) x"), "svg")  # what is loaded once is not measured
    check("(a) x")
    for name, do, text in hostile():
        if wanted and not any(part in name for part in wanted):
            continue
        size = len(text.encode("utf-8", "surrogatepass"))
        assert size <= LARGEST, (name, size)
        begun = time.process_time()
        try:
            do(text)
            outcome = ""
        except argmap.ArgmapError as error:
            outcome = f"  ({str(error)[:60]})"
        seconds = time.process_time() - begun
        slow += seconds > MOST_SECONDS
        print(f"{seconds:7.2f} s  {size / 1000:4.0f} KB  {name}{outcome}", flush=True)
    print(f"{slow} over {MOST_SECONDS:g} s")
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
