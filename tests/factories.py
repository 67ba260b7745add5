"""Records with boring defaults, each committed, so that a request sees them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain.actors import Actor
from placements.models.agreements import Agreement, AgreementVersion, Party
from placements.models.allocations import Allocation, AllocationPair, PairKind
from placements.models.amendments import Amendment, AmendmentKind
from placements.models.cohorts import Cohort
from placements.models.concerns import Concern
from placements.models.documents import Document, DocumentKind
from placements.models.emergency_contacts import EmergencyContact
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import (
    Contact,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Sector,
    Unit,
    UnitPeriod,
)
from placements.models.jobs import Job, JobItem, JobKind
from placements.models.network_groups import NetworkGroup
from placements.models.offers import Offer
from placements.models.placements import LegalBasis, Placement
from placements.models.programmes import (
    AttendanceScope,
    Audience,
    Module,
    Programme,
    ProgrammeOrganiser,
)
from placements.models.sign_ins import SignInMethod
from placements.models.suggestions import Suggestion
from placements.models.users import Role, RoleGrant, User
from tests.factories_application_reviews import ApplicationReviewRecords
from tests.factories_applications import ApplicationRecords
from tests.factories_evaluations import EvaluationRecords
from tests.factories_people import PeopleRecords
from tests.factories_teaching import MOMENT, TeachingRecords

P, R = ParamSpec("P"), TypeVar("R")
LONG_AGO = date(1900, 1, 1)


def in_one(
    whole: Callable[Concatenate[Factory, P], R],
) -> Callable[Concatenate[Factory, P], R]:
    """A record that brings others: all are committed in one transaction, which is much cheaper."""

    @wraps(whole)
    def make(self: Factory, *args: P.args, **kwargs: P.kwargs) -> R:
        self.within += 1
        try:
            record = whole(self, *args, **kwargs)
        finally:
            self.within -= 1
        return self.keep(record)

    return make


class Factory(
    TeachingRecords, PeopleRecords, EvaluationRecords, ApplicationRecords, ApplicationReviewRecords
):
    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1)
        self.within = 0

    def keep(self, record: R) -> R:
        """Commit the record, and whatever else the test has changed; its parts before that get their ids."""
        with writing():
            self.session.add(record)
            if self.within:
                self.session.flush()
            else:
                self.session.commit()
        return record

    def user(self, name: str = "Anne Ager", **values: Any) -> User:
        values = {"email": f"person{next(self.numbers)}@example.org", "created_at": MOMENT} | values
        return self.keep(User(name=name, **values))

    @in_one
    def grant(
        self, user: User, role: str, *, programme: Programme | None = None, unit: Unit | None = None
    ) -> User:
        self.keep(
            RoleGrant(
                user=user, role=Role(role), programme_id=programme and programme.id, unit_id=unit and unit.id
            )
        )
        return user

    @in_one
    def admin(self, **values: Any) -> User:
        return self.grant(self.user("Asta Admin", **values), "admin")

    @in_one
    def coordinator(self, programme: Programme, **values: Any) -> User:
        return self.grant(self.user("Karen Koordinator", **values), "coordinator", programme=programme)

    @in_one
    def teacher(self, programme: Programme, **values: Any) -> User:
        return self.grant(self.user("Uffe Underviser", **values), "teacher", programme=programme)

    @in_one
    def host(self, unit: Unit, **values: Any) -> User:
        return self.grant(self.user(**({"name": "Vera Vært"} | values)), "host", unit=unit)

    def programme(self, slug: str = "viborg", **values: Any) -> Programme:
        defaults: dict[str, Any] = {
            "name": f"Uddannelsen {slug}",
            "aim": "At bruge egne erfaringer til støtte for andre.",
            "region": "Region Midtjylland",
            "theory_weeks": 13,
            "sessions_per_week": 2,
            "session_minutes": 180,
            "practicum_weeks": 13,
            "practicum_weekly_minutes": 360,
            "follow_up_days": 2,
            "follow_up_minutes": 180,
            "sector_shares": {"regional": 0.5, "municipal": 0.5},
            "attendance_percent": 80,
            "attendance_scope": AttendanceScope.MODULE,
            "network_offered_to": ["student", "paid_peer", "volunteer_peer"],
            "network_partner": "Peernetværket Danmark",
        }
        return self.keep(
            Programme(
                slug=slug,
                organisers=[
                    ProgrammeOrganiser(position=1, name="Recovery-skolen", valid_from=None, valid_to=None)
                ],
                modules=[Module(number=1, title="Recovery", minutes=540, text="Om recovery.")],
                **(defaults | values),
            )
        )

    @in_one
    def cohort(self, programme: Programme | None = None, **values: Any) -> Cohort:
        defaults: dict[str, Any] = {
            "programme": programme or self.programme(f"programme-{next(self.numbers)}"),
            "slug": f"hold-{next(self.numbers)}",
            "name": "Hold 2024",
            "seats": 8,
            "starts_on": date(2024, 9, 9),
            "theory_weekdays": [0, 2],
            "theory_skip_weeks": [42],
            "practicum_starts_on": date(2025, 1, 6),
            "practicum_ends_on": date(2025, 4, 6),
        }
        return self.keep(Cohort(**(defaults | values)))

    def organisation(self, name: str = "Region Midtjylland", **values: Any) -> Organisation:
        values = {"kind": OrganisationKind.REGION} | values
        return self.keep(
            Organisation(names=[OrganisationName(name=name, valid_from=LONG_AGO, valid_to=None)], **values)
        )

    @in_one
    def unit(
        self, name: str = "Afsnit A", *, organisation: Organisation | None = None, **values: Any
    ) -> Unit:
        values = {"sector": Sector.REGIONAL, "municipality": "Viborg"} | values
        owner = organisation or self.organisation()
        return self.keep(
            Unit(
                periods=[UnitPeriod(name=name, organisation_id=owner.id, valid_from=LONG_AGO, valid_to=None)],
                **values,
            )
        )

    def contact(self, unit: Unit, name: str = "Vita Vejleder", **values: Any) -> Contact:
        values = {"is_supervisor": True} | values
        return self.keep(Contact(unit_id=unit.id, name=name, **values))

    @in_one
    def enrolment(self, cohort: Cohort, user: User | None = None, **values: Any) -> Enrolment:
        """A student in the cohort; the person gets the role that opens their own pages."""
        person = user or self.grant(self.user(f"Stine Studerende {next(self.numbers)}"), "student")
        defaults: dict[str, Any] = {
            "cohort_id": cohort.id,
            "user_id": person.id,
            "audience": Audience.STUDENT,
            "starts_on": cohort.starts_on,
        }
        return self.keep(Enrolment(**(defaults | values)))

    def offer(self, unit: Unit, cohort: Cohort, **values: Any) -> Offer:
        defaults: dict[str, Any] = {
            "unit_id": unit.id,
            "cohort_id": cohort.id,
            "seats": 2,
            "status": "open",
            "starts_on": cohort.practicum_starts_on,
            "ends_on": cohort.practicum_ends_on,
            "weekly_minutes": 360,
            "ways": ["individual"],
        }
        return self.keep(Offer(**(defaults | values)))

    @in_one
    def placement(
        self,
        *,
        cohort: Cohort | None = None,
        unit: Unit | None = None,
        enrolment: Enrolment | None = None,
        **values: Any,
    ) -> Placement:
        cohort = cohort or (enrolment.cohort if enrolment else self.cohort())
        unit = unit or self.unit()
        enrolment = enrolment or self.enrolment(cohort)
        defaults: dict[str, Any] = {
            "programme_id": cohort.programme_id,
            "cohort_id": cohort.id,
            "enrolment_id": enrolment.id,
            "unit_id": unit.id,
            "sector": unit.sector,
            "legal_basis": LegalBasis.STUDY_PRACTICUM,
            "starts_on": cohort.practicum_starts_on,
            "ends_on": cohort.practicum_ends_on,
            "weekly_minutes": 360,
            "student_name": enrolment.user.name,
            "search_text": f"{enrolment.user.name} {unit.periods[-1].name}".lower(),
        }
        return self.keep(Placement(**(defaults | values)))

    def agreement(self, placement: Placement, **values: Any) -> Agreement:
        number = f"PA-2025-{next(self.numbers):05d}"
        return self.keep(
            Agreement(
                placement_id=placement.id,
                number=number,
                versions=[AgreementVersion(number=1, sections={}, **values)],
            )
        )

    def concern(self, placement: Placement, user: User, **values: Any) -> Concern:
        defaults: dict[str, Any] = {
            "placement_id": placement.id,
            "raised_by_id": user.id,
            "raised_as": Party.STUDENT,
            "raised_at": MOMENT,
            "text": "Vagterne passer ikke.",
        }
        return self.keep(Concern(**(defaults | values)))

    def document(self, kind: DocumentKind = DocumentKind.AGREEMENT) -> Document:
        return self.keep(
            Document(
                kind=kind,
                number="1",
                filename="frozen.pdf",
                sha256=hashlib.sha256(b"%PDF-1.7 frozen").hexdigest(),
                template_version="1",
                printed={},
                created_at=MOMENT,
                content=b"%PDF-1.7 frozen",
            )
        )

    def amendment(self, agreement: Agreement, **values: Any) -> Amendment:
        """Of the hours, sent and not signed by anybody."""
        defaults: dict[str, Any] = {
            "number": 1,
            "kind": AmendmentKind.HOURS,
            "status": "awaiting_signatures",
            "reason": "Vi er enige.",
            "before": {"weekly_minutes": 360},
            "after": {"weekly_minutes": 420},
            "signers": ["student", "host", "coordinator"],
            "sent_at": MOMENT,
        }
        return self.keep(Amendment(agreement=agreement, base=agreement.current, **(defaults | values)))

    def job(self, cohort: Cohort | None, user: User, placements: Sequence[Placement], **values: Any) -> Job:
        values = {"kind": JobKind.DRAFT_AGREEMENTS, "created_at": MOMENT} | values
        job = self.keep(Job(cohort_id=cohort and cohort.id, user_id=user.id, **values))
        for placement in placements:
            self.keep(JobItem(job_id=job.id, placement_id=placement.id))
        return job

    def allocation(self, cohort: Cohort, **values: Any) -> Allocation:
        """A proposal for nobody."""
        result: dict[str, Any] = {
            "students": [],
            "placed": {},
            "rank": {},
            "distance": {},
            "sectors": {},
            "why": {},
        }
        defaults: dict[str, Any] = {
            "number": next(self.numbers),
            "made_at": MOMENT,
            "seed": 1,
            "rules_version": 1,
            "inputs": {},
            "score": {"unplaced": 0, "deviation": 0, "ranks": 0, "distance": 0},
            "result": result,
        }
        return self.keep(Allocation(cohort_id=cohort.id, **(defaults | values)))

    def allocation_pair(self, placement: Placement, kind: PairKind = PairKind.FORBIDDEN) -> AllocationPair:
        """Of the placement's student and offer."""
        return self.keep(
            AllocationPair(
                cohort_id=placement.cohort_id,
                enrolment_id=placement.enrolment_id,
                offer_id=placement.offer_id,
                kind=kind,
                made_at=MOMENT,
            )
        )

    def suggestion(self, enrolment: Enrolment, **values: Any) -> Suggestion:
        defaults: dict[str, Any] = {
            "unit_name": "Værestedet Havnen",
            "organisation_name": "Aarhus Kommune",
            "sector": Sector.MUNICIPAL,
            "contact_name": "Hanne Holm",
            "contact_email": "hanne@example.org",
            "suggested_at": MOMENT,
        }
        return self.keep(Suggestion(enrolment_id=enrolment.id, **(defaults | values)))

    def emergency_contact(self, placement: Placement, name: str = "Ida Kjær") -> EmergencyContact:
        values = {"enrolment_id": placement.enrolment_id, "name": name, "phone": "20 12 34 56"}
        return self.keep(EmergencyContact(**values))

    def follow_up_day(self, cohort: Cohort, number: int = 1, **values: Any) -> FollowUpDay:
        return self.keep(FollowUpDay(cohort_id=cohort.id, number=number, **values))

    def network_group(self, programme: Programme, name: str = "Gruppe Nord", **values: Any) -> NetworkGroup:
        values = {"seats": 8, "partner": "Peernetværket Danmark"} | values
        return self.keep(NetworkGroup(programme_id=programme.id, name=name, **values))


def actor_for(user: User) -> Actor:
    """The snapshot that a signed-in request would have."""
    grants = user.grants
    return Actor(
        id=user.id,
        name=user.name,
        email=user.email,
        method=SignInMethod.CODE,
        shared=user.shared,
        roles=frozenset(grant.role for grant in grants),
        programme_ids=frozenset(
            g.programme_id for g in grants if g.role is Role.COORDINATOR and g.programme_id
        ),
        teaching_ids=frozenset(g.programme_id for g in grants if g.role is Role.TEACHER and g.programme_id),
        unit_ids=frozenset(g.unit_id for g in grants if g.role is Role.HOST and g.unit_id),
    )
