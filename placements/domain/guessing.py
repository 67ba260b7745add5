"""Who guesses codes or links is stopped, whatever process answers: wrong ones are counted by network."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain.rules import TooOften
from placements.i18n import _
from placements.models.verify import WrongCode

T = TypeVar("T")

WINDOW = timedelta(minutes=15)
WRONG_CODES = 20
"""A whole workplace may share one address, and people mistype."""

TOO_MANY = _(
    "Der er prøvet mange forkerte koder, links eller filer herfra på kort tid. Vent et kvarter, og prøv igen."
)


def network(address: str) -> str:
    """The network somebody asks from: one address, or with IPv6 the 64 bits that one household has."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(known if known.version == 4 else ip_network((known, 64), strict=False))


def looked_up(session: Session, find: Callable[[], T | None], *, address: str, now: datetime) -> T | None:
    """What is found by a secret. Raises `TooOften`, also for a right one, after many wrong ones."""
    key = hashlib.sha256(network(address).encode()).hexdigest()
    one_at_a_time(session, f"wrong code {key}")
    tried = select(func.count(WrongCode.id)).where(
        WrongCode.address_hash == key, WrongCode.tried_at > now - WINDOW
    )
    if session.execute(tried).scalar_one() >= WRONG_CODES:
        raise TooOften(TOO_MANY)
    found = find()
    if found is None:
        session.execute(delete(WrongCode).where(WrongCode.tried_at <= now - WINDOW))
        session.add(WrongCode(address_hash=key, tried_at=now))
    return found
