"""Explained: characters that cannot be read, a file without an argument, and indentation."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

LAYOUT = (
    # No example: `argmap explain` prints these texts, and a control character could steer the terminal.
    Explanation(
        "AM002",
        "control-character",
        Severity.ERROR,
        "A character that is no text, such as a bell or a null, stands in the file.",
        """Control characters have no shape: they cannot be drawn or printed, and some of them steer
the terminal that shows them. They come from a copy out of a PDF or a terminal, or from a file that
is no text at all.

The line is read with `\ufffd` in the character's place, and the first one of each line is reported.
Delete it: the message names it (`U+0007` is a bell), and the excerpt shows where it is. Tabs and
line ends of every system are ordinary.
""",
    ),
    Explanation(
        "AM003",
        "empty-document",
        Severity.ERROR,
        "The file has no statement.",
        """The file is empty, or has nothing but blank lines, comments and a header, so that there
is nothing to draw or to judge. Often the wrong file was named, or the right one was not saved yet.

```argmap bad
// To do: the essay on tea.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```
""",
    ),
    Explanation(
        "AM010",
        "misfit-indentation",
        Severity.ERROR,
        "A line is indented by a number of spaces that fits no line above it.",
        """Indentation says what a line speaks of, so it has to be exact: a line is as far in as an
earlier line that is still open, or deeper than the line right above it. This one lies between two
levels, and could belong to either. It is read at the deeper one, so that what is under it keeps its
place.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
  + (warm) It is warm.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
    + (warm) It is warm.
```

Any number of spaces makes a level; `argmap fmt` writes four.
""",
    ),
    Explanation(
        "AM011",
        "mixed-indentation",
        Severity.ERROR,
        "Some lines are indented with tabs and others with spaces.",
        """How wide a tab looks depends on the editor. Where tabs and spaces are mixed, what you see
and what is read can differ, and a reason lands under another claim without a word. Use one or the
other throughout.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
\t+ (warm) It is warm.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
    + (warm) It is warm.
```

The mend that is offered reads a tab as reaching to the next multiple of four; look at the result,
since only you know what you saw when you wrote it.
""",
    ),
    Explanation(
        "AM012",
        "odd-space",
        Severity.ERROR,
        "A line is indented with characters that only look like spaces.",
        """Web pages and word processors hold no-break spaces and other blanks that look like a
space and are none. Text that is copied brings them along. As indentation they are counted as if
they were spaces, and reported, since the next program may count them otherwise.

```argmap bad
(tea) Tea is the best drink for an afternoon.
\u00a0\u00a0\u00a0 + (calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

`argmap check --fix` writes ordinary spaces. Inside a text, after its first word, such a blank is
welcome: a no-break space between a number and its unit stays where it is.
""",
    ),
    Explanation(
        "AM013",
        "nothing-to-stand-under",
        Severity.ERROR,
        "A line is indented where there is no statement above it to stand under.",
        """What is indented speaks of the statement that it stands under. Nothing can stand under a
heading, a quotation, a note, a stance or a header line.

```argmap bad
# On tea
    (tea) Tea is the best drink for an afternoon.
        + (calm) It keeps you awake without making you nervous.
```

```argmap good
# On tea

(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```
""",
    ),
)
