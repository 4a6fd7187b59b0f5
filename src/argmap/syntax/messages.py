"""What is reported of a document's syntax: each fault's message, hint and fix."""

from __future__ import annotations

import re

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.document import Line
from argmap.syntax.marks import BLANKS, BY_TYPE, SIGNS, TYPE_OF, WORDS, offer, usual
from argmap.text import Span
from argmap.text.words import lazy

_OR_TEXT = "; or begin the line with `\\` if it is plain text"


def _error(code: str, span: Span, message: str, hint: str, fix: Fix | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, (Label(span),), hint, fix)


def _write(span: Span, replacement: str, *, is_safe: bool = True, title: str = "") -> Fix:
    return Fix(title or f"write `{replacement.strip()}`", (Edit(span, replacement),), is_safe)


def _role(type: str) -> str:
    return BY_TYPE[type].role


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


# -- characters --


def control_character(span: Span, character: str) -> Diagnostic:
    number = ord(character)
    kind = "half of a surrogate pair" if 0xD800 <= number <= 0xDFFF else "a control character"
    return _error("AM002", span, f"{kind} (U+{number:04X}) in the text", "delete it")


def line_separator(span: Span, character: str) -> Diagnostic:
    message = f"a line separator (U+{ord(character):04X}) ends no line here"
    return Diagnostic("AM002", Severity.NOTE, message, (Label(span),), "begin a new line in its place")


_STARTER = f"write a claim and, indented under it, `{SIGNS['REASON']} ` and a reason; `argmap new` makes a starter"


def too_large(span: Span, most: int, what: str) -> Diagnostic:
    hint = "divide the map into several files"
    return _error("AM004", span, f"there are more than {most:,} {what}; argmap reads no further", hint)


def empty_document(hint: str = _STARTER) -> Diagnostic:
    return _error("AM003", Span(0, 0), "the file has no statement", hint)


# -- indentation --


def misfit_indentation(type: str, span: Span, column: int, columns: list[int]) -> Diagnostic:
    spaces = "1 space" if column == 1 else f"{column} spaces"
    message = f"an indentation of {spaces} matches no line above ({', '.join(map(str, columns))})"
    hint = f"indent it by {columns[-1]} to stand beside the lines above"
    if columns[-2] or type in ("STATEMENT", "REFERENCE", "HEADING", "STANCE", "BAR"):  # others cannot stand at 0
        hint += f", or by {columns[-2]} to stand one level further out"
    return _error("AM010", span, message, hint)


def mixed_indentation(span: Span, width: int, *, tabs_first: bool) -> Diagnostic:
    first, here = ("tabs", "spaces") if tabs_first else ("spaces", "tabs")
    fix = None if tabs_first else _write(span, " " * width, is_safe=False, title="indent with spaces")
    message = f"this file is indented with {first}, and this line with {here}"
    return _error("AM011", span, message, "use one of them throughout; four spaces a level is usual", fix)


def odd_blank(span: Span, indent: str, width: int) -> Diagnostic:
    odd = next(c for c in indent if c not in " \t")
    name = {"\u00a0": "a no-break space", "\u3000": "an ideographic space"}.get(odd, "an unusual space")
    fix = _write(span, " " * width, title="indent with ordinary spaces")
    return _error("AM012", span, f"{name} (U+{ord(odd):04X}) in the indentation", "indent with ordinary spaces", fix)


def nothing_can_stand_under(span: Span, above: Line | None) -> Diagnostic:
    to_margin = "start it at the margin"
    if above is None or above.type == "FACT":
        hint = f"{to_margin}; or write `({above.label})` above, if that is a label" if above else to_margin
        return _error("AM013", span, "this line is indented, but no statement stands above it", hint)
    role = _role(above.type)
    hint = f"indent it like the {role.partition(' ')[2]} above, to stand under the same statement"
    if above.type == "HEADING":
        hint = to_margin
    return _error("AM013", span, f"nothing can stand under {role}", hint)


# -- marks --

_JOINABLE = ("REASON", "OBJECTION", "CONCESSION")
_NOT_JOINABLE = {
    "EXCEPTION": "`unless:` for each; or one statement, with the premises under it as a reason",
    "CONTRADICTION": "`contradicts:` again for another one, or a label for the two of them",
    "COROLLARY": "`provided:` under the corollary for another ground of it, or use an inference bar",
}


