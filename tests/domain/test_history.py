"""The history: every change of a record, in the transaction that makes it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from placements.domain import history
from placements.models.diplomas import Diploma
from placements.models.events import Action, Event
from placements.models.placements import Placement, PlacementStatus
from tests.factories import Factory


def test_a_change_says_who_when_from_what_to_what(session: Session, make: Factory) -> None:
    placement, user = make.placement(), make.user("Mette Holm")
    history.act_as(session, user.id, "request-1")
    placement.status, placement.weekly_minutes = PlacementStatus.PROPOSED, 420
    session.commit()
    entry = history.of(session, placement)[0]
    assert entry.actor == "Mette Holm"
    assert entry.event.request_id == "request-1"
    assert entry.event.action is Action.CHANGED
    assert entry.event.changes == {"status": ["draft", "proposed"], "weekly_minutes": [360, 420]}
    assert (datetime.now(UTC) - entry.event.at).total_seconds() < 60


def test_the_old_value_is_told_even_when_it_was_not_read(session: Session, make: Factory) -> None:
    placement = make.placement()
    session.expire(placement)
    placement.weekly_minutes = 420
    session.commit()
    assert history.of(session, placement)[0].event.changes == {"weekly_minutes": [360, 420]}


def test_a_rollback_takes_the_history_with_it(session: Session, make: Factory) -> None:
    placement = make.placement()
    before = len(session.scalars(select(Event)).all())
    placement.weekly_minutes = 420
    session.flush()
    session.rollback()
    assert len(session.scalars(select(Event)).all()) == before


def test_saving_the_same_values_leaves_no_trace(session: Session, make: Factory) -> None:
    placement = make.placement()
    placement.weekly_minutes = 360
    session.commit()
    assert [entry.event.action for entry in history.of(session, placement)] == [Action.CREATED]


def test_a_childs_change_stands_on_its_parents_page(session: Session, make: Factory) -> None:
    unit = make.unit()
    contact = make.contact(unit, "Vita Vejleder")
    contact.name = "Vita Voss"
    session.commit()
    entry = history.of(session, unit)[0]
    assert (entry.event.table_name, entry.event.changes) == (
        "contact",
        {"name": ["Vita Vejleder", "Vita Voss"]},
    )
    assert history.last_change(session, contact) == entry


def test_a_sensitive_column_leaves_only_the_fact(session: Session, make: Factory) -> None:
    enrolment = make.enrolment(make.cohort())
    diploma = Diploma(
        enrolment_id=enrolment.id,
        number="1",
        code="SECRET",
        issued_on=enrolment.starts_on,
        issuer="x",
        programme_name="x",
        person_name="x",
    )
    make.keep(diploma)
    event = session.scalars(select(Event).where(Event.table_name == "diploma")).one()
    assert event.changes["code"] == [None, history.CHANGED]


def test_a_bulk_change_of_audited_records_is_refused(session: Session, make: Factory) -> None:
    make.placement()
    with pytest.raises(RuntimeError, match="audited"):
        session.execute(update(Placement).values(weekly_minutes=1))


def test_ids_of_deleted_records_are_never_used_again(session: Session, make: Factory) -> None:
    contact = make.contact(make.unit())
    old = contact.id
    session.delete(contact)
    session.commit()
    assert make.contact(make.unit()).id > old
