"""Loaded records of one placement, without a database: what a view hands to `build`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from placements.models.agreements import (
    Agreement,
    AgreementSignature,
    AgreementStatus,
    AgreementVersion,
    Party,
)
from placements.models.cohorts import Cohort
from placements.models.diploma_designs import Accent, DiplomaBlock, DiplomaDesign
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import Contact, Organisation, OrganisationName, Unit, UnitPeriod
from placements.models.placements import LegalBasis, Placement
from placements.models.programmes import (
    Audience,
    Module,
    ModuleRule,
    ModuleRuleKind,
    Programme,
    ProgrammeOrganiser,
)
from placements.models.users import User

LONG_AGO = date(1900, 1, 1)
MERGER = date(2027, 1, 1)


def module(number: int, minutes: int, rule: ModuleRuleKind | None = ModuleRuleKind.COMPULSORY) -> Module:
    rules = [ModuleRule(audience=Audience.STUDENT, rule=rule)] if rule else []
    return Module(number=number, title=f"Modul {number}", minutes=minutes, text="", rules=rules)


def programme() -> Programme:
    return Programme(
        name="Peer-uddannelsen Viborg",
        aim="At bruge egne erfaringer til støtte for andre.",
        supervisions=2,
        organisers=[
            ProgrammeOrganiser(position=1, name="Viborg Kommune", valid_from=None, valid_to=MERGER),
            ProgrammeOrganiser(position=2, name="Ny Skole", valid_from=MERGER, valid_to=None),
        ],
        modules=[
            module(1, 540),
            module(2, 720),
            module(3, 180, ModuleRuleKind.ELECTIVE),
            module(4, 60, None),
        ],
    )


def unit() -> Unit:
    region = Organisation(
        names=[
            OrganisationName(name="Region Hovedstaden", valid_from=LONG_AGO, valid_to=MERGER),
            OrganisationName(name="Region Østdanmark", valid_from=MERGER, valid_to=None),
        ]
    )
    period = UnitPeriod(name="Team Åbent Hus", organisation=region, valid_from=LONG_AGO, valid_to=None)
    return Unit(address="Skovbrynet 8, 8800 Viborg", phone="78 40 11 22", periods=[period])


def placement(**values: Any) -> Placement:
    cohort = Cohort(name="Hold 2024", programme=programme())
    student = User(name="Amalie Kjær", email="amalie@example.org", phone=None)
    defaults: dict[str, Any] = {
        "cohort": cohort,
        "enrolment": Enrolment(
            user=student, cohort=cohort, audience=Audience.STUDENT, starts_on=date(2024, 9, 9)
        ),
        "unit": unit(),
        "supervisor": Contact(name="Sigrid Krogh", title="sygeplejerske", phone="78 40 11 25", email=None),
        "legal_basis": LegalBasis.STUDY_PRACTICUM,
        "starts_on": date(2025, 1, 6),
        "ends_on": date(2025, 4, 6),
        "weekly_minutes": 390,
    }
    return Placement(**(defaults | values))


def days() -> list[FollowUpDay]:
    return [
        FollowUpDay(
            number=1, held_on=date(2025, 2, 5), starts_at=time(9), ends_at=time(12), place="Recovery-skolen"
        ),
        FollowUpDay(number=2, held_on=None, starts_at=None, ends_at=None, place=None),
    ]


def version(of: Placement | None = None, **values: Any) -> AgreementVersion:
    agreement = Agreement(number="PA-2024-0007", placement=of or placement())
    defaults: dict[str, Any] = {
        "number": 2,
        "status": AgreementStatus.DRAFT,
        "sections": {},
        "signatures": [],
    }
    return AgreementVersion(agreement=agreement, **(defaults | values))


def signature(party: Party, name: str) -> AgreementSignature:
    moment = datetime(2025, 2, 3, 9, 12, tzinfo=UTC)
    return AgreementSignature(party=party, name=name, signed_at=moment)


def diploma(of: Placement) -> Diploma:
    return Diploma(
        enrolment=of.enrolment,
        number="UB-2025-0007",
        code="K7QM3WXR9TDA2345",
        issued_on=date(2025, 4, 11),
        issuer="Viborg Kommune",
        programme_name="Peer-uddannelsen Viborg",
        person_name="Amalie Kjær",
    )


def design(**values: Any) -> DiplomaDesign:
    """The usual look, with everything shown."""
    defaults: dict[str, Any] = {
        "heading": "Uddannelsesbevis",
        "blocks": [block.value for block in DiplomaBlock],
        "accent": Accent.HEATHER,
    }
    return DiplomaDesign(**(defaults | values))
