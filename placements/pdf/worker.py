"""The process that prints: `python -m placements.pdf.worker FILE_DESCRIPTOR`, started by `pool.Worker`.

One request, one answer, one at a time. It ends when the other side closes the connection; signals to the
whole process group are left to the parent, so that a document under way is finished before the server stops.
"""

from __future__ import annotations

import contextlib
import json
import resource
import signal
import sys
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from placements.frames import kind_and_place
from placements.pdf import inspection
from placements.pdf.engine import Engine, MissingFonts, MissingGlyph, TooManyPages

CPU_SECONDS = 30
MEMORY = 1536 * 1024 * 1024

_KINDS: dict[type[BaseException], str] = {
    MissingGlyph: "character",
    MissingFonts: "fonts",
    TooManyPages: "pages",
}


def main(descriptor: int) -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ignored, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with Connection(descriptor) as connection, contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            header, pdf = answer(json.loads(connection.recv_bytes()))
            connection.send_bytes(json.dumps(header).encode())
            connection.send_bytes(pdf)


@cache
def engine() -> Engine:
    return Engine()


def answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """A `BaseException` too is an answer: WeasyPrint's refusal to fetch something is one.

    What broke is told by its type and place: its message may hold what the document says.
    """
    _allow_cpu_seconds(CPU_SECONDS)
    try:
        if "inspect" in request:
            _allow_cpu_seconds(inspection.CPU_SECONDS)
            return dict(inspection.inspect(**request["inspect"])), b""
        if "warm" in request:
            engine().warm()
            return {}, b""
        pdf, version = engine().render(**request)
    except BaseException as error:
        kind = _KINDS.get(type(error), "broken")
        detail = str(error) if kind != "broken" else kind_and_place(error)
        return {"error": kind, "detail": detail}, b""
    return {"template_version": version}, pdf


def _allow_cpu_seconds(seconds: int) -> None:
    """It counts from the start of the process, so every document moves it; past it the kernel ends us."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(int(sys.argv[1]))
