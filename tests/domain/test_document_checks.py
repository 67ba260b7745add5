"""Kept documents are read through, and what has changed is told to those who can see the record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import document_checks
from placements.domain.document_checks import Found
from placements.models.documents import Document
from placements.models.frameworks import FrameworkAgreement
from placements.models.users import User
from tests.factories import MOMENT, Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
Count = Callable[[Callable[[], object]], int]


def spoil(session: Session, *documents: Document) -> None:
    """Behind the application's back."""
    for document in documents:
        session.execute(update(Document).where(Document.id == document.id).values(content=b"%PDF-1.7 forged"))
    session.commit()


def test_every_document_is_read_a_few_at_a_time(
    session: Session, make: Factory, query_count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_checks, "AT_ONCE", 2)
    assert document_checks.read_through(session) == Found(0, [])
    kept = [make.document() for _number in range(5)]
    assert document_checks.read_through(session) == Found(5, [], 5, kept[4].id)
    with writing():
        session.rollback()
        spoil(session, kept[1], kept[4])
    assert document_checks.read_through(session) == Found(5, [kept[1].id, kept[4].id], 5, kept[4].id)
    assert query_count(lambda: document_checks.read_through(session)) == 5


def test_document_that_is_gone_is_missed_until_it_is_back(
    session: Session, make: Factory, told: Callable[[User], tuple[list[str], int]]
) -> None:
    """Also the last one, and whatever is added since; a scanned paper may go."""

    def check(*gone: Document) -> int:
        with writing():
            session.rollback()
            ids = [one.id for one in gone]
            session.execute(delete(Document).where(Document.id.in_(ids)))
            found = document_checks.read_through(session)
            document_checks.keep(session, found, now=NOW)
            session.commit()
        return found.missing

    first, scan, middle, last = (make.document() for _number in range(4))
    scan.template_version = ""
    make.keep(scan)
    assert check() == 0
    assert check(scan) == 0
    assert check(last) == 1
    make.document()
    assert check() == 1
    assert check(middle, first) == 3
    assert told(make.admin())[0] == ["/programmes"]
    assert told(make.coordinator(make.programme("viborg")))[0] == []


def test_check_is_due_a_day_after_the_last_and_only_the_last_is_kept(session: Session, make: Factory) -> None:
    def due(after: timedelta) -> bool:
        return document_checks.is_due(session, now=NOW + after)

    document = make.document()
    assert due(timedelta())
    for changed in ([document.id], [document.id], []):
        with writing():
            session.rollback()
            document_checks.keep(session, Found(1, changed), now=NOW)
            session.commit()
        assert document_checks.numbers_of(session, changed) == [(id_, "1") for id_ in changed]
    assert [due(timedelta(hours=23, minutes=59)), due(timedelta(hours=24))] == [False, True]


@pytest.fixture
def told(session: Session, make: Factory, query_count: Count) -> Callable[[User], tuple[list[str], int]]:
    """Where the home page leads somebody, and how many statements that takes."""

    def of(user: User) -> tuple[list[str], int]:
        actor = actor_for(user)
        groups = document_checks.changed_ones(session, actor)
        hrefs = [task.href for group in groups for task in group.tasks]
        return hrefs, query_count(lambda: document_checks.changed_ones(session, actor))

    return of


def test_changed_document_is_told_with_the_way_to_its_record(
    session: Session, make: Factory, told: Callable[[User], tuple[list[str], int]]
) -> None:
    """Not to another programme's coordinator, nor to a teacher; an administrator sees no records."""
    placement = make.placement(status="active")
    programme = placement.cohort.programme
    coordinator, admin = make.coordinator(programme), make.admin()
    documents = [make.document() for _number in range(6)]
    agreement = make.agreement(placement, status="signed", sent_at=MOMENT)
    agreement.current.document, agreement.current.offered = documents[0], documents[1]
    amendment = make.amendment(agreement, offered_id=documents[2].id)
    diploma = make.diploma(placement.enrolment, document_id=documents[3].id)
    framework = FrameworkAgreement(
        organisation=placement.unit.period_on(NOW.date()).organisation,
        reference="R-1",
        starts_on=NOW.date(),
        scan=documents[4],
    )
    make.keep(framework)
    make.keep(agreement)
    assert told(coordinator) == ([], 1)
    with writing():
        session.rollback()
        document_checks.keep(session, Found(6, [one.id for one in documents]), now=NOW)
        session.commit()
    page = f"/placements/{placement.id}"
    hrefs = [
        f"{page}/agreement",
        f"{page}/agreement",
        f"{page}/amendments/{amendment.number}",
        f"/enrolments/{diploma.enrolment_id}/diploma",
        f"/frameworks/{framework.id}",
    ]
    own = f"/programmes/{programme.slug}"
    assert told(coordinator) == (hrefs, 7)
    assert told(admin)[0] == [own, own, own, own, f"/frameworks/{framework.id}", "/programmes"]
    assert told(make.coordinator(make.programme("hovedstaden")))[0] == [f"/frameworks/{framework.id}"]
    assert told(make.teacher(programme)) == ([], 1)
