"""Is it genuine? Told to whoever holds the code; who guesses is stopped, whatever process answers."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.domain import diplomas
from placements.domain.rules import TooOften
from placements.i18n import _
from placements.models.diplomas import Diploma
from placements.models.verify import WrongCode

WINDOW = timedelta(minutes=15)
WRONG_CODES = 20
"""A whole workplace may share one address, and people mistype."""

TOO_MANY = _("Der er skrevet mange forkerte koder herfra på kort tid. Vent et kvarter, og prøv igen.")


def network(address: str) -> str:
    """The network somebody asks from: one address, or with IPv6 the 64 bits that one household has."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(known if known.version == 4 else ip_network((known, 64), strict=False))


def look_up(session: Session, code: str, *, address: str, now: datetime) -> Diploma | None:
    """The diploma with this code. Raises `TooOften`, also for a right code, after many wrong ones."""
    key = hashlib.sha256(network(address).encode()).hexdigest()
    one_at_a_time(session, f"wrong code {key}")
    tried = select(func.count(WrongCode.id)).where(
        WrongCode.address_hash == key, WrongCode.tried_at > now - WINDOW
    )
    if session.execute(tried).scalar_one() >= WRONG_CODES:
        raise TooOften(TOO_MANY)
    diploma = diplomas.by_code(session, code)
    if diploma is None:
        session.execute(delete(WrongCode).where(WrongCode.tried_at <= now - WINDOW))
        session.add(WrongCode(address_hash=key, tried_at=now))
    return diploma
