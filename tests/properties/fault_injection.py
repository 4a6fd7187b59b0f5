"""Good documents, and faults put into them at known places, to measure how well reading recovers.

    python tests/properties/fault_injection.py [documents, default 120]

prints, for each kind of fault, how many were put in and how many were reported on their line with the right
code, and then whatever was reported besides, with one small example each.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable

from attrs import define, field, frozen

import argmap
from argmap import rules
from argmap.diagnostics import Severity
from argmap.model import ArgumentMap

Mutation = Callable[[list[str], int], list[str]]
_NOUNS = (
    "harbour",
    "bridge",
    "school",
    "market",
    "river",
    "tower",
    "garden",
    "library",
    "station",
    "orchard",
)
_VERBS = ("needs repair", "costs too much", "was built in haste", "serves the town", "is loved by all")


@frozen
class Kind:
    """A kind of fault: the codes that may tell it, and where it can be put.

    `fits` says whether a line can have it; `put` gives the lines that take that line's place; `at` is
    which of them is the faulty one.
    """

    name: str
    codes: tuple[str, ...]
    fits: Callable[[list[str], int], bool]
    put: Mutation
    at: int = 0


def good_document(seed: int, blocks: int = 15) -> list[str]:
    """A document of about 300 lines, without a fault, and with every kind of line."""
    pick = random.Random(seed)
    lines = ["title: A matter of planning", "author: A. Clerk", ""]
    for n in range(blocks):
        count = 0

        def said(n: int = n) -> str:
            nonlocal count
            count += 1
            return f"(s{n}.{count}) Point {n}.{count}: the {pick.choice(_NOUNS)} {pick.choice(_VERBS)}."

        if n % 6 == 0:
            lines += [f"# Part {n}", ""]
        lines += [said(), f"    + {said()}", f"        - {said()}", f"            + {said()}"]
        lines += [f"        + {said()}", f"    & {said()}", f"    - {said()}", f"        unless: {said()}"]
        if pick.random() < 0.5:
            lines += [f"        + {said()}", f'            > "as the report of {1900 + n} says"']
        lines += [f"    => {said()}", f"        provided: {said()}"]
        if pick.random() < 0.5:
            lines += [f"    ~ {said()}", "            with a line that goes on {probably}"]
        lines += ["", said(), said(), "---", said(), f"    + {said()}", "", f"@ Rice: accept (s{n}.1)", ""]
    return lines


def _marked(sign: str) -> Callable[[list[str], int], bool]:
    return lambda lines, i: lines[i].lstrip().startswith(f"{sign} (")


def _leaf(lines: list[str], i: int) -> bool:
    return _marked("+")(lines, i) and (i + 1 == len(lines) or _depth(lines[i + 1]) <= _depth(lines[i]))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indent(line: str) -> str:
    return " " * _depth(line)


def _first_child(lines: list[str], i: int) -> bool:
    return _marked("+")(lines, i) and _depth(lines[i - 1]) < _depth(lines[i])


def _after_deeper(lines: list[str], i: int) -> bool:
    return _marked("+")(lines, i) and _depth(lines[i]) == 8 and _depth(lines[i - 1]) == 12


def _statement_line(lines: list[str], i: int) -> bool:
    # Not where the text goes on below: braces in the middle of a text are text.
    return " Point " in lines[i] and _depth(lines[i]) > 0 and "goes on" not in lines[i + 1]


def _gap(lines: list[str], i: int) -> bool:
    return lines[i] == "" and lines[i - 1] != "" and i > 4


def _replace(old: str, new: str) -> Mutation:
    return lambda lines, i: [lines[i].replace(old, new, 1)]


def _append(text: str) -> Mutation:
    return lambda lines, i: [lines[i] + text]


def _label(line: str) -> str:
    return line[line.index("(") : line.index(")") + 1]


def _stance(lines: list[str], i: int) -> bool:
    return lines[i].startswith("@ ")


KINDS = (
    Kind("en dash for -", ("AM025",), _marked("-"), _replace("- (", "– (")),
    Kind("bullet for +", ("AM025",), _marked("+"), _replace("+ (", "• (")),
    Kind("asterisk for +", ("AM025",), _marked("+"), _replace("+ (", "* (")),
    Kind("arrow for =>", ("AM025",), _marked("=>"), _replace("=> (", "-> (")),
    Kind("no space after mark", ("AM026",), _marked("+"), _replace("+ (", "+(")),
    Kind("mark with nothing", ("AM020",), _leaf, lambda lines, i: [_indent(lines[i]) + "+"]),
    Kind("word mark without colon", ("AM027",), _marked("+"), _replace("+ (", "because (")),
    Kind("word mark with a capital", ("AM027",), _marked("-"), _replace("- (", "But: (")),
    Kind("unknown word mark", ("AM028",), _leaf, lambda lines, i: [_indent(lines[i]) + "note: see below."]),
    Kind("tab among spaces", ("AM011",), _after_deeper, _replace("        ", "    \t")),
    Kind("no-break space as indentation", ("AM012",), _marked("+"), _replace("    ", "   \u00a0")),
    Kind("indentation that fits nothing", ("AM010",), _after_deeper, _replace("        ", "      ")),
    Kind("label used and never defined", ("AM101",), _stance, _replace("(s", "(nowhere-")),
    Kind("label defined twice", ("AM102",), _leaf,
         lambda lines, i: [lines[i].replace(_label(lines[i]), "(s0.1)")]),
    Kind("brace never closed", ("AM040",), _statement_line, _append(" {probably")),
    Kind("unknown attribute", ("AM041",), _statement_line, _append(" {probbly}")),
    Kind("unknown stance verb", ("AM051",), _stance, _replace("accept", "acept")),
    Kind("stance of nobody", ("AM050",), _stance, _replace("@ Rice", "@ ")),
    Kind("& with nothing to join", ("AM022",), _first_child, _replace("+ (", "& (")),
    Kind("bar with nothing above", ("AM023",), _gap, lambda lines, i: ["", "---", ""], 1),
    Kind("mark under nothing", ("AM021",), _gap, lambda lines, i: ["", "+ It bears on nothing.", ""], 1),
    Kind("statement indented without mark", ("AM030",), _marked("+"), _replace("+ (", "(")),
    Kind("control character", ("AM002",), _statement_line, _replace(" the ", " the\x07 ")),
    Kind("blank in a label", ("AM031",), _gap, lambda lines, i: ["", "(two words)", ""], 1),
    Kind("label never closed", ("AM031",), _gap, lambda lines, i: ["", "(open The label goes on.", ""], 1),
    Kind("quotation never closed", ("AM043",), _leaf,
         lambda lines, i: [lines[i], " " * (_depth(lines[i]) + 4) + '> "never closed'], 1),
    Kind("header line below the header", ("AM061",), _gap, lambda lines, i: ["", "date: 2007-05-28", ""], 1),
    Kind("reason for itself", ("AM107",), _leaf,
         lambda lines, i: [lines[i], " " * (_depth(lines[i]) + 4) + "+ " + _label(lines[i])], 1),
)  # fmt: skip


@frozen
class Faulty:
    """A document with faults, what they are by line (from 1), and the good lines that were touched."""

    lines: list[str]
    faults: dict[int, Kind]
    touched: set[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def inject(seed: int, faults: int = 12, apart: int = 8) -> Faulty:
    """A good document with this many faults, at least `apart` lines from each other."""
    pick = random.Random(seed)
    good = good_document(seed)
    places: dict[int, Kind] = {}
    kinds = pick.sample(KINDS, len(KINDS))
    for kind in kinds * 2:
        fit = [i for i in range(3, len(good)) if kind.fits(good, i) and all(abs(i - j) >= apart for j in places)]
        if fit and len(places) < faults:
            places[pick.choice(fit)] = kind
    lines: list[str] = []
    at: dict[int, Kind] = {}
    touched: set[str] = set()
    for i, line in enumerate(good):
        if i in places:
            at[len(lines) + 1 + places[i].at] = places[i]
            lines += places[i].put(good, i)
            touched.add(line.strip())
        else:
            lines.append(line)
    return Faulty(lines, at, touched)


def parents(map: ArgumentMap) -> set[tuple[str, str, str]]:
    """Of each statement and what it bears on or gates: both texts, and the text of the line that says so.

    A corollary's line says what it follows from, and what is joined with `&` is joined to the line above it.
    """
    found = set()
    for step in map.steps:
        target = map[step.target].text
        for id in step.ground:
            found.add((map[id].text, target, target if step.kind.binds else map[step.ground[0]].text))
        for id in (*step.conditions, *step.exceptions):
            found.add((map[id].text, target, map[id].text))
    for statement in map.statements:
        for id in (*statement.conditions, *statement.exceptions):
            found.add((map[id].text, statement.text, map[id].text))
    return found


@define
class Tally:
    """What came of many documents."""

    put: Counter[str] = field(factory=Counter)
    told: Counter[str] = field(factory=Counter)
    spurious: list[tuple[str, str, str]] = field(factory=list)
    missed: list[tuple[str, str]] = field(factory=list)
    statements: int = 0
    orphans: list[tuple[str, str]] = field(factory=list)

    @property
    def told_share(self) -> float:
        return self.told.total() / self.put.total()

    @property
    def spurious_share(self) -> float:
        return len(self.spurious) / self.put.total()


def measure(seeds: range) -> Tally:
    """Put faults into a document for each seed, and see what is reported."""
    tally = Tally()
    for seed in seeds:
        faulty = inject(seed)
        map = argmap.parse(faulty.text, "faulty.argmap")
        assert map.source is not None
        _diagnostics(tally, faulty, map)
        _parents(tally, faulty, map, seed)
    return tally


def _diagnostics(tally: Tally, faulty: Faulty, map: ArgumentMap) -> None:
    waiting = dict(faulty.faults)
    tally.put.update(kind.name for kind in waiting.values())
    for diagnostic in (*map.diagnostics, *rules.run(map)):
        if diagnostic.severity is Severity.NOTE or diagnostic.span is None or map.source is None:
            continue
        line = map.source.place(diagnostic.span.start)[0]
        kind = waiting.get(line)
        if kind is not None and diagnostic.code in kind.codes:
            tally.told[kind.name] += 1
            del waiting[line]
            continue
        near = min(faulty.faults, key=lambda at: abs(at - line))
        context = "\n".join(faulty.lines[max(near - 4, 0) : near + 3])
        tally.spurious.append((f"{diagnostic.code} near {faulty.faults[near].name}", diagnostic.message, context))
    for line, kind in waiting.items():
        tally.missed.append((kind.name, "\n".join(faulty.lines[max(line - 4, 0) : line + 2])))


def _parents(tally: Tally, faulty: Faulty, map: ArgumentMap, seed: int) -> None:
    """Whether every statement that no fault was put into still bears on what it bore on."""
    good = argmap.parse("\n".join(good_document(seed)) + "\n")
    after = {(_point(text), _point(target)) for text, target, _ in parents(map)}
    touched = {_point(text) for text in faulty.touched}
    for text, target, said_by in parents(good):
        # A line with a fault in it may lose what it says itself; never what is said under it.
        if _point(text) in touched or _point(said_by) in touched:
            continue
        tally.statements += 1
        if (_point(text), _point(target)) not in after:
            tally.orphans.append((text, target))


def _point(text: str) -> str:
    """The number that names a statement of `good_document`, which no fault takes away."""
    return text.partition("Point ")[2].partition(":")[0]


def main() -> None:
    tally = measure(range(int(sys.argv[1]) if len(sys.argv) > 1 else 120))
    for name, put in sorted(tally.put.items()):
        print(f"{name:<36}{tally.told[name]:>6} of {put}")
    print(f"\nreported with the right code on its line: {tally.told_share:.2%} of {tally.put.total()}")
    print(f"reported besides: {tally.spurious_share:.2%}; parents lost: {len(tally.orphans)}/{tally.statements}")
    for heading, shown in (
        ("missed", tally.missed),
        ("besides", [(a, f"{b}\n{c}") for a, b, c in tally.spurious]),
    ):
        for name, times in Counter(name for name, _ in shown).most_common(12):
            example = next(text for other, text in shown if other == name)
            print(f"\n-- {heading}, {times} times: {name}\n{example}")
    for text, target in tally.orphans[:8]:
        print(f"\n-- lost its parent: {text} -> {target}")


if __name__ == "__main__":
    main()
