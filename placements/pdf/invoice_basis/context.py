"""The invoice basis (fakturagrundlag): who pays, where the bill goes, and how much (V-09, D-07)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stdnum import ean as stdnum_ean

from placements.formatting import kroner, long_date
from placements.i18n import Text, _
from placements.pdf._letter.values import Contact
from placements.pdf.invoice_basis.examples import EMPTY, SAMPLE, WORST
from placements.pdf.invoice_basis.values import Line, Status, Values
from placements.pdf.language import said

__all__ = ["EMPTY", "FILENAME", "SAMPLE", "WORST", "build"]

FILENAME = "fakturagrundlag-{reference}.pdf"
_EAN_DIGITS = 13

STATUSES: dict[Status, Text] = {
    "promised": _("Lovet, ikke sendt endnu"),
    "invoiced": _("Regningen er sendt"),
    "paid": _("Betalt"),
    "waived": _("Bortfaldet, der skal ikke betales"),
}


def build(
    *,
    reference: str,
    issuer: str,
    sender: str,
    recipient: Sequence[str],
    payer: str,
    ean: str,
    payer_contact: Sequence[str],
    lines: Sequence[tuple[str, int]],
    status: Status,
    contact: Contact,
    on: date,
    payer_reference: str = "",
    due_on: date | None = None,
    vat_note: str = "",
    locale: str = "da",
) -> Values:
    """`reference` tells nothing and is the number of the basis; `lines` are text and kroner.

    `payer_contact` is a name, with telephone and mail; `vat_note` is what the organiser says about VAT.
    """
    digits = ean.replace(" ", "")
    values: Values = {
        "dated": on.isoformat(),
        "day": long_date(on, locale=locale),
        "issuer": issuer,
        "sender": sender,
        "recipient": list(recipient),
        "reference": reference,
        "contact": contact,
        "payer": payer,
        "ean": digits,
        "ean_is_right": len(digits) == _EAN_DIGITS and stdnum_ean.is_valid(digits),
        "payer_contact": list(payer_contact),
        "payer_reference": payer_reference,
        "status": STATUSES[status],
        "due": long_date(due_on, locale=locale) if due_on else "",
        "lines": [Line(text=text, amount=kroner(amount, locale=locale)) for text, amount in lines],
        "total": kroner(sum(amount for _text, amount in lines), locale=locale),
        "vat_note": vat_note,
    }
    return said(values, locale)  # type: ignore[no-any-return]
