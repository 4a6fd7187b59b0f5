"""The header says the title, the date or the language twice.

## What it does

Reports a second `title:`, `date:` or `lang:`. Authors and sources may be several.

## Why it matters

A map has one title, one date and one language: the first is used, and the second is never seen.

## Example

```argmap bad
title: Jaw-jaw in Baghdad
title: The further agenda

(talks) Iran must be at the table.
```

## Instead

```argmap good
title: Jaw-jaw in Baghdad
subtitle: The further agenda

(talks) Iran must be at the table.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.diagnostics import Severity
from argmap.model import ArgumentMap, Fact
from argmap.rules._rule import Finding, found, rule

_ONLY_ONE = ("title", "date", "lang")


@rule("AM124", Severity.WARNING)
def repeated_fact(map: ArgumentMap) -> Iterator[Finding]:
    first: dict[str, Fact] = {}
    for fact in map.facts:
        if fact.key in _ONLY_ONE and (earlier := first.setdefault(fact.key, fact)) is not fact:
            yield found(
                f"the header gives a second {fact.key}, which is never used",
                (fact, "not used"),
                (earlier, "this one is"),
                hint="take one of the two out, or give it a key of its own",
            )
