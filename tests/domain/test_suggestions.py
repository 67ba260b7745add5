"""A student suggests a unit; the coordinator makes it an offer in one step, or says kindly no."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import suggestions
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.rules import RuleBroken
from placements.domain.suggestions import Place
from placements.models.cohorts import Cohort
from placements.models.enrolments import Enrolment
from placements.models.hosts import Contact, Organisation, OrganisationKind, Sector, Unit
from placements.models.offers import OfferStatus
from placements.models.suggestions import Suggestion, SuggestionStatus
from tests.factories import Factory, actor_for

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
TODAY = date(2025, 2, 3)
GOOD: dict[str, Any] = {
    "unit_name": "Værestedet Havnen",
    "organisation_name": "Aarhus Kommune",
    "sector": Sector.MUNICIPAL,
    "municipality": "Aarhus",
    "contact_name": "Hanne Holm",
    "contact_email": "Hanne@example.org",
    "why": "Jeg kender caféen.",
}
S = SuggestionStatus


@pytest.fixture
def enrolment(make: Factory, cohort: Cohort) -> Enrolment:
    return make.enrolment(cohort)


@pytest.fixture
def suggestion(session: Session, enrolment: Enrolment) -> Suggestion:
    return suggest(session, enrolment)


def suggest(session: Session, enrolment: Enrolment, **changed: Any) -> Suggestion:
    with writing():
        made = suggestions.suggest(session, enrolment, **(GOOD | changed), today=TODAY, now=NOW)
        session.commit()
    return made


def approve(session: Session, suggestion: Suggestion, actor: Actor, place: Place) -> None:
    with writing():
        suggestions.approve(
            session, suggestion, actor, place, ways=["group"], answer=" Godt fundet. ", today=TODAY, now=NOW
        )
        session.commit()


def refusal(call: Callable[[], object]) -> str | None:
    with pytest.raises(RuleBroken) as refused:
        call()
    return refused.value.field


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_visible_to_the_student_and_the_coordinators_of_the_programme(
    make: Factory, session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    other = suggest(session, make.enrolment(make.cohort()))
    neighbour = make.enrolment(suggestion.enrolment.cohort)

    def seen(actor: Actor) -> list[int]:
        return list(session.scalars(suggestions.visible_to(actor).with_only_columns(Suggestion.id)))

    assert seen(actor_for(suggestion.enrolment.user)) == [suggestion.id]
    assert seen(coordinator) == [suggestion.id]
    assert seen(actor_for(other.enrolment.user)) == [other.id]
    for nobody in (make.host(make.unit()), make.admin(), neighbour.user):
        assert seen(actor_for(nobody)) == []
    assert seen(ANONYMOUS) == []


def test_approve_makes_unit_contact_and_draft_in_one_step(
    session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    approve(session, suggestion, coordinator, Place(kind=OrganisationKind.MUNICIPALITY))
    offer = suggestion.offer
    assert offer is not None
    assert (offer.status, offer.seats, offer.cohort_id, offer.ways) == (
        OfferStatus.DRAFT,
        1,
        suggestion.enrolment.cohort_id,
        ["group"],
    )
    assert (offer.unit.name_on(TODAY), offer.unit.sector) == ("Værestedet Havnen", Sector.MUNICIPAL)
    assert offer.unit.period_on(TODAY).organisation.name_on(TODAY) == "Aarhus Kommune"
    (contact,) = offer.unit.contacts
    assert (contact.name, contact.email, contact.is_host) == ("Hanne Holm", "hanne@example.org", True)
    assert (suggestion.status, suggestion.answer, suggestion.answered_by_id) == (
        S.APPROVED,
        "Godt fundet.",
        coordinator.id,
    )


def test_approve_with_a_known_unit_writes_nobody_twice(
    make: Factory, session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    unit = make.unit("Havnen")
    make.contact(unit, "Hanne Holm", email="hanne@example.org")
    before = count(session, Unit), count(session, Organisation)
    approve(session, suggestion, coordinator, Place(unit_id=unit.id))
    assert suggestion.offer is not None
    assert suggestion.offer.unit_id == unit.id
    assert (count(session, Unit), count(session, Organisation)) == before
    assert count(session, Contact) == 1


def test_approve_under_a_known_organisation(
    make: Factory, session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    owner = make.organisation("Aarhus Kommune")
    approve(session, suggestion, coordinator, Place(organisation_id=owner.id))
    assert suggestion.offer is not None
    assert suggestion.offer.unit.period_on(TODAY).organisation_id == owner.id


@pytest.mark.parametrize(
    ("place", "field"),
    [
        (Place(), "kind"),
        (Place(unit_id=999), "unit_id"),
        (Place(organisation_id=999), "organisation_id"),
    ],
)
def test_approve_without_a_place_makes_nothing(
    session: Session, suggestion: Suggestion, coordinator: Actor, place: Place, field: str
) -> None:
    assert refusal(lambda: approve(session, suggestion, coordinator, place)) == field
    session.rollback()
    assert (count(session, Unit), suggestion.status) == (0, S.SUGGESTED)


def test_approve_a_taken_name_of_an_organisation_makes_nothing(
    make: Factory, session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    make.organisation("Aarhus Kommune")
    place = Place(kind=OrganisationKind.MUNICIPALITY)
    refusal(lambda: approve(session, suggestion, coordinator, place))
    session.rollback()
    assert (count(session, Organisation), suggestion.offer_id) == (1, None)


def test_decline_needs_a_sentence(session: Session, suggestion: Suggestion, coordinator: Actor) -> None:
    assert refusal(lambda: suggestions.decline(suggestion, coordinator, answer=" ", now=NOW)) == "answer"
    suggestions.decline(suggestion, coordinator, answer="Der er ikke en vejleder i år.", now=NOW)
    assert (suggestion.status, suggestion.answer) == (S.DECLINED, "Der er ikke en vejleder i år.")


@pytest.mark.parametrize("status", [s for s in S if s is not S.SUGGESTED])
def test_an_answered_suggestion_stays_as_it_is(
    session: Session, suggestion: Suggestion, coordinator: Actor, status: S
) -> None:
    suggestion.status = status
    for verb in (
        lambda: suggestions.withdraw(suggestion),
        lambda: suggestions.decline(suggestion, coordinator, answer="Nej", now=NOW),
        lambda: approve(session, suggestion, coordinator, Place(kind=OrganisationKind.REGION)),
    ):
        refusal(verb)
    assert suggestion.status is status


def test_verbs_are_the_coordinators_and_the_students_own(
    session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    student = actor_for(suggestion.enrolment.user)
    assert suggestions.verbs_for(suggestion, coordinator) == ["approve", "decline"]
    assert suggestions.verbs_for(suggestion, student) == ["withdraw"]
    suggestions.withdraw(suggestion)
    assert suggestions.verbs_for(suggestion, coordinator) == []


def test_suggest_is_refused_when_too_many_wait_or_the_practicum_is_over(
    make: Factory, session: Session, enrolment: Enrolment
) -> None:
    for _number in range(suggestions.MOST_OPEN):
        suggest(session, enrolment)
    refusal(lambda: suggest(session, enrolment))
    over = make.enrolment(
        make.cohort(practicum_starts_on=date(2024, 1, 1), practicum_ends_on=date(2024, 4, 1))
    )
    refusal(lambda: suggest(session, over))
    session.rollback()
    assert count(session, Suggestion) == suggestions.MOST_OPEN


def test_courses_to_suggest_for_have_a_practicum_and_no_placement(make: Factory, session: Session) -> None:
    enrolment = make.enrolment(make.cohort())
    actor = actor_for(enrolment.user)
    make.enrolment(make.cohort(practicum_starts_on=None, practicum_ends_on=None), enrolment.user)
    assert suggestions.courses_to_suggest_for(session, actor, today=TODAY) == [enrolment]
    make.placement(enrolment=enrolment, cohort=enrolment.cohort, unit=make.unit())
    assert suggestions.courses_to_suggest_for(session, actor, today=TODAY) == []


def test_tile_holds_what_waits_for_an_answer(
    make: Factory, session: Session, suggestion: Suggestion, coordinator: Actor
) -> None:
    suggest(session, make.enrolment(make.cohort()))
    tile = suggestions.waiting(session, coordinator)
    assert (tile.number, [task.href for task in tile.tasks]) == (1, [f"/suggestions/{suggestion.id}"])
    suggestions.withdraw(suggestion)
    assert suggestions.waiting(session, coordinator).number == 0