def empty_mark(span: Span, mark: str, type: str) -> Diagnostic:
    return _error("AM020", span, f"`{mark}` has nothing after it", f"write {_role(type)} after it, or delete the mark")


def misplaced(line: Line, above: Line | None, *, at_margin: bool, text: str, is_first: bool) -> Diagnostic:
    """A line that is well formed but stands where the grammar has no place for it."""
    type = line.type
    to_margin = "start it at the margin"
    if above is not None and above.type == "STANCE" and not at_margin:
        return _error("AM013", line.span, "only quotations can stand under a stance", to_margin)
    if type == "BAR":
        if not at_margin:
            hint = f"{to_margin}, between premises and conclusion"
            return _error("AM023", line.span, "this inference bar is indented", hint)
        hint = "write its premises right above it, with no blank line between"
        return _error("AM023", line.span, "no statement stands above this bar", hint)
    if type in ("STATEMENT", "REFERENCE"):
        shown = f"({line.label})" if line.label is not None else "this statement"
        span = Span(line.start, line.start + len(line.label or "") + 2)
        hint = f"{usual()}; or {to_margin}"
        if above is not None and above.type == "BAR":
            hint = "start the conclusion at the margin, below the bar"
        return _error("AM030", span, f"{shown} is indented under another line, but has no mark", hint)
    if type == "HEADING":
        return _error("AM021", line.span, "this heading is indented", to_margin)
    mark = next(m for m in (WORDS.get(type), SIGNS.get(type), "") if m is not None and text.startswith(m, line.start))
    span = Span(line.start, line.start + max(len(mark), 1))
    if type == "JOIN":
        if above is not None and is_first and above.type in (*_JOINABLE, "CONDITION", "JOIN"):
            hint = f"indent it like the {_role(above.type).partition(' ')[2]} above"
            return _error("AM022", span, f"`{mark}` stands one level too deep to join the line above", hint)
        if above is not None and above.type in _NOT_JOINABLE:
            hint = f"write {_NOT_JOINABLE[above.type]}"
            return _error("AM022", span, f"`{mark}` cannot join {_role(above.type)}", hint)
        hint = (
            f"put it right below a `{SIGNS['REASON']}`, `{SIGNS['OBJECTION']}` or `{SIGNS['CONCESSION']}` line, "
            "at the same indentation"
        )
        return _error("AM022", span, f"no reason or objection stands right above `{mark}` for it to join", hint)
    if above is not None and above.type == "BAR" and not at_margin:
        message = f"under a bar only `{WORDS['EXCEPTION']}` and `{WORDS['CONDITION']}` can stand, not {_role(type)}"
        return _error("AM021", span, message, "move it under the premise or the conclusion that it is about")
    message = f"no statement stands above this `{mark}`, and {_role(type)} needs one"
    return _error("AM021", span, message, "indent it under the statement that it is about, or delete the mark")


def bar_without_conclusion(span: Span) -> Diagnostic:
    hint = "write the conclusion on the next line, with no blank line between"
    return _error("AM024", span, "no statement stands below this bar", hint)


def no_mark(span: Span, sign: str, mark: str | None = None, below: str = "") -> Diagnostic:
    """A sign that is no mark; `mark` is what the word of a side in its place or behind it is meant for.

    `below` begins the line under a bar.
    """
    hint = f"write `{mark}` for {_role(TYPE_OF[mark])}" if mark else offer(sign)
    gap = " " if mark != SIGNS["BAR"] else "\n" if below else ""
    fix = _write(span, f"{mark}{gap}{below}", title=f"write `{mark}`") if mark else None
    return _error("AM025", span, f"`{sign}` is not a mark", hint + _OR_TEXT, fix)


def conclusion_without_bar(line: Line, word: Span, written: str) -> Diagnostic:
    """`(3) Therefore, text`, right below other statements."""
    bar = SIGNS["BAR"]
    first = line.text[len(written) : len(written) + 1]
    edits = (Edit(Span(line.start, line.start), f"{bar}\n"), Edit(word, first.upper()))
    message = f"`{written.strip(BLANKS)}` makes no inference"
    return _error("AM025", word, message, f"write `{bar}` above the conclusion", Fix(f"write `{bar}`", edits))


def numbered_lines(span: Span, label: str, edits: tuple[Edit, ...], *, plain: bool) -> Diagnostic:
    """Standard form with numbers in place of labels or without any, and without our bar."""
    bar = SIGNS["BAR"]
    hint = f"write labels, `({label})`, and `{bar}` above the conclusion, without blank lines between"
    fix = Fix(f"write labels and `{bar}`", edits) if edits else None
    message = f"these lines {'are an argument without' if plain else 'have numbers, and no'} labels"
    return _error("AM025", span, message, hint, fix)


