"""How long very many systems take to load into DuckDB and to be asked, by the page for very many systems.

`python tests/benchmark_sql.py --rows 100000 --folder DIR` judges some examples under other names by the commands of
the page, repeats their lines until there are so many, asks the questions of the page, and prints seconds.
100,000 rows are 2.7 GB, twice; DuckDB has to be installed.
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
    parser.add_argument("--records", type=int, default=1000, help="how many are judged")
    parser.add_argument("--rows", type=int, default=100_000, help="how many are asked")
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    write_varied_examples(asked.folder / "records", asked.records)
    begun = time.monotonic()
    run_shell(list_blocks("sh")[0], asked.folder).check_returncode()
    print(f"{time.monotonic() - begun:6.1f} s: {asked.records} records judged for two days", flush=True)
    for path in asked.folder.glob("*.jsonl"):
        repeat_rows(path, asked.rows)
    os.chdir(asked.folder)
    connection = duckdb.connect()
    for block in list_blocks("sql"):
        begun = time.monotonic()
        rows = len(connection.execute(block).fetchall())
        print(f"{time.monotonic() - begun:6.1f} s: {rows} rows of {' '.join(block.split())[:60]}", flush=True)


def repeat_rows(path: Path, count: int) -> None:
    """The lines of a portfolio again and again, each time as those of other files."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(lines[number % len(lines)].replace("records/", f"records/{number // len(lines)}/", 1))


if __name__ == "__main__":
    main()
