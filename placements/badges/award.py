"""What a badge says, as plain values: nothing that is not on the paper, and less than the paper says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Award:
    """`issuer` is what it was called that day. `place` is its own in the list numbered `status_list`."""

    number: str
    issued_on: date
    person: str
    issuer: str
    issuer_slug: str
    programme: str
    programme_slug: str
    aim: str
    criteria: str
    status_list: int
    place: int
