"""A small world for the access tests: each role, and a neighbour of each who must not see theirs."""

from __future__ import annotations

import re
from copy import copy
from datetime import date
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from sqlalchemy import inspect, select

from placements.clock import now
from placements.db import db, writing
from placements.domain import history, network_answers, sign_ins
from placements.models.agreement_remarks import AgreementRemark
from placements.models.agreements import Agreement, AgreementSignature, AgreementStatus, Party
from placements.models.clauses import Clause
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule
from placements.models.cohort_imports import CohortImport
from placements.models.cohorts import Cohort
from placements.models.concerns import ConcernGoal
from placements.models.diplomas import Diploma
from placements.models.documents import DocumentKind
from placements.models.enrolments import Enrolment
from placements.models.follow_up_days import FollowUpTopic
from placements.models.frameworks import FrameworkAgreement
from placements.models.hosts import Unit, UnitPeriod
from placements.models.hours import HoursStatus, HoursWeek
from placements.models.placements import Placement
from placements.models.preferences import ExcludedUnit, Wishes
from placements.models.quality import QualityReview
from placements.models.supervisions import Supervision, SupervisionForm
from placements.models.users import User
from placements.models.visits import Visit, VisitKind
from tests.conftest import Client
from tests.domain import workbooks
from tests.factories import MOMENT, Factory
from tests.snapshots import read_tables, restore
from tests.world_application_payments import paid_for
from tests.world_application_reviews import reviewed
from tests.world_applications import applied
from tests.world_endings import endings
from tests.world_network import grouped
from tests.world_teaching import taught

ROLES = (
    "anonymous",
    "admin",
    "coordinator",
    "coordinator elsewhere",
    "teacher",
    "host",
    "host elsewhere",
    "student",
    "student elsewhere",
)
# What each must never meet: the names of people and places that are none of their business.
FOREIGN = {
    "anonymous": ("Amalie", "Frida", "Vera", "Villy", "Vita", "Karen", "Team Nord", "Team Syd"),
    "coordinator elsewhere": ("Amalie", "Frida", "Hold 2024"),
    "teacher": (),
    "host": ("Noten", "Frida", "Villy", "Team Syd"),
    "host elsewhere": ("Amalie", "Vera", "Vita", "Team Nord"),
    "student": ("Noten", "Frida", "Villy", "Team Syd"),
    "student elsewhere": ("Amalie", "Vera", "Vita", "Team Nord"),
}
MISSING = {
    "section": "99",
    "slug": "no-such",
    "token": "no-such",
    "code": "NOSUCHCODE",
    "filename": "no-such",
}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")

MADE: WeakKeyDictionary[Flask, World] = WeakKeyDictionary()


