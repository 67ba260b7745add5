"""The process that binds: told what to do on its standard input, it writes the file and ends."""

from __future__ import annotations

import json
import resource
import signal
import sys
from typing import Any

from placements.frames import kind_and_place
from placements.pdf.binding.whole import Whole

MEMORY = 2048 * 1024 * 1024
"""A thousand diplomas take 260 MB, and 480 when each has faces of its own."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    order = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], resource.RLIM_INFINITY))
    try:
        bind(order)
    except Exception as error:  # its message names files, and may hold what is in them
        sys.exit(kind_and_place(error))


def bind(order: dict[str, Any]) -> None:
    whole = Whole(order["title"], order["language"])
    for document in order["documents"]:
        whole.add(document)
    whole.save(order["into"])


if __name__ == "__main__":
    main()
