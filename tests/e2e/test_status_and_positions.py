"""`argmap status` and `argmap positions` as they are typed, and what docs/meaning.md says of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import argmap
from argmap.cli import cli

ROOT = Path(__file__).parents[2]
ESSAY = str(ROOT / "examples" / "withdrawal.argmap")


def run(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=text)


def test_status_as_json() -> None:
    result = run("status", ESSAY, "--format", "json", "--withdraw", "kind", "--of", "c")
    assert result.exit_code == 0
    data = json.loads(result.output)
    assert list(data) == ["statements", "unanswered", "changed", "rests_on"]
    keys = ["id", "text", "status", "strength", "either_way", "given", "why"]
    assert all(list(s) == keys for s in data["statements"])
    assert {"id": "d", "from": "stands", "to": "falls"} in data["changed"]
    assert data["rests_on"] == ["a", "pact", "b"]
    data = json.loads(run("status", ESSAY, "--format", "json", "--withdraw", "(pact)").output)
    assert data["unanswered"] == ["leverage"]


def test_answers_keep_to_their_published_schema() -> None:
    from importlib.resources import files

    from jsonschema import Draft202012Validator

    schema = json.loads(files("argmap.analysis").joinpath("answers.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    questions = [("status", "--of", "c"), ("status", "--withdraw", "a"), ("positions",)]
    questions.append(("positions", "--between", "Gates", "Republican Party"))
    for command, *options in questions:
        answer = json.loads(run(command, ESSAY, *options, "--format", "json").output)
        Draft202012Validator({**schema, "oneOf": [{"$ref": f"#/$defs/{command}"}]}).validate(answer)


def test_positions_on_a_date() -> None:
    text = "(a) One.\n\n@ Ann: accept (a) {date: 2006}\n@ Ann: reject (a) {date: 2007-05}\n"

    def rejects(*options: str) -> list[str]:
        output = run("positions", "-", "--format", "json", *options, text=text).output
        return json.loads(output)["holders"][0]["rejects"]

    assert rejects() == ["a"]
    assert rejects("--on", "2007") == ["a"]
    assert rejects("--on", "2007-04") == []
    result = run("positions", "-", "--on", "May 2007", text=text)
    assert result.exit_code == 2
    assert "is not a date" in result.output


def test_status_as_text() -> None:
    output = run("status", ESSAY).output
    assert output.startswith("The case for (a) stands. It hangs on (pact).\n")
    assert "What follows: (b) and (c) stand; (d) stands, at most probably, given (kind)." in output
    assert "(lives)" not in output
    assert "nothing in this map defeats it" in output
    assert "(lives) Until it does" in run("status", ESSAY, "--all").output
    output = run("status", ESSAY, "--assume", "leverage").output
    assert "(a): stands → falls. The objection (leverage) goes through." in output
    output = run("status", ESSAY, "--of", "a").output
    assert output.startswith("The case for (a) stands. It hangs on (pact).\n")
    assert "One objection to (a) itself is enough; elsewhere it takes one too, for instance to (pact)." in output
    chain = [line[2:].split()[0] for line in output.splitlines() if line.startswith("  (")]
    assert chain == ["(lives)", "(pact)", "(leverage)", "(a)"]


SCREEN = 30


@pytest.mark.parametrize("essay", ["withdrawal", "jaw-jaw"])
@pytest.mark.parametrize("command", ["status", "positions"])
def test_the_report_of_an_essay_fits_one_screen(command: str, essay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    lines = run(command, str(ROOT / "examples" / f"{essay}.argmap")).output.splitlines()
    assert len(lines) <= SCREEN
    assert max(map(len, lines)) <= 100


BIRDS = """\
(bird) It is a bird.
    + (wing) It has wings.
        provided: (grown) It is grown.
    - (bat) It is a bat.
        unless: (toy) It is a toy.

(fly) It flies.
    + (wing)
    - (kiwi) It is a kiwi.
    & (new) Kiwis cannot fly.
