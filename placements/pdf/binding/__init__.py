"""Several printed documents bound into one file for the printer: the very pages, in the order given.

The file is as accessible as its parts. The structure of each stands below one root, in its own language, and
under one bookmark with its title. Seals and attached files are left out: they belong to each document's own
file, which is the one to keep. It is made in a process of its own (`__main__`), whose memory is given back.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from placements.pdf import pool

SECONDS = 60.0
SECONDS_A_DOCUMENT = 0.2
"""Twenty times what one takes."""


class NotBound(Exception):
    """The message is for the log."""


def bind(documents: Sequence[Path], into: Path, *, title: str, language: str) -> None:
    order = {"documents": [str(one) for one in documents], "into": str(into)}
    try:
        subprocess.run(
            [sys.executable, "-P", "-m", __name__],
            input=json.dumps({**order, "title": title, "language": language}).encode(),
            env=pool.environment(),
            capture_output=True,
            timeout=SECONDS + SECONDS_A_DOCUMENT * len(documents),
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NotBound(error.stderr.decode() or f"ended with {error.returncode}") from error
    except subprocess.TimeoutExpired as error:
        raise NotBound(str(error)) from error
