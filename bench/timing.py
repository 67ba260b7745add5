"""Time on the processor: the pages take turns in one process, so that the machine is the same for all."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.pages import WARM, pages

ROUNDS = 60


def measure(database: Path) -> dict[str, float]:
    """Milliseconds of processor time of each page: the median of many calls. In a process of its own."""
    command = [sys.executable, "-m", "bench.timing", str(database)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    lines = (line.split("\t") for line in ran.stdout.splitlines())
    return {name: float(milliseconds) for name, milliseconds in lines}


def _rounds(database: Path) -> dict[str, float]:
    measured = pages(database)
    spent: dict[str, list[float]] = {page.name: [] for page in measured}
    for turn in range(ROUNDS + WARM):
        for page in measured:
            prepared = page.prepare()
            before = time.thread_time()
            page.call(prepared)
            if turn >= WARM:
                spent[page.name].append((time.thread_time() - before) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


if __name__ == "__main__":
    for name, milliseconds in _rounds(Path(sys.argv[1])).items():
        print(f"{name}\t{milliseconds:.3f}")
