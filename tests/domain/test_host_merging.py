"""Two records become one, and every link moves; what others rely on is not deleted."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from placements.db import Base, UTCDateTime, writing
from placements.domain import history, host_deletion, host_links, host_merging, hosts
from placements.domain.rules import RuleBroken
from placements.models.clearances import Clearance, ClearanceKind, ClearanceRule
from placements.models.events import Action, Event
from placements.models.hosts import Contact, Organisation, Unit
from placements.models.preferences import ExcludedUnit, Wishes
from placements.models.users import Role, RoleGrant
from tests.factories import MOMENT, Factory

TODAY = date(2025, 2, 3)
NUMBERS = count(1)
PLAIN: dict[type, Any] = {str: "x", int: 1, bool: False, bytes: b"x", float: 1.0, dict: {}, list: []}


class Rows:
    """A row of any table, with whatever it needs of other tables."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.made: dict[str, int] = {}

    def make(self, table: sa.Table, **given: Any) -> int:
        values = {
            column.key: self.value(column)
            for column in table.columns
            if not column.nullable and not column.primary_key and column.key not in given
        }
        row = self.session.execute(insert(table).values(values | given).returning(table.c.id))
        made = int(row.scalar_one())
        self.made.setdefault(table.name, made)
        return made

    def value(self, column: sa.Column[Any]) -> Any:
        for key in column.foreign_keys:
            target = key.column.table
            if target.name not in self.made:
                self.make(target)  # type: ignore[arg-type]
            return self.made[target.name]
        kind = column.type
        if isinstance(kind, sa.Enum):
            return next(iter(kind.enum_class)) if kind.enum_class else kind.enums[0]
        if isinstance(kind, UTCDateTime):
            return MOMENT
        if isinstance(kind, sa.JSON):
            return {}
        number = next(NUMBERS)
        plain = {date: TODAY, time: time(9), datetime: MOMENT, str: f"x{number}", int: number}
        return (PLAIN | plain)[kind.python_type]


def linked(session: Session, link: host_links.Link, record_id: int) -> int:
    return session.scalar(select(func.count()).select_from(link.model).where(link.column == record_id)) or 0


@pytest.mark.parametrize("table", ["unit", "organisation"])
def test_merge_moves_a_row_of_every_table_that_points_there(
    make: Factory, session: Session, table: str
) -> None:
    """By the tables' own foreign keys: one that is added later is tested from that day on."""
    kept: Any = make.unit("Team Nord") if table == "unit" else make.organisation("Viborg Kommune")
    gone: Any = make.unit("Team Nrod") if table == "unit" else make.organisation("Viborg kommune")
    names = {"unit": "unit_period", "organisation": "organisation_name"}[table]
    links = [link for link in host_links.links_to(table) if link.table != names]
    merge = host_merging.merge_units if table == "unit" else host_merging.merge_organisations
    with writing():
        for link in links:
            Rows(session).make(link.column.table, **{link.column.key: gone.id})  # type: ignore[arg-type]
        session.commit()
        before = [linked(session, link, kept.id) for link in links]
        merge(session, kept, gone, today=TODAY)
        session.commit()
    assert [linked(session, link, gone.id) for link in links] == [0] * len(links)
    assert [linked(session, link, kept.id) - was for link, was in zip(links, before, strict=True)] == [
        1
    ] * len(links)
    assert session.get(type(kept), gone.id) is None
    assert len(links) >= (8 if table == "unit" else 2)


def test_merge_stands_in_the_history(make: Factory, session: Session) -> None:
    kept, gone = make.unit("Team Nord"), make.unit("Team Nrod")
    gone_id, contact = gone.id, make.contact(gone)
    with writing():
        history.act_as(session, make.user("Mette Holm").id)
        host_merging.merge_units(session, kept, gone, today=TODAY)
        session.commit()
    moved = history.last_change(session, contact)
    assert moved is not None
    assert (moved.actor, moved.event.changes["unit_id"]) == ("Mette Holm", [gone_id, kept.id])
    deleted = select(Event.table_name).where(Event.action == Action.DELETED).order_by(Event.table_name)
    assert session.scalars(deleted).all() == ["unit", "unit_period"]


