"""The answers as text for a terminal (tables that fit its width, then sentences) and as data for JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from argmap.analysis.causes import Cause
from argmap.analysis.commitment import Agreement, Finding, FindingKind, Position
from argmap.analysis.sentences import capital, clause_words, disowned, distinct, names, objection_words
from argmap.analysis.standing import Answer, Change, Status, StatusReport
from argmap.model import ArgumentMap, Attitude, Qualifier, Statement, StepKind, does, is_or_are
from argmap.model.stance import is_many
from argmap.text.display import harmless
from argmap.text.display import width as columns
from argmap.text.words import by_key, listed

_GAP = "  "
# How many of a kind are printed before the rest is a number
_SHOWN = 5
# How many answers of a chain are printed
_CHAIN = 25


def status_text(report: StatusReport, width: int, of: str | None = None, every: bool = False) -> str:
    """A verdict, then what matters, and counts of the rest.

    Args:
        of: The statement asked about; otherwise the answer is about the claims that the map argues for.
        every: Whether a table of all statements follows, with reasons.
    """
    map = report.map
    if not map.statements:
        return "There is no statement in this map."
    lines: list[str] = []
    supposed = [f"with {names(map, report.withdrawn)} withdrawn"] if report.withdrawn else []
    supposed += [f"with {names(map, report.assumed)} assumed"] if report.assumed else []
    if supposed:
        lines += [*fill(capital(listed(supposed)) + ":", width), ""]
    if of is not None:
        lines += _about(report, of, width)
    if supposed:
        lines += [""] if of is not None else []
        lines.append("What changed:" if report.changed else "Nothing changed.")
        for change in report.changed:
            lines += fill(change_words(map, change), width, "  ")
        lines += ["", *_unanswered(report, width)] if of is None else []
    elif of is None:
        lines += _overview(report, width)
    if every:
        rows = [[_title(s), answer_words(map, a), a.why] for s, a in zip(map.statements, report, strict=True)]
        lines += ["", *table(["Statement", "Answer", "Why"], rows, width, [0.34, 0.22])]
    lines += ["", *fill("“Stands” means: as written, nothing in this map defeats it.", width)]
    return "\n".join(lines)


def _overview(report: StatusReport, width: int) -> Iterator[str]:
    """What becomes of the claims that a map argues for, what falls, what is open, and counts."""
    map = report.map
    claims = _claims(map)
    if len(claims) == 1:
        yield from fill(_verdict(report, claims[0]), width)
        yield ""
        for id in (claims[0], *report.rests_on(claims[0])[:_SHOWN]):
            yield from fill(_short(map.by_id[id], width), width, "  ")
    elif claims:
        found = Counter(report.status(id) for id in claims)
        yield from fill(_counts(found, "claims that this map argues for") + ".", width)
        yield from _claims_table(report, claims, width)
    else:
        yield from fill("This map argues for no claim.", width)
    yield ""
    argued = set(claims)
    follows = dict.fromkeys(step.target for step in map.steps if step.kind is StepKind.COROLLARY)
    if words := _grouped(report, [id for id in follows if id not in argued]):
        yield from fill(f"What follows: {words}.", width)
    said = {*claims, *follows}
    rest = [a for a in report if a.statement not in said]
    falling = [a for a in rest if a.status is Status.FALLS and a.cause is not Cause.DENIED]
    reasons = [f"{map.by_id[a.statement].name}, since {_lower(a.why).rstrip('.')}" for a in falling]
    yield from _list("Fallen: ", reasons, width)
    waiting = [a for a in report if a.cause is Cause.WAITING and a.statement in argued]
    on = [f"{map.by_id[a.statement].name} for {names(map, a.by[:1])}" for a in waiting]
    yield from _list("Waiting: ", on if len(claims) > 1 else [], width)
    rivals = [
        (pair.left, pair.right)
        for pair in map.contradictions
        if report.status(pair.left) is report.status(pair.right) is Status.UNDECIDED
    ]
    between = [names(map, pair) for pair in rivals if len(claims) != 1 or claims[0] not in pair]
    yield from _list("Nothing decides between ", between, width)
    opposed = {id for pair in rivals for id in pair}
    circles = [a.statement for a in report if a.cause is Cause.CIRCLE and a.statement not in opposed]
    if circles:
        yield from fill(f"Undecided, in a circle: {names(map, circles, shown=8)}.", width)
    yield from _unanswered(report, width)
    if left := [answer.statement for answer in report if answer.cause is Cause.OPEN]:
        yield from fill(f"Left open: {names(map, left, shown=8)}.", width)
    counts = _counts(Counter(answer.status for answer in report), "statements")
    yield from fill(f"{counts} (--all shows each, with the reason).", width)


def _list(heading: str, parts: Sequence[str], width: int) -> Iterator[str]:
    """A list with semicolons, since its parts may be lists."""
    more = [f"{len(parts) - _SHOWN} more"] if len(parts) > _SHOWN else []
    if parts:
        yield from fill(f"{heading}{'; '.join([*parts[:_SHOWN], *more])}.", width)


def _unanswered(report: StatusReport, width: int) -> Iterator[str]:
    if report.unanswered:
        yield from _list("Unanswered: ", [objection_words(report.map, step) for step in report.unanswered], width)
    elif any(step.kind is StepKind.OBJECTION for step in report.map.steps):
        yield "No objection goes through unanswered."


def _claims_table(report: StatusReport, claims: Sequence[str], width: int) -> Iterator[str]:
    """A line a claim: what becomes of it, what it hangs on or why. What is contested comes first."""
    against = {step.target for step in report.map.steps if step.kind is StepKind.OBJECTION}
    ordered = sorted(claims, key=lambda id: id not in against)
    shown: list[str] = []
    rest = []
    for status in (Status.FALLS, Status.STANDS):
        ids = [id for id in ordered if report.status(id) is status]
        shown += ids[:_SHOWN]
        rest += [f"{len(ids) - _SHOWN} more {_does(status, len(ids) - _SHOWN)}"] if len(ids) > _SHOWN else []
    rows = [[_title(report.map.by_id[id]), _fate(report, id).replace(", since ", ": ", 1)] for id in shown]
    if rows:
        yield ""
        yield from table(["Claim", "Answer"], rows, width, [0.45], cut=1)
    if rest:
        yield from fill(f"{capital('; '.join(rest))}.", width)


def _grouped(report: StatusReport, ids: Sequence[str]) -> str:
    """`(b) and (c) stand; (d) stands, given (kind)`."""
    answers = [report[id] for id in ids]
    words = [answer_words(report.map, each).removeprefix(each.status.value) for each in answers]
    alike = by_key(((each.status, more), each.statement) for each, more in zip(answers, words, strict=True))
    return "; ".join(
        f"{names(report.map, group, shown=6)} {_does(status, len(group))}{more}"
        for (status, more), group in alike.items()
    )


def _claims(map: ArgumentMap) -> list[str]:
    """The statements that are argued for or objected to, and are not themselves part of the case for another."""
    used: set[str] = {id for statement in map.statements for id in (*statement.conditions, *statement.exceptions)}
    argued: set[str] = set()
    for step in map.steps:
        used.update((*step.conditions, *step.exceptions))
        if step.kind is not StepKind.COROLLARY:
            used.update(step.ground)
            argued.add(step.target)
    return [statement.id for statement in map.statements if statement.id in argued - used]


def _verdict(report: StatusReport, id: str) -> str:
    """`The case for (a) stands. It hangs on (pact).`"""
    map = report.map
    argued = any(step.kind.supports for step in map.steps_to.get(id, ()))
    words = _fate(report, id).replace("; hangs", ". It hangs").replace("; would", ". It would")
    words = f"is {words}" if report.status(id) is Status.UNDECIDED else words
    return f"{'The case for ' if argued else ''}{map.by_id[id].name} {words}."


def _fate(report: StatusReport, id: str) -> str:
    """`stands; hangs on (pact)`, or `falls: the objection (b) goes through`."""
    map, answer = report.map, report[id]
    words = answer_words(map, answer)
    if answer.status is not Status.STANDS:
        return f"{words}, since {_lower(answer.why).rstrip('.').removesuffix(', which is undecided')}"
    rests, unless = report.rests_on(id), report.falls_if(id)
    on = names(map, rests, shown=_SHOWN) if rests else "no single statement"
    fail = f"; would fall if {names(map, unless, 'or', shown=_SHOWN)} held" if unless else ""
    return f"{words}; hangs on {on}{fail}"


def _does(status: Status, number: int) -> str:
    if status is Status.UNDECIDED:
        return "is undecided" if number == 1 else "are undecided"
    verb = str(status.value)
    return verb if number == 1 else verb.removesuffix("s")


def _counts(found: Counter[Status], what: str) -> str:
    """`Of the 12 claims, 9 stand, 1 falls and 2 are undecided`."""
    if len(found) == 1:
        (status, number), *_ = found.items()
        all = {1: "The only statement", 2: f"Both {what}"}.get(number, f"All {number} {what}")
        return f"{all} {_does(status, number)}"
    words = [f"{found[status]} {_does(status, found[status])}" for status in _ORDER if found[status]]
    return f"Of the {found.total()} {what}, {listed(words)}"


_ORDER = (Status.STANDS, Status.FALLS, Status.UNDECIDED)


def _lower(sentence: str) -> str:
    """A sentence as it stands after a colon."""
    return sentence[:1].lower() + sentence[1:]


def _short(statement: Statement, width: int) -> str:
    title = _title(statement)
    return title if len(title) < 2 * width - 12 else title[: 2 * width - 12] + "…"


def _about(report: StatusReport, id: str, width: int) -> Iterator[str]:
    """The verdict on one statement, what would defeat it, and the reasoning down to it."""
    map = report.map
    yield from fill(f"{_verdict(report, id)}", width)
    if report.status(id) is not Status.FALLS:
        yield from fill(report.defeated_by(id).sentence, width)
    yield ""
    answers = list(islice(report.chain(id), _CHAIN + 1))
    if len(answers) > _CHAIN:
        yield "  From what is taken as said, and so on:"
    for answer in _in_order(answers[:_CHAIN]):
        yield from fill(_title(map.by_id[answer.statement]), width, "  ")
        yield from fill(f"{answer_words(map, answer)}: {_lower(answer.why)}", width, "      ")


def _in_order(answers: Sequence[Answer]) -> list[Answer]:
    """Answers in the order of reasoning: each after those that it comes down to."""
    by_id = {answer.statement: answer for answer in answers}
    done: dict[str, Answer] = {}
    stack = [(answers[0].statement, False)] if answers else []
    while stack:
        id, ready = stack.pop()
        if ready:
            done[id] = by_id.pop(id, done.get(id, answers[0]))
        elif id in by_id and id not in done:
            stack += [(id, True), *((other, False) for other in reversed(by_id[id].by) if other in by_id)]
    return list(done.values())


def _title(statement: Statement) -> str:
    text = " ".join(statement.text.split())
    return f"({statement.label}) {text}" if statement.label is not None else text


def answer_words(map: ArgumentMap, answer: Answer) -> str:
    """What becomes of a statement: `stands, given (kind)`."""
    word = "stands, presumed" if answer.cause is Cause.PRESUMED else answer.status.value
    if answer.strength not in (None, Qualifier.CERTAINLY):
        word += f", at most {answer.strength.value}"
    if answer.either_way is not None:
        word += f", {answer.either_way.value} either way"
    if answer.is_self_refuting:
        word += ", refutes itself"
    return f"{word}, given {names(map, answer.given, shown=3)}" if answer.given else word


def change_words(map: ArgumentMap, change: Change) -> str:
    """What a withdrawal or an assumption changed, and why."""
    name = map.by_id[change.statement].name
    return f"{name}: {change.before.value} → {change.after.value}. {change.why}"


def positions_text(map: ArgumentMap, found: Sequence[Position], width: int, every: bool = False) -> str:
    """A verdict, the findings, worst first, and who holds what.

    Args:
        every: Whether every finding is shown, and a table of statements by holders.
    """
    if not found:
        return "Nobody holds anything in this map: write `@ Name: accept (a)`."
    findings = [finding for position in found for finding in position.contested]
    if every or len(found) == 1:
        findings += [finding for position in found for finding in position.unacknowledged()]
    lines = [*fill(_at_odds(found), width), ""]
    for kind, heading in _HEADINGS.items():
        here = _together(map, [finding for finding in findings if finding.kind.value == kind])
        shown = here if every else here[:_SHOWN]
        lines += [heading] if shown else []
        for sentence in shown:
            lines += fill(sentence, width, "  ")
        if shown and len(here) > len(shown):
            lines.append(f"  And {len(here) - len(shown)} more (--all shows them).")
    unsaid = [f"{each.holder} ({each.unsaid})" for each in found if each.unsaid]
    if unsaid and not every and len(found) > 1:
        lines += fill(f"Committed to more than they say: {listed(unsaid, shown=8)} (--all shows each).", width)
    lines += [""] if findings or unsaid else []
    if every:
        return "\n".join([*lines, *_positions_table(map, found, width)]).rstrip()
    for same in by_key((_held(map, position, "s"), position) for position in found).values():
        holders = [position.holder for position in same]
        ending = "" if len(holders) > 1 or is_many(holders[0]) else "s"
        lines += fill(f"{capital(listed(holders))} {_held(map, same[0], ending)}.", width)
    return "\n".join(lines)


def _together(map: ArgumentMap, findings: Sequence[Finding]) -> list[str]:
    """The sentences of findings; what one holder doubts along one chain is one sentence."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        alone = finding.kind is not FindingKind.DISOWNED or not finding.chain or not finding.stances
        groups.setdefault(id(finding) if alone else (finding.holder, finding.stances), []).append(finding)
    found: list[str] = []
    for group in groups.values():
        last = max(group, key=lambda finding: len(finding.chain))
        on_it = [one for one in group if {*distinct(one.chain)} <= {*distinct(last.chain)}]
        ids = [one.statement for one in on_it]
        whole = len(ids) > 1 and disowned(map, last.holder, ids, last.stances, last.chain) + "."
        found += [whole or last.sentence, *(one.sentence for one in group if one not in on_it)]
    return found


