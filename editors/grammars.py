"""Writes the grammars by which editors colour a map, from the marks and patterns in `src/argmap/syntax`.

    python editors/grammars.py textmate editors/vscode/syntaxes/argmap.tmLanguage.json
    python editors/grammars.py codemirror|markdown|sublime|kate [OUT]
    python editors/grammars.py treesitter FOLDER

Any Python from 3.11 on will do; nothing needs to be installed.
"""

import json
import re
import runpy
import sys
import tomllib
from itertools import accumulate
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
CAPTURES = {
    "mark": ("@operator",), "label": ("@label",), "key": ("@attribute",), "heading": ("@markup.heading", "@title"),
    "attribute": ("@attribute",), "holder": ("@type",), "verb": ("@keyword",), "quotation": ("@string",),
    "note": ("@comment",), "comment": ("@comment",),
}  # fmt: skip


def textmate() -> dict:
    """For VS Code and whatever else reads TextMate grammars."""

    def captures(kinds: tuple[str, ...]) -> dict:
        return {str(number): {"name": _scope(kind)} for number, kind in enumerate(kinds, 1) if kind}

    def patterns(rules: tuple) -> list[dict]:
        found = []
        for pattern, kinds, after in rules:
            if not after:
                found.append({"match": pattern, "captures": captures(kinds)})
                continue
            inner = HIGHLIGHTING[after]
            made = {"begin": pattern, "beginCaptures": captures(kinds), "end": inner.end}
            if inner.kind:
                made["contentName"] = _scope(inner.kind)
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


def _scope(kind: str) -> str:
    return f"{KINDS[kind][2]}.{kind}.argmap"


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
    """For Sublime Text, `bat` and what else reads its syntax definitions: YAML, of which JSON is nearly a part."""

    def rule(pattern: str, kinds: tuple[str, ...], after: str) -> dict:
        made = {"match": pattern, "captures": {n: _scope(kind) for n, kind in enumerate(kinds, 1) if kind}}
        return {**made, "push": after} if after else made

    contexts: dict[str, list[dict]] = {"main": [{"match": "", "push": ["line", "header"]}]}
    for name, context in HIGHLIGHTING.items():
        meta = [{"meta_content_scope": _scope(context.kind)}] if context.kind else []
        rules = [rule(*each) for each in context.rules]
        contexts[name] = [*meta, {"match": context.end, "pop": True}, *rules]
    syntax = {"name": "argmap", "file_extensions": ["argmap"], "scope": "text.argmap", "contexts": contexts}
    text = json.dumps(syntax, ensure_ascii=False, indent=1)
    return "%YAML 1.2\n---\n" + re.sub(r'"(\d+)": ', r"\1: ", text)  # the numbers of groups are numbers


class _Patterns:
    """Regular expressions as steps for the matcher in `treesitter.c`, by way of Python's own parser for them."""

    def __init__(self) -> None:
        self.code: list[object] = []
        self.sets: dict[tuple, int] = {}

    def add(self, pattern: str) -> int:
        """Where the steps of a pattern begin."""
        start = len(self.code)
        self._put(re._parser.parse(pattern, re.MULTILINE))
        self.code.append("MATCH")
        return start

    def set(self, items: list) -> int:
        """The number of a set of characters, kept as ranges in order."""
        ranges = set()
        for kind, value in items:
            name = str(kind)
            if name == "CATEGORY":
                ranges.update(_category(str(value)))
            elif name != "NEGATE":
                ranges.add(value if name == "RANGE" else (value, value))
        merged: list[list[int]] = []
        for low, high in sorted(ranges):
            if merged and low <= merged[-1][1] + 1:
                merged[-1][1] = max(high, merged[-1][1])
            else:
                merged.append([low, high])
        if str(items[0][0]) == "NEGATE":
            edges = [-1, *(edge for pair in merged for edge in pair), sys.maxunicode + 1]
            merged = [[low + 1, high - 1] for low, high in zip(edges[::2], edges[1::2], strict=True) if high - low > 1]
        return self.sets.setdefault(tuple(map(tuple, merged)), len(self.sets))

    def _put(self, parsed: object) -> None:
        for kind, value in parsed:
            match str(kind):
                case "LITERAL":
                    self.code += ["CHAR", value]
                case "NOT_LITERAL" | "ANY" | "IN":
                    self.code += ["SET", self._set_of(kind, value)]
                case "SUBPATTERN":
                    group = value[0]
                    self.code += ["SAVE", 2 * group - 2] if group else []
                    self._put(value[3])
                    self.code += ["SAVE", 2 * group - 1] if group else []
                case "BRANCH":
                    self._branch(value[1])
                case "MAX_REPEAT":
                    self._repeat(*value)
                case "ASSERT" | "ASSERT_NOT":
                    self._look(str(kind) == "ASSERT_NOT", value[1])
                case "AT":
                    places = {"AT_BEGINNING": "LINE_START", "AT_END": "LINE_END", "AT_BOUNDARY": "WORD_EDGE"}
                    self.code.append(places[str(value)])
                case _:
                    raise NotImplementedError(kind)

    def _set_of(self, kind: object, value: object) -> int:
        if str(kind) == "IN":
            return self.set(value)
        return self.set([("NEGATE", None), ("LITERAL", ord("\n") if value is None else value)])

    def _branch(self, branches: list) -> None:
        ends = []
        for number, each in enumerate(branches, 1):
            split = len(self.code)
            self.code += ["SPLIT", split + 3, None] if number < len(branches) else []
            self._put(each)
            if number < len(branches):
                ends.append(len(self.code) + 1)
                self.code += ["JUMP", None]
                self.code[split + 2] = len(self.code)
        for end in ends:
            self.code[end] = len(self.code)

    def _repeat(self, least: int, most: int, inner: object) -> None:
        many = most == re._constants.MAXREPEAT
        (kind, value), *more = inner
        if not more and str(kind) in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
            set = self.set([(kind, value)]) if str(kind) == "LITERAL" else self._set_of(kind, value)
            self.code += ["REPEAT", set, least, 1_000_000 if many else most]
            return
        for _ in range(least):
            self._put(inner)
        for _ in range(1 if many else most - least):
            split = len(self.code)
            self.code += ["SPLIT", split + 3, None]
            self._put(inner)
            self.code += ["JUMP", split] if many else []
            self.code[split + 2] = len(self.code)

    def _look(self, is_not: bool, inner: object) -> None:
        start = len(self.code)
        self.code += ["LOOK", int(is_not), None]
        self._put(inner)
        self.code.append("MATCH")
        self.code[start + 2] = len(self.code)


