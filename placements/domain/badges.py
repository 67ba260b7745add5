"""Badges (Open Badges): a place for each in a public list, and what anyone may be told about those given.

A list says which places no longer hold, and nothing of whose they are: places are drawn by lot among many.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from placements.db import one_at_a_time
from placements.models.badges import BadgeKey, BadgePlace
from placements.models.cohorts import Cohort
from placements.models.diplomas import Diploma
from placements.models.enrolments import Enrolment
from placements.models.programmes import Programme

PLACES = 131_072
"""In each list: the least that W3C's Bitstring Status List allows."""
FULL = PLACES // 2
"""A list that is half full is drawn from no more, so that a free place is found quickly."""
MOST_LISTS = 9999

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def draw_place(session: Session) -> int:
    """A place that nobody has, counted through all lists."""
    one_at_a_time(session, "places of badges")
    given = session.scalar(select(func.count(Diploma.badge_index))) or 0
    first = given // FULL * PLACES
    while True:
        drawn = first + secrets.randbelow(PLACES)
        if not session.scalar(select(exists().where(Diploma.badge_index == drawn))):
            return drawn


def give_place(session: Session, diploma: Diploma) -> None:
    """For good: kept by itself too, so that nobody can delete the diploma and with it its revocation."""
    diploma.badge_index = draw_place(session)
    session.add(BadgePlace(place=diploma.badge_index, diploma=diploma))


def list_and_place(index: int) -> tuple[int, int]:
    """The number of its list, from 1, and its place there, from 0."""
    return index // PLACES + 1, index % PLACES


def no_longer_valid(session: Session, number: int) -> list[int] | None:
    """The places in a list of those replaced or revoked; None when no badge points at it."""
    if not 1 <= number <= MOST_LISTS:
        return None
    first = (number - 1) * PLACES
    within = Diploma.badge_index.between(first, first + PLACES - 1)
    if not session.scalar(select(exists().where(within))):
        return None
    over = select(Diploma.badge_index).where(within, Diploma.ended_on.is_not(None))
    return [index - first for index in session.scalars(over) if index is not None]


# Keys


def publish(session: Session, thumbprint: str, jwk: Mapping[str, Any], *, now: datetime) -> None:
    """A key that signs is published for good."""
    known = select(BadgeKey.id).where(BadgeKey.thumbprint == thumbprint)
    if session.scalar(known) is not None:
        return
    one_at_a_time(session, f"key of badges {thumbprint}")
    if session.scalar(known) is None:
        session.add(BadgeKey(thumbprint=thumbprint, jwk=dict(jwk), first_used_at=now))
        session.flush()


def earlier_keys(session: Session, thumbprint: str) -> list[dict[str, Any]]:
    """All but this one, the newest first."""
    found = select(BadgeKey.jwk).where(BadgeKey.thumbprint != thumbprint).order_by(BadgeKey.id.desc())
    return list(session.scalars(found))


# Issuers and achievements


def slug_of(issuer: str) -> str:
    """Viborg Kommune: viborg-kommune."""
    plain = unicodedata.normalize("NFKD", issuer.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "-"


def issuer_called(session: Session, slug: str) -> str | None:
    """The name of an organiser that has given a badge, as it was called then."""
    names = session.scalars(select(Diploma.issuer).where(Diploma.badge_index.is_not(None)).distinct())
    return next((name for name in sorted(names) if slug_of(name) == slug), None)


def programme_of(session: Session, slug: str) -> Programme | None:
    """A programme that a badge was given for."""
    given = (
        select(Cohort.programme_id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .join(Diploma, Diploma.enrolment_id == Enrolment.id)
        .where(Diploma.badge_index.is_not(None))
    )
    return session.scalar(select(Programme).where(Programme.slug == slug, Programme.id.in_(given)))
