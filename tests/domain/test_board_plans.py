"""SQLite reads each page of the board from an index, in order, without statistics to guide it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from placements import create_app
from placements.db import db
from placements.domain import board
from placements.domain.actors import Actor
from placements.domain.board import Filter
from placements.models.hosts import Sector
from placements.models.placements import PlacementStatus

TODAY = date(2025, 2, 3)
ONE, TWO = Actor(id=1, programme_ids=frozenset({1})), Actor(id=1, programme_ids=frozenset({1, 2}))
BOTH = {"sector": Sector.REGIONAL, "status": PlacementStatus.ACTIVE}

Plan = Callable[[Actor, Filter], list[str]]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """What SQLite says it would do for a page, whichever database the other tests run on."""
    folder = tmp_path_factory.mktemp("plans")
    url = f"sqlite:///{folder / 'plans.db'}"
    app = create_app({"TESTING": True, "INSTANCE": folder, "SECRET_KEY": "s", "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        db.create_all()
        session = db.session()
        yield _explaining(session)
        session.rollback()
        db.engine.dispose()


def _explaining(session: Session) -> Plan:
    def explained(actor: Actor, wanted: Filter) -> list[str]:
        asked: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            asked.append((statement, parameters))

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            board.page(session, actor, wanted, today=TODAY)
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        statement, parameters = asked[-1]
        rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in rows]

    return explained


@pytest.mark.parametrize("actor", [ONE, TWO], ids=["one programme", "two programmes"])
@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["start", "student", "status"])
@pytest.mark.parametrize(
    "values",
    [{}, {"sector": Sector.REGIONAL}, {"status": PlacementStatus.ACTIVE}, BOTH, {"words": ("anna", "holm")}],
)
def test_page_reads_no_whole_table(
    plan: Plan, actor: Actor, sort: str, descending: bool, values: dict[str, Any]
) -> None:
    steps = plan(actor, Filter(sort=sort, descending=descending, **values))
    assert [step for step in steps if step.startswith("SCAN placement") and "VIRTUAL" not in step] == []
    assert any("INDEX" in step for step in steps)


@pytest.mark.parametrize("sort", ["start", "student"])
@pytest.mark.parametrize(
    "values", [{}, {"sector": Sector.REGIONAL}, {"status": PlacementStatus.ACTIVE}, BOTH]
)
def test_page_of_one_programme_is_never_sorted(plan: Plan, sort: str, values: dict[str, Any]) -> None:
    steps = plan(ONE, Filter(sort=sort, **values))
    assert [step for step in steps if "TEMP B-TREE" in step] == []


@pytest.mark.parametrize(
    ("values", "index"),
    [
        ({"cohort_id": 1}, "ix_placement_cohort_id_starts_on_id (cohort_id=?)"),
        ({"cohort_id": 1} | BOTH, "ix_placement_cohort_id_starts_on_id (cohort_id=?)"),
        ({"unit_id": 1} | BOTH, "ix_placement_unit_id_starts_on_id (unit_id=?)"),
        ({"cohort_id": 1, "words": ("anna",)}, "ix_placement_cohort_id_starts_on_id (cohort_id=?)"),
    ],
)
def test_page_of_a_cohort_or_a_unit_reads_its_rows_alone(
    plan: Plan, values: dict[str, Any], index: str
) -> None:
    steps = plan(TWO, Filter(**values))
    assert f"SEARCH placement USING INDEX {index}" in steps
    assert [step for step in steps if "programme_id" in step] == []
