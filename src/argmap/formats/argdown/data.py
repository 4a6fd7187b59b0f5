"""The YAML in Argdown's front matter and braces, and what argmap keeps there because Argdown has no words for it.

Only shapes are read, never types: every scalar stays the text its author wrote. Anchors, aliases and tags,
which make YAML dangerous, are refused, and so are depth and size beyond all use.

Everything of ours lies under the one key `argmap`, so that a map written as Argdown comes back as it was:
`{argmap: {role: derived, open: yes}}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from attrs import field, frozen

from argmap.text import Span

Value = str | list["Value"] | dict[str, "Value"]

KEY = "argmap"
DEEPEST = 32
LARGEST = 10_000
"""Most values in one piece of YAML."""
LONGEST = 1_000_000
"""Most characters in one piece of YAML."""

# `{key: value, key: value}` with values that mean themselves, which is nearly all there is; no parser needed.
_SIMPLE = re.compile(r"\{\s*(?:[\w-]+: +(?:[\w][\w .-]*+|\"[^\"\\\n]*+\")\s*+(?:,\s*+(?=[\w])|(?=\})))+\}")
_PAIR = re.compile(r"([\w-]+): +([\w][\w .-]*+|\"[^\"\\\n]*+\")")
# What cannot stand between double quotes as it is, or would end the braces or begin a comment for Argdown.
_AWKWARD = re.compile(r'[\x00-\x1f"\\{}<\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|(?<=/)[/*]')
_PLAIN = re.compile(r"[^\W_][\w .-]*(?<! )")


class DataError(ValueError):
    """The YAML is broken or refused; the text says how, and `line` (from 0) where, if it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def braces(text: str) -> dict[str, Value]:
    """The dictionary in `{…}`, which may hold block YAML where a line end follows the opening brace.

    Raises:
        DataError: it is no dictionary, or refused.
    """
    if _SIMPLE.fullmatch(text):
        return {key: value.strip().strip('"') for key, value in _PAIR.findall(text)}
    first, _, rest = text[1:-1].partition("\n")
    return document(rest if not first.strip() and rest.strip() else text)


def document(text: str) -> dict[str, Value]:
    """The dictionary that a YAML text stands for; empty for an empty text.

    Raises:
        DataError: as above.
    """
    import yaml

    if len(text) > LONGEST:
        raise DataError("larger or deeper than anything of use")
    try:
        value: Any = yaml.load(text.replace("\t", "    "), Loader=_loader())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark is not None else None
        raise DataError(str(getattr(error, "problem", None) or "not YAML"), line) from None
    except (ValueError, RecursionError) as error:
        raise DataError(f"not YAML ({type(error).__name__})") from None
    if value is None or value == "":
        return {}
    if not isinstance(value, dict):
        raise DataError("not a list of keys and values")
    return value


@cache
def _loader() -> Any:
    import yaml

    class Loader(yaml.BaseLoader):
        """Makes texts, lists and dictionaries, and nothing else."""

        values = depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            fault = None
            if isinstance(event, yaml.AliasEvent):
                fault = "aliases (*name) are not read"
            elif event.anchor:
                fault = "anchors (&name) are not read"
            elif event.tag not in (None, "!"):
                fault = "tags (!name) are not read"
            elif self.values >= LARGEST or self.depth >= DEEPEST:
                fault = "larger or deeper than anything of use"
            if fault:
                raise yaml.MarkedYAMLError(problem=fault, problem_mark=event.start_mark)
            self.values += 1
            self.depth += 1
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    return Loader


def written(value: Value) -> str:
    """A value in YAML's one-line form, which any YAML reader takes."""
    if isinstance(value, str):
        if _PLAIN.fullmatch(value) and not _special(value):
            return value
        return '"' + _AWKWARD.sub(lambda match: f"\\u{ord(match[0]):04x}", value) + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return "{" + ", ".join(f"{written(key)}: {written(inner)}" for key, inner in value.items()) + "}"


def _special(text: str) -> bool:
    # What YAML would read as a number, a date, a truth value or nothing; quoted, it stays the text it is.
    return text[0].isdigit() or text.lower() in {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


@frozen
class Extras:
    """What braces held.

    Attributes:
        data: The author's pairs, values as text.
        own: Ours.
        faults: What could not be read, each with its place.
    """

    data: tuple[tuple[str, str], ...] = ()
    own: dict[str, Value] = field(factory=dict)
    faults: tuple[tuple[str, Span], ...] = ()

    def word(self, key: str) -> str | None:
        """One of ours that is a word."""
        value = self.own.get(key)
        return value if isinstance(value, str) else None

    def words(self, key: str) -> list[str]:
        """One of ours that is a list of words; whatever else is in it is passed over."""
        value = self.own.get(key)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


NOTHING = Extras()


def extras_of(found: Iterable[tuple[str, Span]]) -> Extras:
    """The extras in one or more pairs of braces, later ones going before earlier ones."""
    pairs: dict[str, str] = {}
    own: dict[str, Value] = {}
    faults: list[tuple[str, Span]] = []
    for text, place in found:
        try:
            values = braces(text)
        except DataError as error:
            faults.append((f"this YAML cannot be read: {error}", place))
            continue
        for key, value in values.items():
            if key == KEY and isinstance(value, dict):
                own.update(value)
            else:
                pairs[key] = " ".join(value.split()) if isinstance(value, str) else written(value)
    return Extras(tuple(pairs.items()), own, tuple(faults))


# Front matter that says something about the text; all other keys set up Argdown's picture or its parser.
FACTS = {key: key.lower() for key in ("title", "subTitle", "author", "date", "source", "lang", "abstract")}
PRESENTATION = {"model", "color", "map", "dot", "group", "selection", "style", "html", "parser", "images"}
