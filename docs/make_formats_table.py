"""Makes the tables of docs/formats.md by running the trips: `python docs/make_formats_table.py`.

For each thing that a map can say there is a small map that says it. A format that is read as well as written
has the map written and read again, and the two are compared in that one respect; from one that is only
written, it is enough that nothing was reported as lost. A test holds the page to what this program makes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import argmap
from argmap.diagnostics import Severity
from argmap.formats import registry
from argmap.formats.format import Format
from argmap.model import ArgumentMap, StepKind
from argmap.text import Source

PAGE = Path(__file__).with_name("formats.md")
KEPT, REPORTED, CHANGED = "yes", "reported", "no"


def _texts(map: ArgumentMap) -> dict[str, str]:
    return {statement.id: statement.text for statement in map.statements}


def _steps(*kinds: StepKind) -> Callable[[ArgumentMap], Any]:
    def steps(map: ArgumentMap) -> Any:
        text = _texts(map)
        return sorted(
            (step.kind.value, sorted(text[id] for id in step.ground), text[step.target])
            for step in map.steps
            if step.kind in kinds
        )

    return steps


def _of_steps(attribute: str) -> Callable[[ArgumentMap], Any]:
    def found(map: ArgumentMap) -> Any:
        text = _texts(map)
        return sorted((text[step.target], [text[id] for id in getattr(step, attribute)]) for step in map.steps)

    return found


def _of_statements(*attributes: str) -> Callable[[ArgumentMap], Any]:
    def found(map: ArgumentMap) -> Any:
        return sorted((s.text, *(repr(getattr(s, attribute)) for attribute in attributes)) for s in map.statements)

    return found


def _gates(map: ArgumentMap) -> Any:
    text = _texts(map)
    return sorted((s.text, [text[i] for i in s.conditions], [text[i] for i in s.exceptions]) for s in map.statements)


def _of_stances(*names: str) -> Callable[[ArgumentMap], Any]:
    def look(map: ArgumentMap) -> Any:
        text = _texts(map)
        return sorted(
            (
                s.holder,
                s.attitude.value,
                *(text[id] for id in s.ids),
                repr([getattr(s, name) for name in names]),
            )
            for s in map.stances
        )

    return look


def _sections(map: ArgumentMap) -> Any:
    def path(section: int | None) -> tuple[str, ...]:
        return () if section is None else (*path(map.sections[section].parent), map.sections[section].title)

    return sorted((s.text, path(s.section)) for s in map.statements)


def _rules(map: ArgumentMap) -> Any:
    return sorted((step.rule or "") for step in map.steps)


# Each thing: its name, a map that says it, the nearest map that does not, and how to look for it.
THINGS: tuple[tuple[str, str, str, Callable[[ArgumentMap], Any]], ...] = (
    (
        "statements and their text",
        "(a) One.\n\n    Two.\n\n(b) Three.\n",
        "(a) One.\n\n(b) Three.\n",
        _of_statements(),
    ),
    ("labels", "(a) One.\n\n(b) Two.\n", "One.\n\nTwo.\n", _of_statements("label")),
    (
        "reasons",
        "(a) One.\n    + (b) Two.\n    + (c) Three.\n",
        "(a) One.\n\n(b) Two.\n\n(c) Three.\n",
        _steps(StepKind.REASON),
    ),
    (
        "linked premises",
        "(a) One.\n    + (b) Two.\n    & (c) Three.\n",
        "(a) One.\n    + (b) Two.\n    + (c) Three.\n",
        _steps(StepKind.REASON),
    ),
    ("objections", "(a) One.\n    - (b) Two.\n", "(a) One.\n    ~ (b) Two.\n", _steps(StepKind.OBJECTION)),
    (
        "objections to objections",
        "(a) One.\n    - (b) Two.\n        - (c) Three.\n",
        "(a) One.\n    - (b) Two.\n        ~ (c) Three.\n",
        _steps(StepKind.OBJECTION),
    ),
    (
        "granted points (`~`)",
        "(a) One.\n    ~ (b) Two.\n",
        "(a) One.\n    - (b) Two.\n",
        _steps(StepKind.CONCESSION),
    ),
    (
        "corollaries (`=>`)",
        "(a) One.\n    => (b) Two.\n",
        "(a) One.\n---\n(b) Two.\n",
        _steps(StepKind.COROLLARY),
    ),
    (
        "inference bars",
        "(a) One.\n(b) Two.\n---\n(c) Three.\n",
        "(a) One.\n    => (c) Three.\n        provided: (b) Two.\n",
        _steps(StepKind.INFERENCE),
    ),
    (
        "the name of a rule",
        "(a) One.\n(b) Two.\n--- modus ponens\n(c) Three.\n",
        "(a) One.\n(b) Two.\n---\n(c) Three.\n",
        _rules,
    ),
    (
        "conditions of a step",
        "(a) One.\n    + (b) Two.\n        provided: (c) Three.\n",
        "(a) One.\n    + (b) Two.\n        unless: (c) Three.\n",
        _of_steps("conditions"),
    ),
    (
        "exceptions of a step",
        "(a) One.\n    + (b) Two.\n        unless: (c) Three.\n",
        "(a) One.\n    + (b) Two.\n        provided: (c) Three.\n",
        _of_steps("exceptions"),
    ),
    (
        "conditions and exceptions of a statement",
        "(a) One.\n    provided: (b) Two.\n    unless: (c) Three.\n",
        "(a) One.\n    unless: (b) Two.\n    provided: (c) Three.\n",
        _gates,
    ),
    (
        "contradictions",
        "(a) One.\n    >< (b) Two.\n",
        "(a) One.\n\n(b) Two.\n",
        lambda map: sorted(sorted((_texts(map)[c.left], _texts(map)[c.right])) for c in map.contradictions),
    ),
    (
        "who holds what",
        "(a) One.\n\n(b) Two.\n\n@ Ann, Bob: accept (a); doubt (b)\n@ Eve: reject (a)\n",
        "(a) One.\n\n(b) Two.\n\n@ Ann, Bob: accept (b); doubt (a)\n@ Eve: reject (a)\n",
        _of_stances(),
    ),
    (
        "who accepts or rejects a step",
        "(a) One.\n    + (b) Two.\n    + (c) Three.\n\n@ Eve: reject (b) => (a)\n",
        "(a) One.\n    + (b) Two.\n    + (c) Three.\n\n@ Eve: reject (c) => (a)\n",
        _of_stances(),
    ),
    (
        "when, how firmly and by whose report",
        "(a) One.\n\n@ Ann: accept (a) {date: 2007-05, by: Bob, probably}\n@ Ann: retract (a) {date: 2008}\n",
        "(a) One.\n\n@ Ann: accept (a)\n",
        _of_stances("date", "by", "hedge"),
    ),
    (
        "the quotations of a stance",
        '(a) One.\n\n@ Ann: accept (a)\n    > "word" (page 1)\n',
        "(a) One.\n\n@ Ann: accept (a)\n",
        _of_stances("quotations"),
    ),
    (
        "the part a statement has (derived, condition, exception)",
        "(a) One.\n    => (b) Two.\n        provided: (c) Three.\n        unless: (d) Four.\n",
        "(a) One.\n    => (b)\n        provided: (c)\n        unless: (d)\n\n(b) Two.\n\n(c) Three.\n\n(d) Four.\n",
        _of_statements("role"),
    ),
    ("qualifiers", "(a) One. {probably}\n", "(a) One.\n", _of_statements("qualifier")),
    ("what is left unsaid (`implicit`)", "(a) One. {implicit}\n", "(a) One.\n", _of_statements("implicit")),
    ("what is put forward only (`open`)", "(a) One. {open}\n", "(a) One.\n", _of_statements("open")),
    ("what needs a proof (`unproved`)", "(a) One. {unproved}\n", "(a) One.\n", _of_statements("unproved")),
    ("stress", "(a) One *two* **three**.\n", "(a) One two three.\n", _of_statements("emphasis")),
    ("tags", "(a) One. {#tag}\n", "(a) One.\n", _of_statements("tags")),
    ("the author's own attributes", "(a) One. {key: value}\n", "(a) One.\n", _of_statements("data")),
    ("quotations", '(a) One.\n    > "word" (page 1)\n', "(a) One.\n", _of_statements("quotations")),
    ("notes", "(a) One.\n    > A note.\n", "(a) One.\n", _of_statements("notes")),
    ("sections", "# Part\n\n(a) One.\n\n## Chapter\n\n(b) Two.\n", "(a) One.\n\n(b) Two.\n", _sections),
    (
        "the header",
        "title: A title\nauthor: Ann\nkey: value\n\n(a) One.\n",
        "(a) One.\n",
        lambda map: sorted((fact.key, fact.value) for fact in map.facts),
    ),
)


def outcome(format: Format, text: str, without: str, look: Callable[[ArgumentMap], Any]) -> str:
    """What becomes of one thing in one format: kept, lost and reported, or changed without a report."""
    map = argmap.parse(text)
    assert map.ok, text
    assert format.write is not None
    written = format.write(map)
    losses = [found for found in written.diagnostics if found.severity is not Severity.NOTE or found.code == "AM401"]
    if format.read is None:
        if losses:
            return REPORTED
        return KEPT if written.text != format.write(argmap.parse(without)).text else CHANGED
    back = format.read(Source(f"x{format.suffixes[0]}", written.text))
    try:
        same = look(map) == look(back.map)
    except KeyError:
        same = False
    if same:
        return KEPT
    return REPORTED if losses or any(found.severity is not Severity.NOTE for found in back.diagnostics) else CHANGED


def tables() -> str:
    """The tables, in Markdown."""
    both = [format for format in registry.formats() if format.write is not None and format.read is not None]
    out = [format for format in registry.formats() if format.write is not None and format.read is None]
    incoming = [format for format in registry.formats() if format.write is None]
    lines = [
        "### There and back",
        "",
        *_table(both),
        "",
        "### Out only",
        "",
        *_table(out),
        "",
        "### In only",
        "",
    ]
    lines += [f"- **{format.title}** (`{format.name}`, {_suffixes(format)}): {format.summary}" for format in incoming]
    return "\n".join(lines) + "\n"


def _suffixes(format: Format) -> str:
    return " ".join(f"`{suffix}`" for suffix in format.suffixes)


def _table(formats: list[Format]) -> list[str]:
    lines = [
        f"| | {' | '.join(f'`{format.name}`' for format in formats)} |",
        f"|---|{'---|' * len(formats)}",
    ]
    for name, text, without, look in THINGS:
        lines.append(f"| {name} | {' | '.join(outcome(format, text, without, look) for format in formats)} |")
    return lines


def page(before: str) -> str:
    """The page with its tables made anew."""
    return re.sub(
        r"(?s)(<!-- tables: made by docs/make_formats_table.py -->\n).*(<!-- end of tables -->)",
        lambda match: f"{match[1]}\n{tables()}\n{match[2]}",
        before,
    )


if __name__ == "__main__":
    made = page(PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(made, encoding="utf-8")
    sys.exit(0)
