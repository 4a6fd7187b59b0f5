"""What type checkers make of the public names: `.ci/run` has mypy and pyright read this against the installed wheel.

It is never run. A line that is wrong says so by `# type: ignore`; both checkers report an ignore that is not needed.
"""

from pathlib import Path
from typing import assert_type

import argmap
from argmap import ArgumentMap, Attitude, Diagnostic, Severity, Span, Stance, Statement, Step, StepKind


def right_uses(path: Path) -> None:
    map = argmap.parse("(a) One.", "essay.argmap", format="argmap")
    assert_type(map, ArgumentMap)
    assert_type(argmap.load(path), ArgumentMap)
    assert_type(argmap.load("essay.json", format="json"), ArgumentMap)
    assert_type(argmap.check(map, select=["AM3"], ignore=("AM301",)), tuple[Diagnostic, ...])
    assert_type(argmap.render(map), bytes)
    assert_type(argmap.render(map, path, theme="print", direction="up", focus=["a"], depth=2, legend=False), bytes)
    assert_type(argmap.render(map, "pdf", page="A4", layout=argmap.Layout.HANGING), bytes)
    assert_type(argmap.render(map, overlay=argmap.status_overlay(map, withdraw=["a"])), bytes)
    assert_type(argmap.render(map, overlay=argmap.position_overlay(map, ["Gates"])), bytes)
    assert_type(argmap.write(map, path, format="outline", strict=True), tuple[Diagnostic, ...])
    assert_type(argmap.format_text("(a) One.", marks="words"), str)
    assert_type(argmap.status(map, withdraw=["a"]), argmap.StatusReport)
    assert_type(argmap.positions(map), argmap.Positions)
    assert_type(argmap.__version__, str)


def values(map: ArgumentMap) -> None:
    assert_type(map["a"], Statement)
    assert_type(map["a"].text, str)
    assert_type(map["a"].span, Span | None)
    assert_type(map.steps, tuple[Step, ...])
    assert_type(map.steps[0].kind, StepKind)
    assert_type(map.stances, tuple[Stance, ...])
    assert_type(map.stances[0].attitude, Attitude)
    assert_type(map.diagnostics[0].severity, Severity)
    ArgumentMap(
        statements=(Statement(id="a", text="One."), Statement(id="b", text="Two.")),
        steps=(Step(kind=StepKind.REASON, ground=("b",), target="a"),),
        stances=(Stance(holder="Gates", attitude=Attitude.ACCEPT, statement="a"),),
    )


def errors(map: ArgumentMap) -> None:
    try:
        argmap.render(map)
    except (argmap.DocumentError, argmap.EngineMissingError) as error:
        assert_type(error, argmap.DocumentError | argmap.EngineMissingError)
    except argmap.ArgmapError:
        raise


def wrong_uses(map: ArgumentMap) -> None:
    argmap.nope()  # type: ignore
    argmap.parse(b"(a) One.")  # type: ignore
    argmap.load()  # type: ignore
    argmap.render(map, "svg", them="oops")  # type: ignore
    argmap.render(map, "svg", width="wide")  # type: ignore
    argmap.render(map, "svg", dpi="high")  # type: ignore
    argmap.check("essay.argmap")  # type: ignore
    argmap.check(map, selct=["AM3"])  # type: ignore
    argmap.write(map)  # type: ignore
    argmap.format_text("(a) One.", marks="both")  # type: ignore
    print(argmap.status(map).nope)  # type: ignore
    print(map.nope)  # type: ignore
    print(map["a"].txt)  # type: ignore
    map["a"].text = "Two."  # type: ignore
    Statement(id=1, text="One.")  # type: ignore
    Step(kind="reason", ground=("b",), target="a")  # type: ignore
    Stance(holder="Gates")  # type: ignore
