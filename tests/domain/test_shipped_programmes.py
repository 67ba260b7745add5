"""The two programme files say what the programmes' own texts say, fact by fact."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import placements
from placements.domain.programme_files import audiences, read
from placements.domain.programme_parts import Cohort, Fee, ProgrammeFile, Weekday
from placements.models.cohorts import KeyDateKind
from placements.models.hosts import Sector
from placements.models.programmes import (
    AttendanceScope,
    Audience,
    CriterionKind,
    FeePayer,
    FeeWhen,
    ModuleRuleKind,
)
from placements.models.teaching import TeacherKind

FOLDER = Path(placements.__file__).parent / "programmes"
PEERS = {Audience.PAID_PEER, Audience.VOLUNTEER_PEER}


def shipped(name: str) -> ProgrammeFile:
    return read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)


@pytest.fixture(scope="module")
def viborg() -> ProgrammeFile:
    return shipped("viborg")


@pytest.fixture(scope="module")
def hovedstaden() -> ProgrammeFile:
    return shipped("hovedstaden")


def dates(cohort: Cohort) -> dict[KeyDateKind, tuple[str, str | None]]:
    return {
        key_date.kind: (
            f"{key_date.starts_at:%Y-%m-%d %H:%M}",
            f"{key_date.ends_at:%Y-%m-%d %H:%M}" if key_date.ends_at else None,
        )
        for key_date in cohort.key_dates
    }


def test_viborg_key_dates_of_2024(viborg: ProgrammeFile) -> None:
    """V-03."""
    cohort = viborg.cohorts[0]
    assert (cohort.slug, cohort.starts_on) == ("viborg-2024", date(2024, 9, 9))
    assert dates(cohort) == {
        KeyDateKind.INFORMATION_MEETING: ("2024-06-13 13:00", "2024-06-13 15:00"),
        KeyDateKind.APPLICATIONS_OPEN: ("2024-06-17 12:00", None),
        KeyDateKind.QUESTIONS_HOUR: ("2024-08-12 13:00", "2024-08-12 15:00"),
        KeyDateKind.APPLICATION_DEADLINE: ("2024-08-19 08:00", None),
        KeyDateKind.START: ("2024-09-09 09:00", None),
    }


def test_viborg_meetings_need_no_registration(viborg: ProgrammeFile) -> None:
    """V-04."""
    meetings = {KeyDateKind.INFORMATION_MEETING, KeyDateKind.QUESTIONS_HOUR}
    for cohort in viborg.cohorts:
        assert {key_date.kind for key_date in cohort.key_dates if key_date.registration is False} == meetings


def test_viborg_theory(viborg: ProgrammeFile) -> None:
    """V-05; the hours of each module are an assumption, their sum is not."""
    assert viborg.theory
    assert (viborg.theory.weeks, viborg.theory.sessions_per_week, viborg.theory.hours_per_session) == (
        13,
        2,
        3,
    )
    assert [module.hours for module in viborg.modules] == [9, 12, 12, 12, 12, 12, 9]
    assert sum(module.hours for module in viborg.modules) == 78


def test_viborg_practicum(viborg: ProgrammeFile) -> None:
    """V-06, V-12, D-02."""
    assert viborg.practicum
    assert (viborg.practicum.weeks, viborg.practicum.follow_up_days) == (13, 2)
    assert (viborg.practicum.hours_per_week, viborg.practicum.follow_up_hours) == (6, 3)
    half = Decimal("0.5")
    assert viborg.practicum.sectors == {Sector.REGIONAL: half, Sector.MUNICIPAL: half}


@pytest.mark.parametrize("index", [0, 1])
def test_viborg_practicum_begins_the_first_monday_of_january(viborg: ProgrammeFile, index: int) -> None:
    first_day = viborg.cohorts[index].practicum_starts_on
    assert first_day
    assert (first_day.month, first_day.weekday()) == (1, 0)
    assert first_day.day <= 7
    assert first_day.year == viborg.cohorts[index].starts_on.year + 1


def test_viborg_seats_teachers_and_reviewers(viborg: ProgrammeFile) -> None:
    """V-07, V-08."""
    assert viborg.theory
    assert viborg.selection
    assert viborg.theory.teachers_required == (TeacherKind.PROFESSIONAL, TeacherKind.PEER)
    assert (viborg.selection.seats, viborg.selection.reviewers) == (8, 2)
    assert [cohort.seats for cohort in viborg.cohorts] == [8, 8]


def test_viborg_residence_and_fee(viborg: ProgrammeFile) -> None:
    """V-09."""
    assert viborg.home_municipalities == ("Viborg", "Randers", "Aarhus")
    assert viborg.region == "Region Midtjylland"
    assert viborg.fee == Fee(
        payer=FeePayer.MUNICIPALITY, amount=14000, when=FeeWhen.NOT_HOME, waivers=("friplads", "tilskud")
    )


def test_viborg_modules(viborg: ProgrammeFile) -> None:
    """V-10: the titles are the programme's own."""
    assert [(module.number, module.title) for module in viborg.modules] == [
        (1, "Peer-faglighed og erfaringskompetence"),
        (2, "Recovery og empowerment"),
        (3, "Stil skarpt på dig selv - en vej til recovery"),
        (4, "Diagnosemestring, sorg, krise og stigma"),
        (5, "Livshistoriefortælling"),
        (6, "Kommunikation og konflikthåndtering"),
        (7, "Roller og grænser"),
    ]
    assert {kind for module in viborg.modules for kind in module.rules.items()} == {
        (Audience.STUDENT, ModuleRuleKind.COMPULSORY)
    }


