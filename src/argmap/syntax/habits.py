"""Lines in another notation's style, or with a small slip: what they are read as, and what is reported.

These functions see one line at a time; the lexer knows the layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from attrs import evolve, frozen

from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Severity
from argmap.syntax import messages
from argmap.syntax.document import Line
from argmap.syntax.marks import (
    BAR_LIKE,
    BLANKS,
    BULLETS,
    DASHES,
    OPENING_SIGNS,
    SIGNS,
    TYPE_OF,
    TYPE_OF_LOOK_ALIKE,
    TYPE_OF_WORD,
    VERBS,
    WORDS,
)
from argmap.text import Span
from argmap.text.words import lazy, nearest

KNOWN_FACTS = ("title", "author", "date", "source", "lang", "words")
SINGLE_FACTS = ("title", "author", "date", "lang")

_B = f"[{BLANKS}]"
_WORD_COLON = lazy(rf"([^\W\d_]+(?:-[^\W\d_]+)?){_B}?(?::(?=\s|{_B}|\Z)|：)")
_WORD = lazy(rf"({'|'.join(TYPE_OF_WORD)}){_B}+(?=(\([^\s()]+\)(?:\s|\Z))?)", re.I)
_TYPES = {**messages.TYPE_MEANT, **TYPE_OF_WORD}
# The word of a side as forums and handouts write it: `Pro:`, `**Con 2**:`, `[Pro]`, `Support -`, `Argument for:`.
_SIDE = lazy(
    rf"[*_]{{0,2}}\[?(?:(?:main )?(?:argument|reason|point|case)s?,? (?=for|against|in ))?(?:in |en |a (?=favor))?"
    rf"({'|'.join(sorted(_TYPES, key=len, reverse=True))})(?: (?:argument|point|reason)s?)?"
    rf"(?: ?\#?\d+(?:\.\d+)*| ?\(\w{{1,12}}\))?"
    rf"(?:\][*_]{{0,2}}{_B}?[:：]?|[*_]{{0,2}}{_B}?[:：][*_]{{0,2}}|{_B}[-–—](?={_B})|\.(?={_B})){_B}*",
    re.I,
)
# An item of a list: a number or a letter of any numbering, a box, the emoji of a key.
_NUMBERED = lazy(
    rf"(?:(?:\d{{1,2}}(?:\.\d{{1,2}})*|[^\W\d_]|[ivx]{{2,4}}|[IVX]{{2,4}}|[PC]\d{{1,2}})[.):]|o(?=\t)|[PC]\d{{1,2}}|vs\.?"
    rf"|\d{{1,2}}(?:\.\d{{1,2}})+(?={_B}+[^\W\d_a-z])|\([^\w\s]\)|\[(?:\d{{1,2}}|[xX ]|[^\w\s])?\]"
    rf"|\d\ufe0f?\u20e3|[A-Z][a-z]+ \d{{1,2}}:)(?={_B}|\Z)|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})[、．]"
    r"|（[^\s()（）]{1,3}）|\d[A-Z]{2}:|[│├└╰┃┣┗][─│├└╰━┃┣┗ \u00a0]*(?= )"
)
# Signs that a word of a sentence can begin with, or that stand by themselves in one
_SENTENCE_SIGNS = frozenset("\"'“”„«»‘’‚‹›「」『』()[]{}…§¶$€£¥%:;,.\\<")
# A label with no space after it, or with the colon or full stop that other notations put there.
_GLUED_LABEL = lazy(r"(\([\w.\-]+\))([:.]?)(?=([^\W\d_]|(?<=[:.])[ \t]))")
_ODD_LABEL = lazy(r"\(([^\s()]+)\)(?=\s|\Z)")
_SPACED_LABEL = lazy(r"\([^\W\d_]+ #?\d+\)(?=\s)|\((?: +[^\s()]+ *|[^\s()]+ +)\)(?=\s|\Z)")
_WIDE_LABEL = lazy(r"(?:（|\((?=[^\s()（）]+）))([^\s()（）]+)[）)]")
_LABELS = lazy(
    r"\([^\s()]+\)(?:\s*(?:[,;、，&+~<>=→⇒➔←–-]{1,4}|and|vs\.?|but|so|[a-z]{5,12})\s*\([^\s()]+\))+[\s,;.&+、，]*",
    re.I,
)
_SECOND_MARK = lazy(  # the blank first: there are fewer of them than of letters
    r" (?:(?<=[.!?;\"”)] )([+~&-]|=>|\([^\s()]{1,3}\)) (?=[^\W\d_a-z(])"
    r"|(?<=[^\W\d_][^\W\d_] |\w[.,!?\"”)] )(=>|-+>|<-+|><|<>|<[-=]+>|//|[→⇒⟹➔➜∴←]) (?=[^\W\d_]{2}|\())"
)
# Text without any of these has nothing for `_SECOND_MARK` and `_SIDE`, which take longer to compile than to run.
_MARK_SIGNS, _SIDE_SIGNS = frozenset("+~&-=><(/→⇒⟹➔➜∴←"), frozenset("]:：-–—.")
_NO_LABEL = lazy(r"[A-Z][a-z]{3,}|[12]\d{3}")
_MARKUP = lazy(
    r"</?(?:[bh]r|[biup]|[uo]l|li|em|div|span|strong|h[1-6]|a(?= ))(?: [^<>]*)?/?>|&(?:amp|nbsp|lt|gt|quot|#\d+);"
)
_LETTERED = lazy(r"\[?([a-zA-Z]|\d{1,2}|[A-Z]\d{1,2})(?:\)|(?<!\[[AIxX])\]|(?<=\d)[.:])(?=[ \t])")
_TAGS = lazy(r"(?:[ ]\#[^\W\d][\w-]*)+\Z")
_ARGDOWN_LABEL = lazy(r"(?:\[[^\]\n]+\]|<[^>\n]+>):(?=\s|\Z)")
_NEARLY_FACT = lazy(rf"([^\W\d][\w-]*(?:{_B}+[\w-]+){{0,3}}){_B}*([:：])({_B}*)(?=\S|\Z)")
_REPEATED = (SIGNS["BAR"], SIGNS["HEADING"])
_SENTENCE_END = tuple(".?!…”\"')}")
_CONNECTIVE = lazy(
    rf"({'|'.join(map(str.capitalize, (*TYPE_OF_WORD, *messages.OTHER_WORDS['connective'])))})"
    r"(?=[ ,]|(?<=[\u4e00-\u9fff]))"
)
_LITTLE = lazy(
    "a|an|and|are|as|at|because|but|by|for|from|if|in|is|of|on|or|than|that|the|to|was|were|which|with", re.I
)
LABEL_SIGNS = "-_.'’*"
"""What can stand in a label besides letters and digits."""
_AGAINST = ("OBJECTION", "CONCESSION")
OTHER_SIDE = {"REASON": _AGAINST, "OBJECTION": ("REASON",), "CONCESSION": ("REASON",)}


@frozen(eq=False, repr=False)
class Guess:
    """What a line is read as: its type, its text (the end of the line), of a header line its key."""

    type: str
    text: str
    diagnostic: Diagnostic | None = None
    key: str | None = None


# -- the header --


def is_fact(content: str) -> bool:
    """Whether a line at the top is a header line: not a mark's word, and not a sentence that has a colon."""
    key = content.partition(":")[0]
    if key.lower() in TYPE_OF_WORD:
        return False
    return key[0].islower() or not key[0].isupper() or near_fact(key) is not None


