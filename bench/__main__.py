"""`python -m bench [board|allocation|documents]`: measures, prints the tables and how they came about."""

from __future__ import annotations

import argparse
import sys

from bench import allocation, counting, databases, documents, timing
from bench.report import Result, report

PARTS = ("board", "allocation", "documents")
SIZES = (1_000, 1_000_000)
QUICK = (1_000, 20_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="one part alone; all of them unless said")
    parser.add_argument(
        "--quick", action="store_true", help="the board with 20,000 placements, not 1,000,000; batches of 100"
    )
    asked = parser.parse_args()
    if asked.part in {None, "allocation"}:
        print(allocation.report(allocation.measure()), end="\n\n")
    if asked.part in {None, "documents"}:
        print(documents.report(quick=asked.quick), end="\n\n")
    if asked.part in {None, "board"}:
        print(_board(QUICK if asked.quick else SIZES))


def _board(sizes: tuple[int, int]) -> str:
    """Fills the databases if need be."""
    results = []
    for placements in sizes:
        print(f"Measuring with {placements:,} placements …", file=sys.stderr)
        database = databases.database(placements)
        results.append(Result(placements, counting.count(database), timing.measure(database)))
    return report(results)


if __name__ == "__main__":
    try:
        main()
    except counting.NoValgrind as missing:
        sys.exit(str(missing))
