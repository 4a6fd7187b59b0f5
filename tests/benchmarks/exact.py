"""How exactly files by other hands come in and go back: python tests/benchmarks/exact.py [files or folders …]

Independent readers judge, which share nothing with the importers:

- Argdown (`.argdown`, `.ad`): its own command (ARGDOWN names it), by the statements and relations that it finds.
- AIF (`.json`): nodes and links, before and after a way through a map.

Each file is printed that is not exact, with the number of its reports; one without a report is silent.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from argmap.errors import ArgmapError
from argmap.formats import registry
from argmap.model import ArgumentMap
from argmap.text import Source

COMMAND = os.environ.get("ARGDOWN", "argdown")
KINDS = {"support": "for", "attack": "against", "entails": "then"}
_TAGS = re.compile(r"(?:\s*#(?:\([^)]*\)|[\w-]+))+\s*\Z")

Found = tuple[set[str], Counter[Any]]


def letters(text: str) -> str:
    """A text without what markup may change."""
    return "".join(c for c in text if c.isalnum()).casefold() or text.strip()


# -- Argdown --


def _uses(line: dict[str, Any]) -> list[int]:
    uses = line.get("inference", {}).get("data", {}).get("uses", [])
    return [int(each) - 1 for each in (uses if isinstance(uses, list) else [uses]) if str(each).isdigit()]


def of_command(value: dict[str, Any]) -> Found:
    """The statements and relations that Argdown's command found, by their texts."""

    def text(one: dict[str, Any], title: str) -> str:
        written = (m["text"] for m in one["members"] if not m.get("isReference") and m.get("text", "").strip())
        first = next(written, title)
        return letters(_TAGS.sub("", first) or first)

    texts = {("equivalence-class", title): text(one, title) for title, one in value["statements"].items()}
    found: Counter[Any] = Counter()
    bodies: dict[str, tuple[list[str], str, tuple[Any, str]]] = {}
    steps: dict[tuple[str, int], tuple[Any, str]] = {}
    for title, argument in value["arguments"].items():
        lines = argument.get("pcs") or []
        if not lines:
            texts["argument", title] = text(argument, title)
            continue
        said = [texts["equivalence-class", line["title"]] for line in lines]
        named = {at for line in lines for at in _uses(line)}
        run: list[int] = []
        for index, line in enumerate(lines):
            if "inference" in line:
                uses = _uses(line)
                ground = {*uses, *(at for at in run if at not in named)} if uses else {*run}
                steps[title, index] = tuple(sorted({said[at] for at in ground})), said[index]
                found["step", "inference", *steps[title, index]] = 1
                run = []
            run.append(index)
        premises = [said[at] for at, line in enumerate(lines) if "inference" not in line]
        last = max((index for name, index in steps if name == title), default=-1)
        bodies[title] = premises, said[-1], steps.get((title, last), ((), said[-1]))

    def end(relation: dict[str, Any], side: str) -> str:
        name = relation[side]
        return bodies[name][1] if name in bodies and relation[f"{side}Type"] == "argument" else texts[
            relation[f"{side}Type"], name
        ]  # fmt: skip

    made: dict[str, list[tuple[Any, str]]] = defaultdict(list)
    for relation in sorted(value["relations"], key=lambda each: each["relationType"] == "undercut"):
        kind, name, source = relation["relationType"], relation["to"], end(relation, "from")
        body = bodies.get(name) if relation["toType"] == "argument" else None
        if relation["toType"] == "inference":
            found["exception", source, steps[name, relation["conclusionIndex"]]] = 1
        elif kind in ("contradictory", "contrary"):
            found["contradiction", *sorted((source, end(relation, "to")))] = 1
        elif body and (kind == "undercut" or (kind == "attack" and (len(body[0]) > 1 or body[0] == [source]))):
            found["exception", source, body[2]] = 1
        elif kind == "undercut":
            for step in made[texts[relation["toType"], name]] or [texts[relation["toType"], name]]:
                found["exception", source, step] = 1
        else:
            target = body[0][0] if body and len(body[0]) == 1 and body[0][0] != source else end(relation, "to")
            found["step", KINDS[kind], (source,), target] = 1
            made[source].append(((source,), target))
    return set(texts.values()), found


def of_map(map: ArgumentMap) -> Found:
    """The statements and relations of a map, in the same form."""
    kinds = {"REASON": "for", "OBJECTION": "against", "CONCESSION": "against", "COROLLARY": "then"}
    text = {one.id: letters(one.text) or letters(one.label or "") for one in map.statements}
    found: Counter[Any] = Counter()
    for step in map.steps:
        ends = tuple(sorted({text[id] for id in (*step.ground, *step.conditions)})), text[step.target]
        found["step", kinds.get(step.kind.name, "inference"), *ends] = 1
        found.update({("exception", text[id], ends): 1 for id in step.exceptions})
    for one in map.statements:
        found.update({("exception", text[id], text[one.id]): 1 for id in one.exceptions})
    for pair in map.contradictions:
        found["contradiction", *sorted((text[pair.left], text[pair.right]))] = 1
    return set(text.values()), found


