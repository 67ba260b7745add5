"""Numbers without gaps: one series for each organiser, kind and year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.models.diplomas import NumberSeries


def take(session: Session, series: str, year: int) -> int:
    """The next number. Others wait until the transaction ends: no number is given twice, and one that is
    rolled back is given again."""
    one_at_a_time(session, f"number {series} {year}")
    row = session.scalar(
        select(NumberSeries)
        .where(NumberSeries.series == series, NumberSeries.year == year)
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = NumberSeries(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last
