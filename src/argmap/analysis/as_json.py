"""The answers as plain data, in the shapes that the commands print as JSON."""

from __future__ import annotations

from typing import Any

from argmap.analysis.agreement import Agreement
from argmap.analysis.commitment import Position
from argmap.analysis.sentences import clause_words, distinct
from argmap.analysis.standing import StatusReport
from argmap.model import ArgumentMap


def status_data(report: StatusReport, of: str | None = None) -> dict[str, Any]:
    """A status report: `statements`, `unanswered`, `changed`, and `rests_on` (of the statement asked
    about)."""
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
