"""The standing texts: shipped, rewritten, taken back, and as they read in one agreement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from placements.domain import agreement_texts, clause_previews, clauses
from placements.domain.rules import RuleBroken, Stale
from placements.models.agreements import Party
from placements.models.clauses import Clause
from placements.models.placements import LegalBasis
from placements.models.programmes import Programme
from tests.factories import Factory

NOW = datetime(2025, 1, 2, 9, 0, tzinfo=UTC)
Save = Callable[..., Clause]


@pytest.fixture
def programme(make: Factory) -> Programme:
    return make.programme()


@pytest.fixture
def save(session: Session, programme: Programme) -> Save:
    def saved(text: str | None, *, version: int = 0) -> Clause:
        clause = clauses.save(session, programme, 13, text=text, version=version, by="Karen", now=NOW)
        session.flush()
        return clause

    return saved


@pytest.mark.parametrize("locale", ["da", "en"])
@pytest.mark.parametrize("section", clauses.SECTIONS)
def test_every_shipped_text_reads_under_every_legal_basis(section: int, locale: str) -> None:
    preview = clause_previews.of_text(clauses.shipped(section, locale))
    assert preview.problems == []
    assert sorted(basis for reading in preview.readings for basis in reading.bases) == sorted(LegalBasis)
    assert all(any(reading.paragraphs) for reading in preview.readings)
    assert not any("{" in line for reading in preview.readings for line in reading.paragraphs)


def test_legal_basis_chooses_the_paragraphs_about_insurance() -> None:
    """D-06: with a virksomhedspraktik the job centre covers."""
    readings = clause_previews.of_text(clauses.shipped(13)).readings
    first = {basis: reading.paragraphs[0] for reading in readings for basis in reading.bases}
    assert first[LegalBasis.JOB_CENTRE].startswith("Jobcenter Eksempel har ansvaret for forsikringen")
    assert first[LegalBasis.EMPLOYMENT].startswith("Amalie Eksempel er forsikret af arbejdsgiveren")
    assert first[LegalBasis.STUDY_PRACTICUM] == first[LegalBasis.VOLUNTEERING]


def test_save_makes_a_version_each_time(save: Save) -> None:
    clause = save("Første.")
    save("Anden.\r\nLinje.", version=clause.version)
    assert [(one.number, one.text, one.saved_by) for one in clause.saved] == [
        (1, "Første.", "Karen"),
        (2, "Anden.\nLinje.", "Karen"),
    ]
    assert (clauses.source(clause, 13), clauses.number_of(clause)) == ("Anden.\nLinje.", 2)


def test_save_of_the_same_text_makes_no_version(save: Save) -> None:
    clause = save("Første.")
    save(" Første.\n", version=clause.version)
    assert len(clause.saved) == 1


def test_shipped_text_is_taken_back(save: Save) -> None:
    clause = save("Første.")
    save(None, version=clause.version)
    assert clauses.source(clause, 13) == clauses.shipped(13)
    assert clauses.source(clause, 13, "en") == clauses.shipped(13, "en")
    assert (clauses.number_of(clause), len(clause.saved)) == (0, 2)


@pytest.mark.parametrize("version", [0, 7])
def test_save_on_an_old_version_is_stale(save: Save, version: int) -> None:
    save("Første.")
    with pytest.raises(Stale):
        save("Anden.", version=version)


def test_save_before_there_is_one_to_have_opened_is_stale(save: Save) -> None:
    with pytest.raises(Stale):
        save("Første.", version=1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("God.\n{{ studerend }}", "Linje 2: »studerend« er ikke en variabel. Mente du »studerende«?"),
        ("{{ x }}", "Linje 1: »x« er ikke en variabel. Vælg en fra listen."),
        ("  ", "Skriv en tekst, eller tag den medfølgende tilbage."),
    ],
)
def test_save_refuses_what_cannot_be_read(save: Save, text: str, sentence: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        save(text)
    assert (refused.value.sentence, refused.value.field) == (sentence, "text")


def test_agreement_reads_with_its_own_names_in_the_language_asked_for(
    session: Session, make: Factory, save: Save, programme: Programme
) -> None:
    save("{{ studerende }} er forsikret fra {{ periode.start }} i {{ periode.uger }} uger.")
    placement = make.placement(cohort=make.cohort(programme), student_name="x")
    version = make.agreement(placement).current
    said = {
        locale: agreement_texts.clauses_now(
            session, version, names={Party.HOST: "Henrik"}, on=date(2025, 1, 6), locale=locale
        )
        for locale in ("da", "en")
    }
    name = placement.enrolment.user.name
    assert said["da"][13] == f"{name} er forsikret fra 6. januar 2025 i 13 uger."
    assert said["en"][13] == f"{name} er forsikret fra 6 January 2025 i 13 uger."
    assert said["en"][14].startswith("The practicum is unpaid.")
    assert sorted(said["da"]) == list(clauses.SECTIONS)


def test_lines_say_which_texts_are_our_own(session: Session, save: Save, programme: Programme) -> None:
    save("Vores egen.")
    lines = {line.section: line for line in clause_previews.lines(session, programme.id)}
    assert list(lines) == list(clauses.SECTIONS)
    assert (lines[13].beginning, lines[13].is_own, lines[14].is_own) == ("Vores egen.", True, False)
