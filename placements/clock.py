"""Two clocks: `now` is always real; `today` is the business date, which a demonstration may hold still."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import current_app

from placements.formatting import COPENHAGEN


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day in Copenhagen, or the one that PLACEMENTS_TODAY sets."""
    held: date | None = current_app.config["TODAY"]
    return held or datetime.now(COPENHAGEN).date()
