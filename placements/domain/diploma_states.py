"""The states of a diploma or certificate: issued; then replaced by another, or revoked.

Whoever has a diploma needs no certificate, but a certificate is no hindrance to a diploma: it stays true.
"""

from __future__ import annotations

from collections.abc import Iterable

from placements.domain.rules import moves
from placements.models.diplomas import Diploma, DiplomaKind, DiplomaStatus

S = DiplomaStatus

TRANSITIONS = moves(
    reissue=((S.ISSUED,), S.REISSUED),
    revoke=((S.ISSUED,), S.REVOKED),
)


def is_valid(diploma: Diploma) -> bool:
    return diploma.status is S.ISSUED


def is_replaced(diploma: Diploma) -> bool:
    return diploma.status is S.REISSUED


def is_certificate(diploma: Diploma) -> bool:
    return diploma.kind is DiplomaKind.CERTIFICATE


def standing(diplomas: Iterable[Diploma]) -> Diploma | None:
    """The diploma that counts among what one person was given in one cohort."""
    return next((one for one in diplomas if is_valid(one) and not is_certificate(one)), None)


def standing_certificate(diplomas: Iterable[Diploma]) -> Diploma | None:
    return next((one for one in diplomas if is_valid(one) and is_certificate(one)), None)
