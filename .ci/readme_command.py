"""Prints a command of the README, so that what is run here is what a newcomer pastes.

    python3 .ci/readme_command.py draw|test

The command is the fenced block after the line `<!-- command: draw -->` or `<!-- command: test -->`.
"""

import re
import sys
from pathlib import Path


def command(name: str) -> str:
    text = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- command: {re.escape(name)} -->\n+```sh\n(.*?)```", text, re.DOTALL)
    if found is None:
        sys.exit(f"README.md has no command '{name}'")
    return found[1]


if __name__ == "__main__":
    print(command(sys.argv[1]), end="")
