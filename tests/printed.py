"""What the tests have had printed. That the same request gives the same bytes is shown in `tests/pdf`."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placements.pdf import pool

ask = pool.ask


@dataclass(frozen=True)
class Printed:
    """Answers of the printing workers, kept in a folder that all processes of a run share."""

    folder: Path

    def ask(self, request: bytes, *, seconds: float | None = None) -> tuple[dict[str, Any], bytes]:
        """As `pool.ask`: what was printed before is not printed again. An error is asked for anew."""
        kept = self.folder / hashlib.sha256(request).hexdigest()
        if kept.exists():
            header, _line, pdf = kept.read_bytes().partition(b"\n")
            return json.loads(header), pdf
        told, pdf = ask(request, seconds=seconds)
        if "error" not in told:
            begun = kept.with_suffix(f".{os.getpid()}")
            begun.write_bytes(json.dumps(told).encode() + b"\n" + pdf)
            begun.rename(kept)
        return told, pdf