def test_viborg_criteria(viborg: ProgrammeFile) -> None:
    """V-11."""
    assert viborg.selection
    computed, declared, reviewed = CriterionKind.COMPUTED, CriterionKind.DECLARED, CriterionKind.REVIEWED
    assert [(criterion.key, criterion.kind) for criterion in viborg.selection.criteria] == [
        ("age", computed),
        ("own_experience", reviewed),
        ("contact_with_services", declared),
        ("wish_to_support", reviewed),
        ("settled_relation", reviewed),
        ("reflection", reviewed),
        ("distance", reviewed),
        ("wish_to_learn", reviewed),
        ("danish", declared),
        ("livelihood", declared),
        ("residence", computed),
    ]


def test_viborg_2025_is_2024_on_the_same_weekdays(viborg: ProgrammeFile) -> None:
    """V-13."""
    earlier, later = viborg.cohorts
    year = timedelta(weeks=52)
    assert later.slug == "viborg-2025"
    assert later.starts_on == date(2025, 9, 8) == earlier.starts_on + year
    assert later.practicum_starts_on == date(2026, 1, 5)
    assert later.theory_weekdays == earlier.theory_weekdays == (Weekday.MONDAY, Weekday.WEDNESDAY)

    def moved(moment: datetime | None) -> datetime | None:
        return moment + year if moment else None

    assert [(day.kind, day.starts_at, day.ends_at) for day in later.key_dates] == [
        (day.kind, moved(day.starts_at), moved(day.ends_at)) for day in earlier.key_dates
    ]


def test_hovedstaden_audiences(hovedstaden: ProgrammeFile) -> None:
    """H-02."""
    assert audiences(hovedstaden.modules) == {*PEERS, Audience.COLLEAGUE}


def test_hovedstaden_outcomes(hovedstaden: ProgrammeFile) -> None:
    """H-05."""
    assert [len(outcome.points) for outcome in hovedstaden.outcomes] == [7, 5, 4]


def test_hovedstaden_modules(hovedstaden: ProgrammeFile) -> None:
    """H-06, H-13."""
    assert [module.title for module in hovedstaden.modules] == [
        "Introduktionsforløb",
        "Individuel peer-støtte",
        "Gruppebaseret peer-støtte",
        "Indgå i organisationens forandringsprocesser",
    ]


def test_hovedstaden_entry_criteria(hovedstaden: ProgrammeFile) -> None:
    """H-07, H-08."""
    assert hovedstaden.selection
    assert [(criterion.key, criterion.kind) for criterion in hovedstaden.selection.criteria] == [
        ("works_as_peer", CriterionKind.DECLARED),
        ("peer_tasks", CriterionKind.COMPUTED),
        ("same_team", CriterionKind.COMPUTED),
    ]


