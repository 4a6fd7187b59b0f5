"""How far boxes move when a map is edited a little: one statement added, reworded or taken away.

`flow` and `hanging` are drawn anew after each edit. `kept` is the default layout drawn with what was chosen for the map
before the edit, as the live page does it.

Run as `python tests/benchmarks/stability.py [MAP ...] [--edits 100]`; without maps, over all examples. For each map and
layout, over random edits of it:

- `median`, `worst`: how far the boxes that stay move in the middle of the edits, and in the worst tenth, points. Of an
  edit it counts how far the box in the middle moves;
- `still`: in how many edits of a hundred that box moves by less than the height of a line.
"""

from __future__ import annotations

import argparse
import random
from math import hypot
from pathlib import Path
from statistics import median, quantiles

from attrs import evolve
from legibility import EXAMPLES, bounds

import argmap
from argmap.drawing.options import OptionValues
from argmap.drawing.scene import PartKind, Scene
from argmap.model import ArgumentMap, Statement, Step, StepKind
from argmap.rendering import lay_out

TEXT = "It has been said before that much of this depends on what people will come to see in it."
LINE = 13.0


def edited(map: ArgumentMap, chance: random.Random) -> ArgumentMap:
    """The map with one change."""
    kind = chance.choice(("add", "reword", "remove"))
    one = chance.choice(map.statements)
    words = TEXT[: chance.randint(12, len(TEXT))].rstrip()
    leaves = [
        each.id
        for each in map.statements
        if each.id not in map.steps_to
        and all(len(step.ground) == 1 for step in map.steps_from.get(each.id, ()))
        and not any(each.id in (pair.left, pair.right) for pair in map.contradictions)
        and not any(each.id in (*of.conditions, *of.exceptions) for of in (*map.steps, *map.statements))
    ]
    if kind == "reword" or (kind == "remove" and not leaves):
        changed = evolve(one, text=f"{one.text} {words}", emphasis=())
        return evolve(map, statements=tuple(changed if each is one else each for each in map.statements))
    if kind == "add":
        new = Statement(id="%new", text=words, section=one.section)
        place = map.statements.index(one) + 1
        step = Step(kind=chance.choice((StepKind.REASON, StepKind.OBJECTION)), ground=("%new",), target=one.id)
        at = chance.randint(0, len(map.steps))
        return evolve(
            map,
            statements=(*map.statements[:place], new, *map.statements[place:]),
            steps=(*map.steps[:at], step, *map.steps[at:]),
        )
    gone = chance.choice(leaves)
    return evolve(
        map,
        statements=tuple(each for each in map.statements if each.id != gone),
        steps=tuple(step for step in map.steps if gone not in step.ground),
        stances=tuple(stance for stance in map.stances if stance.statement != gone),
    )


def places(scene: Scene) -> dict[str, tuple[float, float]]:
    return {part.id: bounds(part)[:2] for part in scene.parts if part.kind is PartKind.STATEMENT}


def moves(map: ArgumentMap, layout: str, edits: int) -> list[float]:
    """How far the box in the middle moves, for each edit."""
    options: OptionValues = {"layout": layout} if layout != "kept" else {}
    chance, scene = random.Random(1), lay_out(map, **options)[0]
    before = places(scene)
    if layout == "kept":
        options = {"keep": scene.choices}
    found = []
    for _ in range(edits):
        after = places(lay_out(edited(map, chance), **options)[0])
        common = before.keys() & after.keys()
        found.append(median(hypot(after[id][0] - before[id][0], after[id][1] - before[id][1]) for id in common))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("maps", nargs="*", type=Path)
    parser.add_argument("--edits", type=int, default=100)
    arguments = parser.parse_args()
    everything: dict[str, list[float]] = {}
    print(f"{'map':28} {'layout':8} median  worst  still")
    for path in arguments.maps or sorted(EXAMPLES.glob("*.argmap")):
        map = argmap.load(path)
        for layout in ("flow", "hanging", "kept"):
            found = moves(map, layout, arguments.edits)
            everything.setdefault(layout, []).extend(found)
            print(f"{path.stem[:28]:28} {layout:8} {_row(found)}")
    for layout, found in everything.items():
        print(f"{'all':28} {layout:8} {_row(found)}")


def _row(found: list[float]) -> str:
    still = 100 * sum(each < LINE for each in found) / len(found)
    return f"{median(found):6.0f} {quantiles(found, n=10)[-1]:6.0f} {still:6.0f}"


if __name__ == "__main__":
    main()
