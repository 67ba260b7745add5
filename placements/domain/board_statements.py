"""The statements behind the board, each built once for the shape of its filter; values are bound.

First the ids of one page, in order, from an index alone; then what their rows show. An index gives the
order of one programme: of several, the beginnings are read and merged. The same goes for the states, which
are shown in the order of a placement's life.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import product
from operator import add
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Subquery,
    Table,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from placements.domain import placement_search
from placements.domain.placement_states import EDITABLE
from placements.models.cohorts import Cohort
from placements.models.follow_up_days import FollowUpDay
from placements.models.hosts import Contact, UnitPeriod
from placements.models.placements import Placement, PlacementStatus


def _table(model: Any) -> Table:
    return model.__table__  # type: ignore[no-any-return]


P, C, K, F, U = (_table(model) for model in (Placement, Cohort, Contact, FollowUpDay, UnitPeriod))

PAGE = 50
COUNTED = 500
# Written out, because SQLite plans a statement with a bound limit anew each time it is run.
A_PAGE: ColumnElement[int] = literal_column(str(PAGE + 1))
ENOUGH: ColumnElement[int] = literal_column(str(COUNTED + 1))
LIFE = tuple(PlacementStatus)
MOST_MERGED = 40  # SQLite merges at most 500 lists: so many programmes in each state
KEYS = {"start": P.c.starts_on, "student": P.c.student_name, "status": P.c.starts_on}
EQUAL = {"cohort_id": P.c.cohort_id, "unit_id": P.c.unit_id, "sector": P.c.sector, "status": P.c.status}


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything about a filter that changes the statement.

    `equal` names the columns that must equal a bound value, `words` counts the words looked for, `states` are
    those still to come when the board is sorted by status.
    Bound: programme0…, the values of `equal`, word0…, key, rank and id (of the last row seen), today.
    """

    dialect: str
    programmes: int
    sort: str = "start"
    descending: bool = False
    equal: frozenset[str] = frozenset()
    words: int = 0
    after: bool = False
    states: tuple[PlacementStatus, ...] = ()


Condition = ColumnElement[bool]


def _programme(number: int) -> Any:
    return bindparam(f"programme{number}")


def _own(shape: Shape) -> Condition:
    """In one of the coordinator's programmes; written so that no index is chosen for it."""
    return (P.c.programme_id + 0).in_([_programme(number) for number in range(shape.programmes)])


def _filtered(shape: Shape) -> list[Condition]:
    """By student, of one sector and status: the sector is looked at, the order comes from an index."""
    equal = {name: column == bindparam(name) for name, column in EQUAL.items() if name in shape.equal}
    if shape.sort == "student" and {"sector", "status"} <= shape.equal:
        equal["sector"] = P.c.sector.concat("") == bindparam("sector")
    return list(equal.values()) + [placement_search.stands_in_text(number) for number in range(shape.words)]


def _searches_index(shape: Shape) -> bool:
    """A cohort or a unit has few placements, so their texts are simply read."""
    return bool(shape.words) and not shape.equal & {"cohort_id", "unit_id"}


def _parts(shape: Shape) -> list[list[Condition]]:
    """The conditions of each part that an index gives in order."""
    if shape.equal & {"cohort_id", "unit_id"} or shape.programmes > MOST_MERGED:
        wholes: list[list[Condition]] = [[_own(shape)]]
    else:
        wholes = [[P.c.programme_id == _programme(number)] for number in range(shape.programmes)]
    return [[*whole, *_filtered(shape)] for whole in wholes]


def _beyond(shape: Shape) -> Condition:
    """After the last row seen."""
    here, seen = tuple_(KEYS[shape.sort], P.c.id), tuple_(bindparam("key"), bindparam("id"))
    return here < seen if shape.descending else here > seen


def _in_order(shape: Shape, columns: FromClause, *names: str) -> list[Any]:
    return [columns.c[name].desc() if shape.descending else columns.c[name] for name in names]


def _rank(state: PlacementStatus) -> ColumnElement[int]:
    return literal_column(str(LIFE.index(state)))


def _lists(shape: Shape) -> list[Select[Any]]:
    """Lists of id and key, each in order; sorted by status also with the rank of the state."""
    columns = [P.c.id, KEYS[shape.sort].label("key")]
    beyond = [_beyond(shape)] if shape.after else []
    parts = _parts(shape)
    if shape.sort != "status":
        return [select(*columns).where(*part, *beyond) for part in parts]
    return [
        select(*columns, _rank(state).label("rank")).where(
            *part, P.c.status == state, *(beyond if state is shape.states[0] else [])
        )
        for part, state in product(parts, shape.states)
    ]


