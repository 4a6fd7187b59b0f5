"""Files: read and written safely; the settings beside them; what an author asked to be spared."""

from argmap.workspace.decoding import decode
from argmap.workspace.files import (
    STANDARD,
    create,
    guard_output,
    load,
    read_bytes,
    read_source,
    write_bytes,
)
from argmap.workspace.settings import Settings, find_settings
from argmap.workspace.sparing import is_selected, spare

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
