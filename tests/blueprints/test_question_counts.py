"""Pages of the theory ask the database as often for three participants and sessions as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from placements.models.calendars import CalendarLink
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.network_groups import NetworkGroup
from placements.models.teaching import TeachingSession
from tests.blueprints.network_scene import meeting, peer, place_of
from tests.conftest import TODAY, Client
from tests.factories import MOMENT, Factory

Count = Callable[[Callable[[], object]], int]


class School:
    """People, sessions kept and coming, follow-up days, meetings: one of each, until there are `more`."""

    def __init__(self, make: Factory, cohort: Cohort, group: NetworkGroup) -> None:
        self.make, self.cohort, self.group = make, cohort, group
        self.first = peer(make, cohort, "Anna")
        self.meeting = meeting(make, group)
        self.days = 0
        make.follow_up_day(cohort, 1, held_on=date(2025, 2, 10))
        self.today = self.taught([self.first], held_on=TODAY)
        place_of(make, group, self.first, "accepted")
        token = CalendarLink(user_id=self.first.user_id, token="calendar-of-anna", made_at=MOMENT)
        self.paths = {
            "check-in": f"/teaching/{self.today.id}/check-in",
            "copy": f"/cohorts/{cohort.slug}/copy",
            "leave": f"/enrolments/{self.first.id}/leave",
            "completion": f"/enrolments/{self.first.id}/completion",
            "admission": f"/enrolments/{self.first.id}/admission",
            "certificates": f"/diplomas/cohort/{cohort.slug}/issue?kind=certificate",
            "meeting": f"/network-groups/{group.id}/meetings/{self.meeting.id}",
            "calendar": f"/calendar/{make.keep(token).token}.ics",
        }

    def taught(self, people: list[Enrolment], *, held_on: date) -> TeachingSession:
        self.days += 1
        module = self.make.module(self.cohort.programme, 10 + self.days)
        taught = self.make.teaching_session(self.make.run(self.cohort, module), held_on=held_on)
        self.make.session_teacher(taught)
        for person in people:
            self.make.attendance(taught, person)
        return taught

    def more(self) -> None:
        for number, name in enumerate(("Bo", "Carl"), start=1):
            person = peer(self.make, self.cohort, name)
            place_of(self.make, self.group, person, "accepted")
            self.taught([self.first, person], held_on=date(2025, 1, number + 6))
            self.taught([], held_on=date(2025, 3, number + 2))
            meeting(self.make, self.group, theme=name)
            self.make.follow_up_day(self.cohort, number + 1, held_on=date(2025, 2, number + 10))

    def ask(self, client: Client, page: str) -> None:
        people = "" if page != "certificates" else f"&enrolment={self.first.id}"
        assert client.get(self.paths[page] + people).status_code == 200


@pytest.fixture
def school(make: Factory, cohort: Cohort, group: NetworkGroup) -> School:
    return School(make, cohort, group)


def test_pages_ask_as_often_for_three_as_for_one(
    school: School, coordinator: Client, query_count: Count
) -> None:
    pages = list(school.paths)
    few = {page: query_count(lambda page=page: school.ask(coordinator, page)) for page in pages}
    school.more()
    many = {page: query_count(lambda page=page: school.ask(coordinator, page)) for page in pages}
    assert many == few
