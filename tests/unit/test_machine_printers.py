"""What programs read: JSON, GitHub's workflow commands, SARIF."""

from __future__ import annotations

import json

import argmap
from argmap.diagnostics import Diagnostic, Edit, Fix, Label, Report, Severity
from argmap.diagnostics.machine import format_github, format_json, format_sarif
from argmap.text import Source, Span

TEXT = "\ufeffα 😀 (a) One.\r\n    - (pakt)\r\n"
START = TEXT.index("(pakt)")
FOUND = Diagnostic(
    "AM101",
    Severity.ERROR,
    "no statement is called (pakt)",
    (
        Label(Span(START, START + 6), "used here"),
        Label(Span(TEXT.index("(a)"), TEXT.index("(a)") + 3), "this?"),
    ),
    "did you mean (a)?",
    Fix("write (a)", (Edit(Span(START, START + 6), "(a)"),)),
)
REPORT = Report(Source("dir/my essay.argmap", TEXT), (FOUND,))


def test_json_has_the_promised_keys_and_counts_code_points_from_one() -> None:
    assert json.loads(format_json([REPORT])) == {
        "diagnostics": [
            {
                "code": "AM101",
                "severity": "error",
                "message": "no statement is called (pakt)",
                "file": "dir/my essay.argmap",
                "line": 2,
                "column": 7,
                "end_line": 2,
                "end_column": 13,
                "hint": "did you mean (a)?",
                "related": [{"message": "this?", "line": 1, "column": 5, "end_line": 1, "end_column": 8}],
            }
        ]
    }


def test_json_columns_count_an_emoji_as_one_and_a_byte_order_mark_as_none() -> None:
    found = Diagnostic("AM102", Severity.NOTE, "m", (FOUND.labels[1],))
    entry = json.loads(format_json([Report(REPORT.source, (found,))]))["diagnostics"][0]
    assert (entry["line"], entry["column"], entry["end_column"]) == (1, 5, 8)


def test_json_without_a_place_or_faults() -> None:
    entry = json.loads(format_json([Report(Source("x", ""), (Diagnostic("A", Severity.NOTE, "m"),))]))
    assert entry["diagnostics"][0]["line"] is None
    assert json.loads(format_json([])) == {"diagnostics": []}


def test_json_is_ascii() -> None:
    assert format_json([Report(Source("\ud800é\x1b", ""), (FOUND,))]).isascii()


def test_github_commands() -> None:
    assert format_github([REPORT]) == (
        "::error file=dir/my essay.argmap,title=AM101,line=2,col=7,endLine=2,endColumn=12"
        "::no statement is called (pakt)%0Adid you mean (a)?%0Aline 1, column 5: this?"
    )


def test_github_text_cannot_begin_another_command_or_property() -> None:
    found = Diagnostic("AM101", Severity.NOTE, "100%\r\n::error::x", ())
    shown = format_github([Report(Source("a,b:c%\n::error::", ""), (found,))])
    assert shown == "::notice file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3A,title=AM101::100%25%0A::error::x"


def test_github_leaves_columns_out_where_a_place_spans_lines() -> None:
    found = Diagnostic("AM1", Severity.WARNING, "m", (Label(Span(0, len(TEXT) - 2)),))
    assert format_github([Report(REPORT.source, (found,))]).startswith(
        "::warning file=dir/my essay.argmap,title=AM1,line=1,endLine=2::"
    )


def test_sarif() -> None:
    log = json.loads(format_sarif([REPORT]))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["name"] == "argmap"
    assert run["tool"]["driver"]["version"] == argmap.__version__
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("AM101", "unknown-label")
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("AM101", 0, "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "dir/my%20essay.argmap"}
    assert place["region"] == {"startLine": 2, "startColumn": 7, "endLine": 2, "endColumn": 13}
    assert result["relatedLocations"][0]["message"] == {"text": "this?"}
    replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["deletedRegion"] == place["region"]
    assert replacement["insertedContent"] == {"text": "(a)"}


def test_sarif_names_files_as_addresses() -> None:
    def address(name: str) -> str:
        log = json.loads(format_sarif([Report(Source(name, "x"), (FOUND,))]))
        return str(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])

    assert address("/tmp/é.argmap") == "file:///tmp/%C3%A9.argmap"
    assert address("<stdin>") == "%3Cstdin%3E"