def near_fact(key: str) -> str | None:
    """The known header key that this one is surely meant for, if it is not one itself."""
    if key in KNOWN_FACTS:
        return None
    if key.lower() in KNOWN_FACTS:
        return key.lower()
    near = nearest(key, KNOWN_FACTS)
    return near if near and abs(len(near) - len(key)) <= 1 and len(key) > 3 else None


def nearly_fact(content: str, start: int, *, below_fact: bool) -> Guess | None:
    """A line in the header that is meant for a header line."""
    match = _NEARLY_FACT.match(content)
    if match is None:
        return None
    key, colon, gap = match[1], match[2], match[3]
    one_word = len(re.split(_B, key)) == 1
    wrong_colon = colon != ":" or match.start(2) > match.end(1)
    if not below_fact:
        if key not in KNOWN_FACTS or (gap and not wrong_colon):
            return None
    elif key.lower() in TYPE_OF_WORD or (gap and one_word and not wrong_colon):
        return None
    after = Span(start + match.end(1), start + match.end())
    fix = Fix("write `: `" if wrong_colon else "add a space", (Edit(after, ": "),)) if one_word else None
    span = Span(start, start + len(key))
    fault = messages.fault("wrong-colon" if wrong_colon else "glued-colon", span, key, fix=fix)
    if fix is None:
        fault = messages.fault("fact-of-several-words", span, key, "-".join(key.split()).lower())
    return Guess("FACT", content[match.end() :], fault, key)


_LE = r"(?:\r\n|[\r\n])"
_FENCED = lazy(
    rf"(?P<open>(?P<sign>[-=+*~;])(?P=sign){{2,}}[ \t]*{_LE})?"
    rf"(?P<body>(?:(?:\#[^\r\n]*)?[ \t]*{_LE})*(?P<key>[^\W\d][\w-]*)[ \t]*(?(open)[:=]|:)[^\r\n]*{_LE}"
    rf"(?:(?:[^\W\d][\w-]*[ \t]*(?(open)[:=]|:)|[ \t]|(?(open)(?:-[ ]|[\#\[])|(?!)))[^\r\n]*{_LE}|{_LE})*)"
    rf"(?P<close>(?:-{{3,}}|={{3,}}|\.{{3}}|(?(open)(?P=sign){{3,}}|(?!)))[ \t]*)(?=[\r\n]|\Z)"
)
_FRONT_MATTER = (  # what YAML and TOML have in a header, and we have not
    (r"^([\w-]+)[ \t]*=[ \t]*", r"\1: "),
    (r"^#+[ \t]*", "// "),
    (r"^\[", "// ["),
    (rf":[ \t]*{_LE}[ \t]*- ", ": "),
    (rf"[ \t]*{_LE}[ \t]*- ", ", "),
    (r":[ \t]*([\"'])([^\"'\r\n]*)\1(?=[ \t]*[\r\n])", r": \2"),
    (r":[ \t]*[|>][-+]?(?=[ \t]*[\r\n])", ":"),
)
_CODE = lazy(r"^[ \t]*(`{3,}|~{3,})[ \w-]*$", re.M)
_MARKED_LINE = lazy(r"^[ \t]*(?:(?:[-+~&@]|=>|\([^\s()]+\))[ \t]|---)", re.M)


