"""The same point is both an objection and granted.

## What it does

Reports a ground that is an objection (`-`) to a statement and also a point granted against it
(`~`).

## Why it matters

An objection counts until it is answered; a granted point is outweighed and never counts. The author
must choose one: as it is, the objection decides, and the concession is lost.

## Example

```argmap bad
(withdraw) The troops should leave.
    - (weak) Leaving looks weak.
    ~ (weak)
```

## Instead

```argmap good
(withdraw) The troops should leave.
    ~ (weak) Leaving looks weak.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Step, StepKind
from argmap.rules._rule import Finding, found, rule
from argmap.rules._words import name, names, several


@rule("AM125", Severity.WARNING)
def granted_and_objected(map: ArgumentMap) -> Iterator[Finding]:
    granted: dict[tuple[str, frozenset[str]], Step] = {}
    for step in map.steps:
        if step.kind is StepKind.CONCESSION:
            granted.setdefault((step.target, frozenset(step.ground)), step)
    if not granted:
        return
    for step in map.steps:
        if step.kind is not StepKind.OBJECTION:
            continue
        other = granted.get((step.target, frozenset(step.ground)))
        if other is not None:
            are = "are" if several(step) else "is"
            ground, target = names(map, step.ground), name(map, step.target)
            yield found(
                f"{ground} {are} both an objection to {target} and granted against it",
                (step, "an objection here"),
                (other, "granted here"),
                hint="keep `-` if it counts until answered, `~` if it is outweighed",
            )
