"""The programme of a follow-up day (V-06): when, where, with whom, what it is about, what to think over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import full_date, time_span
from placements.models.follow_up_days import FollowUpDay
from placements.models.users import User
from placements.pdf.follow_up_programme.examples import EMPTY, SAMPLE, WORST
from placements.pdf.follow_up_programme.values import Topic, Values

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "opfoelgningsdag-{reference}.pdf"


def build(
    day: FollowUpDay,
    *,
    teachers: Sequence[User],
    coordinator: User | None,
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded; `on` is the day it is printed."""
    cohort = day.cohort
    contact = (coordinator.name, coordinator.phone, coordinator.email) if coordinator else ()
    return {
        "reference": f"{cohort.slug}-{day.number}",
        "dated": on.isoformat(),
        "issuer": cohort.programme.organiser_on(day.held_on or on),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "number": day.number,
        "day": full_date(day.held_on, locale=locale) if day.held_on else "",
        "time": time_span(day.starts_at, day.ends_at, locale=locale) if day.starts_at else "",
        "place": day.place or "",
        "teachers": [teacher.name for teacher in teachers],
        "contact": [line for line in contact if line],
        "topics": [
            Topic(
                text=topic.text, module=f"{topic.module.number}. {topic.module.title}" if topic.module else ""
            )
            for topic in day.topics
        ],
    }
