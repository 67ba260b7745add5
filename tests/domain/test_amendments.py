"""Amendments: each kind with its own rules and its own people, in force when the last has signed.

Rows 56 to 59 of the feature list; "a change after signing is an amendment".
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import agreement_states, amendment_terms, amendments, placements, undoing
from placements.domain.amendment_effects import OUTDATED
from placements.domain.placement_changes import AMEND
from placements.domain.rules import RuleBroken, Stale
from placements.models.amendments import Amendment, AmendmentKind, AmendmentStatus, InterruptionCause
from placements.models.mails import OutgoingMail
from placements.models.offers import Offer
from placements.models.placements import LegalBasis, Placement, PlacementStatus
from placements.models.preferences import ExcludedUnit, Wishes
from placements.models.signatures import Party
from tests.amendment_scene import NOW, TODAY, Scene
from tests.factories import MOMENT, Factory, actor_for

K = AmendmentKind
LAST = date(2025, 4, 6)
LATER = {"ends_on": date(2025, 4, 20), "past_practicum": True}
ILL = {
    "paused_from": date(2025, 2, 10),
    "paused_to": date(2025, 2, 20),
    "cause": InterruptionCause.ILLNESS,
    "ends_on": date(2025, 4, 20),
    "past_practicum": True,
}


@pytest.fixture
def scene(make: Factory, session: Session) -> Scene:
    return Scene(make, session)


def mails(session: Session) -> list[tuple[str, str]]:
    return [
        (mail.user.name, mail.message)
        for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    ]


def values_for(scene: Scene, kind: AmendmentKind) -> dict[str, Any]:
    """What each kind asks for, with the records it needs."""
    if kind is K.UNIT:
        unit = scene.make.unit("Team Vest")
        scene.make.offer(unit, scene.cohort, seats=1)
        return {"unit": unit, "supervisor": scene.make.contact(unit, "Nina Ny")}
    return {
        K.EXTENSION: LATER,
        K.INTERRUPTION: ILL,
        K.PERIOD: {"starts_on": date(2025, 1, 6), "ends_on": date(2025, 3, 30)},
        K.HOURS: {"weekly_minutes": 480},
        K.SUPERVISOR: {"supervisor": scene.make.contact(scene.unit, "Nina Ny")},
        K.EARLY_END: {"ends_on": date(2025, 1, 31)},
    }[kind]


EFFECTS: dict[AmendmentKind, dict[str, Any]] = {
    K.EXTENSION: {"ends_on": date(2025, 4, 20)},
    K.INTERRUPTION: {"ends_on": date(2025, 4, 20)},
    K.PERIOD: {"ends_on": date(2025, 3, 30)},
    K.HOURS: {"weekly_minutes": 480},
    K.SUPERVISOR: {"supervisor.name": "Nina Ny"},
    K.UNIT: {"unit.periods.0.name": "Team Vest", "supervisor.name": "Nina Ny", "status": "active"},
    K.EARLY_END: {"ends_on": date(2025, 1, 31), "status": "ended_early"},
}


def read(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = record[int(name)] if name.isdecimal() else getattr(record, name)
    return record


@pytest.mark.parametrize("kind", AmendmentKind)
def test_each_kind_takes_effect_with_the_last_signature_and_not_before(scene: Scene, kind: K) -> None:
    amendment = scene.sent(kind, **values_for(scene, kind))
    if kind is K.UNIT:
        scene.make.grant(scene.host, "host", unit=amendment.unit)
    before = {path: read(scene.placement, path) for path in EFFECTS[kind]}
    *first, last = scene.actors(amendment)
    scene.sign(amendment, first)
    assert {path: read(scene.placement, path) for path in EFFECTS[kind]} == before
    assert amendment.status is AmendmentStatus.AWAITING_SIGNATURES
    scene.sign(amendment, [last])
    assert {path: read(scene.placement, path) for path in EFFECTS[kind]} == EFFECTS[kind]
    assert amendment.status is AmendmentStatus.SIGNED
    assert agreement_states.is_concluded(scene.session, scene.placement)
    assert {given.sha256 for given in amendment.signatures} == {"c0ffee"}


ALL = [Party.STUDENT, Party.HOST, Party.COORDINATOR]


@pytest.mark.parametrize("kind", AmendmentKind)
def test_the_right_people_sign_each_kind(kind: K) -> None:
    """D-06: through the job centre the employees' representative too, but for who supervises."""
    for basis in LegalBasis:
        extra = [Party.EMPLOYEE_REPRESENTATIVE] if basis is LegalBasis.JOB_CENTRE else []
        wanted = [Party.HOST, Party.COORDINATOR] if kind is K.SUPERVISOR else ALL + extra
        assert amendment_terms.signers(kind, Placement(legal_basis=basis)) == wanted


