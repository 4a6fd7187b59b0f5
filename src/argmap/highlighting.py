"""The colours of a text for Pygments, which colours code in documents and terminals; only this file imports it."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups, default
from pygments.token import Text, string_to_tokentype

from argmap.syntax.marks import KINDS, highlighting

TOKENS = {"": Text, **{kind: string_to_tokentype(token) for kind, (_, token, _) in KINDS.items()}}
"""What Pygments calls each kind of text."""


_TABLE = files("argmap.syntax").joinpath("highlighting.toml").read_text(encoding="utf-8")


class ArgmapLexer(RegexLexer):  # type: ignore[misc]
    """The notation, as ```` ```argmap ```` in Sphinx, MkDocs and everything else that asks Pygments."""

    name = "argmap"
    aliases = ("argmap",)
    filenames = ("*.argmap",)
    flags = re.MULTILINE
    tokens: ClassVar = {"root": [default(("line", "header"))]} | {
        name: [
            (context.end, Text, "#pop"),
            *((pattern, bygroups(*map(TOKENS.get, kinds)), *after.split()) for pattern, kinds, after in context.rules),
            (r"\w+|.|\n", TOKENS[context.kind]),
        ]
        for name, context in highlighting(tomllib.loads(_TABLE)).items()
    }
