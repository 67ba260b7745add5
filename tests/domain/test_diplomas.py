"""Diplomas: who may have one, its number and code, and who sees it."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from placements.domain import diploma_gates, diplomas, enrolments
from placements.domain.rules import RuleBroken
from placements.models.diplomas import DiplomaStatus
from placements.models.enrolments import Enrolment, EnrolmentStatus
from placements.models.programmes import ProgrammeOrganiser
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
    assert diploma.number == "VIBORG-2025-0001"
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


def test_numbers_follow_each_other_in_each_year_of_each_organiser(session: Session, make: Factory) -> None:
    """H-10: the diploma keeps the organiser of its time."""
    programme = make.programme("hovedstaden", practicum_weeks=None)
    programme.organisers = [
        ProgrammeOrganiser(position=1, name="Projektet", valid_from=None, valid_to=date(2019, 1, 1)),
        ProgrammeOrganiser(position=2, name="Skolen", valid_from=date(2019, 1, 1), valid_to=None),
    ]
    make.keep(programme)
    cohort = make.cohort(programme)
    given = []
    for day in (date(2018, 6, 1), date(2018, 12, 31), date(2019, 1, 1), date(2019, 1, 2)):
        enrolment = make.enrolment(cohort, theory_met_on=date(2018, 5, 1))
        given.append(diplomas.issue(session, enrolment, today=day))
        session.flush()
    assert [(diploma.number[-9:], diploma.issuer) for diploma in given] == [
        ("2018-0001", "Projektet"),
        ("2018-0002", "Projektet"),
        ("2019-0001", "Skolen"),
        ("2019-0002", "Skolen"),
    ]


def test_a_refused_diploma_leaves_no_gap(session: Session, make: Factory) -> None:
    first, second = ready(make), make.enrolment(make.cohort())
    with pytest.raises(RuleBroken):
        diplomas.issue(session, second, today=TODAY)
    session.rollback()
    assert diplomas.issue(session, first, today=TODAY).number.endswith("0001")


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


def test_numbers_go_on_when_the_organiser_changes_within_the_year(session: Session, make: Factory) -> None:
    """H-10."""
    first = ready(make)
    programme = first.cohort.programme
    before, after = programme.organisers[-1], date(2025, 7, 1)
    second = make.enrolment(first.cohort, theory_met_on=date(2024, 12, 13))
    make.placement(enrolment=second, status="completed")
    diplomas.issue(session, first, today=TODAY)
    before.valid_to = after
    programme.organisers.append(ProgrammeOrganiser(position=2, name="En anden skole", valid_from=after))
    diploma = diplomas.issue(session, second, today=after)
    assert (diploma.number, diploma.issuer) == ("VIBORG-2025-0002", "En anden skole")
