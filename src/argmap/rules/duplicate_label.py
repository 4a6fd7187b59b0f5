"""Two statements have the same label.

## What it does

Reports a label that is written with a text a second time, and shows the first.

## Why it matters

A label is a name: `(cost)` in a stance or a reference must mean one statement. With two, nobody can
tell which of them a reader is asked to accept. To speak of a statement again, write its label
alone, without a text.

## Example

```argmap bad
(withdraw) The troops should leave.
    + (cost) Staying costs lives.
    - (cost) Leaving costs influence.
```

## Instead

```argmap good
(withdraw) The troops should leave.
    + (cost) Staying costs lives.
    - (influence) Leaving costs influence.
```
"""

from __future__ import annotations

from argmap.diagnostics import Severity
from argmap.rules._rule import explained

duplicate_label = explained("AM102", Severity.ERROR, __name__)
