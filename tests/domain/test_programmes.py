"""Loading programme files into the database, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import placements
from placements.db import writing
from placements.domain import programmes
from placements.domain.actors import ANONYMOUS
from placements.domain.programme_exports import as_file, normal_form
from placements.domain.programme_files import read, write
from placements.domain.programme_parts import Fee, Network, Organiser, ProgrammeFile, Selection
from placements.domain.rules import RuleBroken
from placements.models.cohorts import Cohort, KeyDate, KeyDateKind
from placements.models.events import Action, Event
from placements.models.follow_up_days import FollowUpTopic
from placements.models.programmes import (
    Audience,
    Criterion,
    FeePayer,
    FeeWhen,
    Module,
    ModuleRule,
    ModuleRuleKind,
    OutcomeGroup,
    Programme,
    ProgrammeOrganiser,
)
from tests.factories import Factory, actor_for

FOLDER = Path(placements.__file__).parent / "programmes"
ROWS = (Programme, ProgrammeOrganiser, Module, ModuleRule, OutcomeGroup, Criterion, Cohort, KeyDate, Event)


def shipped(name: str) -> ProgrammeFile:
    return read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)


def load(session: Session, file: ProgrammeFile) -> list[str]:
    """The changes, as they are printed."""
    with writing():
        session.rollback()
        found = programmes.load(session, file)
        session.commit()
    return [change.sentence() for change in found]


def counts(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(kind)) or 0 for kind in ROWS]


def stored(session: Session, slug: str) -> Programme:
    return session.scalars(select(Programme).where(Programme.slug == slug)).one()


def cohort_of(session: Session, slug: str) -> Cohort:
    return session.scalars(select(Cohort).where(Cohort.slug == slug)).one()


def with_module(file: ProgrammeFile, number: int, **values: Any) -> ProgrammeFile:
    changed = [replace(part, **values) if part.number == number else part for part in file.modules]
    return replace(file, modules=tuple(changed))


def with_cohort(file: ProgrammeFile, index: int, **values: Any) -> ProgrammeFile:
    changed = [replace(part, **values) if index == at else part for at, part in enumerate(file.cohorts)]
    return replace(file, cohorts=tuple(changed))


@pytest.mark.parametrize(
    ("name", "created", "rows"),
    [
        ("viborg", ["viborg", "cohorts.viborg-2024", "cohorts.viborg-2025"], [1, 1, 7, 7, 0, 11, 2, 10]),
        ("hovedstaden", ["hovedstaden", "cohorts.hovedstaden-2017"], [1, 2, 4, 12, 3, 3, 1, 1]),
    ],
)
def test_load_twice_changes_nothing_the_second_time(
    session: Session, name: str, created: list[str], rows: list[int]
) -> None:
    assert load(session, shipped(name)) == [f"{place}: ny" for place in created]
    after_once = counts(session)
    assert after_once == [*rows, sum(rows)]
    versions = list(session.scalars(select(Cohort.version).order_by(Cohort.id)))
    assert load(session, shipped(name)) == []
    assert counts(session) == after_once
    assert list(session.scalars(select(Cohort.version).order_by(Cohort.id))) == versions


@pytest.mark.parametrize("name", ["viborg", "hovedstaden"])
def test_what_is_stored_says_what_the_file_says(session: Session, name: str) -> None:
    load(session, shipped(name))
    programme = stored(session, name)
    slugs = [part.slug for part in shipped(name).cohorts]
    export = as_file(programme, [cohort_of(session, slug) for slug in slugs])
    wanted = normal_form(shipped(name))
    assert replace(export, cohorts=()) == replace(wanted, cohorts=())
    assert [(part.slug, part.starts_on, part.theory_time) for part in export.cohorts] == [
        (part.slug, part.starts_on, part.theory_time) for part in wanted.cohorts
    ]


@pytest.mark.parametrize("name", ["viborg", "hovedstaden"])
def test_export_is_a_file_that_changes_nothing(session: Session, name: str) -> None:
    load(session, shipped(name))
    named = [cohort_of(session, part.slug) for part in shipped(name).cohorts]
    text = write(as_file(stored(session, name), named))
    assert load(session, read(text, name)) == []


def test_loaded_key_dates_are_moments_in_copenhagen(session: Session) -> None:
    """V-03: 13.00 in summer is 11.00 UTC; V-05, V-06: the weeks of theory and practicum."""
    load(session, shipped("viborg"))
    cohort = cohort_of(session, "viborg-2024")
    moments = {day.kind: (day.starts_at, day.ends_at, day.registration) for day in cohort.key_dates}
    meeting = datetime(2024, 6, 13, 11, tzinfo=UTC), datetime(2024, 6, 13, 13, tzinfo=UTC), False
    assert moments[KeyDateKind.INFORMATION_MEETING] == meeting
    assert moments[KeyDateKind.APPLICATION_DEADLINE] == (datetime(2024, 8, 19, 6, tzinfo=UTC), None, False)
    assert (cohort.theory_weekdays, cohort.theory_time, cohort.theory_skip_weeks) == ([0, 2], time(9), [42])
    assert (cohort.practicum_starts_on, cohort.practicum_ends_on) == (date(2025, 1, 6), date(2025, 4, 6))


def test_loaded_lengths_are_minutes(session: Session) -> None:
    """V-05, H-13, H-14."""
    load(session, shipped("viborg"))
    load(session, shipped("hovedstaden"))
    assert sum(module.minutes for module in stored(session, "viborg").modules) == 78 * 60
    introduction = stored(session, "hovedstaden").modules[0]
    assert {rule.audience: (rule.introduction_days, rule.extra_minutes) for rule in introduction.rules} == {
        Audience.PAID_PEER: (4, 240),
        Audience.VOLUNTEER_PEER: (4, 0),
        Audience.COLLEAGUE: (3, 180),
    }


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2018, 12, 31), "Projekt Peer-støtte i Region Hovedstaden"),
        (date(2019, 1, 1), "Skolen for Recovery"),
    ],
)
def test_organiser_on_a_day(session: Session, day: date, name: str) -> None:
    """H-10."""
    load(session, shipped("hovedstaden"))
    assert stored(session, "hovedstaden").organiser_on(day) == name


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"name": "Ny titel"}, ["name: Peer-uddannelsen Viborg → Ny titel"]),
        ({"organiser": "Nord"}, ["organiser: Viborg Kommune, Recovery-skolen → Nord"]),
        (
            {"partners": ("Randers Kommune",)},
            ["partners: Randers Kommune, Aarhus Kommune, Region Midtjylland, Pårøre… → Randers Kommune"],
        ),
        ({"fee": None}, ["fee: fjernet"]),
        (
            {"fee": Fee(payer=FeePayer.EMPLOYER, amount=12000, when=FeeWhen.ALWAYS)},
            [
                "fee.payer: municipality → employer",
                "fee.amount: 14000 → 12000",
                "fee.when: not_home → always",
                "fee.waivers: friplads, tilskud → –",
            ],
        ),
        ({"network": None}, ["network: fjernet"]),
        ({"network": Network(offered_to=(Audience.STUDENT,), partner="Nord")}, ["network.partner: – → Nord"]),
        (
            {"selection": Selection(seats=9, reviewers=2)},
            ["selection.seats: 8 → 9"]
            + [f"selection.criteria.{part.key}: fjernet" for part in shipped("viborg").selection.criteria],
        ),
        ({"outcomes": shipped("hovedstaden").outcomes}, [f"outcomes.{number}: ny" for number in (1, 2, 3)]),
        (
            {
                "organiser": None,
                "organisers": (
                    Organiser(name="A", to=date(2025, 1, 1)),
                    Organiser(name="B", from_=date(2025, 1, 1)),
                ),
            },
            ["organiser: Viborg Kommune, Recovery-skolen → –", "organisers.1: ny", "organisers.2: ny"],
        ),
    ],
)
def test_load_says_what_changed_and_then_nothing(
    session: Session, change: dict[str, Any], sentences: list[str]
) -> None:
    load(session, shipped("viborg"))
    changed = replace(shipped("viborg"), **change)
    assert load(session, changed) == sentences
    assert load(session, changed) == []
    load(session, shipped("viborg"))
    assert load(session, shipped("viborg")) == []


def test_load_changes_rows_in_place(session: Session) -> None:
    load(session, shipped("viborg"))
    ids = {module.number: module.id for module in stored(session, "viborg").modules}
    rules = {Audience.STUDENT: ModuleRuleKind.ELECTIVE, Audience.COLLEAGUE: ModuleRuleKind.NOT_OFFERED}
    changed = with_module(shipped("viborg"), 3, title="Nyt", hours=Decimal("10.5"), rules=rules)
    assert load(session, changed) == [
        "modules.3.title: Stil skarpt på dig selv - en vej til recovery → Nyt",
        "modules.3.hours: 12 → 10,5",
        "modules.3.rules: student = compulsory → student = elective, colleague = not_offered",
    ]
    assert {module.number: module.id for module in stored(session, "viborg").modules} == ids
    assert stored(session, "viborg").modules[2].minutes == 630
    assert load(session, shipped("viborg"))[-1].endswith("→ student = compulsory")
    assert [rule.audience for rule in stored(session, "viborg").modules[2].rules] == [Audience.STUDENT]


def test_load_removes_a_module_and_its_rules(session: Session) -> None:
    load(session, shipped("hovedstaden"))
    fewer = replace(shipped("hovedstaden"), modules=shipped("hovedstaden").modules[:3])
    assert load(session, fewer) == ["modules.4: fjernet"]
    assert [module.number for module in stored(session, "hovedstaden").modules] == [1, 2, 3]
    assert session.scalar(select(func.count()).select_from(ModuleRule)) == 9
    removed = session.scalars(select(Event).where(Event.action == Action.DELETED)).all()
    assert sorted(event.table_name for event in removed) == ["module"] + ["module_rule"] * 3
    assert {(event.root_table, event.root_id) for event in removed} == {
        ("programme", stored(session, "hovedstaden").id)
    }


def test_load_refuses_to_remove_a_module_in_use(session: Session, make: Factory) -> None:
    load(session, shipped("viborg"))
    module = stored(session, "viborg").modules[6]
    day = make.follow_up_day(cohort_of(session, "viborg-2024"))
    make.keep(FollowUpTopic(day_id=day.id, module_id=module.id, text="Grænser"))
    before = counts(session)
    fewer = replace(shipped("viborg"), modules=shipped("viborg").modules[:6])
    with pytest.raises(RuleBroken, match=r"^Modul 7, Roller og grænser, er i brug og kan ikke fjernes\.$"):
        load(session, fewer)
    session.rollback()
    assert counts(session) == before


def test_load_keeps_what_people_changed_where_the_file_says_nothing(session: Session, make: Factory) -> None:
    sparse = with_cohort(
        shipped("viborg"),
        0,
        seats=None,
        theory_skip_weeks=None,
        key_dates=shipped("viborg").cohorts[0].key_dates[:1],
    )
    load(session, sparse)
    with writing():
        session.rollback()
        cohort = cohort_of(session, "viborg-2024")
        cohort.seats, cohort.theory_skip_weeks, cohort.name = 10, [7, 42], "Omdøbt"
        cohort.practicum_ends_on = date(2025, 4, 13)
        cohort.key_dates[0].place = "Salen"
        day = datetime(2024, 9, 9, 7, tzinfo=UTC)
        cohort.key_dates.append(KeyDate(kind=KeyDateKind.START, starts_at=day))
        session.commit()
    assert load(session, sparse) == ["cohorts.viborg-2024.name: Omdøbt → Viborg 2024"]
    cohort = cohort_of(session, "viborg-2024")
    assert (cohort.seats, cohort.theory_skip_weeks, cohort.practicum_ends_on) == (
        10,
        [7, 42],
        date(2025, 4, 13),
    )
    assert [(day.kind, day.place) for day in cohort.key_dates] == [
        (KeyDateKind.INFORMATION_MEETING, "Salen"),
        (KeyDateKind.START, None),
    ]


def test_load_counts_the_practicum_anew_when_its_first_day_moves(session: Session) -> None:
    load(session, shipped("viborg"))
    moved = with_cohort(shipped("viborg"), 0, practicum_starts_on=date(2025, 1, 13))
    assert load(session, moved) == ["cohorts.viborg-2024.practicum_starts_on: 2025-01-06 → 2025-01-13"]
    assert cohort_of(session, "viborg-2024").practicum_ends_on == date(2025, 4, 13)


def test_load_leaves_cohorts_that_the_file_does_not_name(session: Session) -> None:
    load(session, shipped("viborg"))
    assert load(session, replace(shipped("viborg"), cohorts=())) == []
    assert len(session.scalars(select(Cohort)).all()) == 2


def test_load_refuses_the_cohort_of_another_programme(session: Session) -> None:
    load(session, shipped("viborg"))
    taken = with_cohort(shipped("hovedstaden"), 0, slug="viborg-2024")
    before = counts(session)
    with pytest.raises(RuleBroken, match=r"^Holdet viborg-2024 hører allerede til Peer-uddannelsen Viborg\."):
        load(session, taken)
    session.rollback()
    assert counts(session) == before


def test_programmes_visible_to_each_role(session: Session, make: Factory) -> None:
    own, other = make.programme("own"), make.programme("other")
    cohort = make.cohort(own)
    unit = make.unit()
    make.offer(unit, cohort)
    enrolment = make.enrolment(cohort)
    seen = {
        "admin": make.admin(),
        "coordinator": make.coordinator(own),
        "teacher": make.teacher(own),
        "host": make.host(unit),
        "student": enrolment.user,
        "stranger": make.coordinator(other),
        "nobody": make.user(),
    }
    found = {
        role: sorted(programme.slug for programme in session.scalars(programmes.visible_to(actor_for(user))))
        for role, user in seen.items()
    }
    assert found == {
        "admin": ["other", "own"],
        "coordinator": ["own"],
        "teacher": ["own"],
        "host": ["own"],
        "student": ["own"],
        "stranger": ["other"],
        "nobody": [],
    }
    assert list(session.scalars(programmes.visible_to(ANONYMOUS))) == []


def test_programmes_coordinated_by(session: Session, make: Factory) -> None:
    own = make.programme("own")
    make.programme("other")
    coordinator, teacher = actor_for(make.coordinator(own)), actor_for(make.teacher(own))
    assert [found.slug for found in session.scalars(programmes.coordinated_by(coordinator))] == ["own"]
    assert list(session.scalars(programmes.coordinated_by(teacher))) == []
