"""Explained: the lines that say who holds what."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

STANCES = (
    Explanation(
        "AM050",
        "incomplete-stance",
        Severity.ERROR,
        "A stance does not say who holds something, or what is held.",
        """A stance is `@`, one name or several with commas between them, a colon, and what they
hold: `@ Ann, Ben: accept (tea); doubt (calm)`. A part is missing here. Nothing is taken from the
line that it does not say.

```argmap bad
(tea) Tea is the best drink for an afternoon.

@ Ann accepts (tea)
```

```argmap good
(tea) Tea is the best drink for an afternoon.

@ Ann: accept (tea)
```
""",
    ),
    Explanation(
        "AM051",
        "unknown-stance-verb",
        Severity.ERROR,
        "A stance has a verb that is none of accept, doubt and reject.",
        """A holder can `accept` a statement, `doubt` it (hold neither it nor its opposite), or
`reject` it. What follows from somebody's stances is worked out from these three, so another verb
would have no meaning. `accepts` and `accepted` are read as `accept`, and can be mended for you.

```argmap bad
(tea) Tea is the best drink for an afternoon.

@ Ann: likes (tea)
```

```argmap good
(tea) Tea is the best drink for an afternoon.

@ Ann: accept (tea)
```
""",
    ),
    Explanation(
        "AM052",
        "stance-without-labels",
        Severity.ERROR,
        "A stance at the margin does not name the statements that it is about.",
        """At the margin a stance stands under nothing, so it has to say which statements are meant.
Indented under a statement, it speaks of that one, and the labels may be left out.

```argmap bad
(tea) Tea is the best drink for an afternoon.

@ Ann: accept
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    @ Ann: accept
```
""",
    ),
    Explanation(
        "AM053",
        "not-a-label",
        Severity.ERROR,
        "In a stance stands something that is neither a label in parentheses nor in its place.",
        """After a stance's verb stand labels, each in its parentheses, with commas between them. A
semicolon ends them and begins another verb. Whatever else stands there is passed over, so the
stance would say less than you meant.

```argmap bad
(tea) Tea is the best drink for an afternoon.
(coffee) Coffee is bad for the nerves.

@ Ann: accept (tea), doubt (coffee)
```

```argmap good
(tea) Tea is the best drink for an afternoon.
(coffee) Coffee is bad for the nerves.

@ Ann: accept (tea); doubt (coffee)
```
""",
    ),
)
