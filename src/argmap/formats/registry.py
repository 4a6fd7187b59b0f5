"""Finds the formats: every module or package of `argmap.formats` that has a `FORMAT` in it.

Adding a format is adding a file: nothing here names one. Nothing is imported before somebody asks.
"""

from __future__ import annotations

import os
import pkgutil
from functools import cache
from importlib import import_module

import argmap.formats
from argmap.errors import FormatError
from argmap.formats.format import Format
from argmap.text import Source
from argmap.text.words import suggestion


@cache
def formats() -> tuple[Format, ...]:
    """Every format there is, by name."""
    found: list[Format] = []
    for info in pkgutil.iter_modules(argmap.formats.__path__):
        module = import_module(f"{argmap.formats.__name__}.{info.name}")
        here = getattr(module, "FORMAT", ())
        found += [here] if isinstance(here, Format) else here
    return tuple(sorted(found, key=lambda format: format.name))


def by_name(name: str) -> Format:
    """The format with this name.

    Raises:
        FormatError: there is none; the text offers the nearest.
    """
    for format in formats():
        if format.name == name:
            return format
    hint = suggestion(name, [format.name for format in formats()], otherwise="; argmap formats lists all")
    raise FormatError(f"there is no format called {name}{hint}")


def by_suffix(path: str) -> tuple[Format, ...]:
    """The formats that a file's name speaks for, the longest suffix first: several may share `.json`."""
    name = path.lower()
    lengths = {
        format: max((len(suffix) for suffix in format.suffixes if name.endswith(suffix)), default=0)
        for format in formats()
    }
    longest = max(lengths.values(), default=0)
    return tuple(format for format, length in lengths.items() if length == longest > 0)


def for_reading(source: Source) -> Format:
    """The format in which a text is written, from its name and, where that leaves it open, from its content.

    A text without a suffix, or with `.txt`, that nothing else claims is in the notation.

    Raises:
        FormatError: it cannot be found out.
    """
    from argmap.formats.json_text import load

    name = source.name
    ending = os.path.splitext(name)[1].lower()
    is_text = ending in ("", ".txt") or name.startswith("<")
    candidates = [format for format in by_suffix(name) if format.read is not None]
    if len(candidates) == 1 and not is_text:
        return candidates[0]
    for format in candidates or [format for format in formats() if format.read is not None]:
        if format.sniff is not None and format.sniff(source):
            return format
    if is_text:
        return by_name("argmap")
    if ending == ".json":
        load(source)  # for a text that is no JSON at all, this raises an error with its place
    among = " or ".join(format.name for format in candidates)
    reason = f"it is not {among}" if among else "neither its name nor its content says it"
    raise FormatError(f"cannot determine the format of {name}: {reason}; name it with --from")


def for_writing(path: str) -> Format:
    """The format that a file's name asks for.

    Raises:
        FormatError: none, or more than one.
    """
    candidates = [format for format in by_suffix(path) if format.write is not None]
    # The format that a suffix is the name of has it before others: `.json` is ours.
    ending = path.lower().rpartition(".")[2]
    candidates = [format for format in candidates if format.name == ending] or candidates
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        among = " or ".join(format.name for format in candidates)
        raise FormatError(f"{path} could be {among}; name it with --to")
    if path.lower().endswith((".svg", ".png", ".pdf", ".dot", ".html")):
        raise FormatError(f"{path} would be a picture; argmap render draws those")
    raise FormatError(f"the name of {path} says no format; name it with --to")
