"""A program on a real pseudo-terminal, with a person's fingers and eyes: types, waits, reads the screen."""

from __future__ import annotations

import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping
from fcntl import ioctl
from pathlib import Path
from types import TracebackType

import pyte

from support.fork_server import get_fork_server


def press_number(place: int, count: int, *, several: bool = False) -> str:
    """The keys that take a choice by its number, or tick it; a number that could still become longer needs an end."""
    number = place + 1
    end = " " if several else "\r"
    return str(number) + (end if number * 10 <= count else "")


class PseudoTerminal:
    """Runs `tenken` with some arguments.

    `replies` is whether the terminal says where its cursor is when asked; without `shows` nothing is drawn, only kept.
    """

    def __init__(
        self,
        *arguments: str,
        folder: Path,
        columns: int = 80,
        rows: int = 24,
        replies: bool = True,
        shows: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.display = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.display)
        self.output = b""
        self.replies, self.shows = replies, shows
        self.handle, theirs = pty.openpty()
        self.name = os.ttyname(theirs)
        self.resize(columns, rows)
        self.pid = get_fork_server().start_tenken(theirs, arguments, folder, environment or {})
        os.close(theirs)

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self.handle >= 0:
            os.close(self.handle)

    def resize(self, columns: int, rows: int) -> None:
        ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.display.resize(rows, columns)

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self.display.display).rstrip()

    def type(self, *keys: str) -> None:
        for key in keys:
            os.write(self.handle, key.encode())

    def wait_until_read(self, within: float = 20) -> None:
        """Waits until the program has read every key, and has had a moment for what it makes of the last."""
        theirs = os.open(self.name, os.O_RDONLY | os.O_NOCTTY)
        try:
            deadline = time.monotonic() + within
            while any(ioctl(theirs, termios.FIONREAD, bytes(4))) and time.monotonic() < deadline:
                self.take(time.monotonic() + 0.02)
        finally:
            os.close(theirs)
        moment = time.monotonic() + 0.5
        while time.monotonic() < moment:
            self.take(moment)

    def wait_for(self, text: str, within: float = 20) -> str:
        """Reads until the text is on the screen, and what comes with it; returns the screen."""
        self.wait_until(lambda screen: text in screen, repr(text), within)
        self.take(time.monotonic() + 0.05)
        return self.screen

    def wait_until(self, is_there: Callable[[str], bool], what: str = "it", within: float = 20) -> str:
        """Reads until the screen is as wanted; returns the screen."""
        deadline = time.monotonic() + within
        while not is_there(screen := self.screen):
            if not self.take(deadline):
                raise AssertionError(f"waited for {what}; the screen shows:\n{screen}")
        return screen

    def finish(self, within: float = 20) -> int:
        """Reads to the end; returns the exit status."""
        deadline = time.monotonic() + within
        while self.take(deadline):
            pass
        return self._wait_for_exit(deadline)

    def hang_up(self, within: float = 20) -> int:
        """Closes the terminal, as when its window is closed; returns the exit status of the program."""
        os.close(self.handle)
        self.handle = -1
        return self._wait_for_exit(time.monotonic() + within)

    def _wait_for_exit(self, deadline: float) -> int:
        try:
            status = get_fork_server().wait_for_exit(self.pid, max(deadline - time.monotonic(), 0) + 1)
        except TimeoutError:
            raise AssertionError(f"still there; the screen shows:\n{self.screen}") from None
        self.pid = 0
        return status

    def kill(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            get_fork_server().wait_for_exit(self.pid, 20)
            self.pid = 0

    def take(self, deadline: float) -> bool:
        """Takes in what the program wrote; False at its end or after the deadline."""
        ready, _, _ = select.select([self.handle], [], [], max(deadline - time.monotonic(), 0))
        try:
            written = os.read(self.handle, 65536) if ready else b""
        except OSError:
            return False
        self.output += written
        if self.shows:
            self.stream.feed(written)
        if self.replies and b"\x1b[6n" in written:
            self.type(f"\x1b[{self.display.cursor.y + 1};{self.display.cursor.x + 1}R")
        return bool(written)
