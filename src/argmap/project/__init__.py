"""Files: reading and writing them safely, and the settings beside them."""

from argmap.project.decoding import decode
from argmap.project.files import (
    STANDARD,
    create,
    guard_output,
    maps_in,
    read_bytes,
    read_source,
    write_bytes,
    write_output,
)
from argmap.project.settings import Settings, find_settings

__all__ = [
    "STANDARD",
    "Settings",
    "create",
    "decode",
    "find_settings",
    "guard_output",
    "maps_in",
    "read_bytes",
    "read_source",
    "write_bytes",
    "write_output",
]
