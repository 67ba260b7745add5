"""Looks at what is need-to-know: written once each, told newest first, kept apart by record."""

from __future__ import annotations

from datetime import timedelta

from placements.db import writing
from placements.domain import looks
from tests.factories import MOMENT, Factory, actor_for


def test_looks_are_told_newest_first_and_of_this_record_alone(make: Factory) -> None:
    karen, bo = make.user("Karen"), make.user("Bo")
    later = MOMENT + timedelta(hours=1)
    with writing():
        looks.note(make.session, actor_for(karen), "concern", 7, at=MOMENT)
        looks.note(make.session, actor_for(bo), "concern", 7, at=later)
        looks.note(make.session, actor_for(bo), "concern", 8, at=later)
        looks.note(make.session, actor_for(bo), "wishes", 7, at=later)
        make.session.commit()
    told = [(entry.name, entry.at) for entry in looks.of(make.session, "concern", 7)]
    assert told == [("Bo", later), ("Karen", MOMENT)]
