"""For the world of the access tests: a network group with an open offer and a meeting."""

from __future__ import annotations

from datetime import timedelta

from placements.models.enrolments import Enrolment
from placements.models.network_groups import MeetingForm, NetworkMeeting, NetworkPlace, NetworkPlaceStatus
from placements.models.programmes import Programme
from tests.factories import MOMENT, Factory


def grouped(make: Factory, programme: Programme, enrolment: Enrolment) -> dict[str, int]:
    group = make.network_group(programme)
    place = NetworkPlace(
        group_id=group.id, enrolment_id=enrolment.id, status=NetworkPlaceStatus.OFFERED, offered_at=MOMENT
    )
    meeting = NetworkMeeting(
        group_id=group.id,
        starts_at=MOMENT,
        ends_at=MOMENT + timedelta(hours=2),
        theme="Grænser",
        form=MeetingForm.TALK,
    )
    make.keep(place)
    make.keep(meeting)
    return {"group_id": group.id, "place_id": place.id, "meeting_id": meeting.id}
