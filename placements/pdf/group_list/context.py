"""A network group: who is in it, and its meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import full_date, long_date, time_span
from placements.models.cohorts import Cohort
from placements.models.network_groups import NetworkGroup, NetworkMeeting
from placements.pdf.group_list.examples import EMPTY, SAMPLE, WORST
from placements.pdf.group_list.values import Meeting, Values
from placements.pdf.language import said
from placements.words import word

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "netvaerksgruppe-{number}.pdf"


def build(
    group: NetworkGroup,
    members: Sequence[tuple[str, Cohort | None]],
    meetings: Sequence[NetworkMeeting],
    *,
    others: int,
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded. `others` are members whom the reader does not see."""
    programmes = [group.programme.name, *(shared.programme.name for shared in group.shared_with)]
    held_by = [person.user.name if person.user else person.name or "" for person in group.facilitators]
    values: Values = {
        "dated": on.isoformat(),
        "number": group.id,
        "issuer": group.programme.organiser_on(on),
        "group": group.name,
        "programmes": ", ".join(programmes),
        "partner": group.partner or "",
        "place": group.place or "",
        "facilitators": ", ".join(held_by),
        "printed": long_date(on, locale=locale),
        "others": others,
        "members": [{"name": name, "cohort": cohort.name if cohort else ""} for name, cohort in members],
        "meetings": [_meeting(meeting, locale) for meeting in meetings],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _meeting(meeting: NetworkMeeting, locale: str) -> Meeting:
    return {
        "theme": meeting.theme,
        "form": word(meeting.form),
        "day": full_date(meeting.starts_at, locale=locale),
        "time": time_span(meeting.starts_at, meeting.ends_at, locale=locale),
        "place": meeting.place or "",
        "cancelled": meeting.cancelled_at is not None,
    }
