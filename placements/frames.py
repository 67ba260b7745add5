"""Where something went wrong: file and line, without a word of what was being handled."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parent.parent
FRAMES = 6


def frames_of(trace: TracebackType | None) -> list[str]:
    """Innermost last."""
    frames: list[str] = []
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else Path(path.name)
        frames.append(f"{shown}:{trace.tb_lineno}")
        trace = trace.tb_next
    return frames[-FRAMES:]


def kind_and_place(error: BaseException) -> str:
    """For a process whose messages may hold names: what went wrong and where, and not what it said."""
    return f"{type(error).__name__} at {', '.join(frames_of(error.__traceback__))}"
