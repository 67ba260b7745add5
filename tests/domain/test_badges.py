"""The places of badges in the public lists, and what anyone may be told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import badges
from placements.models.badges import BadgePlace
from placements.models.enrolments import Enrolment
from tests.factories import MOMENT, Factory


@pytest.fixture
def enrolment(make: Factory) -> Enrolment:
    return make.enrolment(make.cohort(make.programme("viborg")))


def test_places_are_drawn_from_the_next_list_when_one_is_half_full(
    session: Session, make: Factory, enrolment: Enrolment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(badges, "PLACES", 8)
    monkeypatch.setattr(badges, "FULL", 4)
    drawn = []
    for number in range(9):
        drawn.append(badges.draw_place(session))
        make.diploma(enrolment, f"UB-{number}", badge_index=drawn[-1])
    assert len(set(drawn)) == len(drawn)
    assert [badges.list_and_place(index)[0] for index in drawn] == [1] * 4 + [2] * 4 + [3]


def test_place_does_not_tell_in_which_order_badges_were_given(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(badges.secrets, "randbelow", lambda limit: asked.append(limit) or 5)
    assert (badges.draw_place(session), asked) == (5, [131_072])


def test_list_names_the_places_of_those_replaced_or_revoked(
    session: Session, make: Factory, enrolment: Enrolment
) -> None:
    make.diploma(enrolment, "UB-1", badge_index=10)
    make.diploma(enrolment, "UB-2", badge_index=20, status="revoked", ended_on=date(2025, 3, 1))
    make.diploma(enrolment, "UB-3", badge_index=30, status="reissued", ended_on=date(2025, 3, 1))
    make.diploma(enrolment, "UB-4", status="revoked", ended_on=date(2025, 3, 1))
    make.diploma(
        enrolment, "UB-5", badge_index=badges.PLACES + 4, status="revoked", ended_on=date(2025, 3, 1)
    )
    assert sorted(badges.no_longer_valid(session, 1) or []) == [20, 30]
    assert badges.no_longer_valid(session, 2) == [4]
    assert [badges.no_longer_valid(session, number) for number in (0, 3, 2**63 - 1)] == [None] * 3


def test_diploma_whose_badge_has_a_place_cannot_be_deleted(
    session: Session, make: Factory, enrolment: Enrolment
) -> None:
    """A revoked badge would hold again, and its place could be drawn for another."""
    diploma, without = make.diploma(enrolment, "UB-1"), make.diploma(enrolment, "UB-2")
    with writing():
        session.rollback()
        badges.give_place(session, diploma)
        session.commit()
    assert session.scalars(select(BadgePlace.place)).all() == [diploma.badge_index]
    with writing():
        session.rollback()
        session.delete(without)
        session.commit()
        session.delete(diploma)
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_keys_stay_published_with_the_newest_first(session: Session) -> None:
    for name in ("old", "middle", "old", "new"):
        badges.publish(session, name, {"x": name}, now=MOMENT)
    assert badges.earlier_keys(session, "new") == [{"x": "middle"}, {"x": "old"}]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Viborg Kommune", "viborg-kommune"),
        ("Peer-Uddannelsen i Region Østdanmark", "peer-uddannelsen-i-region-oestdanmark"),
        ("Ærø & Århus", "aeroe-aarhus"),
        ("Ñandú", "nandu"),
        ("漢", "-"),
    ],
)
def test_slug_is_made_of_the_organisers_name(name: str, slug: str) -> None:
    assert badges.slug_of(name) == slug


def test_only_what_a_badge_was_given_for_is_told(
    session: Session, make: Factory, enrolment: Enrolment
) -> None:
    diploma = make.diploma(enrolment, issuer="Recovery-skolen")
    assert badges.issuer_called(session, "recovery-skolen") is None
    assert badges.programme_of(session, "viborg") is None
    diploma.badge_index = 3
    make.keep(diploma)
    assert badges.issuer_called(session, "recovery-skolen") == "Recovery-skolen"
    assert badges.programme_of(session, "viborg") is enrolment.cohort.programme
    assert badges.issuer_called(session, "another") is None
