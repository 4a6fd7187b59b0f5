"""Texts and bytes of every kind of wrongness, through all that reads them.

    python tests/fuzz/any_text.py [inputs, default 10000] [seed, default 0]

runs that many inputs and stops at the first that breaks a promise, showing the input and its number.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import argmap
from argmap.checking import check
from argmap.diagnostics import Diagnostic
from argmap.errors import DocumentError
from argmap.model import ArgumentMap
from argmap.project.decoding import decode
from argmap.syntax import parse

EXAMPLES = Path(__file__).parents[2] / "examples"
TOKENS = (
    "+", "&", "-", "~", "=>", "><", ">", "@", "---", "----", "#", "##", "//", "because:", "and:", "but:", "although:",
    "then:", "unless:", "provided:", "contradicts:", "(a)", "(b)", "(c)", "(", "x)", " ", "    ", "\t", "\n", "\n",
    "\n", "\n\n", "\n    ", "\n    ", "\n        ", "\r\n", "\r", "{", "}", "{probably}", "{implicit, open}", "{#t}",
    "{url: x}", "\\", "*", "**", '"', "“", "”", ":", ";", ",", "accept", "doubt", "reject", "Name", "text here",
    "Because:", "note:", "title: x", "author: y", "source: s", "\u00a0", "\u3000", "\ufeff", "\x00", "\x85", "\u2028",
    "\ud800", "é", "日本", "ﷺ", "👍🏽", "a" * 50, "–", "•", "->", ".", "!", "// argmap: ignore AM3", "universal", "?",
)  # fmt: skip


def texts() -> list[str]:
    """The project's examples, which are mutated."""
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.argmap"))]


def soup(pick: random.Random) -> str:
    """Pieces of the notation in any order."""
    return "".join(pick.choice(TOKENS) + pick.choice(("", " ", " ")) for _ in range(pick.randint(0, 40)))


def mutated(pick: random.Random, good: str) -> str:
    """A stretch of a good text, with things taken out, put in and repeated."""
    middle = pick.randrange(len(good))
    if pick.random() < 0.8:
        good = good[max(0, middle - 600) : middle + 600]
    text = list(good)
    for _ in range(pick.randint(1, 12)):
        if not text:
            break
        at, what = pick.randrange(len(text)), pick.random()
        if what < 0.3:
            del text[at : at + pick.randint(1, 6)]
        elif what < 0.7:
            text.insert(at, pick.choice(TOKENS))
        else:
            copied = pick.randrange(len(text))
            text[at:at] = text[copied : copied + pick.randint(1, 60)]
    return "".join(text)


def noise(pick: random.Random, good: str) -> bytes:
    """Random bytes, by themselves or inside a good text."""
    some = bytes(pick.randrange(256) for _ in range(pick.randint(0, 80)))
    if pick.random() < 0.5:
        return some
    data = good.encode()
    at = pick.randrange(len(data))
    return data[max(0, at - 400) : at] + some[:6] + data[at : at + 400]


def inputs(count: int, seed: int = 0) -> Iterator[bytes]:
    """So many inputs, the same ones for the same seed; lone surrogates are spelled as three bytes."""
    pick = random.Random(seed)
    good = texts()
    for _ in range(count):
        kind = pick.random()
        if kind < 0.5:
            yield soup(pick).encode("utf-8", "surrogatepass")
        elif kind < 0.85:
            yield mutated(pick, pick.choice(good)).encode("utf-8", "surrogatepass")
        else:
            yield noise(pick, pick.choice(good))


def put_through(data: bytes) -> bool:
    """Read, check and format one input, and hold all promises to it; whether it was good enough to format."""
    source, faults = decode(data, "any.argmap")
    text = source.text
    _in_place(faults, text)
    formatted = _text(text)
    if faults:  # what no file can hold, but Python can pass on: lone surrogates, and any byte as a character
        _text(data.decode("utf-8", "surrogateescape"))
        _text(data.decode("latin-1"))
    return formatted


def _text(text: str) -> bool:
    map = argmap.parse(text, "any.argmap")
    assert map.source is not None
    _in_place(map.diagnostics, text)
    _in_place(check(map), text)
    _places(map, text)
    document = parse(map.source)
    stack = [*document.facts]
    for part in document.parts:
        stack += part if isinstance(part, tuple) else [part]
    while stack:
        line = stack.pop()
        assert 0 <= line.start <= line.end <= len(text), line
        assert line.start <= line.text_start <= line.end, line
        for at, piece in line.pieces(document.text):
            assert document.text.startswith(piece, at), (line, at, piece)
        stack += line.children or ()
    try:
        once = argmap.format_text(text)
    except DocumentError:
        return False
    assert argmap.format_text(once) == once, ("not idempotent", once)
    signs = argmap.format_text(text, marks="signs")
    words = argmap.format_text(text, marks="words")
    assert argmap.format_text(words, marks="signs") == signs
    assert argmap.format_text(signs, marks="words") == words
    return True


def _in_place(found: tuple[Diagnostic, ...], text: str) -> None:
    for diagnostic in found:
        assert diagnostic.labels, diagnostic
        spans = [label.span for label in diagnostic.labels]
        spans += [edit.span for edit in diagnostic.fix.edits] if diagnostic.fix else []
        for span in spans:
            assert 0 <= span.start <= span.end <= len(text), diagnostic
        assert "\n" not in diagnostic.message, diagnostic


def _places(map: ArgumentMap, text: str) -> None:
    quotations = [quotation for statement in map.statements for quotation in statement.quotations]
    relations = (*map.steps, *map.contradictions, *map.stances)
    for placed in (*map.statements, *relations, *map.sections, *map.facts, *quotations):
        assert placed.span is not None
        assert 0 <= placed.span.start <= placed.span.end <= len(text), placed
        assert placed.span.source is map.source
    assert all(step.ground for step in map.steps)
    for statement in map.statements:
        for stressed in statement.emphasis:
            assert 0 <= stressed.start < stressed.end <= len(statement.text), statement


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    formatted = 0
    for number, data in enumerate(inputs(count, seed)):
        try:
            formatted += put_through(data)
        except Exception:
            print(f"input {number} of seed {seed}: {data!r}")
            raise
        if number % 10_000 == 9_999:
            print(number + 1, "inputs", flush=True)
    print(f"{count} inputs, of which {formatted} could be formatted: no promise broken")


if __name__ == "__main__":
    main()
