"""Kills as many interviews at random moments as are named, prints figures, and fails if anything was lost."""

from __future__ import annotations

import sys
import time

from support.killed_interviews import kill_interviews


def main() -> None:
    begun = time.perf_counter()
    found = kill_interviews(int(sys.argv[1]))
    took = time.perf_counter() - begun
    print(f"{len(found)} kills in {took:.0f} s, {sum(len(one.acknowledged) for one in found)} acknowledged answers")
    print(f"killed between save and acknowledgement: {sum(one.kept > one.acknowledged for one in found)}")
    print(f"unfinished files left: {sum(one.unfinished for one in found)}")
    corrupt, lost = sum(not one.is_whole for one in found), sum(one.lost for one in found)
    print(f"corrupt records: {corrupt}, acknowledged answers lost: {lost}")
    sys.exit(corrupt + lost > 0)


if __name__ == "__main__":
    main()
