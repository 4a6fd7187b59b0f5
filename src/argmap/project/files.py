"""Reading a file or standard input, and writing one so that it is never half-written."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from argmap.diagnostics import Diagnostic
from argmap.errors import FileError
from argmap.project.decoding import decode
from argmap.text import Source
from argmap.text.words import nearest

if TYPE_CHECKING:
    from argmap.model import ArgumentMap

STANDARD = "-"
"""The name that means standard input or output."""

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read: some million statements, far past any argument."""


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises:
        FileError: it is missing, a directory, not readable, or larger than `MAX_BYTES`.
    """
    name = os.fspath(path)
    if name == STANDARD:
        return _within_limit(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    try:
        with open(name, "rb") as file:
            return _within_limit(file.read(MAX_BYTES + 1), name)
    except FileNotFoundError:
        raise FileError(f"there is no file {name}{_nearest(name)}") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        if isinstance(error, OSError) and os.path.isdir(name):  # for Windows it is one that may not be read
            raise FileError(f"{name} is a folder, not a file") from None
        raise FileError(f"cannot read {name}: {_reason(error)}") from None


def read_source(path: str | os.PathLike[str]) -> tuple[Source, tuple[Diagnostic, ...]]:
    """The text of a file (or of standard input for `-`), and what is wrong with its bytes; see `decode`."""
    name = os.fspath(path)
    return decode(read_bytes(name), "<stdin>" if name == STANDARD else name)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole or not at all; `-` is standard output.

    The data go to a new file beside it, which is then renamed. An existing file keeps its mode, a symbolic
    link keeps pointing where it did, and a device or pipe is simply written to.

    Raises:
        FileError: it cannot be written.
        BrokenPipeError: the reader of standard output has gone.
    """
    name = os.fspath(path)
    if name == STANDARD:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        target = os.path.realpath(name)
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise FileError(f"{name} is a folder, not a file")
        if mode is not None and not stat.S_ISREG(mode):
            Path(target).write_bytes(data)
        else:
            _replace(target, data, mode)
    except (OSError, ValueError) as error:
        raise FileError(f"cannot write {name}: {_reason(error)}") from None


def create(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file that must not be there yet.

    Raises:
        FileError: it is there, or it cannot be written.
    """
    name = os.fspath(path)
    try:
        with open(name, "xb") as file:
            try:
                file.write(data)
                file.flush()
            except BaseException:
                with suppress(OSError):
                    os.unlink(name)
                raise
    except FileExistsError:
        raise FileError(f"{name} is there already; it is left as it is") from None
    except (OSError, ValueError) as error:
        raise FileError(f"cannot write {name}: {_reason(error)}") from None


def guard_output(
    given: str | os.PathLike[str], output: str | os.PathLike[str], what: str = "the file being read"
) -> None:
    """Refuse to write a picture or an export over a file of the author's.

    Raises:
        FileError: both names mean one file.
    """
    if STANDARD in (os.fspath(given), os.fspath(output)):
        return
    with suppress(OSError, ValueError):
        if os.path.samefile(given, output):
            raise FileError(f"{os.fspath(output)} is {what}; give another name to write to")


def write_output(data: bytes, path: str | os.PathLike[str], *maps: ArgumentMap, force: bool = False) -> bool:
    """Write what was made of maps, never over their own files, their sources or their settings.

    Args:
        data: What to write.
        path: Where; `-` is standard output.
        maps: What it is made of.
        force: Write over any file.

    Returns:
        Whether there was a file of this name before.

    Raises:
        FileError: it cannot be written, or is one of those files.
    """
    name = os.fspath(path)
    replaced = name != STANDARD and os.path.exists(name)
    if replaced and not force:
        for map in maps:
            _guard(map, name)
    write_bytes(name, data)
    return replaced


def _guard(map: ArgumentMap, output: str) -> None:
    from argmap.project.settings import candidates

    given = map.source.name if map.source is not None and not map.source.name.startswith("<") else STANDARD
    guard_output(given, output)
    if any(fact.key == "source" for fact in map.facts):
        from argmap.project.sources import named_files

        for file in named_files(map, os.path.dirname(given)):
            guard_output(file, output, "a source of the map")
    for file in candidates(given):
        guard_output(file, output, "a settings file")


def maps_in(folders: Iterable[str], most: int = 500) -> Iterator[str]:
    """The maps in some folders and those within, in order, `most` at most; hidden folders are passed over."""
    left = most
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner[:] = sorted(name for name in inner if name[0] != "." and name != "node_modules")
            for name in sorted(names):
                if name.endswith(".argmap") and left:
                    left -= 1
                    yield os.path.join(root, name)


def _replace(target: str, data: bytes, mode: int | None) -> None:
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied")
    folder = os.path.dirname(target)
    start = f".{os.path.basename(target)[:100]}."
    _remove_left_behind(folder, start)
    beside = os.path.join(folder, f"{start}{os.getpid()}.{os.urandom(4).hex()}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(beside, stat.S_IMODE(mode))
        _put(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _put(beside: str, target: str) -> None:
    """Put a file in the place of another. Windows refuses while some program has that open, often for an instant."""
    for pause in (0.01, 0.05, 0.2, 0.5) if os.name == "nt" else ():
        try:
            os.replace(beside, target)
            return
        except PermissionError:
            time.sleep(pause)
    os.replace(beside, target)


def _remove_left_behind(folder: str, start: str) -> None:
    """Remove the new files of writers that were killed."""
    if os.name != "posix":
        return
    with suppress(OSError):
        for name in os.listdir(folder):
            number, dot, rest = name.removeprefix(start).partition(".")
            if name.startswith(start) and number.isdecimal() and dot and rest.endswith("new"):
                try:
                    os.kill(int(number), 0)
                except (ProcessLookupError, OverflowError):
                    os.unlink(os.path.join(folder, name))
                except OSError:
                    pass


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _within_limit(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise FileError(f"{name} is larger than {MAX_BYTES // (1024 * 1024)} MB; that is no argument map")
    return data


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()


def _nearest(name: str) -> str:
    """What the user may have meant instead, as the end of a sentence."""
    folder, base = os.path.split(name)
    try:
        there = os.listdir(folder or ".")
    except (OSError, ValueError):
        return ""
    by_stem = {os.path.splitext(other)[0]: other for other in there if other.endswith(".argmap")}
    stem = nearest(base, by_stem, 0.75)
    near = nearest(base, there, 0.75) or (by_stem[stem] if stem is not None else None)
    return f"; did you mean {os.path.join(folder, near)}?" if near else ""
