"""Asking whether a diploma is genuine: who guesses is stopped, across processes, and learns nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import guessing, verify
from placements.domain.rules import TooOften
from placements.models.diplomas import Diploma
from placements.models.verify import WrongCode
from tests.factories import Factory

NOW = datetime(2025, 2, 3, 9, 0, tzinfo=UTC)
HERE = "192.0.2.7"
CODE = "K7QM3WXR9TDA2345"


@pytest.fixture
def diploma(make: Factory) -> Diploma:
    return make.diploma(make.enrolment(make.cohort()), code=CODE)


def tries(session: Session, number: int, *, address: str = HERE, at: datetime = NOW) -> None:
    for _try in range(number):
        assert verify.look_up(session, "WRONG", address=address, now=at) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_one_household_is_one_network(address: str, network: str) -> None:
    assert guessing.network(address) == network


def test_right_codes_are_not_counted(session: Session, diploma: Diploma) -> None:
    told = replace(verify.of_diploma(diploma), by_code=True)
    for _look in range(guessing.WRONG_CODES + 5):
        assert verify.look_up(session, "k7qm 3wxr-9tda 2345", address=HERE, now=NOW) == told


def test_after_many_wrong_codes_the_right_one_is_not_told_either(session: Session, diploma: Diploma) -> None:
    told = replace(verify.of_diploma(diploma), by_code=True)
    tries(session, guessing.WRONG_CODES - 1)
    assert verify.look_up(session, CODE, address=HERE, now=NOW) == told
    tries(session, 1)
    with pytest.raises(TooOften, match="Vent et kvarter"):
        verify.look_up(session, CODE, address=HERE, now=NOW)
    assert verify.look_up(session, CODE, address="192.0.2.8", now=NOW) == told
    assert verify.look_up(session, CODE, address=HERE, now=NOW + guessing.WINDOW) == told


def test_old_tries_are_forgotten(session: Session) -> None:
    tries(session, 3)
    tries(session, 1, address="192.0.2.8", at=NOW + guessing.WINDOW + timedelta(seconds=1))
    assert session.scalar(select(func.count(WrongCode.id))) == 1


def test_many_at_once_get_no_more_tries_than_one(app: Flask, session: Session) -> None:
    """The count is the database's, so it holds for several processes as for several threads."""
    with writing():
        session.rollback()
        tries(session, guessing.WRONG_CODES - 3)
        session.commit()

    def guess(_number: int) -> bool:
        with app.app_context(), writing():
            try:
                verify.look_up(db.session(), "WRONG", address=HERE, now=NOW)
                db.session.commit()
            except TooOften:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(guess, range(6))) == 3
