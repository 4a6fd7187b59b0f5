"""Files: reading and writing them safely, the settings beside them, and suppressed diagnostics."""

from argmap.project.decoding import decode
from argmap.project.files import (
    STANDARD,
    create,
    guard_output,
    load,
    read_bytes,
    read_source,
    write_bytes,
)
from argmap.project.settings import Settings, find_settings
from argmap.project.sparing import is_selected, spare

__all__ = [
    "STANDARD",
    "Settings",
    "create",
    "decode",
    "find_settings",
    "guard_output",
    "is_selected",
    "load",
    "read_bytes",
    "read_source",
    "spare",
    "write_bytes",
]
