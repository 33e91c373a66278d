"""What all tests share."""

import os
import signal
import sys
import tempfile

from hypothesis import settings

from support.fork_server import stop_fork_server

MEMORY = "/dev/shm"

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup every program that a test starts would ignore it
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every program that a test starts would compile everything anew
sys.dont_write_bytecode = False
if os.access(MEMORY, os.W_OK):
    tempfile.tempdir = MEMORY  # what tests write goes to memory: each durable save waits for a disk otherwise
settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")


def pytest_sessionfinish() -> None:
    stop_fork_server()
