"""What the sheet `Praktiksteder` would do: organisations, units, contacts, and seats for the cohort."""

from __future__ import annotations

import re
from collections.abc import Iterable

from placements.domain import offers
from placements.domain.cohort_import_cells import known_municipality
from placements.domain.cohort_import_headings import is_one_slip, plain
from placements.domain.cohort_import_known import Known
from placements.domain.cohort_import_plans import (
    Noun,
    Plan,
    PlannedContact,
    PlannedSite,
    Verb,
    differences,
)
from placements.domain.cohort_import_problems import Problem
from placements.domain.cohort_import_rows import Rows, SiteRow, folded
from placements.i18n import _
from placements.models.hosts import Contact, OrganisationKind, Sector, Unit
from placements.models.offers import Offer
from placements.words import word

ADDRESS, SECTOR, SEATS, EMAIL = _("Adresse"), _("Sektor"), _("Pladser"), _("E-mail")
KINDS = {
    Sector.REGIONAL: OrganisationKind.REGION,
    Sector.MUNICIPAL: OrganisationKind.MUNICIPALITY,
    Sector.CIVIL: OrganisationKind.ASSOCIATION,
}
ENOUGH_TO_COMPARE = 200
"""With more new organisations than this nobody is asked whether two of them are the same."""

Sites = dict[tuple[str, str], PlannedSite]


def plan(plan: Plan, rows: Rows, known: Known) -> Sites:
    sites: Sites = {}
    for row in rows.sites:
        key = folded(row.organisation), folded(row.unit)
        site = sites.get(key)
        if site is None:
            sites[key] = site = _begin(row, known)
        elif problem := _contradiction(row, site):
            plan.problems.append(problem)
        _add_contact(plan, row, site)
    _ask_about_names(plan, rows, known)
    _tell_organisations(plan, sites.values())
    for site in sites.values():
        _tell(plan, site, known)
    plan.sites = list(sites.values())
    return sites


def kind_of(name: str, sector: Sector) -> OrganisationKind:
    """By its name where that says it, else by the sector of its first unit."""
    if re.match(r"region\b", name, re.IGNORECASE):
        return OrganisationKind.REGION
    if re.search(r"\bkommune$", name, re.IGNORECASE):
        return OrganisationKind.MUNICIPALITY
    return KINDS[sector]


def municipality_of(row: SiteRow) -> str | None:
    """Where the unit lies, as far as its owner's name or the town of its address says so."""
    town = re.search(r"\b\d{4}\s+(.+?)(?:\s+[A-ZÆØÅ]{1,2})?$", row.address or "")
    return known_municipality(row.organisation) or (known_municipality(town[1]) if town else None)


def _begin(row: SiteRow, known: Known) -> PlannedSite:
    unit = known.units.get((folded(row.organisation), folded(row.unit)))
    return PlannedSite(
        row=row,
        name=row.unit,
        organisation_name=row.organisation,
        organisation=known.organisations.get(folded(row.organisation)),
        unit=unit,
        seats=row.seats,
        offers=known.offers.get(unit.id, []) if unit else [],
    )


def _contradiction(row: SiteRow, site: PlannedSite) -> Problem | None:
    """A unit may stand in several rows, one for each contact, that say the same of it."""
    first = site.row
    assert first is not None  # noqa: S101
    sentence = _("Afsnittet står også i række %(row)s med noget andet.", row=first.number)
    if row.sector is not first.sector:
        return row.problem("sector", word(row.sector), sentence, str(word(first.sector)).lower())
    if row.seats is not None and row.seats != site.seats:
        return row.problem("seats", row.seats, sentence, None if site.seats is None else str(site.seats))
    if row.address is not None and first.address is not None and folded(row.address) != folded(first.address):
        return row.problem("address", row.address, sentence, first.address)
    return None


# Contacts


def _add_contact(plan: Plan, row: SiteRow, site: PlannedSite) -> None:
    if row.contact is None:
        if row.contact_email is not None:
            sentence = _("Skriv navnet på den, e-mailen hører til.")
            plan.problems.append(row.problem("contact", None, sentence))
        elif row is not site.row:
            sentence = _("Afsnittet står også i række %(row)s.", row=site.row.number if site.row else 0)
            plan.problems.append(row.problem("unit", row.unit, sentence))
        return
    if before := site.contact_called(row.contact):
        sentence = _("Kontaktpersonen står også i række %(row)s.", row=before.at.number)
        plan.problems.append(row.problem("contact", row.contact, sentence))
        return
    contact = called(site.unit, row.contact)
    verb = Verb.NEW if contact is None else Verb.SAME
    if contact and row.contact_email and (contact.email or "").lower() != row.contact_email:
        verb = Verb.CHANGED
    site.contacts.append(PlannedContact(row, row.contact, row.contact_email, contact, False, verb))


