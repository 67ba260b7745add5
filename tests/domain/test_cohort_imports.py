"""A cohort's workbook taken in: all of it or nothing, once, and just as it was seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import cohort_imports
from placements.domain.actors import Actor
from placements.domain.cohort_import_plans import Plan, Verb
from placements.domain.cohort_import_steps import Wishes
from placements.domain.rules import RuleBroken
from placements.models.cohort_imports import CohortImport
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.events import Event
from placements.models.hosts import Contact, Organisation, Unit
from placements.models.mails import OutgoingMail
from placements.models.offers import Offer
from placements.models.placements import Placement
from placements.models.users import User
from tests.domain.workbooks import ANNA, ANNA_AT_NORD, BO, BROEN, NORD, book, saved
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
TABLES = (User, Enrolment, Organisation, Unit, Contact, Offer, Placement, OutgoingMail, Event)


def planned(session: Session, cohort: Cohort, content: bytes, fixes: dict[str, str] | None = None) -> Plan:
    return cohort_imports.plan(session, cohort, content, fixes or {}, today=TODAY)


def take_in(session: Session, cohort: Cohort, content: bytes, wishes: Wishes | None = None) -> Plan:
    with writing():
        plan = planned(session, cohort, content)
        cohort_imports.take_in(session, cohort, plan, wishes=wishes or Wishes(), today=TODAY, now=NOW)
        session.commit()
    return plan


def rows_of(session: Session) -> dict[str, int]:
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES
    }


def told(plan: Plan, verb: Verb) -> dict[str, int]:
    return {noun.value: counts[verb] for noun, counts in plan.counts.items() if counts[verb]}


def test_take_in_makes_people_places_seats_and_drafts(session: Session, cohort: Cohort) -> None:
    plan = take_in(session, cohort, saved(book()))
    assert told(plan, Verb.NEW) == {
        "student": 2,
        "organisation": 2,
        "unit": 2,
        "contact": 3,
        "offer": 2,
        "placement": 1,
    }
    people = session.execute(
        select(User.name, User.email, User.phone, Enrolment.municipality, Enrolment.starts_on)
        .join(Enrolment, Enrolment.user_id == User.id)
        .order_by(User.name)
    ).all()
    assert [tuple(person) for person in people] == [
        ("Anna Holm", "anna@example.org", "20 00 00 01", "Viborg", date(2024, 9, 9)),
        ("Bo Toft", "bo@example.org", "+45 20000002", "Aarhus", date(2024, 9, 9)),
    ]
    units = session.scalars(select(Unit).order_by(Unit.id)).all()
    assert [(u.name_on(TODAY), u.sector.value, u.municipality) for u in units] == [
        ("Team Nord", "regional", "Viborg"),
        ("Broen", "municipal", "Viborg"),
    ]
    offers = session.execute(select(Offer.status, Offer.seats, Offer.starts_on).order_by(Offer.id)).all()
    assert [(o.status.value, o.seats, o.starts_on) for o in offers] == [
        ("open", 2, date(2025, 1, 6)),
        ("open", 1, date(2025, 1, 6)),
    ]
    (placement,) = session.scalars(select(Placement)).all()
    assert (placement.status.value, placement.student_name, placement.weekly_minutes) == (
        "draft",
        "Anna Holm",
        360,
    )
    assert (placement.ends_on, placement.supervisor.name) == (date(2025, 4, 6), "Peter Lund")  # type: ignore[union-attr]
    assert session.scalars(select(OutgoingMail)).all() == []


def test_take_in_twice_changes_nothing_the_second_time(session: Session, cohort: Cohort) -> None:
    content = saved(book())
    take_in(session, cohort, content)
    before = rows_of(session)
    again = take_in(session, cohort, content)
    assert (again.changes_nothing, again.problems) == (True, [])
    assert told(again, Verb.SAME) == {
        "student": 2,
        "organisation": 2,
        "unit": 2,
        "contact": 3,
        "offer": 2,
        "placement": 1,
    }
    assert rows_of(session) == before


def test_take_in_opens_seats_or_keeps_drafts(session: Session, cohort: Cohort) -> None:
    """As drafts, but for those that the practicum's sheet uses."""
    take_in(session, cohort, saved(book()), Wishes(open_offers=False))
    offers = session.execute(select(Offer.status, Offer.seats).order_by(Offer.id)).all()
    assert [(offer.status.value, offer.seats) for offer in offers] == [("open", 2), ("draft", 1)]


def test_take_in_writes_to_nobody_unless_asked(session: Session, cohort: Cohort) -> None:
    take_in(session, cohort, saved(book()), Wishes(invite_students=True, invite_contacts=True))
    mails = session.execute(
        select(User.email, OutgoingMail.message)
        .join(User, User.id == OutgoingMail.user_id)
        .order_by(User.email)
    ).all()
    assert [tuple(mail) for mail in mails] == [
        (f"{name}@example.org", "invitation") for name in ("anna", "birthe", "bo", "hanne")
    ]


