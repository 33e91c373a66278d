"""Kills as many interviews at random moments as are named, prints figures, and fails if anything was lost.

A sixth as many are told to end, by each of the signals that say so; those leave in order, with nothing half written.
"""

from __future__ import annotations

import signal
import sys
import time

from support.killed_interviews import kill_interviews

ENDS = (signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup every program that this starts would ignore it
    begun = time.perf_counter()
    count = int(sys.argv[1])
    killed = kill_interviews(count)
    ended = {end: kill_interviews(count // 6, end) for end in ENDS}
    found = [*killed, *(one for each in ended.values() for one in each)]
    took = time.perf_counter() - begun
    print(f"{len(found)} kills in {took:.0f} s, {sum(len(one.acknowledged) for one in found)} acknowledged answers")
    print(f"killed between save and acknowledgement: {sum(one.kept > one.acknowledged for one in found)}")
    print(f"unfinished files left by kills: {sum(one.unfinished for one in killed)}")
    disorder = sum(one.status != 128 + end or one.unfinished > 0 for end in ENDS for one in ended[end])
    corrupt, lost = sum(not one.is_whole for one in found), sum(one.lost for one in found)
    print(f"corrupt records: {corrupt}, acknowledged answers lost: {lost}, left in disorder: {disorder}")
    sys.exit(corrupt + lost + disorder > 0)


if __name__ == "__main__":
    main()
