"""The `argmap` command, also as `python -m argmap`."""

import gc


def main() -> None:
    """Run the command line, and exit.

    A process this short makes no circles worth collecting, neither while its modules load nor when it ends, where
    Python would go through every object once more.
    """
    gc.disable()
    try:
        from argmap.cli import main as run

        run()
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