def test_take_in_changes_what_the_file_says_otherwise(session: Session, cohort: Cohort) -> None:
    take_in(session, cohort, saved(book()))
    anna, nord = [*ANNA], [*NORD]
    anna[3], nord[3], nord[6] = "Randers", "Søvej 8", 3
    later = [*ANNA_AT_NORD[:2], "13.1.2025", "6.4.2025", "Gerda Ny", 7.5]
    plan = take_in(session, cohort, saved(book([anna, BO], [nord, BROEN], [later])))
    changed = [(step.noun.value, step.name, step.detail) for step in plan.steps if step.verb is Verb.CHANGED]
    assert changed == [
        ("student", "Anna Holm", "Kommune: Viborg → Randers"),
        ("unit", "Team Nord", "Adresse: Søvej 4, 8800 Viborg → Søvej 8"),
        ("offer", "Team Nord", "Pladser: 2 → 3"),
        (
            "placement",
            "Anna Holm – Team Nord",
            "Start: 6.1.2025 → 13.1.2025, Timer pr. uge: 6 → 7,5, Vejleder: Peter Lund → Gerda Ny",
        ),
    ]
    (placement,) = session.scalars(select(Placement)).all()
    assert (placement.starts_on, placement.weekly_minutes) == (date(2025, 1, 13), 450)
    assert placement.supervisor is not None
    assert placement.supervisor.name == "Gerda Ny"
    assert session.scalars(select(Unit.address).order_by(Unit.id)).all() == ["Søvej 8", "Brogade 2"]
    assert session.scalars(select(Offer.seats).order_by(Offer.id)).all() == [3, 1]


def test_take_in_leaves_nothing_when_the_last_sheet_fails(
    session: Session, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows_of(session)
    content = saved(book())

    def fail(*_values: object) -> None:
        raise RuleBroken("Praktikpladsen er ikke åben.")

    monkeypatch.setattr("placements.domain.placement_drafts.check_terms", fail)
    with pytest.raises(RuleBroken, match=r"Praktikpladsen er ikke åben\."):
        take_in(session, cohort, content)
    session.rollback()
    assert rows_of(session) == before


def test_take_in_of_a_bad_cell_in_the_last_sheet_writes_nothing(session: Session, cohort: Cohort) -> None:
    before = rows_of(session)
    bad = [*ANNA_AT_NORD[:2], "6.1.2025", "6.4.2025", "Peter Lund", 60]
    with pytest.raises(RuleBroken, match="Intet er gemt"):
        take_in(session, cohort, saved(book(practicum=[bad])))
    session.rollback()
    assert rows_of(session) == before


@pytest.fixture
def upload(session: Session, cohort: Cohort, coordinator: Actor) -> CohortImport:
    with writing():
        kept = cohort_imports.keep(
            session, cohort, coordinator, filename="hold.xlsx", content=saved(book()), now=NOW
        )
        session.commit()
    return kept


def confirm(session: Session, upload: CohortImport, cohort: Cohort, seen: str) -> None:
    with writing():
        cohort_imports.confirm(session, upload, cohort, seen=seen, wishes=Wishes(), today=TODAY, now=NOW)
        session.commit()


def test_confirm_takes_in_what_was_seen_and_deletes_the_file(
    session: Session, cohort: Cohort, upload: CohortImport
) -> None:
    seen = cohort_imports.plan_of(session, upload, cohort, today=TODAY).fingerprint
    session.rollback()
    confirm(session, upload, cohort, seen)
    assert (upload.content, upload.fixes) == (None, {})
    assert upload.result is not None
    assert upload.result["student"] == {"new": 2, "changed": 0, "same": 0}
    with pytest.raises(RuleBroken, match="allerede indlæst"):
        confirm(session, upload, cohort, seen)


def test_confirm_refuses_what_has_changed_meanwhile(
    session: Session, cohort: Cohort, upload: CohortImport, make: Factory
) -> None:
    seen = cohort_imports.plan_of(session, upload, cohort, today=TODAY).fingerprint
    session.rollback()
    make.enrolment(cohort, make.user("Anna Holm", email="anna@example.org"))
    before = rows_of(session)
    with pytest.raises(RuleBroken, match="Noget er ændret, siden du så forhåndsvisningen"):
        confirm(session, upload, cohort, seen)
    session.rollback()
    assert rows_of(session) == before


def test_upload_is_ones_own_and_gone_after_a_day(
    session: Session, cohort: Cohort, upload: CohortImport, make: Factory, coordinator: Actor
) -> None:
    colleague = actor_for(make.coordinator(cohort.programme))
    stranger = actor_for(make.grant(make.user(), "coordinator", programme=make.programme("hovedstaden")))

    def seen(actor: Actor, now: datetime) -> list[int]:
        return [found.id for found in session.scalars(cohort_imports.visible_to(actor, now=now))]

    assert seen(coordinator, NOW + timedelta(hours=23)) == [upload.id]
    assert seen(coordinator, NOW + timedelta(days=1)) == []
    assert seen(colleague, NOW) == seen(stranger, NOW) == []
    with writing():
        cohort_imports.forget_old(session, now=NOW + timedelta(days=1))
        session.commit()
    assert session.scalars(select(CohortImport.id)).all() == []


def test_plan_asks_a_fixed_number_of_questions(
    session: Session, cohort: Cohort, query_count: Callable[[Callable[[], object]], int]
) -> None:
    def content(number: int) -> bytes:
        students = [[f"P. {n}", f"p{n}@example.org", "", "", "Studerende"] for n in range(number)]
        sites = [["Viborg Kommune", f"Team {n}", "kommunal", "", "", "", 1] for n in range(number)]
        return saved(book(students, sites, [[f"p{n}@example.org", f"Team {n}"] for n in range(number)]))

    counts = []
    for number in (1, 3):
        take_in(session, cohort, content(number))
        session.expire_all()
        session.rollback()
        counts.append(query_count(lambda n=number: planned(session, cohort, content(n))))  # type: ignore[misc]
    assert counts[0] == counts[1]
