"""The states of an application: which answer leads where, and what each means for a seat."""

from __future__ import annotations

from placements.domain.rules import moves
from placements.i18n import _
from placements.models.application_decisions import DecisionKind
from placements.models.applications import Application, ApplicationStatus

S = ApplicationStatus

TRANSITIONS = moves(
    submit=((S.DRAFT,), S.SUBMITTED),
    offer=((S.SUBMITTED, S.WAITING), S.OFFERED),
    wait=((S.SUBMITTED, S.WAITING), S.WAITING),
    reject=((S.SUBMITTED, S.WAITING), S.REJECTED),
    next_year=((S.SUBMITTED, S.WAITING), S.NEXT_YEAR),
    accept=((S.OFFERED,), S.ACCEPTED),
    decline=((S.OFFERED,), S.DECLINED),
    lapse=((S.OFFERED,), S.DECLINED),
)
"""Withdrawing is no state: it deletes (`applications.withdraw`)."""

VERB_OF = {
    DecisionKind.OFFER: "offer",
    DecisionKind.WAITING_LIST: "wait",
    DecisionKind.REJECTION: "reject",
    DecisionKind.NEXT_YEAR: "next_year",
}
"""What sending a decision does to the application."""

SENT = tuple(state for state in S if state is not S.DRAFT)
"""What those who read applications can meet: a draft is the applicant's own."""

TO_BE_ANSWERED = frozenset({S.SUBMITTED})
DECIDABLE = TO_BE_ANSWERED | {S.WAITING}
"""Can be given an answer, or another one."""

HOLDING = frozenset({S.OFFERED})
"""Holds a seat until it is answered. Who has said yes holds it as a participant."""

IN_LINE = frozenset({S.WAITING})

ANSWERED = _("Ansøgningen har fået sit svar, så det kan ikke ændres her.")
NO_OFFER = _("Der er ikke et tilbud om en plads at svare på.")


def is_decidable(application: Application) -> bool:
    return application.status in DECIDABLE


def is_offered(application: Application) -> bool:
    return application.status in HOLDING


def has_accepted(application: Application) -> bool:
    return application.status is S.ACCEPTED


def has_declined(application: Application) -> bool:
    return application.status is S.DECLINED
