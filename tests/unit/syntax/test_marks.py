"""One table says what marks there are: a change there and in the grammar changes all of argmap."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import argmap
from argmap.syntax import parse
from argmap.syntax.marks import MARKS, SIGNS, TYPE_OF, WORDS
from argmap.syntax.messages import TYPE_MEANT
from argmap.text import Source

ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, sys
import argmap
from argmap.formats import notation, outline
from argmap.model import Statement, Step, StepKind
text = "(a) Tea is good.\\n    since: (b) It is warm.\\n        whenever: (c) It is hot.\\n"
map = argmap.parse(text)
old = argmap.parse(text.replace("since:", "because:"))
given = argmap.ArgumentMap(
    statements=(Statement(id="a", label="a", text="A."), Statement(id="%1", text="since it is so")),
    steps=(Step(kind=StepKind.OBJECTION, ground=("%1",), target="a"),),
)
print(json.dumps({
    "file": argmap.__file__,
    "ok": map.ok,
    "steps": [(step.kind.value, step.ground, step.exceptions) for step in map.steps],
    "words": argmap.format_text(text.replace("since:", "+"), marks="words"),
    "written": notation.write(map).text,
    "guarded": notation.write(given).text,
    "outline": outline.write(map).text,
    "old": [(d.code, d.hint) for d in old.diagnostics],
    "nearly": [(d.code, d.hint) for d in argmap.parse(text.replace("since:", "since")).diagnostics],
}))
"""


def test_a_mark_that_is_changed_in_the_table_and_in_the_grammar_changes_everywhere(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src" / "argmap", tmp_path / "argmap", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "grammars", tmp_path / "argmap" / "grammars")
    for file in (
        *(tmp_path / "argmap/syntax" / name for name in ("marks.py", "words.txt")),
        tmp_path / "argmap/grammars/argmap.lark",
    ):
        text = file.read_text(encoding="utf-8")
        text = text.replace("REASON since for ", "REASON because for ")  # what other people write for it
        text = text.replace('"because:"', '"since:"').replace('"unless:"', '"whenever:"')
        file.write_text(text, encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert found["file"].startswith(str(tmp_path))
    assert found["ok"]
    assert found["steps"] == [["reason", ["b"], ["c"]]]
    assert "    since: (b)" in found["words"]
    assert "whenever: (c)" in found["written"]
    assert "- \\since it is so" in found["guarded"]
    assert "*since*" in found["outline"]
    assert "*whenever*" in found["outline"]
    assert [code for code, _ in found["old"]] == ["AM028"]
    assert "did you mean `since:`?" in found["old"][0][1]
    assert [code for code, _ in found["nearly"]] == ["AM027"]
    assert "write `since:`" in found["nearly"][0][1]


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark.sign or mark.word], ids=lambda mark: mark.type)
def test_each_row_is_a_mark_of_the_grammar(mark: object) -> None:
    from argmap.syntax.parser import grammar

    assert grammar().get_terminal(mark.type)  # type: ignore[attr-defined]
    assert mark.role  # type: ignore[attr-defined]
    assert mark.meaning  # type: ignore[attr-defined]


def test_no_two_rows_have_the_same_spelling() -> None:
    assert len(TYPE_OF) == len(SIGNS) + len(WORDS)
    assert set(TYPE_MEANT).isdisjoint(word.rstrip(":") for word in WORDS.values())


def test_the_document_keeps_each_mark_label_and_comment_with_its_place() -> None:
    text = "(a) Tea.  {probably}\n    because: (b) Warm.\n    // no\n    - (c)\n        > note\n\n(c) Hot.\n"
    text += "@ Ann: accept (a), (b)\n"
    document = argmap.parse(text).document
    assert document is not None

    def words(span: argmap.Span | None) -> str:
        return text[span.start : span.end] if span is not None else ""

    lines = [line for line, _ in document.lines()]
    assert [words(document.mark_span(line)) for line in lines] == ["", "because:", "-", ">", "", "@"]
    assert [words(use.span) for use in document.label_uses()] == ["(a)", "(b)", "(c)", "(c)", "(a)", "(b)"]
    assert [words(comment.span) for comment in document.comments] == ["// no"]
    assert [words(a.span) for a in lines[0].content.attributes] == ["probably"]
    assert argmap.ArgumentMap().document is None


def test_a_deep_map_and_its_document_can_be_pickled() -> None:
    text = "".join(f"{' ' * depth}{'+ ' if depth else ''}Level {depth}.\n" for depth in range(3000))
    map = argmap.parse(text)
    again = pickle.loads(pickle.dumps(map))
    assert again == map
    assert again.document is not None
    assert len(list(again.document.lines())) == 3000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(a) x {probbly}", "AM041"),
        ("(a) x {open", "AM040"),
        ('(a) x\n    > "y', "AM043"),
        ("(a) x\n\n@ Ann: likes (a)", "AM051"),
        ("titel: x\n\n(a) x", "AM060"),
        ("(a) x\n    + (a) {open}", "AM042"),
    ],
)
def test_every_fault_of_syntax_is_found_before_names_are_resolved(text: str, code: str) -> None:
    assert [d.code for d in parse(Source("x", text)).diagnostics] == [code]


def test_what_is_read_is_plain_text_and_no_token_of_the_parser() -> None:
    text = '(a) x {probably, #tag, k: v}\n    > note\n    > "words" (where)\n    @ Ann, Bob: accept (a)\n'
    map = argmap.parse(text)
    (statement,) = map.statements
    (quotation,) = statement.quotations
    found = [*statement.notes, quotation.words, quotation.where, *statement.tags, *statement.data[0]]
    found += [stance.holder for stance in map.stances] + [stance.statement for stance in map.stances]
    assert {type(each) for each in found} == {str}
