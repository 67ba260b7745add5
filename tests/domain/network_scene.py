"""What the tests of network groups lay out: a moment, a meeting and a peer with a place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkGroup, NetworkPlace
from tests.factories import Factory

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
START = datetime(2025, 2, 3, 15, tzinfo=UTC)
MEETING: dict[str, Any] = {
    "starts_at": START,
    "ends_at": START + timedelta(hours=2),
    "theme": "At sige fra",
    "form": MeetingForm.CASE,
    "place": "Medborgerhuset",
}


def member(
    make: Factory, group: NetworkGroup, enrolment: Enrolment, status: str = "accepted", **values: Any
) -> NetworkPlace:
    values = {"offered_at": NOW} | values
    return make.keep(NetworkPlace(group_id=group.id, enrolment_id=enrolment.id, status=status, **values))


def in_line(make: Factory, group: NetworkGroup, enrolment: Enrolment, minutes: int = 0) -> NetworkPlace:
    """Waiting for so long."""
    since = NOW - timedelta(minutes=minutes)
    return member(make, group, enrolment, "waiting", offered_at=None, waiting_since=since)
