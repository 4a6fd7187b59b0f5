"""`faults.md`: each source is reported on as printed below it.

    python tests/spec/test_faults.py

writes what is reported now into the page, for a person to read the change.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import argmap
from argmap.diagnostics import Diagnostic, Edit, Severity
from argmap.diagnostics.fixes import apply_fixes

PAGE = Path(__file__).parent / "faults.md"
# Sources show the characters that cannot be seen as escapes: a real backslash is doubled only before these.
_SHOWN = {"␉": "\t", "␣": "\u00a0", "␀": "\x00", "␊": "\u2028"}
_CASE = re.compile(
    r"^### (?P<title>[^\n]+)\n(?P<prose>.*?)```argmap\n(?P<source>.*?)```\n+(?:```text\n(?P<told>.*?)```\n)?",
    re.DOTALL | re.MULTILINE,
)


def _read(shown: str) -> str:
    for sign, character in _SHOWN.items():
        shown = shown.replace(sign, character)
    return shown


def told(shown: str) -> str:
    """What is reported of a source: place, code and message, hint, and what a fix makes of the line."""
    text = _read(shown)
    map = argmap.parse(text)
    assert map.source is not None
    out = []
    for diagnostic in map.diagnostics:
        for number, label in enumerate(diagnostic.labels):
            line, column = map.source.place(label.span.start)
            words = text[label.span.start : label.span.end].replace("\n", "⏎")
            severity = "" if diagnostic.severity is Severity.ERROR else f" {diagnostic.severity.value}"
            head = diagnostic.code + severity
            what = diagnostic.message if number == 0 else label.text
            out.append(f"{head if number == 0 else '    also'} {line}:{column} «{words}» {what}")
        if diagnostic.hint:
            out.append(f"    hint: {diagnostic.hint}")
        if diagnostic.fix:
            safe = "fix" if diagnostic.fix.safe else "unsafe fix"
            out.append(f"    {safe}: {diagnostic.fix.title}: «{_mended(text, diagnostic.fix.edits)}»")
        if diagnostic.form:
            out += [f"    form: {line}" for line in diagnostic.form.split("\n")]
    result = "\n".join(out) + "\n"
    for sign, character in _SHOWN.items():
        result = result.replace(character, sign)
    return result


def _mended(text: str, edits: tuple[Edit, ...]) -> str:
    begin = text.rfind("\n", 0, edits[0].span.start) + 1
    end = text.find("\n", edits[-1].span.end)
    after, position = "", begin
    for edit in edits:
        after += text[position : edit.span.start] + edit.replacement
        position = edit.span.end
    return after + text[position : end if end >= 0 else len(text)]


def _reported(text: str) -> list[object]:
    """What is reported of a text, whatever ends its lines."""
    return [
        (each.code, each.message, each.fix and [re.split("\r\n|[\r\n]", edit.replacement) for edit in each.fix.edits])
        for each in argmap.parse(text).diagnostics
    ]


CASES = list(_CASE.finditer(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_told(case: re.Match[str]) -> None:
    assert told(case["source"]) == case["told"]
    assert case["title"].split()[0] in case["told"]


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_files_from_windows_are_read_alike(case: re.Match[str]) -> None:
    text = _read(case["source"])
    assert _reported(text.replace("\r\n", "\n").replace("\n", "\r\n")) == _reported(text.replace("\r\n", "\n"))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_a_fix_removes_its_fault_and_makes_no_other(case: re.Match[str]) -> None:
    text = _read(case["source"])
    before = argmap.parse(text).diagnostics
    for diagnostic in before:
        if diagnostic.fix is not None:
            fixed, count = apply_fixes(text, [diagnostic], unsafe=True)
            assert count == 1
            left, found = (Counter((d.code, d.message) for d in ds) for ds in (before, argmap.parse(fixed).diagnostics))
            left[diagnostic.code, diagnostic.message] -= 1
            assert not found - left, fixed


def _applied(text: str, fault: Diagnostic) -> str:
    """The text after its author took over the right form of a fault.

    A line of the form that repeats another line stays there as it is; the others take the place of the fault's line.
    """
    assert fault.form is not None
    assert fault.span is not None
    if fault.form.endswith(" …") and fault.code == "AM101":  # a statement that is written nowhere yet
        return f"{text}\n\n{fault.form.replace('…', 'Words.')}\n"
    lines = text.split("\n")
    first, last = (text.count("\n", 0, at) for at in (fault.span.start, max(fault.span.start, fault.span.end - 1)))
    others = sorted({*range(len(lines))} - {*range(first, last + 1)}, key=lambda number: abs(number - first))

    shown = [line for line in fault.form.split("\n") if line]
    repeated = [next((n for n in others if f.strip() in lines[n]), None) for f in shown]
    kept = [number for number in repeated if number is not None]
    indent = re.findall(r"\A *", lines[kept[0]] if kept else "")[0]
    deeper = [line for line in lines[kept[0] + 1 :] if re.match(f"{indent} +(?!$)", line)] if kept else []
    step = re.findall(rf"\A{indent}( +)", deeper[0])[0] if deeper and lines.index(deeper[0]) != first else "    "
    own = [indent + line.replace("    ", step) for line, number in zip(shown, repeated, strict=True) if number is None]
    if len(kept) > 1 and repeated[-1] is not None:  # the lines around it, with no blank line between
        lines[kept[0] + 1 : kept[-1]] = own
    elif kept and repeated[0] is None:  # it stands above
        lines[first : last + 1] = []
        lines[kept[0] : kept[0]] = [*own, ""]
    elif fault.message.startswith("under a bar"):
        lines[first : last + 1] = []
        lines[kept[0] + 1 : kept[0] + 1] = own
    else:
        lines[first : last + 1] = own
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_each_fault_has_a_fix_or_the_right_form_in_the_authors_words(case: re.Match[str]) -> None:
    text = _read(case["source"])
    before = argmap.parse(text).diagnostics
    for diagnostic in before:
        form = diagnostic.form
        if form is None:  # an empty file has no words
            assert diagnostic.fix is not None or diagnostic.code == "AM003", diagnostic
            continue
        others = {(d.code, d.message) for d in before if d is not diagnostic}
        names = {"AM003", "AM101"}  # a piece does not say what its labels name
        left = {(d.code, d.message) for d in argmap.parse(form).diagnostics if d.code not in names}
        assert left <= others, form
        assert len(form.split("\n")) <= 3
        assert set(re.findall(r"\w+", form)) & set(re.findall(r"\w+", text))
        if diagnostic.fix is None:
            after = _applied(text, diagnostic)
            old, found = (Counter((d.code, d.message) for d in ds) for ds in (before, argmap.parse(after).diagnostics))
            old[diagnostic.code, diagnostic.message] -= 1
            assert not found - old, after


def test_messages_are_short() -> None:
    """On average at most 20 words, a message with its hint; no sentence is much longer."""
    said = {f"{d.message}; {d.hint}" for case in CASES for d in argmap.parse(_read(case["source"])).diagnostics}
    longest = sorted(said, key=lambda words: -len(words.split()))
    mean = sum(len(d.split()) for d in said) / len(said)
    assert mean <= 20, [mean, *longest[:5]]
    assert max(len(part.split()) for words in said for part in re.split("; ", words)) <= 25, longest[:5]


def test_the_catalogue_has_what_is_reported_and_no_more() -> None:
    from argmap.syntax.messages import catalogue

    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(argmap.__file__).parent.rglob("*.py"))
    unused = [name for name in catalogue() if f'"{name}"' not in code and not name.startswith("joined-to-")]
    assert not unused
    assert set(re.findall(r'\bfault\("([a-z-]+)"', code)) <= set(catalogue())


def test_every_fault_of_the_notation_is_shown() -> None:
    from argmap.diagnostics.explanation import codes

    shown = {case["title"].split()[0] for case in CASES}
    too_long_for_a_page = {"AM004"}
    assert {code for code in codes() if "AM002" <= code < "AM090"} - shown == too_long_for_a_page


def _update() -> None:
    def rewritten(case: re.Match[str]) -> str:
        return (
            f"### {case['title']}\n{case['prose']}```argmap\n{case['source']}```\n\n"
            f"```text\n{told(case['source'])}```\n"
        )

    PAGE.write_text(_CASE.sub(rewritten, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    _update()