def fenced(text: str) -> Diagnostic | None:
    """What is no map around one, or around its header: front matter as of Markdown (`---`), a block of code."""
    match = _FENCED.match(text, len(text) - len(text.lstrip("\ufeff \t\r\n")))
    if match and (match["open"] or match["close"][0] == "=" or match["key"] in KNOWN_FACTS):
        written = match["body"]
        for pattern, ours in _FRONT_MATTER if match["open"] else ():
            written = re.sub(pattern, ours, written, flags=re.M)
        places = [Span(*match.span(group)) for group in ("open", "close") if match[group]]
        edits = [Edit(each, "") for each in places]
        if written != match["body"]:
            edits = [Edit(Span(places[0].start, places[-1].end), written)]
        sign, is_sure = f"`{match['close'].strip()}`", True
    elif (
        ("```" in text or "~~~" in text)
        and (begin := _CODE.search(text))
        and (end := re.compile(rf"^[ \t]*{begin[1]}[ \t]*$", re.M).search(text, begin.end()))
    ):
        places, sign = [Span(*begin.span()), Span(*end.span())], "code fence"
        before, after = text[: begin.start()], text[end.end() :]
        is_sure = not (before + after).strip()
        edits = [Edit(place, "") for place in places]
        if not _MARKED_LINE.search(before) and not _MARKED_LINE.search(after):
            edits = [Edit(Span(0, begin.end()), ""), Edit(Span(end.start(), len(text)), "")]
    else:
        return None
    also = tuple(Label(place, "and here") for place in places[1:])
    fix = Fix("delete the fences", tuple(edits), is_sure)
    return messages.fault("fenced", places[0], sign, fix=fix, also=also)


_COMMENT = lazy(r"^([ \t]*)(?:<!--((?:(?!<!--|-->).)*)-->|/\*((?:(?!/\*|\*/).)*)\*/)[ \t]*$", re.M | re.S)
_TABLE = lazy(r"^[ \t]*\|(.*)\|[ \t]*\n[ \t]*\|[-:| \t]+\|[ \t]*\n((?:[ \t]*\|.*\|[ \t]*(?:\n|\Z))+)", re.M)
_UNDERLINE = lazy(r"\n(={3,}[ \t]*\n|-{3,}[ \t]*\n(?=[ \t]*\n))")
_LONGEST = 200
_TITLE = lazy(r"(?:\A|\n[ \t]*\n)([^\W_][^\n:]*[^\s:.!?])[ \t]*\Z")


def foreign(text: str) -> Iterator[Diagnostic]:
    """What Markdown and web pages have beside a map: fences, comments, titles with a line under them."""
    if "\r" in text:  # the patterns know one line end
        end = "\r\n" if "\r\n" in text else "\r"
        for fault in foreign(text.replace("\r\n", " \n").replace("\r", "\n")):
            edits = fault.fix.edits if fault.fix else ()
            edits = tuple(evolve(each, replacement=re.sub(" ?\n", end, each.replacement)) for each in edits)
            yield evolve(fault, fix=fault.fix and evolve(fault.fix, edits=edits))
        return
    if fence := fenced(text):
        yield fence
    if "<!--" in text or "/*" in text:
        for found in _COMMENT.finditer(text):
            ours = re.sub(r"\s*\n\s*", f"\n{found[1]}// ", (found[2] or found[3] or "").strip())
            fix = messages.write(Span(*found.span()), f"{found[1]}// {ours}", title="write `// `")
            yield messages.fault(
                "other-comment", Span(found.end(1), found.end()), "/*" if found[2] is None else "<!--", fix=fix
            )
    for found in _TABLE.finditer(text) if "|\n" in text or "| \n" in text else ():
        signs = [SIGNS.get(_TYPES.get(head.strip(" *_").lower(), ""), "//") for head in found[1].split("|")]
        rows = (zip(signs, row.strip(" \t|").split("|"), strict=False) for row in found[2].splitlines())
        cells = sorted((cell for row in rows for cell in row if cell[1].strip()), key=lambda cell: signs.index(cell[0]))
        lines = "".join(f"    {sign} {words.strip()}\n" for sign, words in cells)
        fix = messages.write(Span(*found.span()), lines, is_safe=False, title="write a line for each cell")
        yield messages.fault("table", Span(*found.span()), fix=fix)
    for found in _UNDERLINE.finditer(text) if "\n===" in text or "\n---" in text else ():
        if title := _TITLE.search(text, max(0, found.start() - _LONGEST), found.start()):
            sign = "#" if found[1][0] == "=" else "##"
            fix = messages.write(Span(title.start(1), found.end()), f"{sign} {title[1]}\n", title=f"write `{sign} `")
            yield messages.fault("underlined", Span(*found.span(1)), found[1].strip(), sign, fix=fix)