_HEADINGS = {
    "clash": "Clashes (committed both ways):",
    "disowned": "Disowned (doubted, though it follows from what they accept):",
    "owes-exception": "Owing an exception (one of them would have to be accepted):",
    "tension": "In tension (rejected, though it follows with a qualifier):",
    "rejected-condition": "Without its condition (accepted, though its only step needs what they do not grant):",
    "unacknowledged": "Unacknowledged (it follows, but they have not said so):",
}


def _at_odds(found: Sequence[Position]) -> str:
    """Who is at odds with what they said, as a sentence."""
    odd = [p.holder for p in found if p.contested]
    if not odd:
        one = found[0].holder if len(found) == 1 else "everybody here"
        return capital(f"{one} {is_or_are(one)} at one with what was said.")
    are = "are" if len(odd) > 1 else is_or_are(odd[0])
    others = len(found) - len(odd)
    rest = "; nobody else is" if others else ""
    return f"{capital(listed(odd, shown=8))} {are} at odds with what they said{rest}."


def _held(map: ArgumentMap, position: Position, ending: str) -> str:
    """`accepts (a) and (b); doubts (c)`, with the ending of the verbs."""
    parts = [
        f"{attitude.value}{ending} {names(map, ids, shown=8)}"
        for attitude, ids in (
            (Attitude.ACCEPT, position.accepts),
            (Attitude.REJECT, position.rejects),
            (Attitude.DOUBT, position.doubts),
        )
        if ids
    ]
    for stance in position.steps:
        *ground, target = stance.ids
        step = f"the step from {names(map, ground)} to {names(map, [target])}"
        parts.append(f"{stance.effect[0].value}{ending} {step}")
    return "; ".join(parts) or "said nothing that counts"


