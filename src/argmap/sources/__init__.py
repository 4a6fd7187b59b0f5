"""The texts that a map is about: finding quotations in them, and how much of them a map accounts for.

Nothing here reads a file (see `argmap.project.sources`). Each name is loaded when first used: every `argmap check`
of a map with a source imports this, and few quotations need comparing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.sources.coverage import Coverage as Coverage
    from argmap.sources.coverage import ParagraphUse as ParagraphUse
    from argmap.sources.coverage import Use as Use
    from argmap.sources.coverage import measure as measure
    from argmap.sources.matching import Found as Found
    from argmap.sources.matching import find as find
    from argmap.sources.original import Original as Original
    from argmap.sources.quotations import check_quotations as check_quotations

_WHERE = {
    "Coverage": "coverage",
    "Found": "matching",
    "Original": "original",
    "ParagraphUse": "coverage",
    "Use": "coverage",
    "check_quotations": "quotations",
    "find": "matching",
    "measure": "coverage",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'argmap.sources' has no attribute {name!r}")
    value = getattr(import_module(f"argmap.sources.{_WHERE[name]}"), name)
    globals()[name] = value
    return value
