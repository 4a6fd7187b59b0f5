"""Rules about names that a reader could confuse."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Stance, Statement
from argmap.rules._rule import Problem, rule


@rule("AM103", Severity.WARNING)
def near_duplicate_labels(map: ArgumentMap) -> Iterator[Problem]:
    """Two labels are so similar that a reader could confuse them."""
    labelled = {s.label: s for s in map.statements if s.label is not None and not s.missing}
    pairs = {later: (earlier, "look the same") for later, earlier in _collisions(labelled, _shape)}
    for later, earlier in _collisions(labelled, _label_key):
        pairs.setdefault(later, (earlier, _difference(later, earlier)))
    slips = {
        later: (earlier, "differ by one typing error")
        for later, earlier in _typing_errors(label for label in labelled if label not in pairs)
        if _is_slip(labelled[later], labelled[earlier])
    }
    for later, (earlier, how) in (pairs | slips).items():
        yield Problem(
            f"the labels ({earlier}) and ({later}) {how}",
            (labelled[later], "this one"),
            (labelled[earlier], "and this one"),
            hint="give one of them a name that is clearly different",
            severity=Severity.NOTE if later in slips else None,
        )


def _is_slip(one: Statement, other: Statement) -> bool:
    """Whether two labels with one different letter are meant as one: mortality is no slip for morality."""
    first, second = _words(one.name), _words(other.name)
    mine, others = "-".join(sorted(first - second)), "-".join(sorted(second - first))
    if _is_common_slip(mine, others):
        return True
    # Another letter makes another word as often, unless a statement has the other label's word and not its own.
    first, second = _words(one.text), _words(other.text)
    return (others in first and mine not in first) or (mine in second and others not in second)


def _words(text: str) -> set[str]:
    return set(re.split(r"[\W_]+", text.casefold()))


def _is_common_slip(one: str, other: str) -> bool:
    """Whether two words differ as slips do: swapped letters, a letter doubled, or another vowel or none."""
    if one in _REAL_WORDS and other in _REAL_WORDS:
        return False
    if sorted(one) == sorted(other):
        return True
    without = [re.sub(r"[aeiouy]|(.)(?=\1)", "", word) for word in (one, other)]
    return without[0] == without[1]


_REAL_WORDS = frozenset(
    """
    casual causal marital martial united untied complement compliment stationary stationery prescribe proscribe
    prescription proscription discreet discrete desert dessert ingenious ingenuous principal principle
    perspective prospective founding finding conservative conversation conservation precedent president
    """.split()  # noqa: SIM905, a list would be unreadable
)


def _label_key(label: str) -> str:
    """The label without case and accents, with one kind of separator; nothing where there are too few letters."""
    key = re.sub(r"[-_.]+", "-", _plain(label))
    return key if sum(char.isalpha() for char in key) >= 3 else ""


def _difference(one: str, other: str) -> str:
    if one.casefold() == other.casefold():
        return "differ only in case"
    return "differ only in accents" if _plain(one) == _plain(other) else "hardly differ"


@rule("AM104", Severity.WARNING)
def near_duplicate_holders(map: ArgumentMap) -> Iterator[Problem]:
    """Two holders' names are so similar that they are probably the same."""
    first: dict[str, Stance] = {}
    for stance in map.stances:
        first.setdefault(stance.holder, stance)
    pairs = dict(_collisions(first, _holder_key))
    slips = dict(_typing_errors(name for name in first if name not in pairs))
    for later, earlier in (pairs | slips).items():
        how, severity = "are probably the same holder", None
        hint = f"write the name in one way, “{earlier}”"
        if later in slips:
            # Of single names, many differ by a letter: Hansen, Hanson.
            if len(_words(later)) == 1 and sorted(later) != sorted(earlier):
                continue
            how, severity = "differ by one typing error", Severity.NOTE
            hint = "if they are the same holder, write the name in one way"
        places = (first[later], f"“{later}” here"), (first[earlier], f"“{earlier}” here")
        yield Problem(f"“{later}” and “{earlier}” {how}", *places, hint=hint, severity=severity)


def _holder_key(name: str) -> str:
    key = re.sub(r"[\W_]+", " ", _plain(name)).strip().removeprefix("the ").replace(" ", "")
    return key if len(key) > 1 else ""


# Letters of other scripts that look like a Latin letter in every common typeface.
_LOOKS_LIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсухԁһԛԝ"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳ",
    "ABESIJKMHOPCTXYaesijopcyxdhqwABEZHIKMNOPTYXocj",
)

# Above this many names they were made by a program, so typing errors are unlikely.
_MOST_TYPED_NAMES = 5_000
_LEAST_LETTERS, _MOST_LETTERS = 6, 60


def _shape(name: str) -> str:
    """A name with look-alike letters made one: equal shapes look the same on the page."""
    if name.isascii():
        return name
    return unicodedata.normalize("NFKC", name).translate(_LOOKS_LIKE)


def _plain(name: str) -> str:
    """A name's shape without case and accents."""
    if name.isascii():
        return name.casefold()
    letters = unicodedata.normalize("NFKD", _shape(name).casefold())
    return unicodedata.normalize("NFC", re.sub("(?<=[a-zα-ω])[\u0300-\u036f]+", "", letters))


def _collisions(names: Iterable[str], key: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Pairs (later, first) of different names with one key; an empty key meets nothing."""
    first: dict[str, str] = {}
    for name in dict.fromkeys(names):
        found = key(name)
        if found and (earlier := first.setdefault(found, name)) != name:
            yield name, earlier


def _typing_errors(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs (later, earlier) of long names that differ by one typing error inside a word.

    A letter too many, too few, wrong, or two swapped; not at either end (`right`, `rights`; `moral`,
    `amoral`; `plan-a`, `plan-b`), and never where there is a digit in the name.
    """
    typed = [
        name
        for name in dict.fromkeys(names)
        if _LEAST_LETTERS <= len(name) <= _MOST_LETTERS and not re.search(r"\d", name)
    ]
    if len(typed) > _MOST_TYPED_NAMES:
        return
    # Two names with one typing error between them become equal when the right letter is left out of either.
    met: dict[str, str] = {}
    for name in typed:
        near: str | None = None
        for i in range(len(name)):
            earlier = met.setdefault(name[:i] + name[i + 1 :], name)
            if near is None and earlier != name and _one_error(name, earlier):
                near = earlier
        if near is None and (whole := met.get(name)) is not None and _one_error(name, whole):
            near = whole
        met.setdefault(name, name)
        if near is not None:
            yield name, near


def _in_common(short: str, long: str) -> int:
    """How many letters two words have in common before the first that differs."""
    return next((place for place, letter in enumerate(short) if long[place] != letter), len(short))


def _one_error(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    start = _in_common(short, long)
    end = _in_common(short[start:][::-1], long[start:][::-1])
    left, right = short[start : len(short) - end], long[start : len(long) - end]
    if len(right) > 2 or (len(right) == 2 and left != right[::-1]):
        return False
    # Inside a word of some length: short words often differ by a letter.
    before = len(re.split(r"[\W_]", long[:start])[-1])
    after = len(re.split(r"[\W_]", long[len(long) - end :])[0])
    doubled = not left and right == long[start - 1 : start] and right not in "aeious"
    return before > 0 and (after > 0 or doubled) and before + len(right) + after >= _LEAST_LETTERS
