"""The long text behind a code, as `argmap explain CODE` prints it."""

from __future__ import annotations

from attrs import frozen

from argmap.diagnostics.diagnostic import Severity


@frozen
class Explanation:
    """A code, its kebab-case name, its usual severity, a one-line summary, and the text in Markdown.

    In `text`, a fenced block headed ```` ```argmap bad ```` must raise the code and one headed
    ```` ```argmap good ```` must not: the tests run them.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    text: str
