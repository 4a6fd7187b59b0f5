"""Writes the examples as tests for vscode-tmgrammar-test: under each line, the scopes of what the parser found in it.

python test/grammar.py dist/grammar
"""

import sys
from pathlib import Path

from argmap.service import OpenDocument
from argmap.syntax.marks import KINDS
from argmap.text import Source, Utf16

EXAMPLES = Path(__file__).parents[3] / "examples"


def with_scopes(text: str) -> str:
    """The text, each line of it followed by a line for each piece, which points at it and names its scope."""
    units = Utf16(Source("", text))
    below: dict[int, list[str]] = {}
    for each in OpenDocument(text).highlights:
        start = each.span.start
        for piece in text[start : each.span.end].split("\n"):
            words = piece.strip()
            line, column = units.position(start + piece.find(words))
            length = len(words.encode("utf-16-le")) // 2
            pointer = f"//{' ' * (column - 2)}{'^' * length}" if column > 1 else f"// <{'~' * column}{'-' * length}"
            if words:
                below.setdefault(line, []).append(f"{pointer} {KINDS[each.kind][2]}.{each.kind}.argmap")
            start += len(piece) + 1
    lines = (line for number, words in enumerate(text.split("\n")) for line in (words, *below.get(number, ())))
    return '// SYNTAX TEST "text.argmap"\n' + "\n".join(lines)


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for path in EXAMPLES.glob("*.argmap"):
        (out / path.name).write_text(with_scopes(path.read_text(encoding="utf-8")), encoding="utf-8")
