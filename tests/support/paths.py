"""Where the files are that the tests read, and how a process is started that is tenken."""

from __future__ import annotations

import sys
from pathlib import Path

TENKEN = (sys.executable, "-m", "tenken")
TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
BROKEN = TESTS / "broken"
CHECKLISTS = TESTS / "checklists"
GOLDEN = TESTS / "golden"
WHOLE = TESTS / "whole"
LIGHTHOUSE = CHECKLISTS / "lighthouse.yaml"
MOVED_LIGHTHOUSE = CHECKLISTS / "moved" / "lighthouse.yaml"
"""A small law, and the same law two amendments later."""
SMALL = CHECKLISTS / "small.yaml"
"""A small law with one of everything."""
