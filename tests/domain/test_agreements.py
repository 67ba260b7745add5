"""The agreement: written, sent, signed by three, and void when what was agreed changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import agreements, placement_changes, signatures
from placements.domain.agreement_states import TRANSITIONS, party_to_sign
from placements.domain.rules import RuleBroken
from placements.models.agreements import Agreement, AgreementStatus, AgreementVersion, Party
from placements.models.documents import Document, DocumentKind
from placements.models.legal_details import LegalDetails
from placements.models.mails import OutgoingMail
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from tests.factories import Factory, actor_for

NOW = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)
TODAY = date(2025, 1, 2)
S = AgreementStatus


class Parties:
    """A placement that a host has said yes to, and everybody who signs for it."""

    def __init__(self, make: Factory, **values: object) -> None:
        self.unit = make.unit("Afsnit P4")
        supervisor = make.contact(self.unit)
        self.placement: Placement = make.placement(
            unit=self.unit, status="accepted", supervisor_id=supervisor.id, **values
        )
        programme = self.placement.cohort.programme
        self.student = actor_for(self.placement.enrolment.user)
        self.host = actor_for(make.host(self.unit))
        self.coordinator = actor_for(make.coordinator(programme))


@pytest.fixture
def parties(make: Factory) -> Parties:
    return Parties(make)


def sent(session: Session, parties: Parties) -> Agreement:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    agreements.write(agreement, sections={6: "Samtaler med brugere"})
    session.flush()
    agreements.send(session, agreement.current, now=NOW)
    agreements.offer(agreement.current, document())
    session.flush()
    return agreement


def document(content: bytes = b"%PDF-1.7 as it was sent") -> Document:
    """As the printer freezes it."""
    return Document(
        kind=DocumentKind.AGREEMENT,
        number="PA-2025-00001-1",
        filename="praktikaftale.pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        template_version="1",
        printed={},
        created_at=NOW,
        content=content,
    )


def test_the_state_table() -> None:
    assert {(verb, source, move.target) for verb, move in TRANSITIONS.items() for source in move.sources} == {
        ("send", S.DRAFT, S.AWAITING_SIGNATURES),
        ("conclude", S.AWAITING_SIGNATURES, S.SIGNED),
    }


def test_draft_takes_the_next_number_of_the_year(session: Session, make: Factory) -> None:
    first, second = Parties(make), Parties(make)
    assert agreements.draft(session, first.placement, today=TODAY).number == "PA-2025-00001"
    assert agreements.draft(session, second.placement, today=TODAY).number == "PA-2025-00002"
    assert agreements.draft(session, first.placement, today=TODAY).number == "PA-2025-00001"


def test_draft_begins_with_the_tasks_of_the_offer(session: Session, make: Factory) -> None:
    unit, cohort = make.unit(), make.cohort()
    offer = make.offer(unit, cohort, tasks="Være med i caféen")
    placement = make.placement(cohort=cohort, unit=unit, offer_id=offer.id, status="accepted")
    assert agreements.draft(session, placement, today=TODAY).current.sections == {"6": "Være med i caféen"}


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, []),
        ({"status": "proposed"}, ["accepted"]),
        ({"supervisor_id": None}, ["supervisor"]),
        ({"legal_basis": None}, ["legal_basis"]),
    ],
)
def test_send_says_what_is_missing(
    session: Session, make: Factory, values: dict[str, object], missing: list[str]
) -> None:
    parties = Parties(make)
    for name, value in values.items():
        setattr(parties.placement, name, PlacementStatus(value) if name == "status" else value)
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    agreements.write(agreement, sections={6: "Samtaler"})
    assert [unmet.key for unmet in agreements.unmet_for_send(agreement.current)] == missing
    if missing:
        with pytest.raises(RuleBroken, match="kan ikke sendes endnu"):
            agreements.send(session, agreement.current, now=NOW)
        assert agreement.current.status is S.DRAFT


def test_send_without_tasks_is_refused(session: Session, parties: Parties) -> None:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    assert [unmet.key for unmet in agreements.unmet_for_send(agreement.current)] == ["tasks"]


def test_send_mails_student_and_hosts_a_link(session: Session, parties: Parties) -> None:
    sent(session, parties)
    mails = session.scalars(select(OutgoingMail).order_by(OutgoingMail.user_id)).all()
    assert {mail.user_id for mail in mails} == {parties.student.id, parties.host.id}
    assert {(mail.message, mail.path) for mail in mails} == {
        ("task_sign", f"/placements/{parties.placement.id}/agreement")
    }


def test_send_twice_is_refused(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    with pytest.raises(RuleBroken, match="allerede sendt"):
        agreements.send(session, agreement.current, now=NOW)


def test_sign_by_all_three_carries_the_placement_on(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    signed = []
    for actor in (parties.host, parties.student, parties.coordinator):
        assert parties.placement.status is PlacementStatus.ACCEPTED
        signed.append(agreements.sign(session, agreement.current, actor, read=1, now=NOW).party)
    assert signed == [Party.HOST, Party.STUDENT, Party.COORDINATOR]
    assert signatures.missing(agreement.current) == []
    assert agreement.current.status is S.SIGNED
    assert parties.placement.status is PlacementStatus.AGREED


def test_sign_twice_is_refused(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)
    with pytest.raises(RuleBroken, match="mangler ikke"):
        agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)


def test_sign_before_it_is_sent_is_refused(session: Session, parties: Parties) -> None:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    with pytest.raises(RuleBroken, match="mangler ikke"):
        agreements.sign(session, agreement.current, parties.student, read=1, now=NOW)


def test_nobody_else_can_sign(session: Session, make: Factory, parties: Parties) -> None:
    agreement = sent(session, parties)
    strangers = [
        make.host(make.unit("Et andet sted")),
        make.coordinator(make.programme("another")),
        make.enrolment(parties.placement.cohort).user,
        make.teacher(parties.placement.cohort.programme),
        make.admin(),
    ]
    assert [party_to_sign(agreement.current, actor_for(user)) for user in strangers] == [None] * 5


def test_job_centre_practicum_needs_the_employees_representative(session: Session, make: Factory) -> None:
    """D-06."""
    parties = Parties(make, legal_basis=LegalBasis.JOB_CENTRE)
    approved = date(2024, 12, 1)
    details = LegalDetails(
        placement_id=parties.placement.id,
        job_centre="Jobcenter Viborg",
        vitas_reference="1",
        manager_approved_on=approved,
        representative_approved_on=approved,
    )
    make.keep(details)
    agreement = sent(session, parties)
    for actor in (parties.student, parties.host, parties.coordinator):
        agreements.sign(session, agreement.current, actor, read=1, now=NOW)
    assert signatures.missing(agreement.current) == [Party.EMPLOYEE_REPRESENTATIVE]
    representative = actor_for(make.host(parties.unit))
    assert agreements.sign(session, agreement.current, representative, read=1, now=NOW).party is (
        Party.EMPLOYEE_REPRESENTATIVE
    )
    assert agreement.current.status is S.SIGNED


def changes(parties: Parties, make: Factory) -> Iterator[dict[str, object]]:
    yield {"weekly_minutes": 420}
    yield {"ends_on": date(2025, 3, 30)}
    yield {"supervisor_id": make.contact(parties.unit, "Ny Vejleder").id}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_change_after_sending_voids_the_signatures(
    session: Session, make: Factory, parties: Parties, number: int
) -> None:
    change = list(changes(parties, make))[number]
    agreement = sent(session, parties)
    agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)
    session.flush()
    placement = parties.placement
    values = {
        "unit_id": placement.unit_id,
        "supervisor_id": placement.supervisor_id,
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "weekly_minutes": placement.weekly_minutes,
    }
    placement_changes.edit(session, placement, today=TODAY, now=NOW, **(values | change))  # type: ignore[arg-type]
    session.flush()
    session.refresh(agreement)
    assert [version.status for version in agreement.versions] == [S.AWAITING_SIGNATURES, S.DRAFT]
    assert agreement.current.signatures == []
    assert agreement.current.sections == {"6": "Samtaler med brugere"}


def test_saving_without_a_change_keeps_the_signatures(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    placement = parties.placement
    placement_changes.edit(
        session,
        placement,
        unit_id=placement.unit_id,
        supervisor_id=placement.supervisor_id,
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        weekly_minutes=placement.weekly_minutes,
        today=TODAY,
        now=NOW,
    )
    assert len(agreement.versions) == 1


def test_writing_after_sending_makes_a_new_version(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    agreements.write(agreement, sections={6: "Samtaler med brugere"})
    assert len(agreement.versions) == 1
    agreements.write(agreement, sections={6: "Grupper"})
    assert [version.number for version in agreement.versions] == [1, 2]
    assert agreement.versions[0].sections == {"6": "Samtaler med brugere"}


def test_write_refuses_a_text_that_is_too_long(parties: Parties, session: Session) -> None:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    agreements.write(agreement, sections={9: "x" * agreements.LONGEST})
    with pytest.raises(RuleBroken, match="Punkt 9") as refused:
        agreements.write(agreement, sections={9: "x" * (agreements.LONGEST + 1)})
    assert refused.value.field == "section_9"


def test_parties_read_the_last_version_that_was_sent(session: Session, parties: Parties) -> None:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    assert agreements.shown_version(agreement, parties.coordinator) is agreement.current
    assert agreements.shown_version(agreement, parties.host) is None
    agreements.write(agreement, sections={6: "Samtaler"})
    session.flush()
    agreements.send(session, agreement.current, now=NOW)
    agreements.write(agreement, sections={6: "Kladde til næste"})
    assert agreements.shown_version(agreement, parties.coordinator) is agreement.versions[1]
    assert agreements.shown_version(agreement, parties.student) is agreement.versions[0]


def test_a_version_that_is_void_cannot_be_signed(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    for actor in (parties.student, parties.coordinator):
        agreements.sign(session, agreement.current, actor, read=1, now=NOW)
    old = agreement.current
    agreements.write(agreement, sections={6: "Grupper"})
    session.flush()
    assert party_to_sign(old, parties.host) is None
    with pytest.raises(RuleBroken, match="ved at blive ændret"):
        agreements.sign(session, old, parties.host, read=1, now=NOW)
    assert parties.placement.status is PlacementStatus.ACCEPTED


def test_two_who_sign_at_the_same_moment_are_both_counted(
    session: Session, parties: Parties, engine: str
) -> None:
    """The other's signature came in after this session had read the agreement."""
    agreement = sent(session, parties)
    agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)
    session.commit()
    version_id = agreement.current.id
    assert signatures.missing(agreement.current) == [Party.STUDENT, Party.COORDINATOR]
    if engine == "sqlite":  # has one writer at a time
        session.rollback()
    with Session(session.get_bind()) as other:
        theirs = other.get_one(AgreementVersion, version_id)
        agreements.sign(other, theirs, parties.student, read=1, now=NOW)
        other.commit()
    agreements.sign(session, agreement.current, parties.coordinator, read=1, now=NOW)
    assert agreement.current.status is S.SIGNED