REFUSED: list[tuple[AmendmentKind, dict[str, Any], str, str]] = [
    (K.EXTENSION, {"ends_on": LAST}, "ends_on", "Vælg en dag efter den sidste dag"),
    (K.EXTENSION, {"ends_on": date(2025, 4, 7)}, "past_practicum", "Holdets praktik slutter 6. april 2025"),
    (K.PERIOD, {"starts_on": date(2025, 1, 6), "ends_on": LAST}, "ends_on", "der allerede gælder"),
    (K.PERIOD, {"starts_on": date(2025, 1, 13), "ends_on": LAST}, "starts_on", "Praktikken er begyndt"),
    (K.HOURS, {"weekly_minutes": 360}, "weekly_minutes", "gælder allerede"),
    (K.HOURS, {"weekly_minutes": 3000}, "weekly_minutes", "mellem 1 og 37"),
    (K.SUPERVISOR, {}, "supervisor_id", "Vælg en praktikvejleder"),
    (K.UNIT, {}, "supervisor_id", "Vælg en praktikvejleder"),
    (K.EARLY_END, {"ends_on": LAST}, "ends_on", "før den sidste dag"),
    (K.EARLY_END, {"ends_on": date(2025, 1, 5)}, "ends_on", "Vælg en dag i forløbet"),
    (K.INTERRUPTION, ILL | {"paused_to": date(2025, 2, 9)}, "paused_to", "ligger før første dag"),
    (K.INTERRUPTION, ILL | {"paused_from": date(2025, 1, 5)}, "paused_from", "skal begynde i forløbet"),
    (K.INTERRUPTION, ILL | {"ends_on": date(2025, 4, 5)}, "ends_on", "ikke forløbet kortere"),
    (K.INTERRUPTION, ILL | {"past_practicum": False}, "past_practicum", "Holdets praktik slutter"),
]


def test_draft_refused_with_a_sentence_at_its_field(scene: Scene) -> None:
    for kind, values, field, sentence in REFUSED:
        with pytest.raises(RuleBroken, match=sentence) as refusal:
            scene.draft(kind, **values)
        assert refusal.value.field == field
        scene.session.rollback()
    assert scene.session.scalars(select(Amendment)).all() == []


def test_extension_past_thirteen_weeks_through_the_job_centre_is_refused(
    make: Factory, session: Session
) -> None:
    """D-06."""
    scene = Scene(make, session, legal_basis=LegalBasis.JOB_CENTRE)
    with pytest.raises(RuleBroken, match=r"højst 13 uger, så den sidste dag kan senest være 6. april 2025"):
        scene.draft(K.EXTENSION, **LATER)


def test_draft_refused_before_all_have_signed_the_agreement(make: Factory, session: Session) -> None:
    scene = Scene(make, session, status="accepted")
    agreement_states.add_version(scene.agreement)
    make.keep(scene.agreement)
    with pytest.raises(RuleBroken, match="ikke underskrevet af alle"):
        scene.draft(K.EXTENSION, **LATER)


def test_a_second_one_waits_for_the_first(scene: Scene) -> None:
    scene.draft(K.HOURS, weekly_minutes=480)
    with pytest.raises(RuleBroken, match="Tillæg 1 er ikke underskrevet endnu"):
        scene.draft(K.EXTENSION, **LATER)
    first = scene.session.scalars(select(Amendment)).one()
    with writing():
        scene.session.rollback()
        amendments.withdraw(scene.session, first, version=first.version, now=NOW)
        scene.session.commit()
    assert scene.draft(K.EXTENSION, **LATER).number == 2


