"""How long very many systems take to judge, to load into DuckDB and to be asked, by the page for very many systems.

`python tests/benchmark_sql.py --records 100000 --folder DIR` varies the examples, runs the commands and the questions
of the page, and prints seconds; it judges nothing. 100,000 records are 2.7 GB of lines, twice; where the lines lie
there already, they are only asked. DuckDB has to be installed.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

import duckdb

from support.many_records import write_varied_examples
from support.portfolio_page import list_blocks, run_shell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    if not (asked.folder / "systems.jsonl").exists():
        write_varied_examples(asked.folder / "records", asked.records)
        begun = time.monotonic()
        run_shell(list_blocks("sh")[0], asked.folder).check_returncode()
        print(f"{asked.records} records judged for two days: {time.monotonic() - begun:.1f} s")
    os.chdir(asked.folder)
    connection = duckdb.connect()
    for block in list_blocks("sql"):
        begun = time.monotonic()
        rows = len(connection.execute(block).fetchall())
        print(f"{time.monotonic() - begun:6.1f} s, {rows} rows: {' '.join(block.split())[:60]}", flush=True)


if __name__ == "__main__":
    main()
