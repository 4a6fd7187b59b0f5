"""What is reported of a document's syntax: the texts of `messages.txt`, with the words, places and fixes of a fault."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from pkgutil import get_data

from attrs import evolve

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax.document import Line
from argmap.syntax.marks import BLANKS, BY_TYPE, SIGNS, TYPE_OF, VERBS, WORDS, offer, usual
from argmap.text import Span
from argmap.text.words import lazy

_OR_TEXT = "; or begin the line with `\\` if it is plain text"
_ENTRY = lazy(r"^(AM\d{3}) (\S+) ?(\w*)\n(.*)\nhint: (.*)\n?(?:fix: ?(.*)\n?)?(?:form: ((?:.+|\n(?!AM|\Z))+))?", re.M)


OTHER_WORDS: dict[str, list[str]] = {}
"""What people write for a mark (by its type or sign), an attribute, a verb or a claim."""
for _meant, _others in re.findall(r"^(\S+) (.*)", (get_data("argmap.syntax", "words.txt") or b"").decode(), re.M):
    OTHER_WORDS.setdefault(_meant, []).extend(_others.split())
TYPE_MEANT = {other: type for type in WORDS for other in OTHER_WORDS[type]}
"""The type of the mark that another word is surely meant for."""


@cache
def catalogue() -> dict[str, tuple[str, Severity, str, str, str | None, str]]:
    """The code, severity, message, hint, fix and form of each fault, by name."""
    text = get_data("argmap.syntax", "messages.txt")
    assert text is not None, "the file of messages is not installed"
    found = _ENTRY.finditer(text.decode())
    return {
        each[2]: (each[1], Severity(each[3] or "error"), each[4], each[5], each[6], (each[7] or "").rstrip("\n"))
        for each in found
    }


def fault(
    name: str, span: Span, *words: str, fix: Fix | None = None, also: tuple[Label, ...] = (), here: str = ""
) -> Diagnostic:
    """What is reported of a place.

    Args:
        name: The fault's name in `messages.txt`.
        words: What stands in its message and hint for `$1`, `$2` …
        also: Other places, besides `span`.
        here: The text beside `span`.
    """
    code, severity, message, hint, likely, form = catalogue()[name]

    def filled(text: str, most: int) -> str:
        return re.sub(r"\$(\d|or)", lambda m: _OR_TEXT if m[1] == "or" else _short(words[int(m[1]) - 1], most), text)

    if fix is None and likely is not None:
        fix = write(span, filled(likely, 200), is_safe=False)
    return Diagnostic(
        code, severity, filled(message, 40), (Label(span, here), *also), filled(hint, 200), fix, form or None
    )


def write(span: Span, replacement: str, *, is_safe: bool = True, title: str = "") -> Fix:
    """The fix that writes something at a place."""
    where = " before it" if span.start == span.end else ""
    likely = f"write `{replacement.strip()}`{where}" if replacement.strip() else "delete it"
    return Fix(title or likely, (Edit(span, replacement),), is_safe)


def role(type: str) -> str:
    """What a line of a type is, as a message says it."""
    return BY_TYPE[type].role


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


# -- indentation --


def misfit_indentation(type: str, span: Span, column: int, columns: list[int]) -> Diagnostic:
    can_be_further_out = columns[-2] or type in ("STATEMENT", "REFERENCE", "HEADING", "STANCE", "BAR")
    out = f", or by {columns[-2]} to stand one level further out" if can_be_further_out else ""
    spaces = "1 space" if column == 1 else f"{column} spaces"
    return fault("misfit-indentation", span, spaces, ", ".join(map(str, columns)), str(columns[-1]), out)


def mixed_indentation(span: Span, width: int, *, tabs_first: bool) -> Diagnostic:
    words = ("tabs", "spaces") if tabs_first else ("spaces", "tabs")
    fix = None if tabs_first else write(span, " " * width, is_safe=False, title="indent with spaces")
    return fault("mixed-indentation", span, *words, fix=fix)


def odd_blank(span: Span, indent: str, width: int) -> Diagnostic:
    odd = next(c for c in indent if c not in " \t")
    name = {"\u00a0": "a no-break space", "\u3000": "an ideographic space"}.get(odd, "an unusual space")
    fix = write(span, " " * width, title="indent with ordinary spaces")
    return fault("odd-blank", span, name, f"{ord(odd):04X}", fix=fix)


def nothing_can_stand_under(span: Span, above: Line | None, text: str) -> Diagnostic:
    if above is None or above.type == "FACT":
        indent = re.findall(r"[ \t]*\Z", text[: span.start])[0]
        starts = re.compile(r"(?:^|(?<=[\r\n]))(?=[^\r\n]*\S)").finditer(text, span.start - len(indent))
        lines = [match.start() for match in starts]
        edits = tuple(Edit(Span(start, start + len(indent)), "") for start in lines if text.startswith(indent, start))
        is_whole = len(edits) == len(lines) and not text.startswith(tuple(TYPE_OF), span.start)
        fix = Fix("start at the margin", edits) if is_whole else None
        hint = f"; or write `({above.label})` above, if that is a label" if above else ""
        return fault("under-nothing", span, hint, fix=fix)
    hint = "start it at the margin"
    if above.type != "HEADING":
        hint = f"indent it like the {role(above.type).partition(' ')[2]} above, to stand under the same statement"
    return fault("under-what-takes-nothing", span, role(above.type), hint)


# -- marks --

_JOINABLE = ("REASON", "OBJECTION", "CONCESSION", "CONDITION", "JOIN")
_NOT_JOINABLE = ("EXCEPTION", "CONTRADICTION", "COROLLARY")


def misplaced(line: Line, above: Line | None, *, at_margin: bool, text: str, is_first: bool) -> Diagnostic:
    """A line that is well formed but stands where the grammar has no place for it."""
    type, over = line.type, "" if above is None else above.type
    if over == "STANCE" and not at_margin:
        return fault("under-stance", line.span)
    if type in ("BAR", "HEADING"):
        where = "bar-without-premises" if at_margin else "indented-bar"
        return fault(where if type == "BAR" else "indented-heading", line.span)
    if type in ("STATEMENT", "REFERENCE"):
        shown = f"({line.label})" if line.label is not None else "this statement"
        span = Span(line.start, line.start + len(line.label or "") + 2)
        if (meant := TYPE_MEANT.get((line.label or "").lower(), "")) in SIGNS:
            fix = write(Span(line.start, span.end), SIGNS[meant], is_safe=False)
            return fault("statement-without-mark", span, shown, f"write `{SIGNS[meant]}` in its place", fix=fix)
        under_bar = "start the conclusion at the margin, below the bar"
        hint = under_bar if over == "BAR" else f"{usual()}; or start it at the margin"
        return fault("statement-without-mark", span, shown, hint)
    mark = next(m for m in (WORDS.get(type), SIGNS.get(type), "") if m is not None and text.startswith(m, line.start))
    span = Span(line.start, line.start + max(len(mark), 1))
    if type == "JOIN":
        if is_first and over in _JOINABLE:
            return fault("joined-too-deep", span, mark, role(over).partition(" ")[2])
        return fault(f"joined-to-{over.lower()}" if over in _NOT_JOINABLE else "nothing-to-join", span, mark)
    if over == "BAR" and not at_margin:
        return fault("under-bar", span, role(type))
    above_it = text[max(0, line.start - _FAR) : line.start]
    block = re.split(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]", above_it)[-1].lstrip("\r\n")
    top = re.split(r"[\r\n]", block)[0]
    indented = None
    is_claim = re.match(r"[^\W_]|\(|\*\*", top) and not SIDES.fullmatch(top.strip()) and "---" not in block
    if is_claim and at_margin:
        whole = re.compile(r"[^\r\n]*(?:(?:\r\n?|\n)(?:[ \t][^\r\n]*|(?=[\r\n])))*").match(text, line.start)
        end = whole.end() if whole else line.end
        starts = re.compile(r"(?:^|(?<=[\r\n]))(?=[ \t]*\S)").finditer(text, line.start, end)
        edits = tuple(Edit(Span(start.start(), start.start()), "    ") for start in starts)
        indented = Fix("indent it", edits, safe=mark != "-" or re.search(r"[\r\n]\+ ", block) is not None)
    return fault("mark-under-nothing", span, mark, role(type), fix=indented)


def no_mark(span: Span, sign: str, mark: str | None = None, replacement: str = "") -> Diagnostic:
    """A sign that is no mark; `mark` is the one that is meant, if that is known."""
    mark = mark or next((each for each in "+-" if sign.rstrip("\ufe0f") in OTHER_WORDS[each]), None)
    hint = f"write `{mark}` for {role(TYPE_OF[mark])}" if mark else offer(sign)
    fix = write(span, replacement, title=f"write `{replacement.split()[0]}`") if replacement else None
    return fault("no-mark", span, sign, hint, fix=fix)


def glued_mark(span: Span, mark: str, glued: str, *, is_word: bool, is_safe: bool) -> Diagnostic:
    # `#Tag is …` and `@handle wrote: …` are sentences of other places more often than headings and stances.
    fix = None if is_word else write(Span(span.end, span.end), " ", is_safe=is_safe, title="add a space")
    return fault("glued-mark", span, mark, _short(glued, 12), fix=fix)


def misspelled_mark(span: Span, written: str, word: str) -> Diagnostic:
    colon = written[-1] if written[-1] in ":：" else ""
    wrong = "has another colon" if colon == "：" else "has a blank"
    if not colon or written != written.lower():
        wrong = "has a capital" if colon else "has no colon"
    fix = write(span, word + " " * (colon == "："), is_safe=written.islower() and colon == "：")
    return fault("misspelled-mark", span, written, wrong, word, fix=fix)


def two_marks(mark: Span, type: str, place: Span, word: str, other: str) -> Diagnostic:
    """A sign, and behind it the word of another mark."""
    fix = write(Span(mark.start, place.end), WORDS[other], is_safe=False)
    words = (SIGNS[type], role(type), word, role(other), WORDS[other])
    found = fault("two-marks", place, *words, fix=fix, also=(Label(mark, "another"),), here="one mark")
    return found if word.islower() else evolve(found, severity=Severity.NOTE)


def other_side(whole: Span, sign: Span, place: Span, word: str, type: str, mark: str) -> Diagnostic:
    """A bullet, and behind it the name of a side that its mark is not: `- Pro: text`."""
    also = (Label(sign, "another"),)
    return fault("other-side", place, word, role(type), mark, fix=write(whole, mark), also=also, here="one side")


def second_mark(span: Span, sign: str) -> Diagnostic:
    if sign[0] == "(":
        return fault("second-label", span, sign)
    meant = "><" if "<" in sign and ">" in sign else "+" if sign[0] in "<←" else "=>"
    mark = sign if sign in TYPE_OF else meant
    return fault("second-mark" if sign in "+~&-" else "chain", span, sign, mark, role(TYPE_OF[mark]))


# -- labels --

_JOINED_BY = (  # what stands between two labels, the mark that says it, and which of them stands above
    (r"><|<[-=]*>|vs\.?|contradicts", "CONTRADICTION", 0),
    (r"[-=–—]*[>→⇒➔]+|implies|entails|therefore|so|hence", "COROLLARY", 0),
    (r"<[-=]*|←|because|since", "REASON", 0),
    (r"-|–|—|but", "OBJECTION", 0),
    (r"~", "CONCESSION", 0),
    (r"\+>|supports?", "REASON", -1),
    (r"attacks?|opposes?|rebuts|refutes|undercuts?", "OBJECTION", -1),
)


def several_labels(span: Span, labels: list[str], joiner: str, sign: str | None, indent: str) -> Diagnostic:
    """A line that refers to two statements: `+ (1), (2)`, `(1) -> (2)`."""
    joined = ((type, above) for by, type, above in _JOINED_BY if re.fullmatch(by, joiner.lower()))
    type, above = next(joined, ("", 0))
    if type and len(labels) == 2:
        under = f"{SIGNS[type]} {labels[above - 1]}"
        hint = f"`{labels[above]}`, and under it `{under}`"
        lines = f"{labels[above]}\n{indent}    {under}"
    elif type == "COROLLARY":
        bar = f"{SIGNS['BAR']} from {', '.join(labels[:-1])}"
        hint = f"`{labels[-1]}`, and above it `{bar}`"
        lines = "" if sign or indent or labels[-1] in labels[:-1] else f"{bar}\n{labels[-1]}"
    else:
        hint = f"`{sign or '+'} {labels[0]}`, and on the next line `& {labels[1]}` if they count together"
        lines = f"\n{indent}& ".join(labels) if sign in ("+", "-", "~", "&") else ""
    fix = write(span, lines, is_safe=False, title="write a line for each") if lines else None
    return fault("several-labels", span, hint, fix=fix)


def odd_label(span: Span, label: str, odd: str) -> Diagnostic:
    """Parentheses that would be a label but for a character in them."""
    plain = "".join(c for c in label if c.isalnum() or c in "-_.'*")
    return fault("odd-label", span, odd, f"write `({plain})`" if plain else "use letters, digits, `-`, `_` and `.`")


# -- attributes, quotations and stances --


def signs_of_another_script(places: list[tuple[Span, str, str]]) -> Diagnostic:
    """Separators of a stance or of attributes as Chinese, Japanese or Arabic has them: one fault, one fix."""
    signs = ", ".join(dict.fromkeys(f"`{sign}`" for _, sign, _ in places))
    ours = ", ".join(dict.fromkeys(f"`{each.strip()}`" for _, _, each in places))
    fix = Fix(f"write {ours}", tuple(Edit(span, each) for span, _, each in places))
    return fault("other-separators", places[0][0], signs, ours, fix=fix)


def not_a_label(span: Span, written: str) -> Diagnostic:
    plain = "".join(c for c in written if c.isalnum() or c in "-_.").strip(".")
    return fault("not-a-label", span, written, f"`({plain})`" if plain else "labels as `(a), (b)`")


# -- the right form --

_UNDER = "{above}\n    {mark} {words}"
# A line that only says which side the lines under it are on: `Pros`, `Reasons for closing it:`.
SIDES = lazy(
    r"\W*(?:(?:main |key |the |supporting |opposing )*(?:(?:argument|reason|point|case|pro|con)s? "
    r"(?:for|against|in favou?r(?: of)?)\b[^.!?:]{0,40}|arguments|reasons|points|pros?|cons?)|for|against|in favou?r"
    r"|(?:dis)?advantages|benefits|drawbacks"
    r"|objections|replies|rebuttals|counter-?arguments|evidence|gründe|vorteile|nachteile|dafür|dagegen|avantages"
    r"|argument\w* (?:dafür|dagegen|für|gegen|pour|contre|a favor|en contra)\b[^.!?:]{0,40}"
    r"|inconvénients|pour|contre|ventajas|desventajas|a favor|en contra|优点|缺点|支持|反对)\W*",
    re.I,
)
_AGAINST = lazy(
    r".*(?:\bcon|against|disadv|drawback|objection|repl|rebut|counter|nachteil|dagegen|desvent|缺点|反对)", re.I
)
_LEAD = lazy(rf"\A[{BLANKS}]*({'|'.join(map(re.escape, TYPE_OF))}|[^\w\s(\"'“„«\\{{]{{1,3}}|\w{{1,3}}[.):])[{BLANKS}]+")
_FAR, _MOST_LINES = 2000, 40  # how far around a fault the words of its form may stand
MOST_FORMS = 200
"""Of how many faults of a file the right form is shown."""


def completed(found: Sequence[Diagnostic], text: str) -> list[Diagnostic]:
    """These faults, each with its fix or the right form; of many, only the first have a form."""
    tidied = [evolve(each, fix=_tidied(each.fix, text)) if each.fix else each for each in found]
    forms = [right_form(each, text) for each in tidied[:MOST_FORMS]]
    return [evolve(each, form=form) for each, form in zip_longest(tidied, forms)]


# A comma, braces, a word or a line that would be left over of a deletion; what has lines under it is not deleted.
_LEFT_OVER = lazy(
    r"^([ \t]*)\0[ \t]*(?:(?:\r\n|[\r\n])(?!\1[ \t])|\Z)|\s*(?:\{\s*\0\s*\}|(?:,?\s*\band|,|&)\s*\0(?:\s(?=\}))?)"
    r"|\s*\bfrom\s+\0(?!\s*(?:,|&|and\b))|\0(?:\s*(?:,|&|and\b)\s*|[ \t]*(?=\S))|(?<=\S)[ \t]*\0(?=\s|\Z)",
    re.M,
)


def _tidied(fix: Fix, text: str) -> Fix | None:
    """A fix that only deletes something, with what would be left over."""
    (start, end), begin = (fix.edits[0].span.start, fix.edits[0].span.end), max(0, fix.edits[0].span.start - _FAR // 10)
    if fix.safe or len(fix.edits) > 1 or fix.edits[0].replacement:
        return fix
    found = _LEFT_OVER.search(f"{text[begin:start]}\0{text[end : end + _FAR // 10]}")
    size = end - start - 1
    return found and evolve(fix, edits=(Edit(Span(begin + found.start(), begin + found.end() + size), ""),))


def right_form(found: Diagnostic, text: str) -> str | None:
    """What to write instead of a fault whose fix is not certain: at most three lines, in the author's words."""
    form = found.form or ""
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
        if line.startswith(SIGNS["BAR"]):
            form = form and "{above}\n{line}\n{below}"
        elif line.count("{") != line.count("}"):  # they are closed on another line
            form = ""

    def words(line: str) -> str:
        return _short(re.sub(r"\s*\{[^{}]*\}?\s*\Z", "", _LEAD.sub("", line)), 60)

    def above(indent: int) -> str:
        over = (
            each for at, each in reversed(statements) if at < indent or (at == indent == 0 and not _LEAD.match(each))
        )
        return words(next(over, ""))

    lines = [(each, each.lstrip(BLANKS)) for each in before[start > _FAR :][-_MOST_LINES:]]
    plain = [bare for _, bare in (*lines, (line, line.strip(BLANKS))) if bare and not _LEAD.match(bare)]
    heading = next((each for each in (tail[: end - start], *plain[-1:]) if SIDES.fullmatch(each)), "".join(plain[-1:]))
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
    sign = _LEAD.match(line)
    labels = [each for each in (offered, *re.findall(r"\([^\s()]+\)", f"{tail}\n{text[:_FAR]}")) if each in text]
    mark = sign[1] if sign and sign[1] in TYPE_OF and sign[1] != "&" else offered
    if (mark == "-" or mark == offered) and (SIDES.fullmatch(heading) or heading.endswith((":", "："))):
        mark = "-" if _AGAINST.match(heading) else "+"  # what is written is a bullet, most likely
    elif indent and mark == SIGNS["BAR"]:
        mark = "-" if line.strip()[0] == "-" else "+"
    fields = {
        "above": above(indent),
        "top": above(previous[0]) or words(previous[1]),
        "previous": _short(previous[1], 60),
        "below": next((words(each) for each in after if each.strip(BLANKS)), ""),
        "line": line.strip(BLANKS).replace("\n" + line[:indent], "\n    " if indent else "\n"),
        "lead": lead.strip(BLANKS),
        "claim": words(lead),
        "fault": tail[: end - start],
        "rest": rest,
        "words": rest[0].upper() + rest[1:] if is_sign else words(line),
        "mark": mark,
        "offered": offered,
        "name": line.lstrip("@ ").partition(":" if ":" in line else " ")[0],
        "verb": offered if offered in VERBS else next((verb for verb in VERBS if verb in line), "accept"),
        "label": next((label for label in labels if label[0] == "("), "(a)"),
    }
    has_words = re.search(r"\w", fields["words"])
    if form == _UNDER and not (fields["above"] and has_words):
        form = "{words}" if has_words else "{above}"
    elif "{above}" in form and "{below}" in form and not (fields["above"] and fields["below"]):
        form = "{above}" if fields["above"] else "{below}"
    elif found.code == "AM029" and not fields["above"]:
        form = "{previous}\n\n{line}" if previous[1] else "{line}"
    elif (
        indent
        and not form.startswith("{fault}")
        and form
        and fields["above"]
        and not re.search(r"\{(?:above|top|claim)\}", form)
    ):
        form = "{above}\n    " + form
    indents = (re.match(r"( +)\S", each) for each in (*(each for each, _ in lines), *after))
    unit = min((each[1] for each in indents if each), default="    ")
    needed = set(re.findall(r"\{([a-z]+)\}", form)) - {"lead", "fault", "mark", "offered", "rest"}
    is_whole = form and all(re.search(r"\w", fields[name]) for name in needed)
    return form.replace("\n    ", f"\n{unit}").format(**fields).strip() if is_whole else None
