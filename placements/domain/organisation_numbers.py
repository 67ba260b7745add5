"""CVR and EAN numbers, checked by their check digits, and who in our own register has one already."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from stdnum import ean as stdnum_ean
from stdnum.dk import cvr as stdnum_cvr

from placements.db import one_at_a_time
from placements.domain.rules import RuleBroken
from placements.i18n import _
from placements.models.hosts import Organisation

EAN_DIGITS = 13


def _digits(typed: str) -> str:
    """Without the spaces, points and letters that people write a number with."""
    return typed.upper().replace("DK", "").replace(" ", "").replace(".", "").replace("-", "")


def is_cvr(typed: str) -> bool:
    return bool(stdnum_cvr.is_valid(_digits(typed)))


def checked_cvr(typed: str | None) -> str | None:
    """The eight digits. Raises `RuleBroken` at `cvr`."""
    if not typed:
        return None
    if not is_cvr(typed):
        raise RuleBroken(
            _("CVR-nummeret passer ikke: det har 8 cifre, der passer sammen. Se efter igen."),
            field="cvr",
        )
    return _digits(typed)


def checked_ean(typed: str | None) -> str | None:
    """The thirteen digits (GLN). Raises `RuleBroken` at `ean`."""
    if not typed:
        return None
    digits = _digits(typed)
    if len(digits) != EAN_DIGITS or not stdnum_ean.is_valid(digits):
        raise RuleBroken(
            _("EAN-nummeret passer ikke: det har 13 cifre, der passer sammen. Se efter igen."),
            field="ean",
        )
    return digits


def with_cvr(session: Session, typed: str) -> Organisation | None:
    """The organisation that has this number already, however it is written."""
    if not is_cvr(typed):
        return None
    found: Organisation | None = session.scalars(
        select(Organisation).where(Organisation.cvr == _digits(typed)).order_by(Organisation.id).limit(1)
    ).first()
    return found


def set_numbers(
    session: Session, organisation: Organisation, *, cvr: str | None, ean: str | None, today: date
) -> None:
    """Each CVR number belongs to one organisation of ours."""
    cvr, ean = checked_cvr(cvr), checked_ean(ean)
    if cvr and cvr != organisation.cvr:
        one_at_a_time(session, f"cvr {cvr}")
        taken = with_cvr(session, cvr)
        if taken is not None and taken is not organisation:
            raise RuleBroken(
                _(
                    "%(name)s har allerede det CVR-nummer. Brug den organisation, eller ret nummeret.",
                    name=taken.name_on(today),
                ),
                field="cvr",
            )
    organisation.cvr, organisation.ean = cvr, ean
