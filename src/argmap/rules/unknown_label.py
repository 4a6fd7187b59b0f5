"""A label is used that no statement has.

## What it does

Reports a reference such as `(weker)` where nothing in the file is labelled so, and offers the
nearest label there is.

## Why it matters

A reference that points nowhere is a step that leads nowhere: the picture would lack a box, and no
question about the map could be answered. Labels belong to the whole file and may be used before
they are written, but somewhere the statement itself must stand, with its text. Case counts:
`(Iran)` and `(iran)` are two labels.

## Example

```argmap bad
(withdraw) The troops should leave.
    + (cost) Staying costs lives.
    - (weak) Leaving looks weak.

@ Rice: accept (withdrawal)
```

## Instead

```argmap good
(withdraw) The troops should leave.
    + (cost) Staying costs lives.
    - (weak) Leaving looks weak.

@ Rice: accept (withdraw)
```
"""

from __future__ import annotations

from argmap.diagnostics import Severity
from argmap.rules._rule import explained

unknown_label = explained("AM101", Severity.ERROR, __name__)
