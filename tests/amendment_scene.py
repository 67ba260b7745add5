"""A placement whose agreement all have signed, for the tests of amendments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import amendments
from placements.domain.actors import Actor
from placements.domain.amendment_terms import Wanted
from placements.models.amendments import Amendment, AmendmentKind
from placements.models.documents import Document, DocumentKind
from placements.models.placements import Placement
from placements.models.signatures import Party
from placements.models.users import User
from tests.factories import MOMENT, Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
REASON = "Vi er blevet enige om det."


class Scene:
    """Team Nord with two seats; the placement runs as the cohort's practicum, 6 January to 6 April."""

    def __init__(self, make: Factory, session: Session, **values: Any) -> None:
        self.make, self.session = make, session
        self.unit = make.unit("Team Nord")
        self.cohort = make.cohort()
        self.offer = make.offer(self.unit, self.cohort, seats=2)
        self.supervisor = make.contact(self.unit, "Vita Vejleder", is_supervisor=True)
        values = {"status": "active", "supervisor_id": self.supervisor.id, "offer_id": self.offer.id} | values
        self.placement: Placement = make.placement(cohort=self.cohort, unit=self.unit, **values)
        self.agreement = make.agreement(self.placement, status="signed", sent_at=MOMENT)
        self.coordinator = make.coordinator(self.cohort.programme)
        self.host = make.host(self.unit)
        self.student: User = self.placement.enrolment.user

    @classmethod
    def beside(cls, other: Scene) -> Scene:
        """Another student at the same unit, with a signed agreement of their own."""
        scene = cls.__new__(cls)
        scene.__dict__.update(other.__dict__)
        make = scene.make
        same = {"status": "active", "supervisor_id": scene.supervisor.id}
        scene.placement = make.placement(cohort=scene.cohort, unit=scene.unit, **same)
        scene.agreement = make.agreement(scene.placement, status="signed", sent_at=MOMENT)
        scene.student = scene.placement.enrolment.user
        return scene

    def wanted(self, kind: AmendmentKind, **values: Any) -> Wanted:
        return Wanted(kind=kind, reason=REASON, **values)

    def draft(self, kind: AmendmentKind, **values: Any) -> Amendment:
        """Committed, as a view does."""
        with writing():
            self.session.rollback()
            made = amendments.draft(self.session, self.placement, self.wanted(kind, **values), today=TODAY)
            self.session.commit()
        return made

    def sent(self, kind: AmendmentKind, **values: Any) -> Amendment:
        """Sent with something to sign, without the cost of printing it."""
        made = self.draft(kind, **values)
        with writing():
            self.session.rollback()
            amendments.send(self.session, made, version=made.version, today=TODAY, now=NOW)
            amendments.offer(made, self.document())
            self.session.commit()
        return made

    def document(self) -> Document:
        return Document(
            kind=DocumentKind.AGREEMENT,
            number="1",
            filename="frozen.pdf",
            sha256="c0ffee",
            template_version="1",
            printed={},
            created_at=MOMENT,
            content=b"%PDF-1.7 frozen",
        )

    def actors(self, amendment: Amendment) -> list[Actor]:
        """One for each signature that is asked for, in that order."""
        people = {Party.STUDENT: self.student, Party.HOST: self.host, Party.COORDINATOR: self.coordinator}
        return [actor_for(people[party]) for party in amendment.asked]

    def sign(self, amendment: Amendment, actors: Sequence[Actor], today: date = TODAY) -> None:
        for actor in actors:
            with writing():
                self.session.rollback()
                amendments.sign(self.session, amendment, actor, today=today, now=NOW)
                self.session.commit()
