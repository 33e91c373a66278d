"""What all tests share."""

import signal

from hypothesis import settings

signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup every program that a test starts would ignore it
settings.register_profile("calm", deadline=None, derandomize=True)
settings.load_profile("calm")
