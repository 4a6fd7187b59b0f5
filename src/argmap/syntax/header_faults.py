"""The faults of the header that are reported, each with its message and its mend."""

from __future__ import annotations

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.document import Line
from argmap.syntax.faults import error
from argmap.text import Span
from argmap.text.nearest import nearest

KNOWN_FACTS = ("title", "author", "date", "source", "lang")


def near_fact(key: str) -> str | None:
    """The known header key that this one is surely meant for, if it is not one itself."""
    if key in KNOWN_FACTS:
        return None
    if key.lower() in KNOWN_FACTS:
        return key.lower()
    near = nearest(key, KNOWN_FACTS)
    return near if near and abs(len(near) - len(key)) <= 1 and len(key) > 3 else None


def misspelled_fact(line: Line) -> Diagnostic | None:
    """A header key close to a known one."""
    key = line.label or ""
    near = near_fact(key)
    if near is None:
        return None
    span = Span(line.start, line.start + len(key))
    return Diagnostic(
        "AM060",
        Severity.WARNING,
        f"the header key `{key}` is close to `{near}`",
        (Label(span),),
        f"write `{near}:` if that was meant; a key of your own needs another name",
        Fix(f"write `{near}`", (Edit(span, near),), key.lower() == near),
    )


def fact_below_header(span: Span, key: str) -> Diagnostic:
    return error(
        "AM061",
        span,
        f"`{key}:` stands below the header, where it says nothing about the whole",
        "move it to the top of the file, above the first blank line; or put a backslash first if it is text",
    )


def malformed_fact(span: Span, key: str, fix: Fix | None) -> Diagnostic:
    """A line of the header whose key is more than one word, or whose colon has no space after it."""
    if fix is not None:
        return error(
            "AM063", span, f"a space has to follow `{key}:`", f"write `{key}: ` and the rest", fix=fix
        )
    joined = "-".join(key.split()).lower()
    return error(
        "AM063",
        span,
        f"`{key}` is no key for a header line: a key is one word",
        f"write `{joined}:`; or leave a blank line before it if it is a statement",
    )


def repeated_fact(line: Line, first: Line) -> Diagnostic:
    """A header key that can have one value comes twice."""
    return Diagnostic(
        "AM062",
        Severity.WARNING,
        f"the header says `{line.label}` twice; the first is used",
        (Label(line.span), Label(first.span, "said here first")),
        "keep one of the two",
    )
