"""Somebody is said both to accept and to reject the same statement.

## What it does

Reports a holder with two different attitudes to one statement: accept and reject, accept and doubt,
or doubt and reject.

## Why it matters

One of the two is most often a slip of a label. If the holder truly said both, at different times or
in different places, make them two holders: `@ Rice in 2006`, `@ Rice in 2007`.

## Example

```argmap bad
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Rice: accept (withdraw), (talks); reject (talks)
```

## Instead

```argmap good
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Rice: accept (withdraw), (talks)
```
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Stance, does
from argmap.rules._rule import Finding, found, rule
from argmap.rules._words import name


@rule("AM115", Severity.WARNING)
def conflicting_stances(map: ArgumentMap) -> Iterator[Finding]:
    first: dict[tuple[str, str], Stance] = {}
    for stance in map.stances:
        earlier = first.setdefault((stance.holder, stance.statement), stance)
        if earlier.attitude is not stance.attitude:
            yield found(
                f"{stance.holder} {does(stance.holder, earlier.attitude)} {name(map, stance.statement)}"
                f" and also {does(stance.holder, stance.attitude)} it",
                (stance, f"{does(stance.holder, stance.attitude)} it here"),
                (earlier, f"{does(stance.holder, earlier.attitude)} it here"),
                hint="take one of the two out; for a change of mind, name two holders (`Rice in 2006`)",
            )
