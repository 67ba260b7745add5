"""The regions and municipalities as organisations (D-05)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placements.db import writing
from placements.domain import authorities, hosts
from placements.models.hosts import Organisation, OrganisationKind, OrganisationName
from tests.factories import Factory

EVE, MERGER = date(2026, 12, 31), date(2027, 1, 1)


def load(session: Session) -> int:
    with writing():
        made = authorities.load(session)
        session.commit()
    return made


def test_load_makes_regions_and_municipalities_once(make: Factory, session: Session) -> None:
    make.organisation("viborg kommune", kind=OrganisationKind.MUNICIPALITY)
    assert (load(session), load(session)) == (5 + 97, 0)
    kinds = select(Organisation.kind, func.count()).group_by(Organisation.kind)
    assert dict(session.execute(kinds).all()) == {"region": 5, "municipality": 98}
    names = session.scalar(select(func.count(OrganisationName.id)))
    assert names == 5 + 98 + 2


def test_units_of_both_regions_end_with_the_merged_owner_and_old_days_keep_old_names(
    make: Factory, session: Session
) -> None:
    """Also a unit that is added after the load; a rename that was planned already is left alone."""
    capital = make.organisation("Region Hovedstaden")
    with writing():
        hosts.rename_organisation(
            session, capital, name="Region Østdanmark", from_day=MERGER, today=date(2025, 2, 3)
        )
        session.commit()
    load(session)
    by_name = {name: id_ for id_, name in hosts.organisation_names(session, day=EVE).items()}
    zealand = session.get_one(Organisation, by_name["Region Sjælland"])
    assert [name for name in hosts.owners_to_choose(session, day=MERGER).values() if "Øst" in name] == [
        "Region Østdanmark (før Region Hovedstaden)",
        "Region Østdanmark (før Region Sjælland)",
    ]
    units = [make.unit(organisation=capital), make.unit(organisation=zealand)]
    owners = [[hosts.owner_name(unit, day) for day in (EVE, MERGER)] for unit in units]
    assert owners == [
        ["Region Hovedstaden", "Region Østdanmark"],
        ["Region Sjælland", "Region Østdanmark"],
    ]