def called(unit: Unit | None, name: str) -> Contact | None:
    """Somebody who works there and is called so; a name stands for one person at a unit."""
    contacts = unit.contacts if unit else []
    return next((c for c in contacts if folded(c.name) == folded(name) and c.active), None)


# Telling


def _tell_organisations(plan: Plan, sites: Iterable[PlannedSite]) -> None:
    told: set[str] = set()
    for site in sites:
        key, row = folded(site.organisation_name), site.row
        if key not in told and row is not None:
            verb = Verb.SAME if site.organisation else Verb.NEW
            kind = word(kind_of(row.organisation, row.sector))
            plan.add(Noun.ORGANISATION, verb, row.organisation, [kind])
        told.add(key)


def _tell(plan: Plan, site: PlannedSite, known: Known) -> None:
    row = site.row
    assert row is not None  # noqa: S101
    changed = _changed(site.unit, row) if site.unit else []
    site.verb = Verb.NEW if site.unit is None else Verb.CHANGED if changed else Verb.SAME
    plan.add(Noun.UNIT, site.verb, row.unit, changed or [row.organisation, word(row.sector)])
    for contact in site.contacts:
        old = contact.contact.email if contact.contact else None
        mail = differences([(EMAIL, old, contact.email)], str) if contact.verb is Verb.CHANGED else [row.unit]
        plan.add(Noun.CONTACT, contact.verb, contact.name, mail)
    _tell_seats(plan, site, known)


def _changed(unit: Unit, row: SiteRow) -> list[str]:
    return differences(
        [(ADDRESS, unit.address, row.address), (SECTOR, unit.sector, row.sector)],
        lambda value: word(value) if isinstance(value, Sector) else str(value or ""),
    )


def _tell_seats(plan: Plan, site: PlannedSite, known: Known) -> None:
    """Seats the unit has in all for this cohort. A closed offer is history: no workbook opens it."""
    row = site.row
    assert row is not None  # noqa: S101
    if not site.seats:
        return
    has = sum(offer.seats for offer in site.offers)
    if not site.offers:
        site.offer_verb, site.needs_offer = Verb.NEW, True
        plan.add(Noun.OFFER, Verb.NEW, row.unit, [_seats(site.seats)])
    elif has == site.seats:
        plan.add(Noun.OFFER, Verb.SAME, row.unit, [_seats(site.seats)])
    elif problem := _unchangeable(site, row, known):
        plan.problems.append(problem)
    else:
        site.offer_verb = plan.add(
            Noun.OFFER, Verb.CHANGED, row.unit, differences([(SEATS, has, site.seats)], str)
        )


def _seats(number: int) -> str:
    return _("1 plads") if number == 1 else _("%(seats)s pladser", seats=number)


def _unchangeable(site: PlannedSite, row: SiteRow, known: Known) -> Problem | None:
    has = sum(offer.seats for offer in site.offers)
    if len(site.offers) > 1 or not offers.is_editable(site.offers[0]):
        sentence = _(
            "Afsnittet har allerede tilbudt %(seats)s pladser, som ikke kan ændres herfra. "
            "Ret dem på deres egen side.",
            seats=has,
        )
        return row.problem("seats", site.seats, sentence, str(has))
    taken = known.taken.get(_only(site.offers).id, 0)
    if site.seats is not None and site.seats < taken:
        sentence = _("Der er allerede %(taken)s på pladserne, så antallet kan ikke være lavere.", taken=taken)
        return row.problem("seats", site.seats, sentence, str(has))
    return None


def _only(several: list[Offer]) -> Offer:
    (offer,) = several
    return offer


# Names that are nearly the same


def _ask_about_names(plan: Plan, rows: Rows, known: Known) -> None:
    """An organisation by a slip of the pen would be a second one of the same."""
    at = [(folded(row.organisation), row) for row in rows.sites]
    answered = {name for name, row in at if row.place("organisation").key in rows.fixes}
    new = {name: row.organisation for name, row in at if name not in known.organisations}
    if len(new) > ENOUGH_TO_COMPARE:
        return
    names, like = list(known.organisation_names.values()), {}
    for name, written in new.items():
        like[name] = next((one for one in names if _may_be_the_same(written, one)), None)
        names.append(written)
    for name, row in at:
        if (near := like.get(name)) and name not in answered:
            sentence = _("Navnet ligner %(name)s. Er det den samme organisation?", name=near)
            place = row.place("organisation")
            plan.problems.append(Problem(place, row.organisation, sentence, near, typable=True, keep=True))


def _may_be_the_same(one: str, other: str) -> bool:
    digits = re.findall(r"\d+", one) == re.findall(r"\d+", other)
    return digits and is_one_slip(plain(one), plain(other))
