"""A question takes part in a step (advice, off unless selected).

## What it does

Notes a statement that ends in a question mark and is supported, or is itself a reason or an
objection.

## Why it matters

Only what can be true or false can be supported, and only what is said can support. A rhetorical
question hides a statement: write the answer it wants to hear, and mark it `{implicit}` if the
source leaves it at the question. For an issue that has two sides, make a statement of the side that
is argued for.

It is advice for learners. Select it with `--select AM3` or `--select AM304`.

## Example

```argmap bad
(leave) Should the troops leave?
    + (lives) Lives are being lost.
```

## Instead

```argmap good
(leave) The troops should leave.
    + (lives) Lives are being lost.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap
from argmap.rules._rule import Finding, found, rule

_QUESTION_MARKS = ("?", "？", "؟", "?”", "?’", '?"', "?'")


@rule("AM304", Severity.NOTE, default=False)
def question_as_claim(map: ArgumentMap) -> Iterator[Finding]:
    supported = {step.target for step in map.steps if step.kind.supports}
    used = {id for step in map.steps for id in step.ground}
    for statement in map.statements:
        if statement.text.endswith(_QUESTION_MARKS) and (statement.id in supported or statement.id in used):
            part = "is given support" if statement.id in supported else "is used to support or object"
            yield found(
                f"{statement.name} is a question, and {part}",
                (statement, "a question"),
                hint="write the statement that is meant by it",
            )
