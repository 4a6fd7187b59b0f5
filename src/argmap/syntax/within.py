"""What the grammar reads within a line: attributes, quotations and stances, each with its faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from attrs import define, evolve
from lark import Token, UnexpectedInput, UnexpectedToken

from argmap.diagnostics import Diagnostic, Edit, Fix
from argmap.syntax import messages
from argmap.syntax.document import Attribute, BarText, ClaimText, Holding, LabelUse, QuotationText, StanceText
from argmap.syntax.inline import InlineText, braces, stressed, unescaped
from argmap.syntax.marks import BLANKS, FLAGS, QUALIFIERS, VERBS
from argmap.text import Span
from argmap.text.words import lazy, nearest
from argmap.validators import is_date

if TYPE_CHECKING:
    from lark import Lark

Report = Callable[[Diagnostic], None]

_OF_STANCES = ("date", "by")
# Blanks that Python takes for letters.
_UNSEEN = {ord(blank): " " for blank in BLANKS if not blank.isspace()}
# Separators and parentheses as other scripts have them.
_OWN_SIGNS = dict(zip("：；؛，、،（）｛｝", ":;;,,,(){}", strict=True))
_WORDS = "|".join((*QUALIFIERS, *FLAGS))
_WIDE_ATTRIBUTES = lazy(rf"(?:｛\s*(?:{_WORDS})|\{{\s*(?:(?:{_WORDS})\s*[，、،；]|[^\W\d][\w-]*：))[^｛{{}}]*[｝}}]\Z")
_ATTRIBUTES, _VERBS = (
    {other: word for word in words for other in (word, *messages.OTHER_WORDS.get(word, ()))}
    for words in ((*QUALIFIERS, *FLAGS), VERBS)
)
CONJUNCTIONS = {"de": "und", "fr": "et", "es": "y", "it": "e", "nl": "en", "pt": "e", "sv": "och", "pl": "i"}
"""How a language joins the last of several names, besides `and`."""
_ANY_CONJUNCTION = lazy(rf"\s(?:{'|'.join(CONJUNCTIONS.values())})\s")
_QUOTED_OTHERWISE = lazy(r"(``|[「『‘‹'])([^」』’›']+)(''|[」』’›'])\s*(\(.*\))?\s*", re.S)
_SEPARATING = lazy(rf"[,:{''.join(_OWN_SIGNS)}]| (?:and|{'|'.join(CONJUNCTIONS.values())}) ")
_CLOSING = {'"': '"', "“": '”"', "„": '“”"', "«": '»"', "»": '«"', "”": '”"'}


class RulePatterns(Protocol):
    """What a piece needs of the lexer."""

    def within(self, rule: str, /) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """The pattern of a rule's tokens, and the one after a colon or a quotation."""


@define(eq=False, repr=False)
class Piece:
    """A text that one rule of the grammar reads."""

    rule: str
    text: str
    tokens: Iterator[Token] | None = None

    def parse(self, lark: Lark, on_error: Callable[[UnexpectedInput], bool] | None = None) -> Any:
        """What the parser's builder makes of it."""
        try:
            return _without_fault(self.rule, self.text, lark)
        except UnexpectedInput:
            if on_error is None:
                raise
        return lark.parse(self, start=self.rule, on_error=on_error)

    def read(self, lexer: RulePatterns) -> Iterator[Token]:
        """Its tokens; what is none is a WORD."""
        pattern, after = lexer.within(self.rule)
        position = 0
        while (match := pattern.match(self.text, position)) is not None:
            type = match.lastgroup or ""
            yield Token(type, match[type].rstrip(), match.start(type))
            position = match.end()
            if type in ("_COLON", "QUOTED"):
                pattern = after


@lru_cache(8192)
def _without_fault(rule: str, text: str, lark: Lark) -> Any:
    """Kept, since an edit changes one line: in a map of many stances, they take a third of the time to read it."""
    return lark.parse(Piece(rule, text), start=rule)


# -- statements --


