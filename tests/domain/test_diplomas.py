"""Diplomas: who may have one, its number and code, and who sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from placements.domain import diploma_gates, diploma_states, diplomas, enrolments
from placements.domain.rules import RuleBroken, Stale
from placements.models.diplomas import Diploma, DiplomaStatus
from placements.models.enrolments import Enrolment, EnrolmentStatus
from tests.factories import Factory, actor_for

TODAY = date(2025, 4, 11)


def ready(make: Factory, **values: object) -> Enrolment:
    enrolment = make.enrolment(
        make.cohort(make.programme("viborg")), theory_met_on=date(2024, 12, 13), **values
    )
    make.placement(enrolment=enrolment, status="completed")
    return enrolment


def test_issue_completes_the_enrolment(session: Session, make: Factory) -> None:
    enrolment = ready(make)
    diploma = diplomas.issue(session, enrolment, today=TODAY)
    assert diploma.number == "UB-2025-0001"
    assert diploma.issuer == "Recovery-skolen"
    assert diploma.person_name == enrolment.user.name
    assert enrolment.status is EnrolmentStatus.COMPLETED


@pytest.mark.parametrize(
    ("values", "placement", "missing"),
    [
        ({}, "completed", []),
        ({"theory_met_on": None}, "completed", ["theory"]),
        ({}, "active", ["practicum"]),
        ({}, "ended_early", ["practicum"]),
        ({"status": "withdrawn"}, "completed", ["enrolment"]),
        ({"theory_met_on": None, "status": "withdrawn"}, None, ["theory", "practicum", "enrolment"]),
    ],
)
def test_issue_asks_for_what_is_missing(
    session: Session, make: Factory, values: dict[str, object], placement: str | None, missing: list[str]
) -> None:
    enrolment = make.enrolment(make.cohort(), **({"theory_met_on": date(2024, 12, 13)} | values))
    if placement:
        make.placement(enrolment=enrolment, status=placement)
    assert [check.key for check in diploma_gates.unmet_for_issue(session, enrolment)] == missing
    if missing:
        with pytest.raises(RuleBroken, match="kan ikke udstedes endnu"):
            diplomas.issue(session, enrolment, today=TODAY)


def test_a_programme_without_practicum_does_not_ask_for_one(session: Session, make: Factory) -> None:
    programme = make.programme("hovedstaden", practicum_weeks=None)
    enrolment = make.enrolment(make.cohort(programme), theory_met_on=date(2018, 6, 1))
    assert [check.key for check in diploma_gates.checks_for_issue(session, enrolment)] == [
        "theory",
        "enrolment",
        "diploma",
    ]
    assert diploma_gates.unmet_for_issue(session, enrolment) == []


def test_issue_twice_is_refused(session: Session, make: Factory) -> None:
    enrolment = ready(make)
    diplomas.issue(session, enrolment, today=TODAY)
    session.flush()
    with pytest.raises(RuleBroken):
        diplomas.issue(session, enrolment, today=TODAY)


def test_by_code_forgives_case_spaces_and_dashes(session: Session, make: Factory) -> None:
    diploma = diplomas.issue(session, ready(make), today=TODAY)
    session.flush()
    code = diploma.code
    assert len(code) == 16
    for typed in (
        code,
        diplomas.grouped(code),
        f" {code[:4].lower()} {code[4:]} ",
        diplomas.grouped(code).lower(),
    ):
        assert diplomas.by_code(session, typed) is diploma
    for typed in ("", code[:-1], code + "A", "0" * 16, "%" * 16):
        assert diplomas.by_code(session, typed) is None


def test_visible_to_each_role(session: Session, make: Factory) -> None:
    enrolment = ready(make)
    diploma = diplomas.issue(session, enrolment, today=TODAY)
    session.flush()
    programme = enrolment.cohort.programme
    users = {
        "coordinator": make.coordinator(programme),
        "another": make.coordinator(make.programme("hovedstaden")),
        "teacher": make.teacher(programme),
        "admin": make.admin(),
        "student": enrolment.user,
        "fellow": make.enrolment(enrolment.cohort).user,
    }
    enrolments.coordinated_by(actor_for(users["coordinator"]))
    session.add(diploma)
    session.commit()
    found = {
        name: len(session.scalars(diplomas.visible_to(actor_for(user))).all()) for name, user in users.items()
    }
    assert found == {"coordinator": 1, "another": 0, "teacher": 0, "admin": 0, "student": 1, "fellow": 0}
    assert diploma.status is DiplomaStatus.ISSUED


# Replaced and revoked


def test_an_issued_one_is_replaced_or_revoked_and_then_stays_so() -> None:
    assert {
        verb: (sorted(move.sources), move.target) for verb, move in diploma_states.TRANSITIONS.items()
    } == {
        "reissue": ([DiplomaStatus.ISSUED], DiplomaStatus.REISSUED),
        "revoke": ([DiplomaStatus.ISSUED], DiplomaStatus.REVOKED),
    }


@pytest.mark.parametrize("status", [DiplomaStatus.REISSUED, DiplomaStatus.REVOKED])
def test_what_has_ended_is_neither_replaced_nor_revoked(
    session: Session, make: Factory, status: DiplomaStatus
) -> None:
    diploma = diplomas.issue(session, ready(make), today=TODAY)
    diploma.status = status
    session.flush()
    with pytest.raises(RuleBroken, match="gælder ikke længere"):
        diplomas.revoke(diploma, reason="Fejl", version=diploma.version, today=TODAY)
    with pytest.raises(RuleBroken, match="gælder ikke længere"):
        anew(session, diploma)


def anew(session: Session, old: Diploma, **values: Any) -> Diploma:
    wanted = {"name": "Amalie Kjær Ny", "issued_on": TODAY, "version": old.version, "today": TODAY} | values
    return diplomas.reissue(session, old, **wanted)


def test_reissue_corrects_the_name_and_keeps_the_issuer_of_its_time(session: Session, make: Factory) -> None:
    """H-10: the school that has taken over since did not issue it."""
    old = diplomas.issue(session, ready(make), today=TODAY)
    session.flush()
    old.enrolment.cohort.programme.organisers[0].name = "Ny skole"
    new = anew(session, old, name="  Amalie   Kjær Ny ", today=date(2026, 1, 5))
    session.flush()
    assert (new.person_name, new.issuer, new.issued_on) == ("Amalie Kjær Ny", "Recovery-skolen", TODAY)
    assert (old.number, new.number, new.replaces) == ("UB-2025-0001", "UB-2025-0002", old)
    assert (old.status, old.ended_on) == (DiplomaStatus.REISSUED, date(2026, 1, 5))
    assert old.code != new.code
    assert diploma_states.standing([old, new]) is new


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "A" * 121}, "name"),
        ({"issued_on": date(2025, 4, 12)}, "issued_on"),
        ({"issued_on": date(2024, 9, 8)}, "issued_on"),
    ],
)
def test_reissue_without_a_name_or_with_an_impossible_day_is_refused(
    session: Session, make: Factory, values: dict[str, Any], field: str
) -> None:
    old = diplomas.issue(session, ready(make), today=TODAY)
    session.flush()
    with pytest.raises(RuleBroken) as broken:
        anew(session, old, **values)
    assert broken.value.field == field


def test_what_somebody_else_has_ended_is_stale(session: Session, make: Factory) -> None:
    old = diplomas.issue(session, ready(make), today=TODAY)
    session.flush()
    opened = old.version
    anew(session, old)
    session.flush()
    with pytest.raises(Stale):
        diplomas.revoke(old, reason="Fejl", version=opened, today=TODAY)


def test_revoke_needs_a_reason_and_lets_a_new_one_be_issued(session: Session, make: Factory) -> None:
    diploma = diplomas.issue(session, ready(make), today=TODAY)
    session.flush()
    with pytest.raises(RuleBroken, match="hvorfor"):
        diplomas.revoke(diploma, reason="  ", version=diploma.version, today=TODAY)
    diplomas.revoke(diploma, reason=" Forkert hold ", version=diploma.version, today=TODAY)
    session.flush()
    assert (diploma.reason, diploma.ended_on) == ("Forkert hold", TODAY)
    assert diplomas.issue(session, diploma.enrolment, today=TODAY).number == "UB-2025-0002"
