"""Two holders' names differ so little that they are surely the same.

## What it does

Compares the names after `@`. Two that differ only in case, spaces, full stops, a leading *the*, or
in letters that look alike are warned of; two longer ones that differ by a single slip inside a word
get a note.

## Why it matters

What somebody is committed to is worked out from everything they hold. Under two names they are two
people, and a clash between what they accepted in one place and rejected in another goes unseen.

## Example

```argmap bad
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Republican Party: accept (withdraw)
@ Republican party: doubt (talks)
```

## Instead

```argmap good
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Republican Party: accept (withdraw); doubt (talks)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Stance
from argmap.rules._alike import collisions, shape, slips
from argmap.rules._rule import Finding, found, rule


@rule("AM104", Severity.WARNING)
def near_duplicate_holders(map: ArgumentMap) -> Iterator[Finding]:
    first: dict[str, Stance] = {}
    for stance in map.stances:
        first.setdefault(stance.holder, stance)
    paired = set()
    for later, earlier in collisions(first, _key):
        paired.add(later)
        yield found(
            f"“{later}” and “{earlier}” are surely the same holder",
            (first[later], f"“{later}” here"),
            (first[earlier], f"“{earlier}” here"),
            hint=f"write the name in one way, “{earlier}”",
        )
    for later, earlier in slips(name for name in first if name not in paired):
        yield found(
            f"“{later}” and “{earlier}” differ by one slip of the fingers",
            (first[later], f"“{later}” here"),
            (first[earlier], f"“{earlier}” here"),
            hint="if they are the same holder, write the name in one way",
            severity=Severity.NOTE,
        )


def _key(name: str) -> str:
    key = re.sub(r"[\W_]+", " ", shape(name).casefold()).strip().removeprefix("the ").replace(" ", "")
    return key if len(key) > 1 else ""
