"""`argmap lsp`: the language server for editors."""

from __future__ import annotations

import click


@click.command()
def lsp() -> None:
    """Answer an editor on standard input and output, by the Language Server Protocol.

    Editors start this themselves. Install it with: pip install "argmap[lsp]"

    \b
    Examples:
      argmap lsp
    """
    from argmap.errors import ArgmapError

    try:
        from argmap.lsp import serve
    except ModuleNotFoundError as error:
        raise ArgmapError('the language server needs pygls: pip install "argmap[lsp]"') from error
    serve()
