"""Several printed documents bound into one file for the printer: the very pages, in the order given.

The file is as accessible as its parts. The structure of each stands below one root, in its own language, and
under one bookmark with its title. Seals and attached files are left out: they belong to each document's own
file, which is the one to keep. It is made in a process of its own (`__main__`), whose memory is given back:
one at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore

from placements.i18n import _
from placements.pdf import pool
from placements.pdf.errors import NoneFree

SECONDS = 60.0
SECONDS_A_DOCUMENT = 0.2
"""Twenty times what one takes."""
PATIENCE = 5.0
_one = BoundedSemaphore(1)


class NotBound(Exception):
    """The message is for the log: types and places, and never a name."""


def bind(documents: Sequence[Path], into: Path, *, title: str, language: str) -> None:
    """Raises `NotBound`, or `NoneFree` while another file is being bound."""
    seconds = SECONDS + SECONDS_A_DOCUMENT * len(documents)
    order = {"documents": [str(one) for one in documents], "into": str(into), "seconds": round(seconds)}
    if not _one.acquire(timeout=PATIENCE):
        raise NoneFree(_("Der samles en anden fil lige nu. Prøv igen om lidt."))
    try:
        _run({**order, "title": title, "language": language}, seconds)
    finally:
        _one.release()


def _run(order: dict[str, object], seconds: float) -> None:
    try:
        subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps(order).encode(),
            env=pool.environment(),
            capture_output=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NotBound(error.stderr.decode() or f"ended with {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise NotBound(f"not ended after {seconds:.0f} seconds") from error
