"""A cohort's payments: the coordinator's list and sums, a file of them, and what may be told to others."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from placements.domain import application_payment_states as states
from placements.domain import application_payments, suppression
from placements.domain.actors import Actor
from placements.domain.tasks import Mark, Task, TaskGroup, group
from placements.i18n import Text, _
from placements.models.application_payments import ApplicationPayment, PaymentStatus
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort
from placements.words import word

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
HEADINGS = (
    "Reference",
    "Kommune",
    "Betaler",
    "EAN-nummer (GLN)",
    "Kontaktperson",
    "Telefon",
    "Mail",
    "Betalerens reference",
    "Beløb",
    "Bevilget",
    "At betale",
    "Status",
    "Godkendt",
    "Regning sendt",
    "Betalt",
)


S = ApplicationStatus
SEATED, LEFT = (S.OFFERED, S.ACCEPTED), (S.REJECTED, S.NEXT_YEAR, S.DECLINED)


@dataclass(frozen=True, slots=True)
class Total:
    """In kroner, for one payer."""

    payer: str
    number: int
    due: int
    promised: int
    invoiced: int
    paid: int


@dataclass(frozen=True, slots=True)
class Figure:
    """How many; None where it is not told."""

    name: str
    number: int | None


# The coordinator's own


def of_cohort(session: Session, cohort: Cohort, actor: Actor) -> list[ApplicationPayment]:
    """By payer, without those who got no seat. As many statements for many as for few; nobody is named."""
    found = application_payments.visible_to(actor).where(
        ApplicationPayment.cohort_id == cohort.id,
        or_(
            ApplicationPayment.application_id.is_(None),
            ApplicationPayment.application_id.not_in(_whose(LEFT)),
        ),
    )
    return list(session.scalars(found.order_by(ApplicationPayment.payer_name, ApplicationPayment.reference)))


def _whose(statuses: tuple[ApplicationStatus, ...]) -> Select[int]:
    return select(Application.id).where(Application.status.in_(statuses))


def totals(payments: Sequence[ApplicationPayment]) -> list[Total]:
    by_payer: dict[str, list[ApplicationPayment]] = {}
    for payment in payments:
        by_payer.setdefault(payment.payer_name, []).append(payment)
    return [_total(name, own) for name, own in by_payer.items()]


def whole(payments: Sequence[ApplicationPayment]) -> Total:
    return _total("", payments)


def _total(name: str, own: Sequence[ApplicationPayment]) -> Total:
    def kroner(*status: PaymentStatus) -> int:
        return sum(states.due(one) for one in own if one.status in status)

    promised, invoiced, paid = (kroner(status) for status in (states.PROMISED, states.INVOICED, states.PAID))
    return Total(name, len(own), sum(states.due(one) for one in own), promised, invoiced, paid)


def as_csv(payments: Sequence[ApplicationPayment]) -> bytes:
    """The bills' basis, a line each, for spreadsheets as they are set up in Denmark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for payment in payments:
        writer.writerow([_harmless(cell) for cell in _row(payment)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _row(payment: ApplicationPayment) -> list[object]:
    return [
        payment.reference,
        payment.municipality,
        payment.payer_name,
        payment.ean or "",
        payment.contact_name or "",
        payment.contact_phone or "",
        payment.contact_email or "",
        payment.payer_reference or "",
        payment.amount,
        payment.granted,
        states.due(payment),
        word(payment.status),
        *(day.isoformat() if day else "" for day in _days(payment)),
    ]


def _days(payment: ApplicationPayment) -> tuple[date | None, ...]:
    return payment.approved_on, payment.invoiced_on, payment.paid_on


def _harmless(cell: object) -> object:
    """A spreadsheet must not take a name or a telephone number for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINS_A_FORMULA) else cell


# What may be told to others


def figures(payments: Sequence[ApplicationPayment]) -> tuple[list[Figure], list[Figure]]:
    """People by municipality and by payer, none of fewer than five, and none that can be computed."""
    by_municipality = Counter(payment.municipality for payment in payments)
    by_payer = Counter(word(payment.payer) for payment in payments)
    return _told(by_municipality), _told(by_payer)


def _told(counts: Mapping[Any, int]) -> list[Figure]:
    part = suppression.part_of(counts)
    return [Figure(name, part.shown(name)) for name in sorted(counts)]


# What waits


def not_promised(session: Session, actor: Actor) -> TaskGroup:
    """For the coordinator's day: of those who have been offered a seat."""
    found = session.scalars(
        application_payments.visible_to(actor)
        .where(
            ApplicationPayment.status == PaymentStatus.OPEN,
            ApplicationPayment.application_id.in_(_whose(SEATED)),
        )
        .options(joinedload(ApplicationPayment.cohort))
        .order_by(ApplicationPayment.cohort_id, ApplicationPayment.reference)
    )
    tasks = [
        Task(
            f"{one.reference} · {one.payer_name}",
            f"/applications/{one.application_id}/payment",
            one.cohort.name,
            marks=_marks(one),
        )
        for one in found
    ]
    return group(
        "payments", _("Betalinger, der ikke er lovet"), _("Alle betalinger er lovet eller bortfaldet."), tasks
    )


def _marks(payment: ApplicationPayment) -> tuple[Mark, ...]:
    return (Mark(LACKS_EAN, "warn"),) if states.lacks_ean(payment) else ()


LACKS_EAN: Text = _("EAN-nummer mangler")
