"""Explained: labels, attributes and quotations."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

STATEMENTS = (
    Explanation(
        "AM030",
        "no-mark",
        Severity.ERROR,
        "A statement is indented under another, but no mark says how the two are related.",
        """Indentation says that a line speaks of the one it is under; the mark before it says what
it does there. Whether it is a reason, an objection or a corollary is the author's to say, and is
never guessed.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    (calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```
""",
    ),
    Explanation(
        "AM031",
        "malformed-label",
        Severity.ERROR,
        "A label has a space in it or none after it, or its parenthesis is never closed.",
        """A label is a short name in parentheses at the beginning of a statement: letters and
digits of any script, `-`, `_` and `.`, without spaces. A line that is nothing but words in
parentheses, that opens a parenthesis and never closes it, or whose words follow the parenthesis
without a space, was almost surely meant to have one.

```argmap bad
(tea calms Tea keeps you awake without making you nervous.
```

```argmap good
(tea-calms) Tea keeps you awake without making you nervous.
```

A sentence may begin with a parenthesis of several words. If the whole line is one, put a backslash
first.
""",
    ),
    Explanation(
        "AM040",
        "unclosed-attributes",
        Severity.ERROR,
        "A brace opens attributes and is never closed.",
        """What stands in braces at a statement's end is about the statement, and not part of its
words. Without the closing brace nobody can tell where the words end.

```argmap bad
(tea) Tea is the best drink for an afternoon. {probably
```

```argmap good
(tea) Tea is the best drink for an afternoon. {probably}
```

A brace that is meant as a brace is written `\\{`.
""",
    ),
    Explanation(
        "AM041",
        "unknown-attribute",
        Severity.ERROR,
        "In a statement's braces stands something that is not an attribute.",
        """Known are the qualifiers `certainly`, `probably`, `presumably` and `possibly`; `implicit`
(left unsaid in the source) and `open` (put forward, not asserted); tags such as `#health`; and
facts of your own, `key: value`. They are separated by commas. Another word would have no effect, so
it is reported.

```argmap bad
(tea) Tea is the best drink for an afternoon. {likely}
```

```argmap good
(tea) Tea is the best drink for an afternoon. {probably, #health, chapter: 3}
```
""",
    ),
    Explanation(
        "AM042",
        "misplaced-attributes",
        Severity.ERROR,
        "Attributes stand where they cannot, or do not go together.",
        """Attributes stand once, at the very end of a statement, all in one pair of braces. They
cannot stand in the middle of its words, nor after a reference (write them where the statement is
written), and a statement has one qualifier at most. Empty braces say nothing.

```argmap bad
(tea) Tea is {probably} the best drink for an afternoon.
```

```argmap good
(tea) Tea is the best drink for an afternoon. {probably}
```

If the braces belong to the words, write `\\{`.
""",
    ),
    Explanation(
        "AM043",
        "unclosed-quotation",
        Severity.ERROR,
        "A quotation opens with a quotation mark and is never closed.",
        """After `>` the words of a source stand between quotation marks, and are compared with the
source; without quotation marks the line is a note of yours, and is compared with nothing. With only
the first mark it could be either.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    > "There are few hours in life more agreeable
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    > "There are few hours in life more agreeable" (Henry James)
```

Straight, English, German and French quotation marks are all understood. If it is a note that begins
with a quotation mark, put a backslash before the mark.
""",
    ),
    Explanation(
        "AM044",
        "text-after-quotation",
        Severity.ERROR,
        "Something other than a place in parentheses follows a quotation.",
        """The words of a source and what you say about them must not run into each other. After the
closing quotation mark only the place can stand, in parentheses; a remark goes on a line of its own.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    > "There are few hours in life more agreeable" says Henry James
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    > "There are few hours in life more agreeable" (Henry James, chapter 1)
    > The novel's first sentence; mind the irony.
```
""",
    ),
)