def fenced_header(places: list[Span], fence: str) -> Diagnostic:
    fix = Fix(f"delete `{fence}`", tuple(Edit(place, "") for place in places))
    hint = "delete them: the header ends at the first blank line" if len(places) > 1 else "leave a blank line instead"
    message = f"a header has no `{fence}` {'around' if len(places) > 1 else 'below'} it"
    return Diagnostic(
        "AM025",
        Severity.ERROR,
        message,
        tuple(Label(place, "and here" if number else "") for number, place in enumerate(places)),
        hint,
        fix,
    )


def look_alike(span: Span, sign: str, type: str, replacement: str | None = None) -> Diagnostic:
    hint = f"write `{SIGNS[type]}` for {_role(type)}{_OR_TEXT}"
    return _error("AM025", span, f"`{sign}` is not a mark", hint, _write(span, replacement) if replacement else None)


def lone_dash(span: Span, sign: str) -> Diagnostic:
    return _error("AM025", span, f"`{sign}` is not a mark", usual("BAR", "OBJECTION"))


def dashes_for_bar(span: Span, dashes: str) -> Diagnostic:
    bar = SIGNS["BAR"]
    message = f"`{dashes}` is not an inference bar"
    return _error("AM025", span, message, f"write `{bar}`; some editors turn hyphens into dashes", _write(span, bar))


def glued_mark(span: Span, mark: str, glued: str, *, is_safe: bool) -> Diagnostic:
    # `#Tag is …` and `@handle wrote: …` are sentences of other places more often than headings and stances.
    is_word = mark in (SIGNS["HEADING"], SIGNS["STANCE"])
    fix = None if is_word else _write(Span(span.end, span.end), " ", is_safe=is_safe, title="add a space")
    return _error(
        "AM026", span, f"`{mark}` has no space after it", f"write `{mark} {_short(glued, 12)}`{_OR_TEXT}", fix
    )


def misspelled_mark(span: Span, written: str, word: str) -> Diagnostic:
    wrong = (
        "has no colon"
        if not written.endswith((":", "："))
        else "has a capital"
        if written.lower() != written
        else "has another colon"
        if written.endswith("：")
        else "has a blank"
    )
    fix = _write(span, word + " " * written.endswith("："), is_safe=written.islower() and written.endswith("："))
    return _error("AM027", span, f"the mark `{written}` {wrong}", f"write `{word}`{_OR_TEXT}", fix)


def two_marks(mark: Span, type: str, place: Span, word: str, other: str) -> Diagnostic:
    """A sign, and behind it the word of another mark."""
    severity = Severity.ERROR if word.islower() else Severity.NOTE
    fix = _write(Span(mark.start, place.end), WORDS[other], is_safe=False)
    message = f"`{SIGNS[type]}` makes this {_role(type)}, and `{word}` {_role(other)}"
    hint = f"write `{WORDS[other]}` in place of `{SIGNS[type]}`, or leave `{word}` out"
    return Diagnostic("AM027", severity, message, (Label(place, "one mark"), Label(mark, "another")), hint, fix)


def other_side(whole: Span, sign: Span, place: Span, word: str, type: str, mark: str) -> Diagnostic:
    """A bullet, and behind it the name of a side that its mark is not: `- Pro: text`."""
    labels = (Label(place, "one side"), Label(sign, "another"))
    message = f"`{word}` makes this {_role(type)}, and the sign before it does not"
    hint = f"write `{mark}` in place of both"
    return Diagnostic("AM027", Severity.ERROR, message, labels, hint, _write(whole, mark))


def side_twice(place: Span, word: str, type: str) -> Diagnostic:
    message = f"`{SIGNS[type]}` says already what `{word}` says"
    fix = _write(place, "", title=f"delete `{word}`")
    return Diagnostic("AM027", Severity.NOTE, message, (Label(place),), f"leave `{word}` out", fix)


def side_as_label(span: Span, label: str, type: str) -> Diagnostic:
    message = f"`({label})` is a label, and `{SIGNS[type]}` makes this {_role(type)}"
    hint = "write the mark of the side that is meant, and another label or none"
    return Diagnostic("AM027", Severity.WARNING, message, (Label(span),), hint)