def read_claim(inline: InlineText, lark: Lark, report: Report) -> ClaimText:
    """Read the text of a statement."""
    if wide := _WIDE_ATTRIBUTES.search(inline.text):
        inline = _with_our_signs(inline, wide.start(), report)
    body, tokens, offset = _split_attributes(inline, lark, report)
    text, emphasis = stressed(body)
    return ClaimText(text, emphasis, tuple(_attributes(inline, tokens, offset, report)))


def _attributes(
    inline: InlineText, tokens: list[Token], offset: int, report: Report, *, of_stance: bool = False
) -> Iterator[Attribute]:
    """The attributes in braces whose text begins at `offset`; unknown ones are reported and left out."""
    qualifier: Token | None = None
    for token in tokens:
        start = offset + (token.start_pos or 0)
        span = inline.span(start, start + len(token))
        if token.type == "UNKNOWN":
            near = _ATTRIBUTES.get(nearest(token, _ATTRIBUTES, 0.7) or "")
            is_text = not (near or of_stance) and all(each.type == "UNKNOWN" for each in tokens)
            fix = messages.write(inline.span(offset - 1, offset - 1), "\\", is_safe=False) if is_text else None
            name = "misspelled-attribute" if near else "unknown-attribute"
            report(messages.fault(name, span, token, near or "", fix=fix))
            continue
        if token.type == "QUALIFIER":
            if qualifier is not None:
                report(messages.fault("two-qualifiers", span, qualifier, token))
                continue
            qualifier = token
        name, _, value = token.partition(":") if token.type == "PAIR" else (str(token), "", "")
        if token.type == "PAIR":
            name, value = name.rstrip(), value.strip()
            if name in QUALIFIERS or name in FLAGS:
                report(messages.fault("value-of-word", span, name))
            elif value.startswith('"') and (len(value) < 2 or not value.endswith('"')):
                report(messages.fault("unclosed-value", span, name))
            elif value.startswith('"'):
                value = value[1:-1]
            value = unescaped(value)
        yield Attribute(token.type, name.removeprefix("#"), value, span)


def _split_attributes(inline: InlineText, lark: Lark, report: Report) -> tuple[str, list[Token], int]:
    """The text before the attributes, the attributes, and where they begin."""
    text = inline.text
    opened, closed = -1, True
    pairs: list[tuple[int, int]] = []
    for position, brace in braces(text):
        if brace == "{":
            opened, closed = position, False
        elif not closed:
            closed = True
            pairs.append((opened, position))
    last = pairs.pop() if closed and pairs and not text[pairs[-1][1] + 1 :].strip() else None
    for start, end in pairs:
        tokens = Piece("attributes", text[start + 1 : end]).parse(lark)
        if tokens and all(token.type in ("QUALIFIER", "FLAG", "TAG") for token in tokens):
            report(messages.fault("misplaced-attributes", inline.span(start, end + 1)))
    if not closed:
        report(messages.fault("unclosed-brace", inline.span(opened, opened + 1)))
        tokens = Piece("attributes", text[opened + 1 :]).parse(lark)
        if tokens and all(token.type in ("QUALIFIER", "FLAG") for token in tokens):
            return text[:opened].rstrip(), tokens, opened + 1
    if last is None:
        return text, [], 0
    start, end = last
    if not text[:start].strip():
        report(messages.fault("attributes-of-nothing", inline.span(start, end + 1)))
    tokens = Piece("attributes", text[start + 1 : end]).parse(lark)
    if not tokens:
        report(messages.fault("empty-braces", inline.span(start, end + 1)))
    return text[:start].rstrip(), tokens, start + 1


# -- quotations --


def is_open(text: str) -> bool:
    """Whether a quotation begins here and does not end."""
    closing = _CLOSING.get(text[:1])
    return closing is not None and not any(sign in text[1:] for sign in closing)


