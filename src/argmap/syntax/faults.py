"""The faults of layout and marks that the reader reports, each with its message and its mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.marks import BY_TYPE, SIGNS, TYPE_OF, WORD_MEANT, WORDS
from argmap.text import Source, Span
from argmap.text.nearest import nearest

if TYPE_CHECKING:
    from argmap.syntax.document import Line


def error(
    code: str, span: Span, message: str, hint: str, *, beside: str = "", fix: Fix | None = None
) -> Diagnostic:
    """An error at one place."""
    return Diagnostic(code, Severity.ERROR, message, (Label(span, beside),), hint, fix)


def _replace(title: str, span: Span, replacement: str, *, safe: bool = True) -> Fix:
    return Fix(title, (Edit(span, replacement),), safe)


def _mark(line: Line, source: Source) -> str:
    """The mark as the author wrote it, sign or word."""
    word = WORDS.get(line.type)
    if word and source.text.startswith(word, line.start):
        return word
    return SIGNS.get(line.type) or word or source.text[line.start : line.start + 1]


def _mark_span(line: Line, source: Source) -> Span:
    return Span(line.start, line.start + len(_mark(line, source)))


# -- characters --


def control_character(span: Span, character: str) -> Diagnostic:
    number = ord(character)
    kind = "half of a surrogate pair" if 0xD800 <= number <= 0xDFFF else "a control character"
    message = f"{kind} (U+{number:04X}) stands in the text"
    return error("AM002", span, message, "delete it; it cannot be drawn or printed")


def empty_document(length: int) -> Diagnostic:
    return error(
        "AM003",
        Span(0, 0),
        "there is no argument here: the file has no statement",
        "write a claim, and under it, indented, `+ ` and a reason; `argmap new` makes a starter",
    )


# -- indentation --


def misfit_indentation(line: Line, column: int, columns: list[int]) -> Diagnostic:
    open_levels = ", ".join(str(c) for c in columns)
    outer = f", or by {columns[-2]} to stand one level out"
    if columns[-2] == 0 and line.type not in ("STATEMENT", "REFERENCE", "HEADING", "STANCE", "BAR"):
        outer = ""  # at the margin it would stand under nothing
    by = "1 space" if column == 1 else f"{column} spaces"
    return error(
        "AM010",
        line.span,
        f"this line is indented by {by}, which fits no open line (they are at {open_levels})",
        f"indent it by {columns[-1]} to stand beside the lines above{outer}",
    )


def mixed_indentation(span: Span, width: int, *, tabs_first: bool) -> Diagnostic:
    first, here = ("tabs", "spaces") if tabs_first else ("spaces", "tabs")
    return error(
        "AM011",
        span,
        f"tabs mixed with spaces: this file is indented with {first}, and this line with {here}",
        "use one or the other throughout; four spaces a level is usual",
        fix=None if tabs_first else _replace("indent with spaces", span, " " * width, safe=False),
    )


def odd_blank(span: Span, indent: str, width: int) -> Diagnostic:
    odd = next(c for c in indent if c not in " \t")
    name = {"\u00a0": "a no-break space", "\u3000": "an ideographic space"}.get(odd, "an odd space")
    return error(
        "AM012",
        span,
        f"the indentation has {name} (U+{ord(odd):04X}), which only looks like a space",
        "indent with ordinary spaces",
        fix=_replace("indent with ordinary spaces", span, " " * width),
    )


def nothing_can_stand_under(line: Line, above: Line | None, source: Source) -> Diagnostic:
    if above is None or above.type == "FACT":
        return error(
            "AM013",
            line.span,
            "this line is indented, but there is no statement above it to stand under",
            "begin it at the margin",
        )
    return error(
        "AM013",
        line.span,
        f"this line is indented under {BY_TYPE[above.type].role}, and nothing can stand there",
        "begin it at the margin"
        if above.type == "HEADING"
        else f"indent it as far as {BY_TYPE[above.type].role} above, to stand under the same statement",
    )


# -- marks --


def empty_mark(span: Span, mark: str) -> Diagnostic:
    type = TYPE_OF.get(mark, "HEADING")
    return error(
        "AM020",
        span,
        f"`{mark}` has nothing after it",
        f"write {BY_TYPE[type].role} after it on the same line, or delete the mark",
    )


def misplaced(line: Line, above: Line | None, at_margin: bool, source: Source) -> Diagnostic:
    """A line that is well formed but stands where the grammar has no place for it."""
    type = line.type
    if type == "JOIN":
        if above is not None and above.type in ("COROLLARY", "EXCEPTION", "CONDITION", "CONTRADICTION"):
            message = f"`{_mark(line, source)}` cannot join {BY_TYPE[above.type].role}"
            hint = "give a corollary another ground with `provided:` under it, or write it below a bar"
        else:
            message = (
                f"`{_mark(line, source)}` has nothing to join: no reason or objection stands just above it"
            )
            hint = "put it right below the `+`, `-` or `~` line it counts together with, as far in; or make it a `+`"
        return error("AM022", _mark_span(line, source), message, hint)
    if type == "BAR":
        if at_margin:
            return error(
                "AM023",
                line.span,
                "there is no statement above this bar to conclude from",
                "write its premises right above it, without a blank line between",
            )
        return error(
            "AM023",
            line.span,
            "an inference bar stands at the margin, between its premises and its conclusion; this one is indented",
            "begin it at the margin",
        )
    if type in ("STATEMENT", "REFERENCE"):
        shown = f"({line.label})" if line.label is not None else "this statement"
        return error(
            "AM030",
            Span(line.start, line.start + len(line.label or "") + 2),
            f"{shown} is indented under a statement, but no mark says how the two are related",
            "put a mark before it: `+` a reason, `-` an objection, `=>` a corollary; or begin it at the margin"
            if above is None or above.type != "BAR"
            else "begin the conclusion at the margin, below the bar",
        )
    if type == "HEADING":
        message = "a heading begins at the margin; this one is indented"
        return error("AM021", line.span, message, "begin it at the margin")
    if above is not None and above.type == "BAR" and not at_margin:
        return error(
            "AM021",
            _mark_span(line, source),
            f"under a bar only `unless:` and `provided:` can stand, not {BY_TYPE[type].role}",
            "move it under the premise or the conclusion that it speaks of",
        )
    mark = _mark(line, source)
    return error(
        "AM021",
        _mark_span(line, source),
        f"`{mark}` stands under nothing: {BY_TYPE[type].role} needs a statement to speak of",
        "indent it under the statement it speaks of; or, if it is a claim of its own, delete the mark",
    )


def bar_without_conclusion(span: Span) -> Diagnostic:
    return error(
        "AM024",
        span,
        "there is no statement below this bar",
        "write the conclusion on the next line, without a blank line between",
    )


_UNSURE = {
    "*": "`+ ` is a reason, `- ` an objection, `=> ` a corollary", "--": "an inference bar is three dashes or more",
    "->": "`=> ` is a corollary, `+ ` a reason, `- ` an objection", "→": "`=> ` is a corollary, `+ ` a reason",
    "<->": "`>< ` says that two statements contradict each other",
}  # fmt: skip
_SURE = {
    "–": "OBJECTION", "—": "OBJECTION", "−": "OBJECTION", "‒": "OBJECTION", "―": "OBJECTION", "－": "OBJECTION",
    "＋": "REASON", "⇒": "COROLLARY", "->": "STRAY",
}  # fmt: skip


_DASHES = frozenset("–—−‒―")


def suspect(content: str, start: int, at_margin: bool) -> tuple[Diagnostic, str, str]:
    """A line that begins with something like a mark: the diagnostic, the type it is read as, and its text."""
    run = content.split(None, 1)
    first, rest = run[0], run[1] if len(run) > 1 else ""
    if first[1:2] == "(" and first[0] not in "=><-+&~>@#":  # a dash or a bullet, and a label right after it
        first, rest = content[0], content[1:]
    if len(first) > 1 and set(first) <= _DASHES:
        span = Span(start, start + len(first))
        return (
            error(
                "AM025",
                span,
                f"`{first}` is not an inference bar, which is three hyphens",
                "write `---`; some editors turn hyphens into dashes",
                fix=_replace("write `---`", span, "---"),
            ),
            "BAR",
            rest,
        )
    if first in _SURE and _SURE[first] != "STRAY":
        type = _SURE[first]
        sign = SIGNS[type]
        span = Span(start, start + len(first))
        if not rest and type == "OBJECTION" and at_margin:
            return (
                error(
                    "AM025",
                    span,
                    f"`{first}` is not a mark",
                    "an inference bar is three hyphens, `---`; an objection is `- ` and its words",
                ),
                "STRAY",
                rest,
            )
        mended = sign if content[len(first) :][:1].isspace() else f"{sign} "
        return (
            error(
                "AM025",
                span,
                f"`{first}` is not a mark; {BY_TYPE[type].role} begins with `{sign}`",
                f"write `{sign} `; or put a backslash first if the line is plain text",
                fix=_replace(f"write `{sign}`", span, mended) if rest else None,
            ),
            type if rest else "STRAY",
            rest,
        )
    for sign in ("=>", "><", "---", "+", "-", "~", "&", ">", "@", "#"):
        glued = first[len(sign) :] if sign != "---" and sign != "#" else first.lstrip(sign[0])
        if first.startswith(sign) and glued and (glued[0] not in "-+=<>~&@!" or sign in ("---", "#")):
            type = TYPE_OF.get(sign, "BAR")
            mark = first[: len(first) - len(glued)]
            certain = glued[0].isalpha() or glued[0] in '("“„«'
            span = Span(start, start + len(mark))
            return (
                error(
                    "AM026",
                    span,
                    f"`{mark}` has no space after it",
                    f"write `{mark} {glued[:12]}{'…' if len(glued) > 12 else ''}`; "
                    "or put a backslash first if the line is plain text",
                    fix=_replace("add a space", Span(span.end, span.end), " ", safe=certain),
                ),
                type if certain else "STRAY",
                content[len(mark) :],
            )
    kind = "*" if first[0] in "*•·‣◦▪●⁃" and len(first) == 1 else first
    hint = _UNSURE.get(kind)
    if hint is None and set(first) <= set("-=_*"):
        hint = "an inference bar is three dashes or more, `---`, a comment begins with `//`"
    return (
        error(
            "AM025",
            Span(start, start + len(first)),
            f"`{first}` is not a mark",
            f"{hint or '`+ ` is a reason, `- ` an objection, `=> ` a corollary, `>< ` a contradiction'}; "
            "or put a backslash first if the line is plain text",
        ),
        "STRAY",
        rest,
    )


def numbered(span: Span, number: str) -> Diagnostic:
    """A list item as other notations have it: `1. text`, `2) text`, `[ ] text`."""
    return error(
        "AM025",
        span,
        f"`{number}` is not a mark",
        "`+ ` is a reason, `- ` an objection, `=> ` a corollary; or put a backslash first if the line is plain text",
    )


def mark_misspelled(span: Span, written: str, word: str) -> Diagnostic:
    case = written != written.lower()
    what = "a mark in words is written small, with its colon" if case else "a mark in words ends in a colon"
    return error(
        "AM027",
        span,
        f"`{written}` looks like the mark `{word}`; {what}",
        f"write `{word}`; or put a backslash first if the line is plain text",
        fix=_replace(f"write `{word}`", span, word, safe=False),
    )


def two_marks(mark: Span, type: str, place: Span, word: str, other: str) -> Diagnostic:
    """A sign, and behind it the word of another mark."""
    sign = SIGNS[type]
    return Diagnostic(
        "AM027",
        Severity.ERROR,
        f"`{sign}` makes this {BY_TYPE[type].role}, and `{word}` {BY_TYPE[other].role}",
        (Label(place, "one mark"), Label(mark, "and another")),
        f"write `{word}: ` in the sign's place if that is meant, or take the word out",
    )


def no_such_mark(span: Span, word: str) -> Diagnostic:
    near = (WORD_MEANT.get(word.lower()) or nearest(word, list(WORDS.values())) or "").rstrip(":")
    if near:
        hint = f"did you mean `{near}:`? Put a backslash first if the line is plain text"
    else:
        hint = "put a backslash first if it is text; a note under a statement is `> ` and its words"
    return error("AM028", span, f"`{word}:` looks like a mark, but there is none of that name", hint)


def unindented_text(span: Span) -> Diagnostic:
    return error(
        "AM029",
        span,
        "this text neither goes on with the statement above nor begins one of its own",
        "indent it to go on with the statement above; or leave a blank line, or give it a label, to begin another",
    )


def text_out_of_place(span: Span) -> Diagnostic:
    return error(
        "AM029",
        span,
        "plain text cannot stand here: it is not deeper than the line above it, and has no mark",
        "indent it further to go on with the line above; put a mark before it; "
        "or move it up to the end of the statement it belongs to",
    )


def blank_in_label(span: Span, text: str) -> Diagnostic:
    joined = "-".join(text[1:-1].split())
    return error(
        "AM031",
        span,
        "a label has no spaces in it",
        f"write `({joined})`; or put a backslash first if the line is plain text",
    )


def odd_label(span: Span, label: str, odd: str) -> Diagnostic:
    """Parentheses that would be a label but for a character in them."""
    plain = "".join(c for c in label if c.isalnum() or c in "-_.")
    return error(
        "AM031",
        span,
        f"`({label})` is not a label: `{odd}` cannot stand in one",
        "a label has letters, digits, `-`, `_` and `.`"
        + (f": write `({plain})`" if plain else "")
        + "; or put a backslash first if the line is plain text",
    )


def label_of_argdown(span: Span, written: str) -> Diagnostic:
    """`[Title]: text` or `<Title>: text`."""
    label = "-".join(written[1:-2].split())
    return error(
        "AM031",
        span,
        f"`{written}` is how Argdown writes a label",
        f"write `({label})` and the text; `argmap convert --from argdown` turns a whole file; "
        "or put a backslash first if the line is plain text",
    )


def unclosed_label(span: Span) -> Diagnostic:
    return error(
        "AM031",
        span,
        "this parenthesis is never closed",
        "close the label with `)`; or put a backslash first if the line is plain text",
    )


def glued_label(span: Span, after: Span, label: str) -> Diagnostic:
    """A label with no space after it: `(a)Text`, `(a): text`."""
    return error(
        "AM031",
        span,
        "a space has to follow a label",
        f"write `{label} ` and the text; or put a backslash first if the line is plain text",
        fix=_replace("part the label from the text", after, " ", safe=False),
    )


def attributes_of_reference(line: Line) -> Diagnostic:
    """A label with attributes and no text."""
    return error(
        "AM042",
        Span(line.text_start, line.end),
        f"({line.label}) is a reference, and a reference has no attributes",
        "write them at the end of the statement they speak of",
    )
