"""Applications as people have written them, for tests/factories.py."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from placements import addresses
from placements.domain import (
    application_answers,
    application_decision_texts,
    application_payment_start,
    residence,
)
from placements.domain.application_answers import Answers
from placements.models.application_decisions import ApplicationDecision, DecisionKind
from placements.models.application_payments import ApplicationPayment, InvoiceSender
from placements.models.applications import Application, ApplicationStatus
from placements.models.cohorts import Cohort, KeyDate, KeyDateKind
from placements.models.programmes import Criterion, CriterionKind, FeePayer, FeeWhen, Programme

R = TypeVar("R")
OPENS, CLOSES = datetime(2025, 1, 20, 11, 0, tzinfo=UTC), datetime(2025, 2, 10, 7, 0, tzinfo=UTC)
"""20 January 2025 at noon and 10 February at 8, in Copenhagen; the tests' clock stands on 3 February."""


class Makes(Protocol):
    session: Session

    def keep(self, record: R) -> R: ...
    def cohort(self, programme: Programme | None = ..., **values: Any) -> Cohort: ...


class ApplicationRecords:
    def criterion(
        self: Makes, programme: Programme, key: str, kind: CriterionKind = CriterionKind.REVIEWED
    ) -> Criterion:
        position = len(programme.criteria) + 1
        made = Criterion(position=position, key=key, kind=kind, text=f"Kravet om {key}.")
        programme.criteria.append(made)
        return self.keep(made)

    def window(self: Makes, cohort: Cohort, opens: datetime = OPENS, closes: datetime = CLOSES) -> Cohort:
        """The cohort takes applications between these moments."""
        dates = {KeyDateKind.APPLICATIONS_OPEN: opens, KeyDateKind.APPLICATION_DEADLINE: closes}
        cohort.key_dates += [KeyDate(kind=kind, starts_at=at) for kind, at in dates.items()]
        return self.keep(cohort)

    def decision(
        self: Makes, application: Application, kind: str = "offer", *, reasons: str = "", **values: Any
    ) -> ApplicationDecision:
        """Prepared; with `sent_at` the applicant has it, and `application.status` is the caller's to set."""
        defaults = {"uid": secrets.token_hex(16), "prepared_at": OPENS, "prepared_by": "Karen Koordinator"}
        kinds = {"application": application, "kind": DecisionKind(kind)}
        made = ApplicationDecision(**(defaults | kinds | values))
        application_decision_texts.write_reasons(made, reasons)
        if made.sent_at:
            application_decision_texts.write_letter(made, f"Et brev om {kind}.")
        return self.keep(made)

    def application(self: Makes, cohort: Cohort, name: str = "Asta Ager", **values: Any) -> Application:
        """Submitted, all said; `answers` changes some of it. Its criteria must be made before."""
        said = {
            "email": f"{secrets.token_hex(4)}@example.org",
            "phone": "20 30 40 50",
            "born_on": date(1990, 5, 4),
            "municipality": "Viborg",
            "declared": {one.key: True for one in cohort.programme.criteria},
            "written": {one.key: f"{name} skriver om {one.key}." for one in cohort.programme.criteria},
        } | values.pop("answers", {})
        answers = Answers(name=name, **said)
        defaults = {
            "uid": secrets.token_hex(16),
            "cohort": cohort,
            "status": ApplicationStatus.SUBMITTED,
            "reference": f"2025-{secrets.token_hex(3)}",
            "email_key": addresses.key_of(answers.email),
            "municipality": answers.municipality,
            "residence": residence.of(cohort.programme, answers.municipality, on=cohort.starts_on),
            "started_at": OPENS,
            "submitted_at": OPENS,
        }
        made = Application(**(defaults | values))
        application_answers.write(made, answers)
        return self.keep(made)

    def fee(self: Makes, programme: Programme, **values: Any) -> Programme:
        """As in V-09: those who live elsewhere are paid for by their municipality."""
        asked = {
            "home_municipalities": ["Viborg", "Randers", "Aarhus"],
            "region": "Region Midtjylland",
            "fee_payer": FeePayer.MUNICIPALITY,
            "fee_amount": 14_000,
            "fee_when": FeeWhen.NOT_HOME,
            "fee_waivers": ["friplads", "tilskud"],
        }
        for name, value in (asked | values).items():
            setattr(programme, name, value)
        return self.keep(programme)

    def payment(self: Makes, application: Application, **values: Any) -> ApplicationPayment:
        """As it begins with what the applicant said; the programme must ask for a fee."""
        made = application_payment_start.begin(self.session, application)
        assert made is not None
        for name, value in values.items():
            setattr(made, name, value)
        return self.keep(made)

    def invoice_sender(self: Makes, programme: Programme, **values: Any) -> InvoiceSender:
        defaults = {
            "name": "Viborg Kommune",
            "cvr": "29189846",
            "ean": "5790000000005",
            "street": "Prinsens Alle 5",
            "postal_code": "8800",
            "city": "Viborg",
            "bank_registration": "0400",
            "bank_account": "4025123456",
            "contact_name": "Mette Holm",
            "contact_phone": "87 87 40 10",
            "contact_email": "mette.holm@example.org",
            "days_to_pay": 30,
        }
        return self.keep(InvoiceSender(programme=programme, **(defaults | values)))
