"""Numbers without gaps: one series for each kind and year."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.models.diplomas import NumberSeries


def take(session: Session, series: str, year: int) -> int:
    """The next number. The row stays locked until the transaction ends: no number is given twice or lost."""
    row = session.scalar(
        select(NumberSeries).where(NumberSeries.series == series, NumberSeries.year == year).with_for_update()
    )
    if row is None:
        row = NumberSeries(series=series, year=year, last=0)
        session.add(row)
    row.last += 1
    session.flush()
    return row.last
