"""Explained: the header's lines."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

HEADER = (
    Explanation(
        "AM060",
        "misspelled-header-key",
        Severity.WARNING,
        "A header key is close to a known one.",
        """The header may hold any key of your own, so a slip such as `auhtor:` would pass for one,
and the picture would lack its author. The known keys are `title`, `author`, `date`, `source` and
`lang`, in small letters.

```argmap bad
auhtor: Helena Cobban

(tea) Tea is the best drink for an afternoon.
```

```argmap good
author: Helena Cobban
editor: Somebody else

(tea) Tea is the best drink for an afternoon.
```
""",
    ),
    Explanation(
        "AM061",
        "header-below-the-top",
        Severity.ERROR,
        "A header line stands below the header.",
        """A header line speaks of the whole, and is found at the top of the file only, down to the
first blank line. Further down, `title:` could as well be the first word of a sentence, so it is
reported and not guessed.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.

title: On tea
```

```argmap good
title: On tea

(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

If the line is a statement that begins so, give it a label, or put a backslash first.
""",
    ),
    Explanation(
        "AM063",
        "malformed-header-line",
        Severity.ERROR,
        "A line of the header has no space after its colon, or a key of more than one word.",
        """A header line is a key of one word, a colon, a space and a value. Words of your own are
joined with hyphens.

```argmap bad
title: On tea
source file: tea.txt

(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

```argmap good
title: On tea
source-file: tea.txt

(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```
""",
    ),
    Explanation(
        "AM062",
        "repeated-header-key",
        Severity.WARNING,
        "The header gives a key twice that has one value.",
        """A map has one title, one date and one language; the names of several authors go on one
line, with commas. The first line is used, and the second is not shown anywhere. `source:` and keys
of your own may be repeated.

```argmap bad
title: On tea
title: On tea and coffee

(tea) Tea is the best drink for an afternoon.
```

```argmap good
title: On tea and coffee

(tea) Tea is the best drink for an afternoon.
```
""",
    ),
)