def test_send_asks_student_and_host_and_only_once(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.HOURS, weekly_minutes=480)
    assert sorted(mails(session)) == sorted(
        [(scene.student.name, "task_amendment"), (scene.host.name, "task_amendment")]
    )
    with pytest.raises(RuleBroken, match="allerede sendt"):
        amendments.send(session, amendment, version=amendment.version, today=TODAY, now=NOW)


def test_send_of_what_somebody_else_changed_is_stale(scene: Scene, session: Session) -> None:
    amendment = scene.draft(K.HOURS, weekly_minutes=480)
    with pytest.raises(Stale):
        amendments.send(session, amendment, version=amendment.version + 1, today=TODAY, now=NOW)


def test_sign_refused_when_withdrawn(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.HOURS, weekly_minutes=480)
    with writing():
        session.rollback()
        amendments.withdraw(session, amendment, version=amendment.version, now=NOW)
        session.commit()
    with pytest.raises(RuleBroken, match="Aftalen gælder uændret"):
        scene.sign(amendment, scene.actors(amendment)[:1])
    session.rollback()
    assert (scene.host.name, "practicum_news") in mails(session)


@pytest.mark.parametrize("what", ["a new version", "other hours"])
def test_sign_refused_when_what_it_changes_is_another(scene: Scene, session: Session, what: str) -> None:
    amendment = scene.sent(K.HOURS, weekly_minutes=480)
    if what == "a new version":
        agreement_states.add_version(scene.agreement)
    else:
        scene.placement.weekly_minutes = 420
    scene.make.keep(scene.agreement)
    with pytest.raises(RuleBroken) as refusal:
        scene.sign(amendment, scene.actors(amendment)[:1])
    assert refusal.value.sentence == OUTDATED


def test_nobody_signs_twice_or_for_another(scene: Scene) -> None:
    amendment = scene.sent(K.SUPERVISOR, supervisor=scene.make.contact(scene.unit, "Nina Ny"))
    host = actor_for(scene.host)
    scene.sign(amendment, [host])
    for actor in (host, actor_for(scene.student), actor_for(scene.make.user("Frida Fremmed"))):
        with pytest.raises(RuleBroken, match="mangler ikke"):
            scene.sign(amendment, [actor])


def test_student_is_told_of_another_supervisor(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.SUPERVISOR, supervisor=scene.make.contact(scene.unit, "Nina Ny"))
    assert mails(session) == [(scene.host.name, "task_amendment")]
    scene.sign(amendment, scene.actors(amendment))
    assert mails(session)[1:] == [(scene.student.name, "practicum_news")]


# The last signature, when the rules no longer hold


def test_last_signature_refused_when_the_student_is_elsewhere_by_then(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.EXTENSION, **LATER)
    *first, last = scene.actors(amendment)
    scene.sign(amendment, first)
    other = scene.make.enrolment(scene.make.cohort(slug="naeste"), scene.student)
    scene.make.placement(enrolment=other, starts_on=date(2025, 4, 14), ends_on=date(2025, 5, 4))
    with pytest.raises(RuleBroken, match=r"har allerede et praktikforløb fra 14. april 2025"):
        scene.sign(amendment, [last])
    session.rollback()
    assert (scene.placement.ends_on, len(amendment.signatures)) == (LAST, 2)


def test_unit_takes_a_seat_there_and_frees_the_old_one(scene: Scene, session: Session) -> None:
    values = values_for(scene, K.UNIT)
    amendment = scene.sent(K.UNIT, **values)
    old_host = scene.host
    new_host = scene.make.grant(scene.make.user("Villy Vest"), "host", unit=values["unit"])
    student, _old, coordinator = scene.actors(amendment)
    with pytest.raises(RuleBroken, match="mangler ikke"):
        scene.sign(amendment, [actor_for(old_host)])
    scene.sign(amendment, [actor_for(new_host), student, coordinator])
    assert scene.placement.offer is not None
    assert scene.placement.offer.unit_id == values["unit"].id
    assert placements.taken_seats(session, scene.offer) == 0
    assert (old_host.name, "practicum_news") in mails(session)
    assert scene.placement.status is PlacementStatus.ACTIVE