def _positions_table(map: ArgumentMap, found: Sequence[Position], width: int) -> Iterator[str]:
    shown = {id for p in found for id in (*p.accepts, *p.rejects, *p.doubts, *p.must_accept, *p.must_reject)}
    statements = [statement for statement in map.statements if statement.id in shown]
    at_once = max(1, (width - 30) // 16)
    for start in range(0, len(found), at_once):
        some = found[start : start + at_once]
        share = min(0.5, 1 - 16 * len(some) / width)
        rows = [[_title(s), *(_cell(p, s.id) for p in some)] for s in statements]
        shares = [share, *([(1 - share) / len(some)] * (len(some) - 1))]
        yield from table(["Statement", *(p.holder for p in some)], rows, width, shares, cut=2)
        yield ""


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
    """Two holders compared, in paragraphs."""
    lines: list[str] = []
    for heading, ids, none in (
        ("Both say", found.both_say, "there is nothing that both say"),
        ("Both are committed to", found.both_committed, ""),
        ("Neither accepts", found.neither, ""),
        ("They dispute", found.disputes, ""),
    ):
        if ids:
            lines.append(f"{heading}:")
            for id in ids:
                lines += fill(_title(map.by_id[id]), width, "  ")
        elif none:
            lines += fill(f"{capital(none)}.", width)
    if found.crux:
        lines.append("The crux (these stances clash together, and no fewer of them do):")
        for stance in found.crux:
            verb = does(stance.holder, stance.attitude)
            lines += fill(f"{stance.holder} {verb} {_title(map.by_id[stance.ids[0]])}", width, "  ")
    else:
        lines += fill("There is no crux: no stances of the two clash with each other.", width)
    if not found.exhausted:
        lines += fill("Too many sets of stances were possible to try all; there may be a smaller crux.", width)
    both = f"{found.first} and {found.second}"
    verdict = f"{both} dispute {names(map, found.disputes, shown=8)}." if found.disputes else f"{both} dispute nothing."
    return "\n".join([*fill(capital(verdict), width), "", *lines])


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, shares: Sequence[float], cut: int = 0
) -> Iterator[str]:
    """A table of so many columns of the terminal.

    Args:
        shares: What part of the width each column but the last may take at most.
        cut: How many lines of the first column are shown; 0 for as many as the others have, at least two.
    """
    cells = [[harmless(" ".join(cell.split())) for cell in row] for row in (head, *rows)]
    room = width - len(_GAP) * (len(head) - 1)
    widths = [
        max(8, min(max(columns(row[place]) for row in cells), int(room * share))) for place, share in enumerate(shares)
    ]
    widths.append(max(8, room - sum(widths)))
    for number, row in enumerate(cells):
        wrapped = [wrap(cell, widths[place]) for place, cell in enumerate(row)]
        limit = cut or max(2, *(len(lines) for lines in wrapped[1:]))
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
                "strength": answer.strength.value if answer.strength else None,
                "either_way": answer.either_way.value if answer.either_way else None,
                "given": list(answer.given),
                "why": answer.why,
            }
            for statement, answer in zip(report.map.statements, report, strict=True)
        ],
        "unanswered": list(dict.fromkeys(id for step in report.unanswered for id in step.ground)),
        "changed": [
            {"id": change.statement, "from": change.before.value, "to": change.after.value} for change in report.changed
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
        "steps": [
            {"attitude": stance.effect[0].value, "step": {"ground": list(stance.ids[:-1]), "target": stance.ids[-1]}}
            for stance in position.steps
        ],
        "committed": {"accept": list(position.must_accept), "reject": list(position.must_reject)},
        "hedged": [{"statement": id, "qualifier": qualifier.value} for id, qualifier in position.hedged],
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
        "both_say": list(agreement.both_say),
        "both_committed": list(agreement.both_committed),
        "neither": list(agreement.neither),
        "disputes": list(agreement.disputes),
        "crux": [
            {"holder": stance.holder, "attitude": stance.attitude.value, "statement": stance.ids[0]}
            for stance in agreement.crux
        ],
    }
