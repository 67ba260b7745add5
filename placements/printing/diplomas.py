"""Diplomas and certificates: what they say, frozen as they are handed out, and bound for the printer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from flask import current_app
from sqlalchemy.orm import Session

from placements import pdf
from placements.domain import (
    certificates,
    diploma_designs,
    diploma_gates,
    diploma_signers,
    diplomas,
    follow_up_attendance,
    outbox,
)
from placements.domain.diploma_states import is_certificate
from placements.i18n import _
from placements.models.cohorts import Cohort
from placements.models.diploma_designs import DiplomaDesign
from placements.models.diplomas import Diploma
from placements.models.documents import DocumentKind
from placements.models.programmes import Programme
from placements.pdf.certificate import context as certificate_context
from placements.pdf.diploma import context as diploma_context
from placements.pdf.diploma.values import Proof
from placements.pdf.diploma.values import Values as DiplomaValues
from placements.printing import badges, paper


def hand_out(session: Session, diploma: Diploma, *, now: datetime, stamped: bool = False) -> None:
    """Freeze it, and mail the link to whoever it belongs to. `stamped`: as one of very many."""
    session.flush()
    freeze(session, diploma, now=now, stamped=stamped)
    message = "certificate_ready" if is_certificate(diploma) else "diploma_ready"
    outbox.notify(session, diploma.enrolment.user, message, path="/my", now=now)


def freeze(session: Session, diploma: Diploma, *, now: datetime, stamped: bool = False) -> None:
    """The printed and sealed diploma or certificate, tied to its record."""
    document = "certificate" if is_certificate(diploma) else "diploma"
    values = _as_replaced(diploma) or values_of(
        session, diploma, diploma_designs.of(session, diploma.enrolment.cohort.programme)
    )
    carried = badges.carried(session, diploma, values, now=now)
    frozen = paper.frozen(
        session,
        DocumentKind.DIPLOMA,
        diploma.number,
        document,
        values,
        attachments=carried,
        stamped=stamped,
        now=now,
    )
    diplomas.attach(diploma, frozen)


def _as_replaced(diploma: Diploma) -> DiplomaValues | None:
    """What the one it replaces said, for another name or date; none when that was not kept."""
    old = diploma.replaces
    if old is None or old.document is None or not old.document.printed:
        return None
    return diploma_context.renewed(cast(DiplomaValues, old.document.printed), diploma, **_proof(diploma))


def _proof(diploma: Diploma) -> Proof:
    """The code as people type it, and where it is looked up."""
    base, code = current_app.config["BASE_URL"], diplomas.grouped(diploma.code)
    address = f"{base}/verify"
    return {
        "code": code,
        "verify_url": f"{address}/{code}",
        "verify_address": address.partition("://")[2],
    }


def values_of(session: Session, diploma: Diploma, design: DiplomaDesign) -> DiplomaValues:
    """What it says in the look of this design."""
    enrolment = diploma.enrolment
    taken = certificates.attended(session, enrolment)
    modules = [m for m in enrolment.cohort.programme.modules if taken.minutes.get(m.id)]
    common: dict[str, Any] = {
        "placement": diploma_gates.completed_placement(session, enrolment),
        "signatures": diploma_signers.of(session, enrolment.cohort, design),
        "place": diplomas.place_of(enrolment.cohort),
        "design": design,
        **_proof(diploma),
    }
    if is_certificate(diploma):
        last_day = taken.last_day or diploma.issued_on
        return certificate_context.build(
            diploma, modules=modules, minutes=taken.minutes, last_day=last_day, **common
        )
    days = follow_up_attendance.attended_days(
        session, paper.follow_up_days(session, enrolment.cohort), common["placement"]
    )
    return diploma_context.build(
        diploma,
        modules=modules or None,
        theory_minutes=taken.planned or None,
        last_taught_on=taken.last_day,
        follow_up_days=days,
        **common,
    )


def sample(programme: Programme, design: DiplomaDesign) -> pdf.Rendered:
    """What the design looks like, with invented people: nothing of it is kept."""
    return paper.printed("diploma", diploma_context.sample(design, programme))


def bound(given: Sequence[Diploma], cohort: Cohort) -> bytes:
    """Their frozen documents as one file for the printer."""
    kept = (diploma.document.content for diploma in given if diploma.document)
    return paper.bound(kept, title=_("Beviser for %(cohort)s", cohort=cohort.name))
