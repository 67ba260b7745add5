"""What letters to applicants may say: shipped texts, and the programme's own."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import application_letters
from placements.domain.rules import Stale
from placements.models.application_decisions import ApplicationDecision, ApplicationLetter, DecisionKind
from placements.models.programmes import Programme
from tests.domain.saving import refusal, save
from tests.factories import Factory

K = DecisionKind


@pytest.mark.parametrize("locale", application_letters.LOCALES)
@pytest.mark.parametrize("kind", K)
def test_shipped_letters_can_be_used(kind: DecisionKind, locale: str) -> None:
    assert application_letters.problems(application_letters.shipped(kind, locale)) == []


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (
            [("Anna Bo", None), ("Karen Holm", "87 10 20 30")],
            "Ring til Karen Holm på 87 10 20 30, eller skriv til karen.holm@example.org.",
        ),
        ([("Anna Bo", None)], "Skriv til Anna Bo på anna.bo@example.org."),
        ([], "Spørg hos Recovery-skolen."),
    ],
)
@pytest.mark.on_sqlite_alone
def test_letter_says_whom_to_ask_by_what_is_known(
    make: Factory, session: Session, people: list[tuple[str, str | None]], says: str
) -> None:
    """Every letter has the sentence, and none asks for a call to nobody."""
    cohort = make.cohort()
    for name, phone in people:
        person = make.user(name, email=f"{name.replace(' ', '.').lower()}@example.org", phone=phone)
        make.grant(person, "coordinator", programme=cohort.programme)
    writer, application = application_letters.writer(session, cohort), make.application(cohort)
    for kind in K:
        decision = ApplicationDecision(kind=kind, place=2, answer_by=None)
        text = application_letters.written(writer, application, decision, name="Asta", reasons="Derfor.")
        assert (says in text, text.lower().count("ring til"), text.count("skriv til")) == (
            True,
            says.count("Ring til"),
            says.count("skriv til"),
        )


def test_save_a_letter_refuses_what_no_letter_knows_by_name(session: Session, programme: Programme) -> None:
    def save_text(text: str | None, version: int = 0) -> ApplicationLetter:
        return application_letters.save(session, programme, K.OFFER, "da", text=text, version=version)

    said = refusal(session, lambda: save_text("Kære {{ navnet }}"))
    assert str(said) == "Linje 1: »navnet« er ikke en variabel. Mente du »navn«?"
    refusal(session, lambda: save_text(" "))
    letter = save(session, lambda: save_text("Kom, {{ navn }}."))
    assert application_letters.source(letter, K.OFFER, "da") == "Kom, {{ navn }}."
    with writing(), pytest.raises(Stale):
        save_text("Senere.", version=0)
    session.rollback()
    save(session, lambda: save_text(None, version=letter.version))
    assert application_letters.source(letter, K.OFFER, "da") == application_letters.shipped(K.OFFER)
