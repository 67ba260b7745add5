"""Who pays for whom, and how far it has come (V-09, D-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import (
    application_neutral,
    application_payment_lists,
    application_payment_start,
    application_payment_states,
    application_payments,
    application_replies,
    applications,
)
from placements.domain.actors import Actor
from placements.domain.application_payments import Agreed
from placements.domain.rules import RuleBroken
from placements.models.application_payments import (
    ApplicationPayment,
    InvoiceSender,
    PaymentSaid,
    PaymentStatus,
    PaymentTrack,
    WaiverAnswer,
)
from placements.models.applications import ApplicationStatus
from placements.models.cohorts import Cohort
from placements.models.programmes import FeePayer, FeeWhen
from tests.conftest import TODAY
from tests.factories import Factory
from tests.factories_applications import CLOSES, OPENS

OPEN, PROMISED, INVOICED, PAID, WAIVED = PaymentStatus
SENDER = InvoiceSender()


def payment(**values: Any) -> ApplicationPayment:
    """Everything is known, and nothing has been done."""
    known = {
        "payer": FeePayer.MUNICIPALITY,
        "amount": 14_000,
        "granted": 0,
        "track": PaymentTrack.FULL,
        "status": OPEN,
        "approved_on": date(2025, 1, 30),
        "ean": "5790000000005",
        "contact_name": "Lone Kirk Madsen",
    }
    return ApplicationPayment(**(known | values))


@pytest.fixture
def cohort(make: Factory) -> Cohort:
    return make.cohort(make.fee(make.programme()), slug="viborg-2025", starts_on=date(2025, 9, 8))


# How it begins: residence, fee and what was said

NEVER, ALWAYS = {"fee_when": FeeWhen.NEVER}, {"fee_when": FeeWhen.ALWAYS}
EMPLOYER = {"fee_payer": FeePayer.EMPLOYER, "fee_when": FeeWhen.ALWAYS, "fee_waivers": []}


@pytest.mark.parametrize(
    ("lives", "fee", "said", "begun"),
    [
        ("Viborg", {}, "", None),
        ("Viborg", ALWAYS, "agreed", ("Viborg Kommune", PaymentSaid.AGREED, "full", None)),
        ("Skive", {}, "agreed", ("Skive Kommune", PaymentSaid.AGREED, "full", None)),
        ("Skive", {}, "asking", ("Skive Kommune", PaymentSaid.ASKING, "full", None)),
        ("Skive", {}, "friplads", ("Skive Kommune", PaymentSaid.WAIVER, "free_place", "applied")),
        ("Skive", {}, "tilskud", ("Skive Kommune", PaymentSaid.WAIVER, "grant", "applied")),
        ("København", {}, "agreed", ("Københavns Kommune", PaymentSaid.AGREED, "full", None)),
        ("København", {}, "friplads", ("Københavns Kommune", None, "full", None)),  # not for those outside
        ("Skive", NEVER, "", None),
        ("Viborg", EMPLOYER, "", ("Arbejdsgiveren", None, "full", None)),
    ],
)
def test_begins_as_residence_fee_and_applicant_have_it(
    make: Factory,
    cohort: Cohort,
    lives: str,
    fee: dict[str, Any],
    said: str,
    begun: tuple[object, ...] | None,
) -> None:
    """V-09."""
    make.fee(cohort.programme, **fee)
    application = make.application(cohort, answers={"municipality": lives, "payment": said})
    made = application_payment_start.begin(make.session, application)
    make.session.flush()
    found = made and (made.payer_name, made.said, made.track.value, made.waiver_answer)
    assert found == begun
    assert made is None or (made.amount, made.status, made.reference) == (14_000, OPEN, application.reference)


def test_begins_when_the_application_is_sent_and_goes_with_it(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    make.window(cohort)
    values = {"municipality": "Skive", "payment": "tilskud"}
    draft = make.application(cohort, status=ApplicationStatus.DRAFT, reference=None, answers=values)
    applications.submit(session, draft, version=draft.version, now=CLOSES)
    session.flush()
    assert session.scalars(select(ApplicationPayment.reference)).one() == draft.reference
    applications.withdraw(session, draft, now=CLOSES)
    session.flush()
    assert session.scalars(select(ApplicationPayment)).all() == []


def test_stays_with_who_is_enrolled_when_the_application_goes(
    make: Factory, session: Session, cohort: Cohort
) -> None:
    """Row 92: the accounts outlive the application, and say nothing of it."""
    application = make.application(cohort, answers={"municipality": "Skive"})
    owed, enrolment = make.payment(application), make.enrolment(cohort, make.user("Asta Ager"))
    application_payment_start.follow(session, application, enrolment)
    applications.forget(session, application)
    session.flush()
    session.refresh(owed)
    assert (owed.application_id, application_payments.applicant_of(owed)) == (None, "Asta Ager")
    ours, theirs = (Actor(id=0, programme_ids=frozenset({cohort.programme_id + n})) for n in (0, 1))
    himself = replace(ours, id=enrolment.user_id)
    assert application_payments.of_enrolment(session, enrolment, ours) is owed
    assert application_payments.of_enrolment(session, enrolment, theirs) is None
    assert application_payments.of_enrolment(session, enrolment, himself) is None


# What is to be paid


@pytest.mark.parametrize(
    ("values", "due"),
    [
        ({}, 14_000),
        ({"track": PaymentTrack.GRANT, "waiver_answer": WaiverAnswer.APPLIED, "granted": 4000}, 14_000),
        ({"track": PaymentTrack.GRANT, "waiver_answer": WaiverAnswer.GRANTED, "granted": 4000}, 10_000),
        ({"track": PaymentTrack.GRANT, "waiver_answer": WaiverAnswer.REFUSED}, 14_000),
        ({"track": PaymentTrack.FREE_PLACE, "waiver_answer": WaiverAnswer.APPLIED}, 14_000),
        ({"track": PaymentTrack.FREE_PLACE, "waiver_answer": WaiverAnswer.GRANTED}, 0),
        ({"track": PaymentTrack.FREE_PLACE, "waiver_answer": WaiverAnswer.REFUSED}, 14_000),
        ({"status": WAIVED}, 0),
    ],
)
def test_payer_pays_what_is_left(values: dict[str, Any], due: int) -> None:
    """Row 17."""
    assert application_payment_states.due(payment(**values)) == due


# The states

LEADS = {
    "promise": {OPEN: PROMISED},
    "invoice": {PROMISED: INVOICED},
    "pay": {INVOICED: PAID},
    "waive": {OPEN: WAIVED, PROMISED: WAIVED, INVOICED: WAIVED},
    "unpromise": {PROMISED: OPEN},
    "uninvoice": {INVOICED: PROMISED},
    "unpay": {PAID: INVOICED},
    "unwaive": {WAIVED: OPEN},
}


@pytest.mark.parametrize("verb", LEADS)
@pytest.mark.parametrize("status", PaymentStatus)
def test_verb_leads_where_the_table_says(verb: str, status: PaymentStatus) -> None:
    """Row 16."""
    owed = payment(status=status)
    if status in LEADS[verb]:
        application_payment_states.move(owed, verb, SENDER, today=TODAY)
        assert owed.status is LEADS[verb][status]
    else:
        with pytest.raises(RuleBroken):
            application_payment_states.move(owed, verb, SENDER, today=TODAY)
        assert owed.status is status


def test_days_are_kept_until_a_step_is_taken_back() -> None:
    owed = payment(status=PROMISED)
    for verb in ("invoice", "pay"):
        application_payment_states.move(owed, verb, SENDER, today=TODAY)
    assert (owed.invoiced_on, owed.paid_on) == (TODAY, TODAY)
    application_payment_states.move(owed, "unpay", SENDER, today=TODAY)
    assert (owed.invoiced_on, owed.paid_on) == (TODAY, None)


@pytest.mark.parametrize(
    ("verb", "values", "sender", "missing"),
    [
        ("promise", {"approved_on": None}, SENDER, ["approved"]),
        ("promise", {"waiver_answer": WaiverAnswer.APPLIED, "track": PaymentTrack.GRANT}, None, ["answered"]),
        ("promise", {"waiver_answer": WaiverAnswer.GRANTED, "track": PaymentTrack.FREE_PLACE}, None, ["due"]),
        ("promise", {"ean": None, "contact_name": None}, None, []),
        (
            "invoice",
            {"status": PROMISED, "ean": None, "contact_name": None},
            None,
            ["ean", "contact", "sender"],
        ),
        ("invoice", {"status": PROMISED, "ean": None, "payer": FeePayer.EMPLOYER}, SENDER, []),
    ],
)
def test_step_waits_for_what_it_needs(
    verb: str, values: dict[str, Any], sender: InvoiceSender | None, missing: list[str]
) -> None:
    """D-07."""
    owed, unmet = payment(**values), []
    try:
        application_payment_states.move(owed, verb, sender, today=TODAY)
    except RuleBroken as broken:
        unmet = [one.key for one in broken.unmet]
    assert unmet == missing


# Saving

AGREED: Agreed = {
    "payer_name": "Skive Kommune",
    "amount": 14_000,
    "granted": 0,
    "track": PaymentTrack.FULL,
    "waiver_answer": None,
    "approved_on": date(2025, 1, 30),
    "ean": "5790 0000 0000 5",
    "contact_name": "Lone Kirk Madsen",
    "contact_phone": "99 15 55 00",
    "contact_email": "lone@example.org",
    "payer_reference": "Sag 24/18222",
}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ean": "5790000000004"}, "ean"),
        ({"ean": "579000000000"}, "ean"),
        ({"approved_on": date(2025, 2, 4)}, "approved_on"),
        ({"track": PaymentTrack.GRANT}, "waiver_answer"),
        ({"track": PaymentTrack.GRANT, "waiver_answer": WaiverAnswer.GRANTED}, "granted"),
        ({"track": PaymentTrack.GRANT, "waiver_answer": WaiverAnswer.GRANTED, "granted": 14_001}, "granted"),
        ({"payer_reference": "Peer-uddannelsen"}, "payer_reference"),
        ({"payer_reference": "010190-1234"}, "payer_reference"),
        ({"payer_name": "Socialpsykiatrien i Skive"}, "payer_name"),
    ],
)
def test_refuses_at_the_field(change: dict[str, Any], field: str) -> None:
    """D-07: a wrong check digit, a day to come, and whatever says something of health."""
    owed = payment(version=1)
    with pytest.raises(RuleBroken) as broken:
        application_payments.save(owed, AGREED | change, version=1, today=TODAY)  # type: ignore[arg-type]
    assert broken.value.field == field


def test_saves_what_is_agreed_until_the_bill_is_sent() -> None:
    owed = payment(version=1, ean=None)
    application_payments.save(owed, AGREED, version=1, today=TODAY)
    assert (owed.ean, owed.payer_reference) == ("5790000000005", "Sag 24/18222")
    owed.status = INVOICED
    with pytest.raises(RuleBroken):
        application_payments.save(owed, AGREED, version=1, today=TODAY)


@pytest.mark.parametrize("text", ["Sag 24/18222", "Voksenområdet", "Økonomi og Løn, 2. sal"])
def test_ordinary_words_may_leave(text: str) -> None:
    application_neutral.refuse_telling(text, field="payer_reference")


# Sums and figures


def test_sums_are_exact_and_figures_for_others_begin_at_five() -> None:
    """Rows 16 and 91: the money list is the coordinator's own, and nothing below five is told to others."""
    skive = [
        payment(municipality="Skive", payer_name="Skive Kommune", status=s) for s in (OPEN, PROMISED, PAID)
    ]
    favrskov = [payment(municipality="Favrskov", payer_name="Favrskov Kommune") for _one in range(6)]
    thisted = [payment(municipality="Thisted", payer_name="Thisted Kommune", status=WAIVED)]
    everything = skive + favrskov + thisted
    sums = {
        one.payer: (one.number, one.due, one.promised, one.paid)
        for one in application_payment_lists.totals(everything)
    }
    assert sums == {
        "Skive Kommune": (3, 42_000, 14_000, 14_000),
        "Favrskov Kommune": (6, 84_000, 0, 0),
        "Thisted Kommune": (1, 0, 0, 0),
    }
    assert application_payment_lists.whole(everything).due == 126_000
    by_municipality, by_payer = application_payment_lists.figures(everything)
    assert {one.name: one.number for one in by_municipality} == {
        "Skive": None,
        "Favrskov": 6,
        "Thisted": None,
    }
    assert {one.name: one.number for one in by_payer} == {"Kommunen": 10}
    few, _payers = application_payment_lists.figures(skive)
    assert [one.number for one in few] == [None]


def test_follows_who_says_yes(make: Factory, session: Session, cohort: Cohort) -> None:
    """Row 92."""
    asta = make.application(cohort, status=ApplicationStatus.OFFERED, answers={"municipality": "Skive"})
    owed = make.payment(asta)
    make.decision(asta, sent_at=OPENS, answer_by=CLOSES)
    with writing():
        enrolment = application_replies.accept(session, asta, now=OPENS)
        session.commit()
    session.refresh(owed)
    assert enrolment is not None
    assert owed.enrolment_id == enrolment.id
