"""The YAML in Argdown's front matter and braces, read as plain text, lists and dictionaries, and written.

Only shapes are read, never types: every scalar stays the text its author wrote. Anchors, aliases and tags,
which make YAML dangerous, are refused, and so are depth and size beyond all use.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml import Event

Value = str | list["Value"] | dict[str, "Value"]

DEEPEST = 32
LARGEST = 10_000
"""Most values in one piece of YAML."""

# `{key: value, key: value}` with values that mean themselves, which is nearly all there is; no parser needed.
_SIMPLE = re.compile(r"\{\s*(?:[\w-]+: +(?:[\w][\w .-]*+|\"[^\"\\\n]*+\")\s*+(?:,\s*+(?=[\w])|(?=\})))++\}")
_PAIR = re.compile(r"([\w-]+): +([\w][\w .-]*+|\"[^\"\\\n]*+\")")
# What cannot stand between double quotes as it is, or would end the braces or begin a comment for Argdown.
_AWKWARD = re.compile(r'[\x00-\x1f"\\{}<\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]|(?<=/)[/*]')
_PLAIN = re.compile(r"[^\W_][\w .-]*(?<! )")


class ValuesError(ValueError):
    """The YAML is broken or refused; the text says how, and `line` (from 0) where, if it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def braces(text: str) -> dict[str, Value]:
    """The dictionary in `{…}`, which may hold block YAML where a line end follows the opening brace.

    Raises:
        ValuesError: it is no dictionary, or refused.
    """
    if _SIMPLE.fullmatch(text):
        return {key: value.strip().strip('"') for key, value in _PAIR.findall(text)}
    inner = text[1:-1]
    first, _, rest = inner.partition("\n")
    return document(rest if not first.strip() and rest.strip() else text)


def document(text: str) -> dict[str, Value]:
    """The dictionary that a YAML text stands for; empty for an empty text.

    Raises:
        ValuesError: as above.
    """
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _built(yaml.parse(text.replace("\t", "    "), Loader=loader))
    except ValuesError:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ValuesError(
            str(getattr(error, "problem", None) or "not YAML"), mark.line if mark is not None else None
        ) from None
    except (ValueError, RecursionError) as error:
        raise ValuesError(f"not YAML ({type(error).__name__})") from None


def _built(events: Iterable[object]) -> dict[str, Value]:
    import yaml

    top: list[Value] = []
    open_: list[list[Value] | dict[str, Value]] = [top]
    keys: list[str | None] = [None]
    count = 0
    for event in events:
        value: Value
        if isinstance(event, yaml.AliasEvent):
            raise ValuesError("aliases (*name) are not read", _line(event))
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            raise ValuesError("anchors (&name) are not read", _line(event))
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag not in (None, "!"):
            raise ValuesError("tags (!name) are not read", _line(event))
        if isinstance(event, yaml.ScalarEvent):
            value = event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            value = []
        elif isinstance(event, yaml.MappingStartEvent):
            value = {}
        elif isinstance(event, yaml.CollectionEndEvent):
            open_.pop()
            keys.pop()
            continue
        else:
            continue
        count += 1
        if count > LARGEST or len(open_) > DEEPEST:
            raise ValuesError("larger or deeper than anything of use")
        inside = open_[-1]
        if isinstance(inside, list):
            inside.append(value)
        elif keys[-1] is None:
            keys[-1] = value if isinstance(value, str) else written(value)
            if not isinstance(value, str):
                open_.append(value)
                keys.append(None)
            continue
        else:
            inside[keys[-1]] = value
            keys[-1] = None
        if not isinstance(value, str):
            open_.append(value)
            keys.append(None)
    if not top or top == [""]:
        return {}
    if not isinstance(top[0], dict) or len(top) > 1:
        raise ValuesError("not a list of keys and values")
    return top[0]


def _line(event: Event) -> int | None:
    return event.start_mark.line if event.start_mark is not None else None


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