def _page(shape: Shape) -> Subquery:
    order = ("rank", "key", "id") if shape.sort == "status" else ("key", "id")

    def first(rows: Select[Any], columns: FromClause, *names: str) -> Select[Any]:
        return rows.order_by(*_in_order(shape, columns, *names)).limit(A_PAGE)

    lists = [
        rows.order_by(*(c.desc() if shape.descending else c for c in (KEYS[shape.sort], P.c.id))).limit(
            A_PAGE
        )
        for rows in _lists(shape)
    ]
    if len(lists) == 1:
        return lists[0].subquery("page")
    merged = union_all(*(select(rows.subquery()) for rows in lists)).subquery("merged")
    return first(select(merged), merged, *order).subquery("page")


def _counted(shape: Shape) -> ColumnElement[int]:
    """How many there are, as far as anybody wants to know: beyond COUNTED there are more."""
    unsorted = replace(shape, sort="start")
    one: ColumnElement[int] = literal_column("1")
    parts = [select(one).select_from(P).where(*part).limit(ENOUGH).subquery() for part in _parts(unsorted)]
    return reduce(add, (select(func.count()).select_from(part).scalar_subquery() for part in parts))


def _found(shape: Shape) -> Any:
    """The newest placements that a search finds: enough to count and to sort."""
    rank = case(*((P.c.status == state, place) for place, state in enumerate(LIFE)))
    columns = [P.c.id, KEYS[shape.sort].label("key")] + (
        [rank.label("rank")] if shape.sort == "status" else []
    )
    found = select(*columns).where(_own(shape), *_filtered(shape)).limit(ENOUGH)
    if shape.dialect == "sqlite":
        hit = placement_search.PLACEMENT_ID
        found = found.where(placement_search.is_found(), P.c.id == hit + 0).order_by(hit.desc())
    return found.cte("found")


def _page_of_found(shape: Shape, found: Any) -> Subquery:
    names = ("rank", "key", "id") if shape.sort == "status" else ("key", "id")
    page = select(found).order_by(*_in_order(shape, found, *names)).limit(A_PAGE)
    if shape.after:
        here, seen = tuple_(*(found.c[n] for n in names)), tuple_(*(bindparam(n) for n in names))
        page = page.where(here < seen if shape.descending else here > seen)
    return page.subquery("page")


# The name that the unit goes by on the day of the placement that is nearest to today (D-05).
_DAY = case(
    (P.c.ends_on < bindparam("today"), P.c.ends_on),
    (P.c.starts_on > bindparam("today"), P.c.starts_on),
    else_=bindparam("today"),
)
_CALLED = and_(
    U.c.unit_id == P.c.unit_id, U.c.valid_from <= _DAY, or_(U.c.valid_to.is_(None), U.c.valid_to > _DAY)
)
_NEXT_DAY = case(
    (
        P.c.status.in_(
            [literal_column(f"'{state.value}'") for state in PlacementStatus if state in EDITABLE]
        ),
        select(func.min(F.c.held_on))
        .where(F.c.cohort_id == P.c.cohort_id, F.c.held_on >= bindparam("today"))
        .correlate(P)
        .scalar_subquery(),
    )
)
COLUMNS: tuple[ColumnElement[Any], ...] = (
    P.c.id,
    P.c.student_name.label("student"),
    C.c.name.label("cohort"),
    U.c.name.label("unit"),
    type_coerce(P.c.sector, String).label("sector"),
    P.c.starts_on,
    P.c.ends_on,
    K.c.name.label("supervisor"),
    P.c.weekly_minutes,
    type_coerce(P.c.status, String).label("status"),
    _NEXT_DAY.label("next_day"),
)


def _joined(placements: FromClause) -> FromClause:
    """With the names that a row shows."""
    named = placements.join(C, C.c.id == P.c.cohort_id).outerjoin(U, _CALLED)
    return named.outerjoin(K, K.c.id == P.c.supervisor_id)


@lru_cache(maxsize=512)
def page_statement(shape: Shape) -> Select[Any]:
    """The rows of one page and one more, each with how many there are in all (`total`)."""
    total: ColumnElement[int]
    if _searches_index(shape):
        found = _found(shape)
        page, total = _page_of_found(shape, found), select(func.count()).select_from(found).scalar_subquery()
    else:
        page, total = _page(shape), _counted(shape)
    order = ("rank", "key", "id") if shape.sort == "status" else ("key", "id")
    rows = select(*COLUMNS, total.label("total")).select_from(_joined(page.join(P, P.c.id == page.c.id)))
    return rows.order_by(*_in_order(shape, page, *order))


@lru_cache(maxsize=512)
def count_statement(shape: Shape) -> Select[Any]:
    if _searches_index(shape):
        return select(func.count()).select_from(_found(shape))
    return select(_counted(shape))


ONE = (
    select(*COLUMNS, literal_column("1").label("total"))
    .select_from(_joined(P))
    .where(P.c.id == bindparam("id"))
)
"""A single row as the board shows it."""

PLACES = select(P.c.id, P.c.programme_id, P.c.starts_on, P.c.student_name, P.c.status).where(
    P.c.id == bindparam("id")
)
"""Where a placement stands in each order."""
