"""What is written as Argdown or AIF comes back: Argdown all of a map, AIF its graph."""

from __future__ import annotations

import json
from typing import Any

import networkx
from attrs import evolve
from hypothesis import given, settings
from random_maps import maps

from argmap.formats import registry
from argmap.model import ArgumentMap, Emphasis, Fact, Statement
from argmap.text import Source


def _there_and_back(name: str, map: ArgumentMap) -> tuple[ArgumentMap, str]:
    format = registry.by_name(name)
    assert format.read is not None
    assert format.write is not None
    text = format.write(map).text
    return format.read(Source(f"x.{name}", text)).map, text


def _spaced(text: str) -> str:
    """Argdown keeps paragraphs, but all other white space is one space."""
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def _plain(map: ArgumentMap) -> ArgumentMap:
    """The map without what this trip need not keep: spacing, and where stress begins."""

    def statement(one: Statement) -> Statement:
        return evolve(
            one,
            text=_spaced(one.text),
            emphasis=tuple(Emphasis(0, len(_stressed(one, each)), each.strong) for each in one.emphasis),
            data=tuple(
                sorted((key, " ".join(value.split())) for key, value in dict(one.data).items() if key != "title")
            ),
        )

    return evolve(
        map,
        statements=tuple(statement(one) for one in map.statements),
        steps=tuple(evolve(step, rule=None if step.rule is None else _spaced(step.rule)) for step in map.steps),
        facts=tuple(Fact(key=fact.key, value=_spaced(fact.value)) for fact in map.facts),
    )


def _stressed(one: Statement, each: Emphasis) -> str:
    return " ".join(one.text[each.start : each.end].split())


def _told(map: ArgumentMap) -> dict[str, Any]:
    """All of a map in a form that forgets order and the ids of what has no label."""
    plain = _plain(map)
    key = {s.id: s.text for s in plain.statements}

    def names(ids: tuple[str, ...]) -> list[str]:
        return sorted({key[id] for id in ids})

    return {
        "statements": sorted(
            repr((s.text, s.role, s.emphasis, s.qualifier, s.implicit, s.open, s.unproved, s.tags, s.data, s.quotations,
                  s.notes,
                  names(s.conditions), names(s.exceptions), s.section))
            for s in plain.statements
        ),
        "labels": sorted(s.label for s in map.statements if s.label is not None),
        "steps": sorted(
            {repr((s.kind, list(dict.fromkeys(key[g] for g in s.ground)), key[s.target], names(s.conditions),
                   names(s.exceptions), s.rule)) for s in plain.steps}
        ),
        "contradictions": sorted({tuple(sorted((key[c.left], key[c.right]))) for c in plain.contradictions
                                  if c.left != c.right}),
        "stances": sorted((s.holder, s.attitude.value, key[s.statement])
                          for s in plain.stances if s.statement is not None),
        "sections": [(" ".join(s.title.split()), s.level, s.parent) for s in plain.sections],
        "facts": sorted((f.key, f.value) for f in plain.facts),
    }  # fmt: skip


@given(maps())
@settings(max_examples=60, deadline=None)
def test_argdown_comes_back(map: ArgumentMap) -> None:
    back, text = _there_and_back("argdown", map)
    found, expected = _told(back), _told(map)
    # A statement that had to be given a title has a label now.
    labels = expected.pop("labels")
    assert set(labels) <= set(found.pop("labels")), text
    assert found == expected, text


def _graph(text: str) -> networkx.DiGraph:
    value = json.loads(text)
    graph = networkx.DiGraph()
    for node in value["nodes"]:
        if node["type"] in {"I", "RA", "CA"}:
            graph.add_node(node["nodeID"], what=(node["type"], node["text"] if node["type"] == "I" else ""))
    for edge in value["edges"]:
        if edge["fromID"] in graph and edge["toID"] in graph:
            graph.add_edge(edge["fromID"], edge["toID"])
    return graph


@given(maps(largest=5))
@settings(max_examples=60, deadline=None)
def test_aif_says_the_same_the_second_time(map: ArgumentMap) -> None:
    once, _ = _there_and_back("aif", map)
    twice, _ = _there_and_back("aif", once)
    assert [s.text for s in once.statements] == [_spaced(s.text) for s in map.statements]
    assert [s.text for s in twice.statements] == [s.text for s in once.statements]
    assert len(once.steps) == len(twice.steps)
