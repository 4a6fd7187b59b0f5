"""The `argmap` command, also as `python -m argmap`."""

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line, and exit.

    The command turns cyclic garbage collection off; the library never does. A process this short makes no cycles worth
    collecting, and freezing keeps Python from going through every object once more at exit.
    """
    gc.disable()
    code = 0
    try:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _end)
        from argmap.cli import main as run

        run()
    except KeyboardInterrupt:  # before the command could begin
        os.write(2, b"argmap: interrupted\n")
        code = 130
    finally:
        gc.freeze()
    sys.exit(code)


def _end(number: int, _: object) -> None:
    """End as after Ctrl-C, so that no process and no half-written file is left."""
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
