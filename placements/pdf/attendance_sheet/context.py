"""The list that is signed in the room: one sheet for each session."""

from __future__ import annotations

from collections.abc import Sequence

from placements.formatting import full_date, time_span
from placements.models.teaching import TeachingSession
from placements.pdf.attendance_sheet.examples import SAMPLE, WORST
from placements.pdf.attendance_sheet.values import Sheet, Values

__all__ = ["FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "fremmoede-{dated}.pdf"


def build(sheets: Sequence[tuple[TeachingSession, Sequence[str]]], *, locale: str = "da") -> Values:
    """Sessions of one run with the names of those they are for. Everything must be loaded."""
    first, _names = sheets[0]
    cohort, module = first.run.cohort, first.run.module
    return {
        "dated": first.held_on.isoformat(),
        "issuer": cohort.programme.organiser_on(first.held_on),
        "module": f"{module.number}. {module.title}",
        "cohort": cohort.name,
        "sheets": [_sheet(taught, names, locale) for taught, names in sheets],
    }


def _sheet(taught: TeachingSession, names: Sequence[str], locale: str) -> Sheet:
    return {
        "day": full_date(taught.held_on, locale=locale),
        "time": time_span(taught.starts_at, taught.ends_at, locale=locale),
        "place": taught.place or "",
        "teachers": ", ".join(teacher.name for teacher in taught.teachers),
        "names": list(names),
    }
