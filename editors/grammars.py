"""Writes the grammars by which editors colour a map, from the marks and patterns in `src/argmap/syntax`.

    python editors/grammars.py textmate editors/vscode/syntaxes/argmap.tmLanguage.json
    python editors/grammars.py codemirror|markdown|sublime|kate [OUT]

Any Python from 3.11 on will do; nothing needs to be installed.
"""

import json
import plistlib
import runpy
import sys
import tomllib
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring

SYNTAX = Path(__file__).resolve().parent.parent / "src" / "argmap" / "syntax"
MARKS = runpy.run_path(str(SYNTAX / "marks.py"))
KINDS = MARKS["KINDS"]
HIGHLIGHTING = MARKS["highlighting"](tomllib.loads((SYNTAX / "highlighting.toml").read_text(encoding="utf-8")))
KATE = {
    "text": "dsNormal", "mark": "dsOperator", "label": "dsVariable", "key": "dsAttribute", "heading": "dsFunction",
    "attribute": "dsAnnotation", "holder": "dsDataType", "verb": "dsKeyword", "quotation": "dsString",
    "note": "dsDocumentation", "comment": "dsComment",
}  # fmt: skip


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


def markdown() -> dict:
    """For VS Code: blocks of Markdown that are maps."""
    begin = r"(^|\G)([ \t]*)(`{3,}|~{3,})[ \t]*(argmap)(?=[^\w`][^`]*$|$)"
    inside = {
        "begin": r"(^|\G)(?=.|$)",
        "while": r"(^|\G)(?![ \t]*(`{3,}|~{3,})[ \t]*$)",
        "contentName": "meta.embedded.block.argmap",
        "patterns": [{"include": "text.argmap"}],
    }
    names = {"3": {"name": "punctuation.definition.markdown"}, "4": {"name": "fenced_code.block.language"}}
    block = {
        "begin": begin, "beginCaptures": names, "end": r"(^|\G)[ \t]*(\3)[ \t]*$",
        "name": "markup.fenced_code.block.markdown", "patterns": [inside],
    }  # fmt: skip
    return {"scopeName": "markdown.argmap", "injectionSelector": "L:text.html.markdown", "patterns": [block]}


def kate() -> str:
    """For Kate and what else uses KSyntaxHighlighting. A rule has one colour there, and must take something."""
    contexts = Element("contexts")

    def add(name: str, kind: str, rules: list[dict], **more: str) -> None:
        context = SubElement(contexts, "context", name=name, attribute=kind or "text", lineEndContext="#stay", **more)
        for rule in rules:
            SubElement(context, "RegExpr", rule)

    for name, context in HIGHLIGHTING.items():
        leave = "line" if name == "header" else "#pop"
        rules = [
            {"String": context.end, "context": leave, "attribute": "text"},
            {"String": f"(?={context.end}).", "context": leave, "lookAhead": "true"},
        ]
        for number, (pattern, kinds, after) in enumerate(context.rules):
            rule = {"String": pattern, "attribute": kinds[0] or "text", "context": after or "#stay"}
            if len(kinds) > 1:  # the sign alone; a context of its own takes the rest
                sign, rest = pattern[: pattern.index(")") + 1], pattern[pattern.index(")") + 1 :]
                rule["String"], rule["context"] = f"{sign}(?={rest})", f"{name}{number}"
                then = {"String": rest, "attribute": kinds[-1] or "text", "context": f"#pop!{after}"}
                add(f"{name}{number}", "", [then], fallthroughContext=f"#pop!{after}", lineEmptyContext="#pop")
            rules.append(rule)
        add(name, context.kind, rules, lineEmptyContext="#stay" if name in ("line", "header") else "#pop")
    language = Element(
        "language",
        name="argmap",
        section="Markup",
        extensions="*.argmap",
        version="1",
        kateversion="5.79",
        license="MIT",
    )
    highlighting = SubElement(language, "highlighting")
    highlighting.append(contexts)
    datas = SubElement(highlighting, "itemDatas")
    for kind in ("text", *KINDS):
        SubElement(datas, "itemData", name=kind, defStyleNum=KATE[kind])
    general = SubElement(language, "general")
    SubElement(SubElement(general, "comments"), "comment", name="singleLine", start="//")
    indent(language)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(language, encoding="unicode")


def codemirror() -> dict:
    """For the page, whose mode takes the table as it is; its build puts it in."""
    return {name: context._asdict() for name, context in HIGHLIGHTING.items()}


def sublime() -> str:
    """For Sublime Text, which reads TextMate grammars as property lists."""
    return plistlib.dumps(textmate()).decode()


if __name__ == "__main__":
    made = {each.__name__: each for each in (textmate, markdown, codemirror, sublime, kate)}[sys.argv[1]]()
    text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False, indent=1)
    if len(sys.argv) > 2:
        out = Path(sys.argv[2])
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode())