def read_quotation(inline: InlineText, lark: Lark, report: Report) -> QuotationText:
    """Read what follows `>`; a quotation that is wrong is taken to its end."""
    text = inline.text
    try:
        first, *place = Piece("quotation", text).parse(lark)
    except UnexpectedToken:
        closing = _CLOSING[text[0]]
        if any(character in closing for character in re.sub(r"\\.", "", text[1:])):
            words = re.match(rf"(.[^{closing}\\]*[{closing}])\s*([^\s\"()][^\"()]*)\Z", text, re.S)
            place = inline.span(words.start(2), len(text)) if words else inline.span(0, 0)
            around = messages.write(place, f"({words[2]})" if words else "\\", is_safe=False)
            report(messages.fault("text-after-quotation", inline.span(0, len(text)), fix=around))
        else:
            report(messages.fault("unclosed-quotation", inline.span(0, 1), closing[0]))
        return QuotationText(unescaped(text[1:]).strip())
    if first.type == "NOTE" and (quoted := _QUOTED_OTHERWISE.fullmatch(text)):
        places = [inline.span(quoted.start(group), quoted.end(group)) for group in (1, 3)]
        fix = None if '"' in text else Fix('write `"` for both', tuple(Edit(place, '"') for place in places))
        report(messages.fault("other-quotation-marks", places[0], quoted[1], quoted[3], fix=fix))
        return QuotationText(unescaped(quoted[2]).strip(), (quoted[4] or "").strip("() ") or None)
    if first.type == "NOTE":
        return QuotationText(unescaped(str(first)), is_quoted=False)
    where = unescaped(place[0][1:-1]).strip() if place else ""
    return QuotationText(unescaped(first[1:-1]).strip(), where or None)


def _with_our_signs(inline: InlineText, begin: int, report: Report) -> InlineText:
    """The text with the notation's separators from `begin` on; those of another script are reported as one fault."""
    inline = evolve(inline, text=inline.text[:begin] + inline.text[begin:].translate(_UNSEEN))
    others = [at for at in range(begin, len(inline.text)) if inline.text[at] in _OWN_SIGNS]
    if not others:
        return inline
    places = []
    for at in others:
        ours = _OWN_SIGNS[inline.text[at]]
        gap = "" if ours in "(){}" or inline.text[at + 1 : at + 2].isspace() else " "
        places.append((inline.span(at, at + 1), inline.text[at], ours + gap))
    report(messages.signs_of_another_script(places))
    return evolve(inline, text=inline.text[:begin] + "".join(_OWN_SIGNS.get(c, c) for c in inline.text[begin:]))


# -- bars --

_BAR_LABEL = r"\([^\s()]+\)"
_BY_RULE = lazy(rf"\bby\s+{_BAR_LABEL}(?!\s*(?:,|&|and))")
_FROM = lazy(
    rf"(.*?)\bfrom\s+({_BAR_LABEL}(?:\s*(?:,|&|\band\b)+\s*(?:and\s+)?{_BAR_LABEL})*)[\s,;:]*(?:\bby\b\s*)?(.*)",
    re.I | re.S,
)


def names_premises(text: str) -> bool:
    """Whether the words of a bar name its premises: `from (1), (3) by modus ponens`."""
    return _FROM.fullmatch(text) is not None


def has_labels(text: str) -> bool:
    """Whether the words of a bar have labels other than that of its rule: `by (4)`."""
    return names_premises(text) or (re.search(_BAR_LABEL, text) is not None and _BY_RULE.search(text) is None)


def read_bar(inline: InlineText) -> BarText | str:
    """Read what follows a bar: the rule, and the premises if they are named."""
    text = inline.text.translate(_UNSEEN)

    def uses(start: int, end: int) -> tuple[LabelUse, ...]:
        # What a single label after `by` names is the rule, as a statement.
        found = re.finditer(rf"(?<!\\){_BAR_LABEL}", text)
        places = [match.span() for match in found if start <= match.start() and match.end() <= end]
        return tuple(LabelUse(text[a + 1 : b - 1].replace("’", "'"), inline.span(a, b)) for a, b in places)

    if (named := _FROM.fullmatch(text)) is None:
        mentioned = () if _BY_RULE.search(text) else uses(0, len(text))
        return BarText(unescaped(text), (), mentioned) if mentioned else unescaped(text)
    rule = " ".join(filter(None, (named[1].rstrip(" ,;:"), named[3].strip())))
    return BarText(unescaped(rule), uses(*named.span(2)), ())


