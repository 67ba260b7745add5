"""The history in words: labels, values and names instead of columns, codes and ids."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from placements.db import Base, writing
from placements.domain import history, hosts, offers
from placements.history_words import LABELS, NAMED, SENTENCES, Told, tell
from placements.models.events import Audited
from tests.factories import Factory

TODAY = date(2025, 2, 3)


def told(session: Session, record: Audited) -> list[Told]:
    return tell(session, history.of(session, record))


def test_change_of_owner_is_told_by_names_and_dates(make: Factory, session: Session) -> None:
    unit, owner = make.unit("Team Nord"), make.organisation("Viborg Kommune")
    with writing():
        history.act_as(session, make.user("Mette Holm").id)
        hosts.change_unit(
            session, unit, name="Team Vest", organisation=owner, from_day=date(2025, 3, 1), today=TODAY
        )
        session.commit()
    newest = told(session, unit)[0]
    assert (newest.text, newest.actor) == ("Navn og ejer skrevet", "Mette Holm")
    assert newest.changes == [
        ("Navn", "", "Team Vest"),
        ("Ejer", "", "Viborg Kommune"),
        ("Fra", "", "1. marts 2025"),
    ]


def test_offer_is_told_by_words_hours_and_ways(make: Factory, session: Session) -> None:
    unit, cohort = make.unit("Team Nord"), make.cohort(name="Hold 2024")
    with writing():
        offer = offers.create(
            session, unit, cohort, seats=2, weekly_minutes=450, ways=["individual", "group"]
        )
        session.flush()
        offers.release(offer)
        session.commit()
    released, created = told(session, offer)
    assert released.changes == [("Status", "Kladde", "Åben")]
    assert created.changes == [
        ("Afsnit", "", "Team Nord"),
        ("Hold", "", "Hold 2024"),
        ("Pladser", "", "2"),
        ("Første dag", "", "6. januar 2025"),
        ("Sidste dag", "", "6. april 2025"),
        ("Timer om ugen", "", "7,5"),
        ("Måder at arbejde på", "", "Individuel peer-støtte, Gruppebaseret peer-støtte"),
    ]


def test_row_among_several_is_told_by_its_name(make: Factory, session: Session) -> None:
    contact = make.contact(make.unit(), "Vita Vejleder")
    with writing():
        session.refresh(contact)
        contact.active = False
        session.commit()
    changed, created = told(session, contact)[:2]
    assert (changed.text, changed.changes) == (
        "Oplysningerne om Vita Vejleder blev rettet",
        [("Arbejder her", "Ja", "Nej")],
    )
    assert (created.text, created.changes) == (
        "Vita Vejleder blev tilføjet",
        [("Navn", "", "Vita Vejleder"), ("Praktikvejleder", "", "Ja")],
    )


def test_change_of_what_has_no_word_is_left_out(make: Factory, session: Session) -> None:
    unit = make.unit()
    with writing():
        unit.periods[0].valid_to = date(2030, 1, 1)
        session.commit()
    assert [line.text for line in told(session, unit)] == ["Navn og ejer skrevet", "Afsnittet blev oprettet"]


def test_whom_a_participant_has_named_outside_is_told_to_nobody(make: Factory, session: Session) -> None:
    """Not even that there was somebody, or when they were deleted."""
    enrolment = make.enrolment(make.cohort())
    before = told(session, enrolment)
    contact = make.warning_contact(enrolment.id)
    with writing():
        session.delete(session.merge(contact))
        session.commit()
    assert [entry.event.table_name for entry in history.of(session, enrolment)][:2] == ["warning_contact"] * 2
    assert told(session, enrolment) == before


def test_system_is_called_so(make: Factory, session: Session) -> None:
    history.act_as(session, None)
    assert {line.actor for line in told(session, make.unit())} == {"Systemet"}


def test_telling_costs_the_same_for_one_and_for_three_contacts(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    unit = make.unit()
    counts = []
    for number in (1, 2):
        for _number in range(number):
            make.contact(unit)
        entries = history.of(session, unit)
        counts.append(query_count(lambda entries=entries: tell(session, entries)))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("table", list(LABELS))
def test_every_label_names_a_column(table: str) -> None:
    assert set(LABELS[table]) <= set(Base.metadata.tables[table].columns.keys())


def test_every_sentence_is_about_a_table() -> None:
    tables = {table for table, _action in [*SENTENCES, *NAMED]}
    assert tables <= set(Base.metadata.tables)
