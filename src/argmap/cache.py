"""Files that argmap keeps between runs, in the user's own cache folder.

What is kept can always be made again, so nothing here raises: a file that is missing, damaged or somebody else's is
as good as none. Damage is detected by the hash that Python has for its own kept byte code: it is quick and takes
no import. It keeps out nobody: who can write the file can write its hash, so the file must be the user's own.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from importlib.util import source_hash
from pathlib import Path

_HASH_SIZE = 8


def folder() -> Path | None:
    """The folder for kept files, made if need be; None where the user has none of their own."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    if not base or not os.path.isabs(base):
        return None
    path = Path(base) / "argmap"
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path if _is_own(path.stat()) else None
    except OSError:
        return None


def read(name: str) -> bytes | None:
    """What was kept under a name, if it is there and whole."""
    kept = folder()
    if kept is None:
        return None
    try:
        # Not to wait for a writer, should a pipe stand in the file's place.
        descriptor = os.open(kept / name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb", buffering=0) as file:  # a buffer would have megabytes copied
            status = os.fstat(descriptor)
            if not (stat.S_ISREG(status.st_mode) and _is_own(status)):
                return None
            hash, content = file.read(_HASH_SIZE), file.read()
    except OSError:
        return None
    return content if source_hash(content) == hash else None


def write(name: str, content: bytes) -> None:
    """Keep something under a name, whole or not at all."""
    kept = folder()
    if kept is None:
        return
    beside = kept / f"{name}.{os.urandom(4).hex()}.new"
    with suppress(OSError):
        for left in kept.glob(f"{name}.*.new"):  # by a writer that was killed; who still writes begins again next time
            left.unlink(missing_ok=True)
        try:
            with open(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
            ) as file:
                file.write(source_hash(content) + content)
            beside.replace(kept / name)
        finally:
            beside.unlink(missing_ok=True)


def _is_own(status: os.stat_result) -> bool:
    """Whether something is the user's, and nobody else could have put a file of theirs there."""
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
