"""What the formats for readers share: parts of English sentences, who holds what, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pkgutil import get_data

from attrs import define, evolve, field

from argmap.model import ArgumentMap, Attitude, Emphasis, Fact, Stance, Statement
from argmap.model.stance import is_many
from argmap.syntax.marks import WORDS

LONGEST_CLAUSE = 230
_LABEL = re.compile(r"\(([^\s()]+)\)")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_ENTITY = re.compile(r"&(?:[a-z]+|#\d+)\Z")
_END = re.compile(r"[.!?…]+[\"”’')\]]*\s*\Z")
_REFERENCE = re.compile(r"[.]( \([^()]{0,30}[^().!?]\))[.]?\Z")
_TWO_SENTENCES = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W\d_a-z])|[!?:][\"”’')\]]*(?:\s|\Z)")
_CAPITAL_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_a-zß-öø-ÿ][\w-]*")
_SUBJECT = "(?:the|an?|this|these|that|those|it|they|we|he|she|there) "
_TIE = re.compile(
    r"(?i)\A(?:(?:but|and) (?!for |so )"
    "|(?:yet|so|also|thus|hence|therefore|however|moreover|furthermore|indeed|of course), "
    f"|(?:however|therefore|of course) (?={_SUBJECT})|(?:because|as) (?={_SUBJECT})(?!.*,))+"
)
_NO_CLAUSE = re.compile(r"(?i)(?:that|because|that['’]s|as a result)\b(?! (?:is|was|would|argument|claim)\b)")
# Words that are never names, so that they can lose the capital of a sentence's beginning.
_FUNCTION_WORDS = frozenset((get_data("argmap.formats", "function_words.txt") or b"").decode().split())


def capitalised(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a full stop, unless it ends as a sentence does."""
    text = _REFERENCE.sub(r"\1.", text.strip())
    if not text or _END.search(text):
        return text
    bare = text.rstrip(",;:")
    is_entity = _ENTITY.search(bare[-12:]) and text.startswith(";", len(bare))
    return f"{bare};." if is_entity else f"{bare}."


@lru_cache(128)  # a long statement may be said many times
def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def untied(text: str) -> str:
    """The text without the words that tie it to what its author wrote before: But, Therefore, Of course."""
    return _TIE.sub("", text) or text


def names_in(map: ArgumentMap) -> frozenset[str]:
    """The words that an author writes with a capital inside sentences, and those of the holders' names."""
    texts = [statement.text for statement in map.statements] + [f"a {holder}" for holder in map.holders]
    return frozenset(word for text in texts for word in _CAPITAL_INSIDE.findall(text))


def clause(text: str, names: frozenset[str]) -> str | None:
    """A text as it stands inside another sentence, or None where it has to be a sentence of its own.

    Only the words above lose their capital, and names keep it. A question, several sentences, or a first word
    that may be a name or not cannot stand inside a sentence. A word that ties the text to the one before is left out.
    """
    text = flat(text)
    if len(text) > 2 * LONGEST_CLAUSE:
        return None
    text = untied(text)
    text = re.sub(r"(?<=\w)(, | )however,? ", lambda match: " ", text)
    text = _REFERENCE.sub(r"\1", text)
    if not text or len(text) > LONGEST_CLAUSE or _TWO_SENTENCES.search(text) or _NO_CLAUSE.match(text):
        return None
    if not text.endswith("..."):
        text = re.sub(r"\.+([\"”’')\]]*)\Z", r"\1", text)
    word = re.split(r"[^\w]", text, maxsplit=1)[0]
    if word.lower() in _FUNCTION_WORDS and word[1:] == word[1:].lower():
        return text[:1].lower() + text[1:]
    stays = word in names or word == "I" or word == word.lower() or word[1:] != word[1:].lower()
    return text if stays else None


def sentence(statement: Statement, names: frozenset[str], mark_up: Callable[[Statement], str]) -> str:
    """A statement as a whole sentence, with its qualifier in front."""
    if statement.missing:
        return "…"
    if statement.qualifier is None:
        return ended(mark_up(statement))
    adverb = statement.qualifier.value.capitalize()
    joined = clause(statement.text, names)
    if joined is None:
        return ended(f"{adverb}: {mark_up(statement)}")
    text = joined[:1] + statement.text.lstrip()[1:]
    return ended(f"{adverb}, {mark_up(evolve(statement, text=text))}")


def verb_ending(holders: Sequence[str]) -> str:
    """The `s` of a verb after these names, or nothing where they are many."""
    return "" if len(holders) > 1 or is_many(holders[0]) else "s"


def held_alike(map: ArgumentMap) -> list[tuple[list[str], list[list[Stance]]]]:
    """Who holds what: holders of the very same things together; stances that differ only in their object together."""
    held: dict[str, dict[tuple[int, str], list[Stance]]] = {}
    order = {attitude: place for place, attitude in enumerate(Attitude)}
    for stance in map.stances:
        group = order[stance.attitude], stance.details
        held.setdefault(stance.holder, {}).setdefault(group, []).append(stance)
    alike: dict[object, tuple[list[str], list[list[Stance]]]] = {}
    for holder, found in held.items():
        groups = [found[group] for group in sorted(found)]
        key = tuple((*group, tuple((one.object, one.quotations) for one in found[group])) for group in sorted(found))
        alike.setdefault(key, ([], groups))[0].append(holder)
    return list(alike.values())


