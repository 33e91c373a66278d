"""Starts tenken; the version is told without loading anything else."""

import atexit
import gc
import os
import sys

from tenken import __version__


def _postpone_garbage_collection() -> None:
    """Lets Python look for garbage late, and not at all at the end: most commands are over before there is any."""
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(__version__ + "\n")
        return
    _postpone_garbage_collection()
    from tenken.cli.application import run_command_line  # noqa: PLC0415 - after the two lines above
    from tenken.messages.message_catalog import parse_language_option  # noqa: PLC0415 - for the same reason

    run_command_line(*parse_language_option(sys.argv[1:], os.environ))


if __name__ == "__main__":
    main()
