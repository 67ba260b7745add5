"""Who to call in an emergency: one sheet for the unit's own board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from placements.formatting import long_date, period
from placements.i18n import Text, _
from placements.models.emergency_contacts import EmergencyContact
from placements.models.hosts import Contact
from placements.models.placements import Placement
from placements.models.users import User
from placements.pdf.emergency_sheet.examples import SAMPLE, WORST
from placements.pdf.emergency_sheet.values import Person, Values
from placements.pdf.language import said

__all__ = ["FILENAME", "MOST", "SAMPLE", "WORST", "build"]

FILENAME = "hvis-der-sker-noget-{dated}.pdf"
MOST = 4
"""So many at the unit find room on one page, with names as long as the forms allow."""


def build(
    placement: Placement,
    *,
    named: EmergencyContact | None,
    at_unit: Sequence[Contact],
    coordinators: Sequence[User],
    on: date,
    locale: str = "da",
) -> Values:
    """Everything must be loaded: nothing is queried here."""
    unit = placement.unit
    people = [
        _person(contact.name, _role(contact, placement), contact.phone) for contact in at_unit[: MOST - 1]
    ]
    values: Values = {
        "dated": on.isoformat(),
        "issuer": unit.name_on(on),
        "student": placement.student_name,
        "period": period(placement.starts_on, placement.ends_on, locale=locale),
        "address": unit.address or "",
        "named": _person(named.name, named.relation or "", named.phone) if named else None,
        "at_unit": [*people, *([_person(unit.name_on(on), "", unit.phone)] if unit.phone else [])],
        "coordinators": [_person(user.name, "", user.phone, user.email) for user in coordinators[:2]],
        "printed": long_date(on, locale=locale),
    }
    return said(values, locale)  # type: ignore[no-any-return]


def _role(contact: Contact, placement: Placement) -> Text | str:
    if contact is placement.supervisor:
        return _("Praktikvejleder")
    return contact.title or _("Praktikvært")


def _person(name: str, role: Text | str, *lines: str | None) -> Person:
    return {"name": name, "role": role, "lines": [line for line in lines if line]}
