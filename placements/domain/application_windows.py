"""When one can apply: from a minute to a minute, both in Copenhagen and both counted (V-03)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from placements.models.cohorts import Cohort, KeyDateKind

MINUTE = timedelta(minutes=1)


class Phase(enum.StrEnum):
    """UNPLANNED: the cohort has no dates for applications."""

    UNPLANNED = "unplanned"
    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """`closes_at` is the deadline as it is written; what comes in that minute counts."""

    opens_at: datetime | None
    closes_at: datetime | None

    def phase(self, now: datetime) -> Phase:
        if self.opens_at is None or self.closes_at is None:
            return Phase.UNPLANNED
        if now < self.opens_at:
            return Phase.BEFORE
        return Phase.OPEN if now < self.closes_at + MINUTE else Phase.CLOSED

    def is_open(self, now: datetime) -> bool:
        return self.phase(now) is Phase.OPEN

    def is_to_come(self, now: datetime) -> bool:
        """Not open yet, whether or not it is known when."""
        return self.phase(now) in (Phase.UNPLANNED, Phase.BEFORE)


def of(cohort: Cohort) -> Window:
    """Needs the cohort's key dates. They are counted in UTC, so a skipped or repeated hour moves nothing."""
    found = {key_date.kind: key_date.starts_at.astimezone(UTC) for key_date in cohort.key_dates}
    return Window(found.get(KeyDateKind.APPLICATIONS_OPEN), found.get(KeyDateKind.APPLICATION_DEADLINE))