# -- plain text --

_SO = lazy(rf"(?:∴|:\.){_B}*|(?:therefore|hence|thus|ergo)(?:[,:]?{_B}+|[,:]?\Z)|So,{_B}+", re.I)
_STEP_ITEM = lazy(
    rf"(?P<sign>∴{_B}*)?(?:(?P<label>\d{{1,2}}|[PC]\d{{0,2}}|[IVX]{{1,4}})[.):](?={_B})|(?i:major{_B}|minor{_B})?(?P<kind>(?i:pr[eäé]mi(?:ss|s)[ea]|conclusi[oó]n)){_B}*(?P<number>\d{{0,2}})[:.)](?={_B}))?"
    rf"{_B}*(?P<so>∴{_B}*|(?i:therefore|hence|thus|ergo|so)[,:]?{_B}+)?"
)
_FAR, _MOST_STEPS = 4000, 99  # how far ahead a conclusion is looked for, and the most lines of one argument
_BAR = rf"(?:-{{3,}}|_{{3,}}|={{3,}}|\*{{3,}}|[{DASHES}{BAR_LIKE}]{{2,}})"
_DRAWN_BAR = lazy(rf"{_BAR}(?={_B}|\Z)")
_PREMISE = (  # a line that begins with a capital, or ends a sentence
    r"(?!∴|(?i:therefore|hence|thus|ergo|so)\b)"
    r"(?:[A-ZÀ-Þ][^\r\n]*[^\r\n:]|(?![A-ZÀ-Þ])[^\W_][^\r\n]*[.!?…][\"”')]*)(?:\r\n|[\r\n])"
)
_UNNUMBERED = lazy(
    rf"(?:{_PREMISE}){{1,9}}(?:∴|(?i:therefore|hence|thus|ergo|so)\b[,:]?){_B}*\w[^\r\n]*"
    rf"|(?:{_PREMISE}){{2,9}}{_BAR}(?:{_B}[^\r\n]*)?(?:\r\n|[\r\n])[^\W_][^\r\n]*"
)


def without_number(content: str) -> str:
    """The text of a line of `standard_form`."""
    match = _STEP_ITEM.match(content)
    return content[match.end() :] if match else content


def standard_form(text: str, start: int) -> tuple[int, Diagnostic | None]:
    """Premises and a conclusion as handouts print them (`P1. …`, `∴ …`): how far was looked, and their one fault."""
    first, plain = _STEP_ITEM.match(text, start), None
    if first is None or not (first["label"] or first["kind"] or (plain := _UNNUMBERED.match(text, start))):
        return start, None
    edits: list[Edit] = []
    names: list[str] = []
    free = (str(number) for number in count(1) if f"({number})" not in text)
    end = gap = start
    bar = concluded = False
    for match in re.compile(r"([^\r\n]+)(?:\r\n|[\r\n]|\Z)|\r\n|[\r\n]").finditer(text, start):
        content, begin = (match[1] or "").rstrip(BLANKS), match.start()
        if content[:1] in BLANKS and (bare := content.strip(BLANKS)) and item_sign(bare):
            return match.end(), None  # an outline
        if not content or content[0] in BLANKS or content.startswith("//"):
            gap = match.end() if content else gap
            continue
        item = _STEP_ITEM.match(content)
        if (plain and begin >= plain.end()) or len(names) > _MOST_STEPS:
            break
        if _DRAWN_BAR.match(content):
            edits.append(Edit(Span(gap, begin + len(content)), "---"))
            bar = concluded = True
        elif item is None or not (plain or item[0].strip()) or (begin > gap and not _concludes(text, begin)):
            break
        else:
            kind = next(free) if plain else (item["label"] or item["kind"] or "C")[0].upper()
            so = item["sign"] or item["so"]
            is_conclusion = bool(kind == "C" or so)
            name = item["label"] or kind + (item["number"] or "")
            while name in names:
                name = f"{kind}{len(names) + 1}" if name in (kind, "P", "C") else name + "'"
            names.append(name)
            above = (
                "---\n"
                if is_conclusion and not bar
                else "\n" * (not names[1:] and text[:begin].rstrip("\r\n")[-1:] == ":")
            )
            first_letter = content[item.end() : item.end() + 1]
            text_begins = first_letter.upper() if so else first_letter
            edits.append(Edit(Span(gap, begin + item.end() + 1), f"{above}({name}) {text_begins}"))
            concluded = concluded or is_conclusion
            bar = False
        end = gap = match.end()
    if len(names) < 2:
        return (start + _FAR if begin > gap else end), None
    taken = len(text) > 200_000 or any(f"({name})" in text for name in names)
    fix = None if taken or bar else Fix("write labels and `---`", tuple(edits))
    first_line = Span(start, start + len(plain[0].splitlines()[0]) if plain else first.end())
    return end, messages.fault("unlabelled-argument" if plain else "numbered-argument", first_line, names[0], fix=fix)