# -- AIF --


def of_aif(value: dict[str, Any]) -> Found:
    """The nodes and links of an AIF file; a scheme goes by its name and what leads to it.

    Of an utterance (L) counts what it is about: its speaker and its act are a stance in a map.
    """
    inner = value.get("AIF")
    graph = inner if isinstance(inner, dict) else value
    nodes = {str(node["nodeID"]): node for node in graph.get("nodes") or ()}
    links = {(str(edge["fromID"]), str(edge["toID"])) for edge in graph.get("edges") or ()}
    links = {link for link in links if link[0] in nodes and link[1] in nodes}
    into = defaultdict(list)
    for start, end in links:
        into[end].append(start)

    def name(id: str) -> str:
        node = nodes[id]
        text = " ".join(str(node.get("text") or node.get("scheme") or "").split())
        if node.get("type") == "I":
            return text
        ground = sorted(" ".join(str(nodes[one].get("text")).split()) for one in into[id] if kind(one) == "I")
        return f"{node['type']} {text} of {ground}"

    def kind(id: str) -> str:
        return str(nodes[id].get("type"))

    kept = {id for id in nodes if kind(id) in ("I", "RA", "CA")}
    said = {
        ("said", name(b)) for a, b in links if kind(a) == "YA" and b in kept and any(kind(c) == "L" for c in into[a])
    }
    return {name(id) for id in kept}, Counter({(name(a), name(b)) for a, b in links if a in kept and b in kept} | said)


def compared(name: str, theirs: Found, ours: Found, reports: list[str], totals: Counter[str]) -> None:
    """Count one file, and print what differs."""
    lost, added = theirs[1] - ours[1], ours[1] - theirs[1]
    texts = theirs[0] ^ ours[0]
    is_exact = not (lost or added or texts)
    totals["files"] += 1
    totals["relations"] += theirs[1].total()
    totals["lost"] += lost.total()
    totals["exact"] += is_exact
    totals["silent"] += not is_exact and not reports
    if not is_exact:
        print(f"{name}: {len(reports)} reports")
        for sign, each in (*(("-", one) for one in lost), *(("+", one) for one in added), *(("~", t) for t in texts)):
            print(f"    {sign} {str(each)[:150]}")
        for report in reports[:5]:
            print(f"    ! {report[:150]}")


def main() -> None:
    given = [Path(each) for each in sys.argv[1:]]
    paths = sorted({path for each in given for path in ([each] if each.is_file() else each.rglob("*"))})
    argdown, aif = registry.by_name("argdown"), registry.by_name("aif")
    assert argdown.read is not None
    assert aif.read is not None
    assert aif.write is not None
    totals: dict[str, Counter[str]] = {"Argdown": Counter(), "AIF": Counter()}
    texts = {f"m{n}": path for n, path in enumerate(paths) if path.suffix in (".argdown", ".ad")}
    with tempfile.TemporaryDirectory() as folder:
        for name, path in texts.items():
            Path(folder, f"{name}.argdown").write_bytes(path.read_bytes())
        if texts:
            subprocess.run([COMMAND, "json", f"{folder}/*.argdown", f"{folder}/out"], check=False, capture_output=True)
        for name, path in texts.items():
            done = argdown.read(Source(path.name, path.read_text(encoding="utf-8")))
            out = Path(folder, "out", f"{name}.json")
            if not out.exists():
                totals["Argdown"]["refused by its own command"] += 1
                totals["Argdown"]["of these without a report"] += not done.diagnostics and bool(done.map.steps)
                continue
            theirs = of_command(json.loads(out.read_text(encoding="utf-8")))
            compared(str(path), theirs, of_map(done.map), [d.message for d in done.diagnostics], totals["Argdown"])
    for path in paths:
        if path.suffix != ".json":
            continue
        text = path.read_text(encoding="utf-8")
        try:
            value = json.loads(text)
            done = aif.read(Source(path.name, text))
        except (ValueError, ArgmapError) as error:
            totals["AIF"]["refused, with the reason"] += 1
            print(f"{path}: {error}")
            continue
        back = aif.write(done.map)
        reports = [each.message for each in (*done.diagnostics, *back.diagnostics)]
        compared(str(path), of_aif(value), of_aif(json.loads(back.text)), reports, totals["AIF"])
    for format, count in totals.items():
        print(format, dict(count))


if __name__ == "__main__":
    main()
