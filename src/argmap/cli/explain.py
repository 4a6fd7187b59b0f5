"""`argmap explain`: what a diagnostic code means."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Explain a diagnostic CODE (or its name): what it means and how to fix it. Without CODE: list all codes.

    \b
    Examples:
      argmap explain
      argmap explain AM101
    """
    from argmap.diagnostics.explanation import explanations
    from argmap.errors import ArgmapError
    from argmap.text.nearest import nearest

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
    near = nearest(code, [name for text in texts for name in (text.code, text.name)])
    hint = f"did you mean {near}?" if near else "argmap explain lists them all"
    raise ArgmapError(f"there is no code {code}; {hint}")
