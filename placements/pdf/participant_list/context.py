"""The people of a cohort, for those who work with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import full_date, long_date
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Unit
from placements.pdf.language import said
from placements.pdf.participant_list.examples import EMPTY, SAMPLE, WORST
from placements.pdf.participant_list.values import Person, Values
from placements.words import word

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "deltagerliste-{slug}.pdf"


def build(
    cohort: Cohort,
    people: Sequence[tuple[Enrolment, Unit | None]],
    *,
    in_full: bool,
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded. Without `in_full` nothing but names and audiences is taken along."""
    audiences = {enrolment.audience for enrolment, _unit in people}
    values: Values = {
        "dated": on.isoformat(),
        "slug": cohort.slug,
        "issuer": cohort.programme.organiser_on(on),
        "programme": cohort.programme.name,
        "cohort": cohort.name,
        "begins": full_date(cohort.starts_on, locale=locale),
        "printed": long_date(on, locale=locale),
        "audience": word(next(iter(audiences))) if len(audiences) == 1 else "",
        "in_full": in_full,
        "people": [_person(enrolment, unit, in_full, on) for enrolment, unit in people],
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _person(enrolment: Enrolment, unit: Unit | None, in_full: bool, on: date) -> Person:
    user = enrolment.user
    return {
        "name": user.name,
        "audience": word(enrolment.audience),
        "lines": [line for line in (user.email, user.phone) if line] if in_full else [],
        "unit": unit.name_on(on) if unit and in_full else "",
    }
