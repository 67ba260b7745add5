"""The process that binds: told what to do on its standard input, it writes the file and ends."""

from __future__ import annotations

import json
import resource
import signal
import sys

from placements.pdf.binding.whole import Whole

MEMORY = 2048 * 1024 * 1024
"""A thousand diplomas take 260 MB, and 480 when each has faces of its own."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    order = json.load(sys.stdin)
    whole = Whole(order["title"], order["language"])
    for document in order["documents"]:
        whole.add(document)
    whole.save(order["into"])


if __name__ == "__main__":
    main()