def _concludes(text: str, begin: int) -> bool:
    """Whether the lines from here on have a bar or a conclusion before another kind of line."""
    for line in re.split(r"\r\n|[\r\n]", text[begin : begin + _FAR]):
        item = _STEP_ITEM.match(line)
        kind = (item["label"] or item["kind"] or "x") if item else "x"
        if _DRAWN_BAR.match(line) or kind[0] in "Cc" or (item and (item["sign"] or item["so"])):
            return True
        if line.strip() and line[0] not in BLANKS and not (item and item[0].strip()):
            return False
    return False


def word_and_colon(content: str, start: int) -> Diagnostic | None:
    """The fault of a text that begins with a word and a colon, as marks do."""
    match = _WORD_COLON.match(content)
    if match is None:
        return None
    word = match[1]
    near = WORDS.get(messages.TYPE_MEANT.get(word.lower(), "")) or nearest(word, list(WORDS.values()))
    name = "another-mark" if near else "no-such-mark"
    return messages.fault(name, Span(start, start + match.end()), word, near or "")


def item_sign(content: str) -> str | None:
    """What a text that is an item of a list begins with: a number, a letter, a symbol, an emoji, the word of a side."""
    if match := _NUMBERED.match(content) or _SIDE.match(content):
        return match[0].rstrip(BLANKS)
    first = content[0]
    if first.isalpha() or first.isdecimal() or first in _SENTENCE_SIGNS:
        return None
    sign = re.split(f"{_B}|\\s", content, maxsplit=1)[0]
    kind = unicodedata.category(first)
    if first in BULLETS or (ord(first) > 0x218F and kind in ("So", "No", "Co")):
        return str(re.findall(r"\A[^\w\s]+|.", content)[0])
    return sign if len(sign) < 4 and all(unicodedata.category(c)[0] in "PS" for c in sign) else None


def side(content: str) -> tuple[str, str] | None:
    """The mark that a text's first word is meant for, as forums have it (`Pro: …`), and the text behind it."""
    match = _SIDE.match(content)
    return (_TYPES[match[1].lower()], content[match.end() :]) if match else None


def begins_another(content: str, above: str, type: str) -> bool:
    """Whether plain text below a line of this type does not continue it: an item of a list, or nearly a mark."""
    worded = _WORD_COLON.match(content)
    if type in ("FACT", "QUOTATION", "STANCE"):
        return worded is not None and worded[1].lower() in TYPE_OF_WORD
    if worded is not None:
        return worded[1].lower() in _TYPES
    if item_sign(content) or _is_side(content):
        return True
    match = _WORD.match(content)
    return match is not None and (bool(match[2]) or (match[1].islower() and above.endswith(_SENTENCE_END)))


def _is_side(content: str) -> bool:
    """Whether text on a line of its own names a side: not the last word of a sentence."""
    return content[0].isupper() and content[-1] not in "." and messages.SIDES.fullmatch(content) is not None


def may_be_wrapped(content: str, *, indented: bool) -> bool:
    """Whether plain text right below other text, at the same indentation, can be the rest of it."""
    if content.startswith("(") or _WORD_COLON.match(content) or _SO.match(content) or messages.SIDES.fullmatch(content):
        return False
    return not (item_sign(content) or (indented and _WORD.match(content)))


