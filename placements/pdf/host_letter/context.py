"""The letter to the place where somebody is in practicum: who comes, when, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import full_date, hours, long_date, period, time_span
from placements.i18n import Text, _
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import Contact
from placements.models.placements import Placement
from placements.models.users import User
from placements.pdf._letter import values as shape
from placements.pdf.host_letter.examples import DRAFT, EMPTY, SAMPLE, WORST
from placements.pdf.host_letter.values import Values
from placements.pdf.language import said

__all__ = ["DRAFT", "EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "brev-til-praktikstedet-{reference}.pdf"


def build(
    placement: Placement,
    *,
    accepted: bool,
    host: User | None,
    coordinator: User | None,
    follow_up_days: Sequence[FollowUpDay],
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded. Who it is, and how to reach them, is said once the unit has said yes."""
    cohort, student = placement.cohort, placement.enrolment.user
    supervisor, issuer = placement.supervisor, cohort.programme.organiser_on(on)
    values: Values = {
        "dated": on.isoformat(),
        "day": long_date(on, locale=locale),
        "issuer": issuer,
        "sender": issuer,
        "recipient": _address(placement, host, on),
        "reference": f"P-{placement.id}",
        "contact": _contact(coordinator),
        "accepted": accepted,
        "to_whom": host.name if host else "",
        "student": student.name if accepted else "",
        "student_lines": _reached(student) if accepted else [],
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "hours": _("%(hours)s timer", hours=hours(placement.weekly_minutes / 60, locale=locale)),
        "supervisor": supervisor.name if supervisor else "",
        "supervisor_lines": _reached(supervisor) if supervisor else [],
        "days": [_day(day, locale) for day in follow_up_days],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _address(placement: Placement, host: User | None, on: date) -> list[str]:
    """As it stands on an envelope; the address is written with commas."""
    owner = placement.unit.period_on(on)
    street = [part.strip() for part in (placement.unit.address or "").split(",")]
    lines = [owner.organisation.name_on(on), owner.name, f"Att. {host.name}" if host else "", *street]
    return [line for line in lines if line]


def _contact(coordinator: User | None) -> shape.Contact:
    if coordinator is None:
        return shape.NOBODY
    return {"name": coordinator.name, "title": _("Koordinator"), "lines": _reached(coordinator)}


def _reached(person: User | Contact) -> list[str]:
    return [line for line in (person.phone, person.email) if line]


def _day(day: FollowUpDay, locale: str) -> Text | str:
    if day.held_on is None:
        return _("%(number)s. opfølgningsdag har ingen dato endnu", number=day.number)
    written = full_date(day.held_on, locale=locale)
    return f"{written}, {time_span(day.starts_at, day.ends_at, locale=locale)}" if day.starts_at else written