def paragraphs(statement: Statement, mark_up: Callable[[str], str], stress: Callable[[str, bool], str]) -> list[str]:
    """A statement's paragraphs, each on one line.

    Args:
        mark_up: How to escape a text.
        stress: How to mark an escaped text as stressed, or as strongly stressed.
    """
    text = statement.text
    pieces: list[str] = []
    at = 0
    for part in statement.emphasis:
        inside = mark_up(text[part.start : part.end].replace("\n\n", " "))
        pieces += [mark_up(text[at : part.start]), stress(inside, part.strong)]
        at = part.end
    pieces.append(mark_up(text[at:]))
    return [" ".join(each.split("\n")) for each in re.split(r"\n\s*\n", "".join(pieces))]


def renumbered(text: str, numbers: Mapping[str, int]) -> str:
    """The text with the number of a statement in place of each label in parentheses: `as (x1) says`, `as (2) says`."""
    return _LABEL.sub(lambda found: f"({numbers[found[1]]})" if found[1] in numbers else found[0], text)


def labels_named(map: ArgumentMap) -> Iterator[tuple[Statement, str]]:
    """The statements that name a label in their words, each with the first one."""
    labels = {statement.label for statement in map.statements}
    for statement in map.statements:
        named = next((found[1] for found in _LABEL.finditer(statement.text) if found[1] in labels), None)
        if named is not None:
            yield statement, named


def with_numbers(statement: Statement, numbers: Mapping[str, int]) -> Statement:
    """The statement with its words and notes renumbered; a stressed range stays on its words."""
    pieces: list[str] = []
    emphasis: list[Emphasis] = []
    at = length = 0
    for part in (*statement.emphasis, None):
        end = part.start if part else len(statement.text)
        pieces.append(renumbered(statement.text[at:end], numbers))
        length += len(pieces[-1])
        if part:
            pieces.append(renumbered(statement.text[part.start : part.end], numbers))
            emphasis.append(Emphasis(length, length + len(pieces[-1]), part.strong))
            length += len(pieces[-1])
            at = part.end
    notes = tuple(renumbered(note, numbers) for note in statement.notes)
    return evolve(statement, text="".join(pieces), emphasis=tuple(emphasis), notes=notes)


def by_rule(rule: str) -> str:
    """`by modus ponens`; a rule that says `by` or `from` itself stays as it is."""
    return rule if re.match(r"(?:by|from)\b", rule, re.IGNORECASE) else f"by {rule}"


def header_line(facts: Iterable[Fact]) -> str:
    """The line under the title: who, when, and the rest of the header that a reader has a use for."""
    facts = list(facts)
    known = [fact.value for fact in facts if fact.key in ("author", "date")]
    titles = [f"title: {fact.value}" for fact in facts if fact.key == "title"][1:]
    quiet = ("title", "author", "date", "lang")
    others = [f"{fact.key}: {fact.value}" for fact in facts if fact.key not in quiet]
    return ", ".join([*known, *titles, *others])


# Markdown. Nothing in an author's text is markup, whatever it looks like.

# What CommonMark and its common extensions give a meaning to, wherever it stands in a line.
_SPECIAL = re.compile(
    r"[\\`*_\[\]<>&#|~$^{}]|^(?=[-+=](?:\s|\Z))|(?<=^\d)(?=[.)])|(?<=^\d\d)(?=[.)])|!(?=\[)", re.MULTILINE
)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_BARE_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)")


def escape(text: str) -> str:
    """A text on one line, escaped."""
    return _escape(text.replace("\n", " "))


def stressed(statement: Statement) -> str:
    """A statement's text, escaped, with its stress as Markdown has it; a blank line between paragraphs."""

    def stress(text: str, strong: bool) -> str:
        mark = "**" if strong else "*"
        return f"{mark}{text}{mark}"

    return "\n\n".join(paragraphs(statement, _escape, stress))


def _escape(text: str) -> str:
    text = CONTROL.sub("\ufffd", text.replace("\t", " "))
    text = _SPECIAL.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)
    return _BARE_LINK.sub(lambda m: f"{m[1]}&#58;" if m[1] else f"{m[3]}&#46;", text)


@define(eq=False)
class Nested:
    """A statement in an outline: its relation to what it is under, and whether its text stands here."""

    word: str
    id: str
    is_home: bool
    inner: list[Nested] = field(factory=list)


def nested(map: ArgumentMap) -> Iterator[tuple[int | None, list[Nested]]]:
    """The sections (None: before the first heading), each with its statements under what they bear on."""
    from argmap.formats.notation.layout import lay_out

    for section, blocks in lay_out(map).sections:
        items: list[Nested] = []
        for block in blocks:
            levels, therefore, gates = [items], "", list[Nested]()
            for line in block:
                if line.id is None:
                    therefore = f"therefore, {by_rule(line.rule)}," if line.rule else "therefore"
                    gates = []  # go under the conclusion
                    levels = [[], gates]
                    continue
                item = Nested(WORDS.get(line.mark, "").rstrip(":"), line.id, line.home)
                if therefore and line.depth == 0:
                    item.word, item.inner, therefore, levels = therefore, gates, "", [items]
                del levels[line.depth + 1 :]
                levels[-1].append(item)
                levels.append(item.inner)
        yield section, items