def test_hovedstaden_organiser_changes_at_the_end_of_2018(hovedstaden: ProgrammeFile) -> None:
    """H-09, H-10."""
    assert [(each.name, each.from_, each.to) for each in hovedstaden.organisers] == [
        ("Projekt Peer-støtte i Region Hovedstaden", None, date(2019, 1, 1)),
        ("Skolen for Recovery", date(2019, 1, 1), None),
    ]
    assert len(hovedstaden.partners) == 3


@pytest.mark.parametrize(
    ("audience", "compulsory", "elective", "introduction_days", "extra_hours"),
    [
        (Audience.PAID_PEER, [1, 2, 3, 4], [], 4, 4),
        (Audience.VOLUNTEER_PEER, [1, 2], [3, 4], 4, None),
        (Audience.COLLEAGUE, [1, 4], [2, 3], 3, 3),
    ],
)
def test_hovedstaden_rules_for_each_audience(
    hovedstaden: ProgrammeFile,
    audience: Audience,
    compulsory: list[int],
    elective: list[int],
    introduction_days: int,
    extra_hours: int | None,
) -> None:
    """H-12 to H-15."""

    def numbers(kind: ModuleRuleKind) -> list[int]:
        return [module.number for module in hovedstaden.modules if module.rules[audience] is kind]

    assert numbers(ModuleRuleKind.COMPULSORY) == compulsory
    assert numbers(ModuleRuleKind.ELECTIVE) == elective
    introduction = hovedstaden.modules[0]
    assert introduction.introduction_days[audience] == introduction_days
    assert introduction.extra_hours.get(audience) == extra_hours


def test_hovedstaden_sessions(hovedstaden: ProgrammeFile) -> None:
    """H-14, H-17, H-20: four hours a day, no fixed weeks, led by a peer."""
    assert hovedstaden.theory
    assert (hovedstaden.theory.hours_per_session, hovedstaden.theory.weeks) == (4, None)
    assert hovedstaden.theory.teachers_required == (TeacherKind.PEER,)
    assert hovedstaden.practicum is None


def test_hovedstaden_completion(hovedstaden: ProgrammeFile) -> None:
    """H-18."""
    completion = hovedstaden.completion
    assert (completion.attendance_percent, completion.deadline_months) == (80, 12)
    assert completion.attendance_scope is AttendanceScope.MODULE


def test_hovedstaden_network(hovedstaden: ProgrammeFile) -> None:
    """H-19."""
    assert hovedstaden.network
    assert set(hovedstaden.network.offered_to) == PEERS
    assert hovedstaden.network.partner == "Peernetværket Danmark"


@pytest.mark.parametrize("name", ["viborg", "hovedstaden"])
def test_assumptions_are_marked(name: str) -> None:
    assert [sentence[-1] for sentence in shipped(name).assumptions] == ["."] * len(shipped(name).assumptions)
    assert len(shipped(name).assumptions) >= 5


def test_a_third_programme_unlike_both_is_data_too() -> None:
    """D-03: 80 hours, 90 % overall, no practicum, the employer pays."""
    programme = read(
        """
slug = "third"
name = "En tredje uddannelse"
organiser = "Et tredje sted"
aim = "At støtte hinanden."
fee = { payer = "employer", amount = 12000, when = "always" }
theory = { weeks = 20, sessions_per_week = 1, hours_per_session = 4.0 }
completion = { attendance_percent = 90, attendance_scope = "overall" }
[[modules]]
number = 1
title = "Det hele"
hours = 80
text = "Alt på en gang."
rules = { paid_peer = "compulsory" }
""",
        "third.toml",
    )
    assert (programme.practicum, programme.network, programme.selection) == (None, None, None)
    assert programme.fee == Fee(payer=FeePayer.EMPLOYER, amount=12000, when=FeeWhen.ALWAYS)
    assert programme.completion.attendance_scope is AttendanceScope.OVERALL
