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


def moment() -> datetime:
    """Now, on the business date: what a demonstration holds still is the day and not the time of day."""
    held: date | None = current_app.config["TODAY"]
    if held is None:
        return now()
    return datetime.combine(held, datetime.now(COPENHAGEN).time(), tzinfo=COPENHAGEN).astimezone(UTC)