def read_plain(content: str, start: int, *, at_margin: bool, beside: bool) -> Guess:
    """What plain text is that does not continue the line above it.

    Args:
        beside: At the margin, whether it stands right under a statement, a quotation or a stance.
    """
    whole = Span(start, start + len(content))
    worded = _WORD_COLON.match(content)
    if worded:
        span = Span(start, start + worded.end())
        type = TYPE_OF_WORD.get(worded[1].lower())
        if type is not None:
            fault = messages.misspelled_mark(span, worded[0], WORDS[type])
            return Guess("STRAY" if at_margin else type, content[worded.end() :], fault)
        if not at_margin:
            meant = side(content)
            return Guess(*meant or ("STRAY", content), word_and_colon(content, start))
        if worded[1].lower() in KNOWN_FACTS and is_fact(content):
            return Guess("STRAY", content, messages.fault("fact-below-header", span, worded[1]))
    if at_margin:
        if beside and _SO.match(content):
            return _conclusion(content, start)
        if beside and messages.SIDES.fullmatch(content):
            return Guess("STRAY", content, messages.fault("side-alone", whole, content))
        if beside and worded and worded[1].lower() in messages.TYPE_MEANT:
            return Guess("STRAY", content[worded.end() :], word_and_colon(content, start))
        if beside and (sign := item_sign(content)):
            item = _item(start, content, sign, content[len(sign) :].lstrip(BLANKS))
            return Guess("STRAY", item.text, item.diagnostic and evolve(item.diagnostic, fix=None))
        if beside:
            is_relation = _LABELS.fullmatch(content) is not None  # which is reported as such
            return Guess("STRAY", content, None if is_relation else messages.fault("unindented-text", whole))
        if content.startswith("(") and content.endswith(")") and content.count("(") == 1 and " " in content:
            return Guess(
                "STRAY", content, messages.fault("blanks-in-reference", whole, "-".join(content[1:-1].split()))
            )
        return Guess("STATEMENT", content)
    if _is_side(content):
        return Guess("STRAY", content, messages.fault("side-alone", whole, content))
    if sign := item_sign(content):
        rest = content[len(sign) :].lstrip(BLANKS)
        return _item(start, content, sign, rest)
    word = _WORD.match(content)
    if word:
        type = TYPE_OF_WORD[word[1].lower()]
        fault = messages.misspelled_mark(Span(start, start + word.end(1)), word[1], WORDS[type])
        return Guess(type, content[word.end() :], fault)
    return Guess("STRAY", content, messages.fault("text-out-of-place", whole))


def _conclusion(content: str, start: int) -> Guess:
    """A line that begins with `∴` or `Therefore`, right below premises."""
    match = _SO.match(content)
    assert match is not None
    rest = content[match.end() :]
    span = Span(start, start + match.end() + len(rest[:1]))
    fault = messages.no_mark(span, match[0].strip(BLANKS), "---", f"---\n{rest[:1].upper()}".rstrip())
    return Guess("STATEMENT" if rest else "BAR", rest, fault)


def _item(start: int, content: str, sign: str, rest: str) -> Guess:
    """An item of a list, read by the word of a side that it begins with, if it does."""
    meant = side(rest) or side(content)
    if meant is None:
        return Guess("STRAY", rest, messages.no_mark(Span(start, start + len(sign)), sign))
    type, text = meant
    span = Span(start, start + len(content) - len(text))
    mark = SIGNS.get(type) or WORDS[type]
    return Guess(type, text, messages.no_mark(span, sign, mark, f"{mark} "))


# -- marks --


def read_suspect(content: str, start: int, *, at_margin: bool) -> Guess:
    """A line that begins with something like a mark, read as what it was surely meant for."""
    if at_margin and content[0] == "∴":
        return _conclusion(content, start)
    first, rest = re.findall(rf"([^{BLANKS}]+){_B}*(.*)", content)[0]
    span = Span(start, start + len(first))
    if len(first) > 1 and set(first) <= set(DASHES + BAR_LIKE):
        return Guess("BAR", rest, messages.fault("no-bar", span, first, fix=messages.write(span, SIGNS["BAR"])))
    signs = re.match(f"(?:[{re.escape(''.join(TYPE_OF_LOOK_ALIKE) + BULLETS)}＝]\ufe0f?)[＞>＃]*", content)
    if signs is not None and len(signs[0]) < len(first):  # nothing separates it from the text
        first, rest = signs[0], content[signs.end() :]
    span = Span(start, start + len(first))
    wide = unicodedata.normalize("NFKC", first)
    type = TYPE_OF_LOOK_ALIKE.get(first.rstrip("\ufe0f")) or (TYPE_OF.get(wide) if wide != first else None)
    if type == "HEADING" or (wide != first and set(wide) == {"#"}):
        fault = messages.no_mark(span, first, "#", _spaced(wide, content[len(first) :]))
        return Guess("HEADING", rest, fault)
    if type is not None:
        if not rest:
            is_bar = at_margin and type == "OBJECTION"
            fault = messages.fault("lone-dash", span, first) if is_bar else messages.no_mark(span, first, SIGNS[type])
            return Guess("STRAY", rest, fault)
        fault = messages.no_mark(span, first, SIGNS[type], _spaced(SIGNS[type], content[len(first) :]))
        return Guess("STRAY" if at_margin and type in WORDS else type, rest, fault)
    for sign in OPENING_SIGNS:
        glued = first.lstrip(sign[0]) if sign in _REPEATED else first.removeprefix(sign)
        if first.startswith(sign) and glued and (glued[0] not in "-+=<>~&@!" or sign in _REPEATED):
            mark = first.removesuffix(glued)
            certain = glued[0].isalpha() or glued[0] in '("“„«（「'
            is_chat = sign == SIGNS["STANCE"] and not re.search(rf":{_B}*(?:{'|'.join(VERBS)})", content)
            type = TYPE_OF[sign] if certain and not is_chat else "STRAY"
            place, is_word = Span(start, start + len(mark)), is_chat or sign == SIGNS["HEADING"]
            fault = messages.glued_mark(place, mark, glued, is_word=is_word, is_safe=certain)
            return Guess("STRAY" if at_margin and type in WORDS else type, content[len(mark) :], fault)
    if at_margin:
        return Guess("STRAY", rest, messages.no_mark(span, first))
    return _item(start, content, first, rest)


