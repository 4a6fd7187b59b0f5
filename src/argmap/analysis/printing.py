"""The answers as text for a terminal (tables that fit its width, then sentences) and as data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from argmap.analysis.causes import Cause
from argmap.analysis.commitment import Agreement, Position
from argmap.analysis.sentences import capital, clause_words, distinct, names, objection_words
from argmap.analysis.standing import Answer, Change, StatusReport
from argmap.model import ArgumentMap, Attitude, Statement, is_or_are
from argmap.text.display import harmless
from argmap.text.display import width as columns
from argmap.text.words import listed

_GAP = "  "
_CHAIN = 25
"""How many answers of a chain are printed."""


def status_text(report: StatusReport, width: int, of: str | None = None) -> str:
    """What stands and what falls as a table, then what changed, what is unanswered, and what `of` rests on."""
    map = report.map
    if not map.statements:
        return "There is no statement in this map."
    lines: list[str] = []
    supposed = [f"with {names(map, report.withdrawn)} withdrawn"] if report.withdrawn else []
    supposed += [f"with {names(map, report.assumed)} assumed"] if report.assumed else []
    if supposed:
        lines += [*fill(capital(listed(supposed)) + ":", width), ""]
    if of is None:
        rows = ([_title(s), answer_words(map, a), a.why] for s, a in zip(map.statements, report, strict=True))
        lines += table(["Statement", "Answer", "Why"], list(rows), width, [0.34, 0.22])
    else:
        lines += _about(report, of, width)
    if report.withdrawn or report.assumed:
        lines += ["", "What changed:" if report.changed else "Nothing changed."]
        for change in report.changed:
            lines += fill(change_words(map, change), width, "  ")
    if of is None:
        lines.append("")
        if report.unanswered:
            objections = listed((objection_words(map, step) for step in report.unanswered), shown=20)
            lines += fill(f"Unanswered: {objections}.", width)
        else:
            lines.append("No objection goes through unanswered.")
    lines += ["", "“Stands” means: as written, nothing in this map defeats it."]
    return "\n".join(lines)


def _about(report: StatusReport, id: str, width: int) -> Iterator[str]:
    map = report.map
    name = map.by_id[id].name
    yield from fill(f"{_title(map.by_id[id])}", width)
    yield ""
    answers = list(islice(report.chain(id), _CHAIN + 1))
    for answer in answers[:_CHAIN]:
        words = f"{map.by_id[answer.statement].name} {answer_words(map, answer)}. {answer.why}"
        yield from fill(words, width, "  ")
    if len(answers) > _CHAIN:
        yield "  … and so on, down to what is taken as said."
    yield ""
    rests = report.rests_on(id)
    status = report[id].status.value
    if status == "falls":
        yield from fill(f"{name} falls already.", width)
    elif rests:
        base = names(map, rests, shown=30)
        one = "any one of them" if len(rests) > 1 else "it"
        yield from fill(f"{name} rests on {base}: withdrawing {one} makes it fall.", width)
    else:
        yield from fill(f"{name} rests on no single statement: no withdrawal alone makes it fall.", width)
    if status != "falls":
        yield from fill(report.defeated_by(id).sentence, width)


def _title(statement: Statement) -> str:
    text = " ".join(statement.text.split())
    return f"({statement.label}) {text}" if statement.label is not None else text


def answer_words(map: ArgumentMap, answer: Answer) -> str:
    """What becomes of a statement: `stands, given (kind)`."""
    word = "stands, presumed" if answer.cause is Cause.PRESUMED else answer.status.value
    return f"{word}, given {names(map, answer.given, shown=3)}" if answer.given else word


def change_words(map: ArgumentMap, change: Change) -> str:
    """What a withdrawal or an assumption changed, and why."""
    name = map.by_id[change.statement].name
    return f"{name}: {change.before.value} → {change.after.value}. {change.why}"


def positions_text(map: ArgumentMap, found: Sequence[Position], width: int) -> str:
    """Statements by holders as a table, then the findings, worst first."""
    if not found:
        return "Nobody holds anything in this map: write `@ Name: accept (a)`."
    shown = {id for p in found for id in (*p.accepts, *p.rejects, *p.doubts, *p.must_accept, *p.must_reject)}
    statements = [statement for statement in map.statements if statement.id in shown]
    lines: list[str] = []
    at_once = max(1, (width - 30) // 16)
    for start in range(0, len(found), at_once):
        some = found[start : start + at_once]
        share = min(0.5, 1 - 16 * len(some) / width)
        rows = [[_title(s), *(_cell(p, s.id) for p in some)] for s in statements]
        shares = [share, *([(1 - share) / len(some)] * (len(some) - 1))]
        lines += [*table(["Statement", *(p.holder for p in some)], rows, width, shares, cut=True), ""]
    findings = [finding for position in found for finding in position.findings]
    order = {"clash": 0, "disowned": 1, "unacknowledged": 2}
    findings.sort(key=lambda finding: order[finding.kind.value])
    if not findings:
        one = found[0].holder if len(found) == 1 else "Everybody here"
        lines.append(harmless(f"{one} {is_or_are(one)} at one with what was said."))
    kind = ""
    for finding in findings:
        if finding.kind.value != kind:
            kind = finding.kind.value
            lines.append(_HEADINGS[kind])
        lines += fill(finding.sentence, width, "  ")
    return "\n".join(lines)


_HEADINGS = {
    "clash": "Clashes (committed both ways):",
    "disowned": "Disowned (doubted, though it follows from what they accept):",
    "unacknowledged": "Unacknowledged (it follows, but they have not said so):",
}


def _cell(position: Position, id: str) -> str:
    words = [f"{attitude.value}s" for attitude in position.own(id)]
    if id in position.clashing:
        return ", ".join([*words, "clash"])
    bound = position.bound(id)
    if Attitude.ACCEPT in bound:
        words.append("committed")
    if Attitude.REJECT in bound:
        words.append("must reject")
    return ", ".join(words)


def agreement_text(map: ArgumentMap, found: Agreement, width: int) -> str:
    """Two holders compared, in three paragraphs."""
    lines: list[str] = []
    for heading, ids, none in (
        ("Both accept", found.common, "there is nothing that both accept"),
        (
            "They dispute",
            found.disputes,
            "there is nothing they dispute: neither rejects or doubts what the other accepts",
        ),
        ("The crux (disputed, and resting on no other disputed statement)", found.crux, ""),
    ):
        if ids:
            lines.append(f"{heading}:")
            for id in ids:
                lines += fill(_title(map.by_id[id]), width, "  ")
        elif none:
            lines += fill(f"{capital(none)}.", width)
    return "\n".join([harmless(f"{found.first} and {found.second}"), "", *lines])


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    width: int,
    shares: Sequence[float],
    cut: bool = False,
) -> Iterator[str]:
    """A table of so many columns of the terminal.

    Args:
        shares: What part of the width each column but the last may take at most.
        cut: Whether the first column is cut to two lines rather than wrapped.
    """
    cells = [[harmless(" ".join(cell.split())) for cell in row] for row in (head, *rows)]
    room = width - len(_GAP) * (len(head) - 1)
    widths = [
        max(8, min(max(columns(row[place]) for row in cells), int(room * share)))
        for place, share in enumerate(shares)
    ]
    widths.append(max(8, room - sum(widths)))
    for number, row in enumerate(cells):
        wrapped = [wrap(cell, widths[place]) for place, cell in enumerate(row)]
        limit = 2 if cut else max(2, *(len(lines) for lines in wrapped[1:]))
        if len(wrapped[0]) > limit:
            last = wrapped[0][limit - 1]
            while columns(last) >= widths[0]:
                last = last[:-1]
            wrapped[0] = [*wrapped[0][: limit - 1], last + "…"]
        for line in range(max(len(lines) for lines in wrapped)):
            parts = [lines[line] if line < len(lines) else "" for lines in wrapped]
            padded = (p + " " * (w - columns(p)) for p, w in zip(parts, widths, strict=True))
            yield _GAP.join(padded).rstrip()
        if not number:
            end = min(widths[-1], max(columns(row[-1]) for row in cells))
            yield _GAP.join("─" * size for size in (*widths[:-1], end))


def wrap(text: str, width: int) -> list[str]:
    """Harmless text in lines of so many columns; a word that is too long is broken."""
    lines: list[str] = []
    line = ""
    used = 0
    for word in text.split(" "):
        size = columns(word)
        if used and used + 1 + size <= width:
            line += " " + word
            used += 1 + size
            continue
        if used:
            lines.append(line)
        while size > width:
            head = word[:width]
            while columns(head) > width and len(head) > 1:
                head = head[:-1]
            lines.append(head)
            word = word[len(head) :]
            size = columns(word)
        line, used = word, size
    if line or not lines:
        lines.append(line)
    return lines


def fill(text: str, width: int, indent: str = "") -> list[str]:
    """A paragraph of anybody's text, harmless and wrapped; further lines are indented a little more."""
    lines = wrap(harmless(" ".join(text.split())), max(20, width - len(indent) - 2))
    return [indent + lines[0], *(indent + "  " + line for line in lines[1:])]


