"""Starts tenken; the version is told without loading anything else."""

import _signal as signals  # type: ignore[import-not-found]  # `signal` loads more before an interruption is awaited
import atexit
import gc
import os
import sys
from contextlib import suppress

from tenken import __version__


def _leave_at_once(number: int, _: object) -> None:
    """Leaves while nothing but loading is at work: an exception in the midst of that is told as a fault."""
    os._exit(128 + number)


def _set_interrupt_handler(handler: object) -> None:
    """What Ctrl-C does from now on; where it is ignored, as in the background of a script, it stays so."""
    if signals.getsignal(signals.SIGINT) != signals.SIG_IGN:
        signals.signal(signals.SIGINT, handler)


def _postpone_garbage_collection() -> None:
    """Lets Python look for garbage late, and not at all at the end: most commands are over before there is any."""
    gc.set_threshold(100_000)
    atexit.register(gc.freeze)


def main() -> None:
    _set_interrupt_handler(_leave_at_once)
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        with suppress(OSError):  # which is told below
            os.write(sys.stdout.fileno(), f"{__version__}\n".encode())
            return
    _postpone_garbage_collection()
    from tenken.cli.application import run_command_line  # noqa: PLC0415 - after the two lines above
    from tenken.messages.message_catalog import parse_language_option  # noqa: PLC0415 - for the same reason

    try:
        run_command_line(*parse_language_option(sys.argv[1:], os.environ))
    except KeyboardInterrupt:  # once more, while the first was told
        os._exit(128 + signals.SIGINT)
    finally:
        _set_interrupt_handler(signals.SIG_IGN)  # all is done


if __name__ == "__main__":
    main()
