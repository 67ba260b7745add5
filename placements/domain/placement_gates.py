"""What must be in place before a placement moves on. Each list is the checklist, the refusal and the test."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from placements.domain import (
    agreement_states,
    completion,
    enrolments,
    offers,
    placement_days,
    signatures,
    student_answer_states,
)
from placements.domain.placement_states import MOVABLE, onward_verb
from placements.domain.rules import Requirement, Unmet
from placements.i18n import _
from placements.models.agreements import Party
from placements.models.completion import CompletionRule
from placements.models.placements import Placement

SIGNED = {
    Party.STUDENT: _("Den studerende har underskrevet"),
    Party.HOST: _("Praktikværten har underskrevet"),
    Party.COORDINATOR: _("Koordinatoren har underskrevet"),
    Party.EMPLOYEE_REPRESENTATIVE: _("Medarbejderrepræsentanten har underskrevet"),
}


def unmet(checks: list[Requirement]) -> list[Unmet]:
    return [check for check in checks if not check.met]


def checks_for_propose(session: Session, placement: Placement) -> list[Requirement]:
    offer = placement.offer
    return [
        Requirement(
            "enrolment", _("Den studerende er aktiv på holdet"), enrolments.is_active(placement.enrolment)
        ),
        Requirement("offer", _("Praktikpladsen er åben"), offer is None or offers.is_open(offer)),
        Requirement("legal_basis", _("Retsgrundlaget er valgt"), placement.legal_basis is not None),
    ]


def checks_for_accept(session: Session, placement: Placement) -> list[Requirement]:
    """A host needs nothing but the question."""
    return []


def _signatures_of(session: Session, placement: Placement) -> tuple[bool, frozenset[Party]]:
    """Whether the newest version of the agreement has been sent, and who has signed it."""
    agreement = agreement_states.of_placement(session, placement.id)
    if agreement is None:
        return False, frozenset()
    version = agreement.current
    sent = not agreement_states.is_draft(version)
    return sent, frozenset(signature.party for signature in version.signatures)


def checks_for_agreement(session: Session, placement: Placement) -> list[Requirement]:
    """What stands between a yes and an agreement signed by everybody."""
    sent, signed = _signatures_of(session, placement)
    answer = student_answer_states.of_placement(session, placement.id)
    wanted = student_answer_states.is_yes(answer) or Party.STUDENT in signed
    return [
        Requirement("student", _("Den studerende har sagt ja til pladsen"), wanted),
        Requirement("supervisor", _("Praktikvejlederen er valgt"), placement.supervisor_id is not None),
        Requirement("agreement", _("Aftalen er skrevet og sendt til underskrift"), sent),
        *(
            Requirement(f"signed_{party.value}", SIGNED[party], party in signed)
            for party in signatures.expected(placement)
        ),
    ]


def checks_for_start(session: Session, placement: Placement, *, today: date) -> list[Requirement]:
    """What was agreed may have changed since all had signed: then they sign once more first."""
    agreement = agreement_states.of_placement(session, placement.id)
    changed = agreement is not None and not agreement_states.is_signed(agreement.current)
    return [
        Requirement("agreed", _("Aftalen er underskrevet"), placement.status not in MOVABLE and not changed),
        Requirement(
            "first_day",
            _("Første dag er nået (%(day)s)", day=placement.starts_on),
            today >= placement.starts_on,
        ),
    ]


def checks_for_complete(session: Session, placement: Placement, *, today: date) -> list[Requirement]:
    """The last day is reached and the follow-up days are registered (V-06)."""
    programme = placement.cohort.programme
    attended = placement_days.attended(session, placement)
    excepted = completion.is_excepted(session, placement.enrolment, CompletionRule.FOLLOW_UP_DAYS)
    return [
        *([] if programme.practicum_weeks else [Requirement("practicum", _("Uddannelsen har praktik"))]),
        Requirement(
            "last_day", _("Sidste dag er nået (%(day)s)", day=placement.ends_on), today >= placement.ends_on
        ),
        *(
            Requirement(
                f"follow_up_{number}",
                _("Var med til %(number)s. opfølgningsdag eller havde lovligt fravær", number=number),
                excepted or number in attended,
            )
            for number in range(1, programme.follow_up_days + 1)
        ),
    ]


def next_gate(session: Session, placement: Placement, *, today: date) -> tuple[str, list[Requirement]]:
    """The verb that carries the placement on, and what it asks for; no verb when it has ended."""
    gates = {
        "propose": lambda: checks_for_propose(session, placement),
        "accept": lambda: checks_for_accept(session, placement),
        "agree": lambda: checks_for_agreement(session, placement),
        "start": lambda: checks_for_start(session, placement, today=today),
        "complete": lambda: checks_for_complete(session, placement, today=today),
    }
    verb = onward_verb(placement)
    return (verb, gates[verb]()) if verb else ("", [])