def status_data(report: StatusReport, of: str | None = None) -> dict[str, Any]:
    """A status report: `statements`, `unanswered`, `changed`, and `rests_on` (of the statement asked about)."""
    return {
        "statements": [
            {
                "id": answer.statement,
                "text": statement.text,
                "status": answer.status.value,
                "given": list(answer.given),
                "why": answer.why,
            }
            for statement, answer in zip(report.map.statements, report, strict=True)
        ],
        "unanswered": list(dict.fromkeys(id for step in report.unanswered for id in step.ground)),
        "changed": [
            {"id": change.statement, "from": change.before.value, "to": change.after.value}
            for change in report.changed
        ],
        "rests_on": [] if of is None else list(report.rests_on(of)),
    }


def position_data(map: ArgumentMap, position: Position) -> dict[str, Any]:
    """One holder: `name`, own stances, what they are committed to, and the findings with their chains."""
    return {
        "name": position.holder,
        "accepts": list(position.accepts),
        "rejects": list(position.rejects),
        "doubts": list(position.doubts),
        "committed": {"accept": list(position.must_accept), "reject": list(position.must_reject)},
        "findings": [
            {
                "kind": finding.kind.value,
                "statement": finding.statement,
                "chain": [clause_words(map, source) for source in distinct(finding.chain)],
                "sentence": finding.sentence,
            }
            for finding in position.findings
        ],
    }


def agreement_data(agreement: Agreement) -> dict[str, Any]:
    """Two holders compared."""
    return {
        "holders": [agreement.first, agreement.second],
        "common": list(agreement.common),
        "disputes": list(agreement.disputes),
        "crux": list(agreement.crux),
    }
