"""Kialo's text export: a numbered outline of pros and cons.

    Discussion Title: Should libraries open on Sundays?

    1. Libraries should open on Sundays.
    1.1. Pro: Many people have no other day.
    1.1.1. Con: They have Saturday evening.
    1.2. Con: -> See 1.1.1.

The format is described at https://support.kialo.com (export of a discussion).

Claims with their numbers as labels, pros, cons and references. Votes and comments are not in it.
"""

from __future__ import annotations

import re

from attrs import define, field

from argmap.errors import FormatError
from argmap.formats.format import Conversion, Format
from argmap.formats.losses import Losses
from argmap.formats.node_graph import paragraphs
from argmap.model import ArgumentMap, Fact, Statement, Step, StepKind
from argmap.model.statement import UnlabelledIds
from argmap.text import Source, Span

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TITLE = re.compile(r"(?:Discussion (?:Title|Name)|Title)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_CLAIM = re.compile(r"[ \t]*(\d{1,9}(?:\.\d{1,9})*)\.[ \t]+(.*)")
_SIDE = re.compile(r"(pro|con)[ \t]*:[ \t]*(.*)", re.IGNORECASE | re.DOTALL)
_SEE = re.compile(r"->[ \t]*see[ \t]+(?:discussion[ \t]*#?\d+[ \t]*)?(\d+(?:\.\d+)*)\.?", re.IGNORECASE)
_SIGNS = re.compile(r"\A\ufeff?\s*(?i:Discussion (?:Title|Name))\s*:|^[ \t]*\d+(?:\.\d+)+\.[ \t]+(?:Pro|Con):", re.M)
_KINDS = {"pro": StepKind.REASON, "con": StepKind.OBJECTION}


@define
class _Claim:
    number: str
    start: int
    end: int
    lines: list[str] = field(factory=list)
    side: StepKind | None = None


def read(source: Source) -> Conversion:
    """Read a discussion.

    Raises:
        FormatError: there is no numbered claim in it.
    """
    losses = Losses()
    facts, claims = _split(source, losses)
    if not claims:
        raise FormatError(f"{source.name}: no numbered claim such as “1. …” in it; this is no Kialo export")
    statements: list[Statement] = []
    known: set[str] = set()
    ids = UnlabelledIds()
    pending: list[tuple[_Claim, str]] = []  # each claim with the id of its statement, or of the one that it refers to
    for claim in claims:
        text = paragraphs("\n".join(claim.lines))
        sided = _SIDE.match(text)
        if sided is not None:
            claim.side = _KINDS[sided[1].lower()]
            text = sided[2]
        if see := _SEE.fullmatch(text.strip()):
            pending.append((claim, see[1]))
            continue
        span = Span(claim.start, claim.end, source)
        if not text:
            losses.skipped(f"claim {claim.number} has no text", span)
        label = None if claim.number in known else claim.number
        if label is None:
            losses.skipped(f"the number {claim.number} is used twice; what refers to it means the first", span)
        id = label or ids.id_of(text)
        known.add(id)
        statements.append(Statement(id=id, label=label, text=text or "…", span=span))
        pending.append((claim, id))
    steps: list[Step] = []
    for claim, id in pending:
        span = Span(claim.start, claim.end, source)
        parent = claim.number.rpartition(".")[0]
        if id not in known:
            losses.skipped(f"claim {claim.number} refers to {id}, which is not there", span)
        elif not parent:
            continue
        elif parent not in known:
            losses.skipped(f"claim {claim.number} has no claim {parent} to stand under", span)
        elif claim.side is None:
            losses.changed(f"claim {claim.number} is neither pro nor con, and stands by itself", span)
        else:
            steps.append(Step(kind=claim.side, ground=(id,), target=parent, span=span))
    return Conversion(
        ArgumentMap(statements=tuple(statements), steps=tuple(steps), facts=tuple(facts)), losses.diagnostics
    )


def _split(source: Source, losses: Losses) -> tuple[list[Fact], list[_Claim]]:
    """The header and the claims with all their lines."""
    facts: list[Fact] = []
    claims: list[_Claim] = []
    sources = False
    for match in _LINE.finditer(source.text, int(source.text.startswith("\ufeff"))):
        line = match[1]
        claim = _CLAIM.match(line)
        if claim is not None and not sources:
            claims.append(_Claim(claim[1], match.start() + len(line) - len(line.lstrip()), match.end(1), [claim[2]]))
        elif claims and re.fullmatch(r"\s*sources\s*:\s*", line, re.IGNORECASE):
            sources = True
        elif sources:
            if line.strip():
                losses.left_out(
                    f"the source “{line.strip()[:60]}”: it is tied to no claim",
                    Span(match.start(), match.end(1), source),
                )
        elif claims:
            claims[-1].lines.append(line)
            if line.strip():
                claims[-1].end = match.end(1)
        elif title := _TITLE.fullmatch(line.strip()):
            facts.append(Fact(key="title", value=title[1].strip()))
        elif line.strip():
            losses.left_out(
                f"the line “{line.strip()[:60]}” before the first claim", Span(match.start(), match.end(1), source)
            )
    return facts, claims


def _sniff(source: Source) -> bool:
    return _SIGNS.search(source.text[:20_000]) is not None


FORMAT = Format("kialo", "Kialo text export", (".kialo.txt", ".txt"), __doc__, read, None, _sniff)
