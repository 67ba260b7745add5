"""Instructions, counted by valgrind's callgrind: the same every time, whatever else the machine is doing.

The measured program calls `getppid`, which nothing else does, before and after each page; callgrind is told
to write what it has counted each time that happens. Until the first page it counts nothing: starting up is
quick.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.pages import COUNTED


class NoValgrind(RuntimeError):
    pass


def count(database: Path) -> dict[str, int]:
    """Instructions of each page: the least of a few calls."""
    if shutil.which("valgrind") is None:
        raise NoValgrind(
            "valgrind is not installed, and instructions are counted with it: apt-get install valgrind"
        )
    with tempfile.TemporaryDirectory() as folder:
        names = _run(database, Path(folder))
        parts = _parts(Path(folder))
    # Part 1 ends at the first marker; after that a page and what is prepared for the next one take turns.
    calls = parts[1::2]
    return {name: min(calls[place * COUNTED : (place + 1) * COUNTED]) for place, name in enumerate(names)}


def _run(database: Path, folder: Path) -> list[str]:
    command = [
        "valgrind",
        "--tool=callgrind",
        "--instr-atstart=no",
        "--dump-before=getppid",
        f"--callgrind-out-file={folder / 'out'}",
        sys.executable,
        "-m",
        "bench.pages",
        str(database),
    ]
    with (folder / "errors").open("w") as errors:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        assert child.stdin is not None
        assert child.stdout is not None
        names = list(iter(lambda: child.stdout.readline().strip(), ""))
        if not names:
            raise RuntimeError((folder / "errors").read_text()[-2000:])
        subprocess.run(["callgrind_control", "-i", "on", str(child.pid)], check=True, capture_output=True)
        child.stdin.write("\n")
        child.stdin.close()
        child.wait()
    if child.returncode:
        raise RuntimeError((folder / "errors").read_text()[-2000:])
    return names


def _parts(folder: Path) -> list[int]:
    files = sorted(folder.glob("out.*"), key=lambda file: int(file.suffix[1:]))
    found = [re.search(r"^totals: (\d+)", file.read_text(), re.MULTILINE) for file in files]
    return [int(part[1]) if part else 0 for part in found]
