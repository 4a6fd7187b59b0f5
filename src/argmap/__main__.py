"""The `argmap` command, also as `python -m argmap`."""

import gc


def main() -> None:
    """Run the command line, and exit.

    The command turns cyclic garbage collection off; the library never does. A process this short makes no cycles worth
    collecting, and freezing keeps Python from going through every object once more at exit.
    """
    gc.disable()
    try:
        from argmap.cli import main as run

        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