def side_alone(span: Span, text: str) -> Diagnostic:
    """A heading of a list where a statement should be: `Pros`, `Reasons for it:`."""
    hint = f"delete it, and write `{SIGNS['REASON']}` or `{SIGNS['OBJECTION']}` before each line under it"
    return _error("AM028", span, f"`{_short(text, 40)}` is not a statement", hint)


def connective(span: Span, word: str, mark: str) -> Diagnostic:
    message = f"this line continues the statement above, though it begins with `{word}`"
    hint = f"write `{mark}` in place of `{word}` if this is {_role(TYPE_OF[mark])}"
    return Diagnostic("AM027", Severity.NOTE, message, (Label(span),), hint)


def dash_in_a_sentence(span: Span, sign: str, type: str, above: Span) -> Diagnostic:
    """A marked line that reads like the rest of the sentence above it."""
    labels = (Label(span), Label(above, "the sentence may go on"))
    hint = f"write `\\` before `{sign}` if the sentence goes on; or end the line above with a full stop"
    return Diagnostic("AM029", Severity.NOTE, f"this line is read as {_role(type)}", labels, hint)


def no_such_mark(span: Span, word: str, near: str | None) -> Diagnostic:
    hint = f"did you mean `{near}`?" if near else f"write `{SIGNS['QUOTATION']} ` before a note"
    return _error("AM028", span, f"there is no mark `{word}:`", f"{hint}{_OR_TEXT}".replace("?;", "?"))


def unindented_text(span: Span) -> Diagnostic:
    hint = "indent it to continue that statement; or leave a blank line before it, to start another"
    return _error("AM029", span, "this text stands right below a statement, but is not indented", hint)


def text_out_of_place(span: Span) -> Diagnostic:
    hint = "indent it deeper than the line that it continues, or put a mark before it"
    return _error("AM029", span, "this text has no mark and continues no line", hint)


# -- labels --


def blank_in_label(span: Span, text: str) -> Diagnostic:
    return _error("AM031", span, "a label has no spaces", f"write `({'-'.join(text[1:-1].split())})`{_OR_TEXT}")


_JOINED_BY = (  # what stands between two labels, the mark that says it, and which of them stands above
    (r"><|<[-=]*>|vs\.?|contradicts", "CONTRADICTION", 0),
    (r"[-=–—]*[>→⇒➔]+|implies|entails|therefore|so|hence", "COROLLARY", 0),
    (r"<[-=]*|←|because|since", "REASON", 0),
    (r"-|–|—|but", "OBJECTION", 0),
    (r"~", "CONCESSION", 0),
    (r"\+>|supports?", "REASON", -1),
    (r"attacks?|opposes?|rebuts|refutes|undercuts?", "OBJECTION", -1),
)


def several_labels(span: Span, labels: list[str], joiner: str, sign: str | None) -> Diagnostic:
    """A line that refers to two statements: `+ (1), (2)`, `(1) -> (2)`."""
    joined = ((type, above) for by, type, above in _JOINED_BY if re.fullmatch(by, joiner.lower()))
    type, above = next(joined, ("", 0))
    if type and len(labels) == 2:
        hint = f"write `{labels[above]}`, and under it `{SIGNS[type]} {labels[above - 1]}`"
    elif type == "COROLLARY":
        hint = f"write `{labels[-1]}`, and above it `{SIGNS['BAR']} from {', '.join(labels[:-1])}`"
    else:
        hint = f"write `{sign or '+'} {labels[0]}`, and on the next line `& {labels[1]}` if they count together"
    return _error("AM031", span, "a line refers to one statement, and this one has several labels", hint)


def mark_behind(span: Span, label: str | None, sign: str) -> Diagnostic:
    """`(a) + text`, `+ + text`."""
    shown = f"{sign} ({label})" if label is not None else sign
    where = "a label" if label is not None else "another mark"
    hint = f"delete it; or write `{shown}` at the beginning, or `\\{sign}` if it is plain text"
    return _error("AM031", span, f"the mark `{sign}` stands behind {where}", hint)


def second_mark(span: Span, sign: str) -> Diagnostic:
    message = f"`{sign}` in the middle of a line is plain text"
    mark = sign if sign in TYPE_OF else SIGNS["COROLLARY"]
    hint = f"begin a new line with `{mark}` to make {_role(TYPE_OF[mark])}"
    return Diagnostic("AM027", Severity.NOTE, message, (Label(span),), hint)


