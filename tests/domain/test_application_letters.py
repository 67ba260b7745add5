"""What letters to applicants may say: shipped texts, and the programme's own."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import application_letters
from placements.domain.rules import Stale
from placements.models.application_decisions import ApplicationLetter, DecisionKind
from placements.models.programmes import Programme
from tests.domain.saving import refusal, save

K = DecisionKind


@pytest.mark.parametrize("locale", application_letters.LOCALES)
@pytest.mark.parametrize("kind", K)
def test_shipped_letters_can_be_used(kind: DecisionKind, locale: str) -> None:
    assert application_letters.problems(application_letters.shipped(kind, locale)) == []


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
