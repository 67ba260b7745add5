"""What a bill is written from, as plain values: never what the course is about (D-07)."""

from __future__ import annotations

from typing import Literal, TypedDict

from placements.pdf._letter.values import Letter

Status = Literal["promised", "invoiced", "paid", "waived"]


class Line(TypedDict):
    text: str
    amount: str


class Values(Letter):
    """`ean` has thirteen digits, or is empty; `vat_note` is a whole sentence, or empty."""

    payer: str
    ean: str
    ean_is_right: bool
    payer_contact: list[str]
    payer_reference: str
    status: str
    due: str
    lines: list[Line]
    total: str
    vat_note: str
