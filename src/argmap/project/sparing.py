"""What an author does not want to hear: chosen codes, and `// argmap: ignore AM201` in the file itself.

    // argmap: ignore AM201, AM3      anywhere in a file: those codes, or all that begin so, throughout
    // argmap: ignore-next AM201      the diagnostics whose main place is on the next line

A comment that names no code, or something that is none, is itself reported (AM090): it would spare nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from argmap.diagnostics import Diagnostic, Label, Severity
from argmap.text import Source, Span

USELESS_COMMENT = "AM090"
CODE = re.compile(r"AM[0-9]{0,3}")
_COMMENT = re.compile(r"(?:\A\ufeff?|(?<=[\r\n]))[ \t]*//[ \t]*(argmap:[ \t]*([^ \t\r\n]*)[ \t]*([^\r\n]*))")


def is_selected(code: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> bool:
    """Whether a code is wanted. Where both lists speak of it the longer beginning wins; `ignore` a tie."""
    spared = _longest(code, ignore)
    chosen = _longest(code, select)
    return chosen > spared or (spared < 0 and not select)


def _longest(code: str, beginnings: Sequence[str]) -> int:
    return max((len(start) for start in beginnings if code.startswith(start.upper())), default=-1)


def spare(
    diagnostics: Iterable[Diagnostic],
    source: Source | None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    known: Sequence[str] | None = None,
) -> tuple[Diagnostic, ...]:
    """The diagnostics that are wanted, in the order given, and those about comments that spare nothing.

    `known` are all codes that there are, for whoever wants to be told of comments that name another.
    """
    file_codes: list[str] = []
    line_codes: dict[int, list[str]] = {}
    useless: list[Diagnostic] = []
    if source is not None and "argmap:" in source.text:
        for match in _COMMENT.finditer(source.text):
            codes, fault = _read(match, known)
            if fault:
                useless.append(fault)
            elif match[2] == "ignore":
                file_codes += codes
            else:
                line_codes.setdefault(source.place(match.start(1))[0] + 1, []).extend(codes)

    def wanted(diagnostic: Diagnostic) -> bool:
        if not is_selected(diagnostic.code, select, ignore) or _longest(diagnostic.code, file_codes) >= 0:
            return False
        if line_codes and source is not None and diagnostic.span is not None:
            line = source.place(diagnostic.span.start)[0]
            return _longest(diagnostic.code, line_codes.get(line, ())) < 0
        return True

    return tuple(filter(wanted, [*diagnostics, *useless]))


def _is_known(code: str, known: Sequence[str] | None) -> bool:
    return known is None or any(each.startswith(code) for each in known)


def _read(match: re.Match[str], known: Sequence[str] | None) -> tuple[list[str], Diagnostic | None]:
    verb, codes = match[2], [code for code in re.split(r"[,\s]+", match[3].upper()) if code]
    if verb not in ("ignore", "ignore-next"):
        message = f"argmap has no instruction '{verb}' in comments"
    elif not codes:
        message = "this comment ignores nothing, as it names no code"
    elif wrong := next(
        (code for code in codes if not CODE.fullmatch(code) or not _is_known(code, known)), None
    ):
        message = f"'{wrong}' is no diagnostic code, so this comment ignores nothing"
    else:
        return codes, None
    hint = "write `// argmap: ignore AM201`, or `// argmap: ignore-next AM201` for the next line alone"
    place = (Label(Span(match.start(1), match.end(1))),)
    return [], Diagnostic(USELESS_COMMENT, Severity.WARNING, message, place, hint)
