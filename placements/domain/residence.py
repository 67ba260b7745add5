"""Where an applicant lives, as a programme sees it, and who pays therefore (V-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placements.domain import municipalities
from placements.models.applications import Residence
from placements.models.programmes import FeePayer, FeeWhen, Programme


@dataclass(frozen=True, slots=True)
class Fee:
    """Who pays how much, in whole kroner; `waivers` (friplads, tilskud) can be applied for instead."""

    payer: FeePayer
    amount: int
    waivers: tuple[str, ...]


def of(programme: Programme, municipality: str, *, on: date) -> Residence:
    """From the municipality's name; the region is the one of that day (D-05)."""
    if municipality in programme.home_municipalities:
        return Residence.HOME
    known = {one.name: one for one in municipalities.everyone()}
    here = known.get(municipality)
    own_region = programme.region and _as_called_on(programme.region, on)
    return Residence.REGION if here and here.region_on(on) == own_region else Residence.OUTSIDE


def _as_called_on(region: str, day: date) -> str:
    """What a programme's region is called that day, where regions have become one."""
    known = next(
        (one for one in municipalities.everyone() if region in (one.region_before, one.region_after)), None
    )
    return known.region_on(day) if known else region


def fee_for(programme: Programme, residence: Residence) -> Fee | None:
    """None: it costs nothing. Waivers are for those who live in the region without being at home there."""
    never = programme.fee_when is FeeWhen.NEVER or programme.fee_payer is FeePayer.NONE
    if never or (programme.fee_when is FeeWhen.NOT_HOME and residence is Residence.HOME):
        return None
    waivers = tuple(programme.fee_waivers) if residence is Residence.REGION else ()
    return Fee(programme.fee_payer, programme.fee_amount, waivers)
