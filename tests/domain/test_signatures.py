"""How each party's signature stands: red, amber, green; and what is kept of a signature given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import agreements, outbox, signatures
from placements.domain.rules import RuleBroken
from placements.models.agreements import Party
from placements.models.mails import OutgoingMail
from placements.models.signatures import Light, SignatureMethod
from tests.domain.test_agreements import NOW, TODAY, Parties, document, sent
from tests.factories import Factory

RED, AMBER, GREEN = Light.RED, Light.AMBER, Light.GREEN


@pytest.fixture
def parties(make: Factory) -> Parties:
    return Parties(make)


def lights(session: Session, parties: Parties, today: date = TODAY) -> list[Light]:
    agreement = agreements.of_placement(session, parties.placement.id)
    assert agreement is not None
    return [one.light for one in agreements.standings(session, agreement.current, today=today)]


def test_not_sent_is_red(session: Session, parties: Parties) -> None:
    agreements.draft(session, parties.placement, today=TODAY)
    session.flush()
    assert lights(session, parties) == [RED, RED, RED]


def test_sent_is_amber_until_a_reminder_is_due(session: Session, parties: Parties) -> None:
    sent(session, parties)
    assert lights(session, parties) == [AMBER, AMBER, AMBER]
    assert lights(session, parties, TODAY + signatures.PATIENCE - timedelta(days=1)) == [AMBER] * 3
    assert lights(session, parties, TODAY + signatures.PATIENCE) == [RED] * 3


def test_a_later_mail_buys_patience_for_whoever_got_it(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    student = parties.placement.enrolment.user
    later = NOW + signatures.PATIENCE
    outbox.notify(session, student, "task_sign", path=agreements.page_of(agreement.current), now=later)
    session.flush()
    assert lights(session, parties, later.date()) == [AMBER, RED, RED]


def test_signed_is_green(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)
    assert lights(session, parties) == [AMBER, GREEN, AMBER]


def test_nobody_to_sign_is_red(session: Session, parties: Parties) -> None:
    sent(session, parties)
    session.delete(session.get_one(type(parties.placement.enrolment.user), parties.host.id).grants[0])
    session.flush()
    assert lights(session, parties) == [AMBER, RED, AMBER]


def test_a_mail_that_was_given_up_is_red(session: Session, parties: Parties) -> None:
    sent(session, parties)
    mail = session.scalars(select(OutgoingMail).where(OutgoingMail.user_id == parties.host.id)).one()
    outbox.give_up(mail)
    session.flush()
    assert lights(session, parties) == [AMBER, RED, AMBER]


def test_sign_keeps_name_time_method_and_what_was_signed(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    given = agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)
    assert (given.party, given.name, given.signed_at) == (Party.HOST, "Vera Vært", NOW)
    assert given.method is SignatureMethod.CODE
    assert given.sha256 == document().sha256


def test_sign_before_anything_is_frozen_is_refused(session: Session, parties: Parties) -> None:
    agreement = agreements.draft(session, parties.placement, today=TODAY)
    agreements.write(agreement, sections={6: "Samtaler"})
    session.flush()
    agreements.send(session, agreement.current, now=NOW)
    with pytest.raises(RuleBroken, match="ikke trykt endnu"):
        agreements.sign(session, agreement.current, parties.host, read=1, now=NOW)


def test_sign_another_version_than_was_read_is_refused(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    for read in (0, 2):
        with pytest.raises(RuleBroken, match="Læs den nye tekst herunder"):
            agreements.sign(session, agreement.current, parties.host, read=read, now=NOW)
    assert agreement.current.signatures == []


def test_what_is_frozen_to_be_signed_is_never_exchanged(session: Session, parties: Parties) -> None:
    agreement = sent(session, parties)
    with pytest.raises(RuleBroken):
        agreements.offer(agreement.current, document(b"another"))


def test_moment_in_a_sentence_says_the_hour() -> None:
    note = signatures._("%(when)s", when=datetime(2025, 2, 3, 9, 12, tzinfo=UTC))
    assert note == "3. februar 2025 kl. 10.12"
