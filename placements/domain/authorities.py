"""The regions and municipalities as organisations, with the names they have and will have (D-05)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from placements.domain import municipalities, periods
from placements.domain.municipalities import REGIONS_CHANGE
from placements.models.hosts import Organisation, OrganisationKind, OrganisationName


def load(session: Session) -> int:
    """Make those that are missing, and give each region its coming name. Again: nothing more happens.

    Regions that become one stay two organisations with the same name from that day on: every unit, also one
    that is added later, then has the right owner on every day. Gives how many were made.
    """
    known = _by_every_name(session)
    regions = {one.region_before: one.region_after for one in municipalities.everyone()}
    wanted = [(name, OrganisationKind.REGION) for name in regions]
    wanted += [(one.authority, OrganisationKind.MUNICIPALITY) for one in municipalities.everyone()]
    missing = [(name, kind) for name, kind in wanted if name.casefold() not in known]
    for name, kind in missing:
        first = OrganisationName(name=name, valid_from=periods.BEGINNING, valid_to=None)
        known[name.casefold()] = Organisation(kind=kind, names=[first])
        session.add(known[name.casefold()])
    for before, after in regions.items():
        _rename(known[before.casefold()], after)
    return len(missing)


def _by_every_name(session: Session) -> dict[str, Organisation]:
    """Also by what they were and will be called."""
    names = select(OrganisationName.name, Organisation).join(OrganisationName.organisation)
    return {name.casefold(): organisation for name, organisation in session.execute(names)}


def _rename(region: Organisation, name: str) -> None:
    if periods.on(region.names, REGIONS_CHANGE).name != name:
        periods.change_from(
            region.names, REGIONS_CHANGE, lambda old: OrganisationName(name=old.name), name=name
        )
