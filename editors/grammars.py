"""Writes the grammars by which editors colour a map, from the one table of `src/argmap/syntax/marks.py`.

    python editors/grammars.py textmate editors/vscode/syntaxes/argmap.tmLanguage.json
    python editors/grammars.py codemirror

Any Python will do; nothing needs to be installed.
"""

import json
import runpy
import sys
from pathlib import Path

MARKS = Path(__file__).parent.parent / "src" / "argmap" / "syntax" / "marks.py"
TABLE = runpy.run_path(str(MARKS))
HIGHLIGHTING, KINDS = TABLE["HIGHLIGHTING"], TABLE["KINDS"]


def textmate() -> dict:
    """For VS Code and whatever else reads TextMate grammars."""

    def captures(kinds: tuple[str, ...]) -> dict:
        return {str(number): {"name": scope(kind)} for number, kind in enumerate(kinds, 1) if kind}

    def scope(kind: str) -> str:
        return f"{KINDS[kind][2]}.{kind}.argmap"

    def patterns(rules: tuple) -> list[dict]:
        found = []
        for pattern, kinds, after in rules:
            if not after:
                found.append({"match": pattern, "captures": captures(kinds)})
                continue
            inner = HIGHLIGHTING[after]
            made = {"begin": pattern, "beginCaptures": captures(kinds), "end": inner.end}
            if inner.kind:
                made["contentName"] = scope(inner.kind)
            found.append({**made, "patterns": [{"include": f"#{after}"}]})
        return found

    header = HIGHLIGHTING["header"]
    # A rule that ends where it begins would end the line, so the header begins where it would not end at once.
    top = {
        "begin": rf"\A(?!{header.end})",
        "end": header.end,
        "patterns": [{"include": "#header"}],
    }
    return {
        "name": "argmap",
        "scopeName": "text.argmap",
        "fileTypes": ["argmap"],
        "patterns": [top, {"include": "#line"}],
        "repository": {name: {"patterns": patterns(context.rules)} for name, context in HIGHLIGHTING.items()},
    }


def codemirror() -> dict:
    """For the page, whose mode takes the table as it is; its build puts it in."""
    return {name: context._asdict() for name, context in HIGHLIGHTING.items()}


if __name__ == "__main__":
    made = json.dumps({"textmate": textmate, "codemirror": codemirror}[sys.argv[1]](), ensure_ascii=False, indent=1)
    if len(sys.argv) > 2:
        out = Path(sys.argv[2])
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(made + "\n", encoding="utf-8")
    else:
        sys.stdout.buffer.write(made.encode())