def markup(span: Span, tag: str) -> Diagnostic:
    message = f"`{_short(tag, 20)}` is read as text, not as markup"
    hint = "write one claim on each line, without tags"
    return Diagnostic("AM025", Severity.NOTE, message, (Label(span),), hint)


def label_or_word(span: Span, label: str) -> Diagnostic:
    message = f"`({label})` is read as a label"
    return Diagnostic("AM031", Severity.NOTE, message, (Label(span),), "write `\\` before it if it is the first word")


def wide_label(span: Span, label: str, gap: str) -> Diagnostic:
    """A label in the wide parentheses of Chinese and Japanese."""
    hint = f"write `({label})`{_OR_TEXT}"
    return _error("AM031", span, "a label stands in the parentheses `(` and `)`", hint, _write(span, f"({label}){gap}"))


def odd_label(span: Span, label: str, odd: str) -> Diagnostic:
    """Parentheses that would be a label but for a character in them."""
    plain = "".join(c for c in label if c.isalnum() or c in "-_.'*")
    hint = f"write `({plain})`" if plain else "use letters, digits, `-`, `_` and `.`"
    return _error("AM031", span, f"`{odd}` cannot stand in a label", hint + _OR_TEXT)


def label_of_argdown(span: Span, written: str) -> Diagnostic:
    """`[Title]: text` or `<Title>: text`."""
    hint = f"write `({'-'.join(written[1:-2].split())})`, or convert the file with `argmap convert --from argdown`"
    return _error("AM031", span, f"`{written}` is a label in Argdown's style", hint)


def unclosed_label(span: Span, label: str) -> Diagnostic:
    return _error("AM031", span, "this parenthesis is never closed", f"write `{label})`{_OR_TEXT}")


def glued_label(span: Span, after: Span, label: str) -> Diagnostic:
    """A label with no space after it: `(a)Text`, `(a): text`."""
    fix = _write(after, " ", is_safe=False, title="separate the label from the text")
    return _error(
        "AM031", span, f"the label `{label}` has no space after it", f"write `{label} ` and the text{_OR_TEXT}", fix
    )


# -- attributes --


def unclosed_brace(span: Span) -> Diagnostic:
    return _error("AM040", span, "this brace is never closed", "close it with `}`, or write `\\{` for a plain brace")


def unknown_attribute(span: Span, written: str, near: str | None) -> Diagnostic:
    hint = (
        f"did you mean `{near}`?"
        if near
        else (
            "write certainly, probably, presumably, possibly, implicit, open, unproved, `#tag` or `key: value`; "
            "or put `\\` before the brace"
        )
    )
    fix = _write(span, near, is_safe=False) if near and span.end > span.start else None
    return _error("AM041", span, f"`{_short(written, 40)}` is not an attribute", hint, fix)


def value_of_word(span: Span, word: str) -> Diagnostic:
    return _error("AM041", span, f"`{word}` takes no value", f"write `{word}` alone, or leave it out")


def attributes_of_reference(line: Line) -> Diagnostic:
    """A label with attributes and no text."""
    message = f"({line.label}) is a reference, and a reference has no attributes"
    return _error("AM042", Span(line.text_start, line.end), message, "write them where the statement itself is written")


def attributes_of_nothing(span: Span) -> Diagnostic:
    return _error("AM042", span, "no statement stands before these attributes", "write them at the end of a statement")


def misplaced_attributes(span: Span) -> Diagnostic:
    hint = "move them to the end, in one pair of braces; or write `\\{` for a plain brace"
    return _error("AM042", span, "text follows these attributes", hint)


def empty_braces(span: Span) -> Diagnostic:
    return _error("AM042", span, "these braces are empty", "delete them")


def two_qualifiers(span: Span, second: str, first: str) -> Diagnostic:
    return _error("AM042", span, f"a statement cannot be both `{first}` and `{second}`", "keep one of them")


def unclosed_value(span: Span, key: str) -> Diagnostic:
    message = f"the value of `{key}` begins with a quotation mark and does not end with one"
    return _error("AM043", span, message, 'close it with `"`, or write `\\"` for a plain quotation mark')


def signs_of_another_script(places: list[tuple[Span, str, str]]) -> Diagnostic:
    """Separators of a stance or of attributes as Chinese, Japanese or Arabic has them: one fault, one fix."""
    edits = tuple(Edit(span, ours) for span, _, ours in places)
    signs = ", ".join(dict.fromkeys(f"`{sign}`" for _, sign, _ in places))
    hint = f"write {', '.join(dict.fromkeys(f'`{ours.strip()}`' for _, _, ours in places))}"
    return _error("AM025", places[0][0], f"{signs} cannot separate anything here", hint, Fix(hint, edits))