def test_unit_that_will_not_do_is_refused_to_the_coordinator_and_never_told_to_a_host(
    scene: Scene, session: Session
) -> None:
    """A student says so after it was sent: the host's signature says nothing of it."""
    values = values_for(scene, K.UNIT)
    amendment = scene.sent(K.UNIT, **values)
    host = scene.make.grant(scene.make.user("Villy Vest"), "host", unit=values["unit"])
    enrolment_id, no = scene.placement.enrolment_id, ExcludedUnit(unit_id=values["unit"].id)
    scene.make.keep(Wishes(enrolment_id=enrolment_id, saved_at=MOMENT, excluded=[no]))
    scene.sign(amendment, [actor_for(host)])
    with writing():
        session.rollback()
        amendments.withdraw(session, amendment, version=amendment.version, now=NOW)
        session.commit()
    with pytest.raises(RuleBroken, match="er ikke en mulighed for den studerende"):
        scene.draft(K.UNIT, **values)


def test_last_signature_refused_when_the_seat_is_gone(scene: Scene, session: Session) -> None:
    values = values_for(scene, K.UNIT)
    amendment = scene.sent(K.UNIT, **values)
    host = scene.make.grant(scene.make.user("Villy Vest"), "host", unit=values["unit"])
    student, _old, coordinator = scene.actors(amendment)
    scene.sign(amendment, [student, coordinator])
    offer = values["unit"].id
    taken = session.scalars(select(Offer).where(Offer.unit_id == offer)).one()
    scene.make.placement(cohort=scene.cohort, unit=values["unit"], offer_id=taken.id)
    with pytest.raises(RuleBroken, match="optaget"):
        scene.sign(amendment, [actor_for(host)])
    session.rollback()
    assert scene.placement.unit_id == scene.unit.id


def test_early_end_frees_the_seat_in_the_same_step(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.EARLY_END, ends_on=date(2025, 2, 14))
    assert placements.taken_seats(session, scene.offer) == 1
    scene.sign(amendment, scene.actors(amendment))
    assert placements.taken_seats(session, scene.offer) == 0
    assert (scene.placement.ends_on, scene.placement.reason) == (date(2025, 2, 14), amendment.reason)


def test_early_end_of_what_has_not_begun_is_refused(make: Factory, session: Session) -> None:
    scene = Scene(make, session, status="agreed")
    with pytest.raises(RuleBroken, match="er i gang"):
        scene.draft(K.EARLY_END, ends_on=date(2025, 1, 31))


# What signing closes


def test_a_direct_edit_after_signing_is_refused_and_tells_the_way(scene: Scene, session: Session) -> None:
    placement = scene.placement
    names = ("unit_id", "supervisor_id", "starts_on", "ends_on", "weekly_minutes")
    now = {name: getattr(placement, name) for name in names}
    placements.edit(session, placement, **now, today=TODAY, now=NOW)
    for change in ({"weekly_minutes": 480}, {"ends_on": date(2025, 3, 30)}, {"supervisor_id": None}):
        with pytest.raises(RuleBroken) as refusal:
            placements.edit(session, placement, **(now | change), today=TODAY, now=NOW)  # type: ignore[arg-type]
        assert refusal.value.sentence == AMEND
    other = scene.make.contact(scene.unit, "Nina Ny")
    with pytest.raises(RuleBroken) as refusal:
        placements.name_supervisor(session, placement, supervisor_id=other.id, today=TODAY)
    assert refusal.value.sentence == AMEND


def test_an_amendment_is_not_taken_back_as_an_edit(scene: Scene, session: Session) -> None:
    amendment = scene.sent(K.HOURS, weekly_minutes=480)
    scene.sign(amendment, scene.actors(amendment))
    assert scene.placement.weekly_minutes == 480
    assert undoing.newest(session, scene.placement) is None


def test_a_second_amendment_begins_where_the_first_ended(scene: Scene) -> None:
    first = scene.sent(K.EXTENSION, **LATER)
    scene.sign(first, scene.actors(first))
    second = scene.draft(K.EXTENSION, ends_on=date(2025, 5, 4), past_practicum=True)
    assert (second.number, second.before) == (2, {"ends_on": "2025-04-20"})
