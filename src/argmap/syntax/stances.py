"""Reads a stance line: who holds what."""

from __future__ import annotations

import re

from attrs import frozen

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.document import Line
from argmap.syntax.grammar import grammar
from argmap.text import Span
from argmap.text.nearest import nearest

VERBS = ("accept", "doubt", "reject")
_VERB = re.compile(r"[^\s(,]*")
# A second verb where `;` should stand before it: `accept (a), doubt (b)`, `accept (a) and doubt (b)`.
_NEXT_VERB = re.compile(
    r"(?:(,)\s*|\s+)(and[ \t]+)?((?:accept|doubt|reject)(?:s|ed)?)(?![\w-])", re.IGNORECASE
)


@frozen(eq=False, repr=False)
class Held:
    """One attitude of a stance line: the verb, and the labels with their places (none: the statement above)."""

    verb: str
    labels: tuple[tuple[str, int, int], ...]


@frozen(eq=False, repr=False)
class StanceLine:
    """A stance line, read: its holders, and what they hold."""

    holders: tuple[str, ...]
    held: tuple[Held, ...]


def read_stance(line: Line, source: str, *, under_statement: bool, found: list[Diagnostic]) -> StanceLine:
    """Read what follows `@` in the whole text `source`; faults go to `found`, and what can be understood is kept."""
    # Read from the source itself, line breaks and all, so that every place is true.
    text = source[line.text_start : line.end]
    if "\n" in line.text:
        text = re.sub(r"(?m)^[ \t]*//[^\r\n]*", lambda m: " " * len(m[0]), text)

    def report(code: str, start: int, end: int, message: str, hint: str, fix: str | None = None) -> None:
        span = Span(line.text_start + start, line.text_start + end)
        mend = Fix(f"write `{fix}`", (Edit(span, fix),)) if fix else None
        found.append(Diagnostic(code, Severity.ERROR, message, (Label(span),), hint, mend))

    names, colon, rest = text.partition(":")
    if not colon:
        report(
            "AM050",
            0,
            len(text.rstrip()),
            "this stance does not say what is held: a colon is missing after the names",
            "write `@ Name: accept (a); doubt (b)`",
        )
        return StanceLine((), ())
    holders = tuple(dict.fromkeys(" ".join(name.split()) for name in names.split(",") if name.strip()))
    if not holders:
        report("AM050", 0, len(names) + 1, "this stance names nobody", "write `@ Name: accept (a)`")
    held: list[Held] = []
    position = len(names) + 1
    if not rest.strip():
        report(
            "AM050",
            position - 1,
            position,
            "this stance does not say what is held",
            "write accept, doubt or reject after the colon, and the labels in parentheses",
        )
        return StanceLine(holders, ())
    for clause, at in _clauses(rest, position, line, found):
        begin = at + len(clause) - len(clause.lstrip())
        clause = clause.strip()
        if not clause:
            continue
        match = _VERB.match(clause)
        verb = match[0] if match else ""
        if verb not in VERBS:
            plain = verb.lower()
            singular = next((v for v in VERBS if plain in (v, v + "s", v + "ed")), None)
            near = singular or nearest(verb, VERBS)
            report(
                "AM051",
                begin,
                begin + max(len(verb), 1),
                f"`{verb}` is not something a holder can do"
                if verb
                else "no verb stands before these labels",
                (f"did you mean `{near}`? " if near else "") + "A holder can accept, doubt or reject",
                singular if verb else None,
            )
            if near is None:
                continue
            verb_read = near
        else:
            verb_read = verb
        told = len(found)
        labels = _labels(clause[len(verb) :], begin + len(verb), line, report)
        if not labels and not under_statement and len(found) == told:
            report(
                "AM052",
                begin,
                begin + len(clause),
                f"`{verb}` what? The labels are missing",
                "name the statements, as in `accept (a), (b)`; "
                "only a stance indented under a statement may leave them out",
            )
            continue
        held.append(Held(verb_read, labels))
    return StanceLine(holders, tuple(held))


def _clauses(rest: str, offset: int, line: Line, found: list[Diagnostic]) -> list[tuple[str, int]]:
    """What is held, a verb with its labels at a time, each with its place; a verb without its `;` is reported."""
    clauses: list[tuple[str, int]] = []
    for clause in rest.split(";"):
        last = 0
        for match in _NEXT_VERB.finditer(clause):
            if not clause[: match.start()].strip():
                continue
            clauses.append((clause[last : match.start()], offset + last))
            last = match.start(3)
            origin = line.text_start + offset
            before = Span(origin + match.start(), origin + match.start() + len(match[1] or ""))
            edits = [Edit(before, ";")]
            if match[2]:
                edits.append(Edit(Span(origin + match.start(2), origin + match.end(2)), ""))
            found.append(
                Diagnostic(
                    "AM053",
                    Severity.ERROR,
                    f"`{match[3]}` begins something else that is held, and no semicolon stands before it",
                    (Label(Span(origin + match.start(3), origin + match.end(3))),),
                    f"write `;` before `{match[3]}`: a comma goes on with the labels of the verb before",
                    Fix("write `;` before it", tuple(edits)),
                )
            )
        clauses.append((clause[last:], offset + last))
        offset += len(clause) + 1
    return clauses


def _labels(text: str, offset: int, line: Line, report: object) -> tuple[tuple[str, int, int], ...]:
    """The labels of one clause, each with its place; what is no label is reported."""
    labels: list[tuple[str, int, int]] = []
    pattern = grammar().label
    position = 0
    for piece in text.split(","):
        word = piece.strip()
        begin = offset + position + len(piece) - len(piece.lstrip())
        position += len(piece) + 1
        if not word:
            continue
        if pattern.fullmatch(word):
            labels.append((word[1:-1], line.text_start + begin, line.text_start + begin + len(word)))
            continue
        for word_match in re.finditer(r"\([^()\s]*\)?|[^\s()]+\)?|\)", word):
            part = word_match[0]
            start = begin + word_match.start()
            if pattern.fullmatch(part):
                labels.append((part[1:-1], line.text_start + start, line.text_start + start + len(part)))
            elif part != "and":
                plain = "".join(c for c in part if c.isalnum() or c in "-_.").strip(".")
                report(  # type: ignore[operator]
                    "AM053",
                    start,
                    start + len(part),
                    f"`{part}` is not a label in parentheses",
                    f"write `({plain})`" if plain else "write labels as `(a), (b)`, with commas between them",
                )
    return tuple(labels)
