"""Starts tenken; the version is told without loading anything else."""

import atexit
import gc
import os
import sys


def _postpone_garbage_collection() -> None:
    """Lets Python look for garbage late, and not at all at the end: most commands are over before there is any."""
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)


def main() -> None:
    if sys.argv[1:] == ["--version"]:
        from tenken import __version__

        sys.stdout.write(__version__ + "\n")
        return
    _postpone_garbage_collection()
    from tenken.files.problems import Problems
    from tenken.messages.message_catalog import parse_language_option, use_language

    arguments, language = parse_language_option(sys.argv[1:], os.environ)
    try:
        use_language(language)
    except Problems as found:
        sys.stderr.write(f"{found}\n")
        sys.exit(2)
    from tenken.cli.application import run_command_line

    run_command_line(arguments)


if __name__ == "__main__":
    main()
