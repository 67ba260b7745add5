"""Organisations and units: who sees them, and how names and owners change (D-05)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import history, host_directory, hosts, periods
from placements.domain.actors import ANONYMOUS, Actor
from placements.domain.rules import RuleBroken
from placements.models.hosts import (
    Contact,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Sector,
    Unit,
    UnitPeriod,
)
from placements.models.users import Role
from tests.factories import Factory, actor_for

TODAY = date(2025, 2, 3)
MERGER = date(2027, 1, 1)
ADMIN = Actor(id=1, roles=frozenset({Role.ADMIN}))


def reload(session: Session, kind: type, record_id: int) -> object:
    session.rollback()
    session.expire_all()
    return session.get(kind, record_id)


# Visibility


def test_visible_units_by_role(make: Factory, session: Session) -> None:
    own, other = make.unit("Team Nord"), make.unit("Team Syd")
    programme = make.programme()

    def seen(actor: Actor) -> list[int]:
        return list(session.scalars(hosts.visible_units(actor).with_only_columns(Unit.id).order_by(Unit.id)))

    assert seen(actor_for(make.admin())) == [own.id, other.id]
    assert seen(actor_for(make.coordinator(programme))) == [own.id, other.id]
    assert seen(actor_for(make.host(own))) == [own.id]
    assert seen(actor_for(make.teacher(programme))) == []
    assert seen(actor_for(make.grant(make.user(), "student"))) == []
    assert seen(ANONYMOUS) == []


def test_visible_organisations_of_a_host_are_owners_of_own_units(make: Factory, session: Session) -> None:
    region, other = make.organisation(), make.organisation("Randers Kommune")
    own = make.unit(organisation=region)
    make.unit(organisation=other)
    visible = hosts.visible_organisations(actor_for(make.host(own)))
    assert session.scalars(visible).all() == [session.get(Organisation, region.id)]
    assert session.scalars(hosts.visible_organisations(ANONYMOUS)).all() == []


def test_visible_contacts_of_a_host_are_those_of_own_units(make: Factory, session: Session) -> None:
    own, other = make.unit(), make.unit()
    mine = make.contact(own)
    make.contact(other)
    visible = hosts.visible_contacts(actor_for(make.host(own)))
    assert [contact.id for contact in session.scalars(visible)] == [mine.id]
    assert session.scalars(hosts.visible_contacts(ANONYMOUS)).all() == []


# Names and owners over time


def test_merger_of_regions_renames_from_its_day_and_keeps_the_old_name(
    make: Factory, session: Session
) -> None:
    """1 January 2027: Region Hovedstaden becomes Region Østdanmark."""
    region = make.organisation("Region Hovedstaden")
    unit = make.unit("Distriktspsykiatrien", organisation=region)
    with writing():
        hosts.rename_organisation(session, region, name="Region Østdanmark", from_day=MERGER, today=TODAY)
        session.commit()
    loaded = reload(session, Unit, unit.id)
    assert isinstance(loaded, Unit)
    assert hosts.owner_name(loaded, date(2026, 12, 31)) == "Region Hovedstaden"
    assert hosts.owner_name(loaded, MERGER) == "Region Østdanmark"
    assert hosts.organisation_names(session, day=TODAY) == {region.id: "Region Hovedstaden"}
    assert hosts.organisation_names(session, day=MERGER) == {region.id: "Region Østdanmark"}


def test_second_region_joins_the_merged_one_unit_by_unit(make: Factory, session: Session) -> None:
    merged, other = make.organisation("Region Hovedstaden"), make.organisation("Region Sjælland")
    unit = make.unit("Psykiatrien Øst", organisation=other)
    with writing():
        hosts.rename_organisation(session, merged, name="Region Østdanmark", from_day=MERGER, today=TODAY)
        hosts.change_unit(
            session, unit, name="Psykiatrien Øst", organisation=merged, from_day=MERGER, today=TODAY
        )
        session.commit()
    loaded = reload(session, Unit, unit.id)
    assert isinstance(loaded, Unit)
    assert [hosts.owner_name(loaded, day) for day in (date(2026, 12, 31), MERGER)] == [
        "Region Sjælland",
        "Region Østdanmark",
    ]
    assert hosts.unit_names(session, [unit.id], day=MERGER) == {unit.id: "Psykiatrien Øst"}


def test_change_owner_in_the_middle_of_a_cohort(make: Factory, session: Session) -> None:
    """The practicum runs from 6 January to 6 April; the unit changes hands on 1 March."""
    municipality = make.organisation("Viborg Kommune", kind=OrganisationKind.MUNICIPALITY)
    region = make.organisation("Region Midtjylland")
    unit = make.unit("Team Midt", organisation=municipality)
    placement = make.placement(unit=unit)
    with writing():
        hosts.change_unit(
            session, unit, name="Klinik Midt", organisation=region, from_day=date(2025, 3, 1), today=TODAY
        )
        session.commit()
    loaded = reload(session, Unit, unit.id)
    assert isinstance(loaded, Unit)
    first, last = placement.starts_on, placement.ends_on
    assert [loaded.name_on(day) for day in (first, last)] == ["Team Midt", "Klinik Midt"]
    assert [hosts.owner_name(loaded, day) for day in (first, last)] == [
        "Viborg Kommune",
        "Region Midtjylland",
    ]
    rows = session.execute(
        select(UnitPeriod.name, UnitPeriod.valid_from, UnitPeriod.valid_to).order_by(UnitPeriod.valid_from)
    )
    assert rows.all() == [
        ("Team Midt", periods.BEGINNING, date(2025, 3, 1)),
        ("Klinik Midt", date(2025, 3, 1), None),
    ]


def test_change_unit_stands_in_its_history(make: Factory, session: Session) -> None:
    unit, owner = make.unit("Team Midt"), make.organisation("Viborg Kommune")
    with writing():
        hosts.change_unit(
            session, unit, name="Team Midt", organisation=owner, from_day=date(2025, 3, 1), today=TODAY
        )
        session.commit()
    entries = [entry.event for entry in history.of(session, unit) if entry.event.table_name == "unit_period"]
    begun = next(event for event in entries if event.changes.get("valid_from") == [None, "2025-03-01"])
    assert begun.changes["organisation_id"] == [None, owner.id]
    assert {"valid_to": [None, "2025-03-01"]} in [event.changes for event in entries]


def test_unit_names_are_those_of_the_day(make: Factory, session: Session) -> None:
    unit, other = make.unit("Team Midt"), make.unit("Team Syd")
    with writing():
        hosts.change_unit(
            session,
            unit,
            name="Team Vest",
            organisation=unit.periods[0].organisation,
            from_day=date(2025, 3, 1),
            today=TODAY,
        )
        session.commit()
    assert hosts.unit_names(session, [unit.id, other.id], day=TODAY) == {
        unit.id: "Team Midt",
        other.id: "Team Syd",
    }
    assert hosts.unit_names(session, [unit.id], day=date(2025, 3, 1)) == {unit.id: "Team Vest"}
    assert hosts.unit_names(session, [], day=TODAY) == {}


def test_correct_unit_begins_no_new_period(make: Factory, session: Session) -> None:
    unit = make.unit("Team Mitd")
    with writing():
        hosts.correct_unit(
            session, unit, name="Team Midt", organisation=unit.periods[0].organisation, today=TODAY
        )
        session.commit()
    names = session.scalars(select(UnitPeriod.name).where(UnitPeriod.unit_id == unit.id)).all()
    assert names == ["Team Midt"]


# Creating and editing


def test_create_organisation_has_its_name_on_every_day(session: Session, app: object) -> None:
    with writing():
        made = hosts.create_organisation(
            session, kind=OrganisationKind.ASSOCIATION, name="SIND Viborg", today=TODAY
        )
        session.commit()
    assert [made.name_on(day) for day in (date(1950, 1, 1), TODAY)] == ["SIND Viborg", "SIND Viborg"]


def test_create_organisation_twice_is_refused_at_the_name(make: Factory, session: Session) -> None:
    make.organisation("Århus Kommune")
    with pytest.raises(RuleBroken) as refused:
        hosts.create_organisation(
            session, kind=OrganisationKind.MUNICIPALITY, name="århus kommune", today=TODAY
        )
    assert refused.value.field == "name"


def test_rename_organisation_to_a_name_in_use_is_refused(make: Factory, session: Session) -> None:
    make.organisation("Region Sjælland")
    region = make.organisation("Region Hovedstaden")
    with pytest.raises(RuleBroken) as refused:
        hosts.rename_organisation(session, region, name="Region Sjælland", from_day=MERGER, today=TODAY)
    assert refused.value.field == "name"
    assert session.scalars(select(OrganisationName.name).order_by(OrganisationName.name)).all() == [
        "Region Hovedstaden",
        "Region Sjælland",
    ]


def test_edit_unit_moves_placements_that_are_not_over_to_the_new_sector(
    make: Factory, session: Session
) -> None:
    unit = make.unit(sector=Sector.MUNICIPAL)
    running = make.placement(unit=unit, status="active")
    over = make.placement(unit=unit, status="completed")
    with writing():
        hosts.edit_unit(
            session,
            unit,
            sector=Sector.REGIONAL,
            address="Søndergade 1",
            municipality="Viborg",
            phone=None,
            about=None,
            ean=None,
            today=TODAY,
        )
        session.commit()
    assert [unit.sector, running.sector, over.sector] == [
        Sector.REGIONAL,
        Sector.REGIONAL,
        Sector.MUNICIPAL,
    ]


def test_correct_unit_lets_the_board_find_its_placements_by_the_new_name(
    make: Factory, session: Session
) -> None:
    placement = make.placement(unit=make.unit("Team Mitd"), status="active")
    unit = placement.unit
    with writing():
        hosts.correct_unit(
            session, unit, name="Team Midt", organisation=unit.periods[0].organisation, today=TODAY
        )
        session.commit()
    assert placement.search_text == f"{placement.student_name} Team Midt Region Midtjylland".lower()


def test_rename_organisation_lets_the_board_find_its_placements(make: Factory, session: Session) -> None:
    placement = make.placement(status="agreed")
    owner = placement.unit.periods[0].organisation
    with writing():
        hosts.rename_organisation(session, owner, name="Region Midt", from_day=TODAY, today=TODAY)
        session.commit()
    assert placement.search_text.endswith(" region midt")


# The directory


def directory(session: Session, actor: Actor = ADMIN, **wanted: object) -> list[tuple[str, list[str]]]:
    found = host_directory.units(session, actor, day=wanted.pop("day", TODAY), **wanted)  # type: ignore[arg-type]
    return [(group.name, [unit.name for unit in group.units]) for group in found.groups]


def test_directory_groups_units_under_the_owner_of_the_day(make: Factory, session: Session) -> None:
    municipality = make.organisation("Viborg Kommune")
    region = make.organisation("Region Midtjylland")
    moving = make.unit("Team Midt", organisation=municipality)
    make.unit("Afsnit P1", organisation=region)
    with writing():
        hosts.change_unit(
            session, moving, name="Team Midt", organisation=region, from_day=date(2025, 3, 1), today=TODAY
        )
        session.commit()
    assert directory(session) == [("Region Midtjylland", ["Afsnit P1"]), ("Viborg Kommune", ["Team Midt"])]
    assert directory(session, day=date(2025, 3, 1)) == [("Region Midtjylland", ["Afsnit P1", "Team Midt"])]


def test_directory_filters_by_sector_and_every_word_in_any_case(make: Factory, session: Session) -> None:
    owner = make.organisation("Århus Kommune")
    make.contact(make.unit("Team Ældre", organisation=owner, sector=Sector.MUNICIPAL), "Jytte Holm")
    make.unit("Team Unge", organisation=owner, sector=Sector.MUNICIPAL)
    make.unit("Værestedet", organisation=owner, sector=Sector.CIVIL)
    assert directory(session, sector=Sector.CIVIL) == [("Århus Kommune", ["Værestedet"])]
    assert directory(session, text="team æld") == [("Århus Kommune", ["Team Ældre"])]
    assert directory(session, text="ÅRHUS unge") == [("Århus Kommune", ["Team Unge"])]
    assert directory(session, text="jytte") == [("Århus Kommune", ["Team Ældre"])]
    assert directory(session, text="100%") == []


def test_directory_of_a_host_holds_own_units_only(make: Factory, session: Session) -> None:
    owner = make.organisation()
    own = make.unit("Team Nord", organisation=owner)
    make.unit("Team Syd", organisation=owner)
    assert directory(session, actor_for(make.host(own))) == [("Region Midtjylland", ["Team Nord"])]
    assert directory(session, ANONYMOUS) == []


def test_directory_counts_hosts_and_supervisors_who_are_there(make: Factory, session: Session) -> None:
    unit = make.unit()
    make.host(unit)
    make.host(unit, active=False)
    make.contact(unit)
    make.contact(unit, "Ove Overlev", active=False)
    make.contact(unit, "Hanne Host", is_supervisor=False, is_host=True)
    line = host_directory.units(session, ADMIN, day=TODAY).groups[0].units[0]
    assert (line.hosts, line.supervisors) == (1, 1)


def test_directory_pages_meet_without_gap(
    make: Factory, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_directory, "PAGE", 2)
    owners = [make.organisation("B"), make.organisation("A")]
    for number in range(5):
        make.unit(f"Afsnit {number % 3}", organisation=owners[number % 2])
    seen: list[tuple[str, str]] = []
    after: int | None = None
    while True:
        page = host_directory.units(session, ADMIN, day=TODAY, after=after)
        seen += [(group.name, unit.name) for group in page.groups for unit in group.units]
        after = page.after
        if after is None:
            break
    assert page.total == 5
    assert seen == [
        ("A", "Afsnit 0"),
        ("A", "Afsnit 1"),
        ("B", "Afsnit 0"),
        ("B", "Afsnit 1"),
        ("B", "Afsnit 2"),
    ]


def test_directory_costs_the_same_for_one_and_for_three_units(
    make: Factory, session: Session, query_count: Callable[[Callable[[], object]], int]
) -> None:
    def count() -> int:
        session.scalar(select(1))
        return query_count(lambda: host_directory.units(session, ADMIN, day=TODAY))

    make.contact(make.unit())
    one = count()
    for _number in range(2):
        make.contact(make.unit())
    assert (one, count()) == (2, 2)


def test_organisations_without_units_are_for_staff(make: Factory, session: Session) -> None:
    idle = make.organisation("SIND")
    unit = make.unit()
    assert host_directory.without_units(session, ADMIN, day=TODAY) == {idle.id: "SIND"}
    assert host_directory.without_units(session, actor_for(make.host(unit)), day=TODAY) == {}


def test_contact_belongs_to_the_history_of_its_unit(make: Factory, session: Session) -> None:
    contact: Contact = make.contact(make.unit())
    assert contact.history_of() == ("unit", contact.unit_id)
