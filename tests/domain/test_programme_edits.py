"""Programmes changed on screen keep the rules of their file, and come back from their file unchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import placements
from placements.db import writing
from placements.domain import programme_edits, programmes
from placements.domain.programme_edits import BadEdit
from placements.domain.programme_exports import as_file
from placements.domain.programme_files import read, write
from placements.domain.programme_parts import Excused, ProgrammeFile, Status
from placements.domain.rules import RuleBroken
from placements.models.attendance import Attendance, OwnStatus
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import AttendanceStatus
from placements.models.programmes import Programme
from tests.factories import Factory

SHIPPED = Path(placements.__file__).parent / "programmes"
FILES = {
    "viborg": SHIPPED / "viborg.toml",
    "hovedstaden": SHIPPED / "hovedstaden.toml",
    "tredje": Path(__file__).parent.parent / "programmes" / "third.toml",
}
TODAY = date(2025, 2, 3)


def loaded(session: Session, name: str) -> Programme:
    with writing():
        session.rollback()
        programmes.load(session, read(FILES[name].read_text("utf-8"), name))
        session.commit()
    return session.scalars(select(Programme).where(Programme.slug == name)).one()


def edit(session: Session, programme: Programme, **values: Any) -> list[str]:
    with writing():
        session.rollback()
        edited = replace(as_file(programme, ()), **values)
        found = programme_edits.save(session, programme, edited, today=TODAY)
        session.commit()
    return [change.sentence() for change in found]


def export_changes(session: Session, programme: Programme) -> list[str]:
    """What loading the programme's own export would change."""
    text = write(programme_edits.exported(session, programme))
    return [change.sentence() for change in programmes.load(session, read(text, "export"))]


def faults_of(session: Session, programme: Programme, **values: Any) -> list[tuple[str, str]]:
    with pytest.raises(BadEdit) as refused:
        edit(session, programme, **values)
    return [(".".join(map(str, fault.path)), fault.sentence) for fault in refused.value.faults]


@pytest.mark.parametrize("name", FILES)
def test_export_of_what_was_edited_changes_nothing(session: Session, name: str) -> None:
    programme = loaded(session, name)
    assert export_changes(session, programme) == []
    stored = as_file(programme, ())
    first, second, *rest = stored.modules
    said = edit(
        session,
        programme,
        name="Et nyt navn",
        completion=replace(stored.completion, excused=Excused.ABSENT, attendance_percent=85),
        statuses=(Status(name="På skærm", counts_as=AttendanceStatus.PRESENT),),
        modules=(replace(first, title="Åbningen"), replace(second, number=9), *rest),
    )
    assert "name: " + stored.name + " → Et nyt navn" in said
    assert export_changes(session, programme) == []
    assert as_file(programme, ()).completion.excused is Excused.ABSENT


def test_edit_that_says_the_same_changes_nothing(session: Session) -> None:
    programme = loaded(session, "viborg")
    version = programme.version
    assert edit(session, programme) == []
    assert programme.version == version


def test_edit_of_a_part_alone_is_seen_by_whoever_has_another_part_open(session: Session) -> None:
    programme = loaded(session, "viborg")
    version, first = programme.version, as_file(programme, ()).modules[0]
    edit(session, programme, modules=(replace(first, title="Nyt"), *as_file(programme, ()).modules[1:]))
    assert programme.version == version + 1


def test_edit_is_refused_by_the_rules_of_the_file_in_the_words_of_the_screen(session: Session) -> None:
    programme = loaded(session, "viborg")
    stored = as_file(programme, ())
    assert stored.fee is not None
    assert stored.theory is not None
    assert faults_of(session, programme, home_municipalities=(), aim=" ") == [
        ("aim", "»Formål« er tom."),
        ("fee.when", "Skriv først uddannelsens hjemkommuner under Grundoplysninger."),
    ]
    [(place, sentence)] = faults_of(session, programme, theory=replace(stored.theory, weeks=12))
    assert place == "theory"
    assert sentence.startswith("Modulerne har tilsammen 78 timer, men teorien har 72 (")
    assert as_file(programme, ()) == stored


def test_edit_must_fit_the_cohorts_that_are_coming_or_under_way(session: Session) -> None:
    """viborg-2024 is in practicum until 6 April 2025, and viborg-2025 is to begin."""
    programme = loaded(session, "viborg")
    with pytest.raises(BadEdit) as refused:
        edit(session, programme, practicum=None)
    assert [(fault.about, fault.sentence) for fault in refused.value.faults] == [
        (name, "Holdet har en dato for praktikken, men uddannelsen har ingen praktik.")
        for name in ("Viborg 2024", "Viborg 2025")
    ]


def test_cohort_of_former_times_neither_blocks_an_edit_nor_spoils_the_export(session: Session) -> None:
    programme = loaded(session, "tredje")
    theory = as_file(programme, ()).theory
    assert theory is not None
    old = session.scalars(select(Cohort)).one()
    with writing():
        session.refresh(old)
        old.starts_on = date(2023, 1, 10)
        session.commit()
    edit(session, programme, theory=replace(theory, weeks=10, sessions_per_week=2))
    exported: ProgrammeFile = programme_edits.exported(session, programme)
    assert exported.cohorts == ()
    assert export_changes(session, programme) == []
    assert exported.theory is not None
    assert exported.theory.hours_per_session * 20 == Decimal(80)


def test_word_that_stands_in_a_register_goes_out_of_use(session: Session, make: Factory) -> None:
    programme = loaded(session, "tredje")
    cohort = session.scalars(select(Cohort)).one()
    used, unused = programme.statuses
    held = make.teaching_session(make.run(cohort, programme.modules[0]))
    make.keep(
        Attendance(
            session_id=held.id,
            enrolment_id=make.enrolment(cohort).id,
            status=AttendanceStatus.PRESENT,
            own_status_id=used.id,
        )
    )
    names = used.name, unused.name
    edit(session, programme, statuses=())
    assert [(row.name, row.active) for row in session.scalars(select(OwnStatus).order_by(OwnStatus.id))] == [
        (names[0], False)
    ]
    assert export_changes(session, programme) == []
    edit(session, programme, statuses=(Status(name=names[0], counts_as=AttendanceStatus.PRESENT),))
    assert [(row.name, row.active) for row in session.scalars(select(OwnStatus).order_by(OwnStatus.id))] == [
        (names[0], True)
    ]
    with pytest.raises(RuleBroken, match="Lav et nyt ord"):
        edit(session, programme, statuses=(Status(name=names[0], counts_as=AttendanceStatus.ABSENT),))
