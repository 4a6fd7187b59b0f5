"""Every code has a page, every page has the same form, and the examples on it do what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap
from argmap import rules
from argmap.diagnostics import Diagnostic
from argmap.diagnostics.explanation import Explanation, codes, explanations

SOURCE = Path(argmap.__file__).parent
PAGES = explanations()
FENCE = re.compile(r"^```argmap (bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    pytest.param(page.code, kind, example, id=f"{page.code}-{kind}-{number}")
    for page in PAGES
    for number, (kind, example) in enumerate(FENCE.findall(page.text))
]
# What these are about is not in the text of one map: bytes, characters that a terminal must not see, pictures,
# other formats, files of sources.
WITHOUT_EXAMPLES = re.compile("AM00[124]|AM39.|AM4..|AM5..")


def test_a_code_is_reported_somewhere_exactly_if_it_has_a_page() -> None:
    reported = {
        code
        for path in (*SOURCE.rglob("*.py"), *SOURCE.rglob("messages.txt"))
        for code in re.findall(r'(?:"|^)(AM[0-9]{3})(?:"| )', path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert reported == set(codes())
    assert [page.code for page in PAGES] == list(codes()) == sorted(codes())
    assert len({page.name for page in PAGES}) == len(PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_page_has_the_form_of_the_others(page: Explanation) -> None:
    assert re.fullmatch(r"[A-Z`].*[.)]", page.summary)
    assert len(page.summary) <= 110
    assert max(map(len, page.text.splitlines())) <= 100
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", page.text) is None, "it is printed to terminals"
    headings = re.findall(r"^## (.*)$", page.text, re.MULTILINE)
    kinds = {kind for kind, _ in FENCE.findall(page.text)}
    if WITHOUT_EXAMPLES.fullmatch(page.code):
        assert headings in (["What it means"], ["What it means", "Why it matters"])
        assert not kinds
    else:
        assert [heading for heading in headings if heading != "Why it matters"] == [
            "What it means",
            "Example",
            "Instead",
        ]
        assert kinds == {"bad", "good"}


@pytest.mark.parametrize("rule", rules.all_rules(), ids=lambda rule: rule.code)
def test_a_rule_has_the_name_and_the_severity_of_its_page(rule: rules.Rule) -> None:
    page = next(page for page in PAGES if page.code == rule.code)
    assert (rule.name, rule.severity) == (page.name, page.severity)


@pytest.mark.parametrize(("code", "kind", "example"), EXAMPLES)
def test_example(code: str, kind: str, example: str) -> None:
    map = argmap.parse(example, "example.argmap")
    found = list(argmap.check(map, ignore=[] if code.startswith("AM2") else ["AM2"]))
    if code.startswith("AM3"):
        found += argmap.check(map, select=[code])
    if kind == "good":
        assert [fault for fault in found if fault.code == code or fault.code[:3] != "AM2"] == []
        return
    also = {"AM126"} if code == "AM109" else set()  # what contradicts itself refutes itself
    assert {fault.code for fault in _of_the_kind(found, code)} - also == {code}
    severities = {page.code: page.severity for page in PAGES}
    for fault in found:
        assert fault.labels, "a fault in a text has a place"
        assert fault.hint or fault.code.startswith("AM2")
        assert fault.severity is severities[fault.code]


def _of_the_kind(found: list[Diagnostic], code: str) -> list[Diagnostic]:
    """Faults of syntax lead to others of structure; what follows from a clash is a matter of AM2 as a whole."""
    if code < "AM1":
        return [fault for fault in found if fault.code < "AM1"]
    return [fault for fault in found if fault.code == code or not code.startswith("AM2")]
