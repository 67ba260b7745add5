"""Danish public holidays, and the days between."""

from __future__ import annotations

from datetime import date
from functools import cache

SATURDAY = 5
"""As `date.weekday` counts."""


@cache
def _of_year(year: int) -> dict[date, str]:
    # Imported late: half a second that the start-up need not wait for.
    from holidays import country_holidays

    return dict(country_holidays("DK", language="da", years=year).items())


def name_of(day: date) -> str | None:
    """What the holiday is called in Danish; None on any other day."""
    return _of_year(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Whether an office can be called."""
    return day.weekday() < SATURDAY and name_of(day) is None