def test_merge_makes_one_of_what_both_have(make: Factory, session: Session) -> None:
    """The stricter rule, the later check, one grant for each person, one wish for each student."""
    kept, gone = make.unit(), make.unit()
    host = make.host(kept)
    make.grant(host, "host", unit=gone)
    kind, site = ClearanceKind.CRIMINAL_RECORD, ClearanceKind.SITE_APPROVAL
    wishes = make.keep(Wishes(enrolment_id=make.enrolment(make.cohort()).id, saved_at=MOMENT))
    for unit, mandatory, seen in ((kept, False, None), (gone, True, TODAY)):
        make.keep(ClearanceRule(unit_id=unit.id, kind=kind, mandatory=mandatory))
        make.keep(Clearance(unit_id=unit.id, kind=site, requested_on=TODAY, seen_on=seen))
        make.keep(ExcludedUnit(wishes_id=wishes.id, unit_id=unit.id))
    with writing():
        host_merging.merge_units(session, kept, gone, today=TODAY)
        session.commit()
    grants = select(RoleGrant.unit_id).where(RoleGrant.user_id == host.id, RoleGrant.role == Role.HOST)
    assert session.scalars(grants).all() == [kept.id]
    assert session.execute(select(ClearanceRule.unit_id, ClearanceRule.mandatory)).all() == [(kept.id, True)]
    assert session.execute(select(Clearance.unit_id, Clearance.seen_on)).all() == [(kept.id, TODAY)]
    assert session.scalars(select(ExcludedUnit.unit_id)).all() == [kept.id]


def test_merge_lets_the_board_find_placements_by_the_name_that_stays(make: Factory, session: Session) -> None:
    kept = make.unit("Team Nord", organisation=make.organisation("Viborg Kommune"))
    placement = make.placement(unit=make.unit("Team Nrod"), status="active")
    over = make.placement(unit=placement.unit, status="completed")
    text = over.search_text
    with writing():
        host_merging.merge_units(session, kept, placement.unit, today=TODAY)
        session.commit()
    assert placement.search_text == f"{placement.student_name} Team Nord Viborg Kommune".lower()
    assert (over.search_text, over.unit_id) == (text, kept.id)


def test_merged_organisation_owns_the_units_on_every_day_and_keeps_a_number(
    make: Factory, session: Session
) -> None:
    kept, gone = make.organisation("Viborg Kommune"), make.organisation("Viborg", cvr="13585628")
    unit = make.unit(organisation=gone)
    with writing():
        host_merging.merge_organisations(session, kept, gone, today=TODAY)
        session.commit()
    assert [hosts.owner_name(unit, day) for day in (date(1990, 1, 1), TODAY)] == ["Viborg Kommune"] * 2
    assert kept.cvr == "13585628"


def test_merge_with_itself_is_refused(make: Factory, session: Session) -> None:
    unit = make.unit()
    with pytest.raises(RuleBroken):
        host_merging.merge_units(session, unit, unit, today=TODAY)


# Deleting


def test_unit_with_placements_and_people_is_not_deleted_and_says_why(make: Factory, session: Session) -> None:
    unit = make.unit()
    make.contact(unit)
    make.placement(unit=unit)
    make.placement(unit=unit)
    with pytest.raises(RuleBroken) as refused:
        host_deletion.delete(session, unit)
    assert [line.text for line in refused.value.unmet] == [
        "Kontaktpersoner og praktikvejledere: 1",
        "Praktikforløb: 2",
    ]


@pytest.mark.parametrize("table", ["unit", "organisation", "contact"])
def test_nothing_that_a_table_points_to_is_deleted(make: Factory, session: Session, table: str) -> None:
    """By the tables' own foreign keys, but for what is told about the record itself."""
    links = [link for link in host_links.links_to(table) if link.table not in host_links.PARTS[table]]
    for link in links:
        unit = make.unit()
        record: Any = {"unit": lambda u=unit: u, "contact": lambda u=unit: make.contact(u)}.get(
            table, make.organisation
        )()
        with writing():
            Rows(session).make(link.column.table, **{link.column.key: record.id})  # type: ignore[arg-type]
            session.commit()
            with pytest.raises(RuleBroken):
                host_deletion.delete(session, record)
            session.rollback()
    assert links


def test_unused_records_are_deleted_with_what_is_told_about_them(make: Factory, session: Session) -> None:
    unit = make.unit()
    owner, contact = unit.periods[0].organisation, make.contact(unit)
    make.keep(ClearanceRule(unit_id=unit.id, kind=ClearanceKind.CRIMINAL_RECORD))
    with writing():
        for record in (contact, unit, owner):
            host_deletion.delete(session, record)
            session.commit()
    assert [
        session.scalar(select(func.count()).select_from(kind)) for kind in (Contact, Unit, Organisation)
    ] == [0] * 3


def test_contact_who_can_sign_in_is_not_deleted(make: Factory, session: Session) -> None:
    contact = make.contact(make.unit(), user_id=make.user().id)
    with pytest.raises(RuleBroken) as refused:
        host_deletion.delete(session, contact)
    assert [line.key for line in refused.value.unmet] == ["user"]


def test_every_table_that_points_to_a_host_has_a_word() -> None:
    tables = {link.table for table in host_links.PARTS for link in host_links.links_to(table)}
    assert tables - set(host_links.NOUNS) == set()
    assert {table for parts in host_links.PARTS.values() for table in parts} <= set(Base.metadata.tables)
