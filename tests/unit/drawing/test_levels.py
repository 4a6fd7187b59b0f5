"""Levels of a picture: every statement, each argument as a box, only main claims and what bears on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import argmap
from argmap.drawing.graph import statement_ids
from argmap.drawing.levels import fold
from argmap.drawing.options import Options
from argmap.drawing.scene import PartKind
from argmap.pages import map_page, write_page
from argmap.rendering import lay_out, status_overlay

TEXT = """
(prudent) We should wait.

(risky) Acting is risky.
(avoid) What is risky is to be avoided.
--- Precaution: modus ponens
(prudent)
    > Precaution: Acting now is too risky.

(reversible) What is done can be undone.
    - (risky)

(prudent)
    + (cheap) Waiting is cheap.
    & (known) Its price is known.

(avoid)
    + (tradition) It always was.
"""


def titles(text: str, **options: object) -> dict[str, tuple[tuple[str, str], ...]]:
    scene, _ = lay_out(argmap.parse(text), **options)  # type: ignore[arg-type]
    return {part.title: part.inside for part in scene.parts if part.kind.value == "statement"}


def test_an_inference_is_a_box_with_the_title_of_its_rule_and_its_premises_inside() -> None:
    shown = titles(TEXT, level="arguments")
    assert shown["(Precaution)"] == (("avoid", "(avoid) What is risky is to be avoided."),)
    assert "(avoid)" not in shown
    assert "(risky)" in shown, "it is an objection elsewhere too"


def test_what_bears_on_a_folded_premise_bears_on_its_argument() -> None:
    steps = fold(argmap.parse(TEXT)).map.steps
    assert ("tradition", "Precaution") in {(*step.ground, step.target) for step in steps}
    assert ("risky", "Precaution") in {(*step.ground, step.target) for step in steps}


def test_the_remark_of_an_argument_is_its_text() -> None:
    folded = fold(argmap.parse(TEXT)).map
    assert folded["Precaution"].text == "Acting now is too risky."


def test_an_unnamed_inference_to_a_premise_is_inside_the_argument_that_has_the_premise() -> None:
    text = "(p) P.\n(q) Q.\n---\n(r) R.\n\n(r)\n(s) S.\n--- Chain\n(t) T."
    folding = fold(argmap.parse(text))
    assert [statement.id for statement in folding.map.statements] == ["Chain", "t"]
    assert len(folding.premises["Chain"]) == 4


def test_only_main_claims_and_what_bears_on_them() -> None:
    shown = titles("(a) A.\n    + (b) B.\n        + (c) C.\n(d) D.", level="claims")
    assert [*shown] == ["(a)", "(b)", "(d)"]


def imported_map(folder: Path) -> argmap.ArgumentMap:
    argdown = "\n\n".join(
        f"<A{n}>\n\n(1) First of {n}.\n(2) Second of {n}.\n----\n(3) [C{n}]: Conclusion {n}." for n in range(5)
    )
    path = folder / "debate.argdown"
    path.write_text(argdown, encoding="utf-8")
    return argmap.load(path)


def test_a_written_map_shows_its_statements_and_an_imported_one_with_many_inferences_its_arguments(
    tmp_path: Path,
) -> None:
    imported = imported_map(tmp_path)
    scene, notices = lay_out(imported)
    assert [notice.code for notice in notices] == ["AM392"]
    assert "10 premises are folded into 5 arguments" in notices[0].message
    assert any(part.inside for part in scene.parts)
    assert not any(part.inside for part in lay_out(imported, level="statements")[0].parts)
    assert not any(part.inside for part in lay_out(argmap.parse(TEXT))[0].parts)


def test_a_premise_that_falls_marks_its_argument_and_its_label_finds_it() -> None:
    map = argmap.parse(TEXT)
    overlay = status_overlay(map, withdraw=["avoid"])
    scene, _ = lay_out(map, level="arguments", overlay=overlay, focus="avoid")
    box = next(part for part in scene.parts if part.title == "(Precaution)")
    assert "withdrawn here" in box.text


def test_a_click_on_an_argument_opens_its_premises() -> None:
    html = argmap.render(argmap.parse(TEXT), "html", level="arguments", id_prefix="x-").decode()
    assert '<a href="#x-statement-Precaution-inside"' in html
    assert '<summary>(Precaution)</summary><ol id="x-statement-Precaution-inside"><li>(avoid) What' in html


def test_the_premises_of_an_argument_are_text_however_they_are_written() -> None:
    text = "(a) <b>A & B.\n(c) C.\n--- <i>R\n(d) D."
    html = argmap.render(argmap.parse(text), "html", level="arguments").decode()
    assert "<li>(a) &lt;b&gt;A &amp; B.</li>" in html
    assert "<i>" not in html


def test_on_a_page_an_argument_leads_to_its_premises() -> None:
    page, _ = map_page(argmap.parse(TEXT), level="arguments")
    links = dict(re.findall(r'<g id="light-(statement-[^"]*)".*?<a href="#s(\d+)"', page, re.DOTALL))
    assert argmap.parse(TEXT).statements[int(links["statement-Precaution"])].label == "avoid"


def test_there_is_no_other_level() -> None:
    with pytest.raises(ValueError, match="no level called 'words': choose from auto, statements, arguments, claims"):
        Options(level="words")


def test_a_section_keeps_the_claim_that_it_opposes_as_a_ghost() -> None:
    text = "# Case\n(claim) We stay.\n\n# Against\n(claim)\n    - (rain) It rains.\n        - (tent) There is a tent."
    for layout in ("flow", "hanging"):
        scene, _ = lay_out(argmap.parse(text), sections="Against", layout=layout)
        claim = next(part for part in scene.parts if part.title == "(claim)")
        assert claim.outlines[0].dashes
        assert any("▲ in Case" in "".join(run.text for run in line.runs) for line in claim.lines)
        assert [part.title for part in scene.parts if part.kind is PartKind.SECTION] in (["Against"], [])
        assert any(part.title == "objection (rain) to (claim)" for part in scene.parts)


def test_a_reason_in_focus_keeps_its_gates() -> None:
    text = "(claim) We go.\n    - (rain) It rains.\n        unless: (old) The forecast is old."
    assert [*titles(text, focus="rain")] == ["(rain)", "(old)"]
    assert any(part.kind is PartKind.EDGE for part in lay_out(argmap.parse(text), focus="rain")[0].parts)


def test_rivals_stay_claims_and_what_a_conclusion_contradicts_is_folded() -> None:
    text = (
        "(h) Fever comes by air.\n    >< (i) Fever comes by touch.\n\n"
        "(h)\n(m) Many breathed it.\n--- Air\n(e) Many fell ill.\n\n"
        "(n) Few were near.\n(o) Who is far breathes none.\n--- Distance\n(f) Few breathed it.\n    >< (m)"
    )
    folding = fold(argmap.parse(text))
    assert {*folding.argument} == {"m", "n", "o"}
    assert {(each.left, each.right) for each in folding.map.contradictions} == {("h", "i"), ("f", "Air")}


def test_what_has_no_label_and_no_relation_is_left_out_of_the_arguments() -> None:
    text = "What follows was written in May.\n\n(p) P.\n(q) Q.\n--- R\n(c) C.\n\n(alone) This has a label."
    assert [*titles(text, level="arguments")] == ["(R)", "(c)", "(alone)"]
    scene, _ = lay_out(argmap.parse(text), level="arguments")
    assert "what has no label and no relation is left out (1)" in scene.description
    assert [*titles("Alone.\n\nToo.", level="arguments")] == ["“Alone.”", "“Too.”"]


def test_a_coverage_page_shows_every_statement_of_an_imported_map(tmp_path: Path) -> None:
    map = imported_map(tmp_path)
    write_page(map, (), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for box in statement_ids(map.by_id).values():
        assert f'id="map-{box}"' in page
