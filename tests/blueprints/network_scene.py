"""What the tests of network groups on screen lay out: peers, their places and a meeting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bs4 import BeautifulSoup

from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkGroup, NetworkMeeting, NetworkPlace
from tests.factories import Factory

NOW = datetime(2025, 1, 20, 9, tzinfo=UTC)
START = datetime(2025, 2, 3, 15, tzinfo=UTC)


def peer(make: Factory, cohort: Cohort, name: str) -> Enrolment:
    return make.enrolment(cohort, make.grant(make.user(name), "student"))


def place_of(make: Factory, group: NetworkGroup, person: Enrolment, status: str) -> NetworkPlace:
    return make.keep(NetworkPlace(group_id=group.id, enrolment_id=person.id, status=status, offered_at=NOW))


def meeting(make: Factory, group: NetworkGroup, theme: str = "At sige fra", **values: Any) -> NetworkMeeting:
    good = {"starts_at": START, "ends_at": START + timedelta(hours=2), "form": MeetingForm.CASE}
    return make.keep(NetworkMeeting(group_id=group.id, theme=theme, **(good | values)))


def parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")
