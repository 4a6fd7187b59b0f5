"""Real files by other hands, where ARGMAP_CORPUS names a folder of them: `argdown/*.argdown` with the JSON of
Argdown's own command beside each, and `aif/*.json`."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import networkx
import pytest

from argmap.formats import registry
from argmap.formats.argdown.document import Argument, Inference, Statement
from argmap.formats.argdown.read import read_document
from argmap.formats.losses import Losses
from argmap.text import Source

CORPUS = Path(os.environ.get("ARGMAP_CORPUS", "/nowhere"))
ARGDOWN = sorted(CORPUS.glob("argdown/*.argdown"))
AIF = sorted(CORPUS.glob("aif/*.json"))
pytestmark = pytest.mark.skipif(not (ARGDOWN or AIF), reason="ARGMAP_CORPUS names no folder")


def _source(path: Path) -> Source:
    return Source(str(path), path.read_bytes().decode("utf-8"))


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _without_tags(text: str | None) -> str:
    return _words(text).split(" #")[0]


@pytest.mark.parametrize("path", ARGDOWN, ids=lambda path: path.stem)
def test_argdown_is_understood_as_by_its_own_command(path: Path) -> None:
    losses = Losses()
    document, _, _ = read_document(_source(path), losses)
    theirs: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert not losses.diagnostics

    def members(members: list[dict[str, Any]]) -> list[str]:
        return sorted(_without_tags(m.get("text")) for m in members if not m.get("isReference"))

    assert {s.title: sorted(_without_tags(m.content.text) for m in s.uses if not m.reference)
            for s in document.statements.values()} == {
        title: members(s["members"]) for title, s in theirs["statements"].items()
    }  # fmt: skip
    assert {
        a.title: (
            [(n.member.part.value if n.member.part else None, n.statement.title) for n in a.body],
            [[_words(rule) for rule in i.bar.rules.text.split(",") if rule.strip()] for i in a.inferences],
            sorted(_without_tags(m.content.text) for m in a.uses if not m.reference),
        )
        for a in document.arguments.values()
    } == {
        title: (
            [(p["role"], p["title"]) for p in a["pcs"]],
            [[_words(rule) for rule in p["inference"]["inferenceRules"]] for p in a["pcs"] if p.get("inference")],
            members(a["members"]),
        )
        for title, a in theirs["arguments"].items()
    }

    kinds = {Statement: "equivalence-class", Argument: "argument", Inference: "inference"}

    def title(side: Statement | Argument | Inference) -> str:
        return side.argument.title if isinstance(side, Inference) else side.title

    assert Counter(
        (r.kind.value, kinds[type(r.source)], title(r.source), kinds[type(r.target)], title(r.target))
        for r in document.relations
    ) == Counter((r["relationType"], r["fromType"], r["from"], r["toType"], r["to"]) for r in theirs["relations"])


@pytest.mark.parametrize("path", ARGDOWN, ids=lambda path: path.stem)
def test_argdown_comes_back(path: Path) -> None:
    format = registry.by_name("argdown")
    assert format.read is not None
    assert format.write is not None
    once = format.read(_source(path)).map
    back = format.read(Source("x.argdown", format.write(once).text)).map

    def steps(map: Any) -> Counter[Any]:
        return Counter(
            (s.kind, tuple(map[g].text for g in s.ground), map[s.target].text, s.rule,
             tuple(sorted(map[e].text for e in s.exceptions)))
            for s in map.steps
        )  # fmt: skip

    assert steps(back) == steps(once)
    assert Counter(s.text for s in back.statements) == Counter(s.text for s in once.statements)


def _graph(text: str) -> Any:
    value = json.loads(text)
    value = value.get("AIF", value)
    graph = networkx.DiGraph()
    for node in value["nodes"]:
        if node["type"] in {"I", "RA", "CA"}:
            graph.add_node(str(node["nodeID"]), what=(node["type"], _words(node["text"])))
    for edge in value["edges"] or ():
        if str(edge["fromID"]) in graph and str(edge["toID"]) in graph:
            graph.add_edge(str(edge["fromID"]), str(edge["toID"]))
    return graph


@pytest.mark.parametrize("path", AIF, ids=lambda path: path.stem)
def test_aif_goes_out_as_the_same_graph(path: Path) -> None:
    source = _source(path)
    format = registry.for_reading(source)
    assert format.name == "aif"
    assert format.read is not None
    assert format.write is not None
    conversion = format.read(source)
    assert not conversion.diagnostics
    written = format.write(conversion.map)
    assert networkx.is_isomorphic(_graph(source.text), _graph(written.text), node_match=lambda one, other: one == other)
