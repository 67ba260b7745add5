"""`python -m bench`: fills the databases if need be, measures, prints the tables and how they came about."""

from __future__ import annotations

import argparse
import sys

from bench import counting, databases, timing
from bench.report import Result, report

SIZES = (1_000, 1_000_000)
QUICK = (1_000, 20_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="1,000 and 20,000 placements instead of 1,000,000"
    )
    sizes = QUICK if parser.parse_args().quick else SIZES
    results = []
    for placements in sizes:
        print(f"Measuring with {placements:,} placements …", file=sys.stderr)
        database = databases.database(placements)
        results.append(Result(placements, counting.count(database), timing.measure(database)))
    print(report(results))


if __name__ == "__main__":
    try:
        main()
    except counting.NoValgrind as missing:
        sys.exit(str(missing))
