"""The command line: thin commands over the library.

How to add a command
    1. Write a `@click.command()` function, in a file of its own or beside its next of kin. Import heavy
       things (the parser, an engine) inside the function. Its docstring is its help: what it does in a line
       or two, then, after a line with only backslash-b so that click keeps the lines as they are,

           Examples:
             argmap NAME essay.argmap

    2. Have its line in `COMMANDS` below. The module is imported only when the command runs or shows its own
       help; the help shown by `argmap --help` is the one in the table.

What a command may lean on
    - It returns its exit code: `None` or 0 for clean, 1 for errors in a document. 2 (usage or
      environment) is returned by this module for every `ArgmapError`, `OSError` and wrong option: let them rise.
    - Standard output and standard error are UTF-8 whatever the locale, and never raise on a character.
    - `argmap.project.read_source(path)` reads a file or `-`; `argmap.project.write_output(data, path,
      source)` writes one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import EBADF
from importlib import import_module
from typing import Any, cast

import click

# name -> (where it lives, its one-line help), in the order in which the help lists them.
COMMANDS: dict[str, tuple[str, str]] = {
    "new": ("argmap.cli.guidance:new", "Write a short commented map to start from."),
    "check": ("argmap.cli.check:check", "Report errors, warnings and notes."),
    "fmt": ("argmap.cli.fmt:fmt", "Put files into the standard layout."),
    "render": ("argmap.cli.render:render", "Draw a map as SVG, PNG, PDF or DOT."),
    "live": ("argmap.cli.live:live", "Write a map and see its picture, in the browser."),
    "playground": ("argmap.cli.live:playground", "Write the page of live as one file that runs anywhere."),
    "watch": ("argmap.cli.live:watch", "Draw a map again each time it is saved."),
    "status": ("argmap.cli.meaning:status", "Show what stands and what falls, and why."),
    "positions": ("argmap.cli.meaning:positions", "Show who is committed to what, and where they clash."),
    "explain": ("argmap.cli.guidance:explain", "Explain a diagnostic code, or list them all."),
    "convert": ("argmap.cli.convert:convert", "Convert a map to or from another format."),
    "formats": ("argmap.cli.guidance:formats", "List the formats that can be read and written."),
    "coverage": ("argmap.cli.pages:coverage", "Show how much of a source text a map quotes."),
    "lsp": ("argmap.cli.live:lsp", "Answer an editor (language server)."),
    "gallery": ("argmap.cli.pages:gallery", "Draw many maps on one page."),
}

CLEAN, FAULTS, TROUBLE = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141  # 128 + the signal's number, as shells count


class CommandTable(click.Group):
    """A group that imports a command only when it is needed, and turns errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.commands:
            return self.commands[cmd_name]
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        self.commands[cmd_name] = cast(click.Command, getattr(import_module(module), attribute))
        return self.commands[cmd_name]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from argmap.text.words import nearest

            near = nearest(args[0], self.list_commands(ctx))
            hint = f" Did you mean '{near}'?" if near else ""
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if names := self.list_commands(ctx):
            with formatter.section("Commands"):
                formatter.write_dl([(name, COMMANDS[name][1]) for name in names])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and exit with its code; with `standalone_mode` off, return the code."""
        code = self._run(args, prog_name, complete_var, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: Sequence[str] | None, prog_name: str | None, complete_var: str | None, **extra: Any) -> int:
        _fill_closed_streams()
        _speak_utf8()
        output = sys.stdout
        try:
            result = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            if not sys.stdout.closed:  # a language server closes it when its editor has gone
                sys.stdout.flush()
            return result if isinstance(result, int) else CLEAN
        except click.ClickException as error:
            from argmap.text.display import harmless, without_commands

            vars(error)["message"] = without_commands(harmless(error.message))
            error.show()
            return TROUBLE
        except (KeyboardInterrupt, click.Abort):
            click.echo("argmap: interrupted", err=True)
            return INTERRUPTED
        except BrokenPipeError:
            _close_stdout()
            return PIPE_CLOSED
        except SystemExit:
            # click ends so on a closed pipe, with the code that here means faults, and puts a wrapper in the
            # place of standard output; otherwise it ends so after completing a shell's words.
            if sys.stdout is not output:
                return PIPE_CLOSED
            raise
        except OSError as error:
            _close_stdout()
            return _complain(_describe(error))
        except MemoryError:
            return _complain("out of memory")
        except Exception as error:
            from argmap.errors import ArgmapError

            if isinstance(error, ArgmapError):
                return _complain(*error.args)
            import traceback

            lines = traceback.format_exc().splitlines()
            return _complain(*lines, "this is a bug in argmap, not in your file; please report the lines above")


def _complain(*messages: object) -> int:
    from argmap.cli.opening import say

    say(*messages)
    return TROUBLE


def _describe(error: OSError) -> str:
    if error.errno == EBADF and error.filename is None:
        return "standard input or output is closed"
    reason = (error.strerror or str(error)).lower()
    return f"{os.fsdecode(error.filename)}: {reason}" if isinstance(error.filename, (str, bytes)) else reason


def _fill_closed_streams() -> None:
    """Put something in the place of standard streams that are closed, or the next file opened would take it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # Opened the wrong way round, so that a command that needs the stream ends with an error.
            os.open(os.devnull, os.O_RDONLY if name == "stdout" else os.O_WRONLY)
            setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _close_stdout() -> None:
    """Keep the interpreter from complaining about the closed pipe when it flushes at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="argmap", message="%(prog)s %(version)s")
def cli() -> None:
    """Check, draw and analyse arguments that are written as plain text.

    \b
    Examples:
      argmap new essay.argmap       start a map
      argmap check essay.argmap     find its errors
      argmap render essay.argmap    draw it as essay.svg
    """


def main() -> None:
    """The `argmap` command."""
    cli(prog_name="argmap")
