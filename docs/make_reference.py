"""Makes the reference page of the Python interface from its docstrings.

    python docs/make_reference.py

writes it as `build/reference/argmap.html`. It needs pdoc, which `pip install -e '.[dev]'` brings.
"""

from __future__ import annotations

from pathlib import Path

import pdoc
import pdoc.render

FOLDER = Path(__file__).parents[1] / "build" / "reference"


def main(folder: Path = FOLDER) -> Path:
    """Write the page into a folder, and return its path."""
    pdoc.render.configure(docformat="google", show_source=False)
    # The second says: none of the rooms, only what `argmap` itself offers.
    pdoc.pdoc("argmap", r"!argmap\.", output_directory=folder)
    return folder / "argmap.html"


if __name__ == "__main__":
    print(f"wrote {main()}")
