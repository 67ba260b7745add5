"""From records to paper: gathers what a document needs, has it printed, and freezes what is handed out."""

from placements.printing import (
    agreements,
    amendments,
    application_letters,
    applications,
    badges,
    diplomas,
    letters,
    lists,
    payments,
    sheets,
)

__all__ = [
    "agreements",
    "amendments",
    "application_letters",
    "applications",
    "badges",
    "diplomas",
    "letters",
    "lists",
    "payments",
    "sheets",
]