# -- stances --


def read_stance(inline: InlineText, lark: Lark, report: Report, *, under_statement: bool, lang: str) -> StanceText:
    """Read what follows `@`: the parts between semicolons that have no fault.

    Where the names or the attributes have a fault, the line says nothing.
    """
    inline = _with_our_signs(inline, 0, report)
    reported: list[Diagnostic] = []
    text, marked, offset = _split_attributes(inline, lark, reported.append)
    attributes = tuple(_attributes(inline, marked, offset, reported.append, of_stance=True))
    reported += _faults_of_attributes(attributes)
    for diagnostic in reported:
        report(diagnostic)
    has_colon = True
    faulty: set[int] = set()

    def fault(diagnostic: Diagnostic, token: Token) -> None:
        report(diagnostic)
        faulty.add(part(token))

    def part(token: Token) -> int:
        """Which of the parts between semicolons a token stands in."""
        return text.count(";", _colon(text), token.start_pos)

    def span(token: Token) -> Span:
        start = token.start_pos or 0
        return inline.span(start, start + len(token))

    def recover(error: UnexpectedInput) -> bool:
        assert isinstance(error, UnexpectedToken)
        nonlocal has_colon
        token, feed = error.token, error.interactive_parser.feed_token
        if token.type == "$END":
            report(messages.fault("stance-without-colon", inline.span(0, len(text))))
            has_colon = False
            feed(Token("_COLON", ":"))
        elif token.type == "VERB":
            fault(_missing_semicolon(inline, token), token)
            feed(Token("_SEMICOLON", ";"))
            feed(token)
        elif token.type == "LABEL":
            fault(messages.fault("no-verb", span(token)), token)
            feed(Token("WORD", "", token.start_pos))
            feed(token)
        elif token.type == "_AND":
            feed(Token("WORD", token, token.start_pos))
        return True  # a comma with no verb before it says nothing

    holders, *clauses = Piece("stance", text).parse(lark, recover)
    names = _names(holders, inline, CONJUNCTIONS.get(lang, "and"), report)
    if not has_colon:
        return StanceText()
    if not names:
        report(messages.fault("stance-of-nobody", inline.span(0, _colon(text) + 1)))
        return StanceText()
    colon = _colon(text)
    if not clauses and not text[colon + 1 :].strip():
        report(messages.fault("nothing-held", inline.span(colon, colon + 1)))
    held: list[tuple[int, Holding]] = []
    for verb, *words in clauses:
        if verb and verb not in VERBS:
            inflected = next((v for v in VERBS if verb.lower() in (v, v + "s", v + "ed")), None)
            near = inflected or _VERBS.get(nearest(verb, _VERBS, 0.7) or "")
            fix = messages.write(span(verb), inflected) if inflected else None
            name = "misspelled-verb" if near else "unknown-verb"
            fault(messages.fault(name, span(verb), verb, near or "", fix=fix), verb)
        for word in words:
            if word.lower() == "not":
                before, after = len(text[: word.start_pos].rstrip(" ,")), (word.start_pos or 0) + len(word)
                fix = messages.write(inline.span(before, after), "; reject", is_safe=False, title="write `; reject`")
                label = re.match(r"\s*(\([^\s()]+\))", text[after:])
                fault(messages.fault("denied", span(word), label[1] if label else "(a)", fix=label and fix), word)
            elif (
                word.type == "WORD"
                and word.lower() not in ("but", "yet")
                and (verb in VERBS or any(each.type == "LABEL" for each in words))
            ):
                fault(messages.not_a_label(span(word), word), word)
        if verb and not words and not under_statement:
            fault(messages.fault("labels-missing", span(verb), verb), verb)
        uses = tuple(LabelUse(label[1:-1].replace("’", "'"), span(label)) for label in words if label.type == "LABEL")
        target = None
        arrow = next((word for word in words if word.type == "ARROW"), None)
        if arrow is not None:
            *ground, last = [word.type for word in words if word.type != "WORD"]
            if last != "LABEL" or ground.count("ARROW") > 1 or ground[0] == "ARROW" or ground[-1] != "ARROW":
                fault(messages.fault("malformed-step", span(arrow)), arrow)
            uses, target = uses[:-1], uses[-1] if uses else None
        held.append((part(verb), Holding(str(verb), uses, target)))
    if reported:
        return StanceText()
    return StanceText(names, tuple(holding for place, holding in held if place not in faulty), attributes)