def _spaced(sign: str, rest: str) -> str:
    return sign if rest[:1] in BLANKS else sign + " "


def misread(line: Line, document: str) -> Diagnostic | None:
    """What is wrong with how a statement's text begins: like a label, with a side's name, with another mark's word.

    A side that is named counts, not the bullet before it: the line is given the type and the text that are meant.
    """
    text, start = line.text, line.text_start
    written = f"({line.label}) {text}" if line.label is not None else text
    if written[0] == "(" and written.count("(") > 1 and _LABELS.fullmatch(written):
        place = Span(document.find("(", line.start), line.end)
        _, first, *others = re.split(r"\s*(\([^\s()]+\))\s*", written)
        indent = re.search(rf"[{BLANKS}]*\Z", document[: line.start])
        sign = SIGNS.get(line.type)
        line.label, line.text, line.lead = first[1:-1], "", line.size
        return messages.several_labels(place, [first, *others[1::2]], others[-3], sign, indent[0] if indent else "")
    if line.label is None and text[0] != "\\" and messages.SIDES.fullmatch(text):
        return messages.fault("side-alone", Span(start, line.end), text)
    sign = SIGNS.get(line.type, "")
    is_signed = line.type in OTHER_SIDE and document.startswith(sign, line.start)
    if is_signed and (fault := _side_named(line, Span(line.start, line.start + len(sign)))):
        return fault
    behind = text.partition(" ")[0]
    if behind in SIGNS.values() and behind[0] in "+-~&=>" and behind != text and (line.label or line.type in WORDS):
        where = ("a label", f"{behind} ({line.label})") if line.label is not None else ("another mark", behind)
        return messages.fault("mark-behind", Span(start, start + len(behind)), behind, *where)
    if line.label is not None:
        is_label = not text[:1].islower() or not _NO_LABEL.fullmatch(line.label)
        if is_label or document.count(f"({line.label})") > 1:
            return None
        return messages.fault("label-or-word", Span(start - len(line.label) - 3, start - 1), line.label)
    if text[0] not in "(（[<":
        return None
    if wide := _WIDE_LABEL.match(text):
        line.label, line.text = wide[1], text[wide.end() :].lstrip(BLANKS)
        line.lead += len(text) - len(line.text)
        span = Span(start, line.start + line.lead)
        fix = messages.write(span, f"({wide[1]}){' ' if line.text else ''}")
        return messages.fault("wide-label", span, wide[1], fix=fix)
    if text[0] not in "([<":
        return None
    if text[0] != "(":
        argdown = _ARGDOWN_LABEL.match(text)
        if argdown is None:
            return None
        label = "-".join("".join(c for c in argdown[0][1:-2] if c.isalnum() or c in " " + LABEL_SIGNS).split())
        return messages.fault("label-of-argdown", Span(start, start + argdown.end()), argdown[0], label)
    if spaced := _SPACED_LABEL.match(text):
        fault = messages.fault("blank-in-label", Span(start, start + spaced.end()), "-".join(spaced[0][1:-1].split()))
        return evolve(fault, severity=Severity.NOTE) if " " in spaced[0][1:-1].strip() else fault
    if ")" not in text:
        label = text.split()[0]
        return messages.fault("unclosed-label", Span(start, start + len(label)), label)
    if odd := _ODD_LABEL.match(text):
        first = next((c for c in odd[1] if not c.isalnum() and c not in LABEL_SIGNS), odd[1])
        return messages.odd_label(Span(start, start + odd.end()), odd[1], first)
    if (glued := _GLUED_LABEL.match(text)) and not glued[3].islower():
        after = Span(start + glued.start(2), start + glued.start(3) + glued[3].isspace())
        fix = messages.write(after, " ", is_safe=False, title="separate the label from the text")
        return messages.fault("glued-label", Span(start, after.start), glued[1], fix=fix)
    return None


def conclusion_without_bar(line: Line) -> Diagnostic | None:
    """The fault of a statement with a label that says that it follows."""
    match = _SO.match(line.text)
    if match is None or len(match[0]) == len(line.text):
        return None
    word = Span(line.text_start, line.text_start + match.end() + 1)
    edits = (Edit(Span(line.start, line.start), "---\n"), Edit(word, line.text[match.end()].upper()))
    return messages.fault("conclusion-without-bar", word, match[0].strip(BLANKS), fix=Fix("write `---`", edits))