# -- quotations --


def unclosed_quotation(span: Span, closing: str) -> Diagnostic:
    hint = f"close it with `{closing}`; or put `\\` before the quotation mark if this is a note"
    return _error("AM043", span, "this quotation is never closed", hint)


def other_quotation_marks(places: list[Span], marks: str, *, certain: bool) -> Diagnostic:
    """Words in marks that are not among those of quotations."""
    fix = Fix('write `"` for both', tuple(Edit(place, '"') for place in places)) if certain else None
    message = f"`{marks[0]}` and `{marks[1]}` make no quotation"
    hint = 'write `"`; or put `\\` before the first if this is a note'
    return _error("AM044", places[0], message, hint, fix)


def text_after_quotation(span: Span) -> Diagnostic:
    hint = f'write only a place in parentheses after the quotation: `{SIGNS["QUOTATION"]} "words" (where)`'
    return _error("AM044", span, "text follows this quotation", hint)


# -- stances --

_VERBS = "accept, doubt, reject or retract"


def stance_without_colon(span: Span) -> Diagnostic:
    hint = f"write `{SIGNS['STANCE']} Name: accept (a); doubt (b)`"
    return _error("AM050", span, "this stance has no colon after the names", hint)


def stance_of_nobody(span: Span) -> Diagnostic:
    return _error("AM050", span, "this stance names nobody", f"write `{SIGNS['STANCE']} Name: accept (a)`")


def several_names(span: Span, written: str, count: int, *places: Label) -> Diagnostic:
    """Names joined by a conjunction: read as several, or (with the places of the others) as one."""
    read, hint = f"{count} names", f'write `"{written}"` if it is one name'
    if count == 1:
        read, hint = "one name", "separate names by commas if they are two"
    return Diagnostic("AM056", Severity.NOTE, f"`{written}` is read as {read}", (Label(span), *places), hint)


def nothing_held(span: Span) -> Diagnostic:
    hint = f"write {_VERBS} after the colon, and then the labels"
    return _error("AM050", span, "this stance has nothing after its colon", hint)


def unknown_verb(span: Span, verb: str, near: str | None, *, is_safe: bool) -> Diagnostic:
    message = f"`{verb}` is not {_VERBS}" if verb else "no verb stands before this label"
    hint = f"did you mean `{near}`?" if near else f"write {_VERBS}"
    return _error("AM051", span, message, hint, _write(span, near) if near and is_safe else None)


def labels_missing(span: Span, verb: str) -> Diagnostic:
    hint = f"write `{verb} (a), (b)`; only under a statement can the labels be left out"
    return _error("AM052", span, f"no label stands after `{verb}`", hint)


def not_a_label(span: Span, written: str) -> Diagnostic:
    plain = "".join(c for c in written if c.isalnum() or c in "-_.").strip(".")
    hint = f"write `({plain})`" if plain else "write labels as `(a), (b)`"
    return _error("AM053", span, f"`{written}` is not a label in parentheses", hint)


def denied(span: Span, place: Span | None) -> Diagnostic:
    """`accept (a), not (b)`: what `; reject` takes the place of, if a label follows."""
    fix = _write(place, "; reject", is_safe=False, title="write `; reject`") if place else None
    return _error("AM053", span, "`not` is no verb of a stance", "write `; reject` and the label", fix)


def missing_semicolon(span: Span, verb: str, comma: Span, conjunction: Span | None) -> Diagnostic:
    edits = [Edit(comma, ";")] + ([Edit(conjunction, "")] if conjunction else [])
    fix = Fix("write `;` before it", tuple(edits))
    return _error("AM053", span, f"no semicolon stands before `{verb}`", f"write `;` before `{verb}`", fix)


def malformed_step(span: Span) -> Diagnostic:
    message = "a step has labels before `=>` and one label after it"
    return _error("AM054", span, message, "write `reject (a), (b) => (c)`, and further steps after `;`")


def not_of_a_stance(span: Span, name: str) -> Diagnostic:
    hint = "write `date: 2007-05`, `by: the reporter`, or a qualifier such as `probably`"
    return _error("AM055", span, f"`{_short(name, 40)}` is not an attribute of a stance", hint)


