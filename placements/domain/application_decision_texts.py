"""The two texts of a decision that are about somebody: the reasons and the letter. Both are encrypted."""

from __future__ import annotations

import secrets

from placements import encryption
from placements.models.application_decisions import ApplicationDecision


def reasons(decision: ApplicationDecision) -> str:
    return encryption.show(decision.reasons, _place(decision, "reasons")) if decision.reasons else ""


def write_reasons(decision: ApplicationDecision, text: str) -> None:
    decision.reasons = encryption.hide(text, _place(decision, "reasons")) if text else None


def letter(decision: ApplicationDecision) -> str:
    """As it was sent; empty before that."""
    return encryption.show(decision.letter, _place(decision, "letter")) if decision.letter else ""


def write_letter(decision: ApplicationDecision, text: str) -> None:
    decision.letter = encryption.hide(text, _place(decision, "letter"))


def new_uid() -> str:
    """Needed before the row is written."""
    return secrets.token_hex(16)


def _place(decision: ApplicationDecision, column: str) -> str:
    return f"application_decision.{column}.{decision.uid}"