def note(line: Line) -> Diagnostic | None:
    """The note on what stands in a text as plain text: a second mark, a list's number, markup."""
    text = line.text.partition("\n")[0]
    if not _MARK_SIGNS.isdisjoint(text) and (match := _SECOND_MARK.search(text)):
        return messages.second_mark(_place(line, match, match.lastindex or 0), match[match.lastindex or 0])
    if match := _TAGS.search(text, max(0, len(text) - _LONGEST)):
        tags = ", ".join(match[0].split())
        braced = messages.write(_place(line, match), f" {{{tags}}}", is_safe=False)
        return messages.fault("tag-in-text", _place(line, match), tags, fix=braced)
    if line.label is None and (match := _LETTERED.match(text)):
        return messages.fault("label-of-list", _place(line, match), match[1], match[0])
    if not text.startswith("\\") and ("<" in text or "&" in text) and (match := _MARKUP.search(text)):
        from html import unescape  # its tables take a while to load, and hardly a map needs them

        edits = tuple(
            Edit(_place(line, each), unescape(each[0]) if each[0][0] == "&" else "") for each in _MARKUP.finditer(text)
        )
        fix = Fix("delete the tags", edits, safe=False) if _MARKUP.sub("", text).strip() else None
        return messages.fault("markup", _place(line, match), match[0], fix=fix)
    return None


def _place(line: Line, match: re.Match[str], group: int = 0) -> Span:
    return Span(line.text_start + match.start(group), line.text_start + match.end(group))


def is_doubtful(text: str, *, labelled: bool) -> bool:
    """Whether `misread` has something to say of a text behind some mark, so that it needs a backslash."""
    signs = [(type, SIGNS.get(type, "")) for type in (*OTHER_SIDE, "STATEMENT")]
    lines = [(Line(type, "x" if labelled else None, text, 0, len(s), len(s + text)), s) for type, s in signs]
    is_lettered = not labelled and _LETTERED.match(text) is not None
    return bool(text) and (is_lettered or any(misread(line, sign) is not None for line, sign in lines))


def _side_named(line: Line, sign: Span) -> Diagnostic | None:
    """The fault of `- Pro: text`, and the note on `- Con: text`, which is right but says it twice."""
    text, start = line.text, line.text_start
    if line.label is not None and messages.TYPE_MEANT.get(line.label.lower()) in OTHER_SIDE.get(line.type, ()):
        words = (line.label, SIGNS[line.type], messages.role(line.type))
        fix = messages.write(
            Span(sign.start, start), f"{SIGNS[messages.TYPE_MEANT[line.label.lower()]]} ", is_safe=False
        )
        return messages.fault("side-as-label", Span(sign.start, start), *words, fix=fix)
    match = None if _SIDE_SIGNS.isdisjoint(text.removesuffix(".")) else _SIDE.match(text)
    if match is None:
        word = text.partition(" ")[0]
        other = TYPE_OF_WORD.get(word.lower())
        is_bullet = line.type == "OBJECTION" and not text[len(word) :].startswith(" of ")
        if other not in OTHER_SIDE[line.type] or not (word.islower() or is_bullet):
            return None
        return messages.two_marks(sign, line.type, Span(start, start + len(word)), word, other)
    word, type = match[0].strip(BLANKS), _TYPES[match[1].lower()]
    is_bullet = line.type == "OBJECTION"
    if type in ("JOIN", "CONTRADICTION") or not (is_bullet or type in OTHER_SIDE):
        return None
    same = (type in _AGAINST) is (line.type in _AGAINST) and (type in OTHER_SIDE or not is_bullet)
    gap = Span(start, start + match.end())
    if same:
        fix = messages.write(gap, "", title=f"delete `{word}`")
        return messages.fault("side-twice", gap, SIGNS[line.type], word, fix=fix)
    line.type, line.text, line.lead = type, text[match.end() :], line.lead + match.end()
    mark = SIGNS.get(type) or WORDS[type]
    label = f"({line.label}) " if line.label is not None else ""
    if line.label is None and (reference := _ODD_LABEL.fullmatch(line.text)):
        line.label, line.text, line.lead = reference[1], "", line.size
    return messages.other_side(Span(sign.start, gap.end), sign, gap, word, type, f"{mark} {label}")


def connective(content: str, start: int) -> Diagnostic | None:
    """The note on text that goes on with a word that may be meant for a mark: `Because`, `However`."""
    match = _CONNECTIVE.match(content)
    if match is None:
        return None
    type = _TYPES[match[1].lower()]
    mark = SIGNS.get(type) or WORDS[type]
    return messages.fault("connective", Span(start, start + match.end(1)), match[1], mark, messages.role(type))


def goes_on(line: Line, above: Line) -> bool:
    """Whether a marked line is more likely a sentence's next line, which begins with a dash or a sum."""
    before, text = above.text.rstrip(), line.text
    if (
        line.label is not None
        or not before
        or before.endswith(_SENTENCE_END)
        or not (before[0].isupper() or above.label)
    ):
        return False
    if text[0].isdecimal():
        return True
    is_open = before[-1] == "," or _LITTLE.fullmatch(before.rpartition(" ")[2]) is not None
    return text[0].islower() and (" - " in text or text.endswith(".") or is_open)
