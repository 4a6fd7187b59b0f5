"""The maps in `examples/`: what people learn from has to be right."""

from __future__ import annotations

from pathlib import Path

import pytest

import argmap
from argmap.analysis.standing import StatusReport
from argmap.pages import measure_file

EXAMPLES = Path(__file__).parents[2] / "examples"
MAPS = sorted(EXAMPLES.glob("*.argmap"))
NAMES = ["debate", "declaration", "jaw-jaw", "lesson", "op-ed", "withdrawal"]


def test_all_are_there() -> None:
    assert set(NAMES) <= {path.stem for path in MAPS}


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_it_is_clean_and_begins_with_what_it_teaches(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("// ")
    told = argmap.check(argmap.load(path))
    worse = [d for d in told if d.severity is not argmap.Severity.NOTE]
    if path.stem == "lesson":
        assert [d.code for d in worse] == ["AM106"]
    else:
        assert worse == []


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_it_is_in_the_canonical_layout(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert argmap.format_text(text) == text


def test_the_essay_is_whole_and_every_statement_rests_on_something() -> None:
    map = argmap.load(EXAMPLES / "jaw-jaw.argmap")
    assert len(map.statements) >= 60
    assert [s.name for s in map.statements if not s.quotations and not s.implicit] == []
    assert {section.title[:2] for section in map.sections} >= {"1.", "2.", "3.", "4.", "5."}
    assert {"Iran", "Washington", "Maliki", "the Arab governments", "Helena Cobban"} <= set(map.holders)
    # The essay is its author's: quote no more than is needed to find the place.
    assert max(len(q.words.split()) for s in map.statements for q in s.quotations) <= 18
    assert [d.code for d in argmap.check(map, ignore=["AM2"])] == ["AM502"]


def test_the_essay_s_quotations_are_looked_for_where_the_essay_is(tmp_path: Path) -> None:
    map_text = (EXAMPLES / "jaw-jaw.argmap").read_text(encoding="utf-8")
    (tmp_path / "jaw-jaw.argmap").write_text(map_text, encoding="utf-8")
    map = argmap.load(tmp_path / "jaw-jaw.argmap")
    quotations = [q.words for s in map.statements for q in s.quotations]
    (tmp_path / "jaw-jaw.txt").write_text("\n\n".join(quotations), encoding="utf-8")
    assert argmap.check(map, ignore=["AM2"]) == ()
    (tmp_path / "jaw-jaw.txt").write_text("\n\n".join(quotations[1:]), encoding="utf-8")
    assert [d.code for d in argmap.check(map, ignore=["AM2"])] == ["AM501"]


def test_the_declaration_rests_on_its_source() -> None:
    map, (coverage,), troubles = measure_file(EXAMPLES / "declaration.argmap")
    assert troubles == ()
    assert coverage.lost == ()
    assert coverage.share > 0.9
    # Only what the map itself says is left unsaid is without a quotation.
    assert [s.name for s in map.statements if not s.quotations and not s.implicit] == []


def test_the_declaration_s_text_is_complete() -> None:
    text = (EXAMPLES / "declaration.txt").read_text(encoding="utf-8")
    paragraphs = [block for block in text.split("\n\n") if block.strip()]
    assert sum(block.startswith(("He has", "He is")) for block in paragraphs) == 18
    assert sum(block.startswith("For ") for block in paragraphs) == 9
    assert text.rstrip().endswith("our Lives, our Fortunes and our sacred Honor.")


def test_what_stands_in_them_is_what_they_say() -> None:
    def standing(name: str) -> StatusReport:
        return argmap.status(argmap.load(EXAMPLES / f"{name}.argmap"))

    debate = standing("debate")
    assert debate["motion"].status.value == "falls"
    assert [step.ground for step in debate.unanswered] == [("clubs",)]
    assert standing("jaw-jaw").rests_on("a") == ("pact",)
    assert standing("jaw-jaw").map["pact"].implicit
    assert standing("lesson")["tom"].status.value == "undecided"
    assert standing("op-ed").rests_on("reopen") == ("affordable", "ninety", "fireworks")


def test_who_is_committed_to_what() -> None:
    def findings(name: str, holder: str) -> list[tuple[str, str]]:
        position = argmap.positions(argmap.load(EXAMPLES / f"{name}.argmap"))[holder]
        return [(finding.kind.name, finding.statement) for finding in position.findings]

    assert findings("declaration", "A signer who held slaves") == [("CLASH", "nobody-owned")]
    assert findings("declaration", "The Congress") == [("UNACKNOWLEDGED", "nobody-owned")]
    assert findings("op-ed", "The mayor") == [("DISOWNED", "vote")]
    assert ("DISOWNED", "no-logistics") in findings("jaw-jaw", "Washington")
    assert ("UNACKNOWLEDGED", "broader") in findings("jaw-jaw", "Rice")
    assert findings("jaw-jaw", "Helena Cobban") == []
