"""What stands in an agreement with its amendments: the agreement as signed, and each amendment after it."""

from __future__ import annotations

from typing import TypedDict

from placements.pdf.agreement.values import Signature
from placements.pdf.agreement.values import Values as Agreement


class Changed(TypedDict):
    """Empty where nothing stood, or stands any more."""

    label: str
    before: str
    after: str


class Amendment(TypedDict):
    """`sent` is the day it was sent, `signed` says whether all have signed; then it is in force."""

    number: int
    kind: str
    sent: str
    signed: bool
    reason: str
    changes: list[Changed]
    signatures: list[Signature]


class Values(Agreement):
    """The agreement's own values stay as they were printed; `amended` is the newest amendment's number."""

    amended: int
    amendments: list[Amendment]
