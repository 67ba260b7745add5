"""`flask seed-load`: many placements that could have been, past the rules but not past the database's own."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from placements.db import db, writing
from placements.domain import board
from placements.domain.actors import Actor
from placements.domain.board import Filter
from placements.models.follow_up_days import FollowUpDay
from placements.models.network_groups import NetworkGroup
from placements.models.placements import Placement
from placements.models.users import User
from placements.synthetic import fill
from tests.factories import Factory

TODAY = date(2025, 2, 3)


def load(placements: int) -> int:
    with writing(), db.engine.begin() as connection:
        return fill(connection, placements, today=TODAY)


def count(session: Session, model: type[object]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_fill_adds_that_many_placements_and_their_people(session: Session) -> None:
    assert load(120) == 120
    assert (count(session, Placement), count(session, User)) == (120, 120)
    assert count(session, FollowUpDay) == 2 * count(session, NetworkGroup) > 0


def test_fill_adds_to_what_is_there(make: Factory, session: Session) -> None:
    kept = make.placement()
    load(40)
    load(40)
    assert count(session, Placement) == 81
    assert make.placement().id == 82
    assert session.get_one(Placement, kept.id).student_name.startswith("Stine Studerende")


def test_fill_breaks_no_reference(app: Flask, session: Session) -> None:
    load(60)
    if session.get_bind().dialect.name == "sqlite":
        assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_filled_placements_are_found_and_new_ones_too(make: Factory, session: Session) -> None:
    load(60)
    everybody = Actor(id=1, programme_ids=frozenset({1, 2}))
    name = session.scalars(select(Placement.student_name).limit(1)).one()
    found = board.page(session, everybody, Filter(words=tuple(name.lower().split())), today=TODAY)
    assert name in [row.student for row in found.rows]
    added = make.placement(search_text="xenia quist")
    alone = Actor(id=1, programme_ids=frozenset({added.programme_id}))
    assert board.count(session, alone, Filter(words=("xenia",))) == 1
    assert board.count(session, everybody, Filter(words=("xenia",))) == 0
