"""What must be written down before an agreement can be sent, as its legal basis asks (D-06)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from placements.domain import agreement_states, placements
from placements.domain.actors import Actor
from placements.domain.rules import Requirement, RuleBroken, Stale, expect_version
from placements.i18n import _
from placements.models.legal_details import LegalDetails
from placements.models.placements import LegalBasis, Placement

MOST_WEEKS = 13
"""Of a practicum through the job centre."""
FIELDS = (
    "job_centre",
    "job_centre_contact",
    "vitas_reference",
    "manager_name",
    "manager_approved_on",
    "representative_name",
    "representative_approved_on",
    "insurance",
)


class Written(TypedDict, total=False):
    job_centre: str | None
    job_centre_contact: str | None
    vitas_reference: str | None
    manager_name: str | None
    manager_approved_on: date | None
    representative_name: str | None
    representative_approved_on: date | None
    insurance: str | None


def visible_to(actor: Actor) -> Select[LegalDetails]:
    """The coordinator's; the parties read them in the agreement."""
    return select(LegalDetails).where(
        LegalDetails.placement_id.in_(placements.coordinated_by(actor).with_only_columns(Placement.id))
    )


# Questions


def fields_for(basis: LegalBasis | None) -> tuple[str, ...]:
    """What there is to write under this legal basis."""
    return FIELDS if basis is LegalBasis.JOB_CENTRE else ("insurance",)


def checks(placement: Placement) -> list[Requirement]:
    """The lines that the legal basis adds to what sending asks for."""
    if placement.legal_basis is not LegalBasis.JOB_CENTRE:
        return []
    known = placement.legal_details
    weeks = -(-((placement.ends_on - placement.starts_on).days + 1) // 7)
    return [
        Requirement("job_centre", _("Jobcentret er skrevet"), bool(known and known.job_centre)),
        Requirement("vitas", _("Nummeret i VITAS er skrevet"), bool(known and known.vitas_reference)),
        Requirement(
            "manager", _("Lederen på stedet har godkendt"), bool(known and known.manager_approved_on)
        ),
        Requirement(
            "representative",
            _("Medarbejdernes repræsentant har godkendt"),
            bool(known and known.representative_approved_on),
        ),
        Requirement(
            "weeks",
            _(
                "Virksomhedspraktik varer højst %(most)s uger; perioden er %(weeks)s uger",
                most=MOST_WEEKS,
                weeks=weeks,
            ),
            placement.ends_on < placement.starts_on + timedelta(weeks=MOST_WEEKS),
        ),
    ]


# Actions


def save(session: Session, placement: Placement, written: Written, *, version: int, today: date) -> None:
    """Once sent, an agreement with other details is void and a new version begins; once signed they stand."""
    if not placements.may_change_unit(placement):
        raise RuleBroken(_("Aftalen er underskrevet. Skriv ændringen som et tillæg til den."))
    for key in ("manager_approved_on", "representative_approved_on"):
        day = written.get(key)
        if isinstance(day, date) and day > today:
            raise RuleBroken(_("Skriv en dag, der har været."), field=key)
    details = _opened(session, placement, version)
    before = [getattr(details, key) for key in FIELDS]
    for key, value in written.items():
        setattr(details, key, value.strip() or None if isinstance(value, str) else value)
    if [getattr(details, key) for key in FIELDS] != before:
        agreement_states.renew(session, placement)


def _opened(session: Session, placement: Placement, version: int) -> LegalDetails:
    """As the form was opened on: 0 when nothing had been written."""
    details = placement.legal_details
    if details is not None:
        expect_version(details, version)
        return details
    if version:
        raise Stale
    details = LegalDetails(placement=placement, **dict.fromkeys(FIELDS))
    session.add(details)
    return details
