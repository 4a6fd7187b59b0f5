"""The rules are measured on labelled maps: `python tests/spec/test_rules.py` prints precision and recall."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import argmap
from argmap import rules

PAGE = Path(__file__).with_name("rules.md")
DOCUMENTED = PAGE.parents[2] / "docs" / "rules.md"
HEADING = re.compile(r"^## (?:(?=AM)|Whole arguments$)", re.MULTILINE)
FENCE = re.compile(r"^```argmap ((?:AM\d{3} ?)+|none)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BY_DEFAULT = {rule.code for rule in rules.selected()}


@cache
def measured() -> tuple[dict[str, Counter[str]], list[str]]:
    """For each rule how often it was right to speak, wrong to speak and wrong to be silent; and each mistake."""
    counts: dict[str, Counter[str]] = {rule.code: Counter() for rule in rules.all_rules()}
    mistakes: list[str] = []
    for section in HEADING.split(PAGE.read_text(encoding="utf-8"))[1:]:
        code = section[:5]
        for labels, text in FENCE.findall(section):
            judged = BY_DEFAULT | ({code} & counts.keys())
            map = argmap.parse(re.sub(r"‹U\+(\w+)›", lambda match: chr(int(match[1], 16)), text))
            assert map.ok, text
            found = {one.code for one in rules.run(map, select=sorted(judged))}
            wanted = set(labels.split()) - {"none"}
            for each in sorted(judged):
                if each in wanted or each in found:
                    kind = "hit" if each in wanted & found else "miss" if each in wanted else "false alarm"
                    counts[each][kind] += 1
                    mistakes += [f"{kind}: {each} on\n{text}"] if kind != "hit" else []
                elif each == code:
                    counts[each]["silent"] += 1
    return counts, mistakes


def rates(count: Counter[str]) -> tuple[float, float]:
    """Precision and recall."""
    hits = count["hit"]
    return hits / max(hits + count["false alarm"], 1), hits / max(hits + count["miss"], 1)


@pytest.mark.parametrize("code", sorted(measured()[0]))
def test_a_rule_is_right_nine_times_of_ten(code: str) -> None:
    count = measured()[0][code]
    assert count["hit"] >= 3, f"tests/spec/rules.md needs three maps that {code} should report"
    assert count["silent"] >= 2, f"tests/spec/rules.md needs two maps under {code} that are right"
    assert min(rates(count)) >= (0.9 if code in BY_DEFAULT else 0.8)


def test_there_are_enough_labelled_maps() -> None:
    assert len(FENCE.findall(PAGE.read_text(encoding="utf-8"))) >= 150


def table() -> str:
    """What was measured, in Markdown."""
    lines = ["", "| code | name | finds | precision | recall | maps |", "|---|---|---|---|---|---|"]
    for rule in rules.all_rules():
        count = measured()[0][rule.code]
        precision, recall = rates(count)
        wanted, silent = count["hit"] + count["miss"], count["silent"] + count["false alarm"]
        summary = (rule.check.__doc__ or "").strip()
        numbers = f"{precision:.2f} | {recall:.2f} | {wanted} with, {silent} without"
        lines.append(f"| {rule.code} | {rule.name} | {summary} | {numbers} |")
    return "\n".join(lines) + "\n\n"


def documented(page: str) -> str:
    """The page of rules with its table made anew."""
    return re.sub(
        r"(?s)(<!-- table: made by tests/spec/test_rules.py -->\n).*(<!-- end of table -->)",
        lambda match: match[1] + table() + match[2],
        page,
    )


def test_the_page_of_rules_has_what_was_measured() -> None:
    page = DOCUMENTED.read_text(encoding="utf-8")
    assert documented(page) == page, "python tests/spec/test_rules.py makes its table anew"


if __name__ == "__main__":
    DOCUMENTED.write_text(documented(DOCUMENTED.read_text(encoding="utf-8")), encoding="utf-8")
    print(*measured()[1], table(), sep="\n")
