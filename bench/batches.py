"""Many diplomas by one printing process and by two: how long it takes, and how large each process becomes."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placements import pdf
from placements.pdf import pool
from placements.pdf.diploma.context import SAMPLE
from placements.synthetic.names import person

CHUNK = 25


@dataclass(frozen=True)
class Batch:
    """Seconds by one worker and by two, and the largest size of each of the three in MB."""

    what: str
    one: float
    two: float
    megabytes: list[int]

    def line(self) -> str:
        sizes = ", ".join(map(str, sorted(self.megabytes)))
        return f"| {self.what} | {self.one:.1f} | {self.two:.1f} | {self.one / self.two:.2f} | {sizes} |"


def people(count: int) -> list[dict[str, Any]]:
    """Diplomas of one layout, each with a name, number and code of its own."""
    chance = random.Random(5)
    return [
        {
            **SAMPLE,
            "person": person(chance),
            "number": f"UB-2025-{number:04}",
            "code": f"K7QM-3WXR-{number:04}",
            "verify_url": f"https://praktik.example.org/verify/K7QM-3WXR-{number:04}",
        }
        for number in range(count)
    ]


def measure(count: int, *, stamped: bool) -> Batch:
    """One worker and two take turns, a part of the batch each, so that the machine is the same for both."""
    what = f"{count:,} diplomas, {'stamped' if stamped else 'each rendered'}"
    everybody, seconds = people(count), {1: 0.0, 2: 0.0}
    pools = {size: pool.Pool(size) for size in seconds}
    for size, workers in pools.items():
        _print(workers, size, everybody[: 10 * size], stamped)
    for start in range(0, count, CHUNK):
        for size, workers in pools.items():
            seconds[size] += _print(workers, size, everybody[start : start + CHUNK], stamped)
        print(f"{what}: {start + CHUNK}", file=sys.stderr)
    sizes = [_megabytes(worker) for workers in pools.values() for worker in workers.workers]
    for workers in pools.values():
        for worker in list(workers.workers):
            worker.end()
    return Batch(what, seconds[1], seconds[2], sizes)


def _print(workers: pool.Pool, size: int, people: list[dict[str, Any]], stamped: bool) -> float:
    pool._pool, pool.SIZE = workers, size
    began = time.perf_counter()
    for one in pdf.render_many("diploma", [pdf.Page(values) for values in people], stamped=stamped):
        if isinstance(one, pdf.RenderError):
            raise one
    return time.perf_counter() - began


def _megabytes(worker: pool.Worker) -> int:
    lines = Path(f"/proc/{worker._process.pid}/status").read_text().splitlines()
    (largest,) = (line for line in lines if line.startswith("VmHWM"))
    return int(largest.split()[1]) // 1024
