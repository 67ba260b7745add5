"""Asks the applicant's own municipality to pay (V-09), and does not say what the course is about (D-07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements import formatting
from placements.formatting import full_date, kroner, long_date
from placements.pdf._letter.values import Contact
from placements.pdf.municipality_letter.examples import EMPTY, SAMPLE, WORST
from placements.pdf.municipality_letter.values import Values

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "betaling-{reference}.pdf"


def build(
    *,
    reference: str,
    issuer: str,
    sender: str,
    recipient: Sequence[str],
    municipality: str,
    applicant: str,
    starts_on: date,
    ends_on: date,
    amount: int,
    contact: Contact,
    on: date,
    answer_by: date | None = None,
    free_place_in: str = "",
    locale: str = "da",
) -> Values:
    """`reference` tells nothing; `issuer` and `sender` are the authority's name, not the programme's.

    `amount` is in kroner. Whoever calls this gives no title of the programme and no reason: there is no room
    for either.
    """
    return {
        "dated": on.isoformat(),
        "day": long_date(on, locale=locale),
        "issuer": issuer,
        "sender": sender,
        "recipient": list(recipient),
        "reference": reference,
        "contact": contact,
        "municipality": municipality,
        "applicant": applicant,
        "period": formatting.period(starts_on, ends_on, locale=locale),
        "amount": kroner(amount, locale=locale),
        "answer_by": full_date(answer_by, locale=locale) if answer_by else "",
        "free_place_in": free_place_in,
    }
