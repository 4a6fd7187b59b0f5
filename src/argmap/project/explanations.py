"""The long texts behind the codes of this room."""

from __future__ import annotations

from argmap.diagnostics import Explanation, Severity
from argmap.project.decoding import NOT_UTF8
from argmap.project.sparing import USELESS_COMMENT

EXPLANATIONS = (
    Explanation(
        NOT_UTF8,
        "not-utf8",
        Severity.ERROR,
        "The file's bytes are not UTF-8 text.",
        """Map files are UTF-8, whatever their script. The message names the line and the byte that cannot
be read. The rest of the file is read all the same, with `\ufffd` where the byte stood, but nothing is written
back to such a file.

Most often the file was saved as Windows-1252 or Latin-1 by an older editor: open it there and save it again
as UTF-8. With `iconv`: `iconv -f WINDOWS-1252 -t UTF-8 old.argmap > new.argmap`.
""",
    ),
    Explanation(
        USELESS_COMMENT,
        "useless-ignore",
        Severity.WARNING,
        "A comment meant for argmap has no effect.",
        """`// argmap: ignore AM201` spares the whole file a diagnostic, `// argmap: ignore-next AM201` the
line below. Several codes are separated by commas; a beginning, such as `AM3`, stands for all that begin so.
A comment that names no code, or is misspelt, would do nothing in silence, so it is reported.

```argmap bad
// argmap: ignore
(a) Tea is better than coffee.
    + (b) It keeps you calm.
```

```argmap good
// argmap: ignore AM301
(a) Tea is better than coffee.
    + (b) It keeps you calm.
```
""",
    ),
)
