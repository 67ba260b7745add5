"""The states of a diploma: issued; then reissued or revoked."""

from __future__ import annotations

from collections.abc import Iterable

from placements.models.diplomas import Diploma, DiplomaStatus


def is_valid(diploma: Diploma) -> bool:
    return diploma.status is DiplomaStatus.ISSUED


def standing(diplomas: Iterable[Diploma]) -> Diploma | None:
    """The one that counts among those of one person in one cohort."""
    return next((diploma for diploma in diplomas if is_valid(diploma)), None)
