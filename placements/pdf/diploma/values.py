"""What stands on a diploma, as plain values. Never a diagnosis, a percentage, a benefit or a CPR number."""

from __future__ import annotations

from typing import TypedDict

STAMPED = (
    "number",
    "code",
    "verify_url",
    "dated",
    "person",
    "period",
    "practicum.period",
    "practicum.unit",
    "practicum.organisation",
    "practicum.supervisor",
    "follow_up_days",
    "place_and_date",
    "signatures.name",
    "signatures.title",
)
"""What may differ among many diplomas of one layout: stamped, not laid out each time. Each face that these
are set in makes a file 14 kB larger, so what is nearly always the same (hours, weeks) is not among them."""


class Practicum(TypedDict):
    """Without a unit the place is left out."""

    weeks: str
    period: str
    unit: str
    organisation: str
    supervisor: str


class Signature(TypedDict):
    name: str
    title: str


class Proof(TypedDict):
    """The code as people type it, the page that opens with it, and what a person types to get there."""

    code: str
    verify_url: str
    verify_address: str


class Values(TypedDict):
    """`dated` is ISO (2025-04-11); other texts stand on paper as they are, and what is empty is left out.

    `theory_hours` are whole hours (78), or the time in words (71 timer 20 min.).
    """

    heading: str
    accent: str
    number: str
    code: str
    verify_url: str
    verify_address: str
    dated: str
    issuer: str
    programme: str
    person: str
    period: str
    aim: str
    theory_hours: str
    modules: list[str]
    practicum: Practicum | None
    follow_up_days: list[str]
    completion: str
    place_and_date: str
    signatures: list[Signature]