def _faults_of_attributes(attributes: tuple[Attribute, ...]) -> Iterator[Diagnostic]:
    """What is wrong with the attributes of a stance."""
    seen: set[str] = set()
    for one in attributes:
        if one.type != "QUALIFIER" and one.name not in _OF_STANCES:
            yield messages.fault("not-of-a-stance", one.span, one.name)
        elif one.name in seen:
            yield messages.fault("repeated-of-stance", one.span, one.name)
        elif one.type == "PAIR" and not (is_date(one.value) if one.name == "date" else one.value):
            year = re.search(r"(?<!\d)\d{4}(?!\d)", one.value)
            dated = messages.write(one.span, f"date: {year[0]}", is_safe=False) if year else None
            yield messages.fault("no-reporter" if one.name == "by" else "no-date", one.span, one.value, fix=dated)
        seen.add(one.name)


def needs_quotes(name: str) -> bool:
    """Whether a name has to be quoted, to be read as one and as it is."""
    return _SEPARATING.search(name) is not None or name[0] in _CLOSING


def _colon(text: str) -> int:
    """Where the names of a stance end; a quoted name may have a colon."""
    found = re.finditer(r'"[^"]*"(?=\s*[,:])|[“„«][^“”»"]*[“”»"](?=\s*[,:])|:', text)
    return next(match.start() for match in found if match[0] == ":")


def _names(holders: list[Token], inline: InlineText, conjunction: str, report: Report) -> tuple[str, ...]:
    """The names before the colon; in a list with a comma, the conjunction before the last name parts names too."""
    names: dict[str, None] = {}
    for number, holder in enumerate(holders):
        name = " ".join(holder.split())
        if name[0] in _CLOSING and name[-1] in _CLOSING[name[0]] and name[1:-1].strip():
            names[name[1:-1].strip()] = None
            continue
        parts = [name]
        if 0 < number == len(holders) - 1:
            parts = [part for part in re.split(rf"(?:^|\s)(?:and|{conjunction})\s", name) if part]
        others = [part for part in _ANY_CONJUNCTION.split(name) if part] if 0 < number == len(holders) - 1 else []
        span = inline.span(holder.start_pos or 0, (holder.start_pos or 0) + len(holder))
        if len(parts) > 1:
            report(messages.fault("several-names", span, name, str(len(parts))))
        elif len(others) > 1:
            report(messages.fault("one-name", span, name, fix=messages.write(span, ", ".join(others), is_safe=False)))
        names.update(dict.fromkeys(parts))
    return tuple(names)


def _missing_semicolon(inline: InlineText, verb: Token) -> Diagnostic:
    """A second verb where `;` should stand before it: `accept (a), doubt (b)`, `accept (a) and doubt (b)`."""
    start = verb.start_pos or 0
    before = inline.text[:start].rstrip()
    conjunction = None
    if before.endswith(("and", "but", "yet")):
        conjunction = inline.span(len(before) - 3, start)
        before = before[:-3].rstrip()
    comma = before.endswith(",")
    before = before.removesuffix(",")
    edits = [Edit(inline.span(len(before), len(before) + comma), ";")]
    fix = Fix("write `;` before it", (*edits, *([Edit(conjunction, "")] if conjunction else [])))
    return messages.fault("missing-semicolon", inline.span(start, start + len(verb)), verb, fix=fix)