def _category(name: str) -> list[tuple[int, int]]:
    signs = {"SPACE": r"\s+", "NOT_SPACE": r"\S+", "DIGIT": r"\d+", "WORD": r"\w+"}
    pattern = re.compile(signs[name.removeprefix("CATEGORY_")])
    return [
        (found.start(), found.end() - 1) for found in pattern.finditer("".join(map(chr, range(sys.maxunicode + 1))))
    ]


def treesitter() -> dict[str, str]:
    """For editors that take their colours from Tree-sitter: a parser in C and its queries, by their paths."""
    patterns, kinds, contexts = _Patterns(), ["", *KINDS], [*HIGHLIGHTING]
    word, blank = patterns.set([("CATEGORY", "CATEGORY_WORD")]), patterns.set([("CATEGORY", "CATEGORY_SPACE")])
    most = max(len(groups) for context in HIGHLIGHTING.values() for _, groups, _ in context.rules)
    rules, rows = [], []
    for number, context in enumerate(HIGHLIGHTING.values()):
        made = [
            f"  {{{patterns.add(pattern)}, {contexts.index(after) if after else -1}, "
            f"{{{', '.join(str(kinds.index(kind)) for kind in groups)}}}}},"
            for pattern, groups, after in context.rules
        ]
        rules.append("\n".join([f"static const Rule RULES_{number}[] = {{", *made, "};"]))
        rows.append(f"  {{{patterns.add(context.end)}, {kinds.index(context.kind)}, {len(made)}, RULES_{number}}},")
    ranges = [each for set in patterns.sets for each in set]
    starts = [*accumulate(map(len, patterns.sets), initial=0)]
    pieces, symbols = len(kinds), len(kinds) + 3
    listed, names = ", ".join, ("end", "_line", *KINDS, "text", "pieces")
    tables = [
        f"enum {{ LINE_BEGINS, TOKENS = {pieces}, TEXT = {pieces + 1}, PIECES, SYMBOLS, MOST_GROUPS = {most} }};",
        f"enum {{ WORD = {word}, BLANK = {blank} }};",
        f"enum {{ LINE = {contexts.index('line')}, HEADER = {contexts.index('header')} }};",
        f"#define EACH_PIECE(x) {listed(['x'] * pieces)}",
        f"#define NAMED_PIECES {listed(['{true, true, false}'] * (pieces - 1))}",
        f"#define NUMBERS {listed(map(str, range(symbols)))}",
        f"static const uint16_t PIECE_SYMBOLS[] = {{{listed(map(str, range(1, pieces + 1)))}}};",
        f"static const char *const NAMES[] = {{{listed(map(json.dumps, names))}}};",
        f"static const int32_t SETS[][2] = {{{listed(f'{{{low}, {high}}}' for low, high in ranges)}}};",
        f"static const int SET_STARTS[] = {{{listed(map(str, starts))}}};",
        "enum { CHAR, SET, REPEAT, SPLIT, JUMP, SAVE, LINE_START, LINE_END, WORD_EDGE, LOOK, MATCH };",
        f"static const int32_t CODE[] = {{{listed(map(str, patterns.code))}}};",
        "typedef struct { int code, after; uint8_t kinds[MOST_GROUPS]; } Rule;",
        "typedef struct { int end, kind, count; const Rule *rules; } Context;",
        *rules,
        "\n".join(["static const Context CONTEXTS[] = {", *rows, "};"]),
    ]
    template = Path(__file__).with_name("treesitter.c").read_text(encoding="utf-8")
    queries = [f"({kind}) {' '.join(names)}" for kind, names in CAPTURES.items()]
    return {
        "src/parser.c": template.replace("TABLES\n", "\n".join(tables) + "\n"),
        "queries/argmap/highlights.scm": "\n".join(queries),
    }


if __name__ == "__main__":
    made = {each.__name__: each for each in (textmate, markdown, codemirror, sublime, kate, treesitter)}[sys.argv[1]]()
    text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False, indent=1)
    if sys.argv[1] == "treesitter":
        for path, text in made.items():
            out = Path(sys.argv[2]) / path
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_text(text + "\n", encoding="utf-8")
    elif len(sys.argv) > 2:
        out = Path(sys.argv[2])
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode())