"""


def test_lists_of_objections_cannot_be_misread() -> None:
    output = run("status", "-", text=BIRDS).output
    assert "Unanswered: (bat) against (bird); (kiwi) & (new) against (fly)." in output
    assert "Both claims that this map argues for fall." in output


def test_a_claim_that_an_exception_would_defeat() -> None:
    text = "(a) It flies.\n    + (b) It has wings.\n        unless: (u) It is a kiwi.\n"
    assert run("status", "-", text=text).output.startswith(
        "The case for (a) stands. It hangs on (b). It would fall if (u) held.\n"
    )


def test_what_if_begins_with_what_changed() -> None:
    output = run("status", ESSAY, "--withdraw", "pact").output
    assert output.startswith("With (pact) withdrawn:\n\nWhat changed:\n  (a): stands → falls.")
    assert "Unanswered: (leverage) against (a)." in output


def test_a_map_without_a_step() -> None:
    assert run("status", "-", text="(a) A.\n\n(b) B.\n").output.startswith(
        "This map argues for no claim.\n\nBoth statements stand (--all"
    )


def test_a_label_that_is_not_there() -> None:
    for option in ("--of", "--withdraw", "--assume"):
        result = run("status", ESSAY, option, "pakt")
        assert result.exit_code == 2
        assert "did you mean (pact)?" in result.stderr


def test_a_map_whose_names_do_not_resolve() -> None:
    for command in ("status", "positions"):
        result = run(command, "-", text="(a) A.\n    + (b)\n")
        assert result.exit_code == 1
        assert "(b) is used but not defined" in result.stderr
        assert result.stdout == ""


def test_positions_as_json() -> None:
    data = json.loads(run("positions", ESSAY, "--format", "json").output)
    assert list(data) == ["holders"]
    assert [holder["name"] for holder in data["holders"]] == [
        "Gates",
        "the uniformed military",
        "Rice",
        "Republican Party",
    ]
    party = data["holders"][3]
    doubts = "Republican Party accepts (a) but doubts"
    assert party == {
        "name": "Republican Party",
        "accepts": ["a"],
        "rejects": [],
        "doubts": ["b", "c"],
        "steps": [],
        "committed": {"accept": ["b", "c"], "reject": []},
        "hedged": [],
        "findings": [
            {
                "kind": "disowned",
                "statement": "b",
                "chain": ["(a) => (b)"],
                "sentence": f"{doubts} (b), which follows by (a) => (b).",
            },
            {
                "kind": "disowned",
                "statement": "c",
                "chain": ["(a) => (b)", "(b) => (c)"],
                "sentence": f"{doubts} (c), which follows by (a) => (b) => (c).",
            },
        ],
    }


def test_positions_as_text() -> None:
    output = run("positions", ESSAY).output
    assert output.startswith("Republican Party is at odds with what they said; nobody else is.\n")
    assert "Gates, the uniformed military and Rice accept (a), (b), (c) and (d)." in output
    assert "accepts (a) but doubts (b) and (c), which follow by (a) => (b) => (c)." in output
    assert "doubts, committed" in run("positions", ESSAY, "--all").output
    assert run("positions", ESSAY, "--holder", "Rice").output.startswith("Rice is at one with what was said.\n")
    assert run("positions", ESSAY, "--holder", "Rise").exit_code == 2


def test_between_two_holders() -> None:
    data = json.loads(run("positions", ESSAY, "--between", "Gates", "Republican Party", "--format", "json").output)
    assert data["between"] == {
        "holders": ["Gates", "Republican Party"],
        "both_say": ["a"],
        "both_committed": ["b", "c"],
        "neither": [],
        "disputes": ["b", "c"],
        "crux": [],
    }
    assert "no crux" in run("positions", ESSAY, "--between", "Gates", "Republican Party").output


@pytest.mark.parametrize(
    "block",
    re.findall(r"```(argmap|python)\n(.*?)```", (ROOT / "docs" / "meaning.md").read_text("utf-8"), re.S),
)
def test_the_snippets_of_the_page_on_meaning(block: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    kind, text = block
    monkeypatch.chdir(ROOT)
    if kind == "python":
        exec(compile(text, "docs/meaning.md", "exec"), {})
    else:
        map = argmap.parse(text)
        assert map.ok
        assert argmap.status(map).rests_on("a") == ("pact",)


def test_a_map_without_statements_has_no_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "m.argmap"
    path.write_text("// nothing yet\n", encoding="utf-8")
    result = run("status", str(path))
    assert result.output.endswith("There is no statement in this map.\n")


def test_nobody_is_compared_with_themselves() -> None:
    result = run("positions", ESSAY, "--between", "Rice", "Rice")
    assert result.exit_code == 2
    assert "name two holders" in result.output
