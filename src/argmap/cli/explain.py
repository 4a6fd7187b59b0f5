"""`argmap explain`: what a diagnostic code means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from argmap.diagnostics import Explanation


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic CODE (or its name): what it means, why it matters, the mend. Alone: list all.

    \b
    Examples:
      argmap explain
      argmap explain AM101
    """
    from argmap.diagnostics.explanation import explanations
    from argmap.errors import ArgmapError

    texts = explanations()
    if code is None:
        width = max(len(text.name) for text in texts)
        for text in texts:
            click.echo(f"{text.code}  {text.severity.value:7}  {text.name:{width}}  {text.summary}")
        return
    for text in texts:
        if code.upper() == text.code or code.lower() == text.name:
            click.echo(
                f"{text.code} {text.name} ({text.severity.value}): {text.summary}\n\n{text.text.strip()}"
            )
            return
    raise ArgmapError(f"there is no code {code}; did you mean {_nearest(code, texts)}?")


def _nearest(code: str, texts: tuple[Explanation, ...]) -> str:
    from difflib import SequenceMatcher

    def likeness(text: Explanation) -> float:
        number = SequenceMatcher(None, code.upper(), text.code).find_longest_match().size / len(text.code)
        return max(number, SequenceMatcher(None, code.lower(), text.name).ratio())

    best = max(texts, key=likeness)
    return f"{best.code} ({best.name})"