def repeated_of_stance(span: Span, name: str) -> Diagnostic:
    return _error("AM055", span, f"this stance has two values for `{name}`", "keep one of them")


def wrong_value_of_stance(span: Span, name: str, value: str) -> Diagnostic:
    if name == "by":
        return _error("AM055", span, "`by` has no value", "write who reports the stance, or delete it")
    message = f"`{_short(value, 40)}` is not a date"
    return _error("AM055", span, message, "write 2007, 2007-05 or 2007-05-28")


def note_under_stance(span: Span) -> Diagnostic:
    hint = 'write `"` around the words of the source, or write `//` for a comment'
    return _error("AM013", span, "only quotations can stand under a stance, and this is a note", hint)


# -- the header --


def misspelled_fact(span: Span, key: str, near: str) -> Diagnostic:
    hint = f"write `{near}:` if you meant that"
    fix = _write(span, near, is_safe=key.lower() == near)
    message = f"the header key `{key}` is close to `{near}`"
    return Diagnostic("AM060", Severity.WARNING, message, (Label(span),), hint, fix)


def fact_or_statement(span: Span, key: str) -> Diagnostic:
    """`claim: text` at the top of the file."""
    hint = f"delete `{key}:` if this is a statement; another key, such as `my-{key}:`, if it is not"
    message = f"`{key}:` is read as a line of the header"
    return Diagnostic("AM060", Severity.WARNING, message, (Label(span),), hint)


def fact_below_header(span: Span, key: str) -> Diagnostic:
    hint = f"move it to the top of the file, above the first blank line{_OR_TEXT}"
    return _error("AM061", span, f"`{key}:` stands below the header", hint)


def repeated_fact(line: Line, first: Line) -> Diagnostic:
    """A header key that can have one value comes twice."""
    labels = (Label(line.span), Label(first.span, "first given here"))
    message = f"the header has two lines for `{line.label}`; the first counts"
    return Diagnostic("AM062", Severity.WARNING, message, labels, "delete one of the two")


def malformed_fact(span: Span, key: str, fix: Fix | None, *, wrong_colon: bool) -> Diagnostic:
    """A line of the header whose key is more than one word, or whose colon is another or has no space after it."""
    if fix is not None:
        message = f"no colon `:` stands right after `{key}`" if wrong_colon else f"`{key}:` has no space after it"
        return _error("AM063", span, message, f"write `{key}: ` and the rest", fix)
    hint = f"write `{'-'.join(key.split()).lower()}:`; or leave a blank line before it if it is a statement"
    return _error("AM063", span, f"the header key `{key}` is more than one word", hint)


# -- the right form --

_UNDER = "{above}\n    {mark} {words}"
_FORMS = (  # how a fault's code and message begin, and what to write
    ("AM011", "{above}\n\t{mark} {words}"),
    ("AM020|AM021 this h|AM025 .* read as text|AM027 .* a label", ""),
    ("AM027 `[+~&-]` in the middle", "{above}\n    {lead}\n    {fault} {rest}"),
    ("AM027 .* in the middle", "{claim}\n    => {rest}"),
    ("AM022 .* one level too deep", "{top}\n    {previous}\n    & {words}"),
    ("AM022 .* corollary", "{above}\n    {previous}\n        provided: {words}"),
    ("AM02[34]", "{above}\n---\n{below}"),
    ("AM026|AM029 this line", "\\{line}"),
    ("AM028 .* is not a", "{above}\n    {mark} {below}"),
    ("AM029 .* right below", "{above}\n    {words}"),
    ("AM027 this line|AM01|AM02|AM030", _UNDER),
    ("AM031 .* read as a label", "{above}\n    {mark} \\{words}"),
    ("AM031 (?!a line|the mark)|AM063", "{lead} {offered} {rest}"),
    ("AM040", "{line}}}"),
    ("AM043 this", "{line}{offered}"),
    ("AM05[0-3]", "@ {name}: {verb} {label}"),
    ("AM060", "{rest}"),
    ("AM061", "{line}\n\n{top}"),
)
# A line that only says which side the lines under it are on: `Pros`, `Reasons for closing it:`.
SIDES = lazy(
    r"\W*(?:(?:main |key |the )*(?:(?:argument|reason|point|case|pro|con)s? (?:for|against|in favou?r(?: of)?)\b"
    r"[^.!?:]{0,40}|arguments|reasons|points|pros?|cons?)|for|against|in favou?r|(?:dis)?advantages|benefits|drawbacks"
    r"|objections|replies|rebuttals|counter-?arguments|evidence)\W*",
    re.I,
)
_AGAINST = lazy(r".*(?:\bcons?\b|against|disadv|drawback|objection|repl|rebut|counter)", re.I)
_LEAD = lazy(rf"\A[{BLANKS}]*({'|'.join(map(re.escape, TYPE_OF))}|[^\w\s(\"'“„«\\{{]{{1,3}}|\w{{1,3}}[.):])[{BLANKS}]+")
_FAR = 2000  # how far around a fault the words of its form may stand


