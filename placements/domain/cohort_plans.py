"""The plan of a cohort: made and changed on screen by the rules of the programme file (V-03, V-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from placements.domain import programme_parts as parts
from placements.domain.programme_edits import expect_sound_cohort
from placements.domain.programme_exports import as_file, plan_of
from placements.domain.programme_rows import write_cohort
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.programmes import Programme

TAKEN_BY_PAGES = frozenset({"new"})


# Questions


def free_slug(session: Session, wanted: str) -> str:
    """The name in the address, with a number where another cohort has it."""
    return next(slug for slug in _numbered(wanted) if not _is_taken(session, slug))


def usual_slug(programme: Programme, starts_on: date) -> str:
    return f"{programme.slug}-{starts_on.year}"


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in count(2))


def _is_taken(session: Session, slug: str) -> bool:
    return slug in TAKEN_BY_PAGES or session.scalar(select(Cohort.id).where(Cohort.slug == slug)) is not None


# Actions


def create(session: Session, programme: Programme, plan: parts.Cohort) -> Cohort:
    """Raises `RuleBroken` where another cohort has its name in the address."""
    if _is_taken(session, plan.slug):
        raise RuleBroken(
            _("Et andet hold hedder allerede %(slug)s i adressen.", slug=plan.slug), field="slug"
        )
    expect_sound_cohort(programme, plan)
    cohort = Cohort(slug=plan.slug, programme=programme)
    _write(session, cohort, plan)
    return cohort


def change(session: Session, cohort: Cohort, plan: parts.Cohort) -> None:
    before = plan_of(cohort)
    if plan == before:
        return
    expect_sound_cohort(cohort.programme, plan, before)
    flag_modified(cohort, "name")  # whoever has it open sees that its dates have changed
    _write(session, cohort, plan)


def _write(session: Session, cohort: Cohort, plan: parts.Cohort) -> None:
    session.add(cohort)
    with session.no_autoflush:
        write_cohort(session, cohort, plan, as_file(cohort.programme, ()).practicum)
    session.flush()
