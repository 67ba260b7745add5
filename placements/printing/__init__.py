"""From records to paper: gathers what a document needs, has it printed, and freezes what is handed out."""

from placements.printing import (
    agreements,
    amendments,
    applications,
    badges,
    diplomas,
    letters,
    lists,
    sheets,
)

__all__ = [
    "agreements",
    "amendments",
    "applications",
    "badges",
    "diplomas",
    "letters",
    "lists",
    "sheets",
]
