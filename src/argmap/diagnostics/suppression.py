"""Which diagnostics are reported: chosen codes, and `// argmap: ignore AM201` in the file itself.

    // argmap: ignore AM201, AM3      suppresses these codes, and all that begin so, in the whole file
    // argmap: ignore-next golden     suppresses it where its main place is on the next line

A comment that names no code, or an unknown one, suppresses nothing and is itself reported (AM090).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from argmap.diagnostics.diagnostic import Diagnostic, Label, Severity
from argmap.text import Source, Span
from argmap.text.words import lazy

CODE = lazy(r"AM[0-9]{0,3}|[a-z]+(?:-[a-z]+)*", re.IGNORECASE)
"""The form of a code, a beginning of one, or a name."""
_COMMENT = lazy(r"(?:\A\ufeff?|(?<=[\r\n]))[ \t]*//[ \t]*(argmap:[ \t]*([^ \t\r\n]*)[ \t]*([^\r\n]*))")


def is_selected(code: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> bool:
    """Whether a code is wanted. Where both lists match it, the longer prefix wins; on a tie, `ignore` does."""
    ignored = _longest_prefix(code, ignore)
    selected = _longest_prefix(code, select)
    return selected > ignored or (ignored < 0 and not select)


def _longest_prefix(code: str, prefixes: Sequence[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix.upper())), default=-1)


def suppress(
    diagnostics: Iterable[Diagnostic], source: Source | None, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    """The diagnostics that are wanted, in the order given, then those about comments without effect."""
    from argmap.diagnostics.explanation import prefixes

    select, ignore = prefixes(select, selects=True), prefixes(ignore)
    file_codes: list[str] = []
    line_codes: dict[int, list[str]] = {}
    useless: list[Diagnostic] = []
    if source is not None and "argmap:" in source.text:
        for match in _COMMENT.finditer(source.text):
            codes = [code for code in re.split(r"[,\s]+", match[3]) if code]
            if message := _fault(match[2], codes):
                useless.append(_useless(message, Span(*match.span(1))))
            elif match[2] == "ignore":
                file_codes += prefixes(codes)
            else:
                line_codes.setdefault(source.place(match.start(1))[0] + 1, []).extend(prefixes(codes))

    def is_wanted(diagnostic: Diagnostic) -> bool:
        suppressed = file_codes
        if line_codes and source is not None and diagnostic.span is not None:
            suppressed = [*file_codes, *line_codes.get(source.place(diagnostic.span.start)[0], ())]
        return is_selected(diagnostic.code, select, ignore) and not diagnostic.code.startswith(tuple(suppressed))

    return tuple(filter(is_wanted, [*diagnostics, *useless]))


def _fault(verb: str, codes: Sequence[str]) -> str | None:
    """Why a comment has no effect, or None if it has one."""
    from argmap.diagnostics.explanation import unknown_code

    if verb not in ("ignore", "ignore-next"):
        return f"argmap has no instruction '{verb}' in comments"
    if not codes:
        return "this comment names no code, so it suppresses nothing"
    wrong = unknown_code(codes)
    return wrong and f"there is no code {wrong}, so this comment suppresses nothing"


def _useless(message: str, span: Span) -> Diagnostic:
    hint = "write `// argmap: ignore AM201`, or `// argmap: ignore-next AM201` for the next line alone"
    return Diagnostic("AM090", Severity.WARNING, message, (Label(span),), hint)
