"""How each kind of line looks: always by sign, arrowhead and line style, and only then by hue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from argmap.drawing.boxes import AVERAGE, SMALL
from argmap.drawing.markup import html
from argmap.drawing.theme import Hue, Theme
from argmap.drawing.wrap import wrap
from argmap.model import Step, StepKind


@frozen(kw_only=True, eq=False, repr=False)
class LineStyle:
    """A line's looks; `word` names it in the legend, `verb` in a sentence."""

    sign: str
    word: str
    verb: str
    style: str = "solid"
    head: str = "normal"
    thickness: float = 1.4


LINES: Mapping[StepKind, LineStyle] = {
    StepKind.REASON: LineStyle(sign="+", word="reason", verb="is a reason for"),
    StepKind.OBJECTION: LineStyle(
        sign="−", word="objection", verb="is an objection to", head="tee", thickness=2.0
    ),
    StepKind.CONCESSION: LineStyle(
        sign="~",
        word="granted, outweighed",
        verb="is granted against",
        style="dotted",
        head="onormal",
        thickness=1.8,
    ),
    StepKind.COROLLARY: LineStyle(
        sign="⇒", word="corollary", verb="has the corollary", style="dashed", head="vee"
    ),
    StepKind.INFERENCE: LineStyle(sign="∴", word="inference", verb="yields", head="vee", thickness=2.0),
}
CONDITION = LineStyle(
    sign="provided", word="condition", verb="is a condition", style="dashed", head="odot", thickness=1.2
)
EXCEPTION = LineStyle(
    sign="unless", word="exception", verb="is an exception", style="dashed", head="obox", thickness=1.2
)
CONTRADICTION = LineStyle(
    sign="><", word="contradiction", verb="contradicts", style="solid", head="teetee", thickness=1.4
)

SIGN_WIDTH = 17.0
"""The diameter of a sign, points."""


def sign_node(
    name: str, step: Step, hue: Hue, theme: Theme, characters: int, partial: bool, blocked: bool
) -> str:
    """The round sign of a step, or a plate with the rule's name under a bar."""
    line = LINES[step.kind]
    style = "filled,dashed" if blocked else "filled"
    if step.rule:
        rows = [f"<b>{line.sign}</b> "]
        for number, words in enumerate(wrap(step.rule, characters * AVERAGE)):
            text = html("".join(run.text for run in words))
            rows.append(text if number == 0 else f'<br align="left"/>{text}')
        longest = max(sum(run.width for run in words) for words in wrap(step.rule, characters * AVERAGE))
        look = "rounded,dashed" if blocked else "rounded"
        return (
            f'"{name}" [id="{name}" label=<<table border="{line.thickness:g}" cellborder="0" '
            'cellspacing="0" cellpadding="2" '
            f'style="{look}" bgcolor="{theme.background}" color="{hue.line}"><tr>'
            f'<td width="{round(longest * SMALL + 22)}"><font point-size="{SMALL:g}" color="{hue.text}">'
            f"{''.join(rows)}</font></td></tr></table>>]"
        )
    sign = line.sign + ("…" if partial else "")
    return (
        f'"{name}" [id="{name}" shape=circle fixedsize=true width={SIGN_WIDTH / 72:.3f} style="{style}" '
        f'fillcolor="{theme.background}" color="{hue.line}" penwidth=1.3 fontcolor="{hue.text}" fontsize=11 '
        f"label=<<b>{sign}</b>>]"
    )


def plate(name: str, word: str, hue: Hue, theme: Theme) -> str:
    """A small plate with a word on it: `provided`, `unless`, `><`."""
    return (
        f'"{name}" [id="{name}" label=<<table border="1.2" cellborder="0" '
        'cellspacing="0" cellpadding="1" style="rounded" '
        f'bgcolor="{theme.background}" color="{hue.line}"><tr><td width="{round(len(word) * 4.6 + 8)}">'
        f'<font point-size="8.5" color="{hue.text}">{html(word)}</font></td></tr></table>>]'
    )


def edge(tail: str, head: str, attributes: Sequence[str]) -> str:
    return f'"{tail}" -> "{head}" [{" ".join(attributes)}]'


def line_attributes(line: LineStyle, hue: Hue, *, head: bool, blocked: bool = False) -> list[str]:
    """The looks of a line; only the stretch that reaches the target carries the head."""
    attributes = [f'color="{hue.line}"']
    if line.style != "solid":
        attributes.append(f"style={line.style}")
    elif blocked:
        attributes.append("style=dashed")
    if line.thickness != 1.4:
        attributes.append(f"penwidth={line.thickness:g}")
    if not head:
        attributes.append("arrowhead=none")
    elif line.head != "normal":
        attributes.append(f"arrowhead={line.head}")
        if line.head == "tee":
            attributes.append("arrowsize=0.75")  # a bar is the smallest of heads, and has to be seen in grey
    return attributes
