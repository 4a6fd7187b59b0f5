"""The long texts behind the codes of this room."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

EXPLANATIONS = (
    Explanation(
        "AM201",
        "clash",
        Severity.NOTE,
        "Somebody's stances commit them both ways.",
        """Corollaries (`=>`), inference bars and contradictions (`><`) bind whoever grants their ground.
        From what
somebody accepts and rejects, some statement follows that they must both accept and reject.

The note shows the smallest set of their own stances that clash, and the steps. The ways out are always the
same: give up one of those stances, or deny one of those steps. About somebody else's stances this is a
finding, not your slip; about your own (`@ author`, or the name in the header) it is a warning.

```argmap bad
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Rice: accept (withdraw); reject (talks)
```

```argmap good
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Rice: accept (withdraw), (talks)
```
""",
    ),
    Explanation(
        "AM202",
        "disowned",
        Severity.NOTE,
        "Somebody doubts what follows from what they accept.",
        """A corollary binds whoever grants its ground. Somebody accepts the ground, and doubts the corollary
        all the
same: no contradiction, but it is where to press them.

```argmap bad
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Republican Party: accept (withdraw); doubt (talks)
```

```argmap good
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Republican Party: accept (withdraw), (talks)
```
""",
    ),
    Explanation(
        "AM203",
        "unacknowledged",
        Severity.NOTE,
        "Somebody has not said what they are committed to.",
        """What somebody accepts or rejects commits them to more, by corollaries, bars and contradictions,
        and they
are silent on it. `argmap positions` shows each commitment with the steps that lead to it.

```argmap bad
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Gates: accept (withdraw)
```

```argmap good
(withdraw) The troops should leave.
    => (talks) Iran must be at the table.

@ Gates: accept (withdraw), (talks)
```
""",
    ),
    Explanation(
        "AM204",
        "unanswered",
        Severity.NOTE,
        "An objection goes through, and nothing is said against it.",
        """An objection counts until it is answered, so what it is aimed at falls. In a debate this is a
        dropped
point. Answer it with a `-` under it, or, if it is granted and outweighed, write it with `~` (although).

```argmap bad
(leave) The troops should leave.
    - (leverage) Iran has no interest in that.
```

```argmap good
(leave) The troops should leave.
    - (leverage) Iran has no interest in that.
        - (pact) A broader pact would give it one.
```
""",
    ),
)
