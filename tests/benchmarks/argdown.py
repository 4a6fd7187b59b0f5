"""Whether Argdown's own command reads what argmap writes with the same relations.

    npm install @argdown/cli                 (outside of the project)
    ARGDOWN=…/node_modules/.bin/argdown python tests/benchmarks/argdown.py [files or folders …]

Every map among the examples, the files given, and the folder that ARGMAP_CORPUS names is written as Argdown, read by
the command, and compared: each step with its premises, its conclusion and what undercuts it, and each contradiction.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from attrs import evolve

import argmap
from argmap.errors import ArgmapError
from argmap.formats import registry
from argmap.model import ArgumentMap

EXAMPLES = Path(__file__).parents[2] / "examples"
COMMAND = os.environ.get("ARGDOWN", "argdown")


def letters(text: str) -> str:
    """A text without what markup may change."""
    return "".join(c for c in text if c.isalnum()).casefold()


def meant(map: ArgumentMap) -> Counter[Any]:
    """What a map says, as far as Argdown has words for it."""
    text = {one.id: letters(one.text) for one in map.statements}

    def texts(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({text[id] for id in ids}))

    found: Counter[Any] = Counter()
    for step in map.steps:
        given = texts((*step.ground, *step.conditions))
        found["step", step.kind.supports, given, text[step.target], texts(step.exceptions)] = 1
    for pair in map.contradictions:
        found["contradiction", *sorted((text[pair.left], text[pair.right]))] = 1
    return found


def understood(value: dict[str, Any]) -> Counter[Any]:
    """What Argdown's command found, in the same form."""
    text = {
        title: next((letters(m["text"]) for m in one["members"] if not m.get("isReference") and m.get("text")), title)
        for title, one in value["statements"].items()
    }
    undercuts: dict[tuple[str, int], list[str]] = {}
    attacks: dict[str, list[str]] = {}
    found: Counter[Any] = Counter()
    bodies = {one["pcs"][-1]["title"] for one in value["arguments"].values() if one.get("pcs")}
    for each in value["relations"]:
        kind, source, target = each["relationType"], each["from"], each["to"]
        if kind == "undercut" and each["toType"] == "inference":
            undercuts.setdefault((target, each["conclusionIndex"]), []).append(text[source])
        elif kind == "contradictory":
            found["contradiction", *sorted((text[source], text[target]))] = 1
        elif kind in ("support", "attack") and each["fromType"] == each["toType"] == "equivalence-class":
            if source in bodies and text[source].startswith("not"):
                attacks.setdefault(source, []).append(text[target])
            else:
                found["step", kind == "support", (text[source],), text[target], ()] = 1
        else:
            found["not meant", kind, each["fromType"], each["toType"], source, target] = 1
    for title, argument in value["arguments"].items():
        run: list[str] = []
        for index, one in enumerate(argument.get("pcs", ())):
            if one.get("inference"):
                against = attacks.get(one["title"]) if index == len(argument["pcs"]) - 1 else None
                for target in against or [text[one["title"]]]:
                    exceptions = tuple(sorted(undercuts.get((title, index), ())))
                    found["step", not against, tuple(sorted(set(run))), target, exceptions] = 1
                run = []
            run.append(text[one["title"]])
    return found


def compared(found: Counter[Any]) -> Counter[Any]:
    """Without what a statement does to itself, which Argdown does not keep."""
    return Counter(
        each for each in found if not (each[0] == "step" and set(each[2]) == {each[3]}) and len({*each[1:]}) > 1
    )


def main() -> None:
    given = [Path(each) for each in (*sys.argv[1:], EXAMPLES, os.environ.get("ARGMAP_CORPUS", EXAMPLES))]
    found = {path for each in given for path in ([each] if each.is_file() else each.rglob("*"))}
    paths = sorted(path for path in found if path.is_file())
    format = registry.by_name("argdown")
    assert format.write is not None
    maps: dict[str, tuple[Path, ArgumentMap]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            try:
                map = argmap.load(path)
            except ArgmapError:
                continue
            if map.ok and map.steps:
                map = evolve(map, statements=tuple(evolve(one, tags=()) for one in map.statements))
                name = f"m{len(maps)}"
                maps[name] = path, map
                Path(folder, f"{name}.argdown").write_text(format.write(map).text, encoding="utf-8")
        subprocess.run([COMMAND, "json", f"{folder}/*.argdown", f"{folder}/out"], check=False, capture_output=True)
        alike = relations = lost = 0
        for name, (path, map) in maps.items():
            out = Path(folder, "out", f"{name}.json")
            theirs = understood(json.loads(out.read_text(encoding="utf-8"))) if out.exists() else Counter([("unread",)])
            theirs = compared(theirs)
            ours = compared(meant(map))
            relations += ours.total()
            lost += (ours - theirs).total()
            alike += ours == theirs
            if ours != theirs:
                print(path, *(f"\n  only ours:  {each}" for each in ours - theirs),
                      *(f"\n  only theirs: {each}" for each in theirs - ours))  # fmt: skip
    print(f"{alike} of {len(maps)} maps read alike; {relations - lost} of {relations} relations")


if __name__ == "__main__":
    main()
