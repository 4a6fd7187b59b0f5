"""From a text to a Document: Lark reads the grammar and parses, with our lexer and our builder."""

from __future__ import annotations

import sys
from functools import cache
from importlib.util import source_hash
from io import BytesIO
from pkgutil import get_data
from typing import Any

import lark

from argmap import cache as kept
from argmap.diagnostics import in_source
from argmap.syntax import messages
from argmap.syntax.document import Document, Line
from argmap.syntax.lexer import LineLexer, Reading
from argmap.text import Source, Span

MAX_MARKS = 4_000_000
"""The most lines, blank ones among them, and the most stars, braces, brackets and commas: each takes memory."""


def read(source: Source) -> Document:
    """Read a document. Never raises on its content: faults are in the document's `diagnostics`."""
    if any(source.text.count(sign) > MAX_MARKS for sign in "\n\r{*(,"):
        large = messages.fault("too-large", Span(0, 0), f"{MAX_MARKS:,}", "lines, or marks of one kind")
        return Document(source, "", [], [], [], in_source([large], source))
    reading = Reading(source, grammar())
    tree: Any = grammar().parse(reading, start="document", on_error=reading.recover)
    facts = [part for part in tree if isinstance(part, Line) and part.type == "FACT"]
    parts = tree[len(facts) :]
    found = reading.diagnostics
    if not found and not any(isinstance(part, tuple) for part in parts):
        found.append(messages.fault("empty-document", Span(0, 0)))
    found.sort(key=lambda diagnostic: diagnostic.labels[0].span.start)
    found = messages.completed(found, reading.text)
    return Document(source, reading.text, facts, parts, reading.comments, in_source(found, source))


@cache
def grammar() -> lark.Lark:
    """The parser, made at first use and kept between runs: to make it takes longer than to read a page."""
    text = get_data("argmap.grammars", "argmap.lark")
    assert text is not None, "the grammar file is not installed"
    # What is kept is a pickle of Lark's: of use only to the same grammar, Lark and Python.
    made_of = text + f"{lark.__version__} {sys.implementation.cache_tag}".encode()
    name = f"notation-{source_hash(made_of).hex()}"
    content = kept.read(name)
    if content is not None:
        return lark.Lark.load(BytesIO(content))
    made = lark.Lark(
        text.decode(),
        start=["document", "attributes", "quotation", "stance"],
        parser="lalr",
        lexer=LineLexer,
        transformer=Builder(),
    )
    file = BytesIO()
    made.save(file)
    kept.write(name, file.getvalue())
    return made


class Builder(lark.Transformer[Any, Any]):
    """Runs inside the parser: makes the tree of lines, hanging what is under a line onto it."""

    def _list(self, children: list[Any]) -> list[Any]:
        return children

    def _lines(self, children: list[Any]) -> tuple[Any, ...]:
        return tuple(children)  # half the size of a list

    def _line(self, children: list[Any]) -> Line:
        line: Line = children[0]
        if len(children) > 1:
            line.children = children[1]
        return line

    document = run = body = gates = evidence = _lines
    claim = bar = naming = ground = joined = corollary = exception = condition = contradiction = holding = stray = _line
    attributes = quotation = stance = holders = held = _list
