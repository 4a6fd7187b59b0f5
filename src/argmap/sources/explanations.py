"""The long texts behind the codes about sources and quotations."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity
from argmap.sources.quotations import NOT_FOUND

SOURCE_MISSING = "AM502"
SOURCE_UNREADABLE = "AM503"
SOURCE_OUTSIDE = "AM504"
SHORT_NAME_TWICE = "AM505"

EXPLANATIONS = (
    Explanation(
        NOT_FOUND,
        "quotation-not-found",
        Severity.WARNING,
        "A quotation is not in the source.",
        """A map of somebody's text is a claim about that text. Where the header names the file it is about
(`source: essay.txt`), every quotation `> "words"` is looked for in it. This one is not there: a word was
changed, added or left out, or it is from somewhere else.

Spacing, line breaks, the styles of quotation marks and dashes, and Markdown's own marks make no difference.
What is left out is marked by `…` or `[…]`, and an editor's changes stand in brackets: `[T]he`, `[the
army]`. Capitals count, but for the first letter. The nearest passage is shown with the differences marked:
`[-the quotation's-]` words and `{+the source's+}`.

Quote the words as they stand, or turn the line into a note, which has no quotation marks: `> The author
says so in passing.`
""",
    ),
    Explanation(
        SOURCE_MISSING,
        "source-missing",
        Severity.NOTE,
        "The source is not there, so its quotations were not checked.",
        """The header names a source, but there is no such file beside the map. That is no fault: the text may
not be yours to pass on. Put it there under that name, and the quotations are checked.

Where `source:` is a title or an address rather than a file, nothing can be looked up, and this note says so
once.
""",
    ),
    Explanation(
        SOURCE_UNREADABLE,
        "source-unreadable",
        Severity.WARNING,
        "The source cannot be read as text.",
        """The source is a folder or a device, is larger than 16 MB, or is not UTF-8 text (a PDF or a word
processor's document is not). Save it as plain text or Markdown in UTF-8.
""",
    ),
    Explanation(
        SOURCE_OUTSIDE,
        "source-outside",
        Severity.WARNING,
        "The source is outside the map's folder.",
        """A map may come from somebody else, and should not make argmap open files all over your disk. So a
source has to be in the map's own folder or below it. If the map is your own, allow it with
`--allow-outside`, or for good with `allow-outside = true` in `argmap.toml` (or under `[tool.argmap]` in
`pyproject.toml`).
""",
    ),
    Explanation(
        SHORT_NAME_TWICE,
        "source-name-twice",
        Severity.WARNING,
        "Two sources have the same short name.",
        """With several sources each can have a short name, `source: essay = jaw-jaw.txt`, with which a
quotation says where it is from: `> "words" (essay, §3)`. Two sources cannot share one. The first keeps it.
""",
    ),
)
