"""Letters to applicants on paper: the words that are sent, printed anew each time and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from placements import pdf
from placements.domain import users
from placements.domain.application_decisions import Letter
from placements.formatting import local
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.pdf._letter.values import NOBODY, Contact
from placements.pdf.decision_letter import context
from placements.printing import paper

PER_FILE = 25
"""Letters in one file for the printer, so that no click waits long; the others are in further files."""


@dataclass(frozen=True, slots=True)
class File:
    """One file of several: the letters from the `first` to the `last`."""

    number: int
    first: int
    last: int


def files(letters: int) -> list[File]:
    """What so many letters are printed as."""
    starts = range(0, letters, PER_FILE)
    return [File(number, at + 1, min(at + PER_FILE, letters)) for number, at in enumerate(starts, 1)]


def file_of(written: Sequence[Letter], number: int) -> Sequence[Letter]:
    """Those that are in this file; none where there is no such file."""
    return next(
        (written[one.first - 1 : one.last] for one in files(len(written)) if one.number == number), []
    )


def letter(session: Session, cohort: Cohort, one: Letter, *, on: date) -> pdf.Rendered:
    """Dated the day it was sent."""
    page = _page(cohort, one, _contact(session, cohort), on)
    return paper.printed("decision_letter", page.values, page.locale)


def bound(session: Session, cohort: Cohort, written: Sequence[Letter], *, on: date) -> bytes:
    """Bound as one file for the printer."""
    contact = _contact(session, cohort)
    pages = [_page(cohort, one, contact, on) for one in written]
    letters = (letter.pdf for letter in paper.printed_many("decision_letter", pages))
    return paper.bound(letters, title=_("Breve til ansøgere, %(cohort)s", cohort=cohort.name))


def _page(cohort: Cohort, one: Letter, contact: Contact, on: date) -> pdf.Page:
    decision, programme = one.decision, cohort.programme
    issuer = programme.organiser_on(cohort.starts_on)
    locale = one.application.locale
    values = context.build(
        decision.kind.value,
        reference=one.application.reference or "",
        issuer=issuer,
        sender=issuer,
        recipient=[one.name],
        person=one.name,
        programme=programme.name,
        cohort=cohort.name,
        begins=cohort.starts_on,
        ends=cohort.practicum_ends_on,
        contact=contact,
        on=local(decision.sent_at).date() if decision.sent_at else on,
        place=decision.place or 0,
        paragraphs=one.paragraphs,
        locale=locale,
    )
    return pdf.Page(values, locale)


def _contact(session: Session, cohort: Cohort) -> Contact:
    person = users.contact_of(session, cohort.programme_id)
    if person is None:
        return NOBODY
    return {
        "name": person.name,
        "title": "",
        "lines": [line for line in (person.phone, person.email) if line],
    }
