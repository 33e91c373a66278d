"""Which day it is where the user is."""

from __future__ import annotations

from datetime import date, datetime


def find_local_day(now: datetime) -> date:
    return now.astimezone().date()
