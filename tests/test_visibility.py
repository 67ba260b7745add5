"""Below the routes: which rows each person's `visible_to` lets through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, select

from placements.clock import now
from placements.domain import (
    agreement_remarks,
    agreements,
    allocation_pairs,
    allocations,
    amendments,
    application_payments,
    application_reviews,
    clauses,
    cohort_imports,
    cohorts,
    completion,
    concerns,
    diplomas,
    emergency_contacts,
    enrolments,
    evaluation_questions,
    follow_up_days,
    follow_up_programmes,
    hosts,
    hours,
    jobs,
    legal_details,
    module_runs,
    network_groups,
    offers,
    outcomes,
    own_goals,
    pairs,
    placements,
    preferences,
    programmes,
    register_guests,
    suggestions,
    supervisions,
    talks,
    teaching,
    unit_reviews,
    users,
    visits,
    warning_contacts,
)
from placements.domain.actors import ANONYMOUS, Actor
from placements.models.agreement_remarks import AgreementRemark
from placements.models.clauses import Clause
from placements.models.emergency_contacts import EmergencyContact
from placements.models.enrolments import Enrolment
from placements.models.legal_details import LegalDetails
from placements.models.own_goals import OwnGoals
from placements.models.placements import Placement
from placements.models.users import Role, User
from tests.factories import MOMENT, Factory, actor_for
from tests.world import ROLES, World

# The columns are the roles of tests/world.py. o: ours, Amalie's at Team Nord in the programme Viborg;
# n: a neighbour's, of another student, unit or programme; on: both; -: none of them.
VISIBLE = """
#                ano adm coo els tea hos els stu els
application        -   -   o   n   o   -   -   -   -
agreement          -   -   o   n   -   o   -   o   -
allocation         -   -   o   n   -   -   -   -   -
allocation_pair    -   -   o   n   -   -   -   -   -
agreement_remark   -   -   o   n   -   o   n   -   -
legal_details      -   -   o   n   -   -   -   -   -
application_payment -  -   o   n   -   -   -   -   -
amendment          -   -   o   n   -   o   -   o   -
clause             -   -   o   n   -   -   -   -   -
cohort_import      -   -   o   n   -   -   -   -   -
cohort             -  on   o   n   o   o  on   o   o
completion_exception -   -  on   n   -   -   -   o   n
concern            -   -   o   n   -   -   -   o   -
contact            -  on  on  on   -   o   n   -   -
diploma            -   -  on   -   -   -   -   o   n
emergency_contact  -   -  on   n   -   o   n   o   n
enrolment          -   -  on   n  on   -   -   o   n
evaluation_question  -   -   o   n   -   -   -   -   -
follow_up_day      -   -   o   n   o   -   -   -   -
follow_up_programme -  -   o   n   o   o   o   o   o
job                -   -   o   n   -   -   -   -   -
guest              -   -   o   n   o   -   -   -   -
module_run         -   -   o   n   o   -   -   o   o
hours_week         -   -  on   -   -   o   n   o   n
network_group      -   -   o   n   o   -   -   o   -
offer              -   -  on   n   -   o   n   -   -
own_goals          -   -  on   n   -   -   -   o   n
outcome            -   -  on   -   -   -   -   o   n
organisation       -  on  on  on   -   o   n   -   -
peer_pair          -   -   o   n   -   -   -   -   -
placement          -   -  on   n   -   o   n   o   n
programme          -  on   o   n   o   o  on   o   o
supervision        -   -  on   -   -   o   n   o   n
suggestion         -   -  on   n   -   -   -   o   n
talk               -   -  on   -   -   o   n   o   n
teaching_session   -   -   o   n   o   -   -   -   -
unit_review        -   -  on   -   -   -   -   o   n
unit               -  on  on  on   -   o   n   -   -
user               -  on  on  on   n   o   n   n   n
visit              -   -  on   -   -   -   -   -   -
warning_contact    -   -   -   -   -   -   -   o   n
wishes             -   -  on   -   -   -   -   o   n
"""
NOUNS: dict[str, tuple[Callable[[Actor], Select[Any]], str]] = {
    "application": (application_reviews.visible_to, "application_id"),
    "agreement": (agreements.visible_to, "agreement_id"),
    "allocation": (allocations.visible_to, "allocation_id"),
    "allocation_pair": (allocation_pairs.visible_to, "pair_id"),
    "agreement_remark": (agreement_remarks.visible_to, "remark_id"),
    "legal_details": (legal_details.visible_to, "legal_details_id"),
    "application_payment": (application_payments.visible_to, "payment_id"),
    "amendment": (amendments.visible_to, "amendment_id"),
    "clause": (clauses.visible_to, "clause_id"),
    "cohort_import": (lambda actor: cohort_imports.visible_to(actor, now=now()), "cohort_import_id"),
    "cohort": (cohorts.visible_to, "cohort_id"),
    "completion_exception": (completion.visible_to, "exception_id"),
    "concern": (concerns.visible_to, "concern_id"),
    "contact": (hosts.visible_contacts, "contact_id"),
    "diploma": (diplomas.visible_to, "diploma_id"),
    "emergency_contact": (emergency_contacts.visible_to, "emergency_contact_id"),
    "enrolment": (enrolments.visible_to, "enrolment_id"),
    "evaluation_question": (evaluation_questions.visible_to, "question_id"),
    "follow_up_day": (follow_up_days.visible_to, "day_id"),
    "follow_up_programme": (follow_up_programmes.visible_to, "day_id"),
    "job": (jobs.visible_to, "job_id"),
    "guest": (register_guests.visible_to, "guest_id"),
    "module_run": (module_runs.visible_to, "module_run_id"),
    "hours_week": (hours.visible_to, "hours_week_id"),
    "network_group": (network_groups.visible_to, "group_id"),
    "offer": (offers.visible_to, "offer_id"),
    "outcome": (outcomes.visible_to, "outcome_id"),
    "organisation": (hosts.visible_organisations, "organisation_id"),
    "own_goals": (own_goals.visible_to, "own_goals_id"),
    "peer_pair": (pairs.visible_to, "peer_pair_id"),
    "placement": (placements.visible_to, "placement_id"),
    "programme": (programmes.visible_to, "programme_id"),
    "supervision": (supervisions.visible_to, "supervision_id"),
    "suggestion": (suggestions.visible_to, "suggestion_id"),
    "talk": (talks.visible_to, "talk_id"),
    "teaching_session": (teaching.visible_to, "teaching_session_id"),
    "unit_review": (unit_reviews.visible_to, "unit_review_id"),
    "unit": (hosts.visible_units, "unit_id"),
    "user": (users.visible_to, "user_id"),
    "visit": (visits.visible_to, "visit_id"),
    "warning_contact": (warning_contacts.visible_to, "warning_contact_id"),
    "wishes": (preferences.visible_to, "wishes_id"),
}
# Hosts are shared between programmes.
SHARED = {"contact", "organisation", "unit", "user"}


def table() -> dict[str, dict[str, str]]:
    rows = (line.split() for line in VISIBLE.strip().splitlines() if not line.startswith("#"))
    return {noun: dict(zip(ROLES, letters, strict=True)) for noun, *letters in rows}


@pytest.fixture
def world(app: Flask, make: Factory) -> World:
    """With a neighbour of every record."""
    world = World.of(app, make)
    cohort = make.cohort(world.other_programme)
    frida = make.session.scalars(select(Enrolment).join(User).where(User.name == "Frida Falk")).one()
    make.contact(world.other_unit, "Villads Vejleder")
    make.keep(Clause(programme_id=world.other_programme.id, section=13, text="Andre ord."))
    make.agreement(make.placement(cohort=cohort, unit=world.other_unit))
    offer = make.offer(world.other_unit, cohort)
    make.allocation(cohort)
    make.allocation_pair(make.placement(cohort=cohort, unit=world.other_unit, offer_id=offer.id))
    make.offer(world.other_unit, cohort)
    world.new_upload(cohort, "coordinator elsewhere")
    there = make.placement(cohort=cohort, unit=world.other_unit)
    theirs = make.agreement(there)
    said = {"number": 1, "text": "Nej.", "said_at": MOMENT, "settled_at": None}
    make.amendment(theirs)
    make.keep(AgreementRemark(agreement=theirs, user_id=world.users["host elsewhere"].id, **said))
    ours = make.keep(LegalDetails(placement_id=world.values["placement_id"], insurance="Ja"))
    make.keep(LegalDetails(placement_id=there.id, insurance="Ja"))
    make.completion_exception(there.enrolment_id, world.users["coordinator elsewhere"])
    world.values["legal_details_id"] = ours.id
    goals = make.keep(OwnGoals(placement_id=world.values["placement_id"], text="Vores mål"))
    theirs_too = make.session.scalars(select(Placement).where(Placement.student_name == "Frida Falk")).first()
    make.keep(OwnGoals(placement=theirs_too, text="Fridas mål"))
    make.keep(OwnGoals(placement_id=there.id, text="Andre mål"))
    world.values["own_goals_id"] = goals.id
    placement = make.placement(cohort=cohort, unit=world.other_unit)
    make.agreement(placement)
    make.concern(placement, placement.enrolment.user)
    make.keep(EmergencyContact(enrolment_id=placement.enrolment_id, name="Fars navn", phone="20123456"))
    make.offer(world.other_unit, cohort)
    make.follow_up_day(cohort)
    make.job(cohort, world.users["coordinator elsewhere"], [])
    make.suggestion(frida)
    make.suggestion(make.enrolment(cohort))
    make.network_group(world.other_programme, "Gruppe Syd")
    world.new_diploma(frida, number="2")
    make.guest(make.teaching_session(make.run(cohort, make.module(world.other_programme, 3))), "Genfærd")
    return world


def actor_of(world: World, role: str) -> Actor:
    return actor_for(world.users[role]) if role in world.users else ANONYMOUS


def letters(world: World, noun: str, actor: Actor) -> str:
    visible_to, value = NOUNS[noun]
    ids = {record.id for record in world.make.session.scalars(visible_to(actor))}
    ours, also_ours = world.values[value], world.values.get(f"{value} too")
    return ("o" if ours in ids else "") + ("n" if ids - {ours, also_ours} else "") or "-"


def test_every_noun_has_a_row() -> None:
    assert sorted(table()) == sorted(NOUNS)


def test_each_role_sees_its_rows(world: World) -> None:
    seen = {noun: {role: letters(world, noun, actor_of(world, role)) for role in ROLES} for noun in NOUNS}
    assert seen == table()


def test_role_that_says_nothing_of_where_sees_no_row(world: World) -> None:
    """A coordinator of no programme, a host of no unit, a student of no cohort."""
    nobody = world.make.user("Nanna Ny")
    for role in (Role.COORDINATOR, Role.TEACHER, Role.HOST, Role.STUDENT):
        actor = Actor(id=nobody.id, name=nobody.name, roles=frozenset({role}))
        seen = {noun for noun in NOUNS if letters(world, noun, actor) != ("n" if noun == "user" else "-")}
        assert seen == (SHARED if role is Role.COORDINATOR else set()), role