def right_form(found: Diagnostic, text: str) -> str | None:
    """What to write instead of a fault whose fix is not certain: at most three lines, in the author's words."""
    form = next((form for fault, form in _FORMS if re.match(fault, f"{found.code} {found.message}")), "")
    if not form and found.fix is None:
        return None
    start, end = found.labels[0].span.start, found.labels[0].span.end
    before = re.split(r"\r\n|[\r\n]", text[max(0, start - _FAR) : start])
    after = re.split(r"\r\n|[\r\n]", text[start : end + _FAR])
    lead, tail = before.pop(), after.pop(0)
    line, begin = lead + tail, start - len(lead)
    if found.fix is not None:
        a, b = found.fix.edits[0].span.start - begin, found.fix.edits[-1].span.end - begin
        form = "{line}" * (not found.fix.safe and len(found.fix.edits) == 1 and 0 <= a <= b <= len(line))
        line = line[:a] + found.fix.edits[0].replacement + line[b:]

    def words(line: str) -> str:
        return _short(re.sub(r"\s*\{[^{}]*\}?\s*\Z", "", _LEAD.sub("", line)), 60)

    def above(indent: int) -> str:
        return next(
            (
                words(each)
                for at, each in reversed(statements)
                if at < indent or (at == indent == 0 and not _LEAD.match(each))
            ),
            "",
        )

    lines = [(each, each.lstrip(BLANKS)) for each in before[start > _FAR :]]
    plain = [bare for _, bare in (*lines, (line, line.strip(BLANKS))) if bare and not _LEAD.match(bare)]
    heading = plain[-1] if plain else ""
    statements = [
        (len(each) - len(bare), bare)
        for each, bare in lines
        if not SIDES.fullmatch(bare) and re.match(r"(?!---|//)[^>@#]", bare)
    ]
    previous = statements[-1] if statements else (0, "")
    indent = len(line) - len(line.lstrip(BLANKS))
    rest = _short(tail[end - start :].lstrip(f"{BLANKS},:："), 60)
    is_sign = rest and not lead.strip(BLANKS) and not re.match(r"\(\w|\s", tail)
    offered = [*re.findall(r"`([^`]+?) *`", found.hint or ""), "+"][0]
    sign, label = _LEAD.match(line), re.search(r"\([^\s()]+\)", tail)
    mark = sign[1] if sign and sign[1] in TYPE_OF and sign[1] != "&" else offered
    if (mark == "-" or mark == offered) and (SIDES.fullmatch(heading) or heading.endswith((":", "："))):
        mark = "-" if _AGAINST.match(heading) else "+"  # what is written is a bullet, most likely
    fields = {
        "above": above(indent),
        "top": above(previous[0]) or words(previous[1]),
        "previous": _short(previous[1], 60),
        "below": next((words(each) for each in after if each.strip(BLANKS)), ""),
        "line": line.strip(BLANKS),
        "lead": lead.strip(BLANKS),
        "claim": words(lead),
        "fault": tail[: end - start],
        "rest": rest,
        "words": rest[0].upper() + rest[1:] if is_sign else words(line),
        "mark": mark,
        "offered": offered,
        "name": line.lstrip("@ ").partition(":" if ":" in line else " ")[0],
        "verb": offered if offered in _VERBS.replace(",", "").split() else "accept",
        "label": offered if offered[0] == "(" else label[0] if label else "(a)",
    }
    if form == _UNDER and not fields["above"]:
        form = "{words}"
    elif indent and form and fields["above"] and not re.search(r"\{(?:above|top|claim)\}", form):
        form = "{above}\n    " + form
    needed = set(re.findall(r"\{([a-z]+)\}", form)) - {"lead", "fault", "mark", "offered", "rest"}
    return form.format(**fields).strip() if form and all(re.search(r"\w", fields[name]) for name in needed) else None
