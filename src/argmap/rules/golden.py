"""A reason rests on a single premise (the Golden rule; advice, off unless selected).

## What it does

Notes a reason, an objection or an inference with only one premise. Conditions (`provided:`) count
as premises.

## Why it matters

A step from one statement to another always leans on something further, most often a general one:
*Socrates is mortal, because he is human* needs *all humans are mortal*. Said aloud, it can be
examined, and it is often the weak one. Mark it `{implicit}` where the source leaves it unsaid. The
rule is taught with argument mapping as the Golden rule: every reason has at least two premises.

It is advice for learners. Select it with `--select AM3` or `--select AM301`.

## Example

```argmap bad
(mortal) Socrates is mortal.
    + (human) Socrates is human.
```

## Instead

```argmap good
(mortal) Socrates is mortal.
    + (human) Socrates is human.
    & (all) All humans are mortal. {implicit}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, StepKind
from argmap.rules._rule import Finding, found, rule
from argmap.rules._words import name

_CALLED = {
    StepKind.REASON: "reason for",
    StepKind.OBJECTION: "objection to",
    StepKind.INFERENCE: "inference to",
}


@rule("AM301", Severity.NOTE, default=False)
def golden(map: ArgumentMap) -> Iterator[Finding]:
    for step in map.steps:
        if step.kind in _CALLED and len({*step.ground, *step.conditions}) == 1:
            called = f"{_CALLED[step.kind]} {name(map, step.target)}"
            yield found(
                f"the {called} has a single premise, {name(map, step.ground[0])}",
                (step, "one premise"),
                hint="join with `&` what else must hold for it to bear on the claim (`{implicit}` if unsaid)",
            )