class World:
    """`values` holds our records' ids for the arguments of routes, some by the start of the route's path."""

    def __init__(self, app: Flask, make: Factory) -> None:
        self.app, self.make = app, make
        self.values: dict[str, Any] = {"filename": "app.css", "code": "NOSUCHCODE"}
        self._places()
        self._people()
        enrolment = self._practicum()
        self.values |= grouped(self.make, self.programme, enrolment)
        self._diploma(enrolment)
        self.values |= taught(self)
        self.values |= applied(self)
        self.values |= reviewed(self)
        self.values |= paid_for(self)
        self.cookies = {role: self.sign_in(user) for role, user in self.users.items()}
        self.snapshot = read_tables()
        self.next_number = next(make.numbers)

    @classmethod
    def of(cls, app: Flask, make: Factory) -> World:
        """Made once for each application, and laid into the empty tables of every test after that."""
        if app in MADE:
            MADE[app].restore()
        else:
            MADE[app] = cls(app, make)
        world = copy(MADE[app])
        world.make, world.values, world.cookies = make, dict(world.values), dict(world.cookies)
        make.numbers = count(world.next_number)
        for name, record in vars(world).items():
            if isinstance(record, db.Model):
                setattr(world, name, world._again(record))
        world.users = {role: world._again(user) for role, user in world.users.items()}
        return world

    def _again(self, record: Any) -> Any:
        """The same record in this test's session."""
        return self.make.session.get_one(type(record), inspect(record).identity)

    # Making it

    def _places(self) -> None:
        make = self.make
        self.programme, self.other_programme = make.programme("viborg"), make.programme("hovedstaden")
        self.unit, self.other_unit = make.unit("Team Nord"), make.unit("Team Syd")
        make.cohort(self.other_programme, slug="hovedstaden-2017", name="Hold 2017")
        named = self.unit.periods[0]
        named.valid_to = date(2026, 1, 1)
        coming = UnitPeriod(
            unit=self.unit, organisation_id=named.organisation_id, name="Team Nord", valid_from=named.valid_to
        )
        make.keep(coming)
        self.values |= {
            "programmes slug": self.programme.slug,
            "section": 13,
            "programme_id": self.programme.id,
            "unit_id": self.unit.id,
            "period_id": coming.id,
            "organisation_id": named.organisation_id,
            "framework_id": self._upkeep(named.organisation_id),
            "contact_id": make.contact(self.unit, is_host=True, email="vita@example.org").id,
        }

    def _upkeep(self, organisation_id: int) -> int:
        """What staff know of our unit, and what its owner has agreed to."""
        day, make = date(2025, 1, 2), self.make
        author = make.user("Nora Notat").id
        make.keep(QualityReview(unit_id=self.unit.id, author_id=author, reviewed_on=day, note="Noten"))
        framework = FrameworkAgreement(organisation_id=organisation_id, reference="R-1", starts_on=day)
        framework.scan = make.document()
        framework.scan.printed = {"type": "application/pdf"}
        return int(make.keep(framework).id)

    def _people(self) -> None:
        make, there = self.make, self.other_programme
        self.users = {
            "admin": make.admin(),
            "coordinator": make.coordinator(self.programme),
            "coordinator elsewhere": make.grant(make.user("Kurt Kaas"), "coordinator", programme=there),
            "teacher": make.teacher(self.programme),
            "host": make.host(self.unit),
            "host elsewhere": make.grant(make.user("Villy Vest"), "host", unit=self.other_unit),
            "student": make.grant(make.user("Amalie Anker"), "student"),
            "student elsewhere": make.grant(make.user("Frida Falk"), "student"),
        }
        clause = self.make.keep(Clause(programme_id=self.programme.id, section=13, text="Vores ord."))
        self.values |= {"user_id": self.users["host"].id, "clause_id": clause.id}

    def _practicum(self) -> Enrolment:
        """Two students of one cohort at two units: accepted, agreement sent; then most people see most."""
        cohort = self.make.cohort(self.programme, slug="viborg-2024")
        placement = self._placement(cohort, self.unit, "student")
        elsewhere = self._placement(cohort, self.other_unit, "student elsewhere")
        agreement = self.make.agreement(
            placement,
            status=AgreementStatus.AWAITING_SIGNATURES,
            sent_at=MOMENT,
            document_id=self.make.document(DocumentKind.AGREEMENT).id,
        )
        self._paper(agreement)
        self._amendment(agreement)
        remark = AgreementRemark(
            agreement=agreement,
            user_id=self.users["host"].id,
            number=1,
            text="Timerne er andre.",
            said_at=MOMENT,
            settled_at=None,
        )
        self.values |= {
            "remark_id": self.make.keep(remark).id,
            "cohorts slug": cohort.slug,
            "allocation slug": cohort.slug,
            "allocation_id": self.make.allocation(cohort).id,
            "pair_id": self.make.allocation_pair(placement).id,
            "cohort_id": cohort.id,
            "agreement_id": agreement.id,
            "offer_id": placement.offer_id,
            "placement_id": placement.id,
            "enrolment_id": placement.enrolment_id,
            "enrolments clearance": self._clearances(placement),
            "hosts clearance": "site_approval",
            "event_id": history.last_change(self.make.session, placement).event.id,  # type: ignore[union-attr]
        }
        self.values["cohort_import_id"] = self.new_upload(cohort, "coordinator").id
        self._follow_up_day(cohort)
        self._job(cohort, placement)
        self._during(placement)
        self._during(elsewhere)
        self._wishes(placement.enrolment, cohort)
        self.values["suggestion_id"] = self.make.suggestion(placement.enrolment).id
        self._concern(placement)
        self.make.emergency_contact(elsewhere, "Frida Falks far")
        self.values["emergency_contact_id"] = self.make.emergency_contact(placement, "Amalies bror").id
        return placement.enrolment

    def _clearances(self, placement: Placement) -> str:
        """Asked for by both units, seen of both students."""
        kind = ClearanceKind.CRIMINAL_RECORD
        for unit in (self.unit, self.other_unit):
            self.make.keep(ClearanceRule(unit_id=unit.id, kind=kind, mandatory=True))
        self.make.keep(Clearance(enrolment_id=placement.enrolment_id, kind=kind, seen_on=date(2025, 1, 2)))
        return kind.value

    def _wishes(self, enrolment: Enrolment, cohort: Cohort) -> None:
        """Each of the two students says no to a unit whose people they are known to."""
        for number, (person, unit) in enumerate(
            ((enrolment, self.unit), (self._enrolled("student elsewhere"), self.other_unit))
        ):
            wishes = Wishes(
                enrolment_id=person.id,
                excluded=[ExcludedUnit(unit_id=unit.id)],
                saved_at=MOMENT,
                weekdays=[1],
            )
            self.make.keep(wishes)
            self.values |= {} if number else {"wishes_id": wishes.id}

    def _enrolled(self, role: str) -> Enrolment:
        user = self.users[role]
        return self.make.session.scalars(select(Enrolment).where(Enrolment.user_id == user.id)).one()

    def _job(self, cohort: Cohort, placement: Placement) -> None:
        """Asked for by our coordinator; in the other programme there is one of its own."""
        job = self.make.job(cohort, self.users["coordinator"], [placement])
        self.values |= {"job_id": job.id, "what": "no-such"}

    def _paper(self, agreement: Agreement) -> None:
        """The host has signed with a pen."""
        scan = self.make.document(DocumentKind.AGREEMENT)
        scan.printed = {"type": "application/pdf"}
        signature = AgreementSignature(
            version_signed=agreement.current,
            party=Party.HOST,
            user_id=self.users["coordinator"].id,
            name="Vera Vært",
            signed_at=MOMENT,
            scan=scan,
        )
        self.make.keep(signature)
        self.values["scan_id"] = scan.id

    def _concern(self, placement: Placement) -> None:
        """Raised by our student and shared with nobody: not even the host may see that it is there."""
        concern = self.make.concern(placement, self.users["student"], text="Amalie er alene om aftenen")
        goal = ConcernGoal(concern_id=concern.id, text="En makker", due_on=date(2025, 3, 1))
        self.values |= {"concern_id": concern.id, "goal_id": self.make.keep(goal).id}

    def _amendment(self, agreement: Agreement) -> None:
        """Sent, so that its parties see it; what it changes is not signed."""
        frozen = self.make.document(DocumentKind.AGREEMENT)
        amendment = self.make.amendment(agreement, reason="Vera er enig.", offered=frozen)
        self.values |= {"amendment_id": amendment.id, "placements number": 1}

    def _follow_up_day(self, cohort: Cohort) -> None:
        day = self.make.follow_up_day(cohort, 1, held_on=date(2025, 2, 10))
        topic = self.make.keep(FollowUpTopic(day_id=day.id, text="Grænser"))
        self.values |= {"day_id": day.id, "topic_id": topic.id}

    def _during(self, placement: Placement) -> None:
        """A week's hours, sent by the student; a supervision; a visit, which names its student."""
        monday = date(2025, 1, 27)
        week = HoursWeek(
            placement_id=placement.id, starts_on=monday, status=HoursStatus.SUBMITTED, submitted_at=MOMENT
        )
        self.make.keep(week)
        day, name = date(2025, 1, 22), placement.student_name
        supervision = Supervision(
            placement_id=placement.id,
            held_on=day,
            minutes=60,
            held_by="Uffe Underviser",
            form=SupervisionForm.GROUP,
        )
        visit = Visit(
            placement_id=placement.id, held_on=day, kind=VisitKind.VISIT, people=name, line="Første besøg"
        )
        self.make.keep(supervision)
        self.make.keep(visit)
        self.values.setdefault("supervision_id", supervision.id)
        self.values.setdefault("visit_id", visit.id)
        self.values.setdefault("hours_week_id", week.id)
        self.values["week"] = "2025-W05"
        for name, record_id in endings(self.make, placement).items():
            self.values.setdefault(name, record_id)

    def _placement(self, cohort: Cohort, unit: Unit, student: str) -> Placement:
        make = self.make
        enrolment, offer = make.enrolment(cohort, self.users[student]), make.offer(unit, cohort)
        return make.placement(
            cohort=cohort, unit=unit, enrolment=enrolment, offer_id=offer.id, status="accepted"
        )

    def new_upload(self, cohort: Cohort, role: str) -> CohortImport:
        """A workbook that is on its way in."""
        return self.make.keep(
            CohortImport(
                cohort_id=cohort.id,
                user_id=self.users[role].id,
                filename="hold.xlsx",
                content=workbooks.saved(workbooks.book()),
                fixes={},
                result=None,
                created_at=now(),
            )
        )

    def _diploma(self, enrolment: Enrolment) -> None:
        self.values["diploma_id"] = self.new_diploma(enrolment, number="1").id

    def new_diploma(self, enrolment: Enrolment, *, number: str) -> Diploma:
        diploma = Diploma(
            enrolment=enrolment,
            number=number,
            code=f"K7QW2M9XTP4R{number}",
            issued_on=date(2025, 1, 1),
            issuer="Recovery-skolen",
            programme_name="Uddannelsen",
            person_name=enrolment.user.name,
            document=self.make.document(DocumentKind.DIPLOMA),
        )
        return self.make.keep(diploma)

    def sign_in(self, user: User) -> str:
        cookie = self._new_browser().sign_in(user).get_cookie("session")
        assert cookie is not None
        if user is self.users["host"]:
            with writing():
                self.values["tasks token"] = sign_ins.make_task_link(
                    db.session(), user.id, "/host", now=now()
                )
                self.values["network-places token"] = network_answers.make_link(
                    db.session(), int(self.values["place_id"]), now=now()
                )
                self.values["login token"] = sign_ins.operator_link(db.session(), user, now=now())
                db.session.commit()
        return cookie.value

    # Using it

    def _new_browser(self) -> Client:
        self.app.test_client_class = Client
        client = self.app.test_client()
        assert isinstance(client, Client)
        return client

    def browser(self, role: str) -> Client:
        """A new browser, signed in when the world was made."""
        client = self._new_browser()
        if role in self.cookies:
            client.set_cookie("session", self.cookies[role])
        return client

    def path(self, rule: str, *, missing: bool = False) -> str:
        """The address of our own record, or of one that is not there."""

        def value(argument: re.Match[str]) -> str:
            name = argument[1]
            return str(MISSING.get(name, 999999) if missing else self._value(rule, name))

        return ARGUMENT.sub(value, rule)

    def _value(self, rule: str, name: str) -> Any:
        keys = (f"{rule.split('/')[1]} {name}", name)
        for key in keys:
            if key in self.values:
                return self.values[key]
        raise LookupError(
            f"What is <{name}> in {rule}? Add {name!r} or {keys[0]!r} to the values in tests/world.py."
        )

    def restore(self) -> None:
        restore(self.snapshot)
