"""Explained: the marks at the beginning of a line, and lines that lack one."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity

MARKS = (
    Explanation(
        "AM020",
        "empty-mark",
        Severity.ERROR,
        "A mark has nothing after it.",
        """A mark says how what follows it is related to the line above. Here nothing follows on the
same line.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    +
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

For a reason that you have yet to find, write what you know and mark it `{open}`; or leave yourself
a comment: `// a reason is missing here`.
""",
    ),
    Explanation(
        "AM021",
        "mark-under-nothing",
        Severity.ERROR,
        "A marked line stands where there is nothing for it to speak of.",
        """A reason is a reason for something: `+`, `-`, `=>` and the other marks are indented under
the statement they speak of. At the margin there is none. Under an inference bar only `unless:` and
`provided:` can stand, since a bar is a step and no statement; and a heading is never indented.

```argmap bad
(tea) Tea is the best drink for an afternoon.
+ (calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```
""",
    ),
    Explanation(
        "AM022",
        "nothing-to-join",
        Severity.ERROR,
        "`&` stands where there is no reason or objection to join.",
        """`&` joins a statement to the `+`, `-` or `~` line just above it, as far in, so that the
two count only together: each is worth nothing without the other. With no such line above, there is
nothing to count together with. Corollaries cannot be joined: another ground for one is a
`provided:` under it, or a premise above a bar.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    => (pot) We should buy a teapot.
    & (money) There is money in the kitty.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    => (pot) We should buy a teapot.
        provided: (money) There is money in the kitty.
```
""",
    ),
    Explanation(
        "AM023",
        "bar-without-premises",
        Severity.ERROR,
        "An inference bar has no statement above it to conclude from.",
        """A bar, `---`, says that the statements right above it give the one right below it. They
form an unbroken run at the margin: a blank line, a heading or a stance ends it.

```argmap bad
(1) All humans are mortal.
(2) Socrates is human.

--- universal instantiation
(3) Socrates is mortal.
```

```argmap good
(1) All humans are mortal.
(2) Socrates is human.
--- universal instantiation
(3) Socrates is mortal.
```
""",
    ),
    Explanation(
        "AM024",
        "bar-without-conclusion",
        Severity.ERROR,
        "An inference bar has no statement below it.",
        """A bar, `---`, says that the statements right above it give the one right below it. Below
this bar there is none, or a blank line comes between.

```argmap bad
(1) All humans are mortal.
(2) Socrates is human.
--- universal instantiation
```

```argmap good
(1) All humans are mortal.
(2) Socrates is human.
--- universal instantiation
(3) Socrates is mortal.
```

A bar is never mere decoration. To divide a file into parts, write headings: `# Title`.
""",
    ),
    Explanation(
        "AM025",
        "not-a-mark",
        Severity.ERROR,
        "A line begins with something that looks like a mark and is none.",
        """Dashes, bullets and arrows look like marks. Some editors turn a hyphen into a dash as you
type: that is surely an objection, is read as one, and can be mended for you. A bullet or an arrow
could mean a reason, an objection or a corollary, so it is not guessed.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    * (calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

If the line is plain text that happens to begin so, put a backslash first.
""",
    ),
    Explanation(
        "AM026",
        "mark-without-space",
        Severity.ERROR,
        "A mark has no space after it.",
        """A mark is told from text by the space after it: `- 5 degrees is cold` is an objection,
and `-5 degrees is cold` could be a sentence about the weather. Before a letter, a parenthesis or a
quotation mark the line is read as if the space were there, and can be mended for you.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    +(calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    + (calm) It keeps you awake without making you nervous.
```

If the line is plain text that happens to begin so, put a backslash first.
""",
    ),
    Explanation(
        "AM027",
        "misspelled-word-mark",
        Severity.ERROR,
        "A mark in words lacks its colon, or is written with capitals.",
        """Every mark but `>`, `@` and `#` has a word, and the word has a colon: `because:`, `and:`,
`but:`, `although:`, `then:`, `unless:`, `provided:`, `contradicts:`. Without the colon, or with a
capital, nobody can tell it from the first word of a sentence. The line is read as the mark was
surely meant, and reported.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    Because: (calm) It keeps you awake without making you nervous.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    because: (calm) It keeps you awake without making you nervous.
```

If the line is plain text that happens to begin so, put a backslash first.
""",
    ),
    Explanation(
        "AM028",
        "no-such-mark",
        Severity.ERROR,
        "A line begins with a word and a colon, like a mark, but no mark has that name.",
        """An indented line that begins `note:` or `reason:` looks like a mark in words. If it were
silently taken as text, it would run into the words of the statement above.

```argmap bad
(tea) Tea is the best drink for an afternoon.
    note: Ask Ann about this.
```

```argmap good
(tea) Tea is the best drink for an afternoon.
    > Ask Ann about this.
```

A note is `> ` and its words; a reason is `+ ` or `because:`. If the line goes on with the statement
above, put a backslash first.
""",
    ),
    Explanation(
        "AM029",
        "text-out-of-place",
        Severity.ERROR,
        "A plain line neither goes on with the text above it nor begins a statement.",
        """A statement may take several lines: those that go on with it are indented deeper than the
line it begins on. A line that is as far in as the one above, with no blank line, label or mark
before it, could be either the rest of a sentence or a sentence of its own. It is read as the rest
of the sentence, so that what is indented under it keeps its parent.

```argmap bad
(tea) Tea is the best drink
for an afternoon.
```

```argmap good
(tea) Tea is the best drink
    for an afternoon.
```

To begin another statement, leave a blank line, or give it a label. What is written after a reason
or a quotation, and belongs to the statement above them, is moved up to that statement's end.
""",
    ),
)
