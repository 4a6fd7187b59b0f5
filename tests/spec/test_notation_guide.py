"""What docs/notation.md says of the notation is so: each snippet, each table, and what the prose promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap
from argmap.diagnostics.fixes import apply_fixes
from argmap.model import Qualifier
from argmap.syntax.habits import KNOWN_FACTS
from argmap.syntax.marks import SIGNS, WORDS

GUIDE = (Path(__file__).parents[2] / "docs" / "notation.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"^```argmap ?([^\n]*)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
GOOD = [pytest.param(text, id=text.splitlines()[0][:40]) for info, text in SNIPPETS if not info]
BAD = [pytest.param(info.split()[1], text, id=info) for info, text in SNIPPETS if info]


def having(words: str) -> argmap.ArgumentMap:
    """The map of the one good snippet that has these words."""
    (text,) = [text for info, text in SNIPPETS if not info and words in text]
    return argmap.parse(text)


def stands(text: str, label: str) -> str:
    return argmap.status(argmap.parse(text))[label].status.value


def test_the_snippets_are_found() -> None:
    assert len(GOOD) >= 17
    assert len(BAD) >= 13
    assert GUIDE.count("```argmap") == len(SNIPPETS)


@pytest.mark.parametrize("text", GOOD)
def test_a_good_snippet_is_without_fault_and_laid_out_as_the_formatter_does(text: str) -> None:
    assert argmap.check(argmap.parse(text), ignore=["AM2"]) == ()
    assert argmap.format_text(text) == text


@pytest.mark.parametrize("text", GOOD)
def test_signs_and_words_say_the_same(text: str) -> None:
    words = argmap.format_text(text, marks="words")
    assert argmap.parse(words) == argmap.parse(text)
    assert argmap.format_text(words, marks="signs") == argmap.format_text(text, marks="signs")


@pytest.mark.parametrize(("code", "text"), BAD)
def test_a_bad_snippet_is_told_of_by_its_code(code: str, text: str) -> None:
    assert {fault.code for fault in argmap.parse(text).diagnostics} == {code}


def test_every_mark_is_in_both_tables() -> None:
    relations, sheet = GUIDE.split("## The cheat sheet")
    for type, word in WORDS.items():
        sign = f"`{SIGNS[type]}`" if type in SIGNS else ""
        assert re.search(rf"^\| {re.escape(sign)} ?\| `{word}` \|", relations, re.MULTILINE), word
        assert re.search(rf"^\| [a-z ]+ \| {re.escape(sign)} ?\| `{word}` \|$", sheet, re.MULTILINE), word
    for sign in SIGNS.values():
        assert f"| `{sign}` |" in sheet


def test_the_cheat_sheet_uses_every_mark() -> None:
    sheet = [text for info, text in SNIPPETS if not info][-1]
    lines = [line.split()[0] for line in sheet.splitlines() if line.strip()]
    assert set(SIGNS.values()) | {"unless:", "provided:", "---", "//"} <= set(lines)


def test_the_header_keys_and_attributes_are_the_known_ones() -> None:
    (said,) = re.findall(r"argmap knows (.*?)\. Any", GUIDE)
    assert set(re.findall(r"`(\w+)`", said)) == set(KNOWN_FACTS)
    for word in ("certainly", "probably", "presumably", "possibly", "implicit", "open", "unproved"):
        assert f"`{word}`" in GUIDE
        assert argmap.parse(f"(a) Tea. {{{word}}}").diagnostics == ()


def test_labels() -> None:
    map = argmap.parse("(bus) One.\n    + (Bus) Two.\n    - (2.1_b-ü) Three.\n        + (as we shall see) Four.")
    assert map.diagnostics == ()
    assert [statement.label for statement in map.statements] == ["bus", "Bus", "2.1_b-ü", None]
    assert argmap.parse("\\(Sic) is what he wrote.").statements[0].text == "(Sic) is what he wrote."


def test_joined_premises_are_one_reason() -> None:
    map = having("The air would be better")
    assert [step.ground for step in map.steps] == [("stay", "trade"), ("air",)]
    between = argmap.parse("A.\n    + (b) B.\n        - (c) C.\n    & (d) D.")
    assert ("b", "d") in [step.ground for step in between.steps]


def test_a_granted_point_does_not_count_and_an_objection_does() -> None:
    assert stands("(a) A.\n    ~ B.", "a") == "stands"
    assert stands("(a) A.\n    - B.", "a") == "falls"
    assert stands("(a) A.\n    - B.\n        - C.", "a") == "stands"
    assert stands("(a) A.\n    - B.\n        unless: (c)\n\n(c) C.", "a") == "stands"


def test_conditions_and_exceptions_speak_of_the_step_or_of_the_statement() -> None:
    map = having("It rains on most Saturdays")
    reason = next(step for step in map.steps if step.ground == ("stay",))
    assert reason.exceptions == ("rain",)
    assert [step.target for step in map.steps if step.ground == ("survey",)] == ["stay"]
    assert argmap.status(map)["rain"].status.value == "falls"  # presumed
    assert argmap.status(map, withdraw=["survey", "company"])["bus"].status.value == "falls"
    assert argmap.status(map, withdraw=["survey"])["bus"].given == ("company",)
    both = having("its market and its quiet")
    assert both.steps == ()
    assert (both.statements[0].conditions, both.statements[0].exceptions) == (("early",), ("fair",))
    for mark in ("><", "unless:", "provided:"):
        gated = argmap.parse(f"(a) A.\n    {mark} (b) B.\n        provided: (c) C.")
        assert gated.steps == ()
        assert gated.statements[1].conditions == ("c",)


def test_an_exception_holds_once_it_is_supported_or_claimed_elsewhere() -> None:
    text = "(a) A.\n    + (b) B.\n        unless: (c)"
    assert stands(text + " C.", "a") == "stands"
    assert stands(text + " C.\n            + D.", "a") == "falls"
    assert stands(text + "\n\n(c) C.", "a") == "falls"


def test_bars() -> None:
    map = having("Somebody is mortal")
    assert [(step.ground, step.target, step.rule) for step in map.steps if step.rule] == [
        (("1", "2"), "3", "universal instantiation"),
        (("3",), "5", "by (4)"),
    ]
    assert [step.exceptions for step in having("Tweety flies").steps] == [("penguin",)]


def test_quotations_and_notes() -> None:
    statement = next(s for s in having("third paragraph").statements if s.label == "leave")
    assert [quotation.where for quotation in statement.quotations] == ["third paragraph"]
    assert statement.notes == ("She argued this in public in 2007.",)
    for quoted in ('"tea"', "“tea”", "„tea“", "«tea»"):
        read = argmap.parse(f"(a) Tea.\n    > {quoted}").statements[0]
        assert [quotation.words for quotation in read.quotations] == ["tea"]
    assert argmap.parse('(a) Tea.\n    > \\"Tea" is his word.').statements[0].notes == ('"Tea" is his word.',)


def test_quotations_are_looked_up_in_the_source(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").write_text("Tea is good.", encoding="utf-8")
    path = tmp_path / "essay.argmap"
    for words, codes in (("Tea is good", []), ("Coffee is far better", ["AM501"])):
        path.write_text(f'source: essay.txt\n\n(a) Tea.\n    > "{words}"\n', encoding="utf-8")
        assert [fault.code for fault in argmap.check(argmap.load(path))] == codes


def test_stances() -> None:
    map = having("Ms Okafor")
    assert [(s.holder, s.attitude.value, s.statement) for s in map.stances if s.holder != "Shopkeepers"] == [
        ("Ms Okafor", "accept", "close"),
        ("Bus company", "accept", "stay"),
        ("Bus company", "doubt", "close"),
        ("Bus company", "reject", "bus"),
    ]


def test_stances_on_steps_with_date_and_evidence() -> None:
    doubt, accept, reject = having("the local paper").stances
    assert (doubt.date, accept.date, reject.date) == ("2023", "2024-05", "2024-05")
    assert reject.ids == ("close", "bus")
    assert (reject.by, reject.hedge) == ("the local paper", Qualifier.PROBABLY)
    assert [each.where for each in accept.quotations] == ["page 3"]


def test_text_paragraphs_emphasis_and_escapes() -> None:
    text = having("from the church").statements[0].text
    assert text.endswith("to the old bridge.\n\nIt has done so once before, in the summer of the fair.")
    cold, log = having("degrees").statements
    assert cold.text == "- 5 degrees is the coldest it has been in our main street."
    assert [cold.text[e.start : e.end] for e in cold.emphasis] == ["main"]
    assert log.text == "The log of the station says: 2 * 3 readings, each *checked* {sic} and signed."
    assert log.emphasis == ()
    assert argmap.parse("(a) See https://example.org // there.").statements[0].text.endswith("// there.")


def test_attributes() -> None:
    stay, trade, jobs = having("new jobs").statements[1:]
    assert (stay.tags, trade.implicit, jobs.open) == (("trade",), True, True)
    assert jobs.data == (("page", "12"), ("found", "in print, and online"))


def test_a_dash_is_mended_and_a_bullet_is_not() -> None:
    dash, bullet = "Tea.\n    – Coffee.\n", "Tea.\n    * Coffee.\n"
    assert apply_fixes(dash, argmap.parse(dash).diagnostics)[0] == "Tea.\n    - Coffee.\n"
    assert apply_fixes(bullet, argmap.parse(bullet).diagnostics) == (bullet, 0)


@pytest.mark.parametrize("text", ["Tea.\n\t+ Warm.\n\t\t+ Calm.\n", "Tea.\r\n  + Warm.\r\n\r\n  + Calm.\r\n"])
def test_any_indentation_and_line_end_will_do(text: str) -> None:
    map = argmap.parse(text)
    assert map.diagnostics == ()
    assert len(map.steps) == 2
